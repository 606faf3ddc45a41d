"""The connections to an index file as they are lent for questions, and what becomes of them when the file changes."""

import sqlite3
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.index_file import FoundDamage, IndexFile
from dossier.library.index.late_comparison import LateComparison
from dossier.library.index.raw_file import NO_FILE, FileStamp, read_stamp

_IDLE = 3
"""The most connections that are kept while they are not lent: each has memory of its own."""
_SERIALIZED = 3
"""What `sqlite3.threadsafety` is where threads may share a connection."""


class LendingFile:
    """The connections of one program to an index file."""

    def __init__(self, file: IndexFile, first: sqlite3.Connection, stamp: FileStamp) -> None:
        """Keep `first`, an open connection to `file`, which had the stamp `stamp` before the connection was opened."""
        self._index_file = file
        self._check_answer, self._beside = file.check_answer, file.beside
        # Made once: a Path makes its text again each time.
        self._name = str(file.path)
        # The collector of garbage may give a loan back at any moment, also while this thread holds the lock.
        self._lock = threading.RLock()
        self._idle = [first]
        # Each with `replacements` as it was then, and the loans that use it. Without references to lent connections the
        # collector of garbage, from Python 3.12 on, may close the connection of an abandoned iterator before the
        # iterator gives it back.
        self._lent: dict[sqlite3.Connection, tuple[int, set[Loan]]] = {}
        self._stamp, self._file = stamp, stamp.identity
        self._refused: FileStamp | None = None
        """The stamp of a file that has taken the place of the one that is read, and cannot be used."""
        self._follower = NO_FILE.identity
        """The last file in the place of the one that is read that could be opened."""
        self._damage = FoundDamage()
        self.on_damage: Callable[[], None] = lambda: None
        """Called, on any thread, when the file turns out to be damaged."""
        self.on_reachability_change: Callable[[], None] = lambda: None
        """Never called: a file has no server."""
        self.on_change: Callable[[], None] = lambda: None
        """Called, on any thread, when there is another file in the place of the one that was read, or none."""
        self._late = LateComparison(self._look)
        self.replacements = 0
        """How often another file, or another content of a shared one, has taken the place of what was read."""

    def _look(self) -> None:
        """Look at the file as before any question."""
        with Loan(self):
            pass

    def report_damage(self, replacements: int) -> None:
        """Have the index rebuilt, and read nothing more from this file, unless it is another one by now."""
        now = read_stamp(self._name, self._beside)
        with self._lock:
            # What is read of a shared file while a program copies another one over it is of neither.
            is_same = now.identity == self._file and (now == self._stamp or not self._check_answer)
            if replacements == self.replacements and is_same:
                self._note_damage(now, was_compared=False)
            elif replacements == self.replacements and now.identity not in (self._file, NO_FILE.identity):
                # Another file is there by now, so that this one is not read any longer.
                self.forget_file()

    def _note_damage(self, stamp: FileStamp, was_compared: bool) -> None:
        self._index_file.report_damage()
        self._damage.note(stamp, was_compared)
        self.on_damage()

    def forget_file(self) -> None:
        """Close the connections that are not lent, so that the file is opened again for the next question."""
        with self._lock:
            idle, self._idle, self._file = self._idle, [], NO_FILE.identity
            self.replacements += 1
        for connection in idle:
            connection.close()

    def _connect_again(self, now: tuple[int, int], loan: "Loan") -> sqlite3.Connection | None:
        """Return one more connection to the file that is read, where `now` is the identity of the one in its place.

        If it is another one, or cannot be opened, a connection is returned that is lent already, if there is one:
        SQLite has the threads that use it wait for one another ("serialized" in its documentation).
        """
        if now == self._file and (made := self._index_file.connect()):
            # Another file may have taken its place just now.
            if read_stamp(self._name).identity == now:
                return made
            made.close()
        if sqlite3.threadsafety != _SERIALIZED:
            return None
        for one, (replacements, loans) in self._lent.copy().items():
            if replacements == self.replacements:
                loans.add(loan)
                # The collector may have given it back just before.
                if one in self._lent:
                    return one
        return None

    def _notice(self, stamp: FileStamp) -> FileStamp:
        """Take note of the new stamp of the file, and return the stamp of the file that can be opened.

        Raises IndexDamagedError if what has changed it was no update, or cannot be told yet.
        """
        if self._damage.forbids(stamp):
            raise IndexDamagedError(f"{self._name} is damaged")
        if self._late.is_needed(self._index_file, stamp.identity == self._file):
            return NO_FILE
        if stamp != NO_FILE and not self._index_file.is_as_written():
            # Whether a file that is being written is sound can be told once that has ended.
            if read_stamp(self._name, self._beside) == stamp:
                self._stamp = stamp
                self._note_damage(stamp, was_compared=True)
            raise IndexDamagedError(f"{self._name} is not as it was written")
        with self._lock:
            before, self._stamp = self._stamp, stamp
            damaged, is_written = self._damage.stamp, (stamp.size, stamp.mtime_ns) != (before.size, before.mtime_ns)
            if stamp.identity == (damaged or before).identity and (damaged or (self._check_answer and is_written)):
                # A new file often gets the inode of one that was just deleted.
                self.forget_file()
        self.on_change()
        return stamp

    @property
    def is_replaced(self) -> bool:
        """Whether another file than the one that is read is in its place, and can be read."""
        return self._find_other() == self._follower != NO_FILE.identity

    def _find_other(self) -> tuple[int, int]:
        """Return the identity of a file that is in the place of the one that is read, and was found sound."""
        now = read_stamp(self._name).identity
        return now if now == self._stamp.identity != self._file else NO_FILE.identity

    def _goes_on(self) -> bool:
        """Return whether the file that is read is read on, though another one has taken its place.

        So the questions that follow one another are about one index, until `forget_fetched` is called.
        """
        is_open = self._idle or self.replacements in [replacements for replacements, _ in self._lent.copy().values()]
        return not self._damage.stamp and bool(is_open)


