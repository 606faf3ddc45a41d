"""The program, which also tells which picture it means. Usage: meaning.py FOLDER [arguments of the program].

FOLDER/keys grows by a byte for every key that has come. At Ctrl+_ the frame that was given to the output is written to
FOLDER/frame, a JSON object of the number of the question and the texts of the cells. Commands that leave the screen for
other programs do nothing here.
"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli import main, startup

if TYPE_CHECKING:
    from textual.message import Message

    from dossier.terminal.capabilities import Capabilities
    from dossier.terminal.frame import Frame

ASKED = "\x1f"
_ROUNDS = 3
"""Number of times that all messages are let pass, including those between the screen and its widget."""


def tell_pictures(folder: Path) -> None:
    """Have the program tell its pictures once the toolkit is loaded."""
    prepare = startup.prepare_toolkit

    def prepared(able: "Capabilities") -> None:
        prepare(able)
        _listen(folder)

    startup.prepare_toolkit = prepared


def _listen(folder: Path) -> None:
    from textual import events  # noqa: PLC0415

    from dossier.terminal.output_queue import OutputQueue  # noqa: PLC0415
    from dossier.tui import app, driver, effects  # noqa: PLC0415
    from dossier.tui.screen import ReadingRoom  # noqa: PLC0415

    frames: list[Frame] = []
    show_frame = OutputQueue.show_frame

    def shown(self: OutputQueue, frame: "Frame") -> None:
        frames[:] = [frame]
        show_frame(self, frame)

    class Counting(driver.DiffDriver):
        def process_message(self, message: "Message") -> None:
            super().process_message(message)
            if isinstance(message, events.Key):
                with (folder / "keys").open("ab") as keys:
                    keys.write(b".")

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
            else:
                _write(folder / "frame", number, [[text for text, _ in row] for row in frames[0].rows])

    for name in ("copy", "edit", "quit", "suspend", "web"):
        effects.EFFECTS[name] = lambda desk: None  # type: ignore[index]
    OutputQueue.show_frame = shown  # type: ignore[method-assign]
    driver.DiffDriver = Counting  # type: ignore[misc]
    app.ReadingRoom = Asked  # type: ignore[attr-defined]


def _write(path: Path, number: int, rows: list[list[str]]) -> None:
    written = path.with_suffix(".new")
    written.write_text(json.dumps({"number": number, "rows": rows}), "utf-8")
    written.replace(path)


if __name__ == "__main__":
    tell_pictures(Path(sys.argv[1]))
    os.chdir(os.environ["HOME"])
    sys.exit(main.main(sys.argv[2:]))
