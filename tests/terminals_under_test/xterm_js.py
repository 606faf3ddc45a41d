"""xterm.js, the terminal of VS Code and of many web pages, without a window.

It gets the bytes of the program as they are read from a pseudo-terminal, wherever a read ends.
"""

import base64
import fcntl
import json
import os
import pty
import shutil
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import ClassVar

from consumer_programs import NODE
from waiting import PATIENCE

from terminals_under_test.interface import Cells, TerminalUnderTest
from terminals_under_test.json_program import JsonProgram

_PROGRAM = Path(__file__).with_name("xterm_js_screen.cjs")


class XtermJs(TerminalUnderTest):
    name: ClassVar[str] = "xterm.js"
    programs: ClassVar[tuple[str, ...]] = ("xtermjs", "node")
    package: ClassVar[Path] = NODE / "node_modules" / "@xterm" / "headless"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._answers = Queue[list[list[str]]]()
        self._near = -1
        self._child: subprocess.Popen[bytes] | None = None
        self._screen: JsonProgram | None = None
        self._threads: list[Thread] = []

    @classmethod
    def is_installed(cls) -> bool:
        return shutil.which("node") is not None and cls.package.exists()

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        self._near, far = pty.openpty()
        _set_size(self._near, columns, rows)
        self._screen = JsonProgram(["node", _PROGRAM, self.package, columns, rows], dict(os.environ))
        # What VS Code sets.
        environ = {**environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TERM_PROGRAM": "vscode"}
        self._child = subprocess.Popen(command, stdin=far, stdout=far, stderr=far, env=environ, preexec_fn=_lead)  # noqa: PLW1509
        os.close(far)
        works = (_pass_output, self._near, self._screen), (_pass_answers, self._screen, self._near, self._answers)
        self._threads = [Thread(target=work, args=values, daemon=True) for work, *values in works]
        for thread in self._threads:
            thread.start()

    def press(self, key: str) -> None:
        os.write(self._near, key.encode())

    def resize(self, columns: int, rows: int) -> None:
        assert self._screen
        self._screen.tell("resize", columns, rows)
        _set_size(self._near, columns, rows)

    def rows(self) -> tuple[str, ...]:
        return tuple("".join(cells) for cells in self.cells())

    def cells(self) -> tuple[Cells, ...]:
        assert self._screen
        self._screen.tell("cells")
        return tuple(tuple(row) for row in self._answers.get(timeout=PATIENCE))

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

    def version(self) -> str:
        return str(json.loads((self.package / "package.json").read_text("utf-8"))["version"])


class XtermJs5(XtermJs):
    """The version of 2024, which most programs still have."""

    package: ClassVar[Path] = NODE / "node_modules" / "xterm-headless-5"


def _pass_output(near: int, screen: JsonProgram) -> None:
    # Reading fails when the program has ended, and writing when the terminal has.
    with suppress(OSError, ValueError):
        while data := os.read(near, 65536):
            screen.tell("write", base64.b64encode(data).decode())


def _pass_answers(screen: JsonProgram, near: int, answers: Queue[list[list[str]]]) -> None:
    with suppress(OSError):
        while got := screen.read():
            if "sent" in got:
                os.write(near, got["sent"].encode())
            else:
                answers.put(got["cells"])


def _set_size(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _lead() -> None:
    """Become the leader of a session with this terminal."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
