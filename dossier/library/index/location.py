"""Where the index of a library is, and which program may write it.

The private index is a cache, and never inside the library: one file under the XDG cache folder (XDG Base Directory
Specification) or, where that cannot be written, under a temporary folder of the same user, whose name is always the
same. Of all programs on this machine only the one that holds the lock beside the file writes it.

A shared index is where its owner puts it, and its readers never write it. The same holds for an index on a server.
"""

import errno
import os
import stat
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.paths import resolve_xdg_folder

# `hashlib` loads the library of OpenSSL, which takes as long as the rest of this module's imports. The module `random`
# of the standard library takes its hash from the same place.
try:
    if sys.version_info >= (3, 12):
        from _sha2 import sha256  # type: ignore[import-not-found]
    else:
        from _sha256 import sha256  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha256

_BESIDE = ("", "-wal", "-shm")
"""The endings of SQLite's files: the database itself, its write-ahead log, and the shared memory for that."""
_SUMS = (".sums", ".sums-before", ".sums-new")
"""The endings of the files with checksums: those that hold, those set aside for an update, and unfinished ones."""


class ForeignFolderError(PermissionError):
    """A folder in the place of the user's own belongs to another user, or others can write to it."""


class PrivateIndex(NamedTuple):
    """A reader's own index of the library in the folder `root`; `index_path` returns its file."""

    root: Path


class SharedIndex(NamedTuple):
    """The index file `path` that all readers of the library in the folder `root` share.

    `named_by` says where it is named, such as "$DOSSIER_INDEX". `is_expected` is False where only a folder for the
    indexes of many libraries is named, which need not have one of this library.
    """

    root: Path
    path: Path
    named_by: str
    is_expected: bool = True


class ServerIndex(NamedTuple):
    """The index on the PostgreSQL server at `address`, which also has the texts of the articles.

    The address may have a password in it; `shown` is the part that may be printed. `named_by` says where the address
    comes from, such as "--engine".
    """

    address: str
    shown: str
    named_by: str

    def __repr__(self) -> str:
        return f"ServerIndex({self.shown!r}, {self.named_by!r})"


IndexLocation = PrivateIndex | SharedIndex | ServerIndex
"""Where the index of a library is."""


def index_path(root: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the index file of the library in the folder `root`. Its folder is made where it is missing.

    Raises OSError where neither the cache folder nor a temporary one can be written.
    """
    digest = sha256(os.fsencode(root.resolve())).hexdigest()[:24]
    return _folder(environment) / f"{digest}.sqlite"


def delete_index(path: Path) -> None:
    """Delete the index. A program that has it open can go on reading it."""
    for ending in (*_BESIDE, *_SUMS, ".damaged"):
        remove_file(Path(f"{path}{ending}"))


def remove_file(path: Path) -> None:
    """Delete what is at `path`. A folder, which the program did not make, gets another name and is kept."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        if not path.is_dir():
            raise
        path.rename(f"{path}.{time.time_ns()}.kept")


def remove_other_than_files(path: Path) -> None:
    """Remove what is in the place of one of the index's files and no regular file: a folder, a named pipe, a link."""
    for ending in (*_BESIDE, *_SUMS, ".lock"):
        one = Path(f"{path}{ending}")
        if os.path.lexists(one) and (one.is_symlink() or not one.is_file()):
            remove_file(one)


def mark_damaged(path: Path) -> None:
    """Mark the index as damaged, so that the next update rebuilds it. For programs that only read."""
    with suppress(OSError):
        Path(f"{path}.damaged").touch()


def is_marked_damaged(path: Path) -> bool:
    """Return whether the index is marked as damaged."""
    return os.path.exists(f"{path}.damaged")


def lock_path(path: Path) -> Path:
    """Return the file whose lock is held by the one program that writes the index."""
    return Path(f"{path}.lock")


def _folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of all indexes, the first of those that can be written."""
    folder = resolve_xdg_folder("XDG_CACHE_HOME", "~/.cache", environment)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
        number = errno.EROFS if os.statvfs(folder).f_flag & os.ST_RDONLY else errno.EACCES
        raise PermissionError(number, os.strerror(number), str(folder))
    except OSError as error:
        try:
            return _temporary_folder()
        except ForeignFolderError:
            raise
        except OSError:
            raise error from None


def _temporary_folder() -> Path:
    """Return a temporary folder of this user alone. Raises ForeignFolderError where other users could write to it."""
    import tempfile  # noqa: PLC0415 - slow to load, and hardly ever needed

    folder = Path(tempfile.gettempdir()) / f"dossier-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise ForeignFolderError(f"{folder} belongs to another user: set XDG_CACHE_HOME to a folder of your own")
    if found.st_mode & stat.S_IRWXU != stat.S_IRWXU:
        # It was made with a mask that takes the rights from its owner, too.
        folder.chmod(stat.S_IRWXU)
    return folder
