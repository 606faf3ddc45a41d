"""Which articles the index has, and what is in each of them.

All that leads from a row id, an address or an outlet to an article goes through the one small table of articles, never
through their entries.
"""

import os
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dossier.core.ref import Ref
from dossier.core.registry import Spelling
from dossier.library.index.cache import COLUMNS, ArticleRow, EntryCache, article_row
from dossier.library.index.connections import Connections, column, range_condition, way
from dossier.library.index.entry_codec import Stored
from dossier.library.index.schema import DAY, PANES

_WINDOW = 256
"""So many articles to either side are fetched together."""


class IndexedArticles:
    """The articles of one library. A row id that is no entry, or no longer, raises KeyError."""

    def __init__(self, connections: Connections) -> None:
        self._from = connections
        self._kept = EntryCache(connections)

    def firsts(self, newest: bool = True, low: int | None = None, high: int | None = None) -> Iterator[int]:
        """The articles by date, those from row id `low` to `high`, both included."""
        where, values = range_condition("first", low, high)
        return column(self._from.each(f"SELECT first FROM article {where} ORDER BY first {way(newest)}", *values))

    def article(self, first: int) -> ArticleRow:
        """The article whose first entry has this row id."""
        found = self._articles("first = ?", first)
        if not found:
            raise KeyError(first)
        return found[0]

    def article_of(self, row: int) -> ArticleRow:
        """The article that has the entry with this row id."""
        found = self._articles("first = (SELECT max(first) FROM article WHERE first <= ?)", row)
        if not found or row >= found[0].first + found[0].size:
            raise KeyError(row)
        return found[0]

    def find(self, address: str) -> ArticleRow | None:
        """The article with this address: its id or, where that repeats, its path below the root."""
        with self._from.borrowed() as connection:
            first = first_of(connection, address)
        return None if first is None else next(iter(self._articles("first = ?", first)), None)

    def row_of(self, ref: Ref) -> int | None:
        """The row id of the entry with this address, or that it lies in; the headline's for an article."""
        if (article := self.find(ref.article)) is None:
            return None
        if not ref.kind:
            return article.first
        own = ref.entry
        entries = self.entries(article.first)
        return next((article.first + at for at, one in enumerate(entries) if one.entry.ref == own), None)

    def entries(self, first: int) -> Sequence[Stored]:
        """The entries of an article through all panes; that at place n has the row id `first + n`."""
        return self._kept.entries(self.article(first))

    def at(self, row: int) -> Stored:
        """The entry with this row id."""
        article = self.article_of(row)
        return self._kept.entry(article, row - article.first)

    def blocks(self) -> "Blocks":
        """The row ids of articles, for who goes through many rows in their order."""
        return Blocks(self._from)

    def longest(self) -> int:
        """In days, from the day an article's row ids have to the latest day it may be of, the most of all articles."""
        found = self._from.one(f"SELECT max(latest - (first >> {DAY})) FROM article")
        return int(found[0] or 0) if found else 0

    def facts(self) -> Iterator[tuple[int, str, str]]:
        """Every article with its outlet and the forms of its quotes (space between)."""
        return self._from.each("SELECT first, outlet, forms FROM article ORDER BY first")

    def spans(self) -> Iterator[tuple[int, int]]:
        """Every article's first row id, and the end, excluded."""
        return self._from.each("SELECT first, first + count FROM article ORDER BY first")

    def ranges(self, pane: str, newest: bool = True) -> Iterator[range]:
        """The row ids of a pane's entries, article by article."""
        before = " + ".join(f"{name}_n" for name in PANES[: PANES.index(pane)])
        query = f"SELECT first + {before or '0'}, {pane}_n FROM article ORDER BY first {way(newest)}"
        return (range(begin, begin + count) for begin, count in self._from.each(query))

    def outlets(self, most: int = -1) -> list[tuple[str, int]]:
        """The outlets with their numbers of articles, the most frequent first."""
        return self._from.all(
            "SELECT outlet, count(*) FROM article WHERE outlet <> '' GROUP BY outlet ORDER BY 2 DESC, 1 LIMIT ?", most
        )

    def forms(self) -> list[tuple[str, int]]:
        """Every set of forms that the quotes of an article have (space between), with the number of such articles."""
        return self._from.all("SELECT forms, count(*) FROM article WHERE forms <> '' GROUP BY forms")

    def firsts_of_outlet(self, outlet: str) -> Iterator[int]:
        """The articles of an outlet, newest first."""
        return column(self._from.each("SELECT first FROM article WHERE outlet = ? ORDER BY first DESC", outlet))

    def looked(self, article: ArticleRow) -> tuple[int, int]:
        """The size and the time of change, in nanoseconds, that the article's file had when it was read."""
        found = self._from.one("SELECT size, mtime_ns FROM file WHERE path = ?", os.fsencode(article.path))
        return (found[0], found[1]) if found else (0, 0)

    def others(self) -> list[str]:
        """The paths of the YAML files below the root that are no articles."""
        return [
            os.fsdecode(path) for (path,) in self._from.all("SELECT path FROM file WHERE first IS NULL AND code = ''")
        ]

    def _articles(self, where: str, *values: object) -> list[ArticleRow]:
        return [article_row(one) for one in self._from.all(f"SELECT {COLUMNS} FROM article WHERE {where}", *values)]


class Blocks:
    """The row ids of articles for one who goes through many rows in their order: neighbours are fetched together."""

    def __init__(self, connections: Connections) -> None:
        self._from = connections
        self._firsts: list[int] = []
        self._ends: list[int] = []

    def around(self, row: int) -> tuple[int, int]:
        """The first row id of the article that has this one, and the end, excluded."""
        at = bisect_right(self._firsts, row) - 1
        if at < 0 or row >= self._ends[at]:
            self._fetch(row)
            at = bisect_right(self._firsts, row) - 1
            if at < 0 or row >= self._ends[at]:
                raise KeyError(row)
        return self._firsts[at], self._ends[at]

    def _fetch(self, row: int) -> None:
        ask = "SELECT first, first + count FROM article WHERE first {} ? ORDER BY first {} LIMIT ?"
        found = self._from.all(ask.format("<=", "DESC"), row, _WINDOW)[::-1]
        found += self._from.all(ask.format(">", "ASC"), row, _WINDOW)
        self._firsts, self._ends = [one[0] for one in found], [one[1] for one in found]


def first_of(connection: sqlite3.Connection, address: str) -> int | None:
    """The article with this address: its id or, where that repeats, its path below the root."""
    found = connection.execute("SELECT first FROM article WHERE id = ? LIMIT 2", (address,)).fetchall()
    if len(found) != 1:
        path = os.fsencode(address)
        found = connection.execute("SELECT first FROM article WHERE path = ?", (path,)).fetchall()
    return int(found[0][0]) if found else None


def row_at(connection: sqlite3.Connection, ref: Ref) -> int | None:
    """The row id of the entry of somebody with this address."""
    found = connection.execute(
        "SELECT row FROM article JOIN borne ON row >= first AND row < first + count JOIN bearer USING (bearer)"
        " WHERE first = ? AND kind = ? AND bearer.id = ?",
        (first_of(connection, ref.article), ref.kind, ref.id),
    ).fetchone()
    return int(found[0]) if found else None


def row_spelling(found: Sequence[str]) -> Spelling:
    """A spelling from its columns: kind, id, name, names, wikidata, alone."""
    kind, id, name, names, wikidata, alone = found
    return Spelling(kind, id, name, tuple(filter(None, names.split("\n"))), wikidata, alone)
