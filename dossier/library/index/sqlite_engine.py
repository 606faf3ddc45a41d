"""The engine that writes the index of a library to an SQLite file. Only the holder of the lock beside it writes."""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from dossier.library.index.block_sums import SumsWriter
from dossier.library.index.errors import IndexDamagedError, IndexWriteError
from dossier.library.index.full_text_writer import FullTextWriter, merge_segments
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.location import delete_index, is_marked_damaged, lock_path, remove_other_than_files
from dossier.library.index.placement import RETIRED
from dossier.library.index.raw_file import IndexConnection
from dossier.library.index.schema import is_damage, open_to_write
from dossier.library.index.write_failure import explain_failure, find_writable_path, naming_failures
from dossier.library.lock import hold_lock
from dossier.loader.limits import Limits

_NAP = 0.1
"""Seconds between two attempts to take the lock that another program holds."""


class SqliteEngine:
    """Writes the private index file of the library in the folder `root`, which keeps no contents of other files."""

    id_letters: Final = 0
    keeps_sources: Final = False

    def __init__(self, root: Path) -> None:
        """Find the index file. Raises IndexWriteError where no folder for it can be written."""
        self.path = find_writable_path(root.resolve())
        self._sums = SumsWriter(self.path)
        self._session: IndexConnection | None = None

    @contextmanager
    def hold(self, waiting: Callable[[], None]) -> Iterator[bool]:
        """Hold the lock, and tell whether the file is marked as damaged."""
        with ExitStack() as stack:
            with naming_failures(self.path):
                remove_other_than_files(self.path)
                stack.enter_context(hold_lock(lock_path(self.path), waiting, _NAP))
            yield is_marked_damaged(self.path)

    def delete(self, is_damaged: bool) -> None:
        """Delete the file."""
        with naming_failures(self.path):
            delete_index(self.path)
        self._sums = SumsWriter(self.path)

    @contextmanager
    def updating(self, root: Path, limits: Limits) -> Iterator[IndexConnection]:
        """Open the file for an update, and write its checksums at the end."""
        try:
            with (
                naming_failures(self.path),
                self._sums.updating(),
                closing(open_to_write(self.path, root, limits)) as session,
            ):
                self._session = session
                yield session
        except sqlite3.Error as error:
            if is_damage(error):
                raise IndexDamagedError(str(error)) from error
            raise IndexWriteError(explain_failure(error, self.path.parent)) from error

    @property
    def reusable_before(self) -> int:
        """RETIRED seconds ago: what has a row id is removed when that is retired."""
        return int(time.time()) - RETIRED

    def text_writer(self, many: bool) -> FullTextWriter:
        """Return what writes the tables of FTS5."""
        return FullTextWriter(self._opened(), many)

    def enter_entries(self, packed: Sequence[tuple[int, bytes]]) -> None:
        """Enter packed entries."""
        self._opened().executemany("INSERT INTO packed (first, entries) VALUES (?, ?)", packed)

    def remove_entries(self, first: int) -> None:
        """Remove the packed entries of an article."""
        self._opened().execute("DELETE FROM packed WHERE first = ?", (first,))

    def write_sources(self, found: Collection[IngestedFile], gone: Collection[bytes]) -> None:
        """Do nothing: readers of the index file can read the articles' files."""

    def note_growth(self, articles: int) -> None:
        """Do nothing: SQLite plans its queries without statistics here."""

    def finish(self, is_changed: bool) -> Iterator[None]:
        """Merge the full text, and copy the write-ahead log into the file."""
        session = self._opened()
        yield from merge_segments(session)
        self._sums.read_log()
        if is_changed:
            session.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _opened(self) -> IndexConnection:
        assert self._session
        return self._session
