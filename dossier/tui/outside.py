"""What leaves the screen for the terminal or other programs: copying text, printing it plainly, editing a file."""

import os
import subprocess
import sys
from collections.abc import Sequence

from textual.app import App

from dossier.terminal.clipboard import ClipboardMode, copy_to_clipboard
from dossier.tui.internals import get_driver

_LINE = 4096
"""Bytes that the terminal's longest input line can have (termios(3), canonical mode)."""


def copy_and_report(app: App[None], text: str, way: ClipboardMode = "auto") -> str:
    """Copy the text as the user's settings say, and return a message for the user."""
    made = copy_to_clipboard(text, os.environ, way)
    driver = get_driver(app)
    if made.sequence and driver:
        # Textual's own method neither wraps the request for tmux and screen nor limits its length.
        driver.write(made.sequence)
    return made.message


def print_on_plain_screen(app: App[None], text: str) -> None:
    """Leave the full screen, print the text as a command would, and return once the user has pressed Enter.

    The user can then copy the text with the mouse. Its lines are not broken: the terminal wraps long ones itself, and
    leaves such breaks out of what is copied.
    """
    with app.suspend():
        print(f"\n{text}\n\nPress Enter to return", flush=True)
        # A terminal delivers a line at Enter. When it is gone, read returns nothing.
        while sys.__stdin__ and b"\n" not in (os.read(sys.__stdin__.fileno(), _LINE) or b"\n"):
            continue


def run_in_foreground(app: App[None], words: Sequence[str]) -> str:
    """Give the terminal to a program until it ends, and return a message when that failed, else "".

    No error is raised, since the screen would then not be restored.
    """
    with app.suspend():
        try:
            status = subprocess.run(words, check=False).returncode
        except OSError as error:
            return f"cannot start {words[0]} ({error.strerror}): set $EDITOR"
    return f"{words[0]} exited with status {status}" if status else ""
