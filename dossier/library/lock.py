"""A lock on a file: of several programs on this machine one holds it, and the others wait.

The kernel keeps the lock (flock), so that it ends with the program that holds it, however that ends. Where a file
system has no locks, a file of the same user in the temporary folder is locked in its place. Where that has none either
the program goes on without one, since to do nothing would be worse. Only a regular file is ever opened.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from dossier.core.regular_file import check_regular_file

_FLAGS: Final = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
"""How a lock file is opened: without an effect on what has come to stand in its place since it was looked at."""


@contextmanager
def hold_lock(path: Path, waiting: Callable[[], None], nap: float) -> Iterator[None]:
    """Return a context manager that holds the lock on the file `path`, which is made where it is missing.

    While another program holds it, `waiting` is called every `nap` seconds. An exception that it raises ends the
    waiting. Raises OSError where the file cannot be opened, and an error of `check_regular_file` where it is a link, or
    anything else than a regular file.
    """
    descriptors = [_open(path)]
    try:
        while not _taken(path, descriptors):
            waiting()
            time.sleep(nap)
        yield
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _open(path: Path) -> int:
    with suppress(FileNotFoundError):
        check_regular_file(os.lstat(path), path)
    descriptor = os.open(path, _FLAGS, 0o600)
    try:
        check_regular_file(os.fstat(descriptor), path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _taken(path: Path, descriptors: list[int]) -> bool:
    """Try to take the lock, and return whether the program may go on.

    `descriptors` are the open files, the last of which is locked. Another one is added where that has no locks.
    """
    try:
        fcntl.flock(descriptors[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        if len(descriptors) > 1:
            return True
        try:
            descriptors.append(_open_elsewhere(path))
        except OSError:
            return True
        return _taken(path, descriptors)
    return True


def _open_elsewhere(path: Path) -> int:
    """Open the file in the temporary folder that stands for `path`."""
    import tempfile  # noqa: PLC0415 - slow to load, and hardly ever needed

    digest = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:24]
    return _open(Path(tempfile.gettempdir(), f"dossier-{os.getuid()}-{digest}.lock"))
