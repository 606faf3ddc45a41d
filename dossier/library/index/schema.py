"""The tables of the index, and which files can be used as one.

A file that was not made by this very version, for this library and with these limits is not used, and is rebuilt. There
is no migration of a cache. The version covers all that the stored texts depend on.
"""

import os
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from dossier.core.entry import PANES
from dossier.library.index.block_sums import CHECKPOINT
from dossier.library.index.full_text import FULL_TEXT_TABLES
from dossier.library.index.location import delete_index
from dossier.library.index.raw_file import IndexConnection
from dossier.library.index.sessions import WriteSession
from dossier.loader.limits import FORMAT_VERSION, Limits

VERSION = f"13 format {FORMAT_VERSION} unicode {unicodedata.unidata_version} {sys.byteorder}"
"""Identifies what the stored texts depend on. Its number rises with every change of tables, of entries, of folding."""

TOTALS = ("articles", *PANES, "faults", "others")
"""The facts that are totals: articles, entries of each pane, broken files, YAML files that are not articles."""

DAY = 32
"""Bits of a row id below the day on which the article was published, in UTC if the time is known.

Lists of row ids in the full text are the shorter, the closer the ids are. With 26 bits, though, articles of a day that
are added in any order soon have no room between them, and each article that is moved begins new segments.

Row ids rise with the instant of publication. At one instant they fall by the id and the path of the article, so that
lists with the newest article first have these in order.
"""
UNDATED_IDS = 1 << 45
"""The number of row ids of day 0, enough for a library of any size without dates. Those of other days are higher."""
LAST_DAY = 3_652_060
"""The day in the row ids of what was published after 9999. 0 is that of what was published before the year 1, or never.
"""
ARTICLE_UNIT, ARTICLE_DAYS = 1_000, 1 << 25
EVENT_UNIT, EVENT_DAYS = 1_000_000_000, 1 << 45
"""The unit of time in the order of articles and of events, in nanoseconds, and the most days before and after the
year 1, so that all numbers have less than 62 bits.
"""
OLDEST = 1 << 62
"""The age of an article without a date: it is after all others in an order with the newest first."""
BEGINNING = 200
"""The code points of an id, and the bytes of a path, by which a database index finds those that begin so."""
FOLDED = 400
"""Code points of a folded name that are stored to look it up: longer ones do not fit the indexes of every engine."""
UNBOUNDED_PAST, UNBOUNDED, UNDATED = -(1 << 62), 1 << 62, (1 << 62) + 1
"""Stand for no earliest day, for no latest day and for no date at all. Days are ordinals, before the year 1 negative.
"""

READ_CACHE = 512
"""KiB of pages that a connection for reading keeps. The rest is left to the system, which keeps the file once for all.
"""

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE file (
    path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, inode INTEGER, digest BLOB,
    first INTEGER, line INTEGER, col INTEGER, code TEXT, message TEXT
) WITHOUT ROWID;
CREATE TABLE article (
    first INTEGER PRIMARY KEY, count INTEGER, id TEXT, path BLOB, headline TEXT, outlet TEXT, published TEXT,
    earliest INTEGER, latest INTEGER, age INTEGER, {", ".join(f"{pane}_n INTEGER" for pane in PANES)}, forms TEXT
);
CREATE INDEX article_id ON article (id);
CREATE INDEX article_path ON article (path);
CREATE INDEX article_outlet ON article (outlet, first);
CREATE TABLE packed (first INTEGER PRIMARY KEY, entries BLOB);
CREATE UNIQUE INDEX article_order ON article (age, id, path);
CREATE TABLE day (day INTEGER PRIMARY KEY, placed INTEGER);
CREATE TABLE retired (first INTEGER PRIMARY KEY, until INTEGER, at INTEGER);
CREATE TABLE event (row INTEGER PRIMARY KEY, earliest INTEGER, latest INTEGER, begins INTEGER, ends INTEGER);
CREATE INDEX event_order ON event (begins, ends);
CREATE TABLE bearer (
    bearer INTEGER PRIMARY KEY, kind TEXT, id TEXT, name TEXT, names TEXT, wikidata TEXT, alone TEXT, person INTEGER,
    UNIQUE (kind, id, name, names, wikidata, alone)
);
CREATE INDEX bearer_person ON bearer (person);
CREATE INDEX bearer_wikidata ON bearer (wikidata) WHERE wikidata <> '';
CREATE TABLE called (folded TEXT, bearer INTEGER, PRIMARY KEY (folded, bearer)) WITHOUT ROWID;
CREATE TABLE borne (row INTEGER PRIMARY KEY, bearer INTEGER, number INTEGER, quotes INTEGER);
CREATE INDEX borne_by ON borne (bearer, row, number, quotes);
CREATE TABLE person (
    person INTEGER PRIMARY KEY, kind TEXT, name TEXT, by_name INTEGER, articles INTEGER, quotes INTEGER, newest INTEGER
);
CREATE TABLE joining (facts TEXT);
CREATE INDEX person_order ON person (kind, articles DESC, name, newest DESC);
{FULL_TEXT_TABLES}"""
LONGEST = 1 << 26
"""The most bytes of a value: as many as the entries of an article have before they are packed."""


def begin_of_day(day: int) -> int:
    """Return the first row id of a day. Day 0 is for articles without a day."""
    return UNDATED_IDS + (day << DAY) if day else 0


def day_of_row(row: int) -> int:
    """Return the day that a row id belongs to."""
    return max(0, (row - UNDATED_IDS) >> DAY)


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether the error comes from the content of the file, not from the disk or another program."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith("no such table")


def open_to_write(path: Path, root: Path, limits: Limits) -> IndexConnection:
    """Open the index for writing. It is made where there is none, and rebuilt where it cannot be used.

    Raises sqlite3.Error and OSError where the disk is full or cannot be written.
    """
    if os.path.exists(path) and (found := _usable(path, root, limits)):
        return found
    delete_index(path)
    connection = connect_to(path, "rwc")
    try:
        # SQLite takes this setting only for an empty file.
        connection.execute("PRAGMA auto_vacuum = incremental")
        _prepare(connection)
        _make_tables(connection, root, limits)
    except BaseException:
        connection.close()
        # An unfinished file must not be taken for an index that another program is making.
        delete_index(path)
        raise
    return connection


def _make_tables(connection: sqlite3.Connection, root: Path, limits: Limits) -> None:
    """Make the tables of an index without articles, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in filter(None, map(str.strip, TABLES.split(";"))):
        connection.execute(statement)
    facts = {
        **_identity(resolve_root(root)),
        "limits": str(limits),
        "generation": start_generation(),
        "joined": "",
        "registry": "",
        "whole": 0,
        "inodes": 1,
    }
    facts |= dict.fromkeys((*TOTALS, "hidden", "unread", "unmerged"), 0)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
    connection.execute("COMMIT")


