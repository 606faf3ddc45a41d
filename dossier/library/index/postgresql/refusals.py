"""Explain errors of PostgreSQL and of connecting to it: why, and what would help.

A message of libpq is never printed itself, since parts of the address may be in it. Errors before there is a connection
have no codes, so they are recognized by the words of their messages.
"""

import re
from typing import Any, Final

from psycopg import Connection, Error, InterfaceError, OperationalError, ProgrammingError, errors

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.errors import (
    IndexDamagedError,
    IndexRefusedError,
    IndexUnreachableError,
    PartUnreachableError,
    RightMissingError,
)
from dossier.library.index.postgresql.connecting import ServerConnection
from dossier.library.index.postgresql.server_address import printable_address
from dossier.text.sanitize import sanitize_text

LEAST_VERSION: Final = 150_000
"""The oldest server that is used, as PostgreSQL numbers its versions."""
_BAD_ADDRESS = "this is no address of a PostgreSQL server"
_ADDRESS_CURE = "write postgresql://HOST/DATABASE, or postgresql:///?service=NAME"
_BAD_PARAMETER: Final = "a parameter of the connection is not known, or has a value that it cannot have"
_PARAMETER_CURE: Final = "correct it behind the ? of the address, in the service file, or in a variable PG…"
_PARAMETER_WORDS: Final = re.compile(
    r"uri query parameter|bad value for |invalid \w+ value|invalid (integer )?value|(configuration|to set) parameter"
)
_SERVER_KIND_WORDS: Final = re.compile(r"hot standby mode|session is (not )?read-only")
_REPLACED_INDEX: Final = (errors.UndefinedTable, errors.UndefinedColumn)
"""The errors of a question that was asked while another index took the place of the one it is about."""
_OF_POOLERS: Final = (errors.DuplicatePreparedStatement, errors.InvalidSqlStatementName)
"""The errors of a session that another connection has used, or that is another one than before."""
_UNRELATED_TO_INDEX: Final = (
    OperationalError,
    errors.QueryCanceled,
    errors.InsufficientPrivilege,
    errors.InternalError,
    *_OF_POOLERS,
)
"""The errors that a question to any index can have: they do not tell that this one is damaged."""
NO_MAPPING: Final = (errors.UndefinedObject, errors.ProhibitedSqlStatementAttempted)
"""The errors of postgres_fdw for a role that has no user mapping, or one without a password."""
_MAPPING_CURE = "a user mapping for your role and that server says who you are there (CREATE USER MAPPING)"
RIGHTS_CURE: Final = "the owner of the index allows it with GRANT SELECT ON ALL TABLES IN SCHEMA dossier TO your role"
_WRITING_CURE = "the role that writes the index owns it, and may CREATE in the database"


class Refusal(NamedTuple):
    """Why something failed, and its cure; "" where there is none but to wait.

    `is_temporary` says that it may work later without a cure, and `is_said` that the server itself has said so.
    """

    why: str
    cure: str = ""
    is_temporary: bool = False
    is_said: bool = False

    @property
    def words(self) -> str:
        """The cause and the cure."""
        return f"{self.why}: {self.cure}" if self.cure else self.why


