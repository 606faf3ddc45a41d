"""Which entries an expression is true of, as a PostgreSQL server finds them.

The server has a vector of the tokens of each entry, but for those that are too long for one. These are few, and are
looked at here.
"""

from collections.abc import Iterator
from heapq import merge
from itertools import chain
from typing import Any, Protocol

from dossier.core.entry import PANES
from dossier.library.index.entry_codec import StoredEntries
from dossier.library.index.evaluation import evaluate
from dossier.library.index.expressions import AllOf, Expression
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.postgresql.fetched_articles import FetchedArticles
from dossier.library.index.postgresql.tsquery_syntax import render_tsquery
from dossier.library.index.record import texts
from dossier.library.index.sessions import ReadSessions, range_condition, sort_order


class MatchSessions(ReadSessions, Protocol):
    """Sessions that also give rows in batches, and keep what was fetched together with them."""

    fetched: FetchedArticles

    def iterate_batches(self, query: str, *values: object) -> Iterator[list[tuple[Any, ...]]]:
        """Return an iterator over the rows of the answer in lists."""


def iterate_matches(
    sessions: MatchSessions, match: FtsMatch, newest: bool, low: int | None, high: int | None
) -> Iterator[int]:
    """Yield the row ids of the entries that meet `match`, from `low` to `high`, both included; None is no bound."""
    found = tuple(one for one in match if one)
    expression = AllOf(found) if len(found) > 1 else found[0]
    where, values = range_condition("row", low, high, "vector @@ CAST(? AS tsquery)")
    order = f"ORDER BY row {sort_order(newest)}"
    # What was taken out, and what was entered on this server alone, is in the table without an article. OFFSET 0 has
    # articles looked for where a row is wanted, not for each that may have to be sorted.
    query = (
        f"SELECT row FROM (SELECT row FROM words {where} {order} OFFSET 0) AS matching WHERE row <"
        f" (SELECT first + count FROM article WHERE first <= row ORDER BY first DESC LIMIT 1) {order}"
    )
    batches = sessions.iterate_batches(query, render_tsquery(expression), *values)
    coming = chain.from_iterable(map(sessions.fetched.fetch_articles_of, batches))
    long = [row for row in _long_rows(sessions, newest, low, high) if _is_met(sessions, row, expression)]
    yield from merge(coming, long, reverse=newest) if long else coming


def _long_rows(sessions: ReadSessions, newest: bool, low: int | None, high: int | None) -> list[int]:
    """Return the row ids of the entries without a vector."""
    where, values = range_condition("row", low, high)
    found = sessions.fetch_all(f"SELECT row FROM long_entry {where} ORDER BY row {sort_order(newest)}", *values)
    return [row for (row,) in found]


def _is_met(sessions: ReadSessions, row: int, expression: Expression) -> bool:
    """Return whether the expression is true of an entry, by what the index has of its article."""
    counts = ", ".join(f"{pane}_n" for pane in PANES)
    found = sessions.fetch_one(
        f"SELECT first, entries, {counts} FROM article JOIN packed USING (first)"
        " WHERE first = (SELECT max(first) FROM article WHERE first <= ?)",
        row,
    )
    if found is None:
        return False
    first, packed, *sizes = found
    rows = texts(StoredEntries(packed, ""), sizes)
    if row - first >= len(rows):
        return False
    return evaluate(expression, rows[row - first])
