import pytest
from rooms import ferry, ref, short

from dossier.core.entry import counted
from dossier.core.ref import KINDS, Ref
from dossier.core.views.panes import PANES
from dossier.ui.entry_list import home
from dossier.ui.state import focused, lit, look, move_cursor, opened, relit, resized, with_pane


def test_an_opened_room_stands_at_its_top() -> None:
    article = ferry().article
    room = opened(article, ())
    assert list(room.panes) == list(PANES)
    assert (room.focus, short(room.pane.here)) == ("article", "headline")
    assert [pane.by_line for pane in room.panes.values()] == [True, False, False, False]
    assert all(pane.cursor in list(pane.visible()) for pane in room.panes.values())
    assert all(pane.entries == counted(room.entries[name]) for name, pane in room.panes.items())


@pytest.mark.parametrize("name", PANES)
def test_no_cursor_begins_on_a_heading(name: str) -> None:
    pane = opened(ferry().article, ()).panes[name]
    assert pane.cursor.line == len(pane.drawn(0).head)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_at_home_in_a_pane(kind: str) -> None:
    assert home(Ref("ferry", kind, "x")) in PANES


@pytest.mark.parametrize(
    ("kind", "pane"),
    [("person", "people"), ("source", "people"), ("quote", "quotes"), ("event", "timeline"), ("media", "article")],
)
def test_home(kind: str, pane: str) -> None:
    assert home(Ref("ferry", kind, "x")) == pane


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("person/okafor", "person/okafor"),
        ("para/p1:3-9", "para/p1"),
        ("about/byline", "about/byline"),
        ("person/nobody", ""),
    ],
)
def test_entry_of(address: str, found: str) -> None:
    entry = ferry().entry_of(ref(address))
    assert short(entry.ref if entry else None) == found


@pytest.mark.parametrize(
    ("address", "meant", "shines"),
    [
        ("para/p1", ["para/p1"], ["para/p1", "quote/run", "event/signed"]),
        ("para/p1:64-75", ["person/okafor"], ["person/okafor", "quote/run", "event/signed", "org/paa"]),
        ("para/p2:45-50", ["person/tom", "person/ana"], ["person/tom", "person/ana", "para/p2:45-50"]),
    ],
)
def test_what_is_meant_and_lit(address: str, meant: list[str], shines: list[str]) -> None:
    room = ferry()
    room = with_pane(room, room.pane.to(ref(address)))
    assert [short(one) for one in room.meant] == meant
    assert {ref(one) for one in shines} <= lit(room)


def test_a_move_scrolls_the_other_panes_to_what_is_lit() -> None:
    room = ferry(rows=3)
    assert short(room.panes["timeline"].entries[room.panes["timeline"].top.row].ref) == "event/charged"
    after = move_cursor(room, lambda pane: pane.to(ref("para/p1")))
    on_view = {short(after.panes["timeline"].entries[shown.row].ref) for shown in after.panes["timeline"].visible()}
    assert "event/signed" in on_view
    assert after.panes["timeline"].cursor == room.panes["timeline"].cursor
    assert after.trail == room.trail
    assert relit(after) == after


def test_a_pane_that_gets_the_cursor_shows_it() -> None:
    room = move_cursor(ferry(rows=3), lambda pane: pane.to(ref("para/p4:58-68")))
    people = room.panes["people"]
    assert people.cursor not in list(people.visible())
    after = focused(room, "people")
    assert after.focus == "people"
    assert after.pane.cursor == people.cursor
    assert people.cursor in list(after.pane.visible())


def test_resized_keeps_the_place_of_every_pane() -> None:
    room = move_cursor(ferry(), lambda pane: pane.to(ref("para/p4:58-68")))
    for name in PANES:
        room = resized(room, name, 30, 5)
    assert short(room.pane.here) == "para/p4:58-68"
    assert [pane.cells for pane in room.panes.values()] == [30] * 4
    shining = lit(room)
    shown = {room.panes["people"].entries[place.row].ref for place in room.panes["people"].visible()}
    assert shown & shining


def test_look_is_the_state_of_one_entry() -> None:
    room = move_cursor(ferry(cells=50), lambda pane: pane.to(ref("para/p2:45-50")))
    row = room.pane.cursor.row
    here = look(room, room.pane, row, lit(room), {})
    assert (here.cursor, here.by_line, here.chosen, here.hits, here.hit) == (1, True, 3, (), None)
    there = look(room, room.pane, row + 1, lit(room), {2: "a"})
    assert (there.cursor, there.chosen, dict(there.labels)) == (-1, None, {2: "a"})
    elsewhere = look(room, room.panes["people"], 0, lit(room), {})
    assert (elsewhere.cursor, elsewhere.by_line) == (-1, False)
