"""Propose where the words of a note are after they were changed.

A proposal is only offered to the reader. It needs rapidfuzz, which the optional extra `notes` installs. It is imported
only here, when the words of a note are nowhere in an article.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from dossier.core.note import Note
from dossier.core.note_text import NoteText, TextPiece
from dossier.core.ref import Ref
from dossier.text.folding import FoldedText, fold

_ANCHOR = 24
"""If this much of the text before and after the words occurs once, the words between are what they became."""
_LIKE_WORDS, _LIKE_BETWEEN, _LIKE_ENTRY = 72.0, 45.0, 60.0
"""How similar words must be, from 0 to 100: on their own, between both sides, and in the entry with the same id."""
_SHORT = 12
_LONGEST = 2000
"""Only this many code points of the words are compared: the time grows with the square of their number."""


def find_missing_extra() -> str:
    """Return a message that says what to install to find changed words; "" if it is installed."""
    try:
        # What is installed, but for another Python, is found and cannot be imported.
        import_module("rapidfuzz.fuzz")
    except ImportError:
        return "to find changed words: pip install 'dossier[notes]'"
    return ""


def propose_place(note: Note, ref: Ref, text: NoteText) -> Ref | None:
    """Return where the words of a note may be in a text that does not have them; None if nothing is similar.

    `ref` is where they were. Differences in accents, quote marks, dashes and white space are ignored.
    """
    if find_missing_extra():
        return None
    if note.ref.kind and not note.ref.span and ((entry := _propose_entry(note, ref, text)) or not text.is_running):
        return entry
    words = note.words[:_LONGEST]
    if text.is_running and (between := _between_sides(note, text)) and _ratio(words, between[0]) >= _LIKE_BETWEEN:
        return between[1]
    return _propose_span(note, words, text) if len(words) >= _SHORT else None


def _ratio(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - optional, and needed only for words that were changed

    return float(ratio(_fold(one).folded, _fold(other).folded))


@lru_cache(maxsize=4096)
def _fold(text: str) -> FoldedText:
    return fold(text, keep_case=True)


def _propose_entry(note: Note, ref: Ref, text: NoteText) -> Ref | None:
    """Return the entry that is most like the words of a note on a whole entry."""
    best: tuple[float, Ref] | None = None
    for piece in text.pieces:
        is_same = piece.entry == ref
        if is_same or note.ref.kind != "about":
            like = _ratio(note.words, text.text[piece.start : piece.naming_end])
            enough = 0 if note.ref.kind == "about" else _LIKE_ENTRY if is_same else _LIKE_WORDS
            if like >= enough and (best is None or like > best[0]):
                best = like, piece.entry
    return best[1] if best else None


def _between_sides(note: Note, text: NoteText) -> tuple[str, Ref] | None:
    """Return the text that is now between the sides of the words, and its address; None unless that is one place."""
    before, after = note.before[-_ANCHOR:], note.after[:_ANCHOR]
    is_start, is_end = len(before) < _ANCHOR, len(after) < _ANCHOR
    if (is_start and not text.text.startswith(before)) or (is_end and not text.text.endswith(after)):
        return None
    if not before or not after or text.text.count(before) != 1 or text.text.count(after) != 1:
        return None
    start, end = text.text.index(before) + len(before), text.text.index(after)
    if not 0 < end - start <= 2 * len(note.words) + 4 * _ANCHOR:
        return None
    return (text.text[start:end], text.ref_at(start, end)) if text.text[start:end].strip() else None


def _propose_span(note: Note, words: str, text: NoteText) -> Ref | None:
    """Return the address of the words of one entry that are most like the words of a note."""
    from rapidfuzz.fuzz import partial_ratio_alignment  # noqa: PLC0415 - see above

    wanted, found, enough = _fold(words).folded, None, _LIKE_WORDS
    for piece, hay in _pieces(text):
        # Words that are longer than the entry are compared with all of it.
        if len(hay.folded) < len(wanted):
            like, start, end = _ratio(words, hay.text), 0, len(hay.folded)
        elif aligned := partial_ratio_alignment(wanted, hay.folded, score_cutoff=enough):
            like, start, end = aligned.score, aligned.dest_start, aligned.dest_end
        else:
            continue
        if like >= enough and end > start and (found is None or like > enough):
            enough, found = like, piece.entry.with_span(*_fit(words, hay.text, hay.offsets[start], hay.offsets[end]))
    return found


def _pieces(text: NoteText) -> Iterator[tuple[TextPiece, FoldedText]]:
    for piece in text.pieces:
        yield piece, _fold(text.text[piece.start : piece.end])


def _fit(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span widened to whole words, without punctuation at its ends unless `words` have some there."""
    while start < end and words[0].isalnum() and not text[start].isalnum():
        start += 1
    while end > start and words[-1].isalnum() and not text[end - 1].isalnum():
        end -= 1
    while start and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, max(end, start + 1)
