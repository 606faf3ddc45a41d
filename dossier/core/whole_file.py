"""Replace a file as a whole: afterwards the disk has the old content or the new one, never a part of it.

The new content is written to a file beside the old one, `.NAME.PID.NUMBER`, and is on the disk before that file takes
the name of the old one. A program that is killed in between leaves such a file, which the next one removes.
"""

import errno
import os
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from dossier.core.regular_file import check_regular_file

_DAY: Final = 86_400.0
"""Seconds after which a file beside another one is abandoned, even if there is a process with its number."""
_NO_SYNC: Final = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF)
"""Errors of a file system on which a folder cannot be synchronised, or of a folder that may not be read."""
_RANDOM = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def replace_whole_file(path: Path, data: bytes) -> None:
    """Write `data` to the file at `path`, and return when it is on the disk. Of a link the file behind it is written.

    Raises OSError, with the old file whole, when that cannot be done. An error of the disk after the last step may
    leave the new file. What is no regular file is never replaced: NotRegularFileError or IsADirectoryError is raised.
    """
    path = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        check_regular_file(os.lstat(path), path)
    new, descriptor = _create_beside(path)
    try:
        try:
            write_to_disk(descriptor, data)
        finally:
            os.close(descriptor)
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(new)
        raise
    sync_folder(path.parent)


def write_to_disk(descriptor: int, data: bytes) -> None:
    """Write all of `data`, and wait until it is on the disk. Raises OSError."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names of the files in a folder are on the disk, where the file system can do that.

    Raises OSError for an error of the disk.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def remove_abandoned_files(path: Path) -> None:
    """Remove what programs that were killed have left beside the file at `path` while they replaced it.

    A file of a program that still runs is left alone, and so is one that cannot be removed.
    """
    path = Path(os.path.realpath(path))
    beginning = f".{path.name}."
    with suppress(OSError):
        for name in os.listdir(path.parent):
            if name.startswith(beginning) and _is_abandoned(path.parent / name, name.removeprefix(beginning)):
                with suppress(OSError):
                    os.unlink(path.parent / name)


def _is_abandoned(path: Path, ending: str) -> bool:
    """Return whether the file `path` with this ending was left by a program that is gone."""
    process, _, number = ending.partition(".")
    has_process = process.isdecimal() and number.isdecimal()
    # Earlier versions gave these files eight random characters.
    if not has_process and not (len(ending) == 8 and _RANDOM.issuperset(ending)):
        return False
    try:
        is_old = abs(time.time() - os.lstat(path).st_mtime) > _DAY
    except OSError:
        return False
    return is_old or (has_process and not _is_running(int(process)))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _create_beside(path: Path) -> tuple[Path, int]:
    """Create a new file beside `path`, and return its path and its file descriptor.

    Each call creates a file of its own, since a signal or another thread may interrupt one write with another.
    """
    for number in count():
        new = path.with_name(f".{path.name}.{os.getpid()}.{number}")
        with suppress(FileExistsError):
            return new, os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    raise AssertionError
