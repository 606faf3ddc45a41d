"""The interface of index files for `Connections`, and the private index file (`shared_file` has the shared one).

Of a state of a file that was found damaged nothing is read until there is another one.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.block_sums import is_as_written, read_sums, sums_path
from dossier.library.index.location import is_marked_damaged, mark_damaged
from dossier.library.index.raw_file import NO_FILE, FileStamp, read_stamp
from dossier.library.index.schema import is_damage, open_to_read

_AGAIN = 2.0
"""Seconds after which a file is compared once more. File systems note times of change in steps of up to two seconds, so
that a file which was compared while a program wrote it may have the same stamp when it is whole.
"""
AnswerCheck = Callable[[str, sqlite3.Cursor, Sequence[tuple[Any, ...]]], None]
"""Checks rows of the answer to a query. Raises IndexDamagedError for a value that is none of this program's."""


class IndexFile(Protocol):
    """An index file as it is read: the private one, or a shared one."""

    @property
    def path(self) -> Path:
        """The file."""

    def connect(self) -> sqlite3.Connection | None:
        """Return a connection for reading, or None where there is no index that can be used."""

    def is_as_written(self) -> bool:
        """Return whether the file is as its writer left it, as far as can be told."""

    def must_be_read(self) -> bool:
        """Return whether `is_as_written` has to read the whole file."""

    def report_damage(self) -> None:
        """Take note that the file is damaged."""

    def is_damage(self, error: sqlite3.Error) -> bool:
        """Return whether the error lies in the content of the file."""

    def is_lost(self, error: sqlite3.Error) -> bool:
        """Return whether the error only says that the file must be opened again."""

    @property
    def beside(self) -> str:
        """The ending of the file beside it that changes with it (see `FileStamp`)."""

    @property
    def check_answer(self) -> AnswerCheck | None:
        """What checks each answer that is read (see `row_check`), if another user writes the file; None otherwise.

        Such a file is replaced as a whole: if its content changes in its place, it has to be opened again.
        """


class PrivateFile(NamedTuple):
    """The private index at `path` of a library, whose folder is `library` as `resolve_root` returns it."""

    path: Path
    library: bytes

    def connect(self) -> sqlite3.Connection | None:
        """Return a connection for reading, or None where there is no index of this library."""
        return open_to_read(self.path, self.library)

    def is_as_written(self) -> bool:
        """Return whether the file is as its last update left it, and not marked as damaged."""
        return not is_marked_damaged(self.path) and is_as_written(self.path)

    def must_be_read(self) -> bool:
        """Return whether the file was changed since its checksums were made, other than by an update."""
        known, stamp = read_sums(sums_path(self.path)), read_stamp(str(self.path))
        return known is not None and stamp not in (NO_FILE, known.stamp) and stamp.log == known.stamp.log

    def report_damage(self) -> None:
        """Mark the file as damaged."""
        mark_damaged(self.path)

    def is_damage(self, error: sqlite3.Error) -> bool:
        """Return whether the error lies in the content of the file."""
        return is_damage(error)

    def is_lost(self, error: sqlite3.Error) -> bool:
        """Return False: an error with the private file is never cured by opening it again."""
        return False

    @property
    def beside(self) -> str:
        """The ending of the write-ahead log."""
        return "-wal"

    @property
    def check_answer(self) -> None:
        """No check: the reader's own programs have written the file."""


class FoundDamage:
    """The stamp of the damaged state of an index file, None where none was found."""

    def __init__(self) -> None:
        self.stamp: FileStamp | None = None
        self._compared: FileStamp | None = None
        self._again_at: float | None = None

    def note(self, stamp: FileStamp, was_compared: bool) -> None:
        """Note that the file is damaged while it has this stamp. `was_compared` says that its checksums tell so."""
        is_first = was_compared and stamp != self._compared
        self._compared = stamp if was_compared else None
        self.stamp, self._again_at = stamp, time.monotonic() + _AGAIN if is_first else None

    def forbids(self, stamp: FileStamp) -> bool:
        """Return whether nothing can be read, and nothing is to be compared, while the file has this stamp."""
        if self.stamp is None or stamp not in (self.stamp, NO_FILE):
            return False
        return stamp == NO_FILE or self._again_at is None or time.monotonic() < self._again_at

    def forget(self) -> None:
        """Forget the damage: another state of the file is read."""
        self.stamp = None
