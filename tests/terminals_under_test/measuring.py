"""A program that asks its terminal how many cells texts take.

Usage: measuring.py TEXTS ANSWERS. TEXTS is a JSON file with a list. ANSWERS gets an object of cells by text. A text is
printed at the left edge, then the terminal is asked for the cursor's position (CSI 6 n).
"""

import json
import os
import re
import sys
import termios
import tty
from pathlib import Path

_POSITION = re.compile(rb"\x1b\[(\d+);(\d+)R")
_AT_ONCE = 16
"""The texts that are asked about before the answers are read: the terminal has to read on meanwhile."""


def measure(texts: list[str]) -> dict[str, int]:
    """Return the cells of each text."""
    cells = {}
    # tmux adds what comes in the same read behind a joiner to the character before it, wherever the cursor is then.
    joining = [[text] for text in texts if "\u200d" in text]
    others = [text for text in texts if "\u200d" not in text]
    for some in (*(others[at : at + _AT_ONCE] for at in range(0, len(others), _AT_ONCE)), *joining):
        os.write(1, "".join(f"\r\x1b[2K{text}\x1b[6n" for text in some).encode())
        told = b""
        while len(positions := _POSITION.findall(told)) < len(some):
            told += os.read(0, 4096)
        cells.update({text: int(column) - 1 for text, (_, column) in zip(some, positions, strict=True)})
    return cells


if __name__ == "__main__":
    texts, answers = map(Path, sys.argv[1:])
    before = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        measured = measure(json.loads(texts.read_text("utf-8")))
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)
    written = answers.with_suffix(".new")
    written.write_text(json.dumps(measured), "utf-8")
    written.replace(answers)