def start_generation() -> int:
    """Return a generation for a new index: a number that the index before it never had."""
    # Not from the clock, which may be set back to where it was when the index before this one was made.
    return int.from_bytes(os.urandom(6), "big")


@contextmanager
def read_known_files(session: WriteSession) -> Iterator[tuple[Iterator[Any], bool]]:
    """Return a context manager for the files that the index has, which may be millions.

    Its value is an iterator over path, stamp and digest of each file as it was read, in the order of the bytes of the
    paths, and whether a changed inode means a changed file in this library.
    """
    (has_inodes,) = session.execute("SELECT value FROM meta WHERE key = 'inodes'").fetchone()
    query = "SELECT path, size, mtime_ns, ctime_ns, inode, digest FROM file ORDER BY path"
    with closing(session.iterate(query)) as known:
        yield known, bool(int(has_inodes))


def open_to_read(path: Path, library: bytes) -> IndexConnection | None:
    """Open the index for reading, from any thread, one at a time.

    Return None where there is none that can be used for the library whose folder `resolve_root` returned.
    """
    if not os.path.isfile(path):
        return None
    try:
        connection = connect_to(path, "ro")
    except sqlite3.Error:
        return None
    usable = False
    try:
        connection.execute(f"PRAGMA cache_size = -{READ_CACHE}")
        usable = _is_of(connection, _identity(library))
    except sqlite3.Error:
        return None
    finally:
        if not usable:
            connection.close()
    return connection if usable else None


def _usable(path: Path, root: Path, limits: Limits) -> IndexConnection | None:
    """Open the index for writing; None where it cannot be used. Raises sqlite3.Error for anything but damage."""
    connection = connect_to(path, "rw")
    usable = False
    try:
        _prepare(connection)
        usable = _is_of(connection, {**_identity(resolve_root(root)), "limits": str(limits)})
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
    finally:
        if not usable:
            connection.close()
    return connection if usable else None


def connect_to(path: Path, mode: str) -> IndexConnection:
    """Connect to the file. `mode` is that of SQLite's URIs: ro, rw, or rwc, which makes it; others may follow it."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=10,
        check_same_thread=False,
        factory=IndexConnection,
    )
    connection.count(path)
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Set a connection up for writing."""
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA synchronous = normal")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = memory")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")


def resolve_root(root: Path) -> bytes:
    """Return the folder of a library as its index names it. It asks the library's disk, which may be slow."""
    return os.fsencode(root.resolve())


def _identity(library: bytes) -> dict[str, object]:
    """Return the facts by which a file is the index of a library."""
    return {"version": VERSION, "library": library}


def _is_of(connection: sqlite3.Connection, identity: dict[str, object]) -> bool:
    """Return whether the index has these facts."""
    facts = dict(connection.execute("SELECT key, value FROM meta"))
    return all(facts.get(key) == value for key, value in identity.items())
