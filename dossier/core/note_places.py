"""Find where the words of a note are in an article that may have been edited, or extracted anew, since it was made.

A note gets a place only if its words are there exactly, code point for code point, and no other place can be meant. All
other places are only offered. These are the rules for words of the running text (see `core.note_text`):

- If the text of the article has not changed, the words are where they were.
- If the words are in one place now, and were in one place when the note was made, that is the place. Short words may
  get there by chance, so they also need the text around them: fewer than SHORT code points need a whole side, SIDE
  code points of one side, or a little of both; fewer than LONG need a little of one side. A note whose article is known
  by its id alone always needs a whole side.
- If the words are, or were, in several places, it is the place with the most of the old text around it, if it has
  MARGIN code points more than every other place, and on both sides more than any other place has, or had when the
  note was made. Otherwise all places are offered. So if a sentence stood twice and one was deleted, a note on the
  deleted one does not move to the other one.
- Words that now span several paragraphs need MARGIN code points on both sides.
- If the words are nowhere, similar words are offered (see `core.note_proposals`), or nothing.

A note on a whole entry of another kind has the words that name the entry, such as a quote and its speaker. It is looked
for among the entries of that kind. The address of the entry counts only if these words are the same.

A note belongs to the article in its file. It also belongs to an article in another file that has the same id or web
address, if the text is the same or the words are found there.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from os.path import exists

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.model import Article, complete_path
from dossier.core.note import CONTEXT_LENGTH, UNIQUE, Note, PlacedNote, Placement
from dossier.core.note_context import LEAST, MARGIN, SIDE, Agreement, compare_context, find_words
from dossier.core.note_proposals import propose_place
from dossier.core.note_text import NoteText, find_note_text, make_note_texts
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading

SHORT = 12
"""Words with fewer code points than this may be found by chance."""
LONG = 24
"""Words with this many code points, or more, are not found by chance."""


class _Place(NamedTuple):
    """A place where the words of a note are: its address, its offset in the text, and how the text around it agrees.

    `is_divided` is true if the words span several entries.
    """

    ref: Ref
    start: int
    agreement: Agreement
    is_divided: bool = False


class _ReadArticle(NamedTuple):
    """An article as it is now, with its texts and the digest of the running text."""

    reading: Reading
    texts: Mapping[str, NoteText]
    digest: str


class NotedWords(NamedTuple):
    """Words that a note is on, or was on: their address, and the text before and after them."""

    ref: Ref
    words: str
    before: str
    after: str


def make_note(reading: Reading, ref: Ref, id: str, made: str, text: str = "") -> Note | None:
    """Return a note on what `ref` addresses, an entry or a span of its text; None when nothing has that address.

    `made` is the time in UTC, as in 2026-11-28T14:05:00Z.
    """
    article = _read(reading)
    span = _span_of(ref, article)
    return None if span is None else _keep(Note(id, ref, "", made, text=text), ref, span, article)


def place_notes(notes: Iterable[Note], reading: Reading) -> tuple[PlacedNote, ...]:
    """Return the notes on this article, each with its place in it now, in the order in which they were made."""
    asked = [note for note in notes if may_belong(note, reading.article)]
    if not asked:
        return ()
    article = _read(reading)
    placed = [(note, _place(note, article)) for note in asked]
    return tuple([one for note, one in placed if one.ref or is_listed_on(note, reading.article)])


def settle_note(note: Note, reading: Reading, ref: Ref) -> Note:
    """Return the note as it is when its place is `ref`, such as one that was offered.

    Its id, time and text stay the same. If its words are not at that address, it gets the words that are. A note is
    returned unchanged if nothing has that address.
    """
    article = _read(reading)
    span = _span_of(ref, article)
    if span is None:
        return note
    text = find_note_text(article.texts, ref)
    if text and ref.span and text.text.startswith(note.words, span[0]):
        # The words may span several paragraphs, but an address is in one.
        span = (span[0], span[0] + max(len(note.words), span[1] - span[0]))
    return _keep(note, ref, span, article)


def refresh_notes(placed: Iterable[PlacedNote], reading: Reading) -> tuple[Note, ...]:
    """Return the notes that were found again, with their new places, to replace those in the file.

    Lost notes are not included. The words of the notes do not change.
    """
    found = [one for one in placed if one.placement is Placement.FOUND and one.ref]
    settled = [settle_note(one.note, reading, one.ref) for one in found if one.ref]
    return tuple([new for new, one in zip(settled, found, strict=True) if new != one.note])


def may_belong(note: Note, article: Article) -> bool:
    """Return whether a note has the file, id or web address of an article; only then may it belong to it."""
    return note.ref.article in (article.ref.article, article.url or article.ref.article) or is_of_file(note, article)


def is_of_file(note: Note, article: Article) -> bool:
    """Return whether a note belongs to an article by its file or, if that is not known, by its id or web address."""
    if not note.path:
        return note.ref.article in (article.ref.article, article.url or article.ref.article)
    return note.path in (article.path, _complete_path(article.path))


def is_listed_on(note: Note, article: Article) -> bool:
    """Return whether a note is listed with an article even if it is lost there: also if its own file is gone."""
    return is_of_file(note, article) or (may_belong(note, article) and not exists(note.path))


@lru_cache(maxsize=8)
def _complete_path(path: str) -> str:
    """Return what `complete_path` does. This is called for every note, so that results are kept."""
    return complete_path(path)


def words_at(reading: Reading, ref: Ref) -> str:
    """Return the words at an address, as a note on it would have them; "" when nothing has that address."""
    article = _read(reading)
    text, span = find_note_text(article.texts, ref), _span_of(ref, article)
    return text.text[slice(*span)] if text and span else ""


def words_around(reading: Reading, refs: Iterable[Ref]) -> tuple[NotedWords, ...]:
    """Return the words at each address, and the text around them, as a note on it would have them.

    An address that nothing has is left out.
    """
    article = _read(reading)
    found = ((ref, find_note_text(article.texts, ref), _span_of(ref, article)) for ref in refs)
    return tuple([_words_of(ref, text, span) for ref, text, span in found if text and span])


def _words_of(ref: Ref, text: NoteText, span: tuple[int, int]) -> NotedWords:
    before, after = text.sides_of(*span)
    return NotedWords(ref, text.text[slice(*span)], before[-CONTEXT_LENGTH:], after[:CONTEXT_LENGTH])


def describe_placement(placed: PlacedNote) -> str:
    """Return in a few words how the place of a note was found, or why it was not."""
    if placed.placement is Placement.SEVERAL and len(placed.offered) == 1:
        return "perhaps elsewhere"
    return str(placed.placement)


def _read(reading: Reading) -> _ReadArticle:
    texts = make_note_texts(reading)
    return _ReadArticle(reading, texts, _digest(texts[""]))


def _digest(text: NoteText) -> str:
    """Return the digest of a text; another text, and one whose entries have other kinds or ids, has another digest."""
    from hashlib import sha256  # noqa: PLC0415 - loading it takes as long as drawing a screen, and only notes need it

    told = sha256()
    for piece in text.pieces:
        told.update(f"{piece.entry.kind}/{piece.entry.id}\0{text.text[piece.start : piece.end]}\0".encode())
    return told.hexdigest()


def _span_of(ref: Ref, article: _ReadArticle) -> tuple[int, int] | None:
    """Return where the words at an address stand in their text; None when nothing has that address."""
    text = find_note_text(article.texts, ref) if ref.kind else None
    return text.span_of(ref) if text else None


def _keep(note: Note, ref: Ref, span: tuple[int, int], article: _ReadArticle) -> Note:
    """Return the note with the words at a span, and what is kept of the text around them."""
    text = find_note_text(article.texts, ref)
    if text is None:
        raise AssertionError(f"the words of {ref} were found in no text")
    noted = _words_of(ref, text, span)
    path = _complete_path(article.reading.article.path)
    kept = replace(note, **noted._asdict(), digest=article.digest, path=path)
    others = [one.agreement for one in _places(kept, text) if one.start != span[0]]
    alike = [max(side) for side in zip(UNIQUE, *((one.before, one.after) for one in others), strict=False)]
    return replace(kept, alike=(alike[0], alike[1]))


def _place(note: Note, article: _ReadArticle) -> PlacedNote:
    here = article.reading.article.ref.article
    text = find_note_text(article.texts, note.ref)
    if not note.words:
        found = not note.ref.kind
        return PlacedNote(note, Placement.UNCHANGED, Ref(here)) if found else PlacedNote(note, Placement.MISSING)
    if text is None:
        return PlacedNote(note, Placement.MISSING)
    ref = note.ref._replace(article=here)
    if _is_unchanged(note, ref, text, article.digest):
        return PlacedNote(note, Placement.UNCHANGED, ref)
    places = list(_places(note, text))
    chosen = _choose(note, ref, places, text, is_of_file(note, article.reading.article)) if places else None
    if chosen:
        return PlacedNote(note, Placement.FOUND, chosen)
    if places:
        likeliest = sorted(places, key=lambda one: (one.ref != ref, -one.agreement.length))
        return PlacedNote(note, Placement.SEVERAL, None, tuple([one.ref for one in likeliest]))
    proposed = propose_place(note, ref, text)
    return PlacedNote(note, Placement.PROPOSED, None, (proposed,)) if proposed else PlacedNote(note, Placement.MISSING)


def _is_unchanged(note: Note, ref: Ref, text: NoteText, digest: str) -> bool:
    # The digest is that of the running text: it says nothing of other entries.
    is_same = note.digest == digest or (not text.is_running and note.alike == UNIQUE)
    span = text.span_of(ref) if ref.kind and is_same else None
    if span is None or not text.text.startswith(note.words, span[0]):
        return False
    if ref.span is None and len(note.words) < span[1] - span[0]:
        return False
    before, after = text.sides_of(span[0], span[0] + len(note.words))
    return text.is_running or (before[-CONTEXT_LENGTH:], after[:CONTEXT_LENGTH]) == (note.before, note.after)


def _places(note: Note, text: NoteText) -> Iterator[_Place]:
    """Yield the places where the words of a note are; for a note on a whole person, quote or event, the entries."""
    if _is_on_entry(note, text):
        for piece in text.pieces:
            is_named = text.text[piece.start : piece.naming_end] == note.words
            if is_named and (note.ref.kind != "about" or piece.entry.id == note.ref.id):
                agreement = compare_context(note, text, piece.start, piece.naming_end)
                yield _Place(piece.entry, piece.start, agreement)
        return
    for start in find_words(note, text):
        end = start + len(note.words)
        piece = text.piece_at(start)
        if start < piece.start:
            # The words begin with white space that is now between two entries, where nothing has an address.
            continue
        is_whole = (piece.start, piece.end) == (start, end) and note.ref.kind and not note.ref.span
        ref = piece.entry if is_whole else text.ref_at(start, end)
        yield _Place(ref, start, compare_context(note, text, start, end), is_divided=end > piece.end)


def _choose(note: Note, ref: Ref, places: list[_Place], text: NoteText, is_of_file: bool) -> Ref | None:
    """Return the place that is meant; None when that is not certain. `ref` is where the words were."""
    best, *others = sorted(places, key=lambda one: -one.agreement.length)
    if not is_of_file and not best.agreement.is_whole_side:
        return None
    if _is_on_entry(note, text):
        # Only the address tells entries with the same words apart, and another entry may have it by now.
        same = [one.ref for one in places if not others or one.ref == ref]
        return same[0] if same and note.alike == UNIQUE else None
    found = best.agreement
    if best.is_divided and min(found.before, found.after) < MARGIN:
        return None
    if not others and note.alike == UNIQUE:
        if len(note.words) < SHORT:
            return best.ref if found.is_whole_side or found.longest >= SIDE or found.exceeds(UNIQUE) else None
        return best.ref if len(note.words) >= LONG or found.longest >= LEAST or found.is_whole_side else None
    rivals = [one.agreement for one in others]
    before, after = zip(note.alike, *((one.before, one.after) for one in rivals), strict=False)
    is_best = all(found.length >= one.length + MARGIN for one in rivals)
    return best.ref if is_best and found.exceeds((max(before), max(after))) else None


def _is_on_entry(note: Note, text: NoteText) -> bool:
    """Return whether a note is on a whole entry that is not of the running text."""
    return bool(note.ref.kind) and not note.ref.span and not text.is_running
