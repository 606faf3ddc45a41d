"""Parts of large tables on other servers, made as an administrator makes them: by postgres_fdw."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any, Final

import psycopg
from postgresql_server import OWNER, READER
from postgresql_servers import Database
from psycopg import sql

_OPTIONS: Final = {
    "host": "127.0.0.1",
    # Servers work at the same time, and rows travel in large batches.
    "async_capable": "true",
    "fetch_size": "10000",
    "batch_size": "1000",
    "parallel_commit": "true",
    # Before PostgreSQL 16, nothing else ends an attempt to connect to a server that hangs.
    "connect_timeout": "3",
    # A host that is gone is noticed.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
_PARTS: Final = """
SELECT part.relname, parent.relname, pg_get_expr(part.relpartbound, part.oid)
FROM pg_class part JOIN pg_inherits ON inhrelid = part.oid JOIN pg_class parent ON parent.oid = inhparent
WHERE part.relkind = 'r' AND part.relispartition AND part.relnamespace = %s::regnamespace
ORDER BY parent.relname, length(part.relname), part.relname
"""
_COLUMNS: Final = """
SELECT attname, format_type(atttypid, atttypmod), attnotnull
FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
_INDEXES: Final = "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass"

Administrator = psycopg.Connection[tuple[Any, ...]]


def spread_parts(
    main: Database, others: Sequence[Database], schema: str, ports: Mapping[Database, int] | None = None
) -> None:
    """Move parts of all partitioned tables of a schema from the main server to others, with their rows, in turn.

    Every first part of a table stays where it is, and parts of several tables for the same rows are on the same server.
    `ports` are those of relays to servers. Indexes are made after the rows came,
    which is much quicker, so that it is not one transaction.
    """
    with psycopg.connect(main.administrator) as here:
        here.execute("CREATE EXTENSION IF NOT EXISTS postgres_fdw")
        for number, other in enumerate(others, 1):
            with psycopg.connect(other.administrator) as there:
                _open_schema(there, schema)
            _make_server(here, f"part_{number}", other, (ports or {}).get(other, other.server.port))
        turns: dict[str, cycle[int]] = defaultdict(lambda: cycle(range(len(others) + 1)))
        for part, parent, bound in here.execute(_PARTS, [schema]).fetchall():
            if turn := next(turns[parent]):
                indexes = [index for (index,) in here.execute(_INDEXES, [f"{schema}.{part}"])]
                with psycopg.connect(others[turn - 1].administrator) as there:
                    there.execute(b"SET ROLE owner")
                    there.execute(_table_statement(here, schema, part))
                _replace_part(here, schema, part, parent, bound, f"part_{turn}")
                # The rows are on the other server when this transaction ends there.
                here.commit()
                with psycopg.connect(others[turn - 1].administrator) as there:
                    there.execute(b"SET ROLE owner")
                    for index in indexes:
                        there.execute(index.encode())


def _open_schema(there: Administrator, schema: str) -> None:
    """Make the schema on a server, for the same roles as on the main one."""
    name = sql.Identifier(schema)
    for statement in (
        "CREATE SCHEMA {} AUTHORIZATION owner",
        "GRANT USAGE ON SCHEMA {} TO reader",
        "ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA {} GRANT SELECT ON TABLES TO reader",
    ):
        there.execute(sql.SQL(statement).format(name))


def _make_server(here: Administrator, server: str, other: Database, port: int) -> None:
    """Tell the main server of another one, and as whom each role connects to it."""
    name = sql.Identifier(server)
    options = _listed({**_OPTIONS, "port": str(port), "dbname": other.name})
    here.execute(sql.SQL("CREATE SERVER {} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({})").format(name, options))
    here.execute(sql.SQL("GRANT USAGE ON FOREIGN SERVER {} TO owner").format(name))
    for login in (OWNER, READER):
        options = _listed({"user": login.role, "password": login.password})
        role = sql.Identifier(login.role)
        here.execute(sql.SQL("CREATE USER MAPPING FOR {} SERVER {} OPTIONS ({})").format(role, name, options))


def _table_statement(here: Administrator, schema: str, part: str) -> sql.Composed:
    """Return the statement that makes a table like a part of the main server on another one."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}{}").format(sql.Identifier(name), sql.SQL(kind), sql.SQL(" NOT NULL" if is_needed else ""))
        for name, kind, is_needed in here.execute(_COLUMNS, [f"{schema}.{part}"])
    )
    return sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(schema, part), columns)


def _replace_part(here: Administrator, schema: str, part: str, parent: str, bound: str, server: str) -> None:
    """Put a table of another server in the place of a part, with the rows of that."""
    old, whole = sql.Identifier(schema, f"{part}_old"), sql.Identifier(schema, parent)
    names = {"part": sql.Identifier(schema, part), "old": old, "whole": whole, "server": sql.Identifier(server)}
    for statement in (
        "SET LOCAL ROLE owner",
        "ALTER TABLE {whole} DETACH PARTITION {part}",
        "ALTER TABLE {part} RENAME TO " + f"{part}_old",
        "CREATE FOREIGN TABLE {part} PARTITION OF {whole} " + bound + " SERVER {server}",
        "GRANT SELECT ON {part} TO reader",
        "INSERT INTO {whole} SELECT * FROM {old}",
        "DROP TABLE {old}",
    ):
        here.execute(sql.SQL(statement).format(**names))
    here.execute("RESET ROLE")


def _listed(options: Mapping[str, str]) -> sql.Composed:
    """Return options as postgres_fdw takes them."""
    return sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in options.items()
    )
