"""Where a mouse points there is the cursor, on the link that is there; beside the panes it does nothing."""

from rooms import ferry, plain, short

from dossier.ui.layout import Screen, click, fit_panes, lay_out
from dossier.ui.state import State
from dossier.ui.view import ScreenRenderer, View

SCREEN = Screen(160, 45)
STATE = fit_panes(ferry(), SCREEN)


def at(row: int, column: int) -> State:
    """Return the state after a click there, where the cursor can be."""
    state = click(STATE, SCREEN, row, column)
    assert state is not None
    return state


def spot(words: str, state: State = STATE) -> tuple[int, int]:
    """Return the row and column of these words on the screen."""
    rows = [plain(line) for line in ScreenRenderer().lines(state, View(SCREEN))]
    row = next(number for number, text in enumerate(rows) if words in text)
    return row, rows[row].index(words)


def test_on_a_name_in_the_text_its_link_is_chosen() -> None:
    state = at(*spot("Han Seo-jin that"))
    assert state.focus == "article"
    assert [short(ref) for ref in state.pane.targets] == ["person/han"]


def test_on_words_between_links_the_line_has_the_cursor() -> None:
    row, column = spot("A plain paragraph")
    state = at(row, column + 3)
    assert (short(state.pane.address), state.pane.link_number) == ("para/p3", None)
    assert state.pane.offset == row - lay_out(state, SCREEN).places["article"].inner.row


def test_on_a_row_of_a_list_the_cursor_goes_into_that_pane() -> None:
    state = at(*spot("Bridge opened"))
    assert (state.focus, short(state.pane.address).split(":")[0]) == ("timeline", "event/opened")


def test_on_the_heading_of_a_group_only_the_pane_changes() -> None:
    place = lay_out(STATE, SCREEN).places["people"].inner
    state = at(place.row, place.column + 3)
    assert (state.focus, state.pane.cursor) == ("people", STATE.panes["people"].cursor)


def test_on_head_frame_and_foot_nothing_happens() -> None:
    for row, column in ((0, 5), (44, 5), (1, 3), (20, 0)):
        assert click(STATE, SCREEN, row, column) is None


def test_on_the_blank_line_between_paragraphs_nothing_is_followed() -> None:
    row, column = spot("A plain paragraph")
    assert click(STATE, SCREEN, row - 1, column) is None