_REPLICA: Final = Refusal("the server is a read replica", "write the index on the server that it follows")
_READ_ONLY: Final = {
    "database": "ALTER DATABASE … RESET {} ends that",
    "user": "ALTER ROLE … RESET {} ends that",
    "database user": "ALTER ROLE … IN DATABASE … RESET {} ends that",
    "client": "leave that out of the address, the service file and PGOPTIONS",
}
"""What ends that transactions are read-only, by what has set it. In each {} stands for the name of the setting."""
_SETTING: Final = "default_transaction_read_only"
_POOLED: Final = Refusal(
    "a pooler there gives each transaction another session",
    "an index needs a session of its own: name the server itself, or have the pooler pool sessions (pool_mode=session)",
    is_said=True,
)
_FULL: Final = Refusal("the server has no free connection (max_connections)", "", True, True)
_SERVER_KIND: Final = Refusal("no server there is of the kind that target_session_attrs names", _PARAMETER_CURE)
_CLOSED: Final = Refusal("the server closed the connection", "", True)
_BY_WORDS: Final = (
    ("transaction pooling", _POOLED),
    ("no answer within", Refusal("the server does not answer in time", "", True)),
    ("servname not supported", Refusal(_BAD_ADDRESS, _ADDRESS_CURE)),
    (
        "connection refused",
        Refusal("Connection refused", "start the server there, or correct the port in the address", True),
    ),
    (
        "no such file or directory",
        Refusal("no server listens at this socket", "start it, or correct the address", True),
    ),
    ("timeout expired", Refusal("timeout expired", "", True)),
    ("timed out", Refusal("timeout expired", "", True)),
    ("no route to host", Refusal("no network leads to the host", "", True)),
    ("network is unreachable", Refusal("no network leads to the host", "", True)),
    ("temporary failure in name resolution", Refusal("the host's name cannot be looked up", "", True)),
    ("closed the connection", _CLOSED),
    ("connection has been closed", _CLOSED),
    ("eof detected", _CLOSED),
    ("connection reset", _CLOSED),
    ("starting up", Refusal("the server is starting", "", True)),
    ("shutting down", Refusal("the server is shutting down", "", True)),
    ("too many clients", _FULL),
    (
        "too many connections for",
        Refusal("the role or the database has as many connections as it may have (CONNECTION LIMIT)", "", True, True),
    ),
    (
        "not currently accepting connections",
        Refusal("the database takes no connections", "ALTER DATABASE … ALLOW_CONNECTIONS true lets it"),
    ),
    ("connection slots", _FULL),
    ("name or service not known", Refusal("there is no host of this name", "check the address")),
    ("no address associated", Refusal("there is no host of this name", "check the address")),
    ("failed to resolve host", Refusal("there is no host of this name", "check the address")),
    ("could not translate host name", Refusal("there is no host of this name", "check the address")),
    ("definition of service", Refusal("the service is in no service file", "PGSERVICEFILE or ~/.pg_service.conf")),
    ("service file", Refusal("the service file cannot be used", "PGSERVICEFILE or ~/.pg_service.conf")),
    ("pg_hba.conf", Refusal("the server takes no such connection from here", "a line in its pg_hba.conf allows it")),
    ("permission denied for database", Refusal("your role may not connect to the database", "GRANT CONNECT allows it")),
    ("not permitted to log in", Refusal("your role may not connect", "ALTER ROLE … LOGIN allows it")),
    (
        "password",
        Refusal(
            "the password is missing or wrong",
            "~/.pgpass (PGPASSFILE) or a service file has it, with chmod 600, unless the address or PGPASSWORD does",
        ),
    ),
    ("authentication failed", Refusal("the server does not know who connects", "PGUSER or a service file says it")),
    (
        "does not support ssl",
        Refusal(
            "the server takes no encrypted connections, which sslmode requires",
            "ssl = on in its postgresql.conf lets it",
        ),
    ),
    ("ssl", Refusal("no encrypted connection can be made", "sslmode and sslrootcert say how")),
    ("certificate", Refusal("no encrypted connection can be made", "sslmode and sslrootcert say how")),
)
_ABSENT: Final = (
    (re.compile(r"database .* does not exist"), Refusal("there is no such database", "check the address")),
    (
        re.compile(r"role .* does not exist"),
        Refusal("there is no such role", "PGUSER or a service file says who you are"),
    ),
)


def explain_refusal(error: Error, writes: bool = False) -> Refusal:
    """Return the cause and the cure for an error of psycopg, in words without any secret.

    `writes` says that the index was to be written.
    """
    if isinstance(error, errors.QueryCanceled):
        return Refusal("the server does not answer in time", "", True)
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return _REPLICA._replace(why="the server is a read replica, or read-only")
    if isinstance(error, errors.InsufficientPrivilege) and error.diag.message_primary:
        return Refusal(sanitize_text(error.diag.message_primary), _WRITING_CURE if writes else RIGHTS_CURE)
    if isinstance(error, _OF_POOLERS):
        return _POOLED
    if isinstance(error, NO_MAPPING) and error.diag.message_primary:
        return Refusal(sanitize_text(error.diag.message_primary), _MAPPING_CURE)
    if isinstance(error, errors.SqlclientUnableToEstablishSqlconnection) and error.diag.message_primary:
        found = _find_by_words((error.diag.message_detail or "").lower())
        why = sanitize_text(error.diag.message_primary)
        # Host and port are those that the administrator of the main server has named.
        return Refusal(f"{why}: {found.why}", "" if found.is_temporary else _MAPPING_CURE, found.is_temporary)
    if error.diag.message_primary:
        # The server's message may name a role and a database, but never has a password in it.
        is_temporary = isinstance(error, OperationalError)
        return Refusal(sanitize_text(error.diag.message_primary), "", is_temporary)
    said = str(error).lower()
    if _PARAMETER_WORDS.search(said):
        return Refusal(_BAD_PARAMETER, _PARAMETER_CURE)
    if _SERVER_KIND_WORDS.search(said):
        return _SERVER_KIND
    if isinstance(error, InterfaceError | ProgrammingError):
        return Refusal(_BAD_ADDRESS, _ADDRESS_CURE)
    return _find_by_words(said)


