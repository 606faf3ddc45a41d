"""Tests of how styles are laid over one another, and that the text of every theme has enough contrast."""

from itertools import product
from pathlib import Path

import pytest

from dossier.config.theme import STYLE_NAMES, TERMINAL_THEME, Theme, resolve_style
from dossier.config.theme_file import load_theme
from dossier.terminal.style import BOLD, DIM, ITALIC, PLAIN, REVERSE, UNDERLINE, Colour, Style

NOWHERE = Path("/nowhere")
SOME = Theme(
    "some",
    {"a": Style(1, None, BOLD), "b": Style(None, 2, ITALIC), "c": Style(3, 4, BOLD), "black": Style(0, 0)},
    Style(7, 16),
)
STEPS = (0, 95, 135, 175, 215, 255)
FRAMES = {"frame", "frame-here"}
COLOURED = ("dark", "light", "paper")
LAID_OVER = ("lit", "chosen", "hit", "hit current", "hint")


@pytest.mark.parametrize(
    ("names", "looks"),
    [
        ("", Style(7, 16)),
        ("a", Style(1, 16, BOLD)),
        ("a b", Style(1, 2, BOLD | ITALIC)),
        ("b a", Style(1, 2, BOLD | ITALIC)),
        ("a c", Style(3, 4, BOLD)),
        ("c a", Style(1, 4, BOLD)),
        ("c black", Style(0, 0, BOLD)),
        ("a nothing", Style(1, 16, BOLD)),
        ("  a   b ", Style(1, 2, BOLD | ITALIC)),
    ],
)
def test_styles_are_laid_over_one_another(names: str, looks: Style) -> None:
    assert resolve_style(SOME, names) == looks


def test_two_themes_of_one_name_are_kept_apart() -> None:
    assert resolve_style(SOME._replace(styles={"a": Style(9)}), "a") == Style(9, 16)
    assert resolve_style(SOME, "a") == Style(1, 16, BOLD)


@pytest.mark.parametrize(
    ("names", "looks"),
    [
        ("", PLAIN),
        ("body", PLAIN),
        ("quoted lit chosen", Style(5, None, ITALIC | BOLD | REVERSE)),
        ("hit", Style(3, 0, REVERSE)),
        ("hit current", Style(3, 0, REVERSE | BOLD | UNDERLINE)),
        ("frame", Style(None, None, DIM)),
        ("frame-here", Style(5)),
        ("muted", Style(None, None, DIM)),
    ],
)
def test_the_terminals_own_theme(names: str, looks: Style) -> None:
    assert resolve_style(TERMINAL_THEME, names) == looks


def test_the_terminals_own_theme_has_its_sixteen_colours_alone() -> None:
    colours = {colour for looks in TERMINAL_THEME.styles.values() for colour in looks[:2]}
    assert colours <= {None, *range(16)}
    assert TERMINAL_THEME.ground == PLAIN


def test_mono_has_no_colours() -> None:
    mono = load_theme("mono", NOWHERE).theme
    assert {colour for looks in mono.styles.values() for colour in looks[:2]} == {None}


@pytest.mark.parametrize("name", ["terminal", "mono", *COLOURED])
def test_a_theme_of_the_program_has_every_style_and_no_fault(name: str) -> None:
    loaded = load_theme(name, NOWHERE)
    assert loaded.problems == ()
    assert loaded.theme.name == name
    assert set(loaded.theme.styles) == STYLE_NAMES


@pytest.mark.parametrize("name", ["terminal", "mono", *COLOURED])
def test_what_a_style_says_is_seen_without_colours(name: str) -> None:
    shown = load_theme(name, NOWHERE).theme
    without = {one: resolve_style(shown, one).attributes for one in STYLE_NAMES}
    assert all(without[one] & UNDERLINE for one in ("mention", "dated", "term", "ambiguous", "current"))
    assert all(without[one] & BOLD for one in ("lit", "chosen", "title-here", "flaw", "current", "hint"))
    assert without["quoted"] & ITALIC


@pytest.mark.parametrize(("name", "one"), [*product(COLOURED, sorted(STYLE_NAMES))])
def test_text_is_legible_on_the_ground(name: str, one: str) -> None:
    shown = load_theme(name, NOWHERE).theme
    is_base = one not in FRAMES and shown.styles[one].background is None
    for names in (one, *(f"{one} {over}" for over in LAID_OVER if is_base)):
        assert not resolve_style(shown, names).attributes & DIM
        # Of what is no text 3:1 is asked (WCAG 2.2, 1.4.11), of text 4.5:1 (1.4.3).
        assert contrast(resolve_style(shown, names)) >= (3 if names in FRAMES else 4.5), names


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(Style(16, 231)) == contrast(Style((255, 255, 255), (0, 0, 0))) == 21
    assert round(contrast(Style((0x77, 0x77, 0x77), (255, 255, 255))), 2) == 4.48


def contrast(looks: Style) -> float:
    """Return the contrast ratio of text in this style (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(looks.foreground), luminance(looks.background)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour other than the terminal's own (WCAG 2.2, "relative luminance")."""
    parts = [part / 255 for part in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(colour: Colour) -> tuple[int, int, int]:
    """Return red, green and blue of a colour; those of the palette from 16 on are xterm's (256colres.pl)."""
    if isinstance(colour, tuple):
        return colour
    assert colour is not None
    assert colour >= 16
    if colour >= 232:
        grey = 8 + 10 * (colour - 232)
        return grey, grey, grey
    cube = colour - 16
    return STEPS[cube // 36], STEPS[cube // 6 % 6], STEPS[cube % 6]
