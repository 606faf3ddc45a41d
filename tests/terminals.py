"""The program in a real terminal: tmux runs it, keys are sent, and the screen is read back cell by cell.

Tests wait for no fixed time: a screen counts once it is as expected and the same twice in a row.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest
from waiting import PATIENCE, taken, until

_PAUSE = 0.04
_NEEDED = "tmux" in os.environ.get("DOSSIER_NEEDS", "").split()

in_terminal = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None and not _NEEDED, reason="tmux is not installed"),
]
"""Marks of modules that need tmux. They are skipped where it is missing, unless $DOSSIER_NEEDS names it."""


class Screen:
    """A snapshot of the terminal: `rows` as text, and `picture` with every cell and its style."""

    def __init__(self, captured: str, columns: int, lines: int) -> None:
        self.captured = captured
        self._screen = pyte.Screen(columns, lines)
        pyte.Stream(self._screen).feed("\r\n".join(captured.splitlines()))
        self.rows = tuple(row.rstrip() for row in self._screen.display)
        self.picture = tuple(tuple(self.cell(row, column) for column in range(columns)) for row in range(lines))

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    def row(self, words: str) -> int:
        """Return the first row that contains these words, or -1."""
        return next((number for number, row in enumerate(self.rows) if words in row), -1)

    def cell(self, row: int, column: int) -> pyte.screens.Char:
        return self._screen.buffer[row][column]

    def cells(self, row: int, start: int = 0, end: int | None = None) -> list[pyte.screens.Char]:
        """Return the cells of a row that have a character other than a blank."""
        columns = range(start, self._screen.columns if end is None else end)
        return [cell for cell in (self.cell(row, column) for column in columns) if cell.data.strip()]

    def line(self, row: int, start: int, end: int) -> str:
        """Return the text between two columns of a row."""
        return "".join(self.cell(row, column).data for column in range(start, end)).rstrip()

    def words(self, row: int, style: Callable[[pyte.screens.Char], bool]) -> str:
        """Return the text in a row for whose cells `style` returns true."""
        return "".join(cell.data if style(cell) else "\0" for cell in self._screen.buffer[row].values()).strip("\0")


def is_lit(cell: pyte.screens.Char) -> bool:
    """Return whether the cell has the style of a highlighted entry: bold, in the default colours."""
    return bool(cell.bold) and (cell.fg, cell.bg) == ("default", "default") and not cell.underscore


def is_chosen(cell: pyte.screens.Char) -> bool:
    return bool(cell.underscore) and bool(cell.reverse) and cell.bg == "default"


def is_hit(cell: pyte.screens.Char) -> bool:
    """Return whether the cell has the style of a hit: black on the terminal's green."""
    return bool(cell.reverse) and (cell.fg, cell.bg) == ("green", "black")


def is_hint(cell: pyte.screens.Char) -> bool:
    return bool(cell.bold) and (cell.fg, cell.bg) == ("brightwhite", "magenta")


class Terminal:
    """A tmux server of its own with one window."""

    def __init__(self, folder: Path, columns: int, lines: int, environment: Mapping[str, str], socket: Path) -> None:
        self.folder = folder
        self._size = (columns, lines)
        self._socket = socket
        kept = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
        self._environment = {**kept, "HOME": str(folder), "LC_ALL": "C.UTF-8", "PYTHON": sys.executable, **environment}

    @property
    def address(self) -> str:
        """What $TMUX is for programs that speak to this server."""
        return f"{self._socket},0,0"

    def start(self) -> None:
        columns, lines = self._size
        size = ("-x", str(columns), "-y", str(lines))
        self.tmux("new-session", "-d", *size, "-c", str(self.folder), "exec sh -i")
        self.wait(lambda screen: bool(screen.text.strip()))
        self.command("PS1='ready> '; clear")
        self.wait(lambda screen: screen.rows[0].startswith("ready>"))

    def stop(self) -> None:
        subprocess.run(self._command("kill-server"), check=False, capture_output=True, env=self._environment)

    def tmux(self, *words: str) -> str:
        done = subprocess.run(
            self._command(*words), check=True, capture_output=True, text=True, env=self._environment, encoding="utf-8"
        )
        return done.stdout

    def command(self, line: str) -> None:
        """Type a line for the shell."""
        self.tmux("send-keys", "-l", line)
        self.tmux("send-keys", "Enter")

    def run(self, *arguments: str) -> None:
        """Start the program. Its exit status is printed after it."""
        self.command(f"$PYTHON -m dossier {shlex.join(arguments)}; echo ended with $?")

    def press(self, *keys: str) -> None:
        """Press keys, given by tmux's names, all in one packet."""
        self.tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self.tmux("send-keys", "-l", "--", text)

    def resize(self, columns: int, lines: int) -> None:
        self._size = (columns, lines)
        self.tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def state(self, name: str) -> str:
        """Return a variable of tmux for the window, such as `cursor_flag`."""
        return self.tmux("display-message", "-p", f"#{{{name}}}").strip()

    def look(self) -> Screen:
        return Screen(self.tmux("capture-pane", "-e", "-N", "-p"), *self._size)

    def take(self) -> None:
        """Wait until the program has read all input."""
        line = os.open(self.state("pane_tty"), os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            until(lambda: taken(line), lambda: "what was typed is not read")
        finally:
            os.close(line)

    def wait(self, expected: Callable[[Screen], bool]) -> Screen:
        """Return the screen once it is as expected and no longer changes."""
        end = time.monotonic() + PATIENCE
        before = self.look()
        while True:
            time.sleep(_PAUSE)
            screen = self.look()
            if screen.captured == before.captured and expected(screen):
                return screen
            assert time.monotonic() < end, f"waited in vain; the screen is now:\n{screen.text}"
            before = screen

    def _command(self, *words: str) -> list[str]:
        return ["tmux", "-S", str(self._socket), "-f", os.devnull, "-u", *words]


@contextmanager
def terminal(folder: Path, columns: int = 80, lines: int = 24, **environment: str) -> Iterator[Terminal]:
    """Open a terminal with a shell in an empty `folder`, which is the home folder, too."""
    with server() as socket:
        opened = Terminal(folder, columns, lines, environment, socket)
        try:
            opened.start()
            yield opened
        finally:
            opened.stop()


@contextmanager
def server() -> Iterator[Path]:
    """Yield the path for the socket of a tmux server.

    It is in a folder with a short name, since the address of a socket has room for about a hundred bytes.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "tmux"
