"""Find where the words of a note are in an article that may have been edited, or extracted anew, since it was made."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from dossier.core.entry import Entry
from dossier.core.note import CONTEXT_LENGTH, Note, PlacedNote, Placement
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading


def digest_text(reading: Reading) -> str:
    """Return the digest of an article's text: the same for two articles only if headline, body and captions agree."""
    return hashlib.sha256("\n".join(entry.text for entry in reading.entries["article"]).encode()).hexdigest()


def make_note(reading: Reading, ref: Ref, id: str, made: str, text: str = "") -> Note | None:
    """Return a note on what `ref` addresses, an entry or a span of its text; None when nothing has that address.

    `made` is the time in UTC, as in 2026-11-28T14:05:00Z.
    """
    entry = _entries(reading).get(ref.entry)
    if entry is None:
        return None
    start, end = ref.span or (0, len(entry.text))
    before, after = entry.text[max(0, start - CONTEXT_LENGTH) : start], entry.text[end : end + CONTEXT_LENGTH]
    words = entry.text[start:end]
    return Note(id, ref, words, made, digest_text(reading), before, after, text, reading.article.path)


def place_notes(notes: Iterable[Note], reading: Reading) -> tuple[PlacedNote, ...]:
    """Return the notes on this article, each with its place in it now, in the order in which they were made."""
    entries = _entries(reading)
    return tuple([_place(note, entries) for note in notes if note.ref.article == reading.article.ref.article])


def settle_note(note: Note, reading: Reading, ref: Ref) -> Note:
    """Return the note with `ref` as its place, and the words, context and digest that the article has there now.

    The note is returned unchanged when nothing has that address.
    """
    return make_note(reading, ref, note.id, note.made, note.text) or note


def _entries(reading: Reading) -> Mapping[Ref, Entry]:
    return {entry.ref: entry for entry in chain.from_iterable(reading.entries.values())}


def _place(note: Note, entries: Mapping[Ref, Entry]) -> PlacedNote:
    found: Sequence[Ref] = [note.ref] if _words_at(note.ref, entries) == note.words else []
    return PlacedNote(note, Placement.UNCHANGED, found[0]) if found else PlacedNote(note, Placement.ASTRAY)


def _words_at(ref: Ref, entries: Mapping[Ref, Entry]) -> str:
    entry = entries.get(ref.entry)
    return "" if entry is None else entry.text[slice(*ref.span)] if ref.span else entry.text
