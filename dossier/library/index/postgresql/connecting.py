"""Connections to a PostgreSQL server that take the common SQL of the index, and limit how long they wait."""

import logging
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import count
from typing import Any, Final, TypeVar

from psycopg import Connection, Error, OperationalError, ProgrammingError, RawCursor, pq, sql
from psycopg.abc import PQGen
from psycopg.conninfo import make_conninfo

from dossier.library.index.postgresql.answer_bounds import bound_answer
from dossier.library.index.postgresql.server_tables import PARTED_COLUMNS, SCHEMA

Value = TypeVar("Value")
_NUL, _STAND_IN = "\0", "\uffff"
"""PostgreSQL's texts cannot contain NUL. The texts of the index do not, since they are made safe to print first (see
`dossier.text.sanitize`), but a text in a query may. There it is replaced by a noncharacter, which no text of the index
contains either.
"""
_CONNECT = 3
"""Seconds that a server has to accept a connection, on each of its addresses."""
_UNSENT = 15_000
"""Milliseconds after which a connection ends if the server has not acknowledged what was sent (tcp_user_timeout)."""
_MOMENT = 1.0
"""Seconds that a pooler has to say whether it has another session."""
_LOOK = 0.1
"""The most seconds between two checks whether a server has taken too long."""
_AGAIN = 2
"""How often a statement is run before psycopg has the server prepare it."""
_WHERE: Final = ("host", "hostaddr", "port", "target_session_attrs", "load_balance_hosts")
"""The parameters that say which servers are tried, which psycopg 3.3 does itself, and without the service file
(psycopg/psycopg#698): of a service with several hosts only the first is tried, and PGHOST takes the place of its host.
"""
_OF_PARTS: Final = ("080", "57P", "42501", "42704", "2F003")
"""What the codes of errors begin with that tell of a connection, a right or a user mapping ("PostgreSQL Error Codes" in
its documentation).
"""
# psycopg logs errors that it passes over, with the server's words and the user, which else are printed to stderr.
logging.getLogger("psycopg").addHandler(logging.NullHandler())
# A scan of a table begins with connecting to every server that has a part of it.
_UNREADABLE: Final = (
    "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = ?"
    " AND relkind IN ('r', 'p') AND NOT relispartition AND NOT has_table_privilege(pg_class.oid, 'SELECT')"
    " ORDER BY relname"
)
_EVERY_PART: Final = "SELECT " + ", ".join([f"(SELECT 1 FROM {table} LIMIT 1)" for table in PARTED_COLUMNS])


class ServerTooSlowError(OperationalError):
    """The server has not answered in time. The connection cannot be used any longer."""


class PooledTransactionsError(OperationalError):
    """A pooler gives each transaction another session of the server, so that nothing that is set for one holds."""

    def __init__(self) -> None:
        super().__init__("transaction pooling")


class ServerConnection(Connection[tuple[Any, ...]]):
    """A connection on which nothing waits longer than `patience` seconds for the server."""

    patience = 10.0
    schema: int | None = None
    """The number of the schema that was read last, None if none was, 0 if it has to be found first."""

    def wait(self, gen: PQGen[Value], *given: Any, **named: Any) -> Value:
        """Run a generator of psycopg to its end. Raises ServerTooSlowError, and closes the connection."""
        if not given:
            named.setdefault("interval", min(_LOOK, self.patience / 4))
        return super().wait(self._limited(gen), *given, **named)

    def _limited(self, gen: PQGen[Value]) -> Generator[Any, Any, Value]:
        until = time.monotonic() + self.patience
        try:
            state = next(gen)
            while True:
                ready = yield state
                if not ready and time.monotonic() > until:
                    self.pgconn.finish()
                    raise ServerTooSlowError(f"no answer within {self.patience:.0f} s")
                state = gen.send(ready)
        except StopIteration as done:
            found: Value = done.value
            return found

    def ask(self, query: str, values: Sequence[object] = ()) -> RawCursor[tuple[Any, ...]]:
        """Run one statement of the common SQL, and return the cursor with its rows.

        What the server sends is bounded (see `answer_bounds`).
        """
        cursor = RawCursor(self)
        # In the text format, packed entries would be twice as long.
        cursor.execute(number_placeholders(bound_answer(query)).encode(), adapt_values(values) or None, binary=True)
        return cursor

    @property
    def is_broken(self) -> bool:
        """Whether this connection can no longer be used."""
        return self.closed or self.broken