class Loan:
    """A connection lent by `connections` for the length of a `with` statement.

    Raises IndexDamagedError on entry if the file is gone, and on exit if it turned out to be damaged.
    """

    # A part of Connections, whose private attributes it uses: it runs for every question, and calls would cost time.

    __slots__ = ("_connection", "_connections", "_replacements")

    def __init__(self, connections: "LendingFile") -> None:
        self._connections = connections

    def __enter__(self) -> sqlite3.Connection:
        one = self._connections
        stamp = read_stamp(one._name, one._beside)
        if stamp != one._stamp or one._damage.stamp:
            stamp = one._notice(stamp)
        now = stamp.identity
        with one._lock:
            if now not in (one._file, NO_FILE.identity) and stamp != one._refused and not one._goes_on():
                if fresh := one._index_file.connect():
                    stale, one._idle, one._file = one._idle, [fresh], now
                    one.replacements += 1
                    one._damage.forget()
                    for connection in stale:
                        connection.close()
                else:
                    one._refused = stamp
            if one._damage.stamp:
                raise IndexDamagedError(f"{one._name} is being made anew")
            lent = one._idle.pop() if one._idle else one._connect_again(now, self)
            if lent is None:
                raise IndexDamagedError(f"{one._name} is no longer there")
            one._lent.setdefault(lent, (one.replacements, set()))[1].add(self)
            self._connection, self._replacements = lent, one.replacements
        return lent

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # An answer that was not read to its end is closed as late as here. The lock may be held by a thread that opens
        # a connection and does not run any longer.
        if sys.is_finalizing():
            return
        one = self._connections
        with one._lock:
            _, loans = one._lent[self._connection]
            loans.discard(self)
            # The collector may give the last other loan back at any moment.
            is_kept = bool(loans) or one._lent.pop(self._connection, None) is None
            if not is_kept and self._replacements == one.replacements and len(one._idle) < _IDLE:
                one._idle.append(self._connection)
                is_kept = True
        if not is_kept:
            self._connection.close()
        if isinstance(error, IndexDamagedError):
            one.report_damage(self._replacements)
        elif isinstance(error, sqlite3.Error):
            if one._index_file.is_damage(error):
                one.report_damage(self._replacements)
            elif one._index_file.is_lost(error):
                one.forget_file()
            else:
                return
            raise IndexDamagedError(str(error)) from error
