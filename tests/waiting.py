"""Tests wait for what they want, never for a time: a machine with much else to do only takes longer to get there."""

import fcntl
import termios
import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds after which it will not come any more. They pass only where a test fails, so that there are many of them."""
_PAUSE = 0.01


def taken(terminal: int) -> bool:
    """Whether all that was typed at a terminal has been read by the program that runs there."""
    left = bytearray(4)
    fcntl.ioctl(terminal, termios.FIONREAD, left)
    return not any(left)


def until(is_so: Callable[[], bool], told: Callable[[], str] = lambda: "") -> None:
    """Wait until that is so; a test fails that waits in vain, and tells this."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"waited in vain; {told()}"
        time.sleep(_PAUSE)
