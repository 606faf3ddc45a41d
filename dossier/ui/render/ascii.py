"""What this program draws and how it is set typographically can be said in ASCII, a cell for a cell.

Decided here: signs, borders, quotation marks and dashes are translated, wherever they stand; letters never are, since
a name without its letters is another name. So a line keeps its width, and an article its words. What the terminal's
encoding then cannot say is for whoever sends it.
"""

from functools import lru_cache
from typing import Final

from dossier.ui.render.flow import Line, Piece

# Of box drawing (Unicode's block of that name) the straight lines; all else there is a corner or a crossing.
_ACROSS: Final = "─━┄┅┈┉╌╍═╴╶╸╺╼╾"
_DOWN: Final = "│┃┆┇┊┋╎╏║╵╷╹╻╽╿"

_SIGNS: Final = str.maketrans(
    {
        **{chr(code): "+" for code in range(0x2500, 0x2580)},
        **dict.fromkeys(_ACROSS, "-"),
        **dict.fromkeys(_DOWN, "|"),
        # A histogram rises in eight steps.
        **dict(zip("▁▂▃▄▅▆▇█", "_.:-=+*#", strict=True)),
        **dict.fromkeys("▏▎▍▐", "|"),
        **dict.fromkeys("▌▸▶›→", ">"),
        **dict.fromkeys("‹←◂", "<"),
        **dict.fromkeys("•●", "*"),
        **dict.fromkeys("○◌", "o"),
        **dict.fromkeys("◷", "@"),
        **dict.fromkeys("▪¶", "#"),
        **dict.fromkeys("✗×", "x"),
        **dict.fromkeys("¬", "!"),
        **dict.fromkeys("≈", "~"),
        **dict.fromkeys("↑", "^"),
        **dict.fromkeys("↓", "v"),
        **dict.fromkeys("⏎⌫", "<"),
        **dict.fromkeys("·‧‐‑‒–—―−", "-"),
        **dict.fromkeys("…․", "."),
        **dict.fromkeys("❝❞“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        # Spaces that are a cell wide.
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "),
        # What stands for what a terminal must not be shown: a code point without a picture, and controls.
        **{chr(code): "?" for code in (0xFFFD, *range(0x2400, 0x2427))},
    }
)


def ascii(line: Line) -> Line:
    """The line with every sign in ASCII, of the same width; letters of any script stay as they are."""
    if all(piece.text.isascii() for piece in line):
        return line
    return tuple([Piece(_said(text), style, anchors) for text, style, anchors in line])


@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    return text.translate(_SIGNS)
