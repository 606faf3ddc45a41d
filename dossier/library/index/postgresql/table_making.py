"""Make the tables of an index on a server, also in place of others.

If all old tables are on the main server, their schema is renamed, so that present readers go on reading them until
they look for changes: the last one that was renamed stays for an hour. If an administrator has put parts of them on
other servers, the partitioned tables stay, and are emptied.
"""

import time
from contextlib import suppress
from typing import Final

from psycopg import errors, sql

from dossier.library.index.placement import RETIRED
from dossier.library.index.postgresql.server_tables import (
    PARTED_COLUMNS,
    SCHEMA,
    VERSION,
    create_small_statements,
    create_statements,
)
from dossier.library.index.postgresql.server_writer import ServerWriter
from dossier.library.index.schema import TOTALS, start_generation

_FORMER: Final = f"{SCHEMA}_former_"
"""The beginning of the names of schemas that were renamed, with old tables that may still be read. It is followed by
the time, in nanoseconds since 1970, in 16 hexadecimal digits.
"""
_OTHER_ROWS: Final = "other-rows"
"""The fact that partitioned tables may have rows that another version of the program has entered."""
_KEPT: Final = ("retired", "former_source")
_PARTS_ELSEWHERE: Final = (
    "SELECT EXISTS (SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = ? AND relkind = 'f' AND relispartition)"
)
_WHOLE_TABLES: Final = (
    "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = ? AND relkind = 'r' AND NOT relispartition"
)
_COLUMNS: Final = (
    "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute"
    " WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)
_READERS: Final = (
    "SELECT grantee FROM information_schema.role_table_grants"
    " WHERE table_schema = ? AND table_name = 'meta' AND privilege_type = 'SELECT' AND grantee <> current_user"
)
_RETIRE: Final = (
    "INSERT INTO retired (first, until, at) SELECT first, first + count, CAST(? AS bigint) FROM article"
    " ON CONFLICT (first) DO UPDATE SET until = excluded.until, at = excluded.at"
)
_RETIRE_SOURCES: Final = (
    "INSERT INTO former_source (path, digest, at) SELECT path, digest, CAST(? AS bigint) FROM file"
    " WHERE digest IS NOT NULL"
)


class OtherColumnsError(Exception):
    """Parts of tables on other servers do not have the columns that are needed. The message says what to do."""


def read_facts(session: ServerWriter) -> dict[str, str]:
    """Return the facts about the index from the table `meta`; none if there is no such table."""
    try:
        return dict(session.execute("SELECT key, value FROM meta").fetchall())
    except errors.UndefinedTable:
        return {}


def make_tables(session: ServerWriter, facts: dict[str, str]) -> None:
    """Make the tables of an index without articles, with these facts, in one transaction.

    Raises OtherColumnsError if there are parts on other servers with other columns.
    """
    found, other_rows = read_facts(session), 0
    with session.transaction():
        if not found or not has_parts_elsewhere(session):
            _make_beside(session)
        elif found["version"] == VERSION:
            _take_all_out(session)
        else:
            _make_around_parts(session)
            other_rows = 1
        enter_facts(session, facts, other_rows)


def enter_facts(session: ServerWriter, facts: dict[str, str], other_rows: int = 0) -> None:
    """Enter the facts about an index without articles. `other_rows` is 1 if another version has entered rows."""
    known = {**facts, "generation": start_generation(), "joined": "", "registry": "", "whole": 0, "inodes": 1}
    known |= dict.fromkeys((*TOTALS, "hidden", "unread", "unmerged"), 0)
    rows = [(key, str(value)) for key, value in {**known, _OTHER_ROWS: other_rows}.items()]
    session.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows)


def remove_other_rows(session: ServerWriter) -> None:
    """Remove the rows that another version of the program has entered.

    It is not done in the transaction that makes the tables: that may fail after other servers have committed it.
    """
    if read_facts(session).get(_OTHER_ROWS) == "1":
        for table in PARTED_COLUMNS:
            session.execute(f"DELETE FROM {table}")
        session.execute(f"UPDATE meta SET value = '0' WHERE key = '{_OTHER_ROWS}'")


def drop_former(session: ServerWriter) -> None:
    """Drop renamed schemas, except those that are being read, which the next update drops.

    The last one stays for an hour, as row ids do: a program that has begun to read it may be between two questions.
    """
    found = _former(session)
    if found and 0 <= time.time_ns() - int(found[0].removeprefix(_FORMER), 16) < RETIRED * 10**9:
        found = found[1:]
    for former in found:
        with suppress(errors.LockNotAvailable), session.transaction():
            session.execute("SET LOCAL lock_timeout = '500ms'")
            session.connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(former)))


