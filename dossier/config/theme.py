"""Themes: tables from style names to styles. The theme of the terminal's own colours is built in.

No meaning is carried by colour alone: names and dates are underlined, quoted words are italic, linked entries are bold
and have a dot, the cursor has a bar, hits and hints are reversed. A theme changes how that looks, not what it says.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.style import BOLD, DIM, ITALIC, PLAIN, REVERSE, UNDERLINE, Style

_RED, _YELLOW, _MAGENTA = 1, 3, 5
_BLACK = 0
"""The numbers of the terminal's own colours (ECMA-48, 8.3.117, less 30).

Cyan and bright black are not used, since they cannot be read on some backgrounds.
"""


LINK_PREFIX: Final = "link:"


class Theme(NamedTuple):
    """A named set of styles. `ground` is the style below all of them, which also fills empty cells."""

    name: str
    styles: Mapping[str, Style]
    ground: Style = PLAIN

    def __hash__(self) -> int:
        return hash(self.name)


@lru_cache(maxsize=4096)
def resolve_style(theme: Theme, names: str) -> Style:
    """Return the style for `names`, style names separated by spaces.

    The styles are laid over the theme's ground in that order. Attributes add up; a colour replaces the one below it.
    Names that the theme does not have are ignored. A name `link:` followed by a web address makes the text a hyperlink.
    """
    foreground, background, attributes, link = theme.ground
    for name in names.split():
        link = name.removeprefix(LINK_PREFIX) if name.startswith(LINK_PREFIX) else link
        over = theme.styles.get(name, PLAIN)
        foreground = foreground if over.foreground is None else over.foreground
        background = background if over.background is None else over.background
        attributes |= over.attributes
    return Style(foreground, background, attributes, link)


_LIT = Style(_MAGENTA, None, BOLD)
_UNDERLINED = Style(None, None, UNDERLINE)
_BOLD, _DIM = Style(None, None, BOLD), Style(None, None, DIM)

# A reversed style with a colour also names a background, which becomes the colour of its letters: some terminals would
# otherwise fill the cells with one colour.
TERMINAL_THEME: Final = Theme(
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
        "differs": Style(_MAGENTA, None, BOLD | UNDERLINE),
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
        "note": _BOLD,
        "number": _DIM,
        "open": Style(None, None, BOLD | REVERSE),
        "pin": _LIT,
        "quoted": Style(None, None, ITALIC),
        "rule": _DIM,
        "said": PLAIN,
        "said-now": _BOLD,
        "selected": Style(None, None, REVERSE),
        "selected-end": Style(None, None, BOLD | UNDERLINE | REVERSE),
        "subtitle": _DIM,
        "tab": PLAIN,
        "term": _UNDERLINED,
        "title": PLAIN,
        "title-here": _BOLD,
        "under": PLAIN,
        "where": _BOLD,
    },
)
"""The theme of the terminal's own sixteen colours on its own background."""

STYLE_NAMES: Final = frozenset(TERMINAL_THEME.styles)
"""All style names that the program uses.

`frame` is the border of a pane, `title` the text on its upper edge and `under` that on its lower edge. `frame-here` and
`title-here` are those of the pane with the cursor.
"""
