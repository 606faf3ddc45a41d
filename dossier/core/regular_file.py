"""Open files for reading, and refuse what is no regular file before it is opened.

To open a named pipe waits until another program writes into it, and to open a device can change it. The name of an
article or of one of the program's own files may have come to stand for either.
"""

import errno
import os
import stat
from io import BufferedReader
from typing import Final

_KINDS: Final = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a link",
}


class NotRegularFileError(OSError):
    """A path names a named pipe, a socket, a device or a link that is not followed; `strerror` says which."""


def open_regular_file(path: str | bytes | os.PathLike[str]) -> BufferedReader:
    """Open the regular file at `path`, which may be a symbolic link to one, for reading bytes.

    Nothing else is ever opened, so that this waits for no other program. Raises IsADirectoryError for a folder,
    NotRegularFileError for what else is no regular file, and OSError for a file that cannot be opened.
    """
    check_regular_file(os.stat(path), path)
    # Another program may have replaced the file since: without the flags, a pipe or a terminal would have its effect.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        check_regular_file(os.fstat(descriptor), path)
    except OSError:
        os.close(descriptor)
        raise
    return open(descriptor, "rb")


def check_regular_file(status: os.stat_result, path: str | bytes | os.PathLike[str]) -> None:
    """Raise an error as above if `status`, which is that of `path`, is not the status of a regular file."""
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fsdecode(path))
    if kind != stat.S_IFREG:
        found = _KINDS.get(kind, "something else")
        raise NotRegularFileError(errno.EINVAL, f"it is {found}, not a regular file", os.fsdecode(path))
