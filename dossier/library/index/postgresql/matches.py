"""Find the entries that an expression is true of, on a PostgreSQL server.

A GIN index returns no entry before it has found all entries with a word: for the first letter of a word that is nearly
the whole library. To have the first results soon, the first articles of the list are scanned without the index, as long
as many of them have a match; after that, each part of the table is searched by the index.

The server has a tsvector of each entry, except for the few that are too long for one. For these the expression is
evaluated here.
"""

from collections.abc import Iterator
from heapq import merge
from itertools import chain, pairwise
from typing import Final, Protocol

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import PANES
from dossier.library.index.errors import PartUnreachableError
from dossier.library.index.evaluation import evaluate
from dossier.library.index.expressions import AllOf, Expression
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.postgresql.answers import Rows
from dossier.library.index.postgresql.fetched_articles import (
    FIRST_ARTICLES,
    FROM_ROW,
    FetchedArticles,
    Range,
    find_ranges,
    least_first,
)
from dossier.library.index.postgresql.read_schema import Question
from dossier.library.index.postgresql.server_tables import ROW_PART_BEGINS
from dossier.library.index.postgresql.snapshots import Snapshot
from dossier.library.index.postgresql.tsquery_syntax import render_tsquery
from dossier.library.index.record import texts
from dossier.library.index.sessions import EVERY, ReadSessions, range_condition, sort_order
from dossier.library.index.stored_entries import StoredEntries

_LOOKED: Final = (32, 256, 1_024)
"""The numbers of articles that are scanned by the first question, and by the next ones."""
_MANY = 16
"""Articles are scanned as long as at least one in so many has a match."""
_BATCHES: Final = (128, 512, 2_048)
"""The numbers of rows in the first batch of a part, and in later ones."""
_NEAR: Final = {
    True: "SELECT min(first) FROM (SELECT first FROM article WHERE first <= ? ORDER BY first DESC LIMIT ?) AS near",
    False: "SELECT max(first + count) - 1"
    f" FROM (SELECT first, count FROM article WHERE {FROM_ROW} ORDER BY first LIMIT ?) AS near",
}
"""The last row, in the order of the list, of the articles that are scanned."""
_THROUGH: Final = (
    "WITH edge AS MATERIALIZED ({near}),"
    # The function of the operator @@ is called by its name, so that the planner cannot use the GIN index.
    " met AS MATERIALIZED (SELECT row FROM words WHERE {rows} AND ts_match_vq(vector, CAST(? AS tsquery)))"
    " SELECT (SELECT * FROM edge) AS edge, row AS met FROM (SELECT 1) AS one LEFT JOIN met ON true ORDER BY row {order}"
)
_ROWS: Final = {
    # With these bounds, parts of the table without articles are not searched, which may be on other servers.
    True: "row >= ? AND row <= ? AND row >= (SELECT * FROM edge)"
    " AND row <= (SELECT first + count - 1 FROM article ORDER BY first DESC LIMIT 1)",
    False: "row >= ? AND row <= ? AND row <= (SELECT * FROM edge)",
}
_RANGES: Final = {
    True: "SELECT first, first + count AS until FROM article WHERE first <= ? ORDER BY first DESC LIMIT ?",
    False: f"SELECT first, first + count AS until FROM article WHERE {FROM_ROW} ORDER BY first LIMIT ?",
}
_FOUND: Final = (
    # MATERIALIZED keeps the planner from scanning the whole table for the first rows. With OFFSET 0 articles are looked
    # up only for rows that are fetched. A row without an article was removed, or its transaction did not commit.
    "WITH met AS MATERIALIZED (SELECT row FROM words WHERE vector @@ CAST(? AS tsquery) AND row >= ? AND row <= ?)"
    " SELECT row, first, until FROM (SELECT row FROM met ORDER BY row {order} OFFSET 0) AS matching"
    " CROSS JOIN LATERAL"
    " (SELECT first, first + count AS until FROM article WHERE first <= row ORDER BY first DESC LIMIT 1) AS own"
    " WHERE row < until ORDER BY row {order}"
)
_ENDS: Final = (
    f"SELECT (SELECT first FROM article WHERE {FROM_ROW} AND first + count > ? ORDER BY first LIMIT 1) AS low,"
    " (SELECT first + count - 1 FROM article WHERE first <= ? ORDER BY first DESC LIMIT 1) AS high"
)
"""The query for where the articles of a stretch begin and end. Parts in which there are none are not asked."""


class MatchSessions(ReadSessions, Protocol):
    """Sessions that also have snapshots, and articles that were fetched together."""

    fetched: FetchedArticles

    def snapshot(self) -> Snapshot:
        """Return a new snapshot of the index."""


class _Stretch(NamedTuple):
    """The rows from `low` to `high`, both included, which have not been searched yet."""

    low: int
    high: int

    def without(self, edge: int | None, newest: bool) -> "_Stretch":
        """Return what is left after all rows up to `edge`, in the order of the list, are searched (None: all rows)."""
        if edge is None:
            return self
        return self._replace(high=edge - 1) if newest else self._replace(low=edge + 1)


