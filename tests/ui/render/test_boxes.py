"""Tests that lines laid beside and over each other are as wide as they should be, whatever is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import plain

from dossier.ui.render.boxes import draw_frame, fill_line, overlay_line, slice_line
from dossier.ui.render.flow import Line, Piece, measure_line

CLUSTERS = ("a", "b", " ", "é", "漢", "글", "e\u0301", "👍🏽", "🇰🇷", "ש")
TEXTS = st.lists(st.sampled_from(CLUSTERS), max_size=9).map("".join)
LINES = st.lists(st.builds(Piece, TEXTS, st.sampled_from(("", "lit", "name"))), max_size=4).map(tuple)


def line(*texts: str) -> Line:
    return tuple(Piece(text) for text in texts)


@given(LINES, st.integers(0, 30))
def test_a_filled_line_is_exactly_that_wide(given: Line, cells: int) -> None:
    assert measure_line(fill_line(given, cells)) == cells


@given(LINES, st.integers(0, 20), st.integers(0, 20))
def test_slices_are_no_wider_than_asked_and_whole_lines_stay(given: Line, start: int, more: int) -> None:
    assert measure_line(slice_line(given, start, start + more)) <= more
    assert plain(slice_line(given, 0, measure_line(given))) == plain(given)


@given(LINES, LINES, st.integers(0, 20))
def test_what_is_laid_over_is_there_whole_and_the_rest_stays_in_its_column(under: Line, over: Line, at: int) -> None:
    cells = at + measure_line(over) + 5
    laid = overlay_line(under, at, over, cells)
    assert measure_line(laid) == cells
    assert plain(slice_line(laid, at, at + measure_line(over))).startswith(plain(over))
    assert plain(slice_line(laid, cells - 5, cells)) == plain(slice_line(fill_line(under, cells), cells - 5, cells))


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [("abcdef", 1, 3, "bc"), ("漢字漢", 1, 4, " 字"), ("漢字漢", 2, 5, "字 "), ("é漢", 0, 2, "é "), ("ab", 5, 9, "")],
)
def test_a_wide_character_that_is_cut_leaves_a_blank(text: str, start: int, end: int, expected: str) -> None:
    assert plain(slice_line(line(text), start, end)) == expected


def test_a_frame_has_its_title_above_and_what_is_told_below() -> None:
    rows = [
        plain(row) for row in draw_frame([line("one"), line("a longer line")], 14, 5, "2 People", "12 more", here=False)
    ]
    assert rows == ["╭─ 2 People ─╮", "│one         │", "│a longer l… │", "│            │", "╰── 12 more ─╯"]


@pytest.mark.parametrize(("here", "names"), [(True, {"frame-here", "title-here"}), (False, {"frame", "title"})])
def test_the_frame_with_the_cursor_looks_another(here: bool, names: set[str]) -> None:
    rows = draw_frame([], 20, 3, "Title", "", here)
    assert {piece.style for row in rows for piece in row if piece.text.strip()} == names


@given(st.integers(0, 12), st.integers(0, 6), TEXTS)
def test_a_frame_is_of_the_size_asked_for(cells: int, rows: int, title: str) -> None:
    made = draw_frame([line(title)], cells, rows, title, title, here=True)
    assert [measure_line(row) for row in made] == [cells] * rows
