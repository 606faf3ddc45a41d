"""Output for a terminal that wraps lines although it was told not to: that of Emacs.

After a character in the last column it keeps its cursor there, and puts the next character into the next line, even
when the cursor was placed on that column meanwhile. It compares the column with the number of code points that arrive
between two control characters, so that combining marks count (term.el, `term-emulate-terminal`).
"""

import unicodedata
from functools import lru_cache
from typing import Final

from dossier.terminal.frame import Frame, Row
from dossier.text.late_patterns import compile_late

LEAVE_MARGIN: Final = "\r"
"""Control character that takes the cursor off the last column."""
_BREAK: Final = "\0"
"""Control character that is ignored, but ends a run of text."""
_BEYOND_ASCII: Final = compile_late(r"[^\x00-\x7f]")


def keep_in_rows(frame: Frame) -> Frame:
    """Return the frame without the marks of characters in the last column, which would go to the next line."""
    if all(len(row[-1][0]) < 2 for row in frame.rows if row):
        return frame
    return frame._replace(rows=tuple(map(_keep_in_row, frame.rows)))


def _keep_in_row(row: Row) -> Row:
    if not row or len(row[-1][0]) < 2:
        return row
    text, style = row[-1]
    return (*row[:-1], (text[0], style))


def separate_marks(sent: str) -> str:
    """Return the output with an ignored control character after every combining mark."""
    return sent if sent.isascii() else _BEYOND_ASCII().sub(lambda found: _separate(found[0]), sent)


@lru_cache(maxsize=1024)
def _separate(character: str) -> str:
    return f"{character}{_BREAK}" if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") else character
