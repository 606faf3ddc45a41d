"""Articles that were fetched together, since each question to a server takes a round trip.

What a search finds, and what stands beside an article that is looked at, is asked for next. It is kept for a moment
only: nothing tells when the index changes, and all that is kept is of the state in which it was fetched.
"""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Final

from dossier.library.index.articles import SELECT_ARTICLES, ArticleRow, make_article_row

_MOMENT = 1.0
"""Seconds for which what was fetched is used."""
_BESIDE = 12
"""Articles on either side that are fetched with one."""
_PACKED = 24
"""Articles whose entries are fetched together."""
_BYTES = 4 * 1024 * 1024
"""Bytes of packed entries that are kept."""
_MOST = 2_000
"""Articles that are kept."""
_ARTICLE = f"{SELECT_ARTICLES} first"
_OF_ROWS: Final = (
    f"{_ARTICLE} IN (SELECT (SELECT max(first) FROM article WHERE first <= one)"
    " FROM unnest(CAST(? AS bigint[])) AS one)"
)
_ENTRIES: Final = "SELECT first, entries FROM packed WHERE first = ANY(CAST(? AS bigint[]))"
_AROUND: Final = (
    f"({_ARTICLE} <= ? ORDER BY first DESC LIMIT {_BESIDE}) UNION ALL ({_ARTICLE} > ? ORDER BY first LIMIT {_BESIDE})"
)


class FetchedArticles:
    """The articles that were fetched a moment ago. `fetch_all` asks the server. Safe to use from any thread."""

    def __init__(self, fetch_all: Callable[..., list[tuple[Any, ...]]]) -> None:
        self._fetch_all = fetch_all
        self._lock = threading.Lock()
        self._until = 0.0
        self._articles: dict[int, ArticleRow] = {}
        self._packed: dict[int, bytes] = {}
        self._ranges: dict[int, tuple[int, int]] = {}
        self._size = 0

    def fetch_articles_of(self, batch: list[tuple[int]]) -> list[int]:
        """Return the row ids of a batch, after fetching the articles that they are of."""
        rows = [row for (row,) in batch]
        if rows:
            found = sorted(map(make_article_row, self._fetch_all(_OF_ROWS, rows)))
            firsts = [one.first for one in found]
            with self._lock:
                self._keep(found)
                for row in rows:
                    at = bisect_right(firsts, row) - 1
                    if at >= 0 and row < firsts[at] + found[at].size:
                        self._ranges[row] = (firsts[at], firsts[at] + found[at].size)
        return rows

    def article(self, first: int) -> ArticleRow | None:
        """Return the article with this `first`, None where there is none."""
        with self._lock:
            self._forget_old()
            if first in self._articles:
                return self._articles[first]
        found = list(map(make_article_row, self._fetch_all(_AROUND, first, first)))
        with self._lock:
            self._keep(found)
        return next((one for one in found if one.first == first), None)

    def range_of(self, row: int) -> tuple[int, int] | None:
        """Return first row id and end, excluded, of the article of an entry, None where that was not fetched."""
        with self._lock:
            self._forget_old()
            return self._ranges.get(row)

    def packed(self, first: int) -> bytes | None:
        """Return the packed entries of an article, None where there is none."""
        with self._lock:
            self._forget_old()
            if first in self._packed:
                return self._packed[first]
            known = list(self._articles)
            at = known.index(first) if first in self._articles else len(known)
            wanted = [first, *(one for one in known[at + 1 : at + _PACKED] if one not in self._packed)]
        found = dict(self._fetch_all(_ENTRIES, wanted))
        with self._lock:
            self._packed.update(found)
            self._size += sum(map(len, found.values()))
        return found.get(first)

    def forget(self) -> None:
        """Forget all that was fetched: the index has changed."""
        with self._lock:
            self._until = 0.0

    def _keep(self, found: list[ArticleRow]) -> None:
        """Keep articles. A moment begins with the first that is kept."""
        self._forget_old()
        if not self._articles:
            self._until = time.monotonic() + _MOMENT
        # In the order of lists, the newest first, in which their entries are asked for.
        for one in sorted(found, reverse=True):
            self._articles.setdefault(one.first, one)

    def _forget_old(self) -> None:
        if time.monotonic() > self._until or self._size > _BYTES or len(self._articles) > _MOST:
            self._articles, self._packed, self._ranges, self._size = {}, {}, {}, 0
