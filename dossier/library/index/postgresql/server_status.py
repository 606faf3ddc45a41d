"""The status of an index on a PostgreSQL server, found without changing it: where its parts are, and its state.

The server's functions are described in PostgreSQL's documentation: "Recovery Information Functions" and "Database
Object Size Functions".
"""

import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from psycopg import Error, errors, sql

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.errors import IndexDamagedError, IndexRefusedError
from dossier.library.index.postgresql.answers import ReadAnswer
from dossier.library.index.postgresql.connecting import ServerConnection, connect, find_unreadable
from dossier.library.index.postgresql.found_index import explain_other, is_usable, read_library
from dossier.library.index.postgresql.refusals import explain_refusal, make_refusal_error
from dossier.library.index.postgresql.replacement import ReplacementProgress, read_progress
from dossier.library.index.postgresql.server_address import printable_address
from dossier.library.index.postgresql.server_tables import SCHEMA
from dossier.library.index.postgresql.server_writer import ServerWriter
from dossier.library.index.scan import LibraryFiles
from dossier.library.index.schema import TOTALS, resolve_root
from dossier.library.index.sessions import Answer
from dossier.library.index.status import Status, compare_with_files, count_registries
from dossier.text.sanitize import sanitize_text

_SETTINGS: Final = {"default_transaction_read_only": "on", "statement_timeout": "60s"}
_PATIENCE, _PART_PATIENCE = 60.0, 5.0
"""Seconds that a question may take, and seconds that a server with parts of the index has to answer."""
_REPLICA: Final = (
    "SELECT pg_is_in_recovery(), CAST(CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()"
    " AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE pid IS NOT NULL) THEN 0"
    " ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END AS float8)"
)
"""Whether the server is a replica, and its lag. If it has replayed all that it received, the lag is 0: the time of the
last transaction would only tell how long ago the primary server wrote.
"""
_SIZE: Final = (
    "SELECT CAST(coalesce(sum(pg_total_relation_size(pg_class.oid)), 0) AS bigint) AS size FROM pg_class"
    " JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = ? AND relkind = 'r'"
)
_PARTS: Final = (
    "SELECT srvname, srvoptions, count(*), min(relname) FROM pg_foreign_table"
    " JOIN pg_foreign_server ON pg_foreign_server.oid = ftserver JOIN pg_class ON pg_class.oid = ftrelid"
    " JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = ?"
    " GROUP BY srvname, srvoptions ORDER BY srvname"
)


class PartServer(NamedTuple):
    """A server with parts of the index: its name in postgres_fdw, its host and port, and the number of its parts.

    `failure` says why they cannot be read; it is "" if they can.
    """

    name: str
    host: str
    parts: int
    failure: str = ""


class ServerStatus(NamedTuple):
    """The status of an index on a server, and of the server.

    `version` is that of PostgreSQL. `lag` is how many seconds a replica may be behind, None if that is unknown or the
    server is no replica. `library` is the path of the library's folder on the machine that writes the index. `found` is
    compared with the files of the library only if a folder was given; its `size` is that on this server, and its `path`
    is not used. `unreadable` are the tables on the server itself that the role may not read: without `meta`, neither
    the library nor any number is known, and without `file` nothing about the files. `replacement` is how far an index
    is that is made anew beside this one.
    """

    version: str
    is_replica: bool
    lag: float | None
    servers: tuple[PartServer, ...]
    library: str
    found: Status
    unreadable: tuple[str, ...] = ()
    replacement: ReplacementProgress | None = None

    @property
    def has_facts(self) -> bool:
        """Whether the library and the numbers of articles are known."""
        return "meta" not in self.unreadable

    @property
    def has_files(self) -> bool:
        """Whether the files are known that the articles were read from."""
        return self.has_facts and "file" not in self.unreadable

    @property
    def is_up_to_date(self) -> bool:
        """Whether the index is finished, readable in all its parts, and agrees with the files if a folder was given."""
        return self.found.is_up_to_date and self.is_readable and not self.replacement

    @property
    def is_readable(self) -> bool:
        """Whether the index can be read in all its parts."""
        return not self.unreadable and not any(one.failure for one in self.servers)


