"""Every style of every theme has enough contrast on the terminals that it is meant for, also laid over one another.

The themes `terminal` and `mono` are in the terminal's own colours, and are meant for every terminal, light or dark. The
others set a ground of their own, on which each is read, and need 256 colours; the Linux console has sixteen.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from drawn_colours import SCREENS, Drawn, Screen, contrast

from dossier.config.theme import STYLE_NAMES, TERMINAL_THEME, Theme, resolve_style
from dossier.config.theme_file import list_bundled_themes, load_theme
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.sgr import encode_style_change, reduce_style
from dossier.terminal.style import BLINK, BOLD, DIM, ITALIC, PLAIN, REVERSE, UNDERLINE, Style

NOWHERE = Path("/nowhere")
NAMES = list_bundled_themes()
OF_THE_TERMINAL = ("terminal", "mono")
SIGNS = frozenset(("cursor", "frame", "frame-here"))
"""Styles of lines and bars, never of text. Of what is no text 3:1 is asked (WCAG 2.2, 1.4.11), of text 4.5:1."""
LINKS = ("", "lit")
CURSORS = ("", "chosen")
HITS = ("", "hit", "hit current")
SELECTIONS = ("", "selected", "selected selected-end")
OVERLAYS = frozenset(("lit", "chosen", "hit", "current", "selected", "selected-end", "caret", "hint", "open"))
UNDER = sorted(STYLE_NAMES - SIGNS - OVERLAYS)
"""The styles that others are laid over."""
INNER = ("", "mention", "mention lit", "ambiguous lit chosen")
"""The styles of a link inside another one."""


def shown(name: str) -> Theme:
    return load_theme(name, NOWHERE).theme


def combinations() -> Iterator[str]:
    """Yield the names of every style, and of those that entries lay over it: links, hits and what is selected."""
    yield from ("", *sorted(STYLE_NAMES), "tab open")
    for parts in product(UNDER, LINKS, CURSORS, INNER, HITS, SELECTIONS):
        yield " ".join(filter(None, parts))


def screens() -> Iterator[tuple[str, Screen, int]]:
    for name, screen in product(NAMES, SCREENS):
        if name in OF_THE_TERMINAL:
            yield name, screen, 16
        elif screen.name != "Linux console":
            yield name, screen, 256
            yield name, screen, 1 << 24


@pytest.mark.parametrize(("name", "screen", "colours"), [*screens()])
def test_everything_is_legible(name: str, screen: Screen, colours: int) -> None:
    theme, abilities = shown(name), Capabilities(colours=colours)
    for names in combinations():
        drawn = screen.draw(reduce_style(resolve_style(theme, names), abilities))
        assert contrast(drawn) >= (3 if names in SIGNS else 4.5), (names, drawn)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_bold_and_reversed(name: str) -> None:
    theme = shown(name)
    for names in combinations():
        attributes = resolve_style(theme, names).attributes
        assert attributes & (BOLD | REVERSE) != BOLD | REVERSE, names
        assert not attributes & (DIM | BLINK), names


@pytest.mark.parametrize("colours", [0, 16, 256, 1 << 24])
@pytest.mark.parametrize("style", [Style(5, None, BOLD | REVERSE), Style(attributes=BOLD | UNDERLINE | REVERSE)])
def test_bold_and_reverse_are_not_sent_together(style: Style, colours: int) -> None:
    reduced = reduce_style(style, Capabilities(colours=colours))
    assert reduced.attributes == style.attributes & ~BOLD
    sent = encode_style_change(Style(attributes=BOLD), reduced)
    assert sent.startswith(("\x1b[;", "\x1b[22;"))


ROLES = {
    "text": "",
    "link": "mention",
    "lit": "lit",
    "lit link": "mention lit",
    "link under the cursor": "mention chosen",
    "lit link under the cursor": "mention lit chosen",
    "found": "hit",
    "found link": "mention hit",
    "found, under the cursor": "hit current",
    "found link under the cursor": "mention chosen hit current",
    "label": "hint",
}
SAME_ROLES = (
    {"lit", "lit link"},
    {"link under the cursor", "lit link under the cursor", "found, under the cursor", "found link under the cursor"},
    {"found", "found link"},
)
"""Roles that say the same, and may look the same: highlighted, under the cursor, found."""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("colours", [0, 1 << 24])
def test_roles_differ_in_their_looks(name: str, colours: int) -> None:
    """A terminal without colours has the first two themes; their attributes tell the same things apart."""
    if not colours and name not in OF_THE_TERMINAL:
        return
    theme, abilities = shown(name), Capabilities(colours=colours)
    looks = {role: reduce_style(resolve_style(theme, names), abilities) for role, names in ROLES.items()}
    for one, other in product(looks, looks):
        if one < other and not any({one, other} <= roles for roles in SAME_ROLES):
            assert looks[one] != looks[other], (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_cursor_is_on_is_underlined_and_reversed(name: str) -> None:
    theme = shown(name)
    for names in ("chosen", "selected-end", "mention lit chosen", "mention chosen hit", "quoted selected selected-end"):
        assert resolve_style(theme, names).attributes & (UNDERLINE | REVERSE) == UNDERLINE | REVERSE
    for names in ("mention hit", "mention selected", "quoted dated selected"):
        assert not resolve_style(theme, names).attributes & UNDERLINE


def test_the_terminals_theme_has_colours_only_for_signs_and_on_grounds_of_their_own() -> None:
    for names, style in TERMINAL_THEME.styles.items():
        assert names in SIGNS or (style.foreground is None) == (style.background is None), names


@pytest.mark.parametrize(
    ("screen", "style", "letters", "behind"),
    [
        ("xterm, light", PLAIN, (0, 0, 0), (255, 255, 255)),
        ("xterm, dark", Style(1, None, BOLD), (255, 0, 0), (0, 0, 0)),
        ("xterm, dark", Style(None, None, DIM), (170, 170, 170), (0, 0, 0)),
        ("PuTTY, dark", Style(None, None, BOLD), (255, 255, 255), (0, 0, 0)),
        ("PuTTY, dark", Style(5, 0, REVERSE), (0, 0, 0), (0xBB, 0, 0xBB)),
        ("Linux console", Style(None, None, DIM), (0x55, 0x55, 0x55), (0, 0, 0)),
        ("Linux console", Style(5, None, BOLD | REVERSE), (0x55, 0x55, 0x55), (0xAA, 0, 0xAA)),
        ("Linux console", Style(None, None, UNDERLINE | REVERSE), (0, 0, 0), (0, 0xAA, 0xAA)),
        ("Linux console", Style(15, 5, ITALIC), (0x55, 0xFF, 0x55), (0xAA, 0, 0xAA)),
        ("VTE, dark", Style(1, None, BOLD), (0xC0, 0, 0), (0, 0, 0)),
        ("VTE, dark", Style((90, 90, 90), None, DIM), (90, 90, 90), (0, 0, 0)),
    ],
)
def test_terminals_draw(screen: str, style: Style, letters: tuple[int, int, int], behind: tuple[int, int, int]) -> None:
    (there,) = (one for one in SCREENS if one.name == screen)
    assert there.draw(style) == Drawn(letters, behind)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(Drawn((255, 255, 255), (0, 0, 0))) == contrast(Drawn((0, 0, 0), (255, 255, 255))) == 21
    assert round(contrast(Drawn((0x77, 0x77, 0x77), (255, 255, 255))), 2) == 4.48


def test_bold_and_reverse_on_the_linux_console_cannot_be_read() -> None:
    (console,) = (one for one in SCREENS if one.name == "Linux console")
    assert round(contrast(console.draw(Style(5, None, BOLD | REVERSE))), 1) == 1.2
    assert round(contrast(console.draw(Style(None, None, DIM))), 1) == 2.8
