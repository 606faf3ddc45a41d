"""Terminals without a window, which get the bytes of the program as they are read from a pseudo-terminal."""

import base64
import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from waiting import PATIENCE

from terminals_under_test.interface import TerminalUnderTest
from terminals_under_test.json_program import JsonProgram


class FedTerminal(TerminalUnderTest):
    """A terminal that is fed by another program: it takes bytes in requests, and tells its grid.

    Each line of its input is a request, a JSON array: ["write", BASE64], ["resize", COLUMNS, ROWS] or ["grid"]. The
    last is answered with {"grid": ...}; what the terminal itself sends to the program is {"sent": TEXT}.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._grids = Queue[Any]()
        self._near = -1
        self._child: subprocess.Popen[bytes] | None = None
        self._screen: JsonProgram | None = None
        self._threads: list[Thread] = []

    @abstractmethod
    def find_words(self, columns: int, rows: int) -> Sequence[object]:
        """Return the command that opens the terminal."""

    @abstractmethod
    def find_environ(self) -> Mapping[str, str]:
        """Return what the terminal itself sets in the environment of a program."""

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        self._near, far = pty.openpty()
        _set_size(self._near, columns, rows)
        self._screen = JsonProgram(self.find_words(columns, rows), dict(os.environ))
        environ = {**environ, **self.find_environ()}
        self._child = subprocess.Popen(command, stdin=far, stdout=far, stderr=far, env=environ, preexec_fn=_lead)  # noqa: PLW1509
        os.close(far)
        works = (_pass_output, self._near, self._screen), (_pass_answers, self._screen, self._near, self._grids)
        self._threads = [Thread(target=work, args=values, daemon=True) for work, *values in works]
        for thread in self._threads:
            thread.start()

    def press(self, key: str) -> None:
        os.write(self._near, key.encode())

    def resize(self, columns: int, rows: int) -> None:
        assert self._screen
        self._screen.tell("resize", columns, rows)
        _set_size(self._near, columns, rows)

    def ask_grid(self) -> Any:
        """Return the grid as this terminal tells it."""
        assert self._screen
        self._screen.tell("grid")
        return self._grids.get(timeout=PATIENCE)

    def stop(self) -> None:
        if self._child:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
            self._child = None
        if self._screen:
            self._screen.kill()
            for thread in self._threads:
                thread.join(PATIENCE)
            self._screen.close()
            self._screen = None
            os.close(self._near)


def _pass_output(near: int, screen: JsonProgram) -> None:
    # Reading fails when the program has ended, and writing when the terminal has.
    with suppress(OSError, ValueError):
        while data := os.read(near, 65536):
            screen.tell("write", base64.b64encode(data).decode())


def _pass_answers(screen: JsonProgram, near: int, grids: Queue[Any]) -> None:
    with suppress(OSError):
        while got := screen.read():
            if "sent" in got:
                os.write(near, got["sent"].encode())
            else:
                grids.put(got["grid"])


def _set_size(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _lead() -> None:
    """Become the leader of a session with this terminal."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
