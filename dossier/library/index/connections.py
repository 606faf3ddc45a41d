"""Connections to an index file, for questions from any thread.

Each question has a connection of its own while its answer is read. Connections are kept and lent, not opened each time.
Before each question it is checked whether another file has taken the place of the index, as happens when the index is
rebuilt or published. The one that was read is read on until the reader looks for changes (see `loan`). An index that is
found damaged is marked as such, so that the next program that writes rebuilds it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from dossier.library.index.block_sums import is_as_written
from dossier.library.index.fts5_syntax import make_fts5_queries
from dossier.library.index.full_text import FtsMatch, intersect_rows
from dossier.library.index.index_file import IndexFile, PrivateFile
from dossier.library.index.loan import LendingFile, Loan
from dossier.library.index.location import is_marked_damaged, mark_damaged
from dossier.library.index.raw_file import NO_FILE, read_stamp
from dossier.library.index.schema import resolve_root

_BATCH = 256
"""Rows that are fetched together."""


class Connections(LendingFile):
    """The connections of one program to the index of one library."""

    unreachable_words = ""
    """The message that the server does not answer: none, since a file has no server."""

    @classmethod
    def open(cls, path: Path, root: Path) -> "Connections | None":
        """Open the index at `path`. Return None where it cannot be used for the library in the folder `root`.

        An index that is not as it was written is marked as damaged.
        """
        if is_marked_damaged(path):
            return None
        if not is_as_written(path):
            mark_damaged(path)
            return None
        # The folder is resolved once only: later connections are opened while a key waits, and the disk of the library
        # may be slow.
        return cls.open_file(PrivateFile(path, resolve_root(root)))

    @classmethod
    def open_file(cls, file: IndexFile) -> "Connections | None":
        """Open an index file. Return None where it cannot be used."""
        # Read first, so that a file that takes its place meanwhile is noticed at the first question.
        stamp = read_stamp(str(file.path), file.beside)
        first = file.connect()
        return cls(file, first, stamp) if first else None

    def fetch_one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer, None when it has no rows."""
        with Loan(self) as connection:
            cursor = connection.execute(query, values)
            found: tuple[Any, ...] | None = cursor.fetchone()
            if self._check_answer and found:
                self._check_answer(query, cursor, (found,))
            return found

    def fetch_recent(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of the answer, which is about the file that is in its place now."""
        # Also where it is not yet read, it is looked at as before any question.
        found = self.fetch_one(query, *values)
        other = self._find_other()
        if other != NO_FILE.identity and (made := self._index_file.connect()):
            with closing(made):
                rows = made.execute(query, values).fetchmany(1)
                found = rows[0] if rows else None
            self._follower = other
        return found

    def fetch_all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of the answer."""
        return self.fetch_each(query, (values,))[0]

    def fetch_each(self, query: str, every: Sequence[Sequence[object]]) -> list[list[tuple[Any, ...]]]:
        """Return all rows of the answers to one question that is asked with each of these lists of values."""
        with Loan(self) as connection:
            found = []
            for values in every:
                cursor = connection.execute(query, values)
                found.append(cursor.fetchall())
                if self._check_answer:
                    self._check_answer(query, cursor, found[-1])
            return found

    def iterate(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Return an iterator over the rows of the answer, as they are found.

        The answer is that of the moment when the first row is asked for: later updates do not change it.
        """
        return chain.from_iterable(self._batches(query, values))

    def iterate_ids(self, query: str, *values: object) -> Iterator[int]:
        """Return an iterator over the first column of the answer, a number, as the rows are found."""
        return map(itemgetter(0), self.iterate(query, *values))

    def iterate_matches(self, match: FtsMatch, newest: bool, low: int | None, high: int | None) -> Iterator[int]:
        """Return an iterator over the row ids of the entries that meet `match`, as `EntryReader.row_ids` does."""
        found = [self.iterate_ids(query, *values) for query, values in make_fts5_queries(match, newest, low, high)]
        return found[0] if len(found) == 1 else intersect_rows(found[0], found[1], newest)

    def fetch_packed(self, first: int) -> bytes | None:
        """Return the packed entries of the article with this `first`, None where there is none."""
        found = self.fetch_one("SELECT entries FROM packed WHERE first = ?", first)
        return found[0] if found else None

    def fetch_ahead(self, rows: Sequence[int], with_entries: bool) -> None:
        """Do nothing: reading from a file takes no round trip."""

    def forget_fetched(self) -> None:
        """Read the file that is in its place now, and not one from before."""
        if self.is_replaced:
            self.forget_file()

    def close(self) -> None:
        """Close every connection that is not lent, and the others when they come back."""
        self.forget_file()

    def _batches(self, query: str, values: tuple[object, ...]) -> Iterator[list[tuple[Any, ...]]]:
        with Loan(self) as connection:
            cursor = connection.execute(query, values)
            try:
                while len(rows := self._fetch_batch(query, cursor)) == _BATCH:
                    yield rows
            finally:
                # The collector of garbage may close the connection of what is left of an answer first.
                with suppress(sqlite3.ProgrammingError):
                    cursor.close()
        # The connection is free for what is asked about the last rows.
        yield rows

    def _fetch_batch(self, query: str, cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
        rows = cursor.fetchmany(_BATCH)
        if self._check_answer:
            self._check_answer(query, cursor, rows)
        return rows
