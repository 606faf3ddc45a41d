"""A shared index as its readers see it: a whole file, which its owner replaces by another.

The file is never written in its place, so it needs no lock. Readers that have the old file open go on reading it until
they notice the new one. The header ("Database File Format" in SQLite's documentation) has, as its user version, the
time of publication, which the owner also sets as the file's time of change. A file with another time of change was
written by another program, or copied: it is compared with the checksums beside it, if these are of the same
publication. If they are of a later one, the file is an older copy, which something has put in its place: it is not
read. The application id in the header says that it is an index of this program.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import open_regular_file
from dossier.library.index.block_sums import BlockSums, read_sums, sum_blocks, sums_path
from dossier.library.index.errors import IndexDamagedError, SharedIndexError
from dossier.library.index.immutable_file import has_own_tables, open_immutable
from dossier.library.index.index_file import AnswerCheck
from dossier.library.index.library_match import LibraryMatch, match_library
from dossier.library.index.location import SharedIndex
from dossier.library.index.row_check import check_answer
from dossier.library.index.schema import VERSION

HEAD = 100
"""Bytes of the header of a database."""
_MAGIC = b"SQLite format 3\0"
_APPLICATION = b"doss"
LATEST = 0xFFFFFFFF
"""The last time of publication, in seconds since 1970, for which the header has room."""
SECOND = 10**9
"""Nanoseconds of a second."""
_OF_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT)
"""The errors of SQLite that say nothing about the content of the file."""


class PublishedHead(NamedTuple):
    """What the header of a published index says: its size in bytes, and when it was published, in seconds since 1970.

    `published` is 0 in an index that was not published.
    """

    size: int
    published: int


def read_head(data: bytes) -> PublishedHead | None:
    """Return what the first bytes of a file say; None where it is no database."""
    if len(data) < HEAD or not data.startswith(_MAGIC):
        return None
    page = int.from_bytes(data[16:18], "big")
    # 1 stands for 65,536, the largest size of a page.
    size = (65_536 if page == 1 else page) * int.from_bytes(data[28:32], "big")
    return PublishedHead(size, int.from_bytes(data[60:64], "big") if data[68:72] == _APPLICATION else 0)


def write_head(data: bytes, published: int) -> bytes:
    """Return the first bytes of a database, changed so that it is published at the time `published`.

    They also set rollback mode, so that readers look for no write-ahead log.
    """
    return data[:18] + b"\1\1" + data[20:60] + published.to_bytes(4, "big") + data[64:68] + _APPLICATION + data[72:]


def read_published_sums(path: Path, published: int) -> BlockSums | None:
    """Return the checksums of the index at `path` if they are of the publication at the time `published`, else None."""
    known = read_sums(sums_path(path))
    return known if known and known.stamp.mtime_ns == published * SECOND else None


def read_last_published(path: Path) -> int:
    """Return the time of the publication that the checksums of the index at `path` are of, 0 where there are none."""
    known = read_sums(sums_path(path))
    # Only the checksums of a private index have an inode.
    return known.stamp.mtime_ns // SECOND if known and not known.stamp.inode else 0


def is_older_copy(path: Path) -> bool:
    """Return whether the shared index at `path` was published before the one that its owner published last.

    Raises OSError if it cannot be read.
    """
    found, head = _read_stamp_and_head(path)
    if head is None or not 0 < head.published < read_last_published(path):
        return False
    # The owner replaces the file first and then the checksums, perhaps after the file was read here.
    again, _ = _read_stamp_and_head(path)
    return os.path.samestat(again, found) and again.st_mtime_ns == found.st_mtime_ns


def _read_stamp_and_head(path: Path) -> tuple[os.stat_result, PublishedHead | None]:
    with open_regular_file(path) as file:
        return os.fstat(file.fileno()), read_head(file.read(HEAD))


def is_as_published(path: Path) -> bool:
    """Return whether the shared index at `path` is as its owner published it, as far as can be told.

    The file is read only if its time of change is not the time of publication. Raises OSError if it cannot be read.
    """
    if is_older_copy(path):
        return False
    with open_regular_file(path) as file:
        found, head = os.fstat(file.fileno()), read_head(file.read(HEAD))
        if head is None or not head.published or found.st_size != head.size:
            return False
        if found.st_mtime_ns == head.published * SECOND:
            return True
        known = read_published_sums(path, head.published)
        return known is None or sum_blocks(file.fileno()) == known.sums


def read_published(path: Path) -> int:
    """Return when the shared index at `path` was published, 0 where that is not known. Raises OSError."""
    _, head = _read_stamp_and_head(path)
    return head.published if head else 0


class PublicationFacts(NamedTuple):
    """When a shared index was published, and by whom.

    `published` is in seconds since 1970; 0 if it is not known. `owner` is the name of the user, or the number of a user
    without a name.
    """

    published: int
    owner: str


def read_publication(path: Path) -> PublicationFacts:
    """Return the facts about the publication of the shared index at `path`. Raises OSError."""
    import pwd  # noqa: PLC0415 - only the status tells it

    found, head = _read_stamp_and_head(path)
    try:
        owner = pwd.getpwuid(found.st_uid).pw_name
    except KeyError:
        owner = str(found.st_uid)
    return PublicationFacts(head.published if head else 0, owner)


class SharedFile(NamedTuple):
    """The shared index at `path` of the library in the folder `root`, for `Connections`.

    `library` is what the index said of which library it is when it was opened.
    """

    path: Path
    root: Path
    library: object

    def connect(self) -> sqlite3.Connection | None:
        """Return a connection for reading, or None where there is no index of this version and this library."""
        with suppress(sqlite3.Error):
            connection = open_immutable(self.path)
            with suppress(sqlite3.Error, IndexDamagedError):
                facts = _read_facts(connection)
                is_known = facts.get("library") == self.library or match_library(connection, self.root).is_of_library
                if facts.get("version") == VERSION and has_own_tables(connection) and is_known:
                    # From here on `Connections` checks what is read, in batches.
                    connection.row_factory = None
                    return connection
            connection.close()
        return None

    def is_as_written(self) -> bool:
        """Return whether the file is as its owner published it."""
        try:
            return is_as_published(self.path)
        except OSError:
            # The file is gone, or its disk does not answer: an open connection can still read it.
            return True

    def must_be_read(self) -> bool:
        """Return whether the file has checksums and another time of change than that of its publication."""
        with suppress(OSError):
            found, head = _read_stamp_and_head(self.path)
            if head and head.published and found.st_mtime_ns != head.published * SECOND:
                return read_published_sums(self.path, head.published) is not None
        return False

    def report_damage(self) -> None:
        """Do nothing: the owner's next update finds the damage."""

    def is_damage(self, error: sqlite3.Error) -> bool:
        """Return whether the error comes from the content of the file, as all errors do that are not the disk's.

        A file that another user has written can make SQLite fail in any way.
        """
        return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OF_DISK

    def is_lost(self, error: sqlite3.Error) -> bool:
        """Return whether the open file no longer exists: a file server may drop a file that was replaced."""
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR

    @property
    def beside(self) -> str:
        """The ending of the file with its checksums."""
        return ".sums"

    @property
    def check_answer(self) -> AnswerCheck:
        """The check of each answer: another user has written the file."""
        return check_answer


