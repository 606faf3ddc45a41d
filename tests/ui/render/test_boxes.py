"""Tests that lines laid beside and over each other are as wide as they should be, whatever is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import plain

from dossier.ui.render.boxes import filled, framed, sliced, spliced
from dossier.ui.render.flow import Line, Piece, line_width

CLUSTERS = ("a", "b", " ", "é", "漢", "글", "e\u0301", "👍🏽", "🇰🇷", "ש")
TEXTS = st.lists(st.sampled_from(CLUSTERS), max_size=9).map("".join)
LINES = st.lists(st.builds(Piece, TEXTS, st.sampled_from(("", "lit", "name"))), max_size=4).map(tuple)


def line(*texts: str) -> Line:
    return tuple(Piece(text) for text in texts)


@given(LINES, st.integers(0, 30))
def test_a_filled_line_is_exactly_that_wide(given: Line, cells: int) -> None:
    assert line_width(filled(given, cells)) == cells


@given(LINES, st.integers(0, 20), st.integers(0, 20))
def test_slices_are_no_wider_than_asked_and_whole_lines_stay(given: Line, start: int, more: int) -> None:
    assert line_width(sliced(given, start, start + more)) <= more
    assert plain(sliced(given, 0, line_width(given))) == plain(given)


@given(LINES, LINES, st.integers(0, 20))
def test_what_is_laid_over_is_there_whole_and_the_rest_stays_in_its_column(under: Line, over: Line, at: int) -> None:
    cells = at + line_width(over) + 5
    laid = spliced(under, at, over, cells)
    assert line_width(laid) == cells
    assert plain(sliced(laid, at, at + line_width(over))).startswith(plain(over))
    assert plain(sliced(laid, cells - 5, cells)) == plain(sliced(filled(under, cells), cells - 5, cells))


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [("abcdef", 1, 3, "bc"), ("漢字漢", 1, 4, " 字"), ("漢字漢", 2, 5, "字 "), ("é漢", 0, 2, "é "), ("ab", 5, 9, "")],
)
def test_a_wide_character_that_is_cut_leaves_a_blank(text: str, start: int, end: int, expected: str) -> None:
    assert plain(sliced(line(text), start, end)) == expected


def test_a_frame_has_its_title_above_and_what_is_told_below() -> None:
    rows = [
        plain(row) for row in framed([line("one"), line("a longer line")], 14, 5, "2 People", "12 more", here=False)
    ]
    assert rows == ["╭─ 2 People ─╮", "│one         │", "│a longer l… │", "│            │", "╰── 12 more ─╯"]


@pytest.mark.parametrize(("here", "names"), [(True, {"frame-here", "title-here"}), (False, {"frame", "title"})])
def test_the_frame_with_the_cursor_looks_another(here: bool, names: set[str]) -> None:
    rows = framed([], 20, 3, "Title", "", here)
    assert {piece.style for row in rows for piece in row if piece.text.strip()} == names


@given(st.integers(0, 12), st.integers(0, 6), TEXTS)
def test_a_frame_is_of_the_size_asked_for(cells: int, rows: int, title: str) -> None:
    made = framed([line(title)], cells, rows, title, title, here=True)
    assert [line_width(row) for row in made] == [cells] * rows
