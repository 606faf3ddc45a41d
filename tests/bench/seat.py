"""A program on a pseudo-terminal of its own, and a user who types.

What the program sends is only counted and stamped with its time. An emulator reads it once the program has stopped
sending, so that this does not affect the measurement. The terminal answers no queries, unless it is to have left and
right margins. The emulator knows none, and scrolls whole rows where the program scrolls a pane, which is enough to tell
whether the text has moved.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from typing import NamedTuple

import pyte
from builds import BenchmarkError

Size = tuple[int, int]
"""Columns and lines."""

_LEAVING = 3.0
_ALTERNATE = 1049
_ASKS_FOR_MARGINS, _HAS_MARGINS = b"\x1b[?69$p", b"\x1b[?69;2$y"
"""The question for mode 69, which lets left and right margins be set, and the answer that the mode is off (DECRQM)."""


def size_of(words: str) -> Size:
    """Return the size that is written as 80x24. Raises BenchmarkError when it is none."""
    columns, by, lines = words.partition("x")
    if not (by and columns.isdecimal() and lines.isdecimal()):
        raise BenchmarkError(f"{words} is no size: write columns and lines, such as 80x24")
    return int(columns), int(lines)


class Emulator(pyte.Screen):
    """pyte's screen with an alternate screen (mode 1049 of xterm's ctlseqs), which pyte does not have."""

    def __init__(self, size: Size) -> None:
        super().__init__(*size)
        self._plain = self.buffer, self.cursor

    def set_mode(self, *modes: int, **kinds: bool) -> None:
        """Switch modes on. The alternate screen is blank at first."""
        super().set_mode(*modes, **kinds)
        if kinds.get("private") and _ALTERNATE in modes:
            self._plain = self.buffer, self.cursor
            self.buffer, self.cursor = copy(self.buffer), copy(self.cursor)
            self.buffer.clear()

    def set_margins(self, top: int | None = None, bottom: int | None = None, **kinds: bool) -> None:
        """Set or reset the scroll region. Both move the cursor home (DECSTBM in DEC's VT220 manual).

        The private sequence with the same letter, which restores modes, does nothing.
        """
        if not kinds.get("private"):
            super().set_margins(top, bottom)
            self.cursor_position()

    def reset_mode(self, *modes: int, **kinds: bool) -> None:
        """Switch modes off. The content of the normal screen is restored."""
        super().reset_mode(*modes, **kinds)
        if kinds.get("private") and _ALTERNATE in modes:
            self.buffer, self.cursor = self._plain
            self.dirty.update(range(self.lines))


class Burst(NamedTuple):
    """Bytes that were read at once, and when, in seconds of time.perf_counter()."""

    moment: float
    data: bytes


class Screening:
    """An emulator, and what it shows."""

    def __init__(self, size: Size) -> None:
        self.screen = Emulator(size)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    @property
    def picture(self) -> object:
        """Every cell with its style, and the position of the cursor, as a value that can be compared."""
        screen = self.screen
        cells = tuple(screen.buffer[row][column] for row in range(screen.lines) for column in range(screen.columns))
        return cells, screen.cursor.x, screen.cursor.y

    def look(self, bursts: Sequence[Burst]) -> None:
        """Apply what was sent to the screen."""
        for burst in bursts:
            self._stream.feed(burst.data)


class Seat(Screening):
    """The program's process id, its screen as far as it was read, and the time of its start."""

    def __init__(self, process: int, line: int, size: Size, began: float, has_margins: bool) -> None:
        super().__init__(size)
        self._has_margins = has_margins
        self.process, self.began = process, began
        self._line = line

    def press(self, keys: str) -> float:
        """Press keys, all in one packet, and return the time before."""
        moment = time.perf_counter()
        os.write(self._line, keys.encode())
        return moment

    def bursts(self, quiet: float, patience: float) -> list[Burst]:
        """Return what comes until the program is quiet for `quiet` seconds, without applying it to the screen.

        The first byte is waited for `patience` seconds.
        """
        found: list[Burst] = []
        left = patience
        while select.select([self._line], [], [], left)[0]:
            try:
                data = os.read(self._line, 1 << 16)
            except OSError:
                # Linux reports this way that no process has the other end open.
                break
            if not data:
                break
            found.append(Burst(time.perf_counter(), data))
            if self._has_margins and _ASKS_FOR_MARGINS in data:
                os.write(self._line, _HAS_MARGINS)
            left = quiet
        return found


@contextmanager
def seat(
    command: Sequence[str], environment: Mapping[str, str], size: Size, has_margins: bool = False
) -> Iterator[Seat]:
    """Run the program on a terminal of this size, with this environment only.

    Afterwards its terminal hangs up, and it is killed when it does not end.
    """
    columns, lines = size
    began = time.perf_counter()
    process, line = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.execvpe(command[0], list(command), dict(environment))
    try:
        yield Seat(process, line, size, began, has_margins)
    finally:
        os.close(line)
        _end(process)


def _end(process: int) -> None:
    for number in (signal.SIGHUP, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(process, number)
        end = time.monotonic() + _LEAVING
        while time.monotonic() < end:
            try:
                if os.waitpid(process, os.WNOHANG)[0]:
                    return
            except ChildProcessError:
                return
            time.sleep(0.005)