def check_shared(shared: SharedIndex) -> LibraryMatch:
    """Check that a shared index can be used for its library, and return how the two match.

    Raises SharedIndexError if it cannot be used.
    """
    cure = f"dossier index {shared.root} --shared"
    try:
        is_sound = is_as_published(shared.path)
    except (FileNotFoundError, NotADirectoryError):
        raise _make_error(shared, f"is not there: {cure}, by its owner, makes it") from None
    except OSError as error:
        is_right = isinstance(error, PermissionError)
        ask = (
            "ask its owner for the right to read it"
            if is_right
            else f"correct {shared.named_by}, or ask its owner about it"
        )
        raise _make_error(shared, f"cannot be read: {error.strerror}: {ask}") from None
    if not is_sound:
        raise _make_harm_error(shared)
    try:
        connection = open_immutable(shared.path)
        try:
            facts = _read_facts(connection)
            if facts.get("version") != VERSION:
                raise _make_error(
                    shared,
                    f"was made by another version of dossier: {cure}, by its owner with this version, makes it anew",
                )
            if not has_own_tables(connection):
                raise _make_error(
                    shared, f"has other tables than dossier makes: remove the file; then {cure} makes it anew"
                )
            match = match_library(connection, shared.root)
        finally:
            connection.close()
    except (sqlite3.Error, IndexDamagedError):
        raise make_damage_error(shared) from None
    if not match.is_of_library:
        raise _make_error(
            shared,
            f"is of another library than {shared.root}, which has none of its articles: correct {shared.named_by},"
            f" or, if all of its articles were replaced, have its owner update it with {cure}",
        )
    return match._replace(library=facts.get("library"))


def _make_harm_error(shared: SharedIndex) -> SharedIndexError:
    """Return the error that a shared index is not as its owner published it."""
    with suppress(OSError):
        if is_older_copy(shared.path):
            return _make_error(
                shared,
                "is an older copy, in the place of the one that its owner published last:"
                f" dossier index {shared.root} --shared, by its owner, publishes it again",
            )
    return make_damage_error(shared)


def make_damage_error(shared: SharedIndex) -> SharedIndexError:
    """Return the error that a shared index is damaged."""
    return _make_error(shared, f"is damaged: dossier index {shared.root} --shared, by its owner, makes it anew")


def _make_error(shared: SharedIndex, why: str) -> SharedIndexError:
    return SharedIndexError(f"the shared index {shared.path} (named by {shared.named_by})", why)


def _read_facts(connection: sqlite3.Connection) -> dict[str, object]:
    return dict(connection.execute("SELECT key, value FROM meta"))
