"""Replacement of signs by ASCII characters of the same width.

Design: symbols, borders, quotation marks and dashes are replaced wherever they occur. Letters never are, since a name
without its letters is another name. So each line keeps its width, and an article its words. An ellipsis is measured as
the three full stops that it becomes (`text.ambiguous_width.spell_ellipsis`). Letters that the encoding of the terminal
lacks are replaced when the text is sent.
"""

from typing import Final

from dossier.text.ambiguous_width import ELLIPSIS, ambiguous_width, spells_ellipsis, width_cache
from dossier.text.width import width
from dossier.ui.render.flow import Line, Piece

# The straight lines of Unicode's block Box Drawing; all other characters of that block are corners and crossings.
_ACROSS: Final = "─━┄┅┈┉╌╍═╴╶╸╺╼╾"
_DOWN: Final = "│┃┆┇┊┋╎╏║╵╷╹╻╽╿"

ASCII_SIGNS: Final = str.maketrans(
    {
        **{chr(code): "+" for code in range(0x2500, 0x2580)},
        **dict.fromkeys(_ACROSS, "-"),
        **dict.fromkeys(_DOWN, "|"),
        # A histogram rises in eight steps.
        **dict(zip("▁▂▃▄▅▆▇█", "_.:-=+*#", strict=True)),
        **dict.fromkeys("▏▎▍▐", "|"),
        **dict.fromkeys("▌▸▶▷›→", ">"),
        **dict.fromkeys("‹←◂◀◁", "<"),
        **dict.fromkeys("•●◆◇◈◊", "*"),
        **dict.fromkeys("○◌◎◯▫□", "o"),
        **dict.fromkeys("■▣▤▥▦▧▨▩░▒▓", "#"),
        **dict.fromkeys("▲△", "^"),
        **dict.fromkeys("▼▽", "v"),
        **dict.fromkeys("◷", "@"),
        **dict.fromkeys("▪¶", "#"),
        **dict.fromkeys("✗×", "x"),
        **dict.fromkeys("¬", "!"),
        **dict.fromkeys("⚑", "="),
        **dict.fromkeys("✎", "&"),
        **dict.fromkeys("≈", "~"),
        **dict.fromkeys("↑", "^"),
        **dict.fromkeys("↓", "v"),
        **dict.fromkeys("⏎⌫", "<"),
        **dict.fromkeys("·‧‐‑‒–—―−", "-"),
        **dict.fromkeys("…․", "."),
        **dict.fromkeys("❝❞“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        # Spaces of one cell.
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "),
        # Signs that stand for characters unfit for a terminal: the replacement character, and pictures of controls.
        **{chr(code): "?" for code in (0xFFFD, *range(0x2400, 0x2427))},
    }
)
"""The ASCII character for each sign, by the code point of the sign."""

_DOUBLED: Final = "-."
_OPENING: Final = "“„‘‚"


def to_ascii_line(line: Line) -> Line:
    """Return the line with every sign replaced by ASCII, at the same width. Letters of any script stay."""
    if all(piece.text.isascii() for piece in line):
        return line
    return tuple([Piece(_translate(text), style, anchors) for text, style, anchors in line])


def to_ascii_text(text: str) -> str:
    """Return text that stands in no columns with every sign replaced by ASCII. Letters of any script stay."""
    return text.replace(ELLIPSIS, "...").translate(ASCII_SIGNS)


@width_cache(4096)
def _translate(text: str) -> str:
    widened = text if ambiguous_width() > 1 else ELLIPSIS if spells_ellipsis() else ""
    return text.translate(ASCII_SIGNS | {ord(one): _widen(one) for one in widened} if widened else ASCII_SIGNS)


def _widen(char: str) -> str:
    """Return what stands for a character in as many cells as it takes itself."""
    sign = ASCII_SIGNS.get(ord(char), char)
    cells = width(char)
    if sign is char or cells < 2:
        return sign
    if sign in _DOUBLED:
        return sign * cells
    return sign.rjust(cells) if char in _OPENING else sign.ljust(cells)
