"""Explain why an index cannot be written, and what would help.

SQLite has one error for everything that goes wrong with input and output, sometimes even for a full disk: so the free
space of the disk is looked up.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import NotRegularFileError
from dossier.library.index.errors import WRITE_FAILURE, IndexWriteError
from dossier.library.index.location import ForeignFolderError, index_path

_LEAST = 65_536
"""Free bytes below which a disk counts as full: SQLite takes up to a page at a time, and two files grow."""
_TRIAL = 262_144
"""Bytes that are written to see whether an index can be begun."""
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
_OTHER_KIND = frozenset((errno.ENOTDIR, errno.EEXIST))
_REFUSED = frozenset((errno.EACCES, errno.EPERM))


class Cures(NamedTuple):
    """What helps if a disk is full or fails, and if a folder cannot be written to."""

    other_disk: str
    own_folder: str


_CURES = Cures("set XDG_CACHE_HOME to a folder on another disk", "set XDG_CACHE_HOME to a folder that you can write to")


def check_writable(root: Path) -> None:
    """Raise IndexWriteError where an index of the library in the folder `root` cannot be begun."""
    path = find_writable_path(root)
    trial = Path(f"{path}.{os.getpid()}")
    try:
        try:
            trial.write_bytes(bytes(_TRIAL))
        finally:
            trial.unlink(missing_ok=True)
    except OSError as error:
        raise IndexWriteError(explain_failure(error, path.parent)) from error


def find_writable_path(root: Path) -> Path:
    """Return the index file of the library in the folder `root`. Raises IndexWriteError where there is no folder."""
    try:
        return index_path(root)
    except OSError as error:
        raise IndexWriteError(explain_failure(error, Path(error.filename or root))) from error


@contextmanager
def naming_failures(index: Path) -> Iterator[None]:
    """Return a context manager that raises IndexWriteError for errors with the files of the index at `index`.

    Other errors are not converted.
    """
    try:
        yield
    except OSError as error:
        if not os.fsdecode(error.filename or "").startswith(str(index)):
            raise
        raise IndexWriteError(explain_failure(error, index.parent)) from error


def explain_failure(error: OSError | sqlite3.Error, folder: Path, cures: Cures = _CURES) -> str:
    """Return a message that says why the index cannot be written to `folder`, and what would help."""
    if isinstance(error, ForeignFolderError):
        return f"{WRITE_FAILURE}: {error}"
    why, cure = _reason(error, folder, cures)
    return f"{WRITE_FAILURE}: {why}: {cure}"


def _reason(error: OSError | sqlite3.Error, folder: Path, cures: Cures) -> tuple[str, str]:
    """Return why something cannot be written to a folder, and the cure."""
    number = error.errno if isinstance(error, OSError) else _as_errno(error, folder)
    if number in _FULL:
        what = "no space left in" if number == errno.ENOSPC else "the disk quota is used up in"
        return f"{what} {folder}", f"free some there, or {cures.other_disk}"
    if number == errno.EROFS:
        return f"{folder} is read-only", cures.own_folder
    if number in _OTHER_KIND:
        other = next((path for path in (folder, *folder.parents) if path.exists() and not path.is_dir()), folder)
        return f"{other} is not a folder", f"rename it, or {cures.own_folder}"
    if number in _REFUSED:
        return f"no permission to write to {folder}", cures.own_folder
    if isinstance(error, NotRegularFileError | IsADirectoryError):
        kind = "it is a folder, not a regular file" if isinstance(error, IsADirectoryError) else str(error.strerror)
        return kind.replace("it", str(error.filename or folder), 1), f"rename it, or {cures.other_disk}"
    if number == errno.ENOENT and not folder.exists():
        return f"there is no folder {folder}", f"make it, or {cures.own_folder}"
    words = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return f"{words} ({folder})", f"dossier index --rebuild makes it anew; if that fails, {cures.other_disk}"


def _as_errno(error: sqlite3.Error, folder: Path) -> int:
    """Return the errno of the system's error behind an error of SQLite; 0 where that is not known."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return errno.ENOSPC
    if code == sqlite3.SQLITE_READONLY:
        return errno.EACCES if os.access(folder, os.W_OK) else errno.EROFS
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        try:
            disk = os.statvfs(folder)
        except OSError as missing:
            return missing.errno or 0
        if disk.f_flag & os.ST_RDONLY:
            return errno.EROFS
        if disk.f_bavail * disk.f_frsize < _LEAST:
            return errno.ENOSPC
        if not os.access(folder, os.W_OK | os.X_OK):
            return errno.EACCES
    return 0
