"""A program on a pseudo-terminal that is ours: every byte of it, when it is read, and when the line goes.

Unlike in `terminals`, nothing stands between: no tmux that reads ahead, and no shell that tidies up.
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

import pyte
from emulator import MendedPyte
from waiting import taken
from waiting import until as wait_until

ROOT = Path(__file__).parent.parent
_BEGUN, _ENDED = b"\x1b[?2026h", b"\x1b[?2026l"
"""Around a picture, where the terminal is one that knows them."""


class Line:
    """The near end of a line, at whose far end a program runs. `sent`: all that it has sent, as it was read."""

    def __init__(self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]) -> None:
        self.near, self.far = pty.openpty()
        self.columns, self.rows = columns, rows
        self.resize(columns, rows, tell=False)
        self.before = self.attributes()
        self.sent = b""
        self._screen = MendedPyte(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
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
        """Take another size, and lose the picture."""
        self.resize(columns, rows)
        self._screen.erase_in_display(2)

    def type(self, keys: bytes | str) -> None:
        os.write(self.near, keys if isinstance(keys, bytes) else keys.encode())

    def read(self, seconds: float = 0.05) -> bytes:
        """What arrives until it is silent for so long."""
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
        """Wait until the program has read all that was typed."""
        wait_until(lambda: taken(self.far), lambda: "what was typed is not read")

    def fill(self, *packets: str) -> None:
        """Type these packets over and over, and read nothing, until the line takes no more of what is sent for them."""

        def is_full() -> bool:
            for packet in packets:
                self.type(packet)
                self.take()
            return not select.select([], [self.far], [], 0)[1]

        wait_until(is_full, lambda: "the line is never full")

    def has_come(self, words: bytes) -> bool:
        """Whether that was sent up to now."""
        self.read(0)
        return words in self.sent

    @property
    def is_whole(self) -> bool:
        """Whether no picture is on its way of which a part is still to come."""
        return self.sent.rfind(_BEGUN) <= self.sent.rfind(_ENDED)

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self._screen.display)

    def wait(self, *words: str, until: Callable[[], bool] = lambda: True) -> str:
        """The text of the screen, once all these words are on it in a picture that has come whole."""

        def is_there() -> bool:
            self.read()
            return self.is_whole and all(one in self.text for one in words) and until()

        wait_until(is_there, lambda: f"{words} never came; the screen is:\n{self.text}\n{self.sent[-400:]!r}")
        return self.text

    def kill(self, number: int) -> None:
        os.kill(self.child.pid, number)

    def status(self, reads: bool = True) -> int:
        """How the program ended, which it does by itself; `reads`: whether its last words are read meanwhile."""

        def has_ended() -> bool:
            if reads:
                self.read(0)
            return self.child.poll() is not None

        wait_until(has_ended, lambda: f"it still runs; the screen is:\n{self.text}")
        if reads:
            self.read(0)
        return int(self.child.returncode)

    def cut(self) -> None:
        """The line is gone."""
        for descriptor in (self.near, self.far):
            with suppress(OSError):
                os.close(descriptor)

    def memory(self, at: str = "VmRSS") -> int:
        """Kilobytes that the program has in memory now, or (VmHWM) had at most."""
        status = Path(f"/proc/{self.child.pid}/status").read_text("utf-8")
        return int(next(line for line in status.splitlines() if line.startswith(at)).split()[1])


@contextmanager
def line(command: Sequence[str], columns: int = 80, rows: int = 24, **environment: str) -> Iterator[Line]:
    """A program at the far end of a line of its own; nothing of it is left afterwards."""
    opened = Line(command, columns, rows, environment)
    try:
        yield opened
    finally:
        with suppress(ProcessLookupError):
            os.killpg(opened.child.pid, signal.SIGKILL)
        opened.child.wait()
        opened.cut()


def _lead() -> None:
    """Lead a session that has this terminal, as a program does that sshd starts."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def python(*words: str) -> list[str]:
    return [sys.executable, *words]
