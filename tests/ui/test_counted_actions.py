"""What a count means for each command that takes one."""

from collections.abc import Iterator
from datetime import date

import pytest
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from rooms import FERRY, ferry, made, ref, short, sized

from dossier.core.query import parse_terms
from dossier.library.library import Library
from dossier.ui.actions import ACTIONS
from dossier.ui.counted_actions import COUNTED_ACTIONS
from dossier.ui.library_scope import search_library
from dossier.ui.navigation import find_text, go_to, history_entry, place_cursor
from dossier.ui.state import State, focus_pane, move_cursor, open_article_state

STATE = ferry(cells=50, rows=8)


def at(address: str) -> State:
    return place_cursor(STATE, ref(address))


def found() -> State:
    return find_text(at("headline"), parse_terms("toll"))


@pytest.mark.parametrize(
    "command",
    [
        *("line-down", "link-next", "pane-next", "mention-next", "period-next", "paragraph-next", "scroll-down"),
        *("line-up", "link-previous", "pane-previous", "mention-previous", "period-previous", "paragraph-previous"),
        "scroll-up",
    ],
)
@pytest.mark.parametrize("start", ["headline", "para/p2", "about/mood", "person/okafor", "quote/toll", "event/quay"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_count_is_so_many_times_the_key(command: str, start: str, count: int) -> None:
    one = at(start)
    for _ in range(count):
        one = ACTIONS[command](one).state
    many = COUNTED_ACTIONS[command](count, at(start)).state
    assert (many.focus, many.pane.address, many.pane.line) == (one.focus, one.pane.address, one.pane.line)


@pytest.mark.parametrize("command", ["hit-next", "hit-previous"])
@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_a_count_is_so_many_hits(command: str, count: int) -> None:
    one = found()
    for _ in range(count):
        one = ACTIONS[command](one).state
    many = COUNTED_ACTIONS[command](count, found()).state
    assert (many.pane.address, many.find.hit) == (one.pane.address, one.find.hit)
    assert len(many.history.past) == len(found().history.past) + 1


@pytest.fixture(scope="module")
def arlen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as library:
        yield library


@pytest.mark.parametrize("command", ["hit-next", "hit-previous"])
@pytest.mark.parametrize("count", [1, 3, 7, 999])
def test_the_hits_of_a_search_are_counted_in_the_list_of_the_library(arlen: Library, command: str, count: int) -> None:
    query = arlen.parse_search_with_names("ferry", date(2024, 1, 1))
    state = move_cursor(whole(search_library(entrance_of(arlen), query)), lambda pane: pane.move(3))
    one = state
    for _ in range(min(count, 60)):
        one = ACTIONS[command](one).state
    many = COUNTED_ACTIONS[command](count, state).state
    assert many.pane.address == one.pane.address != state.pane.address


def test_the_widths_of_the_panes_go_round(arlen: Library) -> None:
    state = entrance_of(arlen)
    for count in range(1, 15):
        one = state
        for _ in range(count):
            one = ACTIONS["widen"](one).state
        many = COUNTED_ACTIONS["widen"](count, state)
        assert many.state.library_view == one.library_view
    assert COUNTED_ACTIONS["widen"](2, STATE) == ACTIONS["widen"](STATE)


@pytest.mark.parametrize(
    ("start", "command", "count", "here"),
    [
        ("headline", "end", 3, "para/p3"),
        ("headline", "top", 3, "para/p3"),
        ("quote/run", "end", 2, "quote/stays"),
        ("person/okafor", "top", 99, "source/an%20official"),
        ("headline", "percent", 100, "about/mood"),
        ("person/okafor", "percent", 50, "person/ana"),
    ],
)
def test_a_count_is_a_place(start: str, command: str, count: int, here: str) -> None:
    assert short(COUNTED_ACTIONS[command](count, at(start)).state.pane.address) == here


@pytest.mark.parametrize(("command", "sign"), [("half-page-down", 1), ("half-page-up", -1)])
def test_half_pages_take_a_number_of_lines(command: str, sign: int) -> None:
    state = at("para/p2")
    assert COUNTED_ACTIONS[command](2, state).state.pane == state.pane.move_page(2 * sign)


def test_pages_are_counted() -> None:
    state = at("headline")
    assert COUNTED_ACTIONS["page-down"](2, state).state.pane == state.pane.move_page(14)
    assert COUNTED_ACTIONS["page-up"](1, at("para/p4")).state.pane == at("para/p4").pane.move_page(-7)


def test_several_jumps_back_are_one_step_for_each() -> None:
    steps = [STATE]
    for address in ("person/han", "quote/run", "event/quay"):
        there = go_to(steps[-1], ref(address))
        assert there
        steps.append(there)
    assert history_entry(COUNTED_ACTIONS["back"](2, steps[3]).state) == history_entry(steps[1])
    first = COUNTED_ACTIONS["back"](10**6, steps[3]).state
    assert history_entry(first) == history_entry(steps[0])
    assert history_entry(COUNTED_ACTIONS["forward"](2, first).state) == history_entry(steps[2])
    assert history_entry(COUNTED_ACTIONS["forward"](9, first).state) == history_entry(steps[3])
    assert COUNTED_ACTIONS["back"](3, first) == ACTIONS["back"](first)
    assert COUNTED_ACTIONS["forward"](3, steps[3]) == ACTIONS["forward"](steps[3])


@pytest.mark.parametrize("command", COUNTED_ACTIONS)
@pytest.mark.parametrize("count", [1, 7, 999_999])
@pytest.mark.parametrize("text", ["headline: A\nbody: B", FERRY], ids=["smallest", "ferry"])
def test_any_count_anywhere(command: str, count: int, text: str) -> None:
    state = sized(open_article_state(made(text), ()), 40, 12)
    for name in state.panes:
        done = COUNTED_ACTIONS[command](count, focus_pane(state, name)).state
        assert done.entry is None or done.pane.cursor in list(done.pane.visible_positions())
