"""Select what is exported: one article, an entry or a span of it, the articles of a scope, or a person.

The entries are those of the panes, in their order. Each article of a library is read only when it is needed, so that a
whole library can be exported without being in memory.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from itertools import chain, groupby

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.dates.days import Day
from dossier.core.entry import Entry, Part
from dossier.core.matcher import match
from dossier.core.model import Article, complete_path
from dossier.core.note import Note, PlacedNote
from dossier.core.note_places import place_notes
from dossier.core.note_search import SearchedNotes, ask_notes, ask_placed_notes, find_note_hits
from dossier.core.query import PaneCondition, Query, combine_conditions
from dossier.core.query_context import asks_for_notes, find_noted
from dossier.core.query_values import SEARCHABLE_PANES
from dossier.core.ref import Anchor, Ref
from dossier.core.views.panes import Reading
from dossier.export.address import find_addressed_entry
from dossier.export.export import ExportedArticle, Omissions
from dossier.library.article_store import ArticleStore
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.schema import UNBOUNDED
from dossier.library.scope import Scope
from dossier.library.scope_search import find_scope_articles

NOTES = "notes"
EXPORTED_KINDS = SEARCHABLE_PANES
"""The kinds of entries that an export can be limited to: those of `in:` in a search; NOTES: the entries with notes."""

ReadArticle = Callable[[ArticleRow], Reading | None]
"""Reads the article of a row from its file; None when it can no longer be read."""


class EntryChoice(NamedTuple):
    """Which entries of an article are exported.

    `query` finds them; None: all entries. `notes` are the reader's notes on all articles, to go with their entries;
    None: no notes. With `only_noted` only the entries with notes are exported.
    """

    query: Query | None = None
    notes: tuple[Note, ...] | None = None
    only_noted: bool = False


EVERY_ENTRY = EntryChoice()


def choose_entries(query: Query | None, kind: str, notes: tuple[Note, ...] | None) -> EntryChoice:
    """Return the choice of what `query` finds among the entries of a kind, one of EXPORTED_KINDS or "" for all.

    The kind `notes`, and a query with `in:notes`, take the notes along: then `notes` must not be None.
    """
    if kind and (kind != NOTES or query):
        asked = (query.root,) if query and query.root else ()
        query = Query(query.typed if query else "", combine_conditions((*asked, PaneCondition(kind))))
    if query and notes is not None and asks_for_notes(query):
        query = ask_notes(query, SearchedNotes(lambda: notes))
    return EntryChoice(query, notes, kind == NOTES and query is None)


def select_entries(
    reading: Reading, choice: EntryChoice = EVERY_ENTRY, among: Collection[Ref] | None = None
) -> ExportedArticle:
    """Return the chosen entries of an article; with `among` only those with these addresses.

    Notes that have no place in the article go with the article as a whole: not with the hits of a query, unless that
    asks for notes. Then the notes are those that it finds, and one without a place is found at the headline.
    """
    placed = place_notes(choice.notes, reading) if choice.notes else ()
    query = ask_placed_notes(choice.query, reading.article.ref.article, placed) if choice.query else None
    noted = {one.ref.entry for one in placed if one.ref}
    entries = tuple(
        entry
        for entry in chain.from_iterable(reading.entries.values())
        if (among is None or entry.ref in among)
        and (not choice.only_noted or entry.ref in noted)
        and (query is None or match(query, entry, reading.entry_facts[entry.ref]))
    )
    if query and find_noted(query):
        hits = (find_note_hits(query, entry, reading.entry_facts[entry.ref]) for entry in entries)
        found = {hit.note.id for hit in chain.from_iterable(hits)}
        return ExportedArticle(
            reading.article, reading.links, entries, tuple(one for one in placed if one.note.id in found)
        )
    shown = {entry.ref for entry in entries}
    is_whole = among is None and query is None
    notes = tuple(one for one in placed if (one.ref.entry in shown if one.ref else is_whole))
    return ExportedArticle(reading.article, reading.links, entries, notes)


def select_address(reading: Reading, ref: Ref, choice: EntryChoice = EVERY_ENTRY) -> ExportedArticle:
    """Return what `ref` addresses: the article, an entry, or a span of one as an entry of its own.

    Raises LookupError, with the nearest address as a suggestion, when the article has no such thing.
    """
    if not ref.kind:
        return select_entries(reading, choice)
    entry = find_addressed_entry(reading.entries, ref)
    selected = select_entries(reading, choice, (entry.ref,))
    if ref.span is None or not selected.entries:
        return selected
    return selected._replace(
        entries=(_cut_entry(entry, ref.span),), notes=tuple(one for one in selected.notes if _is_within(one, ref.span))
    )


def find_rows(index: Index, scope: Scope) -> Iterator[ArticleRow]:
    """Yield the articles of a scope, the newest first."""
    for found in find_scope_articles(index, scope):
        # Another program may have taken the article out of the index since it was found.
        with suppress(KeyError):
            if found:
                yield index.articles.article(found.first)


def find_rows_with_notes(store: ArticleStore, index: Index, notes: Iterable[Note]) -> Iterator[ArticleRow]:
    """Yield the articles of the library in `store` that have notes, by their ids or their paths, the newest first."""
    noted = {name for note in notes for name in (note.ref.article, note.path)}
    for row in find_rows(index, Scope()) if noted else ():
        if not noted.isdisjoint((row.id, row.ref.article, complete_path(store.locate(row)))):
            yield row


def is_since(last_day: int | None, since: Day, omissions: Omissions) -> bool:
    """Return whether an article was, or may have been, published on the day `since` or after it.

    `last_day` is the last of the days that its date may mean, as in an ArticleRow. An article without a date is left
    out, and counted.
    """
    if last_day is None:
        omissions.count("article", "left out: no date of publication that can be read")
    return last_day is not None and last_day >= since.toordinal()


def find_last_day(article: Article) -> int | None:
    """Return the last of the days that an article's date of publication may mean, as in an ArticleRow."""
    date = article.published.date if article.published else None
    if date is None:
        return None
    return date.latest.toordinal() if date.latest else UNBOUNDED


