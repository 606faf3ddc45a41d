"""What is copied leaves the program here, and nowhere else: by a tool, through the terminal, or on the plain screen."""

import os
import sys

from textual.app import App

from dossier.terminal.clipboard import Way, copied
from dossier.tui.internals import driver_of

_LINE = 4096
"""A terminal holds no longer line than this (termios(3), canonical mode)."""


def copy(app: App[None], text: str, way: Way = "auto") -> str:
    """Copy the text as the reader wants texts copied, and say what was done."""
    made = copied(text, os.environ, way)
    driver = driver_of(app)
    if made.sequence and driver:
        # The toolkit's own way neither wraps the request nor knows how long it may be.
        driver.write(made.sequence)
    return made.said


def printed(app: App[None], text: str) -> None:
    """Print the text on the plain screen, each line of it in one, and come back at Enter.

    The terminal breaks what is too long for it, and takes its own breaks out again where one copies from it.
    """
    with app.suspend():
        print(f"\n{text}\n\nEnter comes back", flush=True)
        # A terminal gives a line at Enter; nothing is left to read when it is gone.
        while sys.__stdin__ and b"\n" not in (os.read(sys.__stdin__.fileno(), _LINE) or b"\n"):
            continue
