"""Where a mouse points there is the cursor, on the link that is there; beside the panes it does nothing."""

from rooms import ferry, plain, short

from dossier.ui.layout import Screen, fitted, layout
from dossier.ui.mouse import pointed
from dossier.ui.state import Room
from dossier.ui.view import ScreenRenderer, View

SCREEN = Screen(160, 45)
ROOM = fitted(ferry(), SCREEN)


def at(row: int, column: int) -> Room:
    """Return the state after a click there, where the cursor can be."""
    room = pointed(ROOM, SCREEN, row, column)
    assert room is not None
    return room


def spot(words: str, room: Room = ROOM) -> tuple[int, int]:
    """Return the row and column of these words on the screen."""
    rows = [plain(line) for line in ScreenRenderer().lines(room, View(SCREEN))]
    row = next(number for number, text in enumerate(rows) if words in text)
    return row, rows[row].index(words)


def test_on_a_name_in_the_text_its_link_is_chosen() -> None:
    room = at(*spot("Han Seo-jin that"))
    assert room.focus == "article"
    assert [short(ref) for ref in room.pane.targets] == ["person/han"]


def test_on_words_between_links_the_line_has_the_cursor() -> None:
    row, column = spot("A plain paragraph")
    room = at(row, column + 3)
    assert (short(room.pane.here), room.pane.chosen) == ("para/p3", None)
    assert room.pane.offset == row - layout(room, SCREEN).places["article"].inner.row


def test_on_a_row_of_a_list_the_cursor_goes_into_that_pane() -> None:
    room = at(*spot("Bridge opened"))
    assert (room.focus, short(room.pane.here).split(":")[0]) == ("timeline", "event/opened")


def test_on_the_heading_of_a_group_only_the_pane_changes() -> None:
    place = layout(ROOM, SCREEN).places["people"].inner
    room = at(place.row, place.column + 3)
    assert (room.focus, room.pane.cursor) == ("people", ROOM.panes["people"].cursor)


def test_on_head_frame_and_foot_nothing_happens() -> None:
    for row, column in ((0, 5), (44, 5), (1, 3), (20, 0)):
        assert pointed(ROOM, SCREEN, row, column) is None


def test_on_the_blank_line_between_paragraphs_nothing_is_followed() -> None:
    row, column = spot("A plain paragraph")
    assert pointed(ROOM, SCREEN, row - 1, column) is None
