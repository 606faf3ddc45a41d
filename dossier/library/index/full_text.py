"""The two tables of the full text: the single words of each entry, and its words in their order.

`words` has every word of an entry, of its text and of its search fields, without its place: that is small, lists of all
words that begin with one to three letters fit beside it, and most of what is typed is answered by it alone. `phrases`
has the words of the text with their places. It has no such lists, and is asked only for words that follow one another.

What a row is besides its words is in both as words of their own: a sign says in which pane the entry stands, and the
words of a field have the sign of that field before them. No text has these signs: they are control characters, and none
of them counts as white space.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import PANES
from dossier.core.query import ARTICLE_FIELDS, ENTRY_FIELDS
from dossier.library.index.expressions import Expression

TEXT_PLACES: Final = ("headline", "body", *PANES[1:])
"""Where the text of an entry can stand, as it is asked for by `in:`."""
_FIRST_SIGN: Final = 0x86
SIGNS: Final = {
    name: chr(_FIRST_SIGN + number) for number, name in enumerate((*TEXT_PLACES, *ENTRY_FIELDS, *ARTICLE_FIELDS))
}
"""The sign of each place and of each field."""
LISTED: Final = 3
"""The letters of the longest beginning of a word that `words` has a list for."""

FULL_TEXT_TABLES: Final = f"""
CREATE VIRTUAL TABLE words USING fts5(
    text, fields, content='', columnsize=0, prefix='{" ".join(map(str, range(1, LISTED + 1)))}', tokenize='ascii',
    detail=none
);
CREATE VIRTUAL TABLE phrases USING fts5(text, content='', columnsize=0, tokenize='ascii', detail=full);
"""
FULL_TEXT_NAMES: Final = ("words", "phrases")
_HASH = 128 * 1024 * 1024
"""Bytes that FTS5 may gather for a table before it writes a segment (its option hashsize)."""
_PAGES = 200
"""Pages of a table that are merged in one step, and empty ones that are given back in one."""

RowTexts = tuple[str, str]
"""What stands in a row of the full text: the words of an entry with the sign of its place, and those of its fields."""
Row = tuple[int, str, str]
"""A row id, and its RowTexts."""


class FtsMatch(NamedTuple):
    """Expressions for the tables, not both None. Of a row both must be true; None is true of each row."""

    words: Expression | None
    phrases: Expression | None = None


def sign_words(name: str, tokens: str) -> str:
    """Return the words of a field, each once and with its sign. `tokens` has them with spaces between."""
    sign = SIGNS[name]
    return " ".join([sign + token for token in dict.fromkeys(tokens.split())])


class FullTextWriter:
    """Writes both tables over one connection. In a transaction, rows must come in ascending order to be fast."""

    def __init__(self, connection: sqlite3.Connection, many: bool) -> None:
        """Set the tables up. `many` says that so much is to come that merging them is left to the end."""
        self._each = connection.executemany
        options = (("hashsize", _HASH), ("automerge", 0 if many else 4), ("crisismerge", 1500 if many else 16))
        for table in FULL_TEXT_NAMES:
            self._each(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", options)

    def enter(self, rows: Sequence[Row]) -> None:
        """Enter rows."""
        self._each("INSERT INTO words (rowid, text, fields) VALUES (?, ?, ?)", rows)
        self._each("INSERT INTO phrases (rowid, text) VALUES (?, ?)", [row[:2] for row in rows])

    def remove(self, rows: Sequence[Row]) -> None:
        """Remove rows, which must be what was entered."""
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
        # A negative number has all segments merged, whatever their sizes; a positive one goes on with that.
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
        if connection.total_changes - before < 2:
            return
        pages = _PAGES
        yield
