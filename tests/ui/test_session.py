"""Opened again, a state is where it was left, one of an article and one of a library, and so is its history."""

import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from rooms import DATA, FERRY, ferry, made, ref, sized, stored
from waiting import until

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.core.ref import Ref, parse_ref
from dossier.library.library import Library
from dossier.library.scope import Pin, Scope
from dossier.ui.actions import ACTIONS
from dossier.ui.find_filter import filter_pane, toggle_pin
from dossier.ui.highlight import is_wide
from dossier.ui.history import History
from dossier.ui.library_find import filter_library_pane, find_in_library
from dossier.ui.library_scope import enter_article, open_library_state, search_library, set_scope
from dossier.ui.navigation import find_text, go_back, go_forward, go_to, history_entry, place_cursor, restore_cursors
from dossier.ui.pane_scope import LISTS
from dossier.ui.session import STEPS, restore_session, session_record
from dossier.ui.state import NO_ARTICLE, HistoryEntry, PaneScope, State, focus_pane, move_cursor, open_article_state

NATO = stored(DATA / "nato-seoul-2023.yaml")
TODAY = datetime.date.today()
ARTICLES = ("hh-2023-04-12-ferry", "2024-05-27-election")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened_library:
        yield opened_library


def told(state: State) -> Any:
    """Return the record as it is read back from a file."""
    return json.loads(json.dumps(session_record(state)))


def history(state: State, turn: Callable[[State], State | None]) -> list[HistoryEntry]:
    """Where the state stands after each step back, or forward."""
    steps = []
    while there := turn(state):
        state = restore_cursors(whole(there)) if there.library else there
        steps.append(history_entry(state))
    return steps


def went(state: State, address: str) -> State:
    there = go_to(state, ref(address))
    assert there
    return there


def walked(state: State, moves: list[str]) -> State:
    """Return the state after these moves, and typed texts: `/` to find, `&` to filter, `s` to search the library."""
    for one in moves:
        if one in ACTIONS:
            state = ACTIONS[one](state).state
        elif one.startswith("&"):
            state = (
                filter_library_pane(state, one[1:], TODAY)
                if is_wide(state.pane)
                else filter_pane(state, parse_terms(one[1:]))
            )
        elif one.startswith("/"):
            state = (
                find_in_library(state, one[1:], TODAY)
                if is_wide(state.pane)
                else find_text(state, parse_terms(one[1:]))
            )
        elif state.library and one.startswith("s"):
            found = search_library(state, state.library.parse_search_with_names(one[1:], TODAY))
            state = replace(found, history=state.history.visit(history_entry(state)))
        elif one.startswith("#"):
            state = go_to(state, parse_ref(f"{state.reading.article.ref.article}{one}")) or state
        elif state.library:
            state = go_to(state, Ref(one)) or state
        state = whole(state) if state.library else state
    return state


TYPED = ("&nato", "&speaker:okafor toll", "&", "/toll", "/north korea", "/no such words", "/")
GONE_TO = ("#para/p4", "#quote/q3", "#person/okafor", "#about/outlet")
WALKS = st.lists(st.sampled_from([*ACTIONS, *TYPED, *GONE_TO, *GONE_TO, "back", "back", "pin"]), max_size=12)
SEARCHED = ("sferry", "sferry OR toll", "sspeaker:okafor published:2023..", "s", *ARTICLES, *ARTICLES, "widen", "order")
LIBRARY_WALKS = st.lists(st.sampled_from([*ACTIONS, *TYPED, *GONE_TO, *SEARCHED, *SEARCHED]), max_size=10)
SIZES = st.tuples(st.integers(1, 90), st.integers(1, 30))


@given(WALKS, SIZES, st.sampled_from([NATO, made(FERRY)]))
def test_an_article_is_where_it_was_left(moves: list[str], size: tuple[int, int], article: Any) -> None:
    state = walked(sized(open_article_state(article, ()), *size), moves)
    again = restore_session(open_article_state(article, ()), told(state))
    assert history_entry(again) == history_entry(state)
    assert (again.panes, again.find.hits) == (state.panes, state.find.hits)
    assert history(again, go_back) == history(state, go_back)
    assert history(again, go_forward) == history(state, go_forward)


