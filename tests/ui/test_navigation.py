import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import FERRY, ferry, made, ref, short, sized

from dossier.core.dataclasses import replace
from dossier.core.query import parse
from dossier.core.ref import Ref
from dossier.core.views.panes import PANES
from dossier.loader.article import Loaded
from dossier.ui.actions import MOVES
from dossier.ui.entry_list import Hits
from dossier.ui.find_filter import filtered, pinned, reloaded
from dossier.ui.navigation import at_hit, back, destinations, forward, go, rested, searched, step
from dossier.ui.state import Room, focused, move_cursor, with_pane

ROOM = ferry()
EVERY = [entry.ref for name in PANES for entry in ROOM.entries[name]]
SPANS = [entry.ref.within(*anchor[:2]) for name in PANES for entry in ROOM.entries[name] for anchor in entry.anchors]


def at(address: str, room: Room = ROOM) -> Room:
    return rested(room, ref(address))


def went(room: Room, address: str) -> Room:
    there = go(room, ref(address))
    assert there is not None
    return there


def here(room: Room) -> str:
    return short(room.pane.here)


@pytest.mark.parametrize("address", [*EVERY, *SPANS], ids=short)
def test_everything_can_be_gone_to(address: Ref) -> None:
    there = went(ROOM, short(address))
    assert there.pane.here == address
    assert there.pane.cursor in list(there.pane.visible())
    assert there.trail.past == (step(ROOM),)


def test_what_is_not_there_is_no_jump() -> None:
    assert go(ROOM, ref("person/nobody")) is None


def test_back_and_forward_at_the_ends() -> None:
    assert back(ROOM) is None
    assert forward(ROOM) is None


def test_back_restores_the_line_within_a_paragraph() -> None:
    room = move_cursor(at("para/p1"), lambda pane: pane.step(2))
    returned = back(went(room, "event/quay"))
    assert returned is not None
    assert (here(returned), returned.pane.line) == ("para/p1", 2)


def test_forward_is_cut_off_by_a_new_jump() -> None:
    room = back(went(went(ROOM, "para/p2"), "para/p4"))
    assert room is not None
    assert forward(room) is not None
    assert forward(went(room, "quote/run")) is None


STEPS = st.lists(
    st.one_of(
        st.sampled_from([move for move in MOVES if move not in ("back", "forward")]),
        st.sampled_from([short(address) for address in (*EVERY, *SPANS)]),
        st.sampled_from(["&okafor", "&", "/toll", "/no such words"]),
    ),
    max_size=6,
)


def walked(room: Room, steps: list[str]) -> Room:
    for one in steps:
        if one in MOVES:
            room = MOVES[one](room).room
        elif one.startswith("&"):
            room = filtered(room, parse(one[1:]))
        elif one.startswith("/"):
            room = searched(room, parse(one[1:]))
        else:
            room = went(room, one)
    return room


@given(STEPS, st.sampled_from(EVERY + SPANS), st.tuples(st.integers(1, 90), st.integers(1, 15)))
def test_back_is_where_one_was_and_forward_where_one_went(
    steps: list[str], target: Ref, window: tuple[int, int]
) -> None:
    room = walked(sized(ROOM, *window), steps)
    there = went(room, short(target))
    returned = back(there)
    assert returned is not None
    assert step(returned) == step(room)
    assert (returned.hits, returned.panes[room.focus]) == (room.hits, room.panes[room.focus])
    again = forward(returned)
    assert again is not None
    assert step(again) == step(there)
    assert again.trail.past == there.trail.past


@given(STEPS)
def test_back_and_back_again_is_the_beginning(steps: list[str]) -> None:
    room = walked(ROOM, steps)
    count = len(room.trail.past)
    for _ in range(count):
        before = back(room)
        assert before is not None
        room = before
    assert back(room) is None
    assert len(room.trail.future) == count


@pytest.mark.parametrize("query", ["transport", "no such words at all"])
def test_a_filter_that_hides_the_target_is_lifted(query: str) -> None:
    room = filtered(focused(ROOM, "people"), parse(query))
    there = went(room, "person/ana")
    assert (here(there), dict(there.filters)) == ("person/ana", {})
    returned = back(there)
    assert returned is not None
    assert step(returned) == step(room)


