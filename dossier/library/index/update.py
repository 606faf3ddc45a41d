"""Bring the index of a library up to date, however it was left. What is done stays done when an update is stopped.

First all files are looked at, then what is gone is removed, then what changed is read, the newest first. The first
transaction is small, so that there is soon something to read; later ones are long, as suits FTS5. While another program
writes, an update waits for it, and then finds little or nothing to do.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from enum import StrEnum
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.identity import Decisions
from dossier.core.registry import Registry
from dossier.library.index.block_sums import SumsWriter
from dossier.library.index.changed_files import ChangedFiles
from dossier.library.index.errors import IndexDamagedError, IndexWriteError
from dossier.library.index.full_text import merge_segments
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.location import (
    delete_index,
    is_marked_damaged,
    lock_path,
    remove_other_than_files,
)
from dossier.library.index.person_joiner import digest, join_persons
from dossier.library.index.scan import LibraryFiles, find_changes
from dossier.library.index.schema import is_damage, open_to_write, read_known_files
from dossier.library.index.write_failure import explain_failure, find_writable_path, naming_failures
from dossier.library.index.writer import IndexWriter
from dossier.library.lock import hold_lock
from dossier.loader.limits import Limits

ANEW = "the index was damaged and is being made anew"
"""What is told of an update of an index that was found damaged."""
_FIRST, _MOST = 100, 1_024
"""The files of the first transaction, and the most files of any other, by which it is bounded how much memory it takes.
"""
_EVERY = 2.0
"""Seconds from one transaction to the next."""
_TELL = 0.2
"""Seconds from one report of progress to the next."""
_NAP = 0.1
"""Seconds between two attempts to take the lock that another program holds."""
_GONE = 500
_MANY = 2_000
"""The number of changed files from which on the full text is merged into one segment at the end."""
_JOIN = 10.0
"""The least seconds from one joining of persons to the next. It takes at most a twentieth of the time."""


class Stage(StrEnum):
    """What an update is doing."""

    WAITING = "waiting for another program"
    LOOKING = "looking for changed files"
    READING = "reading"
    JOINING = "joining persons"
    MERGING = "merging"
    ENDED = "done"


class Progress(NamedTuple):
    """How far an update is: `done` of the `files` that changed, articles and broken files in the index.

    `seconds` have passed since it began, `reading` seconds since it began to read files, from which the rate is
    computed. `was_damaged` says that the index was found damaged, so that it is made anew.
    """

    stage: Stage = Stage.LOOKING
    files: int = 0
    done: int = 0
    articles: int = 0
    faults: int = 0
    seconds: float = 0.0
    reading: float = 0.0
    was_damaged: bool = False

    @property
    def is_ended(self) -> bool:
        """Whether there is nothing left to do."""
        return self.stage is Stage.ENDED

    @property
    def rate(self) -> float:
        """Files a second; 0 as long as it is not known."""
        return self.done / self.reading if self.reading else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left for reading files; None as long as that is not known."""
        return (self.files - self.done) / self.rate if self.rate else None


OnProgress = Callable[[Progress], None]


def update_index(
    root: Path,
    limits: Limits | None = None,
    told: OnProgress = lambda progress: None,
    rebuild: bool = False,
    registry: Registry | None = None,
    decisions: Decisions | None = None,
) -> Progress:
    """Bring the index of the library in the folder `root` up to date; if `rebuild`, from nothing.

    `told` is called with the progress a few times a second, on this thread. An exception that it raises ends the
    update, as KeyboardInterrupt does, and what is written stays. Raises OSError for a folder that cannot be listed, and
    IndexWriteError where the index cannot be written.
    """
    update = _Update(root.resolve(), limits or Limits(), told, registry or Registry(), decisions or Decisions())
    with ExitStack() as stack:
        with naming_failures(update.path):
            remove_other_than_files(update.path)
            stack.enter_context(hold_lock(lock_path(update.path), lambda: update.tell(Stage.WAITING), _NAP))
            if is_damaged := is_marked_damaged(update.path):
                update.restart_after_damage()
            if rebuild or is_damaged:
                delete_index(update.path)
        try:
            with naming_failures(update.path):
                return _run_undamaged(update)
        except sqlite3.Error as error:
            raise IndexWriteError(explain_failure(error, update.path.parent)) from error


def _run_undamaged(update: "_Update") -> Progress:
    """Run the update, and again from nothing where the index turns out to be damaged."""
    try:
        with update.sums.updating():
            return update.run()
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
    except IndexDamagedError:
        pass
    delete_index(update.path)
    update.restart_after_damage()
    with update.sums.updating():
        return update.run()


