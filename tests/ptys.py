"""Programs on a pseudo-terminal controlled by the test: every byte, when it is read, and when the connection is lost.

Unlike in `terminals`, nothing is in between: no tmux that reads ahead, and no shell that cleans up.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from emulator import MendedByteStream, MendedPyte
from waiting import taken
from waiting import until as wait_until

ROOT = Path(__file__).parent.parent
_BEGUN, _ENDED = b"\x1b[?2026h", b"\x1b[?2026l"
"""The sequences around a frame, for a terminal that knows them."""


class Line:
    """A pseudo-terminal with a program at its far end. `sent` is all output of the program, as it was read."""

    def __init__(self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]) -> None:
        self.near, self.far = pty.openpty()
        self.columns, self.rows = columns, rows
        self.resize(columns, rows, tell=False)
        self.before = self.attributes()
        self.sent = b""
        self._screen = MendedPyte(columns, rows)
        self._stream = MendedByteStream(self._screen)
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        given = {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environment}
        far = self.far
        self.child = subprocess.Popen(command, stdin=far, stdout=far, stderr=far, env=given, preexec_fn=_lead)  # noqa: PLW1509

    def attributes(self) -> list[Any]:
        return termios.tcgetattr(self.far)

    def resize(self, columns: int, rows: int, tell: bool = True) -> None:
        fcntl.ioctl(self.near, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if tell:
            self.columns, self.rows = columns, rows
            self._screen.resize(max(1, rows), max(1, columns))

    def lose(self, columns: int, rows: int) -> None:
        """Change the size, and clear the emulated screen."""
        self.resize(columns, rows)
        self._screen.erase_in_display(2)

    def type(self, keys: bytes | str) -> None:
        os.write(self.near, keys if isinstance(keys, bytes) else keys.encode())

    def read(self, seconds: float = 0.05) -> bytes:
        """Return the output until there is none for `seconds`."""
        got = b""
        while select.select([self.near], [], [], seconds)[0]:
            try:
                data = os.read(self.near, 65536)
            except OSError:
                break
            if not data:
                break
            got += data
        self.sent += got
        self._stream.feed(got)
        return got

    def take(self) -> None:
        """Wait until the program has read all input."""
        wait_until(lambda: taken(self.far), lambda: "what was typed is not read")

    def fill(self, *packets: str) -> None:
        """Type these packets repeatedly, without reading any output, until the terminal takes no more of it."""

        def is_full() -> bool:
            for packet in packets:
                self.type(packet)
                self.take()
            return not select.select([], [self.far], [], 0)[1]

        wait_until(is_full, lambda: "the line is never full")

    def has_come(self, words: bytes) -> bool:
        """Return whether the output so far contains `words`."""
        self.read(0)
        return words in self.sent

    @property
    def is_whole(self) -> bool:
        """Whether no frame has arrived in part only."""
        return self.sent.rfind(_BEGUN) <= self.sent.rfind(_ENDED)

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self._screen.display)

    @property
    def cursor_row(self) -> str:
        """The text of the row that the cursor is on."""
        return self._screen.display[self._screen.cursor.y].rstrip()

    def wait(self, *words: str, until: Callable[[], bool] = lambda: True) -> str:
        """Return the text of the screen once it contains all these words in a complete frame."""

        def is_there() -> bool:
            self.read()
            return self.is_whole and all(one in self.text for one in words) and until()

        wait_until(is_there, lambda: f"{words} never came; the screen is:\n{self.text}\n{self.sent[-400:]!r}")
        return self.text

    def kill(self, number: int) -> None:
        os.kill(self.child.pid, number)

    def status(self, reads: bool = True) -> int:
        """Return the exit status of the program, which has to end by itself.

        `reads` tells whether its output is read meanwhile.
        """

        def has_ended() -> bool:
            if reads:
                self.read(0)
            return self.child.poll() is not None

        wait_until(has_ended, lambda: f"it still runs; the screen is:\n{self.text}")
        if reads:
            self.read(0)
        return int(self.child.returncode)

    def cut(self) -> None:
        """Close both ends, as when the connection is lost."""
        for descriptor in (self.near, self.far):
            with suppress(OSError):
                os.close(descriptor)

    def memory(self, at: str = "VmRSS") -> int:
        """Return the memory of the program in kilobytes: now (VmRSS), or at its maximum (VmHWM)."""
        status = Path(f"/proc/{self.child.pid}/status").read_text("utf-8")
        return int(next(line for line in status.splitlines() if line.startswith(at)).split()[1])


@contextmanager
def line(command: Sequence[str], columns: int = 80, rows: int = 24, **environment: str) -> Iterator[Line]:
    """Run a program on a pseudo-terminal of its own, and kill what is left of it afterwards."""
    opened = Line(command, columns, rows, environment)
    try:
        yield opened
    finally:
        with suppress(ProcessLookupError):
            os.killpg(opened.child.pid, signal.SIGKILL)
        opened.child.wait()
        opened.cut()


def _lead() -> None:
    """Become the leader of a session with this terminal, like a program that sshd starts."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def python(*words: str) -> list[str]:
    return [sys.executable, *words]
