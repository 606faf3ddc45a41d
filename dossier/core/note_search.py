"""Search in the reader's marks and notes: `in:notes` finds the entries that have a note for which a query holds.

The words of the query must be in the note: in its text, including the tags, or among the words that it is on. All
other conditions, such as a speaker, a date or a pane, must hold for the entry that the note is on: the one at its
address in the file of notes, if the words of the note are there. `settle` is given the entries of an article, so that
a note whose entry is gone, or has other words now, is found at the headline.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.matcher import EntryDescription, Searchable, holds, is_german
from dossier.core.note import Note, PlacedNote
from dossier.core.query import (
    NOTES,
    AllConditions,
    AnyCondition,
    Condition,
    ContextCondition,
    NearTerms,
    NotCondition,
    NotedCondition,
    NoteHit,
    Query,
    Term,
    combine_conditions,
    parse_terms,
)
from dossier.core.query_context import find_noted, ignore_case, list_conjuncts
from dossier.core.ref import Ref
from dossier.core.term_places import Span, Spans, find_near, find_term, merge_spans
from dossier.text.late_patterns import compile_late

_IN_NOTES: Final = compile_late(r'\s*in:"?notes"?(?:\s+|$)', re.IGNORECASE)

NoteFinder = Callable[[], Iterable[Note]]
"""Returns all notes. It is called once, when they are needed."""


class NotedPlace(NamedTuple):
    """A note on an entry; `span` has its words in the text of the entry, None: the whole entry, or the headline."""

    note: Note
    span: Span | None


class SearchedNotes:
    """The notes of all articles, by the entries that they are on. They are read when they are first asked for."""

    def __init__(self, read: NoteFinder) -> None:
        self._read = read
        self._settled: dict[str, Mapping[Ref, list[NotedPlace]]] = {}

    @cached_property
    def articles(self) -> Mapping[str, list[Note]]:
        """The notes of each article that has some, by its id."""
        found: dict[str, list[Note]] = {}
        for note in self._read():
            found.setdefault(note.ref.article, []).append(note)
        return found

    def settle(self, article: str, entries: Iterable[Searchable]) -> Mapping[Ref, list[NotedPlace]]:
        """Return the notes of an article by the entries that they are on; `entries` are all that the article has."""
        texts = {entry.ref: entry.text for entry in entries}
        found: dict[Ref, list[NotedPlace]] = {}
        for note in self.articles.get(article, ()):
            place = _find_place(note, texts.get(note.ref.entry, ""))
            own = note.ref.entry if place else Ref(article, "headline")
            found.setdefault(own, []).append(place or NotedPlace(note, None))
        self._settled[article] = found
        return found

    def find_spans(self, node: Condition | None, entry: Searchable, about: EntryDescription | None) -> Spans | None:
        """Return the words of the entry with a note for which `node` holds; None when it has no such note."""
        hits = self.find_hits(node, entry, about)
        return merge_spans(hit.span for hit in hits if hit.span) if hits else None

    def find_hits(
        self, node: Condition | None, entry: Searchable, about: EntryDescription | None
    ) -> tuple[NoteHit, ...]:
        """Return the notes on the entry for which `node` holds."""
        made = [
            NoteHit(note, span, merge_spans(spans))
            for note, span in self._places_on(entry)
            if (spans := _match_note(node, note, entry, about)) is not None
        ]
        return tuple(made)

    def _places_on(self, entry: Searchable) -> Iterable[NotedPlace]:
        settled = self._settled.get(entry.ref.article)
        if settled is not None:
            return settled.get(entry.ref, ())
        # Whether the others are read is not waited for: rows are drawn before a list has asked for them.
        notes = self.__dict__.get("articles", {}).get(entry.ref.article, ())
        own = (_find_place(note, entry.text) for note in notes if note.ref.entry == entry.ref)
        return [place for place in own if place]


class _PlacedNotes(SearchedNotes):
    """The notes of one article, at the places that they have in it now."""

    def __init__(self, article: str, placed: Iterable[PlacedNote]) -> None:
        super().__init__(lambda: ())
        found: dict[Ref, list[NotedPlace]] = {}
        for note, _, ref, _ in placed:
            own = ref or Ref(article, "headline")
            found.setdefault(own.entry, []).append(NotedPlace(note, own.span))
        self._settled[article] = found


_UNKNOWN_NOTES: Final = SearchedNotes(tuple)
"""Stands for the notes of an article in a query that `ask_placed_notes` has not been given yet."""


def parse_find(typed: str) -> Query:
    """Return the query that `typed` after `/` in an article means: as `parse_terms`, but `in:notes` finds notes."""
    asked = _IN_NOTES().match(typed)
    if asked is None:
        return parse_terms(typed)
    return Query(typed, NotedCondition(parse_terms(typed[asked.end() :]).root, _UNKNOWN_NOTES))


def ask_notes(query: Query, notes: SearchedNotes) -> Query:
    """Return a query for notes, as it was parsed, as one that finds the entries with these notes."""
    rest = combine_conditions(node for node in list_conjuncts(query) if node != NOTES)
    return replace(query, root=NotedCondition(rest, notes))


def ask_placed_notes(query: Query, article: str, placed: Iterable[PlacedNote]) -> Query:
    """Return a query that asks for notes as one that finds them at their places in an open article."""
    noted = find_noted(query)
    if noted is None or query.root is None:
        return query
    own = replace(noted, notes=_PlacedNotes(article, placed))
    return replace(query, root=combine_conditions(own if one is noted else one for one in list_conjuncts(query)))


def find_note_hits(query: Query, entry: Searchable, about: EntryDescription | None) -> tuple[NoteHit, ...]:
    """Return the notes on the entry that a query finds; none for a query that does not ask for notes."""
    noted = find_noted(query)
    return noted.notes.find_hits(noted.node, entry, about) if noted else ()


def format_note_lines(note: Note) -> str:
    """Return a note as it is searched: its text, if it has one, and in the next line the words that it marks."""
    return "\n".join(filter(None, (note.text, note.words)))


def _find_place(note: Note, text: str) -> NotedPlace | None:
    """Return the place of a note in the text of its entry; None when its words stand nowhere there, or several times.

    The words of a note on a whole entry are the first parts of the entry, or all of them.
    """
    words = note.words
    if not words:
        return None
    if note.ref.span is None and f"{text}\n".startswith(f"{words}\n"):
        return NotedPlace(note, None)
    start, end = note.ref.span or (0, 0)
    if text[start:end] == words:
        return NotedPlace(note, (start, end))
    at = text.find(words)
    return NotedPlace(note, (at, at + len(words))) if at >= 0 and text.count(words) == 1 else None


def _match_note(
    node: Condition | None, note: Note, entry: Searchable, about: EntryDescription | None
) -> list[Span] | None:
    """Return where `node` matches in the lines of a note; None if it does not hold."""
    if node is None:
        return []
    if about and is_german(about.fields.get("lang", ())):
        node = ignore_case(node)
    return _match_lines(node, format_note_lines(note), entry, about)


def _match_lines(node: Condition, lines: str, entry: Searchable, about: EntryDescription | None) -> list[Span] | None:
    match node:
        case Term():
            return list(find_term(node, lines)) or None
        case NearTerms():
            return list(find_near(node, lines)) or None
        case ContextCondition():
            return _match_lines(node.node, lines, entry, about)
        case NotCondition():
            return [] if _match_lines(node.node, lines, entry, about) is None else None
        case AllConditions() | AnyCondition():
            found = [_match_lines(one, lines, entry, about) for one in node.nodes]
            met = [spans for spans in found if spans is not None]
            is_met = len(met) == len(found) if isinstance(node, AllConditions) else bool(met)
            return [span for spans in met for span in spans] if is_met else None
    return [] if holds(node, entry, about) else None
