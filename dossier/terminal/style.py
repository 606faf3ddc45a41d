"""How a cell looks is one small value: two colours, a set of attributes, and the web address that its text leads to.

Colours are kept as they are asked for, the terminal's own sixteen by number; what a terminal cannot show is made less
of only when it is sent, so that one picture serves all terminals.
"""

from typing import Final

from dossier.core.dataclasses import NamedTuple

Colour = int | tuple[int, int, int] | None
"""0 to 255: of the palette, to 15 the terminal's own; red, green, blue, each 0 to 255; None: the terminal's default."""

BOLD: Final = 1
DIM: Final = 2
ITALIC: Final = 4
UNDERLINE: Final = 8
BLINK: Final = 16
REVERSE: Final = 32
STRIKE: Final = 64

ATTRIBUTES: Final = {
    "bold": BOLD,
    "dim": DIM,
    "italic": ITALIC,
    "underline": UNDERLINE,
    "blink": BLINK,
    "reverse": REVERSE,
    "strike": STRIKE,
}


class Style(NamedTuple):
    """`attributes` is a sum of BOLD, DIM …; `link` a web address, or empty (OSC 8)."""

    foreground: Colour = None
    background: Colour = None
    attributes: int = 0
    link: str = ""


PLAIN: Final = Style()
