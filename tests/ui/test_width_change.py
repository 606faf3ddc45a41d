"""When the terminal has told how wide ambiguous characters are, everything is laid out anew and keeps its place."""

from collections.abc import Iterator

import pytest
from rooms import DATA, plain, stored

from dossier.text.ambiguous_width import ambiguous_width, use_ambiguous_width
from dossier.text.width import width
from dossier.ui.actions import ACTIONS
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.pane import Pane
from dossier.ui.popup import fit_popup, open_popup
from dossier.ui.popup_lists import card_rows
from dossier.ui.render.entry_style import PLAIN_LOOK
from dossier.ui.state import State, focus_pane, open_article_state
from dossier.ui.width_change import adopt_ambiguous_width, measure_popup_anew

SCREEN = Screen(100, 30)


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    use_ambiguous_width(1)


def opened(name: str, *steps: str) -> State:
    state = fit_panes(open_article_state(stored(DATA / "nato-seoul-2023.yaml"), ()), SCREEN)
    state = focus_pane(state, name)
    for step in steps:
        state = ACTIONS[step](state).state
    return state


def cursor_offset(pane: Pane) -> int:
    """Return the offset of the first character on the cursor's line."""
    return pane.line_start(pane.cursor.row, pane.cursor.line)


@pytest.mark.parametrize("steps", [(), ("line-down",) * 9, ("half-page-down", "line-down", "half-page-down"), ("end",)])
def test_the_cursor_stays_on_its_words(steps: tuple[str, ...]) -> None:
    state = opened("article", *steps)
    words = cursor_offset(state.pane)
    after = adopt_ambiguous_width(2, state)
    assert ambiguous_width() == 2
    assert after.pane.address == state.pane.address
    assert after.pane.line_at(after.pane.cursor.row, words) == after.pane.cursor.line
    assert 0 <= after.pane.offset < after.pane.rows
    assert all(
        width(plain(line)) <= pane.cells for pane in after.panes.values() for line in pane.lines(lambda _: PLAIN_LOOK)
    )


@pytest.mark.parametrize("name", ["people", "quotes", "timeline"])
def test_the_cursor_stays_on_its_row(name: str) -> None:
    state = opened(name, "line-down", "line-down", "link-next")
    after = adopt_ambiguous_width(2, state)
    assert (after.focus, after.pane.address, after.pane.link_number) == (
        state.focus,
        state.pane.address,
        state.pane.link_number,
    )
    assert 0 <= after.pane.offset < after.pane.rows


def test_the_way_there_and_back_leads_to_the_same_lines() -> None:
    state = opened("article", *("line-down",) * 9)
    back = adopt_ambiguous_width(1, adopt_ambiguous_width(2, state))
    assert back.pane.cursor == state.pane.cursor


def test_a_popup_keeps_its_row() -> None:
    popup = fit_popup(open_popup("go", "Details", card_rows(opened("quotes")), at=3), *SCREEN[:2])
    use_ambiguous_width(2)
    after = measure_popup_anew(popup)
    assert after.chosen == popup.chosen
    assert after.pane.cursor.row == popup.pane.cursor.row
