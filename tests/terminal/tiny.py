"""The smallest program with the driver: it shows the last keys, and writes a file when it is to save its place.

Arguments switch more on: `ticking` (show how often TICK seconds have passed in the event loop), `unhurried`, `mouse`,
`cursor`, `painted`.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from dossier.terminal import signals, tty
from dossier.terminal.capabilities import detect_capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import make_frame
from dossier.terminal.style import PLAIN
from dossier.tui.driver import DriverConfig, make_driver

FOLDER = Path(sys.argv[1])
SHOWN = 60
TICK = 0.1


class Paper(Widget):
    """Lines full of text that changes, so that a frame has many bytes."""

    said: tuple[str, ...] = ()
    count = 0
    ticks = 0

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        words = [f"keys {self.count} size {width}x{height}", "last " + " ".join(self.said)[-SHOWN:]]
        if "ticking" in sys.argv:
            words.append(f"ticks {self.ticks}.")
        text = words[y] if y < len(words) else f"{self.count + y:>7} " * width
        return Strip([Segment(text[:width].ljust(width))])


class Tiny(App[None], inherit_bindings=False):
    """The app. `on_key` defines what each key does."""

    CSS = "Paper { width: 100%; height: 100%; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Paper()

    def on_mount(self) -> None:
        if "ticking" in sys.argv:
            self.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        paper = self.query_one(Paper)
        paper.ticks += 1
        paper.refresh()

    def save_place(self) -> None:
        (FOLDER / "place").write_text(str(self.query_one(Paper).count), "utf-8")

    def end(self) -> tuple[str, ...]:
        self.save_place()
        return ()

    def quit_patience(self, key: str) -> float | None:
        return None

    def on_paste(self, event: events.Paste) -> None:
        self._say(f"pasted:{len(event.text)}:{event.text[:20]!r}")

    def on_key(self, event: events.Key) -> None:
        self._say(event.key)
        match event.key:
            case "q":
                self.exit()
            case "ctrl+z":
                self.action_suspend_process()
            case "ctrl+l":
                self._driver.redraw()  # type: ignore[union-attr]
            case "C":
                self.cursor_position = Offset(5, 3)
            case "E":
                with self.suspend():
                    subprocess.run(["sh", "-c", os.environ["EDITOR"]], check=False)
            case "S":
                (FOLDER / "asleep").touch()
                # A wait that a signal handler cannot interrupt, as within a C library.
                lock = threading.Lock()
                lock.acquire()
                while True:
                    time.sleep(60)
            case "B":
                self.bell()

    def _say(self, word: str) -> None:
        paper = self.query_one(Paper)
        paper.said, paper.count = (*paper.said[-20:], word), paper.count + 1
        paper.refresh()


def main() -> int:
    painted = None
    (FOLDER / "pid").write_text(str(os.getpid()), "utf-8")
    if "unhurried" in sys.argv:
        # There is no deadline, so that it ends in order or not at all.
        signals.DEADLINE = 3600.0  # type: ignore[misc]
    able = detect_capabilities(os.environ, "utf-8")
    if "painted" in sys.argv:
        before = tty.enter_raw_mode()
        frame = make_frame([[("here already", PLAIN)]], *tty.size())
        os.write(tty.OUTPUT, (tty.ENTER + encode_difference(None, frame, able)).encode())
        painted = tty.PaintedTerminal(frame, before)
    given = DriverConfig(able, painted, "cursor" in sys.argv, (FOLDER / "end").touch)
    app = Tiny(driver_class=make_driver(given), ansi_color=True)
    app.run(mouse="mouse" in sys.argv)
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
