"""Where the words and phrases of a query stand in one text, whatever their spelling.

A term is looked for as it is written and, where it or the text has signs inside words, also without these: US and U.S.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from dossier.core.query import AnyCondition, Condition, NearTerms, Term, TermMatch
from dossier.text.code_points import find_foreign
from dossier.text.length_cache import cache_by_length
from dossier.text.tokens import find_word_starts, is_behind_attached, is_inside_word

if TYPE_CHECKING:
    from dossier.text.folding import FoldedText
    from dossier.text.joined_words import JoinedText

Span = tuple[int, int]
Spans = tuple[Span, ...]

MOST_WORDS_BETWEEN = 10
"""At most this many words may stand between two terms that are near each other."""
_FOLDED = 1_000_000
"""Texts of so many code points are kept folded from one keystroke to the next: more than nearly all articles have."""

_LETTERS = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}


def spell_phrase(term: Term) -> str:
    """Return the letters and digits of a phrase without all else, "" for a word or a phrase that ASCII cannot write."""
    return term.text.translate(_LETTERS) if " " in term.text and term.text.isascii() else ""


def list_phrases(node: Condition) -> tuple[str, ...]:
    """Return phrases, as `spell_phrase` does, of which one must stand in a text for which `node` holds; () for none."""
    terms = node.nodes if isinstance(node, AnyCondition) else (node,)
    spelt = [spell_phrase(term) if isinstance(term, Term) else "" for term in terms]
    return tuple(spelt) if all(spelt) else ()


def may_have_phrase(spelt: str, text: str) -> bool:
    """Return False where a phrase, as `spell_phrase` returns it, does not stand in `text`.

    That is quick to tell of a text in Latin letters, without folding it: between the words of a phrase, and inside
    them, it may have signs of any kind, but no other letter.
    """
    for char in find_foreign(text):
        # Others may be marks, which change the letter before them.
        if not (char < "\u0300" or "\u2000" <= char <= "\u206f"):
            return True
        text = text.replace(char, _fold_one(char))
    return not text.isascii() or spelt in text.translate(_LETTERS)


def may_have_any_phrase(phrases: Iterable[str], text: str) -> bool:
    """Return False where none of the phrases, as `spell_phrase` returns them, stands in `text`."""
    return any(may_have_phrase(one, text) for one in phrases)


@lru_cache(maxsize=1024)
def _fold_one(char: str) -> str:
    from dossier.text.folding import fold  # noqa: PLC0415 - only a search needs it

    return fold(char).folded


def find_term(term: Term, text: str) -> Spans:
    """Return where the term stands in `text`, in order, as it is written or with other signs inside its words."""
    asked, written = _joined(term.text), _joined(text)
    own = _find_written(term.text, _folded(text, term.keep_accents, term.keep_case), term.match_mode)
    if asked is None and written is None:
        return own
    # The beginning of a longer word would be another word: U.S. is no beginning of usual.
    is_whole = asked is not None and asked.ends_with_abbreviation
    mode = TermMatch.WHOLE_WORDS if is_whole or term.match_mode is TermMatch.WHOLE_WORDS else TermMatch.WORD_START
    hay = (_folded_joined if written else _folded)(text, term.keep_accents, term.keep_case)
    found = _find_written(asked.text if asked else term.text, hay, mode)
    if written:
        found = tuple([(start, written.end_of_word(end)) for start, end in found])
    return merge_spans((*own, *found)) if found else own


def _find_written(needle: str, hay: "FoldedText", match_mode: TermMatch) -> Spans:
    """Return where `needle` stands in `hay`, in order."""

    def is_in_a_line(start: int, end: int) -> bool:
        # A line break separates two fields: no match may run over it.
        return "\n" not in hay.text[hay.offsets[start] : hay.offsets[end]]

    def fits(start: int, end: int) -> bool:
        if is_inside_word(hay.folded, start) and not is_behind_attached(hay.folded, start):
            return False
        if match_mode is TermMatch.WHOLE_WORDS and is_inside_word(hay.folded, end):
            return False
        return is_in_a_line(start, end)

    if match_mode is not TermMatch.ANYWHERE:
        return hay.find(needle, fits)
    # A single letter stands in many places: none of them needs a look where no match can run over a line break.
    is_alone = "\n" not in hay.text or (needle.isascii() and needle.isalnum() and isinstance(hay.offsets, range))
    return hay.find(needle, None if is_alone else is_in_a_line)


def find_near(node: NearTerms, text: str) -> Spans:
    """Return the places of each term that have the other term near them, on the same line and without overlap."""
    left, right = find_term(node.left, text), find_term(node.right, text)
    if not left or not right:
        return ()
    hay = _folded(text, False, False)
    words = find_word_starts(hay.folded)

    def close(first: Span, second: Span) -> bool:
        between = (bisect_left(hay.offsets, place) for place in (first[1], second[0]))
        start, end = (bisect_left(words, place) for place in between)
        return end - start <= MOST_WORDS_BETWEEN and "\n" not in text[first[1] : second[0]]

    def beside(span: Span, others: Spans) -> bool:
        after = bisect_left(others, (span[1], 0))
        before = bisect_right(others, span[0], key=lambda other: other[1]) - 1
        return (after < len(others) and close(span, others[after])) or (before >= 0 and close(others[before], span))

    return (*(span for span in left if beside(span, right)), *(span for span in right if beside(span, left)))


@cache_by_length(_FOLDED)
def _folded(text: str, keep_accents: bool, keep_case: bool) -> "FoldedText":
    from dossier.text.folding import fold  # noqa: PLC0415 - only a search needs it

    return fold(text, keep_accents=keep_accents, keep_case=keep_case)


@cache_by_length(_FOLDED)
def _joined(text: str) -> "JoinedText | None":
    # It is slow to load, and only a search needs it.
    from dossier.text.joined_words import join_words  # noqa: PLC0415

    return join_words(text)


@cache_by_length(_FOLDED)
def _folded_joined(text: str, keep_accents: bool, keep_case: bool) -> "FoldedText":
    from dossier.text.joined_words import fold_joined  # noqa: PLC0415 - as above

    joined = _joined(text)
    assert joined is not None
    return fold_joined(text, joined, keep_accents=keep_accents, keep_case=keep_case)


def merge_spans(spans: Iterable[Span]) -> Spans:
    """Return the spans in order, with those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
