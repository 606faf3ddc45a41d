"""Marks around right-to-left text, so that a terminal's reordering does not move what is beside it.

The text itself is sent in reading order. A terminal that supports such text reorders each row by the Unicode
bidirectional algorithm (UAX #9), as if it were one paragraph ("BiDi in Terminal Emulators",
https://terminal-wg.pages.freedesktop.org/bidi/, implicit mode). It knows nothing of columns, so it would move borders,
spaces and numbers between two runs into the wrong column.

Design: a left-to-right mark, U+200E, follows every run. Another one precedes the first run, by which terminals that
guess the direction of a row take it for left-to-right. Isolates (U+2066 to U+2069) are not used: they come in pairs, of
which a terminal that is sent only changed cells may keep one half, and some terminals have them wrong (mintty 2.9.5) or
do not know them. VTE and Konsole keep the mark with the character before it, as they do with accents; VTE takes it into
account when it reorders a row. tmux 3.3a keeps it, too. A terminal that does not reorder text draws nothing for it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from dossier.text.width import width
from dossier.ui.render.flow import Line

DIRECTION_MARK: Final = "\u200e"

# The blocks that Unicode reserves for right-to-left scripts (DerivedBidiClass.txt), with their digits, points and
# punctuation, and the right-to-left mark.
_RIGHT: Final = r"\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_HAS_RIGHT: Final = re.compile(f"[{_RIGHT}]")
# A run may contain digits, punctuation and single spaces, since two spaces are the gap between columns. It does not
# contain the signs that this program puts between fields.
_WITHIN: Final = r"(?:[!-@\[-`{}~\xa0\xab\xb0\xbb\u0300-\u036f\u200c\u200d\u2010-\u201f\u2026\u202f-\u2038]| (?! ))"
_NUMBER: Final = r"(?:[ :.,/-]?[0-9]+)*"


def add_direction_marks(line: Line) -> Line:
    """Return the row, or a column of it, with marks around its right-to-left runs; without such runs, the same line.

    The marks take no cell: each belongs to the character before it. So a run at the beginning of the line has no mark
    before it. Lines have to be wrapped and cut before this, and signs replaced by ASCII after it.
    """
    text = "".join([piece.text for piece in line])
    if text.isascii() or not _HAS_RIGHT.search(text):
        return line
    places = tuple(_mark_offsets(text))
    pieces, start = [], 0
    for piece in line:
        end = start + len(piece.text)
        edges = (start, *(place for place in places if start < place <= end))
        parts = (text[one:other] for one, other in pairwise((*edges, end)))
        pieces.append(piece._replace(text=DIRECTION_MARK.join(parts)))
        start = end
    return tuple(pieces)


def _mark_offsets(text: str) -> Iterator[int]:
    """Yield the code point offsets before which a mark has to be inserted."""
    for number, run in enumerate(_run().finditer(text)):
        if not number and width(text[: run.start()]):
            yield run.start()
        yield run.end()


@cache
def _run() -> re.Pattern[str]:
    marks = r"[\u0300-\u036f\u200c\u200d]*"
    return re.compile(f"[{_RIGHT}]+(?:{_WITHIN}*[{_RIGHT}]+)*{marks}{_NUMBER}")
