"""Tests that the emulator shows what Textual means by its output."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import AGREED, DISPUTED, STYLES
from rich.color import Color
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style as Look
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import Frame, make_frame, make_row
from dossier.terminal.style import ATTRIBUTES, BOLD, DIM, PLAIN, REVERSE, UNDERLINE, Colour, Style
from dossier.text.width import width

CONSOLE = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)


def rich_colour(colour: Colour) -> Color | None:
    if colour is None:
        return None
    return Color.from_ansi(colour) if isinstance(colour, int) else Color.from_rgb(*colour)


def look(style: Style) -> Look:
    """Return a style as Rich represents it."""
    on: dict[str, Any] = {name: True for name, bit in ATTRIBUTES.items() if style.attributes & bit}
    return Look(
        color=rich_colour(style.foreground), bgcolor=rich_colour(style.background), link=style.link or None, **on
    )


def runs(chance: random.Random, cells: int) -> list[tuple[str, Style]]:
    """Return a random line of at most `cells` cells, which need not be cut: Textual would cut a flag in two."""
    line, room = list[tuple[str, Style]](), cells
    for _ in range(chance.randrange(1, 5)):
        text = "".join(chance.choice(AGREED + DISPUTED) for _ in range(chance.randrange(1, 9)))
        room -= width(text)
        if room >= 0:
            line.append((text, chance.choice(STYLES)))
    return line


def strip(line: list[tuple[str, Style]], cells: int) -> Strip:
    return Strip([Segment(text, look(style)) for text, style in line]).adjust_cell_length(cells)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_the_whole_screen_as_textual_paints_it(seed: int) -> None:
    chance = random.Random(seed)
    cells, rows = 60, 6
    stream = Emulator(cells, rows)
    for _ in range(3):
        lines = [runs(chance, cells) for _ in range(rows)]
        strips = [[strip(line, cells)] for line in lines]
        sent = LayoutUpdate(strips, Region(0, 0, cells, rows)).render_segments(CONSOLE)  # type: ignore[arg-type]
        sent += Control.move_to(3, 2).segment.text
        # Not within a character: Textual writes a frame at once.
        cut = chance.choice([at for at, char in enumerate(sent) if char.isascii()])
        assert stream.feed(sent[:cut]) + stream.feed(sent[cut:]) == ""
        assert stream.frame == make_frame(lines, cells, rows)
        assert stream.cursor == (2, 3)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_a_part_of_the_screen_as_textual_paints_it(seed: int) -> None:
    chance = random.Random(seed)
    cells, rows = 60, 6
    left = [[(" " * 30, PLAIN)] for _ in range(rows)]
    right = [runs(chance, 30) for _ in range(rows)]
    stream = Emulator(cells, rows)
    for _ in range(3):
        changed = sorted(chance.sample(range(rows), 3))
        chops: list[dict[int, Strip | None]] = [{} for _ in range(rows)]
        for row in changed:
            left[row] = [(chance.choice(("plain text", "漢字かな", "“quoted”")).ljust(20), chance.choice(STYLES))]
            right[row] = runs(chance, 30)
            chops[row] = {0: strip(left[row], 30), 30: strip(right[row], 30)}
        update = ChopsUpdate(chops, [(row, 0, cells) for row in changed], [[30, 60]] * rows)
        assert stream.feed(update.render_segments(CONSOLE)) == ""
        for row in changed:
            halves = make_frame([left[row]], 30, 1).rows[0] + make_frame([right[row]], 30, 1).rows[0]
            assert stream.frame.rows[row] == halves


INVERSE = Style(attributes=REVERSE)
BOTH = Style(attributes=UNDERLINE | REVERSE)


def row(*line: tuple[str, Style]) -> Frame:
    return make_frame([line], 10, 1)


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ("abc", [("abc", PLAIN)]),
        ("abc\rx", [("xbc", PLAIN)]),
        ("abc\b\bx", [("axc", PLAIN)]),
        ("abcdefghijklm", [("abcdefghij", PLAIN)]),
        ("abcdefghi漢x", [("abcdefghi", PLAIN)]),
        ("abc\x1b[Dx", [("abx", PLAIN)]),
        ("abc\x1b[1;2Hx\x1b[Cy", [("axcy", PLAIN)]),
        ("abc\x1b[;2fx", [("axc", PLAIN)]),
        ("abc\x1b[2Gx", [("axc", PLAIN)]),
        ("abc\x1b[2G\x1b[K", [("a", PLAIN)]),
        ("abc\x1b[2G\x1b[1K", [("  c", PLAIN)]),
        ("abc\x1b[2K", []),
        ("abc\x1b[2J", []),
        ("abc\x1b[3J", [("abc", PLAIN)]),
        ("abc\x1b[2G\x1b[J", [("a", PLAIN)]),
        ("漢\rx", [("x ", PLAIN)]),
        ("漢\x1b[2Gx", [(" x", PLAIN)]),
        ("a漢\r漢", [("漢 ", PLAIN)]),
        ("漢\x1b[2G\x1b[K", []),
        ("e\x1b[1m\u0301x", [("e\u0301", PLAIN), ("x", Style(attributes=BOLD))]),
        ("漢\u0301", [("漢\u0301", PLAIN)]),
        ("\u0301a", [("a", PLAIN)]),
        ("\x1b[41m\x1b[K", [(" " * 10, Style(background=1))]),
        ("\x1b[1mA\x1b[mB", [("A", Style(attributes=BOLD)), ("B", PLAIN)]),
        ("\x1b[1;2mA\x1b[22mB", [("A", Style(attributes=BOLD | DIM)), ("B", PLAIN)]),
        (
            "\x1b[4;7mA\x1b[24mB\x1b[27mC",
            [("A", BOTH), ("B", INVERSE), ("C", PLAIN)],
        ),
        ("\x1b[4:3mA\x1b[4:0mB", [("A", Style(attributes=UNDERLINE)), ("B", PLAIN)]),
        ("\x1b[31;107mA\x1b[39mB\x1b[49mC", [("A", Style(1, 15)), ("B", Style(None, 15)), ("C", PLAIN)]),
        ("\x1b[38;5;200;48;2;1;2;3;1mA", [("A", Style(200, (1, 2, 3), BOLD))]),
        ("\x1b[38:5:200;48:2::1:2:3;1mA", [("A", Style(200, (1, 2, 3), BOLD))]),
        ("\x1b[48:2:1:2:3mA", [("A", Style(None, (1, 2, 3)))]),
        ("\x1b[58;5;9;1mA", [("A", Style(attributes=BOLD))]),
        ("\x1b[38;5mA\x1b[38;2;1mA\x1b[38;5;999mA\x1b[38mA", [("AAAA", PLAIN)]),
        ("\x1b]8;id=1;http://b\x1b\\A\x1b[0mB\x1b]8;;\x07C", [("AB", Style(link="http://b")), ("C", PLAIN)]),
        ("\x1b[?2026hA\x1b[?2026l", [("A", PLAIN)]),
        ("A\x00\x7f\x9bB", [("AB", PLAIN)]),
        ("A\x1b[99999999999999999999999CB", [("A        B", PLAIN)]),
    ],
)
def test_one_row(sent: str, line: list[tuple[str, Style]]) -> None:
    whole, bits = Emulator(10, 1), Emulator(10, 1)
    assert whole.feed(sent) == ""
    assert whole.frame == row(*line)
    assert "".join(map(bits.feed, sent)) == ""
    assert bits.frame == row(*line)


@pytest.mark.parametrize(
    ("sent", "cursor"),
    [
        ("", (0, 0)),
        ("\x1b[3;4H", (2, 3)),
        ("\x1b[99;99H", (3, 9)),
        ("\x1b[3d", (2, 0)),
        ("\x1b[3;4H\x1b[A", (1, 3)),
        ("\x1b[3;4H\x1b[9A\x1b[2B", (2, 3)),
        ("ab\n", (1, 0)),
        ("\n\n\n\n\n\n", (3, 0)),
        ("0123456789", (0, 10)),
        ("0123456789\x1b[D", (0, 8)),
    ],
)
def test_cursor(sent: str, cursor: tuple[int, int]) -> None:
    stream = Emulator(10, 4)
    stream.feed(sent)
    assert stream.cursor == cursor


@pytest.mark.parametrize(
    "other",
    [
        "\x1b[?1049h",
        "\x1b[?25l",
        "\x1b[?2048$p",
        "\x1b[6n",
        "\x1b[>1u",
        "\x1b[4:3q",
        "\x07",
        "\x1b]52;c;YWJj\x07",
        "\x1b]0;a title\x1b\\",
        "\x1bPtmux;\x1b\x1b]52;c;YWJj\x07\x1b\\",
        "\x1b7",
        "\x1b(B",
        "\x1b_Gi=1\x1b\\",
    ],
)
def test_what_is_no_picture_is_given_back(other: str) -> None:
    stream = Emulator(10, 1)
    assert stream.feed(f"a{other}b\x1b[m{other}") == other * 2
    assert stream.frame == row(("ab", PLAIN))
    assert "".join(map(stream.feed, f"\r{other}x{other}")) == other * 2
    assert stream.frame == row(("xb", PLAIN))


def test_resized() -> None:
    stream = Emulator(4, 2)
    stream.feed("a漢b\ncd")
    stream.resize(2, 1)
    assert stream.frame == make_frame([[("a", PLAIN)]], 2, 1)
    stream.resize(3, 2)
    assert stream.frame == make_frame([[("a", PLAIN)]], 3, 2)
    stream.resize(0, 0)
    assert stream.frame.size == (1, 1)


def test_rows_that_did_not_change_are_the_same_objects() -> None:
    stream = Emulator(10, 3)
    stream.feed("one\ntwo\nthree")
    before = stream.frame
    stream.feed("\x1b[2;1Htwo\x1b[3;1Hfour")
    after = stream.frame
    assert [old is new for old, new in zip(before.rows, after.rows, strict=True)] == [True, True, False]


PARTS = (*"\x1b[];mHKJ1:?\\\x07Pa漢\u0301\u200d\n", "8;", "38", "👍🏽")
FED = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=5)), max_size=40)


@settings(max_examples=150, deadline=None)
@given(FED, st.integers(1, 6), st.integers(1, 3))
def test_whatever_comes_it_stays_a_picture(parts: list[str], cells: int, rows: int) -> None:
    stream = Emulator(cells, rows)
    for part in parts:
        stream.feed(part)
    frame = stream.frame
    assert frame.size == (cells, rows)
    for line in frame.rows:
        # Painted anew it takes as many cells: no half of a wide character is left.
        assert make_row(line, cells) == line


@pytest.mark.parametrize(
    ("sent", "row"),
    [
        ("क\x1b[1mिa", ["कि", "", "a", " "]),
        ("क्\x1b[1mषa", ["क्ष", "", "a", " "]),
        ("🇰\x1b[1m🇷a", ["🇰🇷", "", "a", " "]),
        ("e\x1b[1m\u0301a", ["e\u0301", "a", " ", " "]),
        ("abc\x1b[1;1Hक\x1b[1mि", ["कि", "", "c", " "]),
        ("漢字\x1b[1;1Hक\x1b[1mि", ["कि", "", "字", ""]),
        ("a漢\x1b[1;1Hक\x1b[1mि", ["कि", "", " ", " "]),
        ("🇰\x1b[1;1H\x1b[1;3H🇷", ["🇰", "", "🇷", ""]),
        ("क\x1b[1;1H\x1b[1;2Hिa", ["क", "ि", "a", " "]),
        ("abcक\x1b[1mि", ["a", "b", "c", "क"]),
    ],
)
def test_a_text_may_begin_inside_the_character_before_it(sent: str, row: list[str]) -> None:
    """Whatever stood where it is wider now is gone; a text elsewhere joins nothing."""
    stream = Emulator(4, 1)
    stream.feed(sent)
    assert [text for text, _ in stream.frame.rows[0]] == row


def test_rows_are_put_as_they_are() -> None:
    stream = Emulator(4, 3)
    stream.feed("\x1b[2;1Hold")
    row = make_row([("new", PLAIN)], 4)
    stream.put_rows({1: row}, (2, 1))
    assert stream.frame.rows[1] is row
    assert stream.cursor == (2, 1)
    stream.feed("\x1b[2;2HO")
    assert [text for text, _ in stream.frame.rows[1]] == ["n", "O", "w", " "]


@pytest.mark.parametrize(
    ("text", "cells", "shown"), [("longer", 6, "long"), ("ab", 2, "ab  "), ("abc한", 5, "abc "), ("한글", 4, "한글")]
)
def test_rows_of_another_length_are_cut_or_filled(text: str, cells: int, shown: str) -> None:
    stream = Emulator(4, 1)
    stream.put_rows({0: make_row([(text, PLAIN)], cells), 1: make_row([(text, PLAIN)], cells)}, (0, 0))
    assert "".join(one for one, _ in stream.frame.rows[0]) == shown
    assert stream.frame.size == (4, 1)
