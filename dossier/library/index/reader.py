"""The index as it is read: every question that is put to it is one method, and SQL is nowhere else.

Decided here: reading never waits for writing, nor the other way round (SQLite's write-ahead log), and every question
takes a connection of its own for as long as its answer is read, so that any thread may ask, and any may interrupt. When
the index is made anew while it is read, the old one serves until the new one is there.

A row id is an entry; `first` is the row id of an article's headline, its first entry, by which the article is called.
Row ids rise with the day of publication.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from dossier.library.index.articles import IndexedArticles
from dossier.library.index.cache import ArticleRow
from dossier.library.index.connections import Connections, column, range_condition, way
from dossier.library.index.errors import IndexDamagedError, QueryInterruptedError
from dossier.library.index.location import index_path
from dossier.library.index.persons import PersonRow, Persons
from dossier.library.index.schema import UNBOUNDED

__all__ = ("ArticleRow", "Index", "IndexDamagedError", "PersonRow", "QueryInterruptedError")


class Index(IndexedArticles, Persons):
    """The index of one library. An id that is not there, or no longer, raises KeyError; a file that breaks while it is
    read, IndexDamagedError; an answer that was interrupted, QueryInterruptedError."""

    @classmethod
    def open(cls, root: Path) -> "Index | None":
        """The index of the library in the folder `root`, None where there is none that can be used (yet)."""
        connections = Connections.to(index_path(root), root)
        return cls(connections) if connections else None

    def close(self) -> None:
        """Let go of the file."""
        self._from.close()

    def interrupt(self) -> None:
        """End, with QueryInterruptedError, all answers that are being read now."""
        self._from.interrupt()

    @property
    def generation(self) -> int:
        """Another number after every change, also when the index is made anew."""
        return self._fact("generation")

    def total(self, of: str = "articles") -> int:
        """How many there are: articles, entries of a pane by its name, `faults` (broken files), `others` (YAML files
        that are no articles), `hidden` (folders not entered)."""
        return self._fact(of)

    @property
    def is_whole(self) -> bool:
        """Whether the last bringing up to date went through to its end."""
        return bool(self._fact("whole"))

    def rows(
        self, match: str | None, newest: bool = True, low: int | None = None, high: int | None = None
    ) -> Iterator[int]:
        """The entries that meet an expression of FTS5 (None: all) by row id, from `low` to `high`, both included."""
        if match is None:
            return self._all_rows(newest, low, high)
        where, values = range_condition("rowid", low, high, "words MATCH ?")
        return column(self._from.each(f"SELECT rowid FROM words {where} ORDER BY rowid {way(newest)}", match, *values))

    def count(self, match: str | None, most: int | None = None) -> int:
        """How many entries meet the expression; no more than `most` are counted."""
        if match is None:
            found = self._from.one("SELECT sum(count) FROM article")
        else:
            limit = -1 if most is None else most
            found = self._from.one(
                "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)", match, limit
            )
        number = int(found[0] or 0) if found else 0
        return number if most is None else min(number, most)

    def events(self, key: tuple[int, int, int] = (0, 0, 0)) -> Iterator[int]:
        """The row ids of the dated events by earliest day, latest day (as in `events_of`) and row id, from these on."""
        after = "(earliest, latest, row) >= (?, ?, ?)"
        return column(self._from.each(f"SELECT row FROM event WHERE {after} ORDER BY earliest, latest, row", *key))

    def events_during(self, earliest: int, latest: int, newest: bool = True) -> Iterator[int]:
        """The row ids of the events that may lie between these days (ordinals, both included)."""
        query = f"SELECT row FROM event WHERE earliest <= ? AND latest >= ? ORDER BY row {way(newest)}"
        return column(self._from.each(query, latest, earliest))

    def event_days(self) -> Iterator[tuple[int, int]]:
        """The days on which events may begin at the earliest (ordinals), in order, each with how many do."""
        query = "SELECT earliest, count(*) FROM event WHERE earliest > 0 AND earliest < ? GROUP BY earliest"
        return self._from.each(query, UNBOUNDED)

    def events_of(self, first: int) -> list[tuple[int, int, int]]:
        """The dated events of an article: earliest and latest day (ordinals; 0, 4,000,000: unbounded), row id."""
        end = first + self.article(first).size
        return self._from.all("SELECT earliest, latest, row FROM event WHERE row >= ? AND row < ?", first, end)

    def faults(self) -> Iterator[tuple[str, int, int, str, str]]:
        """The files that could not be opened as articles: path, line, column, code, message."""
        query = "SELECT path, line, col, code, message FROM file WHERE code <> '' ORDER BY path"
        return ((os.fsdecode(path), *rest) for path, *rest in self._from.each(query))

    def _all_rows(self, newest: bool, low: int | None, high: int | None) -> Iterator[int]:
        where, values = range_condition("first", None, high, "first + count > ?")
        query = f"SELECT first, count FROM article {where} ORDER BY first {way(newest)}"
        for first, count in self._from.each(query, low or 0, *values):
            begin, end = max(first, low or 0), first + count if high is None else min(first + count, high + 1)
            yield from range(end - 1, begin - 1, -1) if newest else range(begin, end)

    def _fact(self, key: str) -> int:
        found = self._from.one("SELECT value FROM meta WHERE key = ?", key)
        if found is None:
            raise KeyError(key)
        return int(found[0])
