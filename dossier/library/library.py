"""A folder of articles as one dossier: its index, its articles read whole, and what the reader made of them.

Nothing here waits: what takes long is asked for in the background, and grows while it is looked at. The index may
change between a list and a question about one of its rows: what has left it is answered as what was never there.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from dossier.core.entry import Entry
from dossier.core.query import Query
from dossier.core.query_parser import understood
from dossier.core.ref import Ref
from dossier.core.registry import Registry
from dossier.library.growing_list import GONE, GrowingArticleList
from dossier.library.index.reader import Index
from dossier.library.list_cache import Lists
from dossier.library.opened_articles import Readings
from dossier.library.person_evidence import Borne, bearers, with_names
from dossier.library.scope import Scope
from dossier.library.scope_panes import linked_persons
from dossier.library.user_data import Memory
from dossier.loader.limits import Limits

_KNOWN = 4_096


class Library:
    """The articles below a folder, through their index, its registry, and what the reader made of them (`memory`).

    `grown` is called, on any thread, when a list has grown; `rejoin` once the reader has decided who is the same.
    """

    def __init__(
        self,
        root: Path,
        index: Index,
        memory: Memory,
        registry: Registry,
        limits: Limits | None = None,
        grown: Callable[[], None] = lambda: None,
        rejoin: Callable[[], None] = lambda: None,
    ) -> None:
        self.root, self.index, self.memory, self.registry = root, index, memory, registry
        self.grown, self.rejoin = grown, rejoin
        self.lists = Lists(index, grown)
        self.progress = ""
        self.readings = Readings(root, index, limits or Limits())
        self._linked: dict[int, frozenset[int]] = {}
        self._saved: dict[str, Scope] = {}
        self._generation, self._total = index.generation, 0

    @property
    def total(self) -> int:
        """How many articles the library has, as far as they are indexed."""
        with suppress(*GONE):
            self._total = self.index.total()
        return self._total

    def tell(self, words: str) -> None:
        """How far the index is, in words."""
        if words != self.progress:
            self.progress = words
            self.grown()

    @property
    def is_stale(self) -> bool:
        """Whether the index has changed since the lists were asked for, or one of them was not found to its end."""
        return self.lists.broken_off or _generation(self.index, self._generation) != self._generation

    def renewed(self) -> bool:
        """Whether the index has changed since the last time; then all lists are to be asked for again."""
        self.lists.broken_off = False
        generation = _generation(self.index, self._generation)
        if generation == self._generation:
            return False
        self._generation = generation
        self._linked.clear()
        self.lists.forgotten()
        return True

    def wanted(self, scope: Scope) -> None:
        """From now on this scope is on view: what is gathered of others, but for saved searches, may stop."""
        self.lists.stopped(scope, *self._saved.values())

    def saved(self, today: date) -> tuple[tuple[str, str, GrowingArticleList], ...]:
        """The searches that have a name: that, what was typed, and what is found of it so far."""
        for typed in self.memory.saved.values():
            if typed not in self._saved:
                self._saved[typed] = Scope(self.understood(typed, today))
        named = self.memory.saved.items()
        return tuple((name, typed, self.lists.articles(self._saved[typed])) for name, typed in named)

    def bearers(self, ref: Ref, most: int) -> tuple[Borne, ...]:
        """What at most so many articles have of whom the entry with this address is, the newest first."""
        with suppress(*GONE):
            return tuple(bearers(self.index, ref, self.registry, self.memory.decisions, most))
        return ()

    def understood(self, typed: str, today: date) -> Query:
        """What was typed, with the other names of whoever is asked for by one of them."""
        query = understood(typed, today)
        with suppress(*GONE):
            return with_names(query, self.index)
        return query

    def entry(self, ref: Ref) -> Entry | None:
        """The entry with this address, as the index has it; None when no article has it."""
        with suppress(*GONE):
            row = self.index.entries.row_id_of(ref)
            return None if row is None else self.index.entries.at(row).entry
        return None

    def person(self, ref: Ref) -> int | None:
        """Who the entry with this address is, in all articles."""
        with suppress(*GONE):
            return self.index.persons.person_of(ref)
        return None

    def linked(self, ref: Ref) -> frozenset[int]:
        """Everybody that the entry with this address is linked to."""
        with suppress(*GONE):
            row = self.index.entries.row_id_of(ref)
            return frozenset() if row is None else self._linked_to(row)
        return frozenset()

    def persons(self, pane: str, row: int) -> frozenset[int]:
        """Everybody that a row of a wide pane is linked to; in the people's pane who it is."""
        with suppress(*GONE):
            return frozenset((row,)) if pane == "people" else self._linked_to(row)
        return frozenset()

    def _linked_to(self, row: int) -> frozenset[int]:
        # Asked for every row on view at every key.
        if row not in self._linked:
            if len(self._linked) >= _KNOWN:
                self._linked.clear()
            self._linked[row] = linked_persons(self.index, row)
        return self._linked[row]


def _generation(index: Index, known: int) -> int:
    """That of the index; the one that is known where it is being made anew."""
    with suppress(*GONE):
        return index.generation
    return known