def has_parts_elsewhere(session: ServerWriter) -> bool:
    """Return whether parts of tables are on other servers."""
    return bool(session.execute(_PARTS_ELSEWHERE, (SCHEMA,)).fetchall()[0][0])


def find_local_parts(session: ServerWriter, table: str) -> list[str]:
    """Return the table or, if parts of it are on other servers, its parts on this one.

    To analyze a table, a server may read all of its parts on other servers.
    """
    query = (
        "SELECT relname, relkind = 'f' FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
        " WHERE inhparent = CAST(? AS regclass)"
    )
    parts = session.execute(query, (table,)).fetchall()
    return [name for name, is_unreachable in parts if not is_unreachable] if any(one[1] for one in parts) else [table]


def _make_beside(session: ServerWriter) -> None:
    """Rename the schema with the old tables, if there are any, and make all tables."""
    put_aside(session)
    for statement in (f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}", *create_statements()):
        session.execute(statement)
    session.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO PUBLIC")
    for former in _former(session)[:1]:
        let_read(session, SCHEMA, readers_of(session, former))
        take_over_ids(session, former)


def _take_all_out(session: ServerWriter) -> None:
    """Remove all articles. Their rows in the partitioned tables are, as always, removed an hour later."""
    for query in (_RETIRE, _RETIRE_SOURCES):
        session.execute(query, (int(time.time()),))
    for table in _whole_tables(session):
        if table not in _KEPT:
            session.connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(SCHEMA, table)))


def _make_around_parts(session: ServerWriter) -> None:
    """Make all tables anew except the partitioned ones. It waits until no reader uses the old ones."""
    if any(tuple(_columns(session, table)) != columns for table, columns in PARTED_COLUMNS.items()):
        raise OtherColumnsError(
            "this version of dossier has other tables, and parts of the present ones are on other servers: drop the"
            f" schema {SCHEMA} on all servers, run dossier index again, and put parts of the new tables there"
        )
    readers = readers_of(session, SCHEMA)
    for table in _whole_tables(session):
        session.connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(SCHEMA, table)))
    for statement in create_small_statements():
        session.execute(statement)
    let_read(session, SCHEMA, readers)


def _whole_tables(session: ServerWriter) -> list[str]:
    """Return the names of the tables that are not partitioned."""
    return [name for (name,) in session.execute(_WHOLE_TABLES, (SCHEMA,)).fetchall()]


def _columns(session: ServerWriter, table: str) -> list[str]:
    """Return the columns of a table, each with its type."""
    return [column for (column,) in session.execute(_COLUMNS, (f"{SCHEMA}.{table}",)).fetchall()]


def put_aside(session: ServerWriter) -> None:
    """Rename the schema with the tables, if there is one. Present readers go on reading it."""
    if session.execute("SELECT to_regclass(?)", (f"{SCHEMA}.meta",)).fetchone() != (None,):
        session.execute(f"ALTER SCHEMA {SCHEMA} RENAME TO {_FORMER}{time.time_ns():016x}")


def _former(session: ServerWriter) -> list[str]:
    """Return the schemas that were renamed, the last one first."""
    # A schema that somebody else has made may begin with the same words, and go on with a year.
    asked = "SELECT nspname FROM pg_namespace WHERE nspname ~ ? ORDER BY oid DESC"
    return [name for (name,) in session.execute(asked, (f"^{_FORMER}[0-9a-f]{{16}}$",)).fetchall()]


def readers_of(session: ServerWriter, schema: str) -> list[str]:
    """Return the roles that may read the index in a schema, besides the one that writes it."""
    return [reader for (reader,) in session.execute(_READERS, (schema,)).fetchall()]


def let_read(session: ServerWriter, schema: str, readers: list[str]) -> None:
    """Let these roles read all tables in a schema."""
    for reader in readers:
        role = sql.SQL("PUBLIC") if reader == "PUBLIC" else sql.Identifier(reader)
        grant = sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(sql.Identifier(schema), role)
        session.connection.execute(grant)


def take_over_ids(session: ServerWriter, schema: str) -> None:
    """Retire the row ids that articles of the index in another schema have, or had within the last hour."""
    former = sql.Identifier(schema)
    version = sql.SQL("SELECT value FROM {}.meta WHERE key = 'version'").format(former)
    if session.connection.execute(version).fetchone() != (VERSION,):
        return
    query = "INSERT INTO retired (first, until, at) SELECT first, until, at FROM {}.retired"
    session.connection.execute(sql.SQL(query).format(former))
    query = (
        "INSERT INTO retired (first, until, at) SELECT first, first + count, $1 FROM {}.article ON CONFLICT DO NOTHING"
    )
    session.connection.execute(sql.SQL(query).format(former), [int(time.time())])
