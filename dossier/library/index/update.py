"""Bring the index of a library up to date, in whatever state it is. An update that is stopped keeps what it wrote.

First the library is compared with the index, then files that are gone are removed, then files that changed are read,
the newest articles first. The first transaction is small, so that there is soon something to read; later ones are long,
since FTS5 is faster with these. An update waits for another program that writes, and then finds little or nothing to
do.
"""

import os
import time
from contextlib import closing
from pathlib import Path

from dossier.core.registry import Decisions, Registry
from dossier.library.index.changed_files import ChangedFiles
from dossier.library.index.engines import WriteEngine
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.ingest import IngestedFile
from dossier.library.index.person_joiner import digest, join_persons
from dossier.library.index.progress import OnProgress, Progress, Stage
from dossier.library.index.scan import LibraryFiles, find_changes
from dossier.library.index.schema import read_known_files
from dossier.library.index.sessions import WriteSession
from dossier.library.index.sqlite_engine import SqliteEngine
from dossier.library.index.writer import IndexWriter
from dossier.loader.limits import Limits

_FIRST, _MOST = 100, 512
"""The most files of the first transaction, and of any other."""
_BYTES = 2 << 20
"""Bytes of files at which a transaction is written: what they make takes four times as much memory until then."""
_EVERY = 2.0
"""Seconds from one transaction to the next."""
_TELL = 0.2
"""Seconds from one report of progress to the next."""
_GONE = 500
_MANY = 2_000
"""The number of changed files from which on the full text is merged into one segment at the end."""
_JOIN = 10.0
"""The least seconds from one joining of persons to the next. It takes at most a twentieth of the time."""


_NOTE_UNREAD = "UPDATE meta SET value = ? WHERE key = 'unread'"
"""Notes how many files are left to read, for readers of the unfinished index."""


def update_index(
    root: Path,
    limits: Limits | None = None,
    report: OnProgress = lambda progress: None,
    rebuild: bool = False,
    registry: Registry | None = None,
    decisions: Decisions | None = None,
    engine: WriteEngine | None = None,
) -> Progress:
    """Bring the index of the library in the folder `root` up to date; if `rebuild`, from nothing.

    `report` is called with the progress a few times a second, on this thread. An exception that it raises ends the
    update, as KeyboardInterrupt does, and what is written stays. `engine` writes the index; by default it is the user's
    private file. Raises OSError for a folder that cannot be listed, and IndexWriteError where the index cannot be
    written.
    """
    writes = engine or SqliteEngine(root)
    known = registry or Registry(), decisions or Decisions()
    update = _Update(writes, root.resolve(), limits or Limits(), report, *known)
    with writes.hold(lambda: update.tell(Stage.WAITING)) as is_damaged:
        if is_damaged:
            update.restart_after_damage()
        if rebuild or is_damaged:
            writes.delete(is_damaged)
        try:
            return update.run()
        except IndexDamagedError:
            writes.delete(is_damaged=True)
            update.restart_after_damage()
            return update.run()