def has_any(selected: ExportedArticle) -> bool:
    """Return whether there is anything to write of an article."""
    return bool(selected.entries or selected.notes)


def select_articles(
    rows: Iterable[ArticleRow], read: ReadArticle, choice: EntryChoice = EVERY_ENTRY
) -> Iterator[ExportedArticle]:
    """Yield the chosen entries of each article that has some, in the order of the rows."""
    for row in rows:
        if (reading := read(row)) and has_any(selected := select_entries(reading, choice)):
            yield selected


def find_rows_of_persons(index: Index, persons: Iterable[int]) -> Iterator[tuple[ArticleRow, tuple[Ref, ...]]]:
    """Yield the articles that have any of these persons, the newest first, each with the persons' entries in it."""
    numbers = sorted({row for one in persons for row, _ in index.persons.entries_of_person(one)}, reverse=True)
    for article, rows in groupby(numbers, key=index.articles.article_of):
        yield article, tuple([index.entries.at(row, article).entry.ref for row in rows])


def select_person(reading: Reading, refs: Iterable[Ref], choice: EntryChoice = EVERY_ENTRY) -> ExportedArticle:
    """Return what an article has of the person with the entries `refs`: these, and what is linked to them.

    That is the quotes and events that `collect_dossier` has.
    """
    own = frozenset(refs)
    linked = (end.entry for ref in own for link in reading.links.links_at(ref) for end in (link.start, link.end))
    return select_entries(reading, choice, own.union(ref for ref in linked if ref.kind in ("quote", "event")))


def _cut_entry(entry: Entry, span: tuple[int, int]) -> Entry:
    """Return a span of an entry's text as an entry."""
    start, end = span
    inside = [one for one in entry.anchors if start <= one.start and one.end <= end]
    targets = tuple(dict.fromkeys(target for anchor in inside for target in anchor.targets))
    anchors = tuple([Anchor(one.start - start, one.end - start, one.targets) for one in inside])
    part = Part("text", entry.text[start:end], targets)
    return replace(entry, ref=entry.ref.with_span(start, end), parts=(part,), anchors=anchors)


def _is_within(placed: PlacedNote, span: tuple[int, int]) -> bool:
    """Return whether a note is on words of this span, or on the whole entry."""
    at = placed.ref and placed.ref.span
    return at is None or (at[0] < span[1] and span[0] < at[1])
