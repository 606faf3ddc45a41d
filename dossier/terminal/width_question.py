"""The question to the terminal how wide an ambiguous character is, and the answer.

One such character is written where the first picture is drawn over it, and then the cursor's position is asked for (CSI
6 n, CPR; ECMA-48, 8.3.14). Every terminal that knows the question answers it in the order of its input, so nothing has
to wait. The row is the second one: `CSI 1 ; 2 R` is a key in some terminals, F3 with Shift.
"""

import os
import re
import select
import sys
import termios
import time
from contextlib import suppress
from fcntl import ioctl
from typing import TYPE_CHECKING, Final

from dossier.terminal import tty

if TYPE_CHECKING:
    from dossier.terminal.key_decoder import CursorReport

QUESTION: Final = "\x1b[2H“\x1b[6n"
_ROW: Final = 2
_LEAST_SIZE: Final = (4, 2)
"""The fewest columns and rows of a terminal that can be asked."""
_ANSWER: Final = re.compile(rb"\x1b\[2;([23])R")

_ANSWER_SECONDS: Final = 2.0
"""Seconds after a question in which an answer may still come when the terminal is given back."""
_LAST_SECONDS: Final = 0.5
"""Seconds that giving it back waits for the answer at most."""


def can_be_asked(size: tuple[int, int]) -> bool:
    """Return whether a terminal of this size, in columns and rows, has room for the question."""
    return size[0] >= _LEAST_SIZE[0] and size[1] >= _LEAST_SIZE[1]


def read_answer(report: "CursorReport") -> int:
    """Return how many cells an ambiguous character takes by this report, 1 or 2; 0 when it is no answer."""
    return report.column - 1 if report.row == _ROW and report.column in (2, 3) else 0


def take_answer(typed: bytes) -> tuple[bytes, int]:
    """Return the input without the first answer in it, and that answer, 1 or 2; 0 when it has none."""
    found = _ANSWER.search(typed)
    return (typed[: found.start()] + typed[found.end() :], int(found[1]) - 1) if found else (typed, 0)


def discard_answer(asked_at: float, begun: bytes = b"", fd: int = tty.INPUT) -> None:
    """Wait for the answer for a moment, and take it from the input: the shell would take it for something typed.

    `asked_at` is the time of the question, and `begun` what has come of the answer so far. Keys that were typed before
    the answer are put back for the shell, where the system allows that. What is behind it stays with the terminal.
    """
    until = min(asked_at + _ANSWER_SECONDS, time.monotonic() + _LAST_SECONDS)
    got, cells = begun, 0
    with suppress(OSError):
        while not cells and (left := until - time.monotonic()) > 0 and select.select([fd], [], [], left)[0]:
            got, cells = take_answer(got + os.read(fd, 1))
        if keys := got.removeprefix(begun):
            _put_back(keys, fd)


def _put_back(keys: bytes, fd: int) -> None:
    """Put keys back before what is waiting in the input. Raises OSError where the system does not allow it."""
    behind = int.from_bytes(ioctl(fd, termios.FIONREAD, bytes(4)), sys.byteorder)
    _type(keys, fd)
    # They are at the end now, and what was typed after them goes behind them.
    _type(os.read(fd, behind) if behind else b"", fd)


def _type(keys: bytes, fd: int) -> None:
    for number in keys:
        ioctl(fd, termios.TIOCSTI, bytes((number,)))
