"""VTE, the terminal of GNOME and others, in a window on a display that nobody sees."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from terminals_under_test.interface import TerminalUnderTest
from terminals_under_test.json_program import JsonProgram

_SYSTEM_PYTHON = "/usr/bin/python3"
"""The Python for which Debian has the bindings of VTE."""
_PROGRAM = Path(__file__).with_name("vte_window.py")
_ASK_VERSION = """
import gi
gi.require_version("Vte", "2.91")
from gi.repository import Vte
print(Vte.get_major_version(), Vte.get_minor_version(), Vte.get_micro_version(), sep=".")
"""


class Vte(TerminalUnderTest):
    name: ClassVar[str] = "VTE"
    programs: ClassVar[tuple[str, ...]] = ("vte", "Xvfb", _SYSTEM_PYTHON)
    ambiguous: ClassVar[int] = 1
    """Cells of a character of ambiguous width."""

    _display: JsonProgram | None = None
    _window: JsonProgram | None = None

    @classmethod
    def is_installed(cls) -> bool:
        return all(map(shutil.which, cls.programs[1:])) and bool(_find_version())

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        self._display = JsonProgram(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "2000x1500x24", "-nolisten", "tcp"], dict(os.environ)
        )
        environ = {**environ, "DISPLAY": f":{self._display.read()}", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        words = [_SYSTEM_PYTHON, _PROGRAM, columns, rows, self.ambiguous, *command]
        self._window = JsonProgram(words, environ)

    def press(self, key: str) -> None:
        self._ask("type", key)

    def resize(self, columns: int, rows: int) -> None:
        self._ask("resize", columns, rows)

    def rows(self) -> tuple[str, ...]:
        return tuple(self._ask("rows"))

    def draw(self, path: Path) -> None:
        """Write a picture of the window to a PNG file."""
        self._ask("draw", str(path))

    def stop(self) -> None:
        for program in (self._window, self._display):
            if program:
                program.kill()
                program.close()
        self._window = self._display = None

    def version(self) -> str:
        return _find_version()

    def _ask(self, *request: Any) -> Any:
        assert self._window
        return self._window.ask(*request)


class VteWithWideAmbiguous(Vte):
    """VTE with the setting of Chinese, Japanese and Korean readers: characters of ambiguous width have two cells."""

    name: ClassVar[str] = "VTE, wide"
    ambiguous: ClassVar[int] = 2


@cache
def _find_version() -> str:
    """Return the version of VTE, or "" when the system's Python has no bindings of it."""
    done = subprocess.run([_SYSTEM_PYTHON, "-c", _ASK_VERSION], capture_output=True, text=True, check=False)
    return done.stdout.strip()
