"""Setup of the terminal: raw mode and the alternate screen, and how they are undone.

The first screen and the driver that takes over from it share this module. Of the reports that the terminal can
send only bracketed paste is switched on: after a lost connection, modes for focus, mouse or keyboard would make a shell
print codes. Output goes through an open file description of its own. That one does not
block, while the standard streams, which are shared with the shell, still do.
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
MESSAGES: Final = 2

Attributes = list[Any]
"""What `termios.tcgetattr` returns."""

MODES: Final = "\x1b[?25l\x1b[?7l\x1b[?2004h"
"""Sequence that hides the cursor, switches off wrapping at the margin and switches on bracketed paste."""
ENTER: Final = "\x1b[?1049h" + MODES
"""Sequence that switches to the alternate screen (xterm's control sequences: DECSET 1049) and sets the modes."""
MOUSE: Final = "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
_NO_MOUSE = "\x1b[?1006l\x1b[?1003l\x1b[?1000l"
# A terminal that has no alternate screen is cleared.
_LEAVE = "\x1b[0m\x1b[r\x1b[H\x1b[2J\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
_NO_MARGINS = "\x1b[?69l"
_NO_LINK = "\x1b]8;;\x1b\\"
_SESSION = "/dev/tty"
_CANCEL = "\x18"
"""CAN, which ends an unfinished sequence (DEC STD 070)."""
_DEFAULT_SIZE = (80, 24)
_IFLAG, _LFLAG, _CC = 0, 3, 6


class SizeWatch:
    """Watch for changes of the terminal's size, from its creation until another handler for SIGWINCH is installed.

    A size that changes and changes back can be told only from the signal, but the terminal then shows something else.
    """

    def __init__(self) -> None:
        self._is_new = False
        signal.signal(signal.SIGWINCH, self._hear)

    def has_changed(self) -> bool:
        """Return whether the size has changed since the last call."""
        is_new, self._is_new = self._is_new, False
        return is_new

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._is_new = True


class PaintedTerminal(NamedTuple):
    """A terminal that has been taken already and shows a first frame.

    `former_attributes` are those to restore, `pending_input` was read but not handled. `is_resized` returns whether the
    size has changed since the frame was sent. `asked_at` is the time.monotonic() of questions that the terminal
    has not answered (see `questions`), or 0. `has_margins`: it has answered that it has left and right margins.
    `mutes_messages` is what `mute_messages` returned.
    """

    frame: Frame
    former_attributes: Attributes
    pending_input: bytes = b""
    is_resized: Callable[[], bool] = lambda: False
    asked_at: float = 0.0
    has_margins: bool = False
    mutes_messages: bool = False


def make_exit_sequence(abilities: Capabilities, mouse: bool = False) -> str:
    """Return the sequence that undoes `ENTER`, and `MOUSE` if `mouse` is true, in any state that a frame can leave."""
    margins = _NO_MARGINS if abilities.has_margins else ""
    return (_NO_MOUSE if mouse else "") + (_NO_LINK if abilities.links else "") + margins + _LEAVE


def has_session_terminal() -> bool:
    """Return whether keys can be typed on the session's terminal although stdin is not a terminal."""
    try:
        descriptor = os.open(_SESSION, os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return is_foreground(descriptor)
    finally:
        os.close(descriptor)


def attach_input(fd: int = INPUT) -> None:
    """Replace an input that is not a terminal by the session's terminal, also for child processes. Raises OSError."""
    if not os.isatty(fd):
        descriptor = os.open(_SESSION, os.O_RDWR | os.O_NOCTTY)
        os.dup2(descriptor, fd)
        if descriptor != fd:
            os.close(descriptor)


def enter_raw_mode(fd: int = INPUT) -> Attributes:
    """Put the terminal into raw mode and return its former attributes. Pending input is kept. Raises OSError."""
    try:
        before = termios.tcgetattr(fd)
        _set(fd, _raw(before))
    except termios.error as error:
        raise OSError(*error.args) from None
    return before


def restore_attributes(before: Attributes, fd: int = INPUT) -> None:
    """Restore the attributes, unless the terminal is gone or belongs to another job at the moment."""
    if is_foreground(fd):
        with suppress(termios.error):
            _set(fd, before)


def is_foreground(fd: int = INPUT) -> bool:
    """Return whether this job may change the terminal: it is in the foreground, or there is no foreground job."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True


def size(fd: int = OUTPUT) -> tuple[int, int]:
    """Return the number of columns and rows. A number that the terminal does not know (0) is taken as 80 or 24."""
    try:
        found = os.get_terminal_size(fd)
    except OSError:
        return _DEFAULT_SIZE
    return (found.columns or _DEFAULT_SIZE[0], found.lines or _DEFAULT_SIZE[1])


def open_output(fd: int = OUTPUT) -> int:
    """Return a new descriptor of the same terminal for output that never blocks. Raises OSError."""
    with suppress(OSError):
        return _open_for_output(os.ttyname(fd))
    with suppress(OSError):
        # A terminal of another user, or one outside of a container, cannot be opened by its name.
        return _open_for_output(_SESSION)
    shared = os.dup(fd)
    os.set_blocking(shared, False)
    return shared


def close_output(descriptor: int) -> None:
    """Close a descriptor that `open_output` returned."""
    with suppress(OSError):
        # Its open file description may be shared with the shell.
        os.set_blocking(descriptor, True)
        os.close(descriptor)


def mute_messages() -> bool:
    """Have what is written to stderr discarded if it would stand on the screen, and return whether that is so.

    Libraries that are not in Python write messages there. If stderr is not the terminal of the output, it stays.
    """
    with suppress(OSError):
        if os.ttyname(MESSAGES) != os.ttyname(OUTPUT):
            return False
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, MESSAGES)
        os.close(nothing)
        return True
    return False


def unmute_messages() -> None:
    """Have stderr on the terminal of the output again, after `mute_messages` returned True. Raises nothing."""
    with suppress(OSError):
        os.dup2(OUTPUT, MESSAGES)


def write_output(descriptor: int, data: bytes, seconds: float | None) -> bytes:
    """Write to the descriptor for at most `seconds`, and return what was not written. Raises OSError.

    `seconds` None means to wait until everything is written.
    """
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


def write_last(descriptor: int, left: bytes, last: bytes, seconds: float) -> None:
    """Write `left` and then `last`.

    When that takes longer than `seconds`, the waiting output is discarded and only `last` is written, if possible. No
    error is raised: there is nothing to do about a terminal that is gone.
    """
    with suppress(OSError, termios.error):
        if write_output(descriptor, left + last, seconds):
            termios.tcflush(descriptor, termios.TCOFLUSH)
            write_output(descriptor, _CANCEL.encode() + last, 0)


def _open_for_output(name: str) -> int:
    return os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)


def _raw(before: Attributes) -> Attributes:
    raw = [*before[:_CC], list(before[_CC])]
    raw[_IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
    raw[_LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    raw[_CC][termios.VMIN], raw[_CC][termios.VTIME] = 1, 0
    return raw


def _set(fd: int, attributes: Attributes) -> None:
    # In the background this call stops the job (SIGTTOU), and fails with EINTR when the job is continued.
    while True:
        try:
            termios.tcsetattr(fd, termios.TCSANOW, attributes)
            return
        except termios.error as error:
            if error.args[0] != errno.EINTR:
                raise