def test_a_filter_that_hides_nothing_stays() -> None:
    room = filtered(focused(ROOM, "people"), parse("reyes"))
    assert list(went(room, "person/ana").filters) == ["people"]
    assert list(went(room, "quote/run").filters) == ["people"]


def test_a_pin_that_hides_the_target_is_lifted() -> None:
    room = pinned(at("person/han"))
    assert room.panes["quotes"].find(ref("quote/run")) is None
    there = went(room, "quote/run")
    assert (here(there), there.pins) == ("quote/run", ())
    assert went(room, "quote/ready").pins == (ref("person/han"),)
    assert went(room, "para/p3").pins == (ref("person/han"),)


def test_back_after_the_file_has_changed() -> None:
    room = went(at("para/p4:58-68"), "person/okafor")
    text = FERRY.replace("  - {heading: What changes}\n", "  - A new paragraph.\n  - {heading: What changes}\n")
    text = text.replace("at: p2}", "at: p3}").replace("at: p4}", "at: p5}").replace('"p4:0-22"', '"p5:0-22"')
    changed = reloaded(room, Loaded(made(text), ()))
    returned = back(changed)
    assert returned is not None
    assert returned.focus == "article"
    assert returned.entry is not None
    assert returned.entry.ref == ref("para/p4")
    gone = reloaded(room, Loaded(made("headline: A\nbody: B"), ()))
    assert back(gone) is not None


@pytest.mark.parametrize(
    ("address", "lines", "targets"),
    [
        ("headline", 0, []),
        ("para/p1", 0, ["term/pact", "quote/run"]),
        ("para/p1", 2, ["org/paa"]),
        ("para/p3", 0, []),
        ("para/p1:35-56", 0, ["quote/run"]),
        ("para/p2:45-50", 0, ["person/tom", "person/ana"]),
        ("person/okafor", 0, ["para/p1:64-75"]),
        ("org/paa", 0, ["para/p1:83-86"]),
        ("source/an%20official", 0, ["quote/toll"]),
        ("quote/run", 0, ["para/p1:35-56"]),
        ("quote/toll", 0, ["para/p4:24-35", "para/p4:71-82"]),
        ("quote/run:22-33", 0, ["person/okafor"]),
        ("event/opened", 0, ["para/p4:0-22"]),
        ("event/signed", 0, ["para/p1"]),
        ("event/someday", 0, []),
        ("term/pact", 0, ["para/p1:28-32"]),
        ("document/d1", 0, ["para/p1"]),
        ("media/boat", 0, ["person/okafor"]),
        ("about/outlet", 0, []),
    ],
)
def test_destinations(address: str, lines: int, targets: list[str]) -> None:
    room = sized(ROOM, 50, 12)
    room = move_cursor(at(address, room), lambda pane: pane.step(lines) if lines else pane)
    assert [short(target) for target in destinations(room)] == targets


def test_nothing_leads_anywhere_in_an_empty_pane() -> None:
    room = focused(ROOM, "quotes")
    assert destinations(with_pane(room, room.pane.showing(()))) == ()


def test_a_search_rests_on_the_nearest_hit_without_history() -> None:
    found = searched(at("para/p2"), parse("toll"))
    assert (here(found), found.hit) == ("para/p2", (ref("para/p2"), (33, 37)))
    assert found.trail == ROOM.trail
    later = searched(at("para/p3"), parse("toll"))
    assert later.hit == (ref("para/p4"), (31, 35))


def test_a_search_begins_where_the_reader_was_at_every_key() -> None:
    origin = at("para/p3")
    assert searched(origin, parse("n")).hit is not None
    assert here(searched(origin, parse("no such"))) == here(origin)
    assert searched(origin, parse("")).query is None
    assert step(searched(origin, parse(""))) == step(origin)


def test_a_hit_that_is_a_link_is_chosen() -> None:
    room = searched(at("para/p1"), parse('"port arlen"'))
    assert here(at_hit(room, (ref("para/p4"), (58, 68)))) == "para/p4:58-68"


def test_back_keeps_the_hit_and_the_query() -> None:
    room = searched(at("para/p1"), parse("toll"))
    there = went(room, "person/han")
    other = replace(there, query=None, hits=Hits(), hit=None)
    returned = back(other)
    assert returned is not None
    assert (returned.query, returned.hits, returned.hit) == (room.query, room.hits, room.hit)
    assert room.hit in room.hits.places
