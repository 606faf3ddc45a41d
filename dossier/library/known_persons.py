"""The persons, organisations and places of entries, as the index has them, kept until the index changes.

They are needed at every key. An entry that is no longer in the index has none, and so has any entry while the index
cannot be read.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.library.growing_list import GONE
from dossier.library.index.reader import Index
from dossier.library.person_evidence import find_quotes_of_person
from dossier.library.scope_panes import Names, find_linked_persons

_KNOWN, _QUOTED = 4_096, 256
"""As much as is kept of each, and of persons with their quotes, which are long."""
_SOME = 8


class KnownPersons:
    """The persons, by their numbers in the index, of entries and of rows of lists, with their newest quotes."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._linked: dict[int, frozenset[int]] = {}
        self._names: Names = {}
        self._quotes: dict[int, tuple[Entry, ...]] = {}
        self._by_ref: dict[Ref, int | None] = {}
        self._linked_by_ref: dict[Ref, frozenset[int]] = {}
        self._in_article: dict[str, tuple[tuple[str, str, int], ...]] = {}

    def drop(self) -> None:
        """Forget all that is known, since the index has changed."""
        for known in (self._linked, self._names, self._quotes, self._by_ref, self._linked_by_ref, self._in_article):
            known.clear()

    def find(self, ref: Ref) -> int | None:
        """Return the number of the person that the entry at `ref` belongs to; None when there is none."""
        with suppress(*GONE):
            # Asked for every name on view at every key.
            if ref not in self._by_ref:
                _make_room(self._by_ref)
                self._by_ref[ref] = self._index.persons.person_of(ref)
            return self._by_ref[ref]
        return None

    def quotes_of(self, ref: Ref) -> tuple[Entry, ...]:
        """Return some of the newest quotes of the person of the entry at `ref`."""
        with suppress(*GONE):
            person = self.find(ref)
            if person is None:
                return ()
            # Asked for whenever the rows below a list are drawn.
            if person not in self._quotes:
                _make_room(self._quotes, _QUOTED)
                self._quotes[person] = tuple(islice(find_quotes_of_person(self._index, person, _SOME), _SOME))
            return self._quotes[person]
        return ()

    def linked_to(self, ref: Ref) -> frozenset[int]:
        """Return the numbers of the persons that the entry at `ref` is linked to."""
        with suppress(*GONE):
            if ref not in self._linked_by_ref:
                _make_room(self._linked_by_ref)
                row = self._index.entries.row_id_of(ref)
                self._linked_by_ref[ref] = frozenset() if row is None else self._linked_to_row(row)
            return self._linked_by_ref[ref]
        return frozenset()

    def names_in(self, article: str) -> tuple[tuple[str, str, int], ...]:
        """Return kind, name and number of each person in an article, as the article names them."""
        with suppress(*GONE):
            if article not in self._in_article:
                _make_room(self._in_article, _QUOTED)
                found = self._index.articles.find(article)
                self._in_article[article] = tuple(self._index.persons.names_in((found,))[0]) if found else ()
            return self._in_article[article]
        return ()

    def of_row(self, pane: str, row: int) -> frozenset[int]:
        """Return the numbers of the persons that a row of a wide pane is linked to; in `people`, of the row itself."""
        with suppress(*GONE):
            return frozenset((row,)) if pane == "people" else self._linked_to_row(row)
        return frozenset()

    def fetch_ahead(self, pane: str, rows: Sequence[int]) -> None:
        """Have at hand whom the rows of a wide pane are linked to, since they are asked for next."""
        unknown = [row for row in rows if row not in self._linked]
        if pane == "people" or len(unknown) < 2:
            return
        with suppress(*GONE):
            self._index.entries.fetch_ahead(unknown)
            articles = {one.first: one for one in map(self._index.articles.article_of, unknown)}
            self._names.clear()
            self._names.update(zip(articles, self._index.persons.names_in(articles.values()), strict=True))

    def _linked_to_row(self, row: int) -> frozenset[int]:
        """Return the numbers of the persons that the entry with the row id `row` is linked to."""
        # Asked for every row on view at every key.
        if row not in self._linked:
            _make_room(self._linked)
            self._linked[row] = find_linked_persons(self._index, row, self._names)
        return self._linked[row]


def _make_room(known: dict[Any, Any], most: int = _KNOWN) -> None:
    """Drop what is known where it is as much as is kept."""
    if len(known) >= most:
        known.clear()
