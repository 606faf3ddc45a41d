from rooms import ferry

from dossier.ui.actions import MOVES
from dossier.ui.state import Room
from dossier.ui.transitions import rooms_between
from dossier.ui.viewport import distance


def after(room: Room, *names: str) -> Room:
    for name in names:
        room = MOVES[name](room).room
    return room


def tops(rooms: tuple[Room, ...], start: Room) -> list[int]:
    return [distance(start.pane.top, room.pane.top, room.pane.height, 99) for room in rooms]


def test_a_page_is_passed_in_parts_each_further_than_the_last() -> None:
    room = ferry()
    there = after(room, "page-down")
    passed = tops(rooms_between(room, there), room)
    (whole,) = tops((there,), room)
    assert passed == [whole // 4, whole * 2 // 4, whole * 3 // 4]
    assert tops(rooms_between(there, room), there) == sorted(tops(rooms_between(there, room), there), reverse=True)
    assert [one.pane.cursor for one in rooms_between(room, there)] == [there.pane.cursor] * 3


def test_nothing_glides_when_little_moved_or_another_pane_has_the_cursor() -> None:
    room = ferry()
    assert rooms_between(room, after(room, "line-down")) == ()
    assert rooms_between(room, room) == ()
    assert rooms_between(room, after(room, "pane-quotes")) == ()
