"""xterm.js, the terminal of VS Code and of many web pages, without a window."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from consumer_programs import NODE

from terminals_under_test.fed import FedTerminal
from terminals_under_test.interface import Cells

_PROGRAM = Path(__file__).with_name("xterm_js_screen.cjs")


class XtermJs(FedTerminal):
    name: ClassVar[str] = "xterm.js"
    programs: ClassVar[tuple[str, ...]] = ("xtermjs", "node")
    package: ClassVar[Path] = NODE / "node_modules" / "@xterm" / "headless"

    @classmethod
    def is_installed(cls) -> bool:
        return shutil.which("node") is not None and cls.package.exists()

    def find_words(self, columns: int, rows: int) -> Sequence[object]:
        return ["node", _PROGRAM, self.package, columns, rows]

    def find_environ(self) -> Mapping[str, str]:
        # What VS Code sets.
        return {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TERM_PROGRAM": "vscode"}

    def rows(self) -> tuple[str, ...]:
        return tuple("".join(cells) for cells in self.cells())

    def cells(self) -> tuple[Cells, ...]:
        return tuple(tuple(row) for row in self.ask_grid())

    def version(self) -> str:
        return str(json.loads((self.package / "package.json").read_text("utf-8"))["version"])


class XtermJs5(XtermJs):
    """The version of 2024, which most programs still have."""

    package: ClassVar[Path] = NODE / "node_modules" / "xterm-headless-5"
