"""Find the entries that a choice of the export menu means, article by article.

Each article is read when the format asks for it. The state is immutable, and the lists of a library can be read on any
thread, so that all of this can run on a thread of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.note import PlacedNote
from dossier.core.note_places import place_notes
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading
from dossier.export.export import ExportedArticle, Omissions
from dossier.library.growing_list import GrowingList
from dossier.library.library import Library
from dossier.library.tasks import follow_list
from dossier.text.messages import abbreviate
from dossier.ui.export_menu import ExportChoice, ExportKind
from dossier.ui.highlight import is_wide
from dossier.ui.state import NO_ARTICLE, State

_UNREADABLE = "left out: the file cannot be read"
_TITLE = 100
"""The most characters of a title."""


class ShownSelection(NamedTuple):
    """What is exported: a title and the articles. `count_articles` returns their number, 0 while it is not known."""

    title: str
    articles: Iterator[ExportedArticle]
    count_articles: Callable[[], int]


def select_shown(state: State, choice: ExportChoice, omissions: Omissions, with_notes: bool) -> ShownSelection:
    """Return what a choice of the menu means in this state. What cannot be read is counted in `omissions`."""
    select = _Selector(state, omissions, with_notes or choice.kind is ExportKind.NOTES)
    library, ref = state.library, choice.ref
    title = _title(state, choice)
    if choice.kind is ExportKind.PANE and library and is_wide(state.pane):
        refs = _GroupedRefs(library, state.focus, state.pane.entries)
        return ShownSelection(title, select.entries_of(refs), lambda: refs.count)
    if library and choice.kind is ExportKind.PERSON and ref:
        person = library.find_person(ref)
        number = library.index.persons.person(person).articles if person is not None else 0
        return ShownSelection(title, select.person(library, person), lambda: number)
    if library and (choice.kind is ExportKind.SCOPE or (choice.kind is ExportKind.NOTES and ref is None)):
        rows = state.panes["library"].entries
        assert isinstance(rows, GrowingList)
        ids = _scope_articles(library, rows)
        if choice.kind is ExportKind.NOTES:
            return ShownSelection(title, select.noted(library, ids), lambda: 0)
        return ShownSelection(title, select.whole(ids), lambda: len(rows) if rows.is_done else 0)
    if choice.kind is ExportKind.PANE:
        shown = [entry.ref for entry in state.pane.entries]
        return ShownSelection(title, select.entries_of([(state.reading.article.ref.article, shown)]), lambda: 1)
    assert ref is not None, "an entry, an article or its notes"
    if choice.kind is ExportKind.ENTRY:
        return ShownSelection(title, select.entries_of([(ref.article, [ref])]), lambda: 1)
    if choice.kind is ExportKind.NOTES:
        return ShownSelection(title, select.only_noted([ref.article]), lambda: 1)
    return ShownSelection(title, select.whole([ref.article]), lambda: 1)


def _title(state: State, choice: ExportChoice) -> str:
    """Return the title of what is exported, for those who read the file."""
    if choice.kind is ExportKind.SCOPE and state.library:
        query = state.library_view.scope.query
        return query.typed if query else state.library.root.resolve().name
    if choice.kind is ExportKind.NOTES:
        return "Notes"
    return choice.title if choice.kind is ExportKind.PERSON else abbreviate(choice.shown, _TITLE)


class _Selector:
    """Selects entries of articles, with the notes on them or without."""

    def __init__(self, state: State, omissions: Omissions, with_notes: bool) -> None:
        self._state, self._omissions, self._with_notes = state, omissions, with_notes

    def whole(self, articles: Iterable[str]) -> Iterator[ExportedArticle]:
        """Yield whole articles, by their ids."""
        for reading in self._readings(articles):
            entries = tuple(chain.from_iterable(reading.entries.values()))
            yield ExportedArticle(reading.article, reading.links, entries, self._notes(reading))

    def entries_of(self, grouped: Iterable[tuple[str, Iterable[Ref]]]) -> Iterator[ExportedArticle]:
        """Yield the entries with these addresses, grouped by the ids of their articles, in the order of the panes."""
        for article, refs in grouped:
            wanted = frozenset(refs)
            for reading in self._readings([article]):
                yield self._part(reading, lambda entry, wanted=wanted: entry.ref in wanted)  # type: ignore[misc]

    def person(self, library: Library, person: int | None) -> Iterator[ExportedArticle]:
        """Yield what the articles have of a person: their entry, and the quotes and events that are linked to it."""
        index = library.index
        for row, _ in index.persons.entries_of_person(person) if person is not None else ():
            ref = index.entries.at(row).entry.ref
            for reading in self._readings([ref.article]):
                told = {ref, *(one.entry for one in reading.links.linked_refs(ref) if one.kind in ("quote", "event"))}
                yield self._part(reading, lambda entry, told=told: entry.ref in told)  # type: ignore[misc]

    def noted(self, library: Library, articles: Iterable[str]) -> Iterator[ExportedArticle]:
        """Yield the entries with notes of those articles that have some."""
        every = library.notes_by_article()
        return self.only_noted(article for article in articles if article in every)

    def only_noted(self, articles: Iterable[str]) -> Iterator[ExportedArticle]:
        """Yield the entries with notes, with all notes on these articles."""
        for reading in self._readings(articles):
            notes = self._notes(reading)
            places = {note.ref.entry for note in notes if note.ref}
            exported = self._part(reading, lambda entry, places=places: entry.ref in places)  # type: ignore[misc]
            yield exported._replace(notes=notes)

    def _part(self, reading: Reading, keeps: Callable[[Entry], bool]) -> ExportedArticle:
        entries = tuple([entry for entry in chain.from_iterable(reading.entries.values()) if keeps(entry)])
        places = {entry.ref for entry in entries}
        notes = tuple([note for note in self._notes(reading) if note.ref and note.ref.entry in places])
        return ExportedArticle(reading.article, reading.links, entries, notes)

    def _notes(self, reading: Reading) -> tuple[PlacedNote, ...]:
        """Return the notes on an article, each with its place; none if they are not asked for."""
        state, article = self._state, reading.article.ref.article
        if not self._with_notes:
            return ()
        if reading is state.reading and (state.notes or state.library is None):
            return state.notes
        return place_notes(state.library.notes_by_article().get(article, ()), reading) if state.library else ()

    def _readings(self, articles: Iterable[str]) -> Iterator[Reading]:
        """Yield the articles with these ids; one that cannot be read is counted."""
        state = self._state
        for article in articles:
            if article == state.reading.article.ref.article and state.reading.article is not NO_ARTICLE:
                yield state.reading
                continue
            loaded = state.library.readings.loaded(article) if state.library else None
            if loaded and loaded.article:
                yield make_reading(loaded.article, loaded.problems)
            else:
                self._omissions.count("article", _UNREADABLE)


class _GroupedRefs:
    """The addresses of the rows of a pane that ranges over many articles, by article, in the order of the rows.

    `count` is the number of articles, 0 until all rows are known.
    """

    def __init__(self, library: Library, pane: str, rows: Iterable[Entry]) -> None:
        assert isinstance(rows, GrowingList)
        self._library, self._pane, self._rows = library, pane, rows
        self.count = 0

    def __iter__(self) -> Iterator[tuple[str, Iterable[Ref]]]:
        index = self._library.index
        found: dict[str, list[Ref]] = {}
        for id in follow_list(self._rows):
            if id is not None:
                row = index.persons.person(id).newest if self._pane == "people" else id
                article = index.articles.article_of(row)
                # Neighbours are mostly of one article, whose entries are kept.
                ref = index.entries.of_article(article)[row - article.first].entry.ref
                found.setdefault(ref.article, []).append(ref)
        self.count = len(found)
        return iter(found.items())


def _scope_articles(library: Library, rows: GrowingList) -> Iterator[str]:
    """Yield the ids of the articles of a list, as they become known."""
    for first in follow_list(rows):
        if first is not None:
            yield library.index.articles.article(first).ref.article
