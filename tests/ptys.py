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
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyte
from emulator import Emulator

ROOT = Path(__file__).parent.parent
PATIENCE = 20.0
AFTER = 3.0
"""Seconds that are a second on a machine with much else to do."""


class Line:
    """The near end of a line, at whose far end a program runs. `sent`: all that it has sent, as it was read."""

    def __init__(self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]) -> None:
        self.near, self.far = pty.openpty()
        self.columns, self.rows = columns, rows
        self.resize(columns, rows, tell=False)
        self.before = self.attributes()
        self.sent = b""
        self._screen = Emulator(columns, rows)
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

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self._screen.display)

    def wait(self, *words: str, until: Callable[[], bool] = lambda: True) -> str:
        """The text of the screen, once all these words are on it."""
        end = time.monotonic() + PATIENCE
        while True:
            self.read()
            if all(one in self.text for one in words) and until():
                return self.text
            assert time.monotonic() < end, f"{words} never came; the screen is:\n{self.text}\n{self.sent[-400:]!r}"

    def kill(self, number: int) -> None:
        os.kill(self.child.pid, number)

    def status(self, seconds: float = AFTER, reads: bool = True) -> int:
        """How the program ended, within these seconds."""
        end = time.monotonic() + seconds
        while self.child.poll() is None:
            assert time.monotonic() < end, f"it still runs; the screen is:\n{self.text}"
            if reads:
                self.read(0.02)
            else:
                time.sleep(0.02)
        if reads:
            self.read()
        return int(self.child.returncode)

    def cut(self) -> None:
        """The line is gone."""
        for descriptor in (self.near, self.far):
            with suppress(OSError):
                os.close(descriptor)

    def memory(self) -> int:
        """Kilobytes that the program has in memory."""
        status = Path(f"/proc/{self.child.pid}/status").read_text("utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


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
