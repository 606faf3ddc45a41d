"""The style of a cell: two colours, a set of attributes, and the address of a hyperlink.

Colours are kept as they were asked for, the terminal's own sixteen by number. They are adapted to the terminal only
when they are sent, so that one frame serves all terminals.
"""

from typing import Final

from dossier.core.dataclasses import NamedTuple

Colour = int | tuple[int, int, int] | None
"""A colour of the palette by its number, as a tuple of red, green and blue (0 to 255 each), or the default one (None).

Numbers go from 0 to 255; those below 16 are the terminal's own colours.
"""

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
    """The style of a cell. `attributes` is a sum of BOLD, DIM and so on; `link` is a web address or "" (OSC 8)."""

    foreground: Colour = None
    background: Colour = None
    attributes: int = 0
    link: str = ""


PLAIN: Final = Style()
