"""Writing the two tables of the full text to SQLite, and merging the segments that this leaves."""

import sqlite3
from collections.abc import Iterator, Sequence

from dossier.library.index.full_text import FULL_TEXT_NAMES, Row

_HASH = 128 * 1024 * 1024
"""Bytes that FTS5 may gather for a table before it writes a segment (its option hashsize)."""
_PAGES = 200
"""Pages of a table that are merged in one step, and empty ones that are given back in one."""


class FullTextWriter:
    """Writes both tables over one connection. It is fast if the rows of a transaction come in ascending order."""

    def __init__(self, connection: sqlite3.Connection, many: bool) -> None:
        """Set the tables up. With `many`, for large updates, merging the segments is left to `merge_segments`."""
        self._each = connection.executemany
        options = (("hashsize", _HASH), ("automerge", 0 if many else 4), ("crisismerge", 1500 if many else 16))
        for table in FULL_TEXT_NAMES:
            self._each(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", options)

    def enter(self, rows: Sequence[Row]) -> None:
        """Enter rows."""
        self._each("INSERT INTO words (rowid, text, fields) VALUES (?, ?, ?)", rows)
        self._each("INSERT INTO phrases (rowid, text) VALUES (?, ?)", [row[:2] for row in rows])

    def remove(self, rows: Sequence[Row]) -> None:
        """Remove rows, which must be given as they were entered."""
        self._each("INSERT INTO words (words, rowid, text, fields) VALUES ('delete', ?, ?, ?)", rows)
        self._each("INSERT INTO phrases (phrases, rowid, text) VALUES ('delete', ?, ?)", [row[:2] for row in rows])


def merge_segments(connection: sqlite3.Connection) -> Iterator[None]:
    """Merge the segments of each table into one, if that was left to the end. Yields after each step.

    The pages that this leaves empty are given back: they would be a tenth of the file.
    """
    (unmerged,) = connection.execute("SELECT value FROM meta WHERE key = 'unmerged'").fetchone()
    if not unmerged:
        return
    for table in FULL_TEXT_NAMES:
        yield from _merge_table(connection, table)
    connection.execute("UPDATE meta SET value = 0 WHERE key = 'unmerged'")
    while connection.execute("PRAGMA freelist_count").fetchone() != (0,):
        connection.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
        yield


def _merge_table(connection: sqlite3.Connection, table: str) -> Iterator[None]:
    pages = -_PAGES
    while True:
        before = connection.total_changes
        # A negative number begins to merge all segments, whatever their sizes; a positive one goes on with that.
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
        if connection.total_changes - before < 2:
            return
        pages = _PAGES
        yield
