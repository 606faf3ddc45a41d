"""Themes: tables from style names to styles. The theme of the terminal's own colours is built in.

No meaning is carried by colour alone: names and dates are underlined, quoted words are italic, linked entries are bold
and have a dot, the cursor has a bar, hits are reversed, and what the cursor is on is reversed and underlined. A theme
changes how that looks, not what it says.

Bold and reverse are never set together: on the Linux console and in PuTTY, bold turns the letters of reversed text from
black to dark grey.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.style import BOLD, DIM, ITALIC, PLAIN, REVERSE, UNDERLINE, Style

_BLACK, _RED, _GREEN, _MAGENTA, _WHITE = 0, 1, 2, 5, 15
"""The numbers of the terminal's own colours (ECMA-48, 8.3.117, less 30; 15 is bright white).

None of them can be read on both a light and a dark background in every terminal. So text has a colour only where it has
a background, too. Dim text is not used: on the Linux console it has a contrast of 2.8 to 1.
"""
_EMPHASIS = BOLD | DIM | UNDERLINE


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

    The styles are laid over the theme's ground in that order. Attributes add up, but for those that `_lay_over`
    removes. A colour replaces the one below it, and a reversed style all colours below it. Names that the theme does
    not have are ignored. A name `link:` followed by a web address makes the text a hyperlink.
    """
    foreground, background, attributes, link = theme.ground
    for name in names.split():
        link = name.removeprefix(LINK_PREFIX) if name.startswith(LINK_PREFIX) else link
        over = theme.styles.get(name, PLAIN)
        if over.attributes & ~attributes & REVERSE:
            # Reversed letters would have the colour of the background below, which is not meant for letters.
            foreground, background = theme.ground[:2]
        foreground = foreground if over.foreground is None else over.foreground
        background = background if over.background is None else over.background
        attributes = _lay_over(attributes, over.attributes)
    return Style(foreground, background, attributes, link)


def _lay_over(below: int, above: int) -> int:
    """Return the attributes of a style laid over another one.

    Reverse replaces the emphasis of what is not reversed, so that underlined and reversed always means the cursor. Bold
    replaces an underline, so that a highlighted link looks like other highlighted text.
    """
    if above & REVERSE and not below & REVERSE:
        below &= ~_EMPHASIS
    elif above & BOLD and not below & REVERSE:
        below &= ~UNDERLINE
    together = below | above
    return together & ~BOLD if together & REVERSE else together


_BOLD, _UNDERLINED = Style(None, None, BOLD), Style(None, None, UNDERLINE)
_REVERSED, _HERE = Style(None, None, REVERSE), Style(None, None, UNDERLINE | REVERSE)

# A reversed style with a colour also names a background, which becomes the colour of its letters: some terminals would
# otherwise fill the cells with one colour.
TERMINAL_THEME: Final = Theme(
    "terminal",
    {
        "ambiguous": Style(None, None, UNDERLINE | ITALIC),
        "aside": PLAIN,
        "body": PLAIN,
        "caret": _REVERSED,
        "chosen": _HERE,
        "current": Style(_GREEN, _BLACK, UNDERLINE | REVERSE),
        "cursor": _BOLD,
        "date": PLAIN,
        "differs": Style(None, None, BOLD | UNDERLINE),
        "dated": _UNDERLINED,
        "flaw": Style(_WHITE, _RED, BOLD),
        "frame": PLAIN,
        "frame-here": Style(_MAGENTA),
        "glyph": PLAIN,
        "group": _BOLD,
        "heading": _BOLD,
        "headline": _BOLD,
        "hint": Style(_WHITE, _MAGENTA, BOLD | UNDERLINE),
        "hit": Style(_GREEN, _BLACK, REVERSE),
        "key": _BOLD,
        "label": PLAIN,
        "lit": _BOLD,
        "mention": _UNDERLINED,
        "meta": PLAIN,
        "muted": PLAIN,
        "name": PLAIN,
        "native": PLAIN,
        "note": _BOLD,
        "number": PLAIN,
        "open": _REVERSED,
        "pin": _BOLD,
        "quoted": Style(None, None, ITALIC),
        "rule": PLAIN,
        "said": PLAIN,
        "said-now": _BOLD,
        "selected": _REVERSED,
        "selected-end": _HERE,
        "subtitle": PLAIN,
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
