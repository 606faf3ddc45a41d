"""Replacement of signs by others that take one cell in every terminal.

Where ambiguous characters take two cells, borders, bars and shapes would, too. They are measured as one cell all the
same (`text.ambiguous_width.NARROWED_SIGNS`), since they are replaced here before they are sent. All other ambiguous
characters are sent as they are, and take two cells.
"""

from typing import Final

from dossier.text.ambiguous_width import NARROWED_SIGNS, ambiguous_width, width_cache
from dossier.ui.render.ascii import ASCII_SIGNS
from dossier.ui.render.flow import Line

# Shapes that have a narrow one like them. These are one cell wide in all terminals that were measured, or are not
# ambiguous in Unicode's EastAsianWidth.txt.
_SHAPES: Final = {
    **dict.fromkeys("▶▷", "▸"),
    **dict.fromkeys("◀◁", "◂"),
    **dict.fromkeys("◆◇◈", "◊"),
    **dict.fromkeys("▒▓", "░"),
}
_OTHER: Final = "*"
"""Stands for a shape that has no narrow one like it."""

_ONE_CELL: Final = {"•": "*"}
_EMOJI: Final = "▪▫"
"""Signs of one cell that Vim, which takes them for emoji, draws over the next cell all the same."""

_SIGNS: Final = {sign: _SHAPES.get(sign) or ASCII_SIGNS.get(ord(sign), _OTHER) for sign in NARROWED_SIGNS.union(_EMOJI)}


def to_narrow_line(line: Line) -> Line:
    """Return the line with narrow signs where ambiguous characters take two cells; elsewhere, the same line."""
    if ambiguous_width() == 1 or all(piece.text.isascii() for piece in line):
        return line
    return tuple([piece._replace(text=_translate(piece.text)) for piece in line])


def choose_one_cell_sign(sign: str) -> str:
    """Return the sign, or another one where it takes two cells and the column that it stands in has only one."""
    return _ONE_CELL.get(sign, sign) if ambiguous_width() > 1 else sign


@width_cache(4096)
def _translate(text: str) -> str:
    return "".join([_SIGNS.get(char, char) for char in text])