@settings(max_examples=40)
@given(LIBRARY_WALKS, SIZES)
@example(["hh-2023-04-12-ferry", "/toll", "hit-previous", "widen"], (60, 12))
@example(["order", "sspeaker:okafor published:2023..", "link-next", "hh-2023-04-12-ferry"], (1, 1))
def test_a_library_is_where_it_was_left(library: Library, moves: list[str], size: tuple[int, int]) -> None:
    state = walked(entrance_of(library, *size), moves)
    # As long as lists are found, what they do not have yet is awaited.
    library.lists.drop_all()
    again = restore_session(open_library_state(library), told(state))
    again, state = restore_cursors(whole(again)), whole(state)
    assert history_entry(again) == history_entry(state)
    assert again.reading.article == state.reading.article
    assert history(again, go_back) == history(state, go_back)
    assert history(again, go_forward) == history(state, go_forward)


@given(WALKS)
def test_a_record_of_what_was_resumed_is_the_same(moves: list[str]) -> None:
    state = walked(open_article_state(NATO, ()), moves)
    assert told(restore_session(open_article_state(NATO, ()), told(state))) == told(state)


def test_the_size_that_a_pane_had_comes_back_with_its_scroll() -> None:
    state = walked(sized(open_article_state(NATO, ()), 40, 37), ["line-down"] * 30)
    again = restore_session(open_article_state(NATO, ()), told(state))
    assert again.panes == state.panes
    assert state.pane.offset > 20


def test_a_history_keeps_its_nearest_steps() -> None:
    state = ferry()
    for number in range(150):
        state = went(state, f"para/p{number % 4 + 1}")
    for _ in range(20):
        state = go_back(state) or state
    history = restore_session(ferry(), told(state)).history
    assert history == History(state.history.past[-STEPS:], state.history.future)
    assert (len(history.past), len(history.future)) == (100, 20)
    for _ in range(120):
        state = go_back(state) or state
    assert restore_session(ferry(), told(state)).history.future == state.history.future[:STEPS]


def test_a_long_history_is_no_large_file() -> None:
    state = sized(open_article_state(NATO, ()), 60, 12)
    for number in range(200):
        state = ACTIONS["line-down"](go_to(state, Ref(NATO.ref.article, "para", f"p{number % 9 + 1}")) or state).state
    assert len(state.history.past) > 100
    assert len(json.dumps(session_record(state))) < 40_000


def test_an_article_that_was_edited_is_resumed_by_addresses() -> None:
    state = went(toggle_pin(place_cursor(ferry(), ref("person/han"))), "para/p4:58-68")
    state = move_cursor(went(state, "event/quay"), lambda pane: pane)
    text = FERRY.replace("  - {heading: What changes}\n", "  - A new paragraph.\n  - {heading: What changes}\n")
    text = text.replace("at: p2}", "at: p3}").replace("at: p4}", "at: p5}").replace('"p4:0-22"', '"p5:0-22"')
    again = restore_session(open_article_state(made(text), ()), told(state))
    assert (again.focus, again.pane.address, again.filters.pins) == ("timeline", ref("event/quay"), ())
    before = go_back(again)
    assert before
    assert before.entry
    assert (before.entry.ref, before.filters.pins) == (ref("para/p4"), (ref("person/han"),))


def test_a_pin_on_what_is_gone_hides_nothing() -> None:
    state = toggle_pin(place_cursor(ferry(), ref("person/han")))
    assert state.filters.pins
    fresh = open_article_state(made("headline: A\nbody: B"), ())
    again = restore_session(fresh, told(state))
    assert again.filters.pins == ()
    assert [list(pane.entries) for pane in again.panes.values()] == [
        list(pane.entries) for pane in fresh.panes.values()
    ]


def test_a_query_keeps_its_language(library: Library) -> None:
    state = walked(entrance_of(library), [ARTICLES[0], "/toll", "widen", "pane-quotes", "&toll", "sferry OR toll"])
    assert state.history.past[-1].query == parse_terms("toll")
    assert state.history.past[-1].filters.queries["quotes"] == library.parse_search_with_names("toll", TODAY)
    again = restore_session(open_library_state(library), told(state))
    assert again.history.past[-1] == state.history.past[-1]
    assert (
        again.library_view.scope
        == state.library_view.scope
        == Scope(library.parse_search_with_names("ferry OR toll", TODAY))
    )
    # In an article alone nothing is searched in the language of a library.
    assert (
        restore_session(
            ferry(), {**told(ferry()), "here": {"focus": "article", "query": ["search", "toll"]}}
        ).find.query
        is None
    )


