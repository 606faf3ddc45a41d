"""Say why a file or a folder cannot be read, and what helps."""

import errno
import os

from dossier.core.problem import Problem
from dossier.core.regular_file import NotRegularFileError, check_regular_file

_CURES = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), "chmod u+r lets you read it, if it is yours"),
    errno.ENOENT: "if it is a link, what it leads to is gone",
    errno.ELOOP: "the link leads back to itself: delete it",
    errno.ENAMETOOLONG: "move it to a folder with a shorter path",
    errno.EIO: "the disk may be damaged",
    **dict.fromkeys((errno.ENOTCONN, errno.ESTALE), "mount its file system again"),
}
_CURES_OF_FOLDER = _CURES | dict.fromkeys((errno.EACCES, errno.EPERM), "chmod u+rx lets you enter it, if it is yours")


def describe_unreadable_file(path: str, error: OSError) -> Problem:
    """Return the problem that the file at `path` could not be read, with its cause and, where there is one, a cure."""
    return Problem(path, 1, 1, "cannot-read", f"cannot read the file: {_reason(error)}{_cure(error, _CURES)}")


def describe_unreadable_folder(path: str, error: OSError) -> Problem:
    """Return the problem that the folder at `path` could not be listed, as above."""
    return Problem(
        path, 1, 1, "cannot-read", f"cannot list the folder: {_reason(error)}{_cure(error, _CURES_OF_FOLDER)}"
    )


def find_special_file(path: str | os.PathLike[str], status: os.stat_result) -> Problem | None:
    """Return the problem that `path`, which has this status, is neither a regular file nor a folder; else None."""
    try:
        check_regular_file(status, path)
    except IsADirectoryError:
        return None
    except NotRegularFileError as error:
        return describe_unreadable_file(os.fspath(path), error)
    return None


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _cure(error: OSError, cures: dict[int, str]) -> str:
    if isinstance(error, NotRegularFileError):
        return ""
    cure = cures.get(error.errno or 0)
    return f"; {cure}" if cure else ""
