"""Tests of how lines become rows of cells."""

import pytest

from dossier.terminal.frame import Cell, Frame, make_cells, make_frame, make_row
from dossier.terminal.style import BOLD, PLAIN, Style

B = Style(attributes=BOLD)


def plain(*texts: str) -> tuple[Cell, ...]:
    return tuple((text, PLAIN) for text in texts)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ([], plain(" ", " ", " ", " ")),
        ([("ab", PLAIN)], plain("a", "b", " ", " ")),
        ([("a", B), ("b", PLAIN)], (("a", B), *plain("b", " ", " "))),
        ([("abcdef", PLAIN)], plain("a", "b", "c", "d")),
        ([("abcd", PLAIN), ("e", PLAIN)], plain("a", "b", "c", "d")),
        ([("漢字", PLAIN)], plain("漢", "", "字", "")),
        ([("abc漢d", PLAIN)], plain("a", "b", "c", " ")),
        ([("abc", PLAIN), ("漢", PLAIN), ("d", PLAIN)], plain("a", "b", "c", " ")),
        ([("e\u0301x", PLAIN)], plain("e\u0301", "x", " ", " ")),
        ([("e", PLAIN), ("\u0301x", B)], (*plain("e\u0301"), ("x", B), *plain(" ", " "))),
        ([("漢", PLAIN), ("\u0301", B)], plain("漢\u0301", "", " ", " ")),
        ([("abcd", PLAIN), ("\u0301", B)], plain("a", "b", "c", "d\u0301")),
        ([("\u0301a", PLAIN)], plain("a", " ", " ", " ")),
        ([("👍🏽a", PLAIN)], plain("👍🏽", "", "a", " ")),
        ([("कि", PLAIN), ("a", PLAIN)], plain("कि", "", "a", " ")),
        ([("क", PLAIN), ("िa", B)], (*plain("कि", ""), ("a", B), *plain(" "))),
        ([("क्", PLAIN), ("षa", B)], (*plain("क्ष", ""), ("a", B), *plain(" "))),
        ([("🇰", PLAIN), ("🇷🇫", B)], (*plain("🇰🇷", ""), ("🇫", B), ("", B))),
        ([("❤", PLAIN), ("\ufe0fa", B)], (*plain("❤\ufe0f", ""), ("a", B), *plain(" "))),
        ([("abक", PLAIN), ("ि", B), ("c", B)], plain("a", "b", "कि", "")),
        ([("abcक", PLAIN), ("ि", B)], plain("a", "b", "c", " ")),
        ([("a\u200e", PLAIN), ("ि", B)], (*plain("a\u200e"), ("ि", B), *plain(" ", " "))),
    ],
)
def test_row(line: list[tuple[str, Style]], cells: tuple[Cell, ...]) -> None:
    assert make_row(line, 4) == cells


def test_frame() -> None:
    frame = make_frame([[("a", PLAIN)], [("b", B)], [("c", PLAIN)]], 2, 2)
    assert frame == Frame((plain("a", " "), (("b", B), *plain(" "))))
    assert frame.size == (2, 2)
    assert make_frame([], 2, 1) == Frame((plain(" ", " "),))


def test_equal_cells_are_one_object() -> None:
    _, first = make_cells("ab “a”", B)
    _, second = make_cells("a", Style(attributes=BOLD))
    assert first[0] is first[4] is second[0]


def test_a_row_is_filled_up_with_blanks_in_a_style() -> None:
    style = Style(background=4)
    assert make_row((("ab", PLAIN),), 4, style) == (("a", PLAIN), ("b", PLAIN), (" ", style), (" ", style))
    assert make_row((("a한", PLAIN),), 2, style) == (("a", PLAIN), (" ", style))
    assert make_row((("abcd", PLAIN),), 4, style) == make_row((("abcd", PLAIN),), 4)
