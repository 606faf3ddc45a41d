"""Tests of the comparison between the picture that was meant and the cells of a terminal."""

import pytest
from terminals_under_test.comparing import find_differences
from terminals_under_test.interface import place_text

MEANT = ("a", "한", "", "👩\u200d👦", "", "│")


@pytest.mark.parametrize(
    ("meant", "seen"),
    [
        (MEANT, MEANT),
        (MEANT, ("a", "한", "", "👩", "", "│")),
        (MEANT, ("a", "한", "", "👩\u200d", "", "│\u200e")),
        (MEANT, ("a", "\u1112\u1161\u11ab", "", "👩\u200d👦", " ", "│")),
        (("कि", "", "x"), ("क", "ि", "x")),
        (("कि", "", "x"), ("कि", " ", "x")),
        (("كَ", "x"), ("\ufedb\u064e", "x")),
        (("a", " ", " "), ("a",)),
        (("a", " "), ("a", "\u200e")),
        (("a", " \u200e"), ("a", " ")),
    ],
)
def test_the_picture_that_was_meant(meant: tuple[str, ...], seen: tuple[str, ...]) -> None:
    assert find_differences([meant], [seen]) == []


@pytest.mark.parametrize(
    ("meant", "seen", "words"),
    [
        (MEANT, ("a", "한", "", "👩", "", "👦"), "column 5: '│' is ['👦']"),
        (MEANT, ("a", "한", " ", "👩", "", "│"), "column 1: '한' is ['한', ' ']"),
        (MEANT, ("a", "한", "", " ", " ", "│"), "column 3: '👩\\u200d👦' is [' ', ' ']"),
        (("👩\u200d👦", ""), ("👩", "x"), "column 0: '👩\\u200d👦' is ['👩', 'x']"),
        (("कि", "", "x"), ("क", " ", "x"), "column 0: 'कि' is ['क', ' ']"),
        (("कि", "", "x"), ("कि", "x", " "), "column 0: 'कि' is ['कि', 'x']"),
        (("é",), ("e",), "column 0: 'é' is ['e']"),
        (("a",), ("a", "b"), "column 1: ('b',) is beyond the edge"),
    ],
)
def test_another_picture(meant: tuple[str, ...], seen: tuple[str, ...], words: str) -> None:
    found = find_differences([meant], [seen])
    assert [one.splitlines()[0] for one in found] == [f"row 0, {words}"]


def test_another_number_of_rows() -> None:
    assert find_differences([("a",)], [("a",), ("b",)]) == ["2 rows instead of 1"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a한b", ("a", "한", "", "b")),
        ("कि.", ("कि", "", ".")),
        ("a\u200eb", ("a\u200e", "b")),
        ("👩\u200d👦!", ("👩\u200d", "", "👦", "", "!")),
        ("é", ("é",)),
    ],
)
def test_text_is_placed_by_the_widths_of_a_terminal(text: str, cells: tuple[str, ...]) -> None:
    widths = {"한": 2, "कि": 2, "\u200e": 0, "\u200d": 0, "👩": 2, "👦": 2}
    assert place_text(text, widths) == cells