def test_what_narrows_a_library(library: Library) -> None:
    state = entrance_of(library)
    okafor = Ref(ARTICLES[0], "person", "okafor")
    pins = (Pin("person", "Lena Okafor", okafor), Pin("year", "2023", None, True), Pin("outlet", "Harbour Herald"))
    state = whole(set_scope(state, Scope(library.parse_search_with_names("ferry", TODAY), pins)))
    assert restore_session(open_library_state(library), told(state)).library_view.scope == state.library_view.scope
    assert library.entry(okafor)
    record_now = told(state)
    gone = ["person", "Nobody", f"{ARTICLES[0]}#person/nobody", False]
    wrong = [["year", "20x3", None, False], ["year", "0000", None, False], ["person", "Okafor", None, False], ["x"]]
    record_now["here"]["narrowed"] = [gone, *wrong, record_now["here"]["narrowed"][1]]
    assert restore_session(open_library_state(library), record_now).library_view.scope.pins == pins[1:2]


def test_an_article_that_left_the_library(library: Library) -> None:
    state = walked(entrance_of(library), ["sferry", ARTICLES[1], ARTICLES[0], "#person/okafor", "pin", "#para/p2"])
    assert len(state.history.past) == 5
    text = json.dumps(session_record(state)).replace(ARTICLES[0], "hh-gone")
    again = whole(restore_session(open_library_state(library), json.loads(text)))
    assert (again.reading.article, again.focus, again.library_view.pane_scope) == (
        NO_ARTICLE,
        "library",
        PaneScope.HITS,
    )
    assert (again.library_view.scope, again.find.query, again.filters.pins) == (
        state.library_view.scope,
        state.library_view.scope.query,
        (),
    )
    assert all(is_wide(again.panes[name]) for name in LISTS)
    assert [one.article for one in again.history.past] == ["", "", ARTICLES[1]]


def test_without_an_article_panes_range_over_the_library(library: Library) -> None:
    state = focus_pane(entrance_of(library), "quotes")
    spoilt = told(state)
    spoilt["here"]["breadth"] = "article"
    again = restore_session(open_library_state(library), spoilt)
    assert (again.library_view.pane_scope, again.focus) == (PaneScope.LIBRARY, "quotes")
    until(lambda: not restore_cursors(again).pending_cursors)


@pytest.mark.parametrize(
    ("breadth", "searched", "scope"),
    [
        ("hits", "ferry", PaneScope.HITS),
        ("found", "ferry", PaneScope.FOUND),
        ("library", "ferry", PaneScope.LIBRARY),
        # What has no hits of its own.
        ("hits", "outlet:herald", PaneScope.FOUND),
        ("hits", "", PaneScope.LIBRARY),
        # An article that is not open, and what no version has written.
        ("article", "ferry", PaneScope.LIBRARY),
        ("galaxy", "ferry", PaneScope.LIBRARY),
    ],
)
def test_what_the_panes_range_over(library: Library, breadth: str, searched: str, scope: PaneScope) -> None:
    record_now = told(walked(entrance_of(library), [f"s{searched}"]))
    record_now["here"]["breadth"] = breadth
    assert restore_session(open_library_state(library), record_now).library_view.pane_scope is scope


def test_the_hits_are_shown_again(library: Library) -> None:
    state = walked(entrance_of(library), ["sspeaker:jonas", "pane-quotes", "line-down"])
    again = restore_cursors(whole(restore_session(open_library_state(library), told(state))))
    assert again.library_view.pane_scope is PaneScope.HITS
    assert (len(again.pane.entries), again.pane.address) == (7, state.pane.address)


