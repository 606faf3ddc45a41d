"""Publish the index of a library: put a copy of the private index, which its owner updates, in the shared place.

The copy is written under another name and then replaces the published index in one step: a reader has either the one or
the other, and if the owner is killed the published index stays. Where the private index has a write-ahead log, SQLite's
backup makes the copy.

A lock in the shared place keeps several owners from working at once.
"""

import errno
import os
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from enum import StrEnum
from functools import partial
from pathlib import Path

from dossier.core.regular_file import check_regular_file, open_regular_file
from dossier.library.index.block_sums import (
    BLOCK,
    BlockSums,
    pack_sums,
    read_sums,
    sum_blocks,
    sums_path,
    write_sums,
)
from dossier.library.index.errors import IndexDamagedError, IndexWriteError
from dossier.library.index.file_copy import check_room, copy_content
from dossier.library.index.immutable_file import open_immutable
from dossier.library.index.library_match import match_library
from dossier.library.index.location import SharedIndex, index_path, lock_path
from dossier.library.index.published_rights import copy_rights
from dossier.library.index.raw_file import FileStamp, open_raw, read_stamp
from dossier.library.index.schema import open_to_read, resolve_root
from dossier.library.index.shared_file import (
    HEAD,
    LATEST,
    SECOND,
    PublishedHead,
    is_as_published,
    read_head,
    read_last_published,
    read_published_sums,
    write_head,
)
from dossier.library.index.write_failure import Cures, explain_failure
from dossier.library.lock import hold_lock

_NAP = 0.1
"""Seconds between two attempts to take the lock that another owner holds."""
_FIRST_PAUSE = 10.0
"""The least seconds from one publication of an unfinished index to the next."""
_SHARE = 20
"""An unfinished index is published during at most one part in so many of the time."""
_AGAIN = 86_400
"""Seconds after which the published index is compared again, since a disk may change what no program wrote."""
_CURES = Cures("name another place for it", "name a place that you can write to")
_CURES_OF_OTHERS = _CURES._replace(own_folder="leave that to its owner, or name a place that you can write to")


class Publication(StrEnum):
    """The result of publishing an index."""

    UNCHANGED = "unchanged"
    PUBLISHED = "published"
    REPAIRED = "repaired"


