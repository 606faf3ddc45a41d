"""The program with a copy of all output of Textual. Usage: replayed.py COPY [arguments of the program].

At Ctrl+_ it marks the same point in its output and in the copy: up to there both must show the same. Commands that
leave the screen for other programs do nothing here. $DOSSIER_SOON is the number of seconds that the first screen waits
for the articles of a library, where they have to be on it however busy the machine is.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dossier.cli import main, open_library, startup

if TYPE_CHECKING:
    from dossier.terminal.capabilities import Capabilities
    from dossier.terminal.frame import Row

ASKED = b"\x1f"
_ROUNDS = 3
"""Number of times that all messages are let pass, including those between the screen and its widget."""


def replay(copy: BinaryIO) -> None:
    """Put the copy between the program and Textual, when that is loaded."""
    prepare = startup.prepare_toolkit

    def prepared(able: "Capabilities") -> None:
        prepare(able)
        _tap(copy)

    startup.prepare_toolkit = prepared


def _tap(copy: BinaryIO) -> None:
    from textual import events  # noqa: PLC0415
    from textual.geometry import Region  # noqa: PLC0415

    from dossier.tui import app, driver, effects  # noqa: PLC0415
    from dossier.tui.lines_widget import Lines  # noqa: PLC0415
    from dossier.tui.screen import ReadingRoom  # noqa: PLC0415

    class Copied(driver.DiffDriver):
        def write(self, data: str) -> None:
            copy.write(data.encode("utf-8", "replace"))
            super().write(data)

        def paint_rows(self, rows: Mapping[int, "Row"], cursor: tuple[int, int]) -> None:
            shown, console = self._app.screen.query_one(Lines), self._app.console
            for row in rows:
                # As Textual itself would paint the row, which the driver is given as cells.
                (strip,) = shown.render_lines(Region(0, row, shown.size.width, 1))
                copy.write(f"\x1b[{row + 1}H{strip.render(console)}\x1b[m".encode("utf-8", "replace"))
            super().paint_rows(rows, cursor)

    class Asked(ReadingRoom):
        asked = 0

        def on_key(self, event: events.Key) -> None:
            if event.key == "ctrl+underscore":
                # The screen's own handler, which comes after this one, is not to see it.
                event.stop()
                event.prevent_default()
                self.asked += 1
                self._answer(self.asked, _ROUNDS)

        def _answer(self, number: int, rounds: int) -> None:
            if rounds:
                self.call_after_refresh(self._answer, number, rounds - 1)
            elif own := self.app._driver:
                own.write(f"\x1b]2;{said(number, *self.query_one(Lines).size)}\x07")

    for name in ("copy", "edit", "quit", "suspend", "web"):
        effects.EFFECTS[name] = lambda desk: None  # type: ignore[index]
    driver.DiffDriver = Copied  # type: ignore[misc]
    app.ReadingRoom = Asked  # type: ignore[attr-defined]


def said(number: int, columns: int, rows: int) -> str:
    """Return the terminal title that answers the question with this number, when so much has been painted."""
    return f"at rest {number}, {columns}x{rows}"


if __name__ == "__main__":
    with Path(sys.argv[1]).open("wb", buffering=0) as opened:
        replay(opened)
        open_library._SOON = float(os.environ.get("DOSSIER_SOON", open_library._SOON))
        sys.exit(main.main(sys.argv[2:]))
