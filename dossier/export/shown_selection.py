"""Find the entries that a choice of the export menu means, with the functions of the command `export`.

Each article is read when the format asks for it. The state is immutable, and the lists of a library can be read on any
thread, so that all of this can run on a thread of its own.
"""

from collections.abc import Callable, Iterable, Iterator

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.note import Note
from dossier.core.query_context import find_noted
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading
from dossier.export.export import ExportedArticle, Omissions
from dossier.export.export_selection import (
    EntryChoice,
    find_rows_of_persons,
    has_any,
    select_address,
    select_articles,
    select_entries,
    select_person,
)
from dossier.library.growing_list import GrowingList
from dossier.library.index.reader import ArticleRow
from dossier.library.library import Library
from dossier.library.tasks import follow_list
from dossier.text.messages import abbreviate
from dossier.ui.export_menu import ExportChoice, ExportKind
from dossier.ui.highlight import is_wide
from dossier.ui.state import NO_ARTICLE, State

_UNREADABLE = "left out: the file cannot be read"
_CHANGED = "left out: its article has changed"
_TITLE = 100
"""The most characters of a title."""


class ShownSelection(NamedTuple):
    """What is exported: a title and the articles. `count_articles` returns their number, 0 while it is not known."""

    title: str
    articles: Iterator[ExportedArticle]
    count_articles: Callable[[], int]


def select_shown(state: State, choice: ExportChoice, omissions: Omissions, with_notes: bool) -> ShownSelection:
    """Return what a choice of the menu means in this state. What cannot be read is counted in `omissions`."""
    is_noted = choice.kind is ExportKind.NOTES
    query = state.library_view.scope.query if choice.kind is ExportKind.HITS else None
    takes_notes = with_notes or is_noted or (query is not None and find_noted(query) is not None)
    chosen = EntryChoice(query, _read_notes(state) if takes_notes else None, is_noted)
    select = _Selector(state, omissions, chosen)
    library, ref = state.library, choice.ref
    title = _title(state, choice)
    if choice.kind is ExportKind.PANE and library and is_wide(state.pane):
        refs = _GroupedRefs(library, state.focus, state.pane.entries)
        return ShownSelection(title, select.entries_of(refs), lambda: refs.count)
    if choice.kind is ExportKind.PANE:
        shown = [entry.ref for entry in state.pane.entries]
        return ShownSelection(title, select.entries_of([(state.reading.article.ref.article, shown)]), lambda: 1)
    if library and choice.kind is ExportKind.PERSON and ref:
        person = library.index.persons.person_of(ref)
        number = library.index.persons.person(person).articles if person is not None else 0
        return ShownSelection(title, select.person(library, person), lambda: number)
    if ref is not None:
        return ShownSelection(title, select.address(ref), lambda: 1)
    assert library is not None, "only what is in scope, and the notes on it, are of several articles"
    rows = state.panes["library"].entries
    assert isinstance(rows, GrowingList)
    noted = frozenset(note.ref.article for note in chosen.notes or ()) if is_noted else None
    found = select_articles(_scope_rows(library, rows, noted), select.read_row, chosen)
    return ShownSelection(title, found, lambda: len(rows) if rows.is_done and not is_noted else 0)


def _read_notes(state: State) -> tuple[Note, ...]:
    """Return all notes; without a library those on the open article."""
    if state.library is None:
        return tuple([placed.note for placed in state.notes])
    return state.library.notebook.notes


def _title(state: State, choice: ExportChoice) -> str:
    """Return the title of what is exported, for those who read the file."""
    if choice.kind in (ExportKind.SCOPE, ExportKind.HITS) and state.library:
        query = state.library_view.scope.query
        return query.typed if query else state.library.store.read_name()
    if choice.kind is ExportKind.NOTES:
        return "Notes"
    return choice.title if choice.kind is ExportKind.PERSON else abbreviate(choice.shown, _TITLE)


class _Selector:
    """Selects entries of articles. `choice` says which of them, and which notes are exported with them."""

    def __init__(self, state: State, omissions: Omissions, choice: EntryChoice) -> None:
        self._state, self._omissions, self._choice = state, omissions, choice

    def address(self, ref: Ref) -> Iterator[ExportedArticle]:
        """Yield what `ref` addresses. What is no longer in its article is counted."""
        reading = self._read(ref.article)
        if reading is None:
            return
        try:
            selected = select_address(reading, ref, self._choice)
        except LookupError:
            self._omissions.count(ref.kind, _CHANGED)
            return
        if has_any(selected):
            yield selected

    def entries_of(self, grouped: Iterable[tuple[str, Iterable[Ref]]]) -> Iterator[ExportedArticle]:
        """Yield the entries with these addresses, grouped by the ids of their articles, in the order of the panes."""
        for article, refs in grouped:
            if reading := self._read(article):
                yield select_entries(reading, self._choice, frozenset(refs))

    def person(self, library: Library, person: int | None) -> Iterator[ExportedArticle]:
        """Yield what the articles have of the person with this number."""
        for row, refs in find_rows_of_persons(library.index, () if person is None else (person,)):
            if reading := self.read_row(row):
                yield select_person(reading, refs, self._choice)

    def read_row(self, row: ArticleRow) -> Reading | None:
        """Return the article of a row; None, and counted, when it cannot be read."""
        return self._read(row.ref.article)

    def _read(self, article: str) -> Reading | None:
        state = self._state
        if article == state.reading.article.ref.article and state.reading.article is not NO_ARTICLE:
            return state.reading
        loaded = state.library.readings.loaded(article) if state.library else None
        if loaded and loaded.article:
            return make_reading(loaded.article, loaded.problems)
        self._omissions.count("article", _UNREADABLE)
        return None


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


def _scope_rows(library: Library, rows: GrowingList, only: frozenset[str] | None) -> Iterator[ArticleRow]:
    """Yield the articles of a list, as they become known; with `only` those with these ids."""
    for first in follow_list(rows):
        if first is not None:
            row = library.index.articles.article(first)
            if only is None or not only.isdisjoint((row.id, row.ref.article)):
                yield row
