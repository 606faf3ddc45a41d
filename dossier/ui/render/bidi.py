"""Right-to-left text is sent in the order in which it is read, and closed off, so that it moves nothing beside it.

A terminal that knows such text puts each row in order by the Unicode bidirectional algorithm (UAX #9), as if it were
one paragraph ("BiDi in Terminal Emulators", https://terminal-wg.pages.freedesktop.org/bidi/, implicit mode); it knows
of no columns, so borders, spaces and numbers between two runs would be drawn in the wrong ones.

Decided here: a left-to-right mark, U+200E, stands behind every run, and one before the first, by which terminals that
guess a row's direction take it for left to right. Not isolates (U+2066 to U+2069): those come in pairs, of which a
terminal that is sent only the cells that changed may be left with one half, and some have them wrong (mintty 2.9.5)
or know none. VTE and Konsole keep the mark with the character before it, as they do accents; VTE puts the row in order
with it. tmux 3.3a keeps it, too. A terminal that puts nothing in order draws nothing for it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from dossier.text.width import width
from dossier.ui.render.flow import Line

MARK: Final = "\u200e"

# The blocks that Unicode sets aside for right-to-left scripts (DerivedBidiClass.txt), with their digits, points and
# punctuation, and the invisible mark that counts as such a letter.
_RIGHT: Final = r"\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_HAS_RIGHT: Final = re.compile(f"[{_RIGHT}]")
# Digits and punctuation may stand within a run, and one space: two are the gap between columns. Signs that this program
# puts between fields may not.
_WITHIN: Final = r"(?:[!-@\[-`{}~\xa0\xab\xb0\xbb\u0300-\u036f\u200c\u200d\u2010-\u201f\u2026\u202f-\u2038]| (?! ))"
_NUMBER: Final = r"(?:[ :.,/-]?[0-9]+)*"


def closed(line: Line) -> Line:
    """A row of the screen, or a column of one, with marks about its right-to-left runs; the same line without any.

    The marks take no cell: each stands behind the character that bears it. A run at the beginning of the line has none
    before it, where no character could. A line is wrapped and cut before this, and put into ASCII after it.
    """
    text = "".join([piece.text for piece in line])
    if text.isascii() or not _HAS_RIGHT.search(text):
        return line
    places = tuple(_places(text))
    pieces, start = [], 0
    for piece in line:
        end = start + len(piece.text)
        edges = (start, *(place for place in places if start < place <= end))
        parts = (text[one:other] for one, other in pairwise((*edges, end)))
        pieces.append(piece._replace(text=MARK.join(parts)))
        start = end
    return tuple(pieces)


def _places(text: str) -> Iterator[int]:
    """The code points before which a mark belongs."""
    for number, run in enumerate(_run().finditer(text)):
        if not number and width(text[: run.start()]):
            yield run.start()
        yield run.end()


@cache
def _run() -> re.Pattern[str]:
    marks = r"[\u0300-\u036f\u200c\u200d]*"
    return re.compile(f"[{_RIGHT}]+(?:{_WITHIN}*[{_RIGHT}]+)*{marks}{_NUMBER}")
