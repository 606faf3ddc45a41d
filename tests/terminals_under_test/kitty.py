"""kitty without a window: the part of it that keeps the grid is a module of its own Python."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

from terminals_under_test.fed import FedTerminal

_PROGRAM = Path(__file__).with_name("kitty_screen.py")
_CAN_BE_FED = "from kitty.fast_data_types import Screen; print(hasattr(Screen, 'test_create_write_buffer'))"


class Kitty(FedTerminal):
    name: ClassVar[str] = "kitty"
    programs: ClassVar[tuple[str, ...]] = ("kitty",)

    @classmethod
    def is_installed(cls) -> bool:
        return shutil.which("kitty") is not None and _can_be_fed()

    def find_words(self, columns: int, rows: int) -> Sequence[object]:
        run = f"import runpy; runpy.run_path({str(_PROGRAM)!r}, run_name='__main__')"
        return ["kitty", "+runpy", run, columns, rows]

    def find_environ(self) -> Mapping[str, str]:
        return {"TERM": "xterm-kitty", "COLORTERM": "truecolor", "KITTY_WINDOW_ID": "1"}

    def rows(self) -> tuple[str, ...]:
        return tuple(self.ask_grid())

    def version(self) -> str:
        told = subprocess.run(["kitty", "--version"], check=True, capture_output=True, text=True).stdout
        number = re.search(r"\d+(?:\.\d+)+", told)
        return number[0] if number else ""


@cache
def _can_be_fed() -> bool:
    """Return whether this version has the functions by which bytes are given to a screen without a window."""
    done = subprocess.run(["kitty", "+runpy", _CAN_BE_FED], check=False, capture_output=True, text=True)
    return done.stdout.strip() == "True"
