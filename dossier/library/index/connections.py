"""Questions to the index may come from any thread, and each has a connection of its own while its answer is read.

Decided here: connections are kept and lent, not opened anew, and they notice when the file was replaced by another, as
happens where the index is made anew. An index found damaged is remembered as such, so that the next program that writes
makes it anew.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dossier.library.index.errors import IndexDamagedError, QueryInterruptedError
from dossier.library.index.location import tell_damaged
from dossier.library.index.schema import is_damage, open_to_read

_AT_ONCE = 256
"""So many rows are fetched together."""


class Connections:
    """The connections of one program to the index of one library."""

    def __init__(self, path: Path, root: Path, first: sqlite3.Connection) -> None:
        self._path, self._root = path, root
        self._lock = threading.Lock()
        self._idle = [first]
        self._lent: set[sqlite3.Connection] = set()
        self._file = _which(path)
        self.replaced = 0
        """How often another file has taken the place of the one that was read."""

    @classmethod
    def to(cls, path: Path, root: Path) -> "Connections | None":
        """Those to the index at `path`, if it can be used for the library at `root`."""
        first = open_to_read(path, root)
        return cls(path, root, first) if first else None

    def one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of an answer."""
        with self.borrowed() as connection:
            found: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
            return found

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """An answer, whole."""
        with self.borrowed() as connection:
            return connection.execute(query, values).fetchall()

    def each(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """An answer as it is found. What is written meanwhile is not in it."""
        with self.borrowed() as connection:
            cursor = connection.execute(query, values)
            try:
                while rows := cursor.fetchmany(_AT_ONCE):
                    yield from rows
            finally:
                cursor.close()

    def interrupt(self) -> None:
        """Have every answer that is being read now end with QueryInterruptedError, on whichever thread."""
        with self._lock:
            for connection in self._lent:
                connection.interrupt()

    def close(self) -> None:
        """Give up every connection that is not lent; the others go when they come back."""
        with self._lock:
            idle, self._idle, self._file = self._idle, [], (0, 0)
        for connection in idle:
            connection.close()

    @contextmanager
    def borrowed(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for one question.

        Raises QueryInterruptedError when the question is stopped, and IndexDamagedError for what is no index any more.
        """
        connection, file = self._borrow()
        try:
            yield connection
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise QueryInterruptedError from error
            if is_damage(error):
                tell_damaged(self._path)
                raise IndexDamagedError(str(error)) from error
            raise
        finally:
            self._give_back(connection, file)

    def _borrow(self) -> tuple[sqlite3.Connection, tuple[int, int]]:
        found = _which(self._path)
        with self._lock:
            if found not in (self._file, (0, 0)) and (fresh := open_to_read(self._path, self._root)):
                stale, self._idle, self._file = self._idle, [fresh], found
                self.replaced += 1
                for connection in stale:
                    connection.close()
            lent = self._idle.pop() if self._idle else open_to_read(self._path, self._root)
            if lent is None:
                raise IndexDamagedError(f"{self._path} is no longer there")
            self._lent.add(lent)
            return lent, self._file

    def _give_back(self, connection: sqlite3.Connection, file: tuple[int, int]) -> None:
        with self._lock:
            self._lent.discard(connection)
            if file == self._file:
                self._idle.append(connection)
                return
        connection.close()


def _which(path: Path) -> tuple[int, int]:
    """The file that lies there now, whatever its name; zeros for none."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def column(rows: Iterator[tuple[Any, ...]]) -> Iterator[int]:
    """The first column of the rows, a number."""
    return (row[0] for row in rows)


def way(newest: bool) -> str:
    """The direction of an order by row ids."""
    return "DESC" if newest else "ASC"


def range_condition(name: str, low: int | None, high: int | None, *also: str) -> tuple[str, tuple[int, ...]]:
    """The condition that a column lies from `low` to `high`, both included, and its values; with other conditions."""
    bounds = [(f"{name} {sign} ?", bound) for sign, bound in ((">=", low), ("<=", high)) if bound is not None]
    conditions = [*also, *(condition for condition, _ in bounds)]
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", tuple(bound for _, bound in bounds)
