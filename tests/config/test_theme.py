"""Tests of how styles are laid over one another, and of what every theme has."""

from pathlib import Path

import pytest

from dossier.config.theme import STYLE_NAMES, TERMINAL_THEME, Theme, resolve_style
from dossier.config.theme_file import load_theme
from dossier.terminal.style import BOLD, DIM, ITALIC, PLAIN, REVERSE, STRIKE, UNDERLINE, Style

NOWHERE = Path("/nowhere")
SOME = Theme(
    "some",
    {
        "a": Style(1, None, BOLD),
        "b": Style(None, 2, ITALIC),
        "c": Style(3, 4, BOLD),
        "black": Style(0, 0),
        **{
            "line": Style(None, None, UNDERLINE),
            "back": Style(None, None, REVERSE | STRIKE),
            "here": Style(None, None, REVERSE | UNDERLINE),
            "found": Style(5, 6, REVERSE),
            "dim": Style(None, None, DIM | ITALIC),
            "both": Style(8, None, BOLD | REVERSE),
        },
    },
    Style(7, 16),
)
COLOURED = ("dark", "light", "paper")


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
        ("line b", Style(7, 2, UNDERLINE | ITALIC)),
        ("a line", Style(1, 16, BOLD | UNDERLINE)),
        ("line a", Style(1, 16, BOLD)),
        ("a line back", Style(7, 16, REVERSE | STRIKE)),
        ("c here", Style(7, 16, REVERSE | UNDERLINE)),
        ("line here found", Style(5, 6, REVERSE | UNDERLINE)),
        ("line found here", Style(5, 6, REVERSE | UNDERLINE)),
        ("line found", Style(5, 6, REVERSE)),
        ("here a", Style(1, 16, REVERSE | UNDERLINE)),
        ("dim back", Style(7, 16, REVERSE | STRIKE | ITALIC)),
        ("both", Style(8, 16, REVERSE)),
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
        ("mention", Style(None, None, UNDERLINE)),
        ("mention lit", Style(None, None, BOLD)),
        ("quoted lit chosen", Style(None, None, ITALIC | UNDERLINE | REVERSE)),
        ("hit", Style(2, 0, REVERSE)),
        ("hit current", Style(2, 0, UNDERLINE | REVERSE)),
        ("mention chosen hit", Style(2, 0, UNDERLINE | REVERSE)),
        ("flaw", Style(15, 1, BOLD)),
        ("flaw selected", Style(None, None, REVERSE)),
        ("frame", PLAIN),
        ("frame-here", Style(5)),
        ("muted", PLAIN),
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
    assert all(without[one] & BOLD for one in ("lit", "title-here", "flaw", "hint"))
    assert all(without[one] & REVERSE for one in ("chosen", "hit", "current", "selected", "selected-end", "open"))
    assert without["quoted"] & ITALIC
