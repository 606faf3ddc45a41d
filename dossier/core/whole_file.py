"""Replace a file as a whole: afterwards the disk has the old content or the new one, never a part of it.

The new content is written to a file beside the old one, `.NAME.PLACE.PID.NUMBER`, and is on the disk before that file
takes the name of the old one. A program that is killed in between leaves such a file, which the next one removes. PLACE
tells the machine, since a folder may be shared by several, and PID is that of a program on one of them.
"""

import errno
import os
import time
import zlib
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from dossier.core.regular_file import check_regular_file

_DAY: Final = 86_400.0
"""Seconds after which a file beside another one is abandoned, even if there is a process with its number."""
_NO_SYNC: Final = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF)
"""Errors of a file system on which a folder cannot be synchronised, or of a folder that may not be read."""
_NO_LINK: Final = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES)
"""Errors of a file system in which a file has one name."""
_LONGEST: Final = 200
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


def create_whole_file(path: Path, data: bytes) -> None:
    """Write `data` to a new file at `path`, and return when it is on the disk; `sync_folder` waits for its name.

    Raises FileExistsError where something has the name already, and OSError when it cannot be written; then there is no
    new file. Others may read the file as far as the user's mask allows.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    new = UnnamedFile(path, data)
    try:
        new.put_at(path)
    except BaseException:
        new.discard()
        raise


class UnnamedFile:
    """A new file beside `path` that has its content, but not its name, and that the disk need not have yet.

    The disk takes several such files in little more time than one: write them all, and then give each its name.
    Raises OSError when it cannot be written.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self._beside, self._descriptor = _create_beside(path, 0o666)
        try:
            _write_all(self._descriptor, data)
        except BaseException:
            self.discard()
            raise

    def put_at(self, path: Path) -> None:
        """Give the file its name when its content is on the disk.

        Raises OSError, among them FileExistsError where something has that name. Another name may be tried then.
        """
        if self._descriptor >= 0:
            os.fsync(self._descriptor)
            self._close()
        _name_new_file(self._beside, path)

    def discard(self) -> None:
        """Remove the file, which has no name yet."""
        with suppress(OSError):
            self._close()
        with suppress(OSError):
            os.unlink(self._beside)

    def _close(self) -> None:
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)


def write_to_disk(descriptor: int, data: bytes) -> None:
    """Write all of `data`, and wait until it is on the disk. Raises OSError."""
    _write_all(descriptor, data)
    os.fsync(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


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
    beginning = _begin_name(path)
    with suppress(OSError):
        for name in os.listdir(path.parent):
            if name.startswith(beginning) and _is_abandoned(path.parent / name, name.removeprefix(beginning)):
                with suppress(OSError):
                    os.unlink(path.parent / name)


def _is_abandoned(path: Path, ending: str) -> bool:
    """Return whether the file `path` with this ending was left by a program that is gone."""
    place, _, rest = ending.partition(".")
    process, _, number = rest.partition(".")
    is_numbered = process.isdecimal() and number.isdecimal()
    # Earlier versions gave these files eight random characters.
    if not (len(place) == 8 and _RANDOM.issuperset(place)) or (rest and not is_numbered):
        return False
    try:
        is_old = abs(time.time() - os.lstat(path).st_mtime) > _DAY
    except OSError:
        return False
    return is_old or (is_numbered and place == _name_place() and not _is_running(int(process)))


def _begin_name(path: Path) -> str:
    """Return how the names of files begin that are written beside the file at `path`."""
    name = os.fsencode(path.name)
    # A file system allows 255 bytes.
    return f".{path.name if len(name) <= _LONGEST else f'{zlib.crc32(name):08x}'}."


@cache
def _name_place() -> str:
    """Return eight characters for this machine, and for what else gives the numbers of processes their meaning."""
    place = os.uname().nodename
    with suppress(OSError):
        # In a container, another program may have the same number.
        place += os.readlink("/proc/self/ns/pid")
    return f"{zlib.crc32(place.encode(errors='replace')):08x}"


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _name_new_file(new: Path, path: Path) -> None:
    """Let the file `new` be called `path`. Raises FileExistsError where something has that name already."""
    try:
        # Unlike a rename, this never replaces a file.
        os.link(new, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(new, path)
    else:
        os.unlink(new)


def _create_beside(path: Path, mode: int = 0o600) -> tuple[Path, int]:
    """Create a new file beside `path`, and return its path and its file descriptor.

    Each call creates a file of its own, since a signal or another thread may interrupt one write with another.
    """
    for number in count():
        new = path.with_name(f"{_begin_name(path)}{_name_place()}.{os.getpid()}.{number}")
        with suppress(FileExistsError):
            return new, os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    raise AssertionError
