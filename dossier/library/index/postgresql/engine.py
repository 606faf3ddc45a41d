"""Writing the index of a library to a PostgreSQL server, which only the program that holds a lock there does."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from psycopg import Error, errors, sql

from dossier.library.index.errors import WRITE_FAILURE, IndexWriteError
from dossier.library.index.full_text import Row
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.placement import RETIRED
from dossier.library.index.postgresql.connecting import (
    ServerConnection,
    adapt_values,
    connect,
    number_placeholders,
)
from dossier.library.index.postgresql.found_index import NO_INDEX
from dossier.library.index.postgresql.refusals import explain_refusal, explain_version
from dossier.library.index.postgresql.server_address import printable_address
from dossier.library.index.postgresql.server_tables import (
    ID_LETTERS,
    PARTED_BY_ROW,
    SCHEMA,
    VERSION,
    create_statements,
)
from dossier.library.index.postgresql.tsvector_text import make_tsvector_text
from dossier.library.index.schema import TOTALS, resolve_root, start_generation
from dossier.loader.limits import Limits

_LOCK: Final = 0x646F7373
"""The number of the lock ("dossier")."""
_FORMER: Final = f"{SCHEMA}_former_"
"""What the names of schemas begin with that were put aside."""
_NAP = 0.2
_PATIENCE = 600.0
"""Seconds that a statement that writes may take."""
_SETTINGS: Final = {
    "client_min_messages": "error",
    "work_mem": "64MB",
    "plan_cache_mode": "force_generic_plan",
    # Plans are made while the tables are empty, and kept while they grow.
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}
_TOGETHER = 2_000
"""Vectors that are sent in one statement."""
_ENTER: Final = (
    "INSERT INTO words (row, vector)"
    " SELECT row, CAST(vector AS tsvector) FROM unnest(CAST(? AS bigint[]), CAST(? AS text[])) AS made (row, vector)"
)
_ANALYZED: Final = ("article", "borne", "bearer", "called", "person", "event", "words", "packed", "source", "file")


class ServerWriter:
    """A connection over which an index is written: a WriteSession."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection
        self.execute = connection.ask

    def executemany(self, query: str, parameters: Iterable[Sequence[object]], /) -> None:
        """Run a statement with each of many lists of values, without waiting in between."""
        rows = [adapt_values(one) for one in parameters]
        if rows:
            with self.connection.cursor() as cursor:
                cursor.executemany(number_placeholders(query).encode(), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Return a context manager for a transaction, which is undone where an error comes out of the block.

        Statements are sent without waiting for what becomes of them, until rows are asked for.
        """
        with self.connection.pipeline(), self.connection.transaction():
            yield


class ServerTextWriter:
    """Writes the full text: a TextWriter."""

    def __init__(self, session: ServerWriter) -> None:
        self._session = session

    def enter(self, rows: Sequence[Row]) -> None:
        """Enter rows, in place of what an update that was cut short may have left on some of the servers."""
        self._session.execute("DELETE FROM words WHERE row = ANY(CAST(? AS BIGINT[]))", ([row for row, _, _ in rows],))
        long: list[tuple[int]] = []
        for at in range(0, len(rows), _TOGETHER):
            ids, vectors = [], []
            for row, *texts in rows[at : at + _TOGETHER]:
                if (vector := make_tsvector_text((texts[0], texts[1]))) is None:
                    long.append((row,))
                else:
                    ids.append(row)
                    vectors.append(vector)
            self._session.execute(_ENTER, (ids, vectors))
        self._session.executemany("INSERT INTO long_entry (row) VALUES (?)", long)

    def remove(self, rows: Sequence[Row]) -> None:
        """Remove rows. Their ids follow one another.

        What is in the large tables stays until the ids may be used again (see `PostgresqlEngine`).
        """
        if rows:
            self._session.execute("DELETE FROM long_entry WHERE row >= ? AND row <= ?", (rows[0][0], rows[-1][0]))


class PostgresqlEngine:
    """The index of one library on the server at `address`: a WriteEngine.

    Parts of the large tables may lie on other servers, and no transaction is one over several: those commit before the
    main server, one after another. So rows that the articles of the main server know are never removed in the
    transaction that takes an article out, but by an update an hour later, when nobody reads them; and rows that no
    article knows, since the main server did not commit, are not found by readers, and give way to others.
    """

    id_letters: Final = ID_LETTERS
    keeps_sources: Final = True

    def __init__(self, address: str) -> None:
        self._address = address
        self._opened: ServerWriter | None = None

    @contextmanager
    def hold(self, waiting: Callable[[], None]) -> Iterator[bool]:
        """Hold the lock of the server, for as long as one connection to it is open."""
        with self._naming_failures():
            connection = connect(self._address, _SETTINGS, _PATIENCE)
        with closing(connection):
            if why := explain_version(connection.info.server_version):
                raise IndexWriteError(f"{WRITE_FAILURE}: {printable_address(self._address)}: {why}")
            while not self._is_locked(connection):
                waiting()
                time.sleep(_NAP)
            self._opened = ServerWriter(connection)
            yield False

    def delete(self) -> None:
        """Put the tables aside, for those that read them now, and have others made in their place."""
        with self._naming_failures():
            self._find_facts()
            with self._session.transaction():
                self._put_aside()

    @contextmanager
    def updating(self, root: Path, limits: Limits) -> Iterator[ServerWriter]:
        """Make the tables where there are none that can be used, and let the index be written."""
        with self._naming_failures():
            self._make_ready(resolve_root(root), limits)
            self._remove_retired()
            yield self._session

    def text_writer(self, many: bool) -> ServerTextWriter:
        """Return what writes the table `words`."""
        return ServerTextWriter(self._session)

    def enter_entries(self, packed: Sequence[tuple[int, bytes]]) -> None:
        """Enter packed entries, in place of what an update that was cut short may have left."""
        firsts = [first for first, _ in packed]
        self._session.execute("DELETE FROM packed WHERE first = ANY(CAST(? AS BIGINT[]))", (firsts,))
        self._session.executemany("INSERT INTO packed (first, entries) VALUES (?, ?)", packed)

    def remove_entries(self, first: int) -> None:
        """Do nothing: they stay until their row ids may be used again."""

    def _remove_retired(self) -> None:
        """Remove the rows of articles that were taken out so long ago that nobody reads them."""
        query = "SELECT first, until FROM retired WHERE at < ?"
        retired = self._session.execute(query, (int(time.time()) - RETIRED,)).fetchall()
        for table, column in PARTED_BY_ROW.items():
            self._session.executemany(f"DELETE FROM {table} WHERE {column} >= ? AND {column} < ?", retired)

    def write_sources(self, found: Iterable[IngestedFile], gone: Collection[bytes]) -> None:
        """Keep the contents of files in the table `source`."""
        kept = [one for one in found if one.content is not None or one.fault]
        paths = [*(one.look.path for one in kept), *gone]
        self._session.executemany("DELETE FROM source WHERE path = ?", [(path,) for path in paths])
        rows = [(one.look.path, one.content) for one in kept if one.content is not None]
        self._session.executemany("INSERT INTO source (path, content) VALUES (?, ?)", rows)

    def finish(self, is_changed: bool) -> Iterator[None]:
        """Have the server count its rows, by which it plans how to answer, and merge what came last."""
        execute = self._session.execute
        self._drop_former()
        if not is_changed:
            return
        for (index,) in execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " JOIN pg_am ON pg_am.oid = relam WHERE amname = 'gin' AND relkind = 'i'"
            " AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)",
            (SCHEMA,),
        ).fetchall():
            execute("SELECT gin_clean_pending_list(CAST(? AS regclass))", (index,))
            yield
        for table in _ANALYZED:
            execute(f"ANALYZE {table}")
            yield
        execute("UPDATE meta SET value = 0 WHERE key = 'unmerged'")

    @property
    def _session(self) -> ServerWriter:
        assert self._opened
        return self._opened

    def _is_locked(self, connection: ServerConnection) -> bool:
        with self._naming_failures():
            asked = "SELECT pg_try_advisory_lock(?, CAST(hashtext(current_database()) AS INTEGER))"
            return bool(connection.ask(asked, (_LOCK,)).fetchall()[0][0])

    def _make_ready(self, library: bytes, limits: Limits) -> None:
        """Make the tables where there are none of this version, for this library and with these limits."""
        execute = self._session.execute
        wanted = {"version": VERSION, "library": library.hex(), "limits": str(limits)}
        found = self._find_facts()
        if all(found.get(key) == value for key, value in wanted.items()):
            return
        if found and found["version"] == VERSION and found["library"] != wanted["library"]:
            where = printable_address(self._address)
            raise IndexWriteError(
                f"{WRITE_FAILURE}: {where} has the index of {bytes.fromhex(found['library'])!r}: one database has the"
                " index of one library (dossier index --rebuild replaces it)"
            )
        with self._session.transaction():
            self._put_aside()
            for statement in (f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}", *create_statements()):
                execute(statement)
            facts = {**wanted, "generation": start_generation(), "joined": "", "registry": "", "whole": 0, "inodes": 1}
            facts |= dict.fromkeys((*TOTALS, "hidden", "unmerged"), 0)
            rows = [(key, str(value)) for key, value in facts.items()]
            self._session.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows)
            execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO PUBLIC")
            for former in self._former()[:1]:
                self._take_over(former)

    def _find_facts(self) -> dict[str, str]:
        """Return the facts about the index, none where there is none. Raises IndexWriteError for other tables."""
        try:
            found = dict(self._session.execute("SELECT key, value FROM meta").fetchall())
        except errors.UndefinedTable:
            return {}
        except errors.UndefinedColumn:
            found = {}
        if not found.keys() >= {"version", "library"}:
            raise IndexWriteError(f"{WRITE_FAILURE}: {printable_address(self._address)}: {NO_INDEX}")
        return found

    def _put_aside(self) -> None:
        """Give the schema with the tables another name, where there is one. Who reads there goes on reading."""
        if self._session.execute("SELECT to_regclass(?)", (f"{SCHEMA}.meta",)).fetchone() != (None,):
            self._session.execute(f"ALTER SCHEMA {SCHEMA} RENAME TO {_FORMER}{start_generation():x}")

    def _former(self) -> list[str]:
        """Return the schemas that were put aside, the last one first."""
        asked = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, ?) ORDER BY oid DESC"
        return [name for (name,) in self._session.execute(asked, (_FORMER,)).fetchall()]

    def _take_over(self, former: str) -> None:
        """Have those read the new tables who may read the former ones, and nothing get a row id of before."""
        execute, schema = self._session.execute, sql.Identifier(former)
        asked = (
            "SELECT grantee FROM information_schema.role_table_grants"
            " WHERE table_schema = ? AND table_name = 'meta' AND privilege_type = 'SELECT' AND grantee <> current_user"
        )
        for (reader,) in execute(asked, (former,)).fetchall():
            role = sql.SQL("PUBLIC") if reader == "PUBLIC" else sql.Identifier(reader)
            grant = sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(sql.Identifier(SCHEMA), role)
            self._session.connection.execute(grant)
        version = sql.SQL("SELECT value FROM {}.meta WHERE key = 'version'").format(schema)
        if self._session.connection.execute(version).fetchone() == (VERSION,):
            now = int(time.time())
            query = "INSERT INTO retired (first, until, at) SELECT first, until, at FROM {}.retired"
            self._session.connection.execute(sql.SQL(query).format(schema))
            query = f"INSERT INTO retired (first, until, at) SELECT first, first + count, {now} FROM {{}}.article"
            self._session.connection.execute(sql.SQL(f"{query} ON CONFLICT DO NOTHING").format(schema))

    def _drop_former(self) -> None:
        """Delete what was put aside, unless somebody still reads it: then the next update does."""
        for former in self._former():
            with suppress(errors.LockNotAvailable), self._session.transaction():
                self._session.execute("SET LOCAL lock_timeout = '500ms'")
                self._session.connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(former)))

    @contextmanager
    def _naming_failures(self) -> Iterator[None]:
        try:
            yield
        except Error as error:
            where = printable_address(self._address)
            raise IndexWriteError(f"{WRITE_FAILURE}: {where}: {explain_refusal(error, writes=True).words}") from None
