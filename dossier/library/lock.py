"""A lock on a file: of several programs on this machine one holds it, and the others wait.

The kernel keeps the lock (flock), so that it ends with the program that holds it, however that ends. Where a file
system has no locks the program goes on without one, since to do nothing would be worse.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold_lock(path: Path, waiting: Callable[[], None], nap: float) -> Iterator[None]:
    """Return a context manager that holds the lock on the file `path`, which is made where it is missing.

    While another program holds it, `waiting` is called every `nap` seconds. An exception that it raises ends the
    waiting. Raises OSError where the file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _taken(descriptor):
            waiting()
            time.sleep(nap)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    """Try to take the lock, and return whether the program may go on."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