def read_server_status(address: str, root: Path | None = None) -> ServerStatus:
    """Return the status of the index at `address`, compared with the library in the folder `root` if that is given.

    Raises IndexUnreachableError where the server cannot be reached, IndexRefusedError where it can and refuses, or has
    something else than an index of this version, or that of another library, IndexDamagedError where a fact or a column
    has another value than it can have, and OSError for a folder that cannot be listed.
    """
    try:
        with closing(connect(address, _SETTINGS, _PATIENCE)) as connection:
            unreadable = tuple(map(sanitize_text, find_unreadable(connection)))
            try:
                exists = is_usable(connection)
            except errors.InsufficientPrivilege:
                exists = True
            if not exists and (why := explain_other(connection)):
                raise IndexRefusedError(f"{printable_address(address)}: {why}")
            is_replica, lag = connection.ask(_REPLICA).fetchall()[0]
            said = connection.info.parameter_status("server_version") or ""
            version = sanitize_text(said.partition(" ")[0])
            if not exists:
                empty = Status(Path(), False, 0, 0, 0, 0, 0, 0)
                return ServerStatus(version, is_replica, lag if is_replica else None, (), "", empty)
            try:
                found, library = _read_index(connection, root, unreadable)
            except (LookupError, ValueError) as error:
                raise IndexDamagedError(f"{printable_address(address)}: {error}") from error
            begun = read_progress(connection)
            parts = connection.ask(_PARTS, (SCHEMA,)).fetchall()
    except Error as error:
        raise make_refusal_error(address, error) from None
    servers = tuple(
        PartServer(sanitize_text(name), _host(options or ()), number, _find_failure(address, table))
        for name, options, number, table in parts
    )
    return ServerStatus(version, is_replica, lag if is_replica else None, servers, library, found, unreadable, begun)


class _CheckedReader(ServerWriter):
    """A connection over which all rows that are read are looked through: others have written them."""

    def __init__(self, connection: ServerConnection) -> None:
        super().__init__(connection)
        self.execute = self._read

    def _read(self, query: str, values: Sequence[object] = (), /) -> Answer:
        return ReadAnswer(self.connection.ask(query, values))


def _read_index(connection: ServerConnection, root: Path | None, unreadable: Collection[str]) -> tuple[Status, str]:
    """Return the status of the index, and the path of its library, as far as they can be read."""
    session = _CheckedReader(connection)
    size = session.execute(_SIZE, (SCHEMA,)).fetchall()[0][0]
    if "meta" in unreadable:
        return Status(Path(), True, size, 0, 0, 0, 0, 0), ""
    facts = dict(session.execute("SELECT key, value FROM meta").fetchall())
    library, _ = read_library(facts["library"]), int(facts["inodes"])
    if root is None or "file" in unreadable:
        files = registries = 0
        if "file" not in unreadable:
            (files,) = session.execute("SELECT count(*) AS number FROM file").fetchall()[0]
            registries = count_registries(session)
        articles, *_, faults, others, whole = (int(facts[name]) for name in (*TOTALS, "whole"))
        numbers = articles, files, faults, others - registries, 0
        found = Status(Path(), True, 0, *numbers, is_whole=bool(whole), registries=registries)
    elif library == resolve_root(root):
        found = compare_with_files(session, Path(), root, LibraryFiles(root))
    else:
        raise IndexRefusedError(f"it has the index of {os.fsdecode(library)}, not of {root}: leave out the path")
    return found._replace(size=size), os.fsdecode(library)


def _host(options: Iterable[str]) -> str:
    """Return host and port of a server with parts, from its options `name=value`."""
    given = dict(one.split("=", 1) for one in options)
    port = f":{given['port']}" if "port" in given else ""
    return sanitize_text(f"{given.get('host', given.get('hostaddr', 'localhost'))}{port}")


def _find_failure(address: str, table: str) -> str:
    """Return why a part on another server cannot be read, "" if it can."""
    try:
        # A connection of its own: one whose question to another server hangs cannot be used again.
        with closing(connect(address, _SETTINGS, _PART_PATIENCE)) as connection:
            connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(SCHEMA, table)))
    except Error as error:
        found = explain_refusal(error)
        return "it does not answer" if found.is_temporary else found.words
    return ""
