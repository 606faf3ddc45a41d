"""The terminal is taken once and given back as it was: raw mode, the screen of its own, and how that is undone.

Shared by the first picture and the driver that takes over from it. Nothing is asked of the terminal, and of what it may
send only pastes are changed: focus, mouse and keyboard protocols would leave a shell printing codes after a line drops.
Text goes out through a description of the terminal of our own: one that does not block without that being so for
the shell, which shares the standard streams.
"""

import errno
import os
import select
import signal
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import Frame

INPUT: Final = 0
OUTPUT: Final = 1

Attributes = list[Any]
"""What termios.tcgetattr gives."""

MODES: Final = "\x1b[?25l\x1b[?7l\x1b[?2004h"
"""Cursor hidden, no wrapping at the margin, pasted text bracketed."""
ENTER: Final = "\x1b[?1049h" + MODES
"""To a screen of its own (xterm's control sequences: DECSET 1049)."""
MOUSE: Final = "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
_NO_MOUSE = "\x1b[?1006l\x1b[?1003l\x1b[?1000l"
# What has no screen of its own is left clean.
_LEAVE = "\x1b[0m\x1b[r\x1b[H\x1b[2J\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
_NO_LINK = "\x1b]8;;\x1b\\"
_SESSION = "/dev/tty"
_CANCEL = "\x18"
"""CAN: whatever sequence was cut off is not gone on with (DEC STD 070)."""
_USUAL = (80, 24)
_IFLAG, _LFLAG, _CC = 0, 3, 6


class SizeChanges:
    """Hears of every change of the terminal's size, from when it is made until another handler takes SIGWINCH over.

    A size that changes and changes back leaves no trace but the signal, and on the terminal another picture.
    """

    def __init__(self) -> None:
        self._is_new = False
        signal.signal(signal.SIGWINCH, self._hear)

    def is_new(self) -> bool:
        """Whether the size has changed since this was last asked."""
        is_new, self._is_new = self._is_new, False
        return is_new

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._is_new = True


class Painted(NamedTuple):
    """The terminal is taken already: the `frame` that is on it, its attributes from `before`, and what was read of it
    that nobody has answered yet. `is_resized`: whether its size has changed since the frame was sent."""

    frame: Frame
    before: Attributes
    typed: bytes = b""
    is_resized: Callable[[], bool] = lambda: False


def leaving(abilities: Capabilities, mouse: bool = False) -> str:
    """All that `ENTER`, and `MOUSE` if so, switched on is switched off, in any state that a frame can leave."""
    return (_NO_MOUSE if mouse else "") + (_NO_LINK if abilities.links else "") + _LEAVE


def is_at_hand() -> bool:
    """Whether keys can be typed on the session's terminal, where stdin is none."""
    try:
        descriptor = os.open(_SESSION, os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return is_in_front(descriptor)
    finally:
        os.close(descriptor)


def seated(fd: int = INPUT) -> None:
    """Put the session's terminal in the place of an input that is no terminal, for children, too. Raises OSError."""
    if not os.isatty(fd):
        descriptor = os.open(_SESSION, os.O_RDWR | os.O_NOCTTY)
        os.dup2(descriptor, fd)
        if descriptor != fd:
            os.close(descriptor)


def take(fd: int = INPUT) -> Attributes:
    """Put the terminal into raw mode, and give its attributes from before; what was typed is kept. Raises OSError."""
    try:
        before = termios.tcgetattr(fd)
        _set(fd, _raw(before))
    except termios.error as error:
        raise OSError(*error.args) from None
    return before


def give_back(before: Attributes, fd: int = INPUT) -> None:
    """Set the attributes again. Nothing is done to a terminal that is gone, or that another job has in front."""
    if is_in_front(fd):
        with suppress(termios.error):
            _set(fd, before)


def is_in_front(fd: int = INPUT) -> bool:
    """Whether the terminal is this job's to change; also when it is nobody's."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True


def size(fd: int = OUTPUT) -> tuple[int, int]:
    """Columns and rows. What the terminal does not know (0, over a serial line) is taken for 80 by 24."""
    try:
        found = os.get_terminal_size(fd)
    except OSError:
        return _USUAL
    return (found.columns or _USUAL[0], found.lines or _USUAL[1])


def own(fd: int = OUTPUT) -> int:
    """A descriptor of the same terminal to write to, which never blocks. Raises OSError when there is no terminal."""
    with suppress(OSError):
        return _opened(os.ttyname(fd))
    with suppress(OSError):
        # Another user's terminal cannot be opened by its name, nor one from outside of a container.
        return _opened(_SESSION)
    shared = os.dup(fd)
    os.set_blocking(shared, False)
    return shared


def disown(descriptor: int) -> None:
    """Close what `own` gave."""
    with suppress(OSError):
        # It may be shared with the shell.
        os.set_blocking(descriptor, True)
        os.close(descriptor)


def send(descriptor: int, data: bytes, seconds: float | None) -> bytes:
    """Write to what `own` gave for at most so long (None: to the end), and give what was not taken. Raises OSError."""
    until = None if seconds is None else time.monotonic() + seconds
    while data:
        with suppress(BlockingIOError):
            data = data[os.write(descriptor, data) :]
            continue
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            break
        select.select([], [descriptor], [], left)
    return data


def send_last(descriptor: int, left: bytes, last: bytes, seconds: float) -> None:
    """Write what is `left`, then the `last` words; when the line does not take that in time, only those, if it can be.

    Nothing is raised: who gives a terminal back that is gone has nothing to do.
    """
    with suppress(OSError, termios.error):
        if send(descriptor, left + last, seconds):
            termios.tcflush(descriptor, termios.TCOFLUSH)
            send(descriptor, _CANCEL.encode() + last, 0)


def _opened(name: str) -> int:
    return os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)


def _raw(before: Attributes) -> Attributes:
    raw = [*before[:_CC], list(before[_CC])]
    raw[_IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
    raw[_LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    raw[_CC][termios.VMIN], raw[_CC][termios.VTIME] = 1, 0
    return raw


def _set(fd: int, attributes: Attributes) -> None:
    # From the background it stops the job (SIGTTOU), and is interrupted when that is continued.
    while True:
        try:
            termios.tcsetattr(fd, termios.TCSANOW, attributes)
            return
        except termios.error as error:
            if error.args[0] != errno.EINTR:
                raise
