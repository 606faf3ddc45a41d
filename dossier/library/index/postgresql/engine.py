"""The engine that writes the index of a library to a PostgreSQL server. Only the holder of a lock there writes."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Final

from psycopg import Error, errors

from dossier.library.index.errors import WRITE_FAILURE, IndexWriteError
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.placement import RETIRED
from dossier.library.index.postgresql import replacement
from dossier.library.index.postgresql.connecting import ServerConnection, connect
from dossier.library.index.postgresql.found_index import NO_INDEX, read_library
from dossier.library.index.postgresql.refusals import explain_read_only, explain_refusal, explain_unfit
from dossier.library.index.postgresql.server_address import printable_address
from dossier.library.index.postgresql.server_tables import ID_LETTERS, PARTED_BY_ROW, VERSION
from dossier.library.index.postgresql.server_writer import ServerTextWriter, ServerWriter
from dossier.library.index.postgresql.table_making import (
    OtherColumnsError,
    drop_former,
    find_local_parts,
    has_parts_elsewhere,
    make_tables,
    read_facts,
    remove_other_rows,
)
from dossier.library.index.schema import resolve_root
from dossier.loader.limits import Limits

_LOCK: Final = 0x646F7373
"""The first key of the advisory lock: "doss" in ASCII. The second one is a hash of the name of the database."""
_NAP = 0.2
_PATIENCE = 600.0
"""Seconds that a statement that writes may take."""
_SETTINGS: Final = {
    "client_min_messages": "error",
    # The limits that a role or a database has are meant for readers: an update takes as long as it takes.
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "default_transaction_isolation": "read committed",
    "work_mem": "64MB",
    "plan_cache_mode": "force_generic_plan",
    # Plans are made while the tables are empty, and used while they grow: these would be too slow then.
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}
_TAKE_OUT_SOURCES: Final = (
    "INSERT INTO former_source (path, digest, at) SELECT path, digest, CAST(? AS bigint) FROM file"
    " WHERE digest IS NOT NULL AND path = ANY(CAST(? AS bytea[]))"
)
_ANALYZED: Final = ("article", "borne", "bearer", "called", "person", "event", "words", "packed", "source", "file")


class PostgresqlEngine:
    """Writes the index of one library to the server at `address`: a WriteEngine.

    Parts of the large tables may be on other servers. A transaction is not atomic over several servers: the others
    commit before the main server, one after another. So the rows of an article in the large tables are not removed by
    the transaction that removes the article, which may fail on the main server, but by an update an hour later, when
    no reader uses them. If the main server does not commit, the other servers may keep rows without an article: readers
    do not find them, and rows that are entered later replace them.
    """

    id_letters: Final = ID_LETTERS
    keeps_sources: Final = True

    def __init__(self, address: str) -> None:
        self._address = address
        self._opened: ServerWriter | None = None
        self._counted = 0
        self._is_anew = self._was_damaged = self._has_replacement = False
        self.reusable_before = 0

    @contextmanager
    def hold(self, waiting: Callable[[], None]) -> Iterator[bool]:
        """Hold the lock on the server, on a connection that stays open for as long."""
        with self._naming_failures():
            connection = connect(self._address, _SETTINGS, _PATIENCE)
        with closing(connection):
            with self._naming_failures():
                why = explain_unfit(connection) or explain_read_only(connection)
            if why:
                raise self._make_error(why)
            while not self._is_locked(connection):
                waiting()
                time.sleep(_NAP)
            self._opened = ServerWriter(connection)
            yield False

    def delete(self, is_damaged: bool) -> None:
        """Have the tables made anew, for any library, when the update begins.

        Until then they stay as they are: the transaction that makes the new ones takes their place, so that readers
        find the one or the other at any moment, and the old ones if the new ones cannot be made. Where that can be
        done, an index of the same library that is not damaged stays until the new one is whole, also if that was begun
        before and turned out to be damaged.
        """
        with self._naming_failures():
            if self._has_replacement:
                # It is this that is damaged, and not the index that is read.
                replacement.discard(self._session)
                is_damaged = False
            self._find_facts()
        self._is_anew, self._was_damaged = True, is_damaged

    @contextmanager
    def updating(self, root: Path, limits: Limits) -> Iterator[ServerWriter]:
        """Make the tables if there are none that can be used, and provide the session for the update."""
        with self._naming_failures():
            self._make_ready(resolve_root(root), limits)
            if self._has_replacement:
                # The ids that were retired are those of the index that is read.
                self.reusable_before = 0
            else:
                self._remove_retired()
            (found,) = self._session.execute("SELECT value FROM meta WHERE key = 'articles'").fetchall()[0]
            self._counted = int(found)
            yield self._session

    def text_writer(self, many: bool) -> ServerTextWriter:
        """Return a writer of the table `words`."""
        return ServerTextWriter(self._session)

    def enter_entries(self, packed: Sequence[tuple[int, bytes]]) -> None:
        """Enter packed entries, in place of rows that an update may have left that was cut short."""
        firsts = [first for first, _ in packed]
        self._session.execute("DELETE FROM packed WHERE first = ANY(CAST(? AS BIGINT[]))", (firsts,))
        self._session.executemany("INSERT INTO packed (first, entries) VALUES (?, ?)", packed)

    def remove_entries(self, first: int) -> None:
        """Do nothing: packed entries stay until their row ids may be used again."""

    def _remove_retired(self) -> None:
        """Remove the rows of articles that were removed so long ago that no reader uses them."""
        # To look for the files that have changed takes minutes: by then, other ids were retired as long ago.
        self.reusable_before = int(time.time()) - RETIRED
        query = "SELECT first, until FROM retired WHERE at < ?"
        retired = self._session.execute(query, (self.reusable_before,)).fetchall()
        for table, column in PARTED_BY_ROW.items():
            self._session.executemany(f"DELETE FROM {table} WHERE {column} >= ? AND {column} < ?", retired)
        query = "SELECT path, digest FROM former_source WHERE at < ?"
        former = self._session.execute(query, (self.reusable_before,)).fetchall()
        for table in ("source", "former_source"):
            self._session.executemany(f"DELETE FROM {table} WHERE path = ? AND digest = ?", former)

    def write_sources(self, found: Collection[IngestedFile], gone: Collection[bytes]) -> None:
        """Enter the contents of the files `found` in the table `source`, by path and digest.

        Earlier contents, and those of the files `gone`, are kept for an hour, like the other rows of an article that is
        removed, so that a reader always finds the text of an article.
        """
        new = [(one.look.path, one.look.digest, one.content) for one in found if one.content is not None]
        keys = [key for *key, _ in new]
        self._session.execute(_TAKE_OUT_SOURCES, (int(time.time()), [*(one.look.path for one in found), *gone]))
        for table in ("former_source", "source"):
            self._session.executemany(f"DELETE FROM {table} WHERE path = ? AND digest = ?", keys)
        self._session.executemany("INSERT INTO source (path, digest, content) VALUES (?, ?, ?)", new)

    def note_growth(self, articles: int) -> None:
        """Have the server analyze the tables each time that the index has become twice as large.

        Without that, while a first index is built for hours, it would plan readers' queries as if the tables were
        almost empty. Autovacuum does not analyze partitioned tables ("Routine Vacuuming" in PostgreSQL's
        documentation).
        """
        if articles >= 2 * self._counted:
            self._counted = articles
            for _ in self._count_rows():
                pass

    def finish(self, is_changed: bool) -> Iterator[None]:
        """Drop old tables, merge the pending lists of GIN indexes, and analyze the tables.

        Then a replacement takes the place of the index that is read.
        """
        drop_former(self._session)
        (unmerged,) = self._session.execute("SELECT value FROM meta WHERE key = 'unmerged'").fetchall()[0]
        # An update that was cut short may have left that to this one.
        if is_changed or int(unmerged):
            yield from self._merge()
        if self._has_replacement:
            if not replacement.take_place(self._session):
                replacement.discard(self._session)
                raise self._make_error(
                    "while the index was made anew, parts of the one that is read were put on other servers: with"
                    " --rebuild it is made anew in its place"
                )
            self._has_replacement = False
            drop_former(self._session)

    def _merge(self) -> Iterator[None]:
        """Merge the pending lists of GIN indexes, and analyze the tables. Yields after each step."""
        execute = self._session.execute
        for (index,) in execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " JOIN pg_am ON pg_am.oid = relam WHERE amname = 'gin' AND relkind = 'i'"
            " AND relnamespace = CAST(current_schema() AS regnamespace)"
        ).fetchall():
            execute("SELECT gin_clean_pending_list(CAST(? AS regclass))", (index,))
            yield
        yield from self._count_rows()
        execute("UPDATE meta SET value = 0 WHERE key = 'unmerged'")

    def _count_rows(self) -> Iterator[None]:
        """Have the server analyze the tables. Yields after each table."""
        for table in chain.from_iterable(find_local_parts(self._session, table) for table in _ANALYZED):
            self._session.execute(f"ANALYZE {table}")
            yield

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
        wanted = {"version": VERSION, "library": library.hex(), "limits": str(limits)}
        found = self._find_facts()
        if not self._is_anew:
            # Before a replacement is removed, which may have taken hours.
            self._require_same_library(found, wanted)
        if self._goes_on_with_replacement(wanted):
            return
        if self._is_anew or not wanted.items() <= found.items():
            if not self._was_damaged and self._can_be_replaced(found, wanted):
                replacement.begin(self._session, wanted)
                self._is_anew, self._has_replacement = False, True
                return
            make_tables(self._session, wanted)
            self._is_anew = False
        remove_other_rows(self._session)

    def _require_same_library(self, found: dict[str, str], wanted: dict[str, str]) -> None:
        """Raise IndexWriteError if the index is that of another library."""
        if found.get("version") == VERSION and found["library"] not in ("", wanted["library"]):
            own, other = (os.fsdecode(read_library(one["library"])) for one in (wanted, found))
            where = printable_address(self._address)
            raise IndexWriteError(
                f"{WRITE_FAILURE}: {where} has the index of {other}, not of {own}: one database has the index of one"
                " library; name another database, or replace that index with"
                f" dossier index {own} --engine {where} --rebuild"
            )

    def _goes_on_with_replacement(self, wanted: dict[str, str]) -> bool:
        """Return whether an update that was cut short has left a replacement to go on with; any other is removed."""
        self._has_replacement = False
        if not replacement.is_begun(self._session):
            return False
        if not self._is_anew and not has_parts_elsewhere(self._session):
            replacement.write_to_replacement(self._session)
            self._has_replacement = wanted.items() <= read_facts(self._session).items()
        if not self._has_replacement:
            replacement.discard(self._session)
        return self._has_replacement

    def _can_be_replaced(self, found: dict[str, str], wanted: dict[str, str]) -> bool:
        """Return whether readers can have the present index until a new one is whole, and it has anything to read."""
        is_same = all(found.get(key) == wanted[key] for key in ("version", "library"))
        return is_same and found.get("articles", "0") != "0" and not has_parts_elsewhere(self._session)

    def _find_facts(self) -> dict[str, str]:
        """Return the facts about the index; none without an index. Raises IndexWriteError if the tables are others."""
        try:
            found = read_facts(self._session)
        except errors.UndefinedColumn:
            found = {"": ""}
        if found and not found.keys() >= {"version", "library"}:
            raise self._make_error(NO_INDEX)
        return found

    @contextmanager
    def _naming_failures(self) -> Iterator[None]:
        try:
            yield
        except (OtherColumnsError, replacement.OtherSchemaError) as error:
            raise self._make_error(str(error)) from error
        except Error as error:
            raise self._make_error(explain_refusal(error, writes=True).words) from None

    def _make_error(self, why: str) -> IndexWriteError:
        return IndexWriteError(f"{WRITE_FAILURE}: {printable_address(self._address)}: {why}")
