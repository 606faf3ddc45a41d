"""Index files whose content never changes, which another user may have written: nothing in them is trusted."""

import re
import sqlite3
from pathlib import Path

from dossier.library.index.full_text import FULL_TEXT_NAMES
from dossier.library.index.raw_file import IndexConnection
from dossier.library.index.row_check import make_checked_row
from dossier.library.index.schema import LONGEST, READ_CACHE, TABLES, TOTALS, connect_to

_NUMBERS = ("generation", "whole", "inodes", *TOTALS, "hidden", "unread", "unmerged")
"""The facts that are numbers, which are below _MOST."""
_MOST = 1 << 62
_TEXTS = ("version", "limits", "joined", "registry")
"""The facts that are texts."""

_STATEMENTS = frozenset(filter(None, map(str.strip, TABLES.split(";"))))
_OF_FULL_TEXT = rf"CREATE TABLE '(?:{'|'.join(FULL_TEXT_NAMES)})_\w+'\([\w, ]+(?:\([\w, ]+\))?\)(?: WITHOUT ROWID)?"
"""The tables that FTS5 makes for its own use: columns, without any expression."""
_ACTING = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"
"""Control characters, which a terminal would act on. The loader leaves none in a text."""


def open_immutable(path: Path) -> IndexConnection:
    """Open an index file whose content never changes, for reading, from any thread, one at a time.

    No lock is taken and no file is written beside it ("immutable" in SQLite's documentation of URI filenames). Another
    user has written it: the schema is not trusted ("Defense Against The Dark Arts" there), and control characters in
    texts are replaced. Each row that is read is checked (see `row_check`), unless the caller sets another
    `row_factory`. Raises sqlite3.Error, and IndexDamagedError where a column has a value that it cannot have.
    """
    connection = connect_to(path, "ro&immutable=1")
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        connection.text_factory = _read_text
        connection.row_factory = make_checked_row
        connection.execute(f"PRAGMA cache_size = -{READ_CACHE}")
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute("PRAGMA cell_size_check = 1")
    except BaseException:
        connection.close()
        raise
    return connection


def has_own_tables(connection: sqlite3.Connection) -> bool:
    """Return whether the tables are those that this program makes, without views, triggers and expressions.

    The facts in the table `meta` must also be numbers and texts as this program writes them.

    Raises sqlite3.Error where the file is no database, and IndexDamagedError where `row_check` finds a wrong value.
    """
    facts = dict(connection.execute("SELECT key, value FROM meta"))
    if not all(type(found := facts.get(key)) is int and 0 <= found < _MOST for key in _NUMBERS):
        return False
    if not all(type(facts.get(key)) is str for key in _TEXTS):
        return False
    made = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    return made >= _STATEMENTS and all(re.fullmatch(_OF_FULL_TEXT, sql) for sql in made - _STATEMENTS)


def _read_text(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return text if text.isascii() and text.isprintable() else re.sub(_ACTING, "\ufffd", text)
