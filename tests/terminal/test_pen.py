"""Tests of the recorded position of the cursor, and of the characters whose width all terminals agree on."""

import sys
import unicodedata
from itertools import product

import pytest
from wcwidth import wcwidth

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.pen import CellWriter, encode_cursor_move
from dossier.text.disputed_widths import has_agreed_width, has_disputed_width
from dossier.text.width import width


@pytest.mark.parametrize(
    ("start", "end", "sent"),
    [
        ((-1, -1), (0, 0), "\x1b[H"),
        ((-1, -1), (4, 0), "\x1b[5H"),
        ((-1, -1), (0, 4), "\x1b[;5H"),
        ((-1, -1), (9, 20), "\x1b[10;21H"),
        ((9, -1), (9, 0), "\r"),
        ((9, -1), (9, 20), "\r\x1b[20C"),
        ((9, 10), (9, 11), "\x1b[C"),
        ((9, 10), (9, 30), "\x1b[20C"),
        ((9, 10), (9, 8), "\b\b"),
        ((9, 99), (9, 93), "\x1b[6D"),
        ((9, 10), (9, 1), "\r\x1b[C"),
        ((9, 10), (9, 0), "\r"),
        ((9, 10), (10, 10), "\x1b[B"),
        ((9, 10), (4, 10), "\x1b[5A"),
        ((9, 10), (10, 9), "\x1b[B\b"),
        ((9, 10), (20, 40), "\x1b[21;41H"),
    ],
)
def test_moves(start: tuple[int, int], end: tuple[int, int], sent: str) -> None:
    assert encode_cursor_move(*start, *end) == sent


@pytest.mark.parametrize(
    ("start", "end", "sent"),
    [
        ((9, 10), (10, 10), "\x1b[B"),
        ((9, 10), (12, 10), "\x1b[3B"),
        ((9, 10), (13, 10), "\x1b[4B"),
        ((9, 99), (10, 0), "\r\n"),
        ((9, 0), (11, 0), "\n\n"),
        ((9, 0), (10, 1), "\n\x1b[C"),
        ((9, 99), (10, 6), "\n\x1b[7G"),
        ((9, -1), (9, 20), "\x1b[21G"),
        ((-1, -1), (9, 20), "\x1b[10;21H"),
    ],
)
def test_moves_where_a_column_can_be_told(start: tuple[int, int], end: tuple[int, int], sent: str) -> None:
    assert encode_cursor_move(*start, *end, has_columns=True) == sent


@pytest.mark.parametrize("has_columns", [False, True])
def test_a_move_within_a_row_is_the_shortest_in_every_row(has_columns: bool) -> None:
    abilities = Capabilities(edits_cells=has_columns)
    columns = (-1, 0, 1, 4, 5, 8, 9, 10, 11, 20, 98, 99, 100, 150, 199)
    for row, start, end in product((0, 1, 8, 9, 10, 98, 99), columns, columns[1:]):
        if start != end:
            pen = CellWriter(abilities, (row, start))
            pen.set_cursor(row, end)
            assert pen.sent == encode_cursor_move(row, start, row, end, has_columns)
            assert (pen.row, pen.column) == (row, end)


AGREED = (*"a é“…—│▌▸❝◷⏎漢か한、ß", "e\u0301", "ש\u05b8", "ก\u0e34", "क", "क्")
DISPUTED = (
    "x\u200e",
    "👍🏽",
    "👩\u200d👧",
    "🇰🇷",
    "1\ufe0f\u20e3",
    "❤\ufe0f",
    "☺\ufe0e",
    *"😀⌚⭐",
    "क्ष",
    "कि",
    "ᄒ\u1161\u11ab",
)


@pytest.mark.parametrize("text", AGREED)
def test_agreed(text: str) -> None:
    assert not has_disputed_width(text, width(text))


@pytest.mark.parametrize("text", DISPUTED)
def test_disputed(text: str) -> None:
    assert has_disputed_width(text, width(text))


def test_what_is_agreed_is_as_wide_by_the_tables_of_others() -> None:
    known = (char for char in map(chr, range(sys.maxunicode)) if not unicodedata.category(char).startswith("C"))
    assert [char for char in known if has_agreed_width(char) and wcwidth(char) != width(char)] == []
