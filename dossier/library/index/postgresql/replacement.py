"""An index that is made anew beside the one that is read, in a schema of its own, and takes its place when it is whole.

So readers have the whole index as it was for all that time, also if the update is cut short: the next one goes on with
the replacement. The disk of the server has both until then, and the former one for an hour more (see `table_making`).

Row ids of the index that is read are not used in the replacement, nor again within an hour after it took its place:
what a reader has kept of an id leads to the same entry or to none. If parts of tables are on other servers, no
replacement can be made: only an administrator can make tables there.
"""

import time
from typing import Final

from psycopg import DataError, ProgrammingError, sql

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.postgresql.connecting import ServerConnection
from dossier.library.index.postgresql.server_tables import SCHEMA, create_statements
from dossier.library.index.postgresql.server_writer import ServerWriter
from dossier.library.index.postgresql.table_making import (
    enter_facts,
    has_parts_elsewhere,
    let_read,
    put_aside,
    readers_of,
    take_over_ids,
)

REPLACEMENT: Final = f"{SCHEMA}_replacement"
"""The schema of the replacement."""
_FACTS: Final = (
    "SELECT CAST(key AS TEXT) AS key, CAST(value AS TEXT) AS value FROM {}.meta"
    " WHERE CAST(key AS TEXT) IN ('version', 'library', 'articles', 'unread') AND value IS NOT NULL LIMIT 4"
)
_DIGITS: Final = 18
"""The most digits of a number of articles or files."""


class OtherSchemaError(Exception):
    """The schema that a replacement needs has something else, which stays as it is. The message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            f"what is in its schema {REPLACEMENT} is no index: drop or rename that schema, or name another database"
        )


class ReplacementProgress(NamedTuple):
    """How many articles an unfinished replacement has, and how many files are left to read."""

    articles: int
    unread: int


def is_begun(session: ServerWriter) -> bool:
    """Return whether an unfinished replacement is there, and not something else in a schema of this name."""
    return bool(_find_facts(session.connection))


def write_to_replacement(session: ServerWriter) -> None:
    """Have everything that is written from now on go to the replacement."""
    _set_schema(session, REPLACEMENT)


def begin(session: ServerWriter, facts: dict[str, str]) -> None:
    """Make the tables of a replacement without articles, with these facts, and write to it from now on.

    Raises OtherSchemaError where something else is in its schema.
    """
    if session.execute("SELECT 1 AS found FROM pg_namespace WHERE nspname = ?", (REPLACEMENT,)).fetchall():
        raise OtherSchemaError
    with session.transaction():
        session.execute(f"CREATE SCHEMA {REPLACEMENT}")
        _set_schema(session, REPLACEMENT)
        for statement in create_statements():
            session.execute(statement)
        session.execute(f"GRANT USAGE ON SCHEMA {REPLACEMENT} TO PUBLIC")
        let_read(session, REPLACEMENT, readers_of(session, SCHEMA))
        take_over_ids(session, SCHEMA)
        enter_facts(session, facts)


def discard(session: ServerWriter) -> None:
    """Remove an unfinished replacement, if there is one, and write to the index that is read from now on."""
    with session.transaction():
        session.execute(f"DROP SCHEMA IF EXISTS {REPLACEMENT} CASCADE")
        _set_schema(session, SCHEMA)


def take_place(session: ServerWriter) -> bool:
    """Put the replacement, which is whole, in the place of the index that is read, in one transaction.

    Return whether that could be done. If parts of tables were put on other servers meanwhile, nothing is changed.
    """
    with session.transaction():
        if has_parts_elsewhere(session):
            return False
        readers = readers_of(session, SCHEMA)
        put_aside(session)
        session.execute(f"ALTER SCHEMA {REPLACEMENT} RENAME TO {SCHEMA}")
        _set_schema(session, SCHEMA)
        session.execute("UPDATE retired SET at = ?", (int(time.time()),))
        # A right may have been given while the replacement was made.
        let_read(session, SCHEMA, readers)
    return True


def read_progress(connection: ServerConnection) -> ReplacementProgress | None:
    """Return how far an unfinished replacement is; None where there is none, or the role may not read it."""
    found = _find_facts(connection)
    if not found:
        return None
    numbers = (found.get("articles", ""), found.get("unread", ""))
    return ReplacementProgress(*[int(one) if one.isdecimal() and len(one) <= _DIGITS else 0 for one in numbers])


def _find_facts(connection: ServerConnection) -> dict[str, str]:
    """Return the facts about an unfinished replacement; none where there is none, or the role may not read it.

    Somebody else may have made a schema of this name, with a table or a view of any columns.
    """
    try:
        found = dict(connection.execute(sql.SQL(_FACTS).format(sql.Identifier(REPLACEMENT))).fetchall())
    except (DataError, ProgrammingError):
        return {}
    return found if found.keys() >= {"version", "library"} else {}


def _set_schema(session: ServerWriter, schema: str) -> None:
    session.execute(f"SET search_path = {schema}")
