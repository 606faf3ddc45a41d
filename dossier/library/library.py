"""A library: articles with their index, those that were opened, and what the user made of them.

Nothing here waits: lists are gathered in the background, and grow while they are shown. The index may change between a
list and a question about one of its rows; an entry that is no longer in the index is treated as one that never was.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial

from dossier.core.entry import Entry, EntryFacts
from dossier.core.note_search import SearchedNotes, ask_notes
from dossier.core.query import Query
from dossier.core.query_context import asks_for_notes, find_noted
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.registry import Registry
from dossier.library.article_store import ArticleStore
from dossier.library.disk_jobs import ask_disk
from dossier.library.empty_scopes import EmptyScopes
from dossier.library.growing_list import GONE, GrowingArticleList
from dossier.library.index.reader import Index
from dossier.library.kept_lines import KeptLines
from dossier.library.known_persons import KnownPersons
from dossier.library.list_cache import ListCache
from dossier.library.notebook import Notebook
from dossier.library.notes_file import notes_path
from dossier.library.opened_articles import OpenedArticles
from dossier.library.person_evidence import (
    PersonEvidence,
    add_other_names,
    collect_evidence,
    collect_set_apart,
    find_decided_refs,
)
from dossier.library.reuse import Reuse
from dossier.library.scope import Scope
from dossier.library.suggestions import Suggestions
from dossier.library.tasks import run_in_thread
from dossier.library.user_data import UserData
from dossier.text.messages import count_noun

_UNFINISHED = "index not finished"
_UNNAMED = 256
"""The most searches of which it is remembered that names are missing: those typed last without a server."""


class Library:
    """The articles in `store`, with their index and registry.

    `memory` has the searches and decisions that the user made here, and `notebook` the notes on all articles.

    `grown` is called, on any thread, when a list has grown. `rejoin` is called when the user has decided that entries
    are, or are not, the same person.

    `reuse` has the folder of the user's searches and decisions, if the user's answer may still change it.
    """

    def __init__(
        self,
        store: ArticleStore,
        index: Index,
        memory: UserData,
        registry: Registry,
        grown: Callable[[], None] = lambda: None,
        rejoin: Callable[[], None] = lambda: None,
    ) -> None:
        self.store, self.index, self.memory, self.registry = store, index, memory, registry
        self.grown, self.rejoin = grown, rejoin
        self.lists = ListCache(index, grown)
        self.persons = KnownPersons(index)
        self.suggestions = Suggestions(index, self.lists, grown)
        self.empty_scopes = EmptyScopes(index, grown)
        self.progress = _unfinished_words(self.index)
        self.reuse: Reuse | None = None
        self.readings = OpenedArticles(store, index)
        self.notebook = Notebook(notes_path())
        self._saved: dict[str, Scope] = {}
        self._unnamed: dict[Query, None] = {}
        self._generation, self._total, self._has_total = index.generation, 0, False
        self._progress_generation = self._generation
        self._was_unreachable, self.returns = False, 0
        """How often the index's server has come back: what failed before may be tried again."""
        index.call_when_reachability_changes(self._notice_server)
        self._deciding, self._decides_here = threading.Lock(), False

    def decide_here(self) -> None:
        """Join persons by the user's decisions, over an index that this program does not write, for this user alone.

        The persons that they change are joined anew in memory, now and whenever `rejoin` is called or the index has
        changed.
        """
        self._decides_here = True
        self.rejoin = partial(run_in_thread, self._decide)
        self._decide()

    def _decide(self) -> None:
        with self._deciding, suppress(*GONE):
            self.index.decide(self.memory.decisions)
        self.grown()

    @property
    def total(self) -> int:
        """The number of articles in the index, when its lists were asked for."""
        # Kept, since it is needed each time that the screen is painted, and a server takes a round trip.
        if not self._has_total:
            with suppress(*GONE):
                self._total, self._has_total = self.index.total(), True
        return self._total

    @property
    def unreachable_words(self) -> str:
        """The message for the reader while the index's server does not answer; "" while it does."""
        return self.index.unreachable_words

    def _notice_server(self) -> None:
        # Whether it has gone or come back: it may have come back before this was called of its going.
        self._was_unreachable = True
        self.grown()

    def notice_return(self) -> None:
        """If the index's server has come back since the last call, count that, and have failed look-ups made again."""
        if self._was_unreachable and not self.unreachable_words:
            # First of all: a server that goes and comes at this moment is noticed again.
            self._was_unreachable = False
            self.returns += 1
            self.suggestions.drop_all()
            self.empty_scopes.drop()

    @property
    def generation(self) -> int:
        """The generation of the index that the lists are of."""
        return self._generation

    def show_progress(self, words: str) -> None:
        """Take note of how far an update of the index is, in words ("": nothing to tell), and have it shown."""
        words = words or _unfinished_words(self.index)
        if words != self.progress:
            self.progress = words
            self.grown()

    def look_for_changes(self) -> bool:
        """Return whether the index has changed since the lists were asked for, or one of them was not found to its end.

        While the index's server does not answer they are as new as they can be. Where another program writes the index,
        `progress` is brought up to date. To be called on a thread that handles no keys.
        """
        has_changed = self.lists.tasks.broken_off
        with suppress(*GONE):
            # The thread that handles keys has to be between two questions when another index is read.
            has_changed = has_changed or self.index.coming_generation != self._generation
        # Until another index is read, the progress is that of the one before.
        is_new = has_changed or self._progress_generation != self._generation
        self._progress_generation = self._generation
        if self.index.is_shared and (self.progress.startswith(_UNFINISHED) or (is_new and not self.progress)):
            self.show_progress("")
        return not self.unreachable_words and has_changed

    def refresh_generation(self) -> bool:
        """Drop all lists if the index has changed since the last call, and return whether it has.

        Then all lists are to be asked for again.
        """
        self.lists.tasks.broken_off = False
        generation = _generation(self.index, self._generation)
        if generation == self._generation:
            return False
        self._generation, self._has_total = generation, False
        self.persons.drop()
        self.lists.drop_all()
        self.suggestions.drop_all()
        self.empty_scopes.drop()
        with suppress(*GONE):
            if self._decides_here and not self.index.is_decided:
                self.rejoin()
        return True

    def set_shown_scope(self, scope: Scope) -> None:
        """Make `scope` the one on view. Lists of other scopes may stop, but for those of saved searches."""
        self.lists.stop_other_scopes(scope, *self._saved.values())

    def saved(self, today: date) -> tuple[tuple[str, str, GrowingArticleList], ...]:
        """Return the saved searches: name, query as typed, and the articles found so far.

        `today` is the day from which relative dates of a query are counted.
        """
        for typed in self.memory.saved.values():
            if typed not in self._saved or self._asks_old_notes(typed) or self._saved[typed].query in self._unnamed:
                self._saved[typed] = Scope(self.parse_search_with_names(typed, today))
        named = self.memory.saved.items()
        # Others are not to go on, nor to be kept.
        self._saved = {typed: self._saved[typed] for _, typed in named}
        return tuple((name, typed, self.lists.articles(self._saved[typed])) for name, typed in named)

    def evidence_of_person(self, ref: Ref, most: int) -> tuple[PersonEvidence, ...]:
        """Return the evidence that at most `most` articles have of the person of the entry at `ref`, the newest first.

        It is empty if the entry belongs to no person.
        """
        with suppress(*GONE):
            return tuple(collect_evidence(self.index, ref, self.registry, self.memory.decisions, most))
        return ()

    def set_apart_from_person(self, ref: Ref, most: int) -> tuple[PersonEvidence, ...]:
        """Return an entry of each person, at most `most`, whom the user set apart from that of the entry at `ref`."""
        with suppress(*GONE):
            return tuple(collect_set_apart(self.index, ref, self.memory.decisions, most))
        return ()

    def rejoin_persons(self, ref: Ref, others: Sequence[Ref], undone: str = "") -> KeptLines:
        """Take back that the user set the person at `ref` apart from the one whom the `others`, all of them, are.

        It returns the file, and `undone` is kept, as `UserData.take_back_apart` does.
        """
        refs, rest = frozenset((str(ref),)), frozenset(map(str, others))
        with suppress(*GONE):
            refs |= find_decided_refs(self.index, ref)
            rest |= find_decided_refs(self.index, others[0])
        return self.memory.take_back_apart(refs, rest, undone)

    def parse_search_with_names(self, typed: str, today: date) -> Query:
        """Parse a search, and add the other names of each person that it asks for by one of their names.

        A search in the notes is one in the notes as they are now. Names that the index cannot be asked for now are
        added later, by `add_missing_names`.
        """
        query, is_named = self._parse_search(typed, today)
        if not is_named:
            while len(self._unnamed) >= _UNNAMED:
                self._unnamed.pop(next(iter(self._unnamed)), None)
            self._unnamed[query] = None
        return query

    def add_missing_names(self, query: Query | None) -> Query | None:
        """Return a query with the other names that could not be added when it was parsed, or else unchanged."""
        if not self._unnamed or query is None or query not in self._unnamed:
            return query
        found, is_named = self._parse_search(query.typed, date.today())
        if is_named and found == query:
            self._unnamed.pop(query, None)
        return found if is_named and found != query else query

    def _parse_search(self, typed: str, today: date) -> tuple[Query, bool]:
        """Return what a search asks for, and whether the other names of its persons are known and in it."""
        query, is_named = parse_search(typed, today), True
        try:
            query = add_other_names(query, self.index)
        except GONE:
            is_named = False
        return (ask_notes(query, self._notes_to_search()) if asks_for_notes(query) else query), is_named

    def _asks_old_notes(self, typed: str) -> bool:
        """Return whether a saved search is one in notes that have changed since."""
        query = self._saved[typed].query
        noted = find_noted(query) if query else None
        return noted is not None and noted.notes is not self._notes_to_search()

    def _notes_to_search(self) -> SearchedNotes:
        return ask_disk("your notes to search", self.notebook.read_to_search)

    def entry(self, ref: Ref) -> Entry | None:
        """Return the entry at this address, as the index has it; None when no article has it."""
        with suppress(*GONE):
            row = self.index.entries.row_id_of(ref)
            return None if row is None else self.index.entries.at(row).entry
        return None

    def article_ids_beginning(self, beginning: str, most: int) -> tuple[str, ...]:
        """Return the ids of articles that begin with `beginning`, at most `most`."""
        with suppress(*GONE):
            return tuple(self.index.articles.ids_beginning(beginning, most))
        return ()

    def facts_of_row(self, pane: str, row: int) -> EntryFacts | None:
        """Return what a query can ask of a row of the wide panes `quotes` and `timeline`; None for other rows."""
        with suppress(*GONE):
            return self.index.entries.at(row).about if pane in ("quotes", "timeline") else None
        return None


def _unfinished_words(index: Index) -> str:
    """Return the message that an update of the index runs elsewhere or was cut short, "" where neither is so."""
    with suppress(*GONE):
        if not index.is_whole:
            left = index.unread
            return f"{_UNFINISHED}, {count_noun(left, 'file')} left to read" if left else _UNFINISHED
    return ""


def _generation(index: Index, known: int) -> int:
    """Return the generation of the index; `known`, the one before, while the index is rebuilt."""
    with suppress(*GONE):
        return index.generation
    return known
