"""Of several programs on this machine the one that holds the lock on a file goes on, and the others wait their turn.

Decided here: the kernel keeps the lock (flock), so that it ends with the program that held it, however that ended; and
where a file system has no locks one goes on without, since to do nothing would be worse.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, waiting: Callable[[], None], nap: float) -> Iterator[None]:
    """A stretch in which no other program holds the lock on the file `path`, which is made where it is missing.

    While another does, `waiting` is called every `nap` seconds; what it raises ends the waiting. Raises OSError where
    the file cannot be opened.
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
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
