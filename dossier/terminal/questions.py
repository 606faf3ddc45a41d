"""The three questions to the terminal: whether it is PuTTY, has margins, and how wide an ambiguous character is.

They go out with the first picture, which is drawn over whatever they leave on the screen. The first one is for the
secondary device attributes (CSI > c, DA2). The second is for the state of the mode for left and right margins (DECRQM
of DECLRMM, CSI ? 69 $ p; DEC's VT420), which is 1 or 2 where there is that mode. The third is for the cursor's position
behind one ambiguous character (CSI 6 n, CPR; ECMA-48, 8.3.14). Its row is the second one: `CSI 1 ; 2 R` is a key in
some terminals, F3 with Shift.

A terminal answers in the order of its input, so nothing has to wait, and the answer to the third question is the last
one, whether there were others before it or not.

PuTTY says TERM=xterm, and that it is version 136 of xterm (terminal.c: so that Vim uses its mouse). That version is of
2000, and answers so only when it is told to be a VT100. Every other terminal that was asked has another version or
another last number, or does not answer.
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

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.text.late_patterns import compile_late

if TYPE_CHECKING:
    from dossier.terminal.key_decoder import AttributesReport, CursorReport, ModeReport

QUESTIONS: Final = "\x1b[>c\x1b[?69$p\x1b[2H“\x1b[6n"
_ROW: Final = 2
_LEAST_SIZE: Final = (4, 2)
"""The fewest columns and rows of a terminal that can be asked."""
_PUTTY: Final = "0;136;0"
_MARGINS: Final = ("69;1", "69;2")
_WIDTH_ANSWER: Final = compile_late(rb"\x1b\[2;([23])R")
_ATTRIBUTES_ANSWER: Final = compile_late(rb"\x1b\[([>?][0-9;]*)c")
"""The answer to the first question; with `?`, that of a terminal which takes it for the primary device attributes."""
_MODE_ANSWER: Final = compile_late(rb"\x1b\[\?([0-9;]*)\$y")

_ANSWER_SECONDS: Final = 2.0
"""Seconds after the questions in which an answer may still come when the terminal is given back."""
_LAST_SECONDS: Final = 0.5
"""Seconds that giving it back waits for the last answer at most."""


class Answers(NamedTuple):
    """What the terminal has answered: the cells of an ambiguous character, 1 or 2, whether it is PuTTY, has margins.

    `cells` is 0 as long as it has not told, and then the others may still come.
    """

    cells: int = 0
    is_putty: bool = False
    has_margins: bool = False


def can_be_asked(size: tuple[int, int]) -> bool:
    """Return whether a terminal of this size, in columns and rows, has room for the questions."""
    return size[0] >= _LEAST_SIZE[0] and size[1] >= _LEAST_SIZE[1]


def read_width(report: "CursorReport") -> int:
    """Return how many cells an ambiguous character takes by this report, 1 or 2; 0 when it is no answer."""
    return report.column - 1 if report.row == _ROW and report.column in (2, 3) else 0


def is_putty(report: "AttributesReport") -> bool:
    """Return whether this report is that of PuTTY."""
    return report.numbers == _PUTTY


def has_margins(report: "ModeReport") -> bool:
    """Return whether the terminal has left and right margins by this report."""
    return report.numbers in _MARGINS


def take_answers(typed: bytes) -> tuple[bytes, Answers]:
    """Return the input without the first answer to each question in it, and these answers."""
    typed, told = _take(_ATTRIBUTES_ANSWER(), typed)
    typed, mode = _take(_MODE_ANSWER(), typed)
    typed, column = _take(_WIDTH_ANSWER(), typed)
    return typed, Answers(int(column) - 1 if column else 0, told == f">{_PUTTY}".encode(), mode.decode() in _MARGINS)


def discard_answers(asked_at: float, begun: bytes = b"", fd: int = tty.INPUT) -> None:
    """Wait for the last answer for a moment, and take the answers from the input, which the shell would take for keys.

    `asked_at` is the time of the questions, and `begun` what has come of an answer so far. Keys that were typed before
    the last answer are put back for the shell, where the system allows that. What is behind it stays with the terminal.
    """
    until = min(asked_at + _ANSWER_SECONDS, time.monotonic() + _LAST_SECONDS)
    got, cells = begun, 0
    with suppress(OSError):
        while not cells and (left := until - time.monotonic()) > 0 and select.select([fd], [], [], left)[0]:
            got, (cells, *_) = take_answers(got + os.read(fd, 1))
        if keys := got.removeprefix(begun):
            _put_back(keys, fd)


def _take(answer: re.Pattern[bytes], typed: bytes) -> tuple[bytes, bytes]:
    """Return the input without the first such answer, and what is told by that, or b""."""
    found = answer.search(typed)
    return (typed[: found.start()] + typed[found.end() :], found[1]) if found else (typed, b"")


def _put_back(keys: bytes, fd: int) -> None:
    """Put keys back before what is waiting in the input. Raises OSError where the system does not allow it."""
    behind = int.from_bytes(ioctl(fd, termios.FIONREAD, bytes(4)), sys.byteorder)
    _type(keys, fd)
    # They are at the end now, and what was typed after them goes behind them.
    _type(os.read(fd, behind) if behind else b"", fd)


def _type(keys: bytes, fd: int) -> None:
    for number in keys:
        ioctl(fd, termios.TIOCSTI, bytes((number,)))
