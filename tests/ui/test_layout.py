"""Which panes are where, on screens of every size."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import PORT_ARLEN, entrance_of, library_at
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.core.entry import PANES
from dossier.ui.layout import Layout, PanePlace, Screen, fit_panes, lay_out
from dossier.ui.state import focus_pane
from dossier.ui.viewport import Position, lines_between

STATE = ferry()


def covered(laid: Layout) -> list[tuple[int, int]]:
    """Every cell that a pane stands on, as often as one does."""
    return [
        (row, column)
        for place in laid.places.values()
        for row in range(place.row, place.row + place.rows)
        for column in range(place.column, place.column + place.cells)
    ]


@given(st.integers(100, 240), st.integers(3, 80))
def test_wide_panes_cover_all_between_head_and_foot_once(cells: int, rows: int) -> None:
    laid = lay_out(STATE, Screen(cells, rows))
    assert tuple(laid.places) == PANES
    assert sorted(covered(laid)) == [(row, column) for row in range(1, rows - 1) for column in range(cells)]


@pytest.mark.parametrize(
    ("screen", "rows", "strip"),
    [
        (Screen(80, 24), 17, 4),
        (Screen(80, 24, alone=True), 22, 0),
        (Screen(80, 24, linear=True), 22, 0),
        (Screen(40, 12), 10, 0),
        (Screen(80, 15), 13, 0),
        (Screen(1, 1), 0, 0),
    ],
)
def test_narrow_shows_one_pane_and_what_is_lit_below_where_there_is_room(screen: Screen, rows: int, strip: int) -> None:
    laid = lay_out(STATE, screen)
    assert laid == Layout({"article": PanePlace(1, 0, rows, screen.cells, framed=False)}, True, strip)


@pytest.mark.parametrize(("cells", "linear"), [(160, False), (160, True)])
def test_alone_is_framed_only_where_all_are(cells: int, linear: bool) -> None:
    (place,) = lay_out(STATE, Screen(cells, 45, alone=True, linear=linear)).places.values()
    assert (place.cells, place.framed) == (cells, not linear)


@given(st.integers(0, 200), st.integers(0, 60), st.booleans(), st.booleans(), st.sampled_from(PANES))
def test_panes_have_the_size_that_they_are_shown_in(
    cells: int, rows: int, alone: bool, linear: bool, name: str
) -> None:
    screen = Screen(cells, rows, alone, linear)
    state = fit_panes(focus_pane(STATE, name), screen)
    laid = lay_out(state, screen)
    assert name in laid.places
    for shown, place in laid.places.items():
        inner = place.inner
        assert (state.panes[shown].cells, state.panes[shown].rows) == (max(1, inner.cells), max(1, inner.rows))
    assert fit_panes(state, screen) is state


def test_the_text_is_no_wider_than_its_column() -> None:
    assert lay_out(STATE, Screen(240, 50)).places["article"].cells == 88
    assert lay_out(STATE, Screen(240, 50, column=60)).places["article"].cells == 60


def test_hidden_panes_of_a_narrow_screen_have_its_size_too() -> None:
    state = fit_panes(STATE, Screen(80, 24))
    assert {(pane.cells, pane.rows) for pane in state.panes.values()} == {(79, 17)}


def test_beside_other_panes_a_step_beyond_the_edge_moves_the_text_by_a_third() -> None:
    def tops(screen: Screen) -> list[int]:
        state = fit_panes(STATE, screen)
        pane = state.panes["article"]
        found = []
        for _ in range(60):
            after = pane.move(1)
            found.append(lines_between(pane.top, after.top, pane.row_height, 99))
            pane = after
        while pane.move(-1).cursor != pane.cursor:
            assert 0 <= pane.offset < pane.rows
            pane = pane.move(-1)
        assert pane.top == Position()
        return [lines for lines in found if lines]

    # Lines between paragraphs are passed over.
    narrow, wide = tops(Screen(80, 14)), tops(Screen(160, 16))
    assert min(narrow) == 1
    assert max(narrow) <= 3
    assert 5 <= wide[0] <= 7
    assert len(wide) < len(narrow)


@pytest.mark.parametrize("name", ["people", "quotes", "timeline"])
def test_beside_other_panes_a_step_beyond_the_edge_moves_a_list_by_rows(name: str) -> None:
    def scrolls(count: int, strides: bool) -> int:
        """Step through the list from one end to the other, and return how often it has scrolled."""
        pane = fit_panes(replace(STATE, focus=name), Screen(160, 26)).panes[name]
        assert pane.strides
        pane = replace(pane, strides=strides).move_to_edge(last=count < 0)
        found = 0
        for _ in range(len(pane.entries) - 1):
            after = pane.move(count)
            found += after.top != pane.top
            pane = after
            shown = [position.line for position in pane.visible_positions() if position.row == pane.cursor.row]
            assert len(shown) == min(pane.rows, pane.row_height(pane.cursor.row))
        return found

    for count in (1, -1):
        assert 0 < scrolls(count, strides=True) <= scrolls(count, strides=False)


@pytest.mark.parametrize("cells", [200, 120, 80])
def test_before_an_article_is_open_the_pane_with_the_cursor_is_on_view_too(tmp_path: Path, cells: int) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        state = entrance_of(library)
        for name in state.panes:
            assert name in lay_out(focus_pane(state, name), Screen(cells, 35)).places