def iterate_matches(
    sessions: MatchSessions, match: FtsMatch, newest: bool, low: int | None, high: int | None
) -> Iterator[int]:
    """Yield the row ids of the entries that meet `match`, from `low` to `high`, both included; None is no bound."""
    found = tuple(one for one in match if one)
    expression = AllOf(found) if len(found) > 1 else found[0]
    stretch = _Stretch(-EVERY if low is None else low, EVERY if high is None else high)
    with sessions.snapshot() as snapshot:
        search = _Search(sessions, snapshot, render_tsquery(expression), newest)
        first, long_rows, stretch = search.begin(stretch)
        coming = chain(first, chain.from_iterable(search.go_on(stretch)))
        # Each is a question of its own, to a part of the table that may be unreachable: it is asked when they come.
        unsure = frozenset(long_rows)
        for row in merge(coming, long_rows, reverse=newest) if long_rows else coming:
            if row not in unsure or _is_met(sessions, row, expression):
                yield row


class _Search:
    """A search for a tsquery in one snapshot, in one order."""

    def __init__(self, sessions: MatchSessions, snapshot: Snapshot, asked: str, newest: bool) -> None:
        self._fetched, self._snapshot, self._asked, self._newest = sessions.fetched, snapshot, asked, newest
        self._state = self._fetched.state
        self._ends = _Stretch(0, -1)
        self._number = 0
        self._lacks_part = False

    def begin(self, stretch: _Stretch) -> tuple[list[int], list[int], _Stretch]:
        """Scan the first articles of a stretch, in one round trip.

        Return the rows that match there, the rows of all entries of the stretch without a vector, and what is left.
        """
        where, bounds = range_condition("row", *stretch)
        long = f"SELECT row FROM long_entry {where} ORDER BY row {sort_order(self._newest)}", bounds
        ends_of = _ENDS, (stretch.low, stretch.low, stretch.high)
        articles = FIRST_ARTICLES[self._newest], (self._begin_of(stretch), _LOOKED[0])
        try:
            through, fetched, long_rows, ends = self._snapshot.ask(
                self._through(stretch, _LOOKED[0]), articles, long, ends_of
            )
        except PartUnreachableError:
            # A server connects to all that have a part of the stretch before it knows how far the articles reach. Each
            # part by itself is found, up to the one that is unreachable.
            self._lacks_part, through, fetched = True, [(None, None)], []
            long_rows, ends = self._snapshot.ask(long, ends_of)
        if None not in ends[0]:
            self._ends = _Stretch(*ends[0])
        rows = self._keep(find_ranges(_rows_of(through), self._fetched.keep_articles(fetched, self._state)))
        return rows, [row for (row,) in long_rows], stretch.without(through[0][0], self._newest)

    def go_on(self, stretch: _Stretch) -> Iterator[list[int]]:
        """Yield the rows of the rest of a stretch in lists."""
        for before, looked in pairwise(_LOOKED):
            if self._lacks_part or self._number * _MANY < before or stretch.low > stretch.high:
                break
            ranges = _RANGES[self._newest], (self._begin_of(stretch), looked)
            found, fetched = self._snapshot.ask(self._through(stretch, looked), ranges)
            stretch = stretch.without(found[0][0], self._newest)
            yield self._keep(find_ranges(_rows_of(found), fetched))
        parts = self._parts(stretch)
        while parts:
            asked, *parts = parts
            number = 0
            query = _FOUND.format(order=sort_order(self._newest))
            for batch in self._snapshot.iterate_batches(query, (self._asked, *asked), _BATCHES):
                number += len(batch)
                yield self._keep([(row, (first, end)) for row, first, end in batch])
            if number < _BATCHES[0] and parts and not self._lacks_part:
                # There is little in any part.
                parts = [_Stretch(min(one.low for one in parts), max(one.high for one in parts))]

    def _keep(self, found: list[tuple[int, Range]]) -> list[int]:
        """Keep the ranges of the rows for `FetchedArticles`, and return the rows."""
        self._number = len({first for _, (first, _) in found})
        self._fetched.keep_found(found, self._state)
        return [row for row, _ in found]

    def _through(self, stretch: _Stretch, number: int) -> Question:
        """Return the question for the matches in the first articles of a stretch."""
        query = _THROUGH.format(near=_NEAR[self._newest], rows=_ROWS[self._newest], order=sort_order(self._newest))
        return query, (self._begin_of(stretch), number, *stretch, self._asked)

    def _begin_of(self, stretch: _Stretch) -> int:
        return stretch.high if self._newest else stretch.low

    def _parts(self, stretch: _Stretch) -> list[_Stretch]:
        """Return the stretch divided by the parts of the table, in the order of the list."""
        low, high = max(stretch.low, self._ends.low), min(stretch.high, self._ends.high)
        begins = [low, *(row for row in ROW_PART_BEGINS if low < row <= high)]
        parts = [_Stretch(one, other - 1) for one, other in zip(begins, [*begins[1:], high + 1], strict=True)]
        return [one for one in (reversed(parts) if self._newest else parts) if one.low <= one.high]


def _rows_of(found: Rows) -> list[int]:
    """Return the rows that were found in the first articles."""
    return [row for _, row in found if row is not None]


def _is_met(sessions: ReadSessions, row: int, expression: Expression) -> bool:
    """Return whether the expression is true of an entry, evaluated for its stored text."""
    counts = ", ".join(f"{pane}_n" for pane in PANES)
    found = sessions.fetch_one(
        f"SELECT first, entries, {counts} FROM article JOIN packed USING (first)"
        " WHERE first = (SELECT max(first) FROM article WHERE first <= ?) AND packed.first >= ? AND packed.first <= ?",
        row,
        least_first(row),
        row,
    )
    if found is None:
        return False
    first, packed, *sizes = found
    rows = texts(StoredEntries(packed, ""), sizes)
    if row - first >= len(rows):
        return False
    return evaluate(expression, rows[row - first])
