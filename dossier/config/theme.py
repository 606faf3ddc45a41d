"""How every named style looks is one table, the theme; that of the terminal's own colours stands here, in no file.

No colour carries a meaning by itself: names and dates are underlined, quoted words italic, what is lit is bold and has
a dot, the cursor has a bar, hits and hints are reversed. A theme changes how that looks, never what it says.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.style import BOLD, DIM, ITALIC, PLAIN, REVERSE, UNDERLINE, Style

_RED, _YELLOW, _MAGENTA = 1, 3, 5
_BLACK = 0
"""The numbers of the terminal's own colours (ECMA-48, 8.3.117, less 30). Cyan and bright black are left alone: on some
grounds nobody can read them."""


LINK: Final = "link:"


class Theme(NamedTuple):
    """`styles` by their names; `ground` is what all of them are laid over, and what fills the cells where nothing
    stands."""

    name: str
    styles: Mapping[str, Style]
    ground: Style = PLAIN

    def __hash__(self) -> int:
        return hash(self.name)


@lru_cache(maxsize=4096)
def style(theme: Theme, names: str) -> Style:
    """How text looks in the styles `names`, separated by spaces: laid over the ground one after the other, where
    attributes add up and a colour replaces that below it. A name that the theme has no style for changes nothing;
    `link:` and a web address makes the text lead there."""
    foreground, background, attributes, link = theme.ground
    for name in names.split():
        link = name.removeprefix(LINK) if name.startswith(LINK) else link
        over = theme.styles.get(name, PLAIN)
        foreground = foreground if over.foreground is None else over.foreground
        background = background if over.background is None else over.background
        attributes |= over.attributes
    return Style(foreground, background, attributes, link)


_LIT = Style(_MAGENTA, None, BOLD)
_UNDERLINED = Style(None, None, UNDERLINE)
_BOLD, _DIM = Style(None, None, BOLD), Style(None, None, DIM)

# What is reversed names the colour of its letters, too: some terminals would fill with it whatever stands there.
TERMINAL: Final = Theme(
    "terminal",
    {
        "ambiguous": Style(None, None, UNDERLINE | ITALIC),
        "aside": _DIM,
        "body": PLAIN,
        "caret": Style(None, None, REVERSE),
        "chosen": Style(None, None, BOLD | REVERSE),
        "current": Style(_YELLOW, _BLACK, BOLD | UNDERLINE | REVERSE),
        "cursor": _LIT,
        "date": PLAIN,
        "dated": _UNDERLINED,
        "flaw": Style(_RED, None, BOLD),
        "frame": _DIM,
        "frame-here": Style(_MAGENTA),
        "glyph": _DIM,
        "group": _BOLD,
        "heading": _BOLD,
        "headline": _BOLD,
        "hint": Style(_MAGENTA, _BLACK, BOLD | REVERSE),
        "hit": Style(_YELLOW, _BLACK, REVERSE),
        "key": _BOLD,
        "label": _DIM,
        "lit": _LIT,
        "mention": _UNDERLINED,
        "meta": _DIM,
        "muted": _DIM,
        "name": PLAIN,
        "native": PLAIN,
        "number": _DIM,
        "open": Style(None, None, BOLD | REVERSE),
        "pin": _LIT,
        "quoted": Style(None, None, ITALIC),
        "rule": _DIM,
        "said": PLAIN,
        "said-now": _BOLD,
        "subtitle": _DIM,
        "tab": PLAIN,
        "term": _UNDERLINED,
        "title": PLAIN,
        "title-here": _BOLD,
        "under": PLAIN,
        "where": _BOLD,
    },
)
"""The terminal's own sixteen colours on its own ground, whatever these are."""

STYLE_NAMES: Final = frozenset(TERMINAL.styles)
"""Every name that `drawing` and `reading` give to a style.

`frame` is the line around a pane, `title` what stands on its upper edge, `under` on its lower; `frame-here` and
`title-here` are those of the pane with the cursor.
"""
