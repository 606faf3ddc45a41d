"""GNU screen. It draws on a terminal that gives the same cells to each character as it does itself.

GNU screen 5 counts a cell for each combining mark, but no terminal that it may run in does so: there they take none.
Its own command `hardcopy` is of no use, since it writes one byte of each character.
"""

import codecs
import re
import subprocess
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock

from emulator import MendedPyte
from waiting import until

from terminals_under_test.host import HostTerminal
from terminals_under_test.interface import Cells, TerminalUnderTest

_SETTINGS = "startup_message off\ndefutf8 on\nmsgwait 0\nvbell off\naltscreen on\n"
_MARKS = ("Mn", "Me", "Cf")
"""Categories of characters that are drawn on the one before them, or not at all."""


class _Drawn(MendedPyte):
    """A terminal with these widths, on which GNU screen draws."""

    def __init__(self, columns: int, rows: int, widths: Mapping[str, int]) -> None:
        super().__init__(columns, rows)
        self.forgives = True
        self._widths = widths
        self._counts_marks = widths.get("\u0301", 0) > 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.lock = Lock()

    def show(self, output: bytes) -> None:
        with self.lock:
            self.take(self._decoder.decode(output))

    def measure(self, character: str) -> int:
        common = super().measure(character)
        is_counted = self._counts_marks and unicodedata.category(character) in _MARKS
        return common if is_counted else self._widths.get(character, common)


class GnuScreen(TerminalUnderTest):
    """GNU screen with one window."""

    name = "GNU screen"
    programs = ("screen",)

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        settings, sockets = self.folder / "screenrc", self.folder / "sockets"
        settings.write_text(_SETTINGS)
        sockets.mkdir(mode=0o700, exist_ok=True)
        self._drawn = _Drawn(columns, rows, self.widths)
        self._environ = {**environ, "SCREENDIR": str(sockets)}
        words = ["screen", "-U", "-c", str(settings), "-S", "walk", *command]
        self._host = HostTerminal(words, columns, rows, self._environ, self._drawn.show)
        until(lambda: any(sockets.iterdir()), lambda: "GNU screen has not begun")

    def press(self, key: str) -> None:
        self._host.type(key)

    def resize(self, columns: int, rows: int) -> None:
        with self._drawn.lock:
            self._drawn.resize(rows, columns)
        self._host.resize(columns, rows)

    def rows(self) -> tuple[str, ...]:
        return tuple("".join(row) for row in self.cells())

    def cells(self) -> tuple[Cells, ...]:
        with self._drawn.lock:
            return tuple(tuple(cell.data for cell in row) for row in self._drawn.cells())

    def stop(self) -> None:
        words = ["screen", "-S", "walk", "-X", "quit"]
        # There is none any more when its program has ended.
        with suppress(subprocess.CalledProcessError):
            subprocess.run(words, check=True, capture_output=True, env={**self._environ, "TERM": "xterm-256color"})
        until(self._host.has_ended, lambda: "GNU screen does not end")
        self._host.stop()

    def version(self) -> str:
        told = subprocess.run(["screen", "--version"], check=False, capture_output=True, text=True).stdout
        number = re.search(r"\d+(?:\.\d+)+", told)
        return number[0] if number else ""
