"""Movements by place, and scrolling by lines, in a text and in lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import ferry, ref, short

from dossier.core.dataclasses import replace
from dossier.ui.cursor_moves import (
    move_by_lines,
    move_by_links,
    move_by_paragraphs,
    move_to_row,
    move_to_share,
    scroll_pane,
)
from dossier.ui.pane import Pane
from dossier.ui.viewport import Position

STATE = ferry()


def text(cells: int = 50, rows: int = 8) -> Pane:
    entries = STATE.reading.entries["article"]
    return Pane("article", entries, by_line=True).resize(cells, rows).move_to_edge(last=False)


def people(cells: int = 50, rows: int = 6) -> Pane:
    return Pane("people", STATE.reading.entries["people"]).resize(cells, rows).move_to_edge(last=False)


def here(pane: Pane) -> str:
    return short(pane.address)


def is_well(pane: Pane) -> bool:
    """Return whether the cursor is on view, and not on the head of an entry."""
    on_view = pane.cursor in list(pane.visible_positions())
    return on_view and pane.cursor.line >= pane.row_heights(pane.cursor.row)[0]


@pytest.mark.parametrize(
    ("number", "address"),
    [(1, "para/p1"), (2, "para/p2"), (3, "para/p3"), (4, "para/p4"), (5, "para/p4"), (10**9, "para/p4")],
)
def test_a_number_is_a_paragraph_of_the_text(number: int, address: str) -> None:
    there = move_to_row(text(), number)
    assert here(there) == address
    assert there.line == 0
    assert is_well(there)


@pytest.mark.parametrize(
    ("number", "address"), [(1, "person/okafor"), (2, "person/han"), (5, "org/paa"), (10**9, "source/an%20official")]
)
def test_a_number_is_a_row_of_a_list(number: int, address: str) -> None:
    there = move_to_row(people(), number)
    assert here(there) == address
    assert is_well(there)


def test_a_text_without_paragraphs_stays_as_it_is() -> None:
    pane = Pane("article", STATE.reading.entries["article"][:2], by_line=True)
    assert move_to_row(pane, 3) is pane


def test_a_row_that_was_out_of_view_has_rows_around_it() -> None:
    there = move_to_row(text(rows=12), 4)
    assert 0 < there.offset < 11


@pytest.mark.parametrize("pane", [text(), people()])
def test_a_share_of_the_whole(pane: Pane) -> None:
    last = len(pane.entries) - 1
    assert move_to_share(pane, 100).cursor.row == move_to_share(pane, 12345).cursor.row == last
    assert move_to_share(pane, 50).cursor.row == last // 2
    assert move_to_share(pane, 1).cursor.row == last // 100


@pytest.mark.parametrize(
    ("start", "count", "address"),
    [
        ("headline", 1, "subtitle"),
        ("headline", 2, "para/p1"),
        ("headline", 10**6, "about/mood"),
        ("headline", -1, "headline"),
        ("para/p2", -1, "heading/h1"),
        ("para/p2", -2, "para/p1"),
        ("para/p1:64-75", -1, "para/p1"),
        ("para/p1:64-75", -2, "subtitle"),
        ("para/p1:64-75", 1, "heading/h1"),
        ("para/p1:28-32", -1, "subtitle"),
    ],
)
def test_paragraphs(start: str, count: int, address: str) -> None:
    there = move_by_paragraphs(text().move_to(ref(start)), count)
    assert (here(there), there.line) == (address, 0)
    assert is_well(there)


@pytest.mark.parametrize("strides", [False, True])
@given(st.integers(0, 30), st.integers(-40, 40), st.booleans())
def test_lines_are_single_steps(strides: bool, start: int, count: int, in_text: bool) -> None:
    pane = replace(text() if in_text else people(), strides=strides).move(start)
    steps = pane
    for _ in range(abs(count)):
        steps = steps.move(1 if count > 0 else -1)
    there = move_by_lines(pane, count)
    assert there.cursor == steps.cursor
    assert is_well(there)
    assert strides or not in_text or there.top == steps.top


@pytest.mark.parametrize(("rows", "scrolls"), [(6, 1), (11, 1), (12, 5), (15, 6)])
def test_a_list_scrolls_by_a_third_where_the_row_before_stays_on_view(rows: int, scrolls: int) -> None:
    first = STATE.reading.entries["people"][0]
    entries = (replace(first, parts=first.parts[:1], group="", anchors=()),) * 40
    pane = replace(Pane("people", entries), strides=True).resize(50, rows).move_to_edge(last=False)
    shown = pane
    while shown.top == pane.top:
        shown = shown.move(1)
    assert shown.top.row - pane.top.row == scrolls
    assert is_well(shown)
    assert shown.offset > 0


def test_links_are_gone_through_to_the_last() -> None:
    pane = text()
    one = pane.choose_link(1)
    assert move_by_links(pane, 1) == one
    assert move_by_links(pane, 3) == one.choose_link(1).choose_link(1)
    last = move_by_links(pane, 10**6)
    assert last.choose_link(1) is last
    assert here(move_by_links(last, -(10**6))) == here(one)
    assert move_by_links(last, 2) is last


def test_the_window_of_a_text_scrolls_by_lines_and_the_cursor_stays() -> None:
    pane = text(rows=8).move(4)
    down = scroll_pane(pane, 1)
    assert down.cursor == pane.cursor
    assert down.offset == pane.offset - 1
    assert scroll_pane(down, -1) == pane


def test_a_cursor_that_would_leave_the_window_stays_in_it() -> None:
    pane = text(rows=8)
    down = scroll_pane(pane, 3)
    assert down.cursor > pane.cursor
    assert is_well(down)
    up = scroll_pane(down.move_page(6).move(7), -3)
    assert is_well(up)
    assert up.offset == up.rows - 1


def test_at_the_ends_nothing_scrolls() -> None:
    pane = text()
    assert scroll_pane(pane, -1) == pane
    last = pane.move_to_edge(last=True)
    assert scroll_pane(last, 1) == last
    assert scroll_pane(Pane("people"), 1) == Pane("people")


def test_a_list_scrolls_by_rows() -> None:
    pane = people()
    down = scroll_pane(pane, 1)
    assert down.top == Position(1)
    assert here(down) == "person/han"
    assert here(scroll_pane(down, -1)) == "person/han"
    assert scroll_pane(down, -1).top == Position()


@given(st.integers(1, 60), st.integers(1, 14), st.lists(st.integers(-20, 20), max_size=6), st.booleans())
def test_the_cursor_is_always_on_view(cells: int, rows: int, counts: list[int], in_text: bool) -> None:
    pane = text(cells, rows) if in_text else people(cells, rows)
    for count in counts:
        pane = scroll_pane(pane.move(count), count)
        assert is_well(pane) or pane.rows <= pane.row_heights(pane.cursor.row)[0]
