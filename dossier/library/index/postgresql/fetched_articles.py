"""Articles that are fetched together, since each question to a server takes a round trip.

Articles that a search finds, and the neighbours of one that is looked at, are likely to be asked for next. They are
kept for a moment only: the server does not report changes of the index, and what is kept is of the state in which it
was fetched. An answer that comes after a change was noticed, to a question of before, is not kept.
"""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import dropwhile, islice
from typing import Final

from dossier.library.index.articles import SELECT_ARTICLES, ArticleRow, make_article_row
from dossier.library.index.errors import PartUnreachableError
from dossier.library.index.postgresql.answers import Rows
from dossier.library.index.schema import begin_of_day, day_of_row
from dossier.library.index.sessions import EVERY

_MOMENT = 1.0
"""Seconds for which what was fetched is used."""
_BESIDE = 12
"""Articles on either side that are fetched with one."""
_TOGETHER = 24
"""The most articles that are fetched together with their entries, of those that a search has found."""
_BYTES = 4 * 1024 * 1024
"""Bytes of packed entries that are kept."""
_MOST = 2_000
"""Articles that are kept."""
_RANGES = 8_000
"""The most row ids whose ranges are kept; as many older ones are kept besides."""
_RANGES_MOMENT = 600.0
"""Seconds for which ranges are kept: row ids are not used again for longer than that (see `placement.RETIRED`)."""
_ARTICLE = f"{SELECT_ARTICLES} first"
_SOME: Final = f"{_ARTICLE} = ANY(CAST(? AS bigint[]))"
_FITTING: Final = (
    # Those of the newest articles, after one that is wanted in any case, as many as are kept.
    "SELECT first, entries FROM (SELECT first, entries, sum(octet_length(entries))"
    " OVER (ORDER BY first <> ?, first DESC ROWS UNBOUNDED PRECEDING) AS through FROM packed WHERE {where}) AS found"
    f" WHERE first = ? OR through <= {_BYTES}"
)
_ENTRIES: Final = _FITTING.format(where="first = ANY(CAST(? AS bigint[]))")
_OWN: Final = "SELECT (SELECT max(first) FROM article WHERE first <= one) FROM unnest(CAST(? AS bigint[])) AS one"
_ARTICLES_OF: Final = f"{_ARTICLE} = ANY(ARRAY({_OWN}))"
_AROUND: Final = (
    f"({_ARTICLE} <= ? ORDER BY first DESC LIMIT {_BESIDE}) UNION ALL ({_ARTICLE} > ? ORDER BY first LIMIT {_BESIDE})"
)
FROM_ROW: Final = f"first >= (SELECT coalesce(max(first), {-EVERY}) FROM article WHERE first <= ?)"
"""The condition for the article that has a row id, or would, and all after it."""
_ENTRIES_OF: Final = _FITTING.format(
    # The bounds tell a server before it looks anywhere which parts of the table, and which servers, have none of them.
    where=f"first = ANY(ARRAY({_OWN})) AND first >= ? AND first <= ?"
)
_NONE: Final = -1
"""No `first`."""
FIRST_ARTICLES: Final = {
    True: f"{_ARTICLE} <= ? ORDER BY first DESC LIMIT ?",
    False: f"{SELECT_ARTICLES} {FROM_ROW} ORDER BY first LIMIT ?",
}
"""The query for the columns of the first articles from a row id on, by whether the newest comes first."""
Range = tuple[int, int]
"""First row id and end, excluded, of an article."""


def find_ranges(rows: Iterable[int], ranges: Iterable[Range]) -> list[tuple[int, Range]]:
    """Return those row ids that lie in one of the ranges, each with its range."""
    places = sorted(ranges)
    firsts = [first for first, _ in places]
    known = []
    for row in rows:
        at = bisect_right(firsts, row) - 1
        if at >= 0 and row < places[at][1]:
            known.append((row, places[at]))
    return known


def least_first(row: int) -> int:
    """Return the least `first` that the article of an entry may have: all its row ids are of one day."""
    return begin_of_day(day_of_row(row))