def _find_by_words(said: str) -> Refusal:
    """Return the cause and the cure for a message of libpq, `said` in small letters, about a connection."""
    absent = (refusal for pattern, refusal in _ABSENT if pattern.search(said))
    known = (refusal for words, refusal in _BY_WORDS if words in said)
    bad = (
        Refusal(_BAD_ADDRESS, _ADDRESS_CURE) if "invalid" in said else Refusal("the server cannot be reached", "", True)
    )
    return next(absent, None) or next(known, bad)


def make_refusal_error(address: str, error: Error) -> IndexUnreachableError | IndexRefusedError:
    """Return the error to raise if the index at `address` cannot be opened because of an error of psycopg."""
    found = explain_refusal(error)
    if found.is_temporary:
        return make_unreachable_error(address, error)
    return IndexRefusedError(f"{printable_address(address)}: {found.words}")


def make_unreachable_error(address: str, error: Error, is_of_part: bool = False) -> IndexUnreachableError:
    """Return the error to raise if the server at `address` does not answer, or cannot answer about a part of it."""
    found = explain_refusal(error)
    kind = PartUnreachableError if is_of_part else IndexUnreachableError
    if isinstance(error, (errors.InsufficientPrivilege, *NO_MAPPING)):
        kind = RightMissingError
    # With this word begins what a server says before it ends a connection.
    is_for_good = not found.is_temporary and "fatal" in str(error).lower()
    refusal = found.why if found.is_said or is_for_good else ""
    obstacle = "" if refusal or found.is_temporary or error.sqlstate else found.why
    return kind(f"{printable_address(address)}: {found.why}", found.cure, refusal, obstacle)


def make_question_error(address: str, error: Error) -> Exception:
    """Return the error to raise if a question to the index at `address` failed with an error of psycopg."""
    if isinstance(error, _REPLACED_INDEX):
        return IndexDamagedError(f"{printable_address(address)}: the index is being made anew")
    if isinstance(error, _UNRELATED_TO_INDEX):
        return make_unreachable_error(address, error)
    # An index that somebody has tampered with, as with a view in place of a table, can raise any error.
    if error.sqlstate:
        return IndexDamagedError(f"{printable_address(address)}: {explain_refusal(error).why}")
    return error


def explain_unfit(connection: Connection[Any]) -> str:
    """Return why no index can be in this database, as its server and encoding are; "" if one can.

    Only a database in UTF-8 has all characters, and counts them as Python does.
    """
    version, encoding = connection.info.server_version, connection.info.parameter_status("server_encoding")
    if version >= LEAST_VERSION:
        if encoding == "UTF8":
            return ""
        return (
            f"the database has the encoding {sanitize_text(str(encoding))}, not UTF8: name another one, made with"
            " CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )
    # Before PostgreSQL 10 a version had two numbers, as 9.6.
    shown = version // 10_000
    return f"PostgreSQL {shown} is too old: an index needs a server of version {LEAST_VERSION // 10_000} or later"


def explain_read_only(connection: ServerConnection) -> str:
    """Return why nothing can be written over a connection, and what would help; "" if that can be, or is not known."""
    said = connection.info.parameter_status
    if said("in_hot_standby") == "on":
        return _REPLICA.words
    if said(_SETTING) != "on":
        return ""
    found = connection.ask("SELECT source AS name FROM pg_settings WHERE name = ?", (_SETTING,)).fetchall()[0][0]
    cure = _READ_ONLY.get(found, "its postgresql.conf, or ALTER SYSTEM, turns that off")
    return Refusal(f"nothing can be written there, since {_SETTING} is on", cure.format(_SETTING)).words