class _Update:
    """One update, by the program that holds the lock."""

    def __init__(self, root: Path, limits: Limits, told: OnProgress, registry: Registry, decisions: Decisions) -> None:
        self.path = find_writable_path(root)
        self.sums = SumsWriter(self.path)
        self._root, self._limits, self._told = root, limits, told
        self._registry, self._decisions = registry, decisions
        self._began = time.monotonic()
        self._heard = float("-inf")
        self._now = Progress()

    def run(self) -> Progress:
        """Do the whole update. The index is made where there is none."""
        self._now = Progress(was_damaged=self._now.was_damaged)
        self.tell(Stage.LOOKING)
        with (
            closing(open_to_write(self.path, self._root, self._limits)) as connection,
            closing(ChangedFiles()) as changes,
        ):
            files = LibraryFiles(self._root)
            changes.add(find_changes(files, *read_known_files(connection)))
            self._count(connection)
            is_other = bool(changes.changed or changes.gone)
            if is_other:
                writer = IndexWriter(connection, changes.changed >= _MANY)
                for gone in changes.find_gone(_GONE):
                    writer.write((), gone)
                self._read(connection, writer, changes)
            self._finish(connection, files.hidden, is_other)
            self._count(connection)
            self.tell(Stage.ENDED)
        return self._now

    def restart_after_damage(self) -> None:
        """Take note that the index was damaged and is made anew."""
        self.sums = SumsWriter(self.path)
        self._now = Progress(was_damaged=True)

    def tell(self, stage: Stage) -> None:
        """Report the progress when another stage begins, or enough time has passed."""
        now = time.monotonic()
        is_news = stage is not self._now.stage or self._heard == float("-inf")
        self._now = self._now._replace(stage=stage, seconds=now - self._began)
        if is_news or now - self._heard >= _TELL:
            self._heard = now
            self._told(self._now)

    def _read(self, connection: sqlite3.Connection, writer: IndexWriter, changes: ChangedFiles) -> None:
        """Read the files, and write what they are to the index."""
        # With what it takes to read articles in other processes, which a program that only reads the index never does.
        from dossier.library.index.worker_pool import ingest_files  # noqa: PLC0415

        looks = changes.find_newest_first(self._root)
        began = written = joined = time.monotonic()
        pause = 0.0
        done, unwritten, most = 0, list[IngestedFile](), _FIRST
        self._now = self._now._replace(files=changes.changed)
        self.tell(Stage.READING)
        with closing(ingest_files(self._root, looks, changes.changed, self._limits)) as coming:
            for found in coming:
                unwritten += found
                done += len(found)
                now = time.monotonic()
                if len(unwritten) >= most or (most == _MOST and unwritten and now - written >= _EVERY):
                    writer.write(unwritten)
                    unwritten.clear()
                    self._count(connection)
                    if most == _FIRST or time.monotonic() - joined >= max(_JOIN, pause):
                        pause = 20 * self._join(connection, writer)
                        joined = time.monotonic()
                    written, most = time.monotonic(), _MOST
                self._now = self._now._replace(done=done, reading=time.monotonic() - began)
                self.tell(Stage.READING)
        writer.write(unwritten)
        self._count(connection)

    def _finish(self, connection: sqlite3.Connection, hidden: int, is_other: bool) -> None:
        """Do what is left to be done when all files are in the index, also by an update that was cut short."""
        facts = dict(connection.execute("SELECT key, value FROM meta"))
        if facts["joined"] != digest(self._registry, self._decisions):
            self.tell(Stage.JOINING)
            join_persons(connection, self._registry, self._decisions)
        if facts["hidden"] != hidden:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'hidden'", (hidden,))
        # Nothing is written where nothing changes, not even a page.
        connection.execute("UPDATE meta SET value = 1 WHERE key = 'whole' AND value <> 1")
        for _ in merge_segments(connection):
            self.tell(Stage.MERGING)
        self.sums.read_log()
        if is_other:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _join(self, connection: sqlite3.Connection, writer: IndexWriter) -> float:
        """Join the persons, and return the seconds that it took."""
        began = time.monotonic()
        join_persons(connection, self._registry, self._decisions)
        writer.forget()
        return time.monotonic() - began

    def _count(self, connection: sqlite3.Connection) -> None:
        """Take the numbers of articles and broken files from the index."""
        found = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('articles', 'faults')"))
        self._now = self._now._replace(**found)
