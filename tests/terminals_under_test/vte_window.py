"""A window with a VTE terminal, run by the system's Python: vte_window.py COLUMNS ROWS AMBIGUOUS COMMAND...

It reads one request per line of standard input, a JSON array, and answers each with one line of JSON:
["type", TEXT], ["resize", COLUMNS, ROWS], ["rows"] and ["draw", PATH].
"""

import json
import os
import sys
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("Vte", "2.91")
from gi.repository import Gdk, Gio, GLib, Gtk, Vte  # type: ignore[import-not-found]  # noqa: E402


class Window:
    """A window, as large as the terminal in it."""

    def __init__(self, columns: int, rows: int, ambiguous: int, command: list[str]) -> None:
        self.terminal = Vte.Terminal()
        self.terminal.set_cjk_ambiguous_width(ambiguous)
        self.terminal.set_cursor_blink_mode(Vte.CursorBlinkMode.OFF)
        self.terminal.set_scrollback_lines(0)
        self.terminal.set_size(columns, rows)
        self.terminal.connect("child-exited", lambda *_: self.end())
        self.window = Gtk.Window()
        self.window.add(self.terminal)
        self.window.connect("destroy", lambda *_: self.end())
        self.window.show_all()
        environment = [f"{name}={value}" for name, value in os.environ.items() if name != "DISPLAY"]
        # What is typed before the program is there would be lost.
        started = (lambda terminal, pid, error, values: self.end() if error else self._take_requests(), None)
        self.terminal.spawn_async(
            Vte.PtyFlags.DEFAULT, None, command, environment, GLib.SpawnFlags.DEFAULT, None, None, -1, None, *started
        )

    def answer(self, request: list[Any]) -> Any:
        name, *values = request
        return getattr(self, name)(*values)

    def type(self, text: str) -> None:
        self.terminal.feed_child(text.encode())

    def resize(self, columns: int, rows: int) -> None:
        self.terminal.set_size(columns, rows)
        natural = self.terminal.get_preferred_size()[1]
        self.window.resize(natural.width, natural.height)

    def rows(self) -> list[str]:
        # The numbers of rows that other functions take begin anywhere on the second screen.
        if hasattr(self.terminal, "get_text_format"):
            text = self.terminal.get_text_format(Vte.Format.TEXT)
        else:
            text, _ = self.terminal.get_text(None)
        rows = (text or "").split("\n")
        # A row that runs on into the next is not ended.
        return (rows + [""] * self.terminal.get_row_count())[: self.terminal.get_row_count()]

    def draw(self, path: str) -> None:
        window = self.window.get_window()
        Gdk.pixbuf_get_from_window(window, 0, 0, window.get_width(), window.get_height()).savev(path, "png", [], [])

    def end(self) -> None:
        Gtk.main_quit()

    def _take_requests(self) -> None:
        requests = Gio.DataInputStream.new(Gio.UnixInputStream.new(0, False))

        def take(source: Any, result: Any) -> None:
            line, _ = source.read_line_finish_utf8(result)
            if line is None:
                self.end()
                return
            print(json.dumps(self.answer(json.loads(line))), flush=True)
            source.read_line_async(GLib.PRIORITY_DEFAULT, None, take)

        requests.read_line_async(GLib.PRIORITY_DEFAULT, None, take)


if __name__ == "__main__":
    window = Window(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
    Gtk.main()
