"""A program on a pseudo-terminal of its own, timed by the bytes that it sends.

While the program works its bytes are only collected with their times, and an emulator reads them afterwards, so that
this costs the program nothing. The time of a screen is that of the last byte of the burst that completed it.
"""

import fcntl
import math
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pyte
from builds import BenchmarkError
from process_costs import megabytes

_QUIET = 0.25
"""Seconds without a byte after which the program counts as settled."""
_MOST, _PATIENCE = 3.0, 20.0
"""Seconds to wait for the program to settle, and to wait for it to show anything at all."""
_BURST = 0.004
"""Seconds between two bytes that may still belong to one frame."""

Size = tuple[int, int]
Part = Callable[["Screen"], str]
"""Function that returns the part of the screen that is watched, as text."""


class Screen:
    """The screen of an emulator."""

    def __init__(self, size: Size) -> None:
        self.columns, self.lines = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        """Apply what the program sent."""
        self._stream.feed(data)

    @property
    def rows(self) -> list[str]:
        """The rows as text."""
        # pyte's own `display` raises IndexError where a wide character is half overwritten.
        columns = range(self.columns)
        cells = (self._screen.buffer[line] for line in range(self.lines))
        return ["".join([row[column].data for column in columns]).rstrip() for row in cells]

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.rows)

    def box(self, title: str) -> str:
        """Return the content of the frame whose title begins with `title`, or "" when there is none."""
        buffer = self._screen.buffer
        for top, row in enumerate(self._screen.display):
            if f"╭─ {title}" not in row:
                continue
            cells = [buffer[top][column].data for column in range(self.columns)]
            wanted = f"╭─ {title}"
            left = next(at for at in range(self.columns) if "".join(cells[at:]).startswith(wanted))
            right = next((at for at in range(left + 1, self.columns) if cells[at] == "╮"), self.columns)
            below = range(top + 1, self.lines)
            bottom = next((at for at in below if buffer[at][left].data == "╰"), self.lines)
            inside = range(left + 1, right)
            return "\n".join("".join(buffer[at][column].data for column in inside) for at in range(top + 1, bottom))
        return ""


class Answer(NamedTuple):
    """What followed a key, in milliseconds.

    `first` is the time until its part of the screen changed, `whole` until it no longer did. `changed` tells whether it
    changed at all; if not, both are the times of the first burst.
    """

    first: float
    whole: float
    changed: bool
    bytes: int


class Terminal:
    """The program, its process id, and its screen as far as it was read."""

    def __init__(self, process: int, line: int, size: Size, began: float) -> None:
        self.process = process
        self.screen = Screen(size)
        self._line, self._began = line, began

    def answer(self, keys: str, part: Part) -> Answer:
        """Press keys, and time what follows in this part of the screen."""
        self.taken(0)
        began = time.perf_counter()
        os.write(self._line, keys.encode())
        return self._answer(began, part)

    def started(self, part: Part) -> Answer:
        """Time what is shown from the program's start on."""
        return self._answer(self._began, part)

    def press(self, keys: str) -> None:
        """Press keys, and wait until the program has settled."""
        os.write(self._line, keys.encode())
        self.taken(_QUIET)

    def settled(self, part: Part) -> bool:
        """Wait until this part of the screen is not blank, and return whether that was reached."""
        end = time.monotonic() + _PATIENCE
        while _is_blank(part(self.screen)) and time.monotonic() < end:
            self.taken(_QUIET)
        return not _is_blank(part(self.screen))

    def taken(self, quiet: float) -> list[tuple[float, bytes]]:
        """Return what the program sends until it is quiet for `quiet` seconds, with times, and show it."""
        found = list(self._bursts(quiet, time.perf_counter() + _MOST))
        for _, data in found:
            self.screen.feed(data)
        return found

    def memory(self) -> float:
        """Return the memory of the program in megabytes (VmRSS)."""
        return megabytes(self.process, "VmRSS")

    def children(self) -> dict[int, float]:
        """Return the processes that the program has started, with their megabytes."""
        with suppress(OSError):
            words = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii")
            return {int(word): megabytes(int(word), "VmRSS") for word in words.split()}
        return {}

    def _answer(self, began: float, part: Part) -> Answer:
        before, pictures, sent = part(self.screen), list[tuple[float, str]](), 0
        while not pictures or _is_blank(pictures[-1][1]):
            for moment, data in self._bursts(_QUIET, time.perf_counter() + _MOST):
                self.screen.feed(data)
                sent += len(data)
                pictures.append((1000 * (moment - began), part(self.screen)))
            silent = time.perf_counter() - began
            if silent > _MOST and not pictures and not _is_blank(before):
                return Answer(math.nan, math.nan, False, 0)
            if silent > _PATIENCE:
                return Answer(math.inf, math.inf, False, sent)
        final = pictures[-1][1]
        if final == before:
            return Answer(pictures[0][0], pictures[0][0], False, sent)
        first = next(
            moment for moment, shown in pictures if shown == final or (shown != before and not _is_blank(shown))
        )
        whole = math.inf
        for moment, shown in reversed(pictures):
            if shown != final:
                break
            whole = moment
        return Answer(first, whole, True, sent)

    def _bursts(self, quiet: float, end: float) -> Iterator[tuple[float, bytes]]:
        """Yield bytes that came together, with the time of the last, until `quiet` seconds pass or `end` is reached."""
        found: list[tuple[float, bytes]] = []
        while (left := min(quiet, end - time.perf_counter())) > 0 or not found:
            ready, _, _ = select.select([self._line], [], [], max(0, left))
            if not ready:
                break
            try:
                data = os.read(self._line, 1 << 16)
            except OSError as error:
                if found:
                    # Its last output is handled first; that it has ended is noticed again.
                    break
                raise BenchmarkError(f"the program has ended; its screen was:\n{self.screen.text}") from error
            moment = time.perf_counter()
            if found and moment - found[-1][0] < _BURST:
                data = found.pop()[1] + data
            found.append((moment, data))
        yield from found


@contextmanager
def terminal(command: list[str], environment: Mapping[str, str], size: Size) -> Iterator[Terminal]:
    """Run the program on a terminal of this size. It is asked to leave afterwards, and killed when it does not."""
    columns, lines = size
    own = {**environment, "TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(lines)}
    began = time.perf_counter()
    process, line = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.execvpe(command[0], command, own)
    try:
        yield Terminal(process, line, size, began)
    finally:
        _end(process, line)


def _end(process: int, line: int) -> None:
    with suppress(OSError):
        os.write(line, b"\x1b\x1b")
    for keys, number in ((b"q", 0), (b"q", 0), (b"", signal.SIGTERM), (b"", signal.SIGKILL)):
        with suppress(OSError):
            os.write(line, keys)
        if number:
            os.kill(process, number)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            with suppress(OSError):
                # A program that cannot write cannot leave.
                if select.select([line], [], [], 0.02)[0]:
                    os.read(line, 1 << 16)
            if os.waitpid(process, os.WNOHANG)[0]:
                os.close(line)
                return
    os.waitpid(process, 0)
    os.close(line)


def _is_blank(shown: str) -> bool:
    """Return whether a part of the screen shows nothing yet."""
    words = shown.strip(" \n│▌")
    return not words or words.startswith("searching …")
