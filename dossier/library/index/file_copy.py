"""Copy a file without reading it where the system can.

Where the file system can, the copy shares its blocks with the file (ioctl_ficlonerange(2)). Elsewhere the system copies
within itself (copy_file_range(2)), if it has that for the two file systems.
"""

import errno
import fcntl
import os
from pathlib import Path
from typing import Final

_SPARE = 1_048_576
"""Bytes that must be left on the disk besides the copy."""
_CHUNK = 8 * 1_048_576
_CLONE: Final = 0x40049409
"""FICLONE of Linux."""
_NOT_FOR_THIS_DISK = frozenset(
    (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM, errno.ENOTTY, errno.EBADF)
)
"""The errors that say that a way of copying does not work between two files."""


def copy_content(source: int, target: int) -> None:
    """Copy a file into an empty one, both given by their descriptors, without reading it where the system can.

    Raises OSError, also where the disk has no room for the copy.
    """
    size = os.fstat(source).st_size
    try:
        fcntl.ioctl(target, _CLONE, source)
        return
    except OSError as error:
        if error.errno not in _NOT_FOR_THIS_DISK:
            raise
    check_room(target, size)
    done = 0
    # Not every system has this function.
    if hasattr(os, "copy_file_range"):
        try:
            while done < size and (copied := os.copy_file_range(source, target, size - done, done, done)):
                done += copied
        except OSError as error:
            if error.errno not in _NOT_FOR_THIS_DISK:
                raise
    while done < size:
        done += _write_all(target, os.pread(source, _CHUNK, done), done)


def _write_all(target: int, data: bytes, at: int) -> int:
    """Write `data` at the offset `at` of a file, and return its length. Raises OSError where it is empty."""
    if not data:
        raise OSError(errno.EIO, "the index became shorter while it was copied")
    done = 0
    while done < len(data):
        done += os.pwrite(target, data[done:], at + done)
    return done


def check_room(folder: int | Path, size: int) -> None:
    """Raise OSError where the disk of a folder, or of an open file, has no room for so many bytes."""
    disk = os.statvfs(folder)
    if disk.f_bavail * disk.f_frsize < size + _SPARE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
