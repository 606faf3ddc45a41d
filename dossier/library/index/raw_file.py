"""Connections to the index file, and descriptors to read its bytes without SQLite.

SQLite uses POSIX locks, which belong to the process: as soon as a process closes any descriptor of a file, all its
locks on that file are gone ("How To Corrupt An SQLite Database File", 2.2). So a descriptor that is opened here stays
open until no connection of this process has the file open.
"""

import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import NamedTuple

_lock = threading.RLock()
_connected: defaultdict[tuple[int, int], int] = defaultdict(int)
"""The number of open connections to each file, by its device and inode."""
_waiting: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
"""Descriptors to be closed with the last connection to their file."""


class FileStamp(NamedTuple):
    """What the file system says of an index file and of the file beside it. Any write to one of them changes it.

    The file beside it is the write-ahead log or, of a shared index, that of the checksums. All fields are 0 if there is
    no file.
    """

    device: int = 0
    inode: int = 0
    size: int = 0
    mtime_ns: int = 0
    ctime_ns: int = 0
    log_size: int = 0
    log_mtime_ns: int = 0

    @property
    def log(self) -> tuple[int, int]:
        """Size and time of change of the file beside the index; both 0 where it is empty or missing."""
        return self.log_size, self.log_mtime_ns

    @property
    def identity(self) -> tuple[int, int]:
        """Device and inode: which file it is, whatever its name."""
        return self.device, self.inode


NO_FILE = FileStamp()


def read_stamp(path: str, beside: str = "-wal") -> FileStamp:
    """Return the stamp of the index at `path`; `beside` is the ending of the file beside it."""
    try:
        found = os.stat(path)
    except OSError:
        return NO_FILE
    stamp = FileStamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    try:
        log = os.stat(f"{path}{beside}")
    except OSError:
        return stamp
    return stamp._replace(log_size=log.st_size, log_mtime_ns=log.st_mtime_ns) if log.st_size else stamp


class IndexConnection(sqlite3.Connection):
    """A connection to an index file, which is counted as long as it is open."""

    _of: tuple[int, int] | None = None

    def count(self, path: Path) -> None:
        """Count this connection to the file at `path`."""
        with _lock:
            self._of = read_stamp(str(path)).identity
            _connected[self._of] += 1

    def iterate(self, sql: str, parameters: Sequence[object] = (), /) -> Generator[Any, None, None]:
        """Yield the rows of an answer as they are found."""
        with closing(self.execute(sql, parameters)) as found:
            yield from found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Return a context manager for a transaction, which is undone where an error comes out of the block.

        After some errors, such as a full disk or a failed write, SQLite has undone the transaction already and refuses
        a rollback; where it cannot be undone, it ends with the connection. An error of the rollback is not raised: the
        first error says more.
        """
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self.in_transaction:
                with suppress(sqlite3.Error):
                    self.rollback()
            raise

    def close(self) -> None:
        """Close the connection, and with the last one to a file the descriptors that waited for it."""
        super().close()
        with _lock:
            of, self._of = self._of, None
            if of is None:
                return
            _connected[of] -= 1
            if not _connected[of]:
                del _connected[of]
                for descriptor in _waiting.pop(of, ()):
                    os.close(descriptor)


@contextmanager
def open_raw(path: Path) -> Iterator[int]:
    """Return a context manager for a descriptor of the index file, for reading. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        with _lock:
            found = os.fstat(descriptor)
            of = found.st_dev, found.st_ino
            if of in _connected:
                _waiting[of].append(descriptor)
            else:
                os.close(descriptor)
