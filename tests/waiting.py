"""Waiting for conditions, never for fixed times: on a busy machine a test only takes longer."""

import fcntl
import termios
import threading
import time
from collections.abc import Callable

from dossier.library.index.availability import PROBE_THREAD

PATIENCE = 120.0
"""Seconds after which a test gives up. They pass only when a test fails, so there can be many of them."""
_PAUSE = 0.01


def taken(terminal: int) -> bool:
    """Return whether the program on a terminal has read all input."""
    left = bytearray(4)
    fcntl.ioctl(terminal, termios.FIONREAD, left)
    return not any(left)


def until(is_so: Callable[[], bool], told: Callable[[], str] = lambda: "") -> None:
    """Wait until `is_so` returns true. Otherwise fail, with the message that `told` returns."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"waited in vain; {told()}"
        time.sleep(_PAUSE)


def find_probes() -> list[threading.Thread]:
    """Return the threads that ask whether a server answers."""
    return [one for one in threading.enumerate() if one.name == PROBE_THREAD]