class FetchedArticles:
    """The articles that were fetched a moment ago. `fetch_together` asks the server.

    `lacks_part` tells whether a server with a part of the index is known to be unreachable: then nothing is fetched
    that was not asked for, since it may lie there. Safe to use from any thread.
    """

    def __init__(self, fetch_together: Callable[..., list[Rows]], lacks_part: Callable[[], bool]) -> None:
        self._fetch_together, self._lacks_part = fetch_together, lacks_part
        self._lock = threading.Lock()
        self._until = self._ranges_until = 0.0
        self._state = 0
        self._articles: dict[int, ArticleRow] = {}
        self._packed: dict[int, bytes] = {}
        self._ranges: dict[int, Range] = {}
        self._former_ranges: dict[int, Range] = {}
        self._found: dict[int, None] = {}
        self._ahead: tuple[int, ...] = ()
        self._size = 0

    @property
    def state(self) -> int:
        """The state of the index as far as changes were noticed, to be read before what is to be kept is asked for."""
        return self._state

    def keep_articles(self, fetched: Rows, state: int) -> list[Range]:
        """Keep articles, given their columns, if they are of the present state, and return their ranges in any case."""
        found = list(map(make_article_row, fetched))
        with self._lock:
            self._keep(found, state)
        return [(one.first, one.first + one.size) for one in found]

    def keep_found(self, found: Iterable[tuple[int, Range]], state: int) -> None:
        """Keep the ranges of row ids that a search has found, if they are of the present state.

        Their articles are likely to be asked for next.
        """
        with self._lock:
            if state != self._state:
                return
            self._forget_old()
            if len(self._ranges) > _RANGES:
                self._former_ranges, self._ranges = self._ranges, {}
            for row, place in found:
                self._ranges[row] = place
                self._found[place[0]] = None

    def article(self, first: int) -> ArticleRow | None:
        """Return the article with this `first`, None where there is none."""
        with self._lock:
            self._forget_old()
            if first in self._articles:
                return self._articles[first]
            is_found, state = first in self._found, self._state
        if is_found:
            return self._fetch_found(first)[0]
        (fetched,) = self._fetch_together((_AROUND, (first, first)))
        found = list(map(make_article_row, fetched))
        with self._lock:
            self._keep(found, state)
        return next((one for one in found if one.first == first), None)

    def fetch_ahead(self, rows: Sequence[int], with_entries: bool) -> None:
        """Fetch the articles of the entries `rows` that are not kept, with their packed entries if `with_entries`.

        For no more rows than a screen has, nothing is fetched if that of the first row is kept. Without `with_entries`,
        `rows` must be row ids of headlines.
        """
        with self._lock:
            self._forget_old()
            unknown, state = [row for row in rows if not self._has(row, with_entries)], self._state
            if with_entries:
                self._ahead = tuple(rows)
        # Each row of a screen is asked for with those after it.
        if not unknown or (unknown[0] != rows[0] and len(rows) <= _TOGETHER):
            return
        if with_entries:
            self._fetch_rows(unknown)
        else:
            self.keep_articles(self._fetch_together((_SOME, (unknown,)))[0], state)

    def find_range(self, row: int) -> Range | None:
        """Return the range of the article of an entry, None where there is none. It is fetched if it is not kept."""
        with self._lock:
            self._forget_old()
            if self._has(row, with_entries=True):
                return self._place(row)
            # The moment for which they are kept may end amid the rows that were fetched ahead.
            is_ahead = row in self._ahead and not self._lacks_part()
            rows = self._ahead[self._ahead.index(row) :] if is_ahead else (row,)
        try:
            found = self._fetch_rows(rows)
        except PartUnreachableError:
            if len(rows) == 1:
                raise
            found = self._fetch_rows((row,))
        # Not from what is kept: that may be forgotten by now.
        return dict(found).get(row)

    def range_of(self, row: int) -> Range | None:
        """Return the range of the article of an entry, None where that was not fetched."""
        with self._lock:
            self._forget_old()
            return self._place(row)

    def packed(self, first: int) -> bytes | None:
        """Return the packed entries of an article, None where there is none."""
        with self._lock:
            self._forget_old()
            if first in self._packed:
                return self._packed[first]
        return self._fetch_found(first)[1]

    def forget(self) -> None:
        """Forget all that was fetched: the index has changed."""
        with self._lock:
            self._state += 1
            self._until = self._ranges_until = 0.0

    def _place(self, row: int) -> Range | None:
        """Return the range of the article of an entry where that is known."""
        if row in self._articles:
            return row, row + self._articles[row].size
        return self._ranges.get(row) or self._former_ranges.get(row)

    def _has(self, row: int, with_entries: bool) -> bool:
        """Return whether the article of an entry is known, and its packed entries if wanted."""
        place = self._place(row)
        if place is None or place[0] not in self._articles:
            return False
        return not with_entries or place[0] in self._packed

    def _fetch_rows(self, rows: Sequence[int]) -> list[tuple[int, Range]]:
        """Fetch the articles of rows with their packed entries. Return the rows, each with its range."""
        with self._lock:
            places, state = [place for place in map(self._place, rows) if place], self._state
        if len(places) == len(rows):
            firsts = sorted({first for first, _ in places})
            fetched, packed = self._fetch_together((_SOME, (firsts,)), (_ENTRIES, (_NONE, firsts, _NONE)))
        else:
            of_rows = _ENTRIES_OF, (_NONE, list(rows), least_first(min(rows)), max(rows), _NONE)
            fetched, packed = self._fetch_together((_ARTICLES_OF, (list(rows),)), of_rows)
        found = find_ranges(rows, self.keep_articles(fetched, state))
        self.keep_found(found, state)
        with self._lock:
            self._keep_packed(packed, state)
        return found

    def _fetch_found(self, first: int) -> tuple[ArticleRow | None, bytes | None]:
        """Fetch an article with its packed entries, and articles that were found after it. Return the first of them.

        It is fetched even if another thread has just kept it, since that may be dropped at any moment.
        """
        with self._lock:
            is_with_others = first in self._found and not self._lacks_part()
            later = dropwhile(lambda one: one != first, self._found) if is_with_others else ()
            others = (one for one in later if one != first and one not in self._packed)
            wanted = [first, *islice(others, _TOGETHER - 1)]
            unknown, state = [one for one in wanted if one == first or one not in self._articles], self._state
        try:
            articles, packed = self._fetch_together((_SOME, (unknown,)), (_ENTRIES, (first, wanted, first)))
        except PartUnreachableError:
            if len(wanted) == 1:
                raise
            # It need not be the one that is wanted that lies there.
            articles, packed = self._fetch_together((_SOME, ([first],)), (_ENTRIES, (first, [first], first)))
        found = list(map(make_article_row, articles))
        with self._lock:
            self._keep(found, state)
            self._keep_packed(packed, state)
        known: dict[int, bytes] = dict(packed)
        return next((one for one in found if one.first == first), None), known.get(first)

    def _keep(self, found: list[ArticleRow], state: int) -> None:
        if state == self._state:
            self._forget_old()
            self._articles.update((one.first, one) for one in found)

    def _keep_packed(self, packed: Rows, state: int) -> None:
        if state == self._state:
            self._packed.update(packed)
            self._size += sum(len(entries) for _, entries in packed)

    def _forget_old(self) -> None:
        """Drop what is kept if _MOMENT seconds are over, or it is too much."""
        now = time.monotonic()
        is_much = self._size > _BYTES or len(self._articles) > _MOST or len(self._found) > _RANGES
        if is_much or now > self._until:
            self._articles, self._packed, self._found, self._size = {}, {}, {}, 0
            self._until = now + _MOMENT
        if now > self._ranges_until:
            self._ranges, self._former_ranges = {}, {}
            self._ranges_until = now + _RANGES_MOMENT
