"""Find out what a server has in the place of an index: one of this version, or something else."""

from psycopg import Error, errors

from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.postgresql.connecting import ServerConnection, connect
from dossier.library.index.postgresql.refusals import explain_unfit
from dossier.library.index.postgresql.server_tables import SCHEMA, VERSION

OTHER_VERSION = (
    "another version of dossier made the index: use that version, or have its owner make it anew with "
    "dossier index FOLDER --engine and this address"
)
NO_INDEX = f"what is in its schema {SCHEMA} is no index: name another database"


def connect_usable(address: str, settings: dict[str, str], patience: float) -> ServerConnection | None:
    """Connect as `connect` does. Return None where the server has no index that this version of the program reads.

    Raises psycopg.Error.
    """
    made = connect(address, settings, patience)
    try:
        if is_usable(made):
            return made
    except Error:
        made.close()
        raise
    made.close()
    return None


def is_usable(connection: ServerConnection) -> bool:
    """Return whether the server has an index that this version of the program reads."""
    try:
        found = connection.ask("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except (errors.UndefinedTable, errors.UndefinedColumn):
        return False
    return found == (VERSION,) and not explain_unfit(connection)


def read_library(fact: str) -> bytes:
    """Return the folder of the library, of the fact that says it. Raises IndexDamagedError for any other text."""
    try:
        return bytes.fromhex(fact)
    except ValueError:
        raise IndexDamagedError("it names no library") from None


def explain_other(connection: ServerConnection) -> str:
    """Return why there is no usable index on the server, and what would help; "" if its place is empty."""
    if why := explain_unfit(connection):
        return why
    # Without the privilege USAGE a schema is silently left out of the search path.
    asked = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = ?"
    found = connection.ask(asked, (SCHEMA,)).fetchone()
    if found == (False,):
        return f"permission denied for schema {SCHEMA}: its owner allows it with GRANT USAGE ON SCHEMA {SCHEMA}"
    try:
        known = connection.ask("SELECT key, value FROM meta WHERE key IN ('version', 'library')").fetchall()
    except errors.UndefinedTable:
        return ""
    except errors.UndefinedColumn:
        known = []
    if len(known) < 2:
        return NO_INDEX
    return OTHER_VERSION
