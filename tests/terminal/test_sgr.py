"""Tests of the encoding of styles for terminals."""

from itertools import product

import pytest
from pictures import STYLES

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.sgr import apply_sgr, encode_style_change, reduce_style
from dossier.terminal.style import BLINK, BOLD, DIM, ITALIC, PLAIN, REVERSE, UNDERLINE, Colour, Style

UNLINKED = [style._replace(link="") for style in STYLES]


@pytest.mark.parametrize(("before", "after"), [*product(UNLINKED, UNLINKED)])
def test_a_change_is_read_as_it_is_meant(before: Style, after: Style) -> None:
    sent = encode_style_change(before, after)
    if before == after:
        assert sent == ""
    else:
        assert apply_sgr(before, sent.removeprefix("\x1b[").removesuffix("m")) == after


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        (PLAIN, Style(attributes=BOLD), "\x1b[1m"),
        (Style(5, None, BOLD | UNDERLINE), PLAIN, "\x1b[m"),
        (Style(attributes=UNDERLINE), Style(5, None, UNDERLINE | BOLD), "\x1b[1;35m"),
        (Style(5, None, UNDERLINE | BOLD), Style(attributes=UNDERLINE), "\x1b[;4m"),
        (Style((9, 9, 9), (8, 8, 8), BOLD), Style((9, 9, 9), (8, 8, 8)), "\x1b[22m"),
        (Style((9, 9, 9), (8, 8, 8), BOLD | DIM), Style((9, 9, 9), (8, 8, 8), DIM), "\x1b[22;2m"),
        (Style(12), Style(None, 12), "\x1b[;104m"),
        (PLAIN, Style(link="http://b"), "\x1b]8;;http://b\x1b\\"),
        (Style(link="http://b"), Style(attributes=REVERSE), "\x1b]8;;\x1b\\\x1b[7m"),
    ],
)
def test_a_change_is_short(before: Style, after: Style, sent: str) -> None:
    assert encode_style_change(before, after) == sent


@pytest.mark.parametrize(
    ("colour", "of_256", "of_16"),
    [
        (None, None, None),
        (3, 3, 3),
        (15, 15, 15),
        (196, 196, 9),
        (244, 244, 8),
        ((255, 255, 255), 231, 15),
        ((0, 0, 0), 16, 0),
        ((8, 8, 8), 232, 0),
        ((128, 128, 128), 244, 8),
        ((255, 135, 0), 208, 3),
        ((250, 5, 8), 196, 9),
        ((0, 0, 230), 20, 4),
    ],
)
def test_colours_are_made_less_of(colour: Colour, of_256: Colour, of_16: Colour) -> None:
    style = Style(colour, None, BOLD)
    assert reduce_style(style, Capabilities(colours=1 << 24)) == style
    assert reduce_style(style, Capabilities(colours=256)) == Style(of_256, None, BOLD)
    assert reduce_style(style, Capabilities(colours=16)) == Style(of_16, None, BOLD)
    assert reduce_style(style, Capabilities(colours=0)) == Style(None, None, BOLD)


@pytest.mark.parametrize(("behind", "foreground"), [((10, 10, 10), 15), ((245, 245, 245), 0)])
def test_text_stays_legible_where_two_colours_become_one(behind: tuple[int, int, int], foreground: int) -> None:
    red, green, blue = behind
    style = reduce_style(Style((red + 9, green + 9, blue + 9), behind), Capabilities(colours=16))
    assert style.foreground == foreground != style.background
    assert reduce_style(Style(behind, behind), Capabilities(colours=16)).foreground == style.background


def test_without_colours_only_what_a_vt220_has_is_shown() -> None:
    every = Style(1, 2, 127)
    assert reduce_style(every, Capabilities(colours=0)).attributes & (DIM | ITALIC) == 0
    assert reduce_style(every, Capabilities(colours=0)).attributes == UNDERLINE | BLINK | REVERSE
    assert reduce_style(Style(1, 2, BOLD), Capabilities(colours=0)).attributes == BOLD


def test_what_would_be_taken_for_reverse_is_not_said() -> None:
    assert reduce_style(Style(6, None, ITALIC | BOLD), Capabilities(italics=False)) == Style(6, None, BOLD)