def test_what_was_found_in_a_row_is_chosen_again(library: Library) -> None:
    state = walked(entrance_of(library), ["sferry", "line-down", "link-next"])
    assert state.pane.link_number == 0
    assert (
        restore_cursors(whole(restore_session(open_library_state(library), told(state)))).pane.address
        == state.pane.address
    )


def test_what_is_being_found_is_awaited(library: Library) -> None:
    state = whole(ACTIONS["end"](focus_pane(entrance_of(library), "timeline")).state)
    library.lists.drop_all()
    again = restore_session(open_library_state(library), told(state))
    assert again.pane.address != state.pane.address or not again.pending_cursors
    assert history_entry(restore_cursors(whole(again))) == history_entry(state)


@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {"version": 2},
        {"version": True},
        {"here": {"focus": "no such pane"}},
        {"here": None, "past": None},
        {"spots": [["no such pane", "ferry#para/p1", 0, "ferry#para/p1", 0]]},
        {"spots": [["article", "no/such/address#", 0, "", 0]]},
        {"sizes": {"article": [0, -1], "quotes": [10**400, 2], "nothing": [3, 3]}},
        {"past": [{"focus": "article", "spots": [-1, 7, True, "0"]}], "future": "none"},
    ],
)
def test_what_is_malformed_is_left_out(spoilt: dict[str, Any]) -> None:
    fresh = ferry()
    whole_record = {} if spoilt == {} else {**told(fresh), **spoilt}
    again = restore_session(fresh, whole_record)
    assert replace(again, history=History()) == fresh
    assert len(again.history.past) == len(spoilt.get("past") or ())


@pytest.mark.parametrize("whole_record", [None, [], "text", 1, {"version": 1, "spots": {}, "here": [], "sizes": []}])
def test_what_is_no_record(whole_record: object) -> None:
    fresh = ferry()
    assert restore_session(fresh, whole_record) == fresh


TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["article", "library", "quotes", "find", "search", "ferry#para/p1:3-9", "year", "person", "9999"]),
    st.sampled_from([*ARTICLES, f"{ARTICLES[0]}#person/okafor", "found", "library", "oldest first", '"(((', "in:x -"]),
)
KEYS = ("version", "sizes", "here", "past", "future", "spots", "focus", "article", "query", "hit", "filters", "pins")
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.one_of(TEXTS, st.sampled_from([*KEYS, "breadth", "order", "searched", "narrowed"])), inner),
    ),
    max_leaves=25,
)


def spoilt_anywhere(data: st.DataObject, value: Any) -> Any:
    """Return a record with some part of it replaced by any JSON value."""
    if data.draw(st.integers(0, 9)) == 0:
        return data.draw(JSON)
    if isinstance(value, dict):
        return {key: spoilt_anywhere(data, one) for key, one in value.items()}
    return [spoilt_anywhere(data, one) for one in value] if isinstance(value, list) else value


@given(st.data())
def test_no_record_is_fatal(data: st.DataObject) -> None:
    state = ferry()
    known = told(
        went(find_text(toggle_pin(place_cursor(state, ref("person/han"))), parse_terms("toll")), "para/p4:58-68")
    )
    spoilt = spoilt_anywhere(data, known)
    again = restore_session(ferry(), {**(spoilt if isinstance(spoilt, dict) else {}), "version": 1})
    assert again.focus in again.panes
    assert history(again, go_back) is not None


@settings(max_examples=40)
@given(st.data())
def test_no_record_is_fatal_to_a_library(library: Library, data: st.DataObject) -> None:
    pins = (Pin("person", "Lena Okafor", Ref(ARTICLES[0], "person", "okafor")), Pin("year", "2023", None))
    state = set_scope(open_library_state(library), Scope(library.parse_search_with_names("ferry", TODAY), pins))
    there = enter_article(replace(state, history=History((history_entry(state),))), ARTICLES[0])
    assert there
    spoilt = spoilt_anywhere(data, told(there))
    again = restore_session(open_library_state(library), {**(spoilt if isinstance(spoilt, dict) else {}), "version": 1})
    assert (again.library_view.pane_scope is PaneScope.ARTICLE) <= (again.reading.article is not NO_ARTICLE)
    whole(again)


@given(JSON)
def test_any_json_at_all(value: object) -> None:
    assert restore_session(ferry(), value).reading.article == ferry().reading.article