class _Update:
    """One update, by the program that holds the lock."""

    def __init__(
        self,
        engine: WriteEngine,
        root: Path,
        limits: Limits,
        report: OnProgress,
        registry: Registry,
        decisions: Decisions,
    ) -> None:
        self._engine = engine
        self._root, self._limits, self._report = root, limits, report
        self._registry, self._decisions = registry, decisions
        self._began = time.monotonic()
        self._heard = float("-inf")
        self._now = Progress()

    def run(self) -> Progress:
        """Do the whole update, and return the last progress. The index is made where there is none."""
        self._now = Progress(was_damaged=self._now.was_damaged)
        self.tell(Stage.LOOKING)
        with self._engine.updating(self._root, self._limits) as session, closing(ChangedFiles()) as changes:
            files = LibraryFiles(self._root)
            with read_known_files(session) as (known, has_inodes):
                changes.add(find_changes(files, known, has_inodes))
            first_lost = os.fsdecode(files.first_lost)
            self._now = self._now._replace(lost_links=files.lost_links, first_lost=first_lost)
            self._count(session)
            is_other = bool(changes.changed or changes.gone)
            if is_other:
                writer = IndexWriter(self._engine, session, changes.changed >= _MANY)
                for gone in changes.find_gone(_GONE):
                    writer.write((), gone)
                self._read(session, writer, changes)
            self._finish(session, files.hidden, is_other)
            self._count(session)
            self.tell(Stage.ENDED)
        return self._now

    def restart_after_damage(self) -> None:
        """Take note that the index was damaged and is made anew."""
        self._now = Progress(was_damaged=True)

    def tell(self, stage: Stage) -> None:
        """Report the progress when another stage begins, or enough time has passed."""
        now = time.monotonic()
        is_news = stage is not self._now.stage or self._heard == float("-inf")
        self._now = self._now._replace(stage=stage, seconds=now - self._began)
        if is_news or now - self._heard >= _TELL:
            self._heard = now
            self._report(self._now)

    def _read(self, session: WriteSession, writer: IndexWriter, changes: ChangedFiles) -> None:
        """Read the changed files, and write them to the index."""
        # It loads multiprocessing and the loader, which a program that only reads the index never needs.
        from dossier.library.index.worker_pool import ingest_files  # noqa: PLC0415

        looks = changes.find_newest_first(self._root)
        began = written = joined = time.monotonic()
        pause = 0.0
        done, size, unwritten, most = 0, 0, list[IngestedFile](), _FIRST
        self._now = self._now._replace(files=changes.changed)
        session.execute(_NOTE_UNREAD, (changes.changed,))
        self.tell(Stage.READING)
        with closing(
            ingest_files(self._root, looks, changes.changed, self._limits, self._engine.keeps_sources)
        ) as coming:
            for found in coming:
                unwritten += found
                done, size = done + len(found), size + sum(one.look.size for one in found)
                is_late = most == _MOST and unwritten and time.monotonic() - written >= _EVERY
                if len(unwritten) >= most or size >= _BYTES or is_late:
                    writer.write(unwritten)
                    session.execute(_NOTE_UNREAD, (changes.changed - done,))
                    unwritten.clear()
                    size = 0
                    self._count(session)
                    self._engine.note_growth(self._now.articles)
                    if most == _FIRST or time.monotonic() - joined >= max(_JOIN, pause):
                        pause = 20 * self._join(session, writer)
                        joined = time.monotonic()
                    written, most = time.monotonic(), _MOST
                self._now = self._now._replace(done=done, reading=time.monotonic() - began)
                self.tell(Stage.READING)
        writer.write(unwritten)
        writer.forget()
        session.execute(_NOTE_UNREAD, (0,))
        self._count(session)

    def _finish(self, session: WriteSession, hidden: int, is_other: bool) -> None:
        """Complete the update once all files are in the index, perhaps because an update before it was cut short."""
        facts = dict(session.execute("SELECT key, value FROM meta"))
        if facts["joined"] != digest(self._registry, self._decisions):
            self.tell(Stage.JOINING)
            join_persons(session, self._registry, self._decisions)
        if int(facts["hidden"]) != hidden:
            session.execute("UPDATE meta SET value = ? WHERE key = 'hidden'", (hidden,))
        # Without the condition SQLite would write a page even where nothing changes.
        session.execute("UPDATE meta SET value = 0 WHERE key = 'unread' AND CAST(value AS BIGINT) <> 0")
        session.execute("UPDATE meta SET value = 1 WHERE key = 'whole' AND CAST(value AS BIGINT) <> 1")
        for _ in self._engine.finish(is_other):
            self.tell(Stage.MERGING)

    def _join(self, session: WriteSession, writer: IndexWriter) -> float:
        """Join the persons, and return the seconds that it took."""
        began = time.monotonic()
        # Both take memory for each spelling of the library.
        writer.forget()
        join_persons(session, self._registry, self._decisions)
        return time.monotonic() - began

    def _count(self, session: WriteSession) -> None:
        """Take the numbers of articles and broken files from the index into the progress."""
        found = dict(session.execute("SELECT key, value FROM meta WHERE key IN ('articles', 'faults')"))
        self._now = self._now._replace(articles=int(found["articles"]), faults=int(found["faults"]))
