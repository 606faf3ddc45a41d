"""The tables of an index on a PostgreSQL server, all in a schema of their own: `dossier`.

Small tables are on the main server. The large ones (full text, packed entries, contents of files) are partitioned, so
that parts of them can be on other servers; so none of them has a unique index over all parts. Tables with row ids are
partitioned by spans of years: the newest articles, which are read most, are together, and a list that begins with them
seldom needs other parts.

No B-tree index has whole texts that may be long: PostgreSQL limits its entries to some 2,700 bytes.
"""

from datetime import date
from typing import Final

from dossier.core.entry import PANES
from dossier.library.index.schema import BEGINNING, begin_of_day
from dossier.library.index.schema import VERSION as SQLITE_VERSION

SCHEMA: Final = "dossier"
VERSION: Final = f"2 {SQLITE_VERSION}"
"""Identifies the tables of this module, and what the stored texts depend on."""
ID_LETTERS: Final = 200
"""Code points of an id in the database index that orders the articles."""
PARTED_BY_ROW: Final = {"words": "row", "packed": "first"}
"""The tables that are partitioned by row ids, each with the column of these."""
PARTED_COLUMNS: Final = {
    "words": ("row bigint", "vector tsvector"),
    "packed": ("first bigint", "entries bytea"),
    "source": ("path bytea", "digest bytea", "content bytea"),
}
"""The partitioned tables, each with its columns and their types."""
SOURCE_PARTS: Final = 4
_YEARS: Final = (1980, 2000, 2010, 2015, 2019, 2021, 2023, 2025, 2027, 2029)
"""The years at whose beginnings one part of a table ends and the next one begins."""
ROW_PART_BEGINS: Final = tuple([begin_of_day(date(year, 1, 1).toordinal()) for year in _YEARS])
"""The first row ids of the parts, except the first part."""
_PART = "FOR VALUES FROM ({}) TO ({})"

_SMALL: Final = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE file (
    path BYTEA NOT NULL, size BIGINT, mtime_ns BIGINT, ctime_ns BIGINT, inode BIGINT, digest BYTEA,
    first BIGINT, line BIGINT, col BIGINT, code TEXT, message TEXT
);
CREATE INDEX ON file USING hash (path);
CREATE INDEX ON file (first);
CREATE TABLE article (
    first BIGINT PRIMARY KEY, count BIGINT NOT NULL, id TEXT COLLATE "C" NOT NULL, path BYTEA NOT NULL,
    headline TEXT, outlet TEXT COLLATE "C", published TEXT, earliest BIGINT, latest BIGINT, age BIGINT,
    {", ".join(f"{pane}_n BIGINT" for pane in PANES)}, forms TEXT COLLATE "C"
);
CREATE INDEX ON article USING hash (id);
CREATE INDEX ON article USING hash (path);
CREATE INDEX ON article USING hash (outlet);
CREATE INDEX ON article (age, left(id, {ID_LETTERS}));
CREATE INDEX ON article (substr(id, 1, {BEGINNING}));
CREATE INDEX ON article (substr(path, 1, {BEGINNING}));
CREATE TABLE day (day BIGINT PRIMARY KEY, placed BIGINT NOT NULL);
CREATE TABLE retired (first BIGINT PRIMARY KEY, until BIGINT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE former_source (path BYTEA NOT NULL, digest BYTEA NOT NULL, at BIGINT NOT NULL);
CREATE INDEX ON former_source USING hash (path);
CREATE TABLE event (row BIGINT PRIMARY KEY, earliest BIGINT, latest BIGINT, begins BIGINT, ends BIGINT);
CREATE INDEX ON event (begins, ends, row);
CREATE TABLE bearer (
    bearer BIGINT PRIMARY KEY, kind TEXT COLLATE "C", id TEXT COLLATE "C",
    name TEXT COLLATE "C", names TEXT COLLATE "C", wikidata TEXT COLLATE "C", alone TEXT COLLATE "C", person BIGINT
);
CREATE INDEX ON bearer USING hash (name);
CREATE INDEX ON bearer USING hash (id);
CREATE INDEX ON bearer (person);
CREATE INDEX ON bearer USING hash (wikidata) WHERE wikidata <> '';
CREATE TABLE called (folded TEXT COLLATE "C", bearer BIGINT, PRIMARY KEY (folded, bearer));
CREATE INDEX ON called (bearer);
CREATE TABLE borne (row BIGINT PRIMARY KEY, bearer BIGINT NOT NULL, number BIGINT NOT NULL, quotes BIGINT NOT NULL);
CREATE INDEX ON borne (bearer, row, number, quotes);
CREATE TABLE person (
    person BIGINT PRIMARY KEY, kind TEXT COLLATE "C", name TEXT COLLATE "C", by_name BIGINT, articles BIGINT,
    quotes BIGINT, newest BIGINT
);
CREATE INDEX ON person (kind, articles DESC);
CREATE INDEX ON person (newest);
CREATE TABLE joining (facts TEXT NOT NULL);
CREATE TABLE long_entry (row BIGINT PRIMARY KEY);
"""
_PARTED: Final = """
CREATE TABLE words (row BIGINT NOT NULL, vector TSVECTOR NOT NULL) PARTITION BY RANGE (row);
CREATE INDEX ON words (row);
CREATE INDEX ON words USING gin (vector);
CREATE TABLE packed (first BIGINT NOT NULL, entries BYTEA NOT NULL) PARTITION BY RANGE (first);
CREATE INDEX ON packed (first);
CREATE TABLE source (path BYTEA NOT NULL, digest BYTEA NOT NULL, content BYTEA NOT NULL) PARTITION BY HASH (path);
CREATE INDEX ON source USING hash (path);
"""


def create_small_statements() -> list[str]:
    """Return the statements that make the tables that are not partitioned."""
    return _split(_SMALL)


def create_statements() -> list[str]:
    """Return the statements that make all tables, with their parts, on one server."""
    made = _split(_SMALL) + _split(_PARTED)
    made += [part_statement(table, number) for table in PARTED_BY_ROW for number in range(len(_YEARS) + 1)]
    for number in range(SOURCE_PARTS):
        bounds = f"FOR VALUES WITH (MODULUS {SOURCE_PARTS}, REMAINDER {number})"
        made.append(f"CREATE TABLE source_{number} PARTITION OF source {bounds}")
    # Contents and packed entries are compressed already.
    parts = [f"source_{number}" for number in range(SOURCE_PARTS)]
    made += [f"ALTER TABLE {part} ALTER content SET STORAGE EXTERNAL" for part in parts]
    parts = [f"packed_{number}" for number in range(len(_YEARS) + 1)]
    made += [f"ALTER TABLE {part} ALTER entries SET STORAGE EXTERNAL" for part in parts]
    return made


def _split(statements: str) -> list[str]:
    return [one.strip() for one in statements.split(";") if one.strip()]


def part_statement(table: str, number: int) -> str:
    """Return the statement that makes the part with this number, from 0, of a table in PARTED_BY_ROW."""
    return f"CREATE TABLE {table}_{number} PARTITION OF {table} {_PART.format(*_row_bounds(number))}"


def _row_bounds(number: int) -> tuple[object, object]:
    """Return where a part begins and where it ends, excluded."""
    rows = ROW_PART_BEGINS
    return rows[number - 1] if number else "MINVALUE", rows[number] if number < len(rows) else "MAXVALUE"