def connect(address: str, settings: dict[str, str], patience: float) -> ServerConnection:
    """Connect to the server at `address`, and set the parameters `settings` for the session.

    Raises psycopg.Error: PooledTransactionsError if a pooler is in between that keeps no session for a connection.
    """
    connection = _open(address, patience)
    known = {"search_path": SCHEMA, "jit": "off", **settings}
    try:
        # A pooler numbers its connections itself. What is set over it may be set for other programs, too.
        if not _set_in_process(connection, connection.info.backend_pid, known):
            _require_session(connection, address)
            _set_in_process(connection, find_process(connection), known)
    except BaseException:
        connection.close()
        raise
    return connection


def find_process(connection: ServerConnection) -> int:
    """Return the number of the server's process that answers."""
    found: int = connection.ask("SELECT pg_backend_pid() AS process").fetchall()[0][0]
    return found


def _set_in_process(connection: ServerConnection, process: int, settings: dict[str, str]) -> bool:
    """Set parameters for the session if that process of the server answers, and return whether it does."""
    calls = ", ".join(["CASE WHEN pg_backend_pid() = ? THEN set_config(?, ?, false) END"] * len(settings))
    values = [word for name, value in settings.items() for word in (process, name, value)]
    return None not in connection.ask(f"SELECT {calls}", values).fetchall()[0]


def _require_session(connection: ServerConnection, address: str) -> None:
    """Raise PooledTransactionsError if a pooler gives the process that answers here to another connection, too."""
    before = find_process(connection)
    try:
        with closing(_open(address, _MOMENT)) as other:
            processes = {find_process(other), find_process(other)}
    except Error:
        # There is none left for another connection: so this one has its own.
        return
    if before in processes or find_process(connection) != before:
        raise PooledTransactionsError


def name_hosts(address: str) -> str:
    """Return the address with all that libpq finds out about the servers to be tried, also in a service file.

    Nothing is asked of a server. Nothing is added to an address that libpq refuses. Raises psycopg.ProgrammingError for
    one that cannot be parsed, UnicodeError for one that is not in UTF-8.
    """
    # sslmode has no such value, so that nothing is begun; a password that is given is looked for in no file.
    tried = pq.PGconn.connect_start(make_conninfo(address, password="none", sslmode="none").encode())
    try:
        found = {option.keyword.decode(): option.val for option in tried.info}
    finally:
        tried.finish()
    return make_conninfo(address, **{name: value.decode() for name in _WHERE if (value := found.get(name))})


def _open(address: str, patience: float) -> ServerConnection:
    try:
        connection = ServerConnection.connect(
            name_hosts(address),
            autocommit=True,
            prepare_threshold=_AGAIN,
            connect_timeout=_CONNECT,
            tcp_user_timeout=_UNSENT,
            fallback_application_name="dossier",
            client_encoding="UTF8",
            keepalives=1,
            keepalives_idle=30,
            keepalives_interval=5,
            keepalives_count=3,
        )
    except UnicodeError:
        raise ProgrammingError("the address is not in UTF-8") from None
    connection.patience, connection.cursor_factory = patience, RawCursor
    return connection


def reach_parts(connection: ServerConnection) -> None:
    """Have the server connect to all servers with parts of the index, and see whether the role may read all tables.

    Raises psycopg.Error.
    """
    for table in find_unreadable(connection)[:1]:
        connection.execute(sql.SQL("SELECT FROM {} LIMIT 0").format(sql.Identifier(SCHEMA, table)))
    connection.ask(_EVERY_PART)


def find_unreadable(connection: ServerConnection) -> list[str]:
    """Return the names of the tables of the index that the role may not read. Raises psycopg.Error."""
    return [table for (table,) in connection.ask(_UNREADABLE, (SCHEMA,)).fetchall()]


def is_of_part(error: Error, connection: ServerConnection) -> bool:
    """Return whether an error is about a part of the index: its server does not answer, or the role may not read it."""
    return not connection.is_broken and (error.sqlstate or "").startswith(_OF_PARTS)


@lru_cache(maxsize=512)
def number_placeholders(query: str) -> str:
    """Return a query with its `?` replaced by $1, $2 and so on. The SQL of the index has no other question marks."""
    numbers = count(1)
    pieces = query.split("?")
    return pieces[0] + "".join([f"${next(numbers)}{piece}" for piece in pieces[1:]])


def adapt_values(values: Sequence[object]) -> Sequence[object]:
    """Return values without NUL in their texts, which PostgreSQL does not take."""
    if any(isinstance(one, str) and _NUL in one for one in values):
        return [one.replace(_NUL, _STAND_IN) if isinstance(one, str) else one for one in values]
    return values