class Publisher:
    """Publishes the private index of a library in a shared place, for the program that updates it."""

    def __init__(self, shared: SharedIndex) -> None:
        """Publish to `shared`. Raises OSError where there can be no private index."""
        self._path, self._root = shared.path, shared.root
        self._private = index_path(shared.root)
        self._is_whole = False
        self._pause = _FIRST_PAUSE
        self._published = time.monotonic()

    @contextmanager
    def holding_place(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Return a context manager in which no other owner publishes. `waiting` is called repeatedly until it begins.

        Raises IndexWriteError where the place cannot be written, or has something else than the index of the library.
        """
        with ExitStack() as stack:
            # Errors that `waiting` raises are not those of the shared place.
            with self._naming_failures(only_of_files=True):
                _make_lock(self._path)
                stack.enter_context(hold_lock(lock_path(self._path), waiting, _NAP))
            self._is_whole = self._look_at_present()
            yield

    def publish_unfinished(self) -> None:
        """Publish the index in the middle of an update. To be called by the updating program, between transactions.

        Does nothing if a finished index is published, which readers keep until the update is done, or if an unfinished
        one was published a short while ago. Errors are passed over, so that the update goes on: `publish_finished`
        reports them.
        """
        began = time.monotonic()
        if self._is_whole or began - self._published < self._pause:
            return
        with suppress(IndexWriteError), self._naming_failures():
            self._publish()
        self._published = time.monotonic()
        self._pause = max(_FIRST_PAUSE, _SHARE * (self._published - began))

    def publish_finished(self) -> Publication:
        """Publish the index after an update, unless the same is published already. Raises IndexWriteError."""
        with self._naming_failures(), hold_lock(lock_path(self._private), lambda: None, _NAP):
            head = _read_head_of(self._path)
            sums = self._private_sums()
            known = read_published_sums(self._path, head.published) if head else None
            if head and known and sums and known.sums == self._as_published(sums, head.published):
                if self._is_sound(known, head):
                    return Publication.UNCHANGED
                self._publish(sums)
                return Publication.REPAIRED
            self._publish(sums)
        return Publication.PUBLISHED

    def _look_at_present(self) -> bool:
        """Return whether a finished index is published. Raises IndexWriteError if something else is in its place."""
        path = self._path
        with self._naming_failures():
            if not os.path.lexists(path):
                return False
            check_regular_file(os.lstat(path), path)
            head = _read_head_of(path)
            sums = read_sums(sums_path(path))
            # Even the header of a published file may be damaged. Only the checksums of a private one have an inode.
            is_ours = bool(head and head.published) or bool(sums and not sums.stamp.inode)
            if path.stat().st_size and not is_ours:
                raise IndexWriteError(f"{path} is no published index: name another place for it, or remove that file")
        try:
            with closing(open_immutable(path)) as connection:
                facts = dict(connection.execute("SELECT key, value FROM meta"))
                # All articles that `match_library` looks for may have been replaced since it was published.
                is_same_folder = facts.get("library") == resolve_root(self._root)
                is_of_library = is_same_folder or match_library(connection, self._root).is_of_library
        except (sqlite3.Error, IndexDamagedError):
            # The published index is damaged, or of a version with other tables.
            return False
        if not is_of_library:
            raise IndexWriteError(
                f"{path} is the index of another library: name another place for that of {self._root}, or remove it"
            )
        return bool(facts.get("whole"))

    def _is_sound(self, known: BlockSums, head: PublishedHead) -> bool:
        """Return whether the published index is unchanged since it was published. It is read once a day."""
        if not is_as_published(self._path):
            return False
        now = int(time.time())
        if abs(now - known.compared) < _AGAIN and self._path.stat().st_mtime_ns == head.published * SECOND:
            return True
        with open_regular_file(self._path) as file:
            if sum_blocks(file.fileno()) != known.sums:
                return False
        os.utime(self._path, (head.published, head.published))
        write_sums(sums_path(self._path), known._replace(compared=now), partial(copy_rights, self._path))
        return True

    def _private_sums(self) -> tuple[int, ...] | None:
        """Return the checksums of the private index; None if a copy would have others, because of a write-ahead log."""
        stamp = read_stamp(str(self._private))
        if stamp.log_size:
            return None
        known = read_sums(sums_path(self._private))
        if known and known.stamp == stamp:
            return known.sums
        with open_raw(self._private) as descriptor:
            return sum_blocks(descriptor)

    def _as_published(self, sums: tuple[int, ...], published: int) -> tuple[int, ...]:
        """Return the checksums of the copy, which has the time of publication in its header."""
        with open_raw(self._private) as descriptor:
            block = os.pread(descriptor, BLOCK, 0)
        return (zlib.crc32(write_head(block, published)), *sums[1:])

    def _publish(self, sums: tuple[int, ...] | None = None) -> None:
        """Put a copy in the shared place, with checksums where these are known."""
        path, new = self._path, Path(f"{self._path}.new")
        before = _read_head_of(path)
        # No two publications have the same time, so that the checksums of one are never taken for those of another.
        last = max(before.published if before else 0, read_last_published(path))
        published = max(int(time.time()), last + 1)
        if published > LATEST:
            raise IndexWriteError(f"{path} cannot be published after the year 2106: set the clock of this machine")
        new.unlink(missing_ok=True)
        try:
            self._copy(new)
            with open(new, "r+b") as file:
                descriptor = file.fileno()
                os.pwrite(descriptor, write_head(os.pread(descriptor, HEAD, 0), published), 0)
                size = os.fstat(descriptor).st_size
                os.fsync(descriptor)
                os.utime(descriptor, (published, published))
                os.fsync(descriptor)
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        if sums:
            stamp = FileStamp(size=size, mtime_ns=published * SECOND)
            packed = pack_sums(self._as_published(sums, published))
            write_sums(sums_path(path), BlockSums(stamp, int(time.time()), packed), partial(copy_rights, path))
        _sync_folder(path.parent)

    def _copy(self, new: Path) -> None:
        """Copy the private index to a new file. Raises OSError and sqlite3.Error."""
        target = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            copy_rights(self._path, target)
            if not read_stamp(str(self._private)).log_size:
                with open_raw(self._private) as source:
                    copy_content(source, target)
                return
        finally:
            os.close(target)
        check_room(new.parent, self._private.stat().st_size)
        opened = open_to_read(self._private, resolve_root(self._root))
        if opened is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self._private))
        with closing(opened) as source_connection, closing(sqlite3.connect(new)) as target_connection:
            target_connection.execute("PRAGMA journal_mode = off")
            target_connection.execute("PRAGMA synchronous = off")
            source_connection.backup(target_connection)

    @contextmanager
    def _naming_failures(self, only_of_files: bool = False) -> Iterator[None]:
        """Return a context manager that raises IndexWriteError for errors of the system and of SQLite.

        With `only_of_files`, errors that name no file are not converted.
        """
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            if only_of_files and getattr(error, "filename", None) is None:
                raise
            cures = _CURES_OF_OTHERS if os.path.lexists(self._path) else _CURES
            words = explain_failure(error, self._path.parent, cures)
            raise IndexWriteError(words.replace("the index", "the shared index", 1)) from error


def _make_lock(path: Path) -> None:
    """Make the folder of a shared index, if only the last one of its path is missing, and the lock file in it.

    Every user who may write to the folder may hold the lock, and no other user.
    """
    path.parent.mkdir(exist_ok=True)
    with suppress(FileExistsError):
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(lock_path(path), flags, 0o600)
        try:
            writers = path.parent.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
            # Some file systems, such as FAT, give all files the same rights.
            with suppress(PermissionError):
                os.fchmod(descriptor, 0o600 | writers | writers << 1)
        finally:
            os.close(descriptor)


def _read_head_of(path: Path) -> PublishedHead | None:
    """Return the header of a published index; None where the file is no database, or there is no file."""
    try:
        with open_regular_file(path) as file:
            return read_head(file.read(HEAD))
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Write the new name in the folder to the disk, where the file system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
