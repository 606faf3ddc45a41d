"""An almost empty Textual program for comparison: one line with the number of keys that were pressed.

It has the settings that `dossier` runs with, so that a difference between the two is due to dossier itself.
"""

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "standard")

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget


class Line(Widget):
    """One line, painted by Textual's Line API."""

    pressed = 0

    def render_line(self, y: int) -> Strip:
        """Return the number of keys, in the first row."""
        return Strip([Segment(f"pressed {self.pressed}" if y == 0 else "")])


class Empty(App[None], inherit_bindings=False):
    """The simplest app that responds to a key."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"

    def compose(self) -> ComposeResult:
        """Yield the line."""
        yield Line()

    def on_key(self, event: events.Key) -> None:
        """Count the key; `q` leaves."""
        if event.key == "q":
            self.exit()
        line = self.query_one(Line)
        line.pressed += 1
        line.refresh()


if __name__ == "__main__":
    Empty().run(mouse=False)
