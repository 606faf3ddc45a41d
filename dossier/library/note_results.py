"""The notes that a search finds, each as a result of its own."""

from collections.abc import Iterable, Iterator

from dossier.core.entry import Entry, Part
from dossier.core.matcher import Hit
from dossier.core.note_search import find_note_hits, format_note_lines
from dossier.core.query import NoteHit, Query
from dossier.core.ref import Anchor, Ref
from dossier.library.index.stored_entries import StoredEntry
from dossier.library.results import ArticleHits


def list_hits_by_note(found: Iterable[ArticleHits], query: Query) -> Iterator[ArticleHits]:
    """Yield the articles with a result for each note in place of the entries that the notes are on.

    The entry of such a result has the kind `note`; its only link leads to the place of the note.
    """
    for hits in found:
        made = [
            (StoredEntry(make_note_entry(one, stored.entry.ref), stored.about), Hit(stored.entry.ref, one.spans))
            for stored, _ in hits.entries
            for one in find_note_hits(query, stored.entry, stored.about)
        ]
        yield hits._replace(entries=tuple(made))


def make_note_entry(found: NoteHit, place: Ref) -> Entry:
    """Return a note, found on the entry at `place`, as an entry: its text and the words that it marks, one a line."""
    note = found.note
    parts = [Part(name, text) for name, text in (("text", note.text), ("words", note.words)) if text]
    target = place.with_span(*found.span) if found.span else place
    anchors = (Anchor(0, len(format_note_lines(note)), (target,)),)
    return Entry(Ref(place.article, "note", note.id), tuple(parts), 0, anchors=anchors)
