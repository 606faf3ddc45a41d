import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import FERRY, ferry, made, ref, short, sized

from dossier.core.dataclasses import replace
from dossier.core.entry import PANES
from dossier.core.query import parse_terms
from dossier.core.ref import Ref
from dossier.loader.article import LoadedArticle
from dossier.ui.actions import ACTIONS
from dossier.ui.find_filter import filter_pane, replace_article, toggle_pin
from dossier.ui.navigation import (
    destinations,
    find_text,
    go_back,
    go_forward,
    go_to,
    history_entry,
    place_at_hit,
    place_cursor,
)
from dossier.ui.state import Find, State, focus_pane, move_cursor, with_pane

STATE = ferry()
EVERY = [entry.ref for name in PANES for entry in STATE.reading.entries[name]]
SPANS = [
    entry.ref.with_span(*anchor[:2])
    for name in PANES
    for entry in STATE.reading.entries[name]
    for anchor in entry.anchors
]


def at(address: str, state: State = STATE) -> State:
    return place_cursor(state, ref(address))


def went(state: State, address: str) -> State:
    there = go_to(state, ref(address))
    assert there is not None
    return there


def here(state: State) -> str:
    return short(state.pane.address)


@pytest.mark.parametrize("address", [*EVERY, *SPANS], ids=short)
def test_everything_can_be_gone_to(address: Ref) -> None:
    there = went(STATE, short(address))
    assert there.pane.address == address
    assert there.pane.cursor in list(there.pane.visible_positions())
    assert there.history.past == (history_entry(STATE),)


def test_what_is_not_there_is_no_jump() -> None:
    assert go_to(STATE, ref("person/nobody")) is None


def test_back_and_forward_at_the_ends() -> None:
    assert go_back(STATE) is None
    assert go_forward(STATE) is None


def test_back_restores_the_line_within_a_paragraph() -> None:
    state = move_cursor(at("para/p1"), lambda pane: pane.move(2))
    returned = go_back(went(state, "event/quay"))
    assert returned is not None
    assert (here(returned), returned.pane.line) == ("para/p1", 2)


def test_forward_is_cut_off_by_a_new_jump() -> None:
    state = go_back(went(went(STATE, "para/p2"), "para/p4"))
    assert state is not None
    assert go_forward(state) is not None
    assert go_forward(went(state, "quote/run")) is None


STEPS = st.lists(
    st.one_of(
        st.sampled_from([move for move in ACTIONS if move not in ("back", "forward")]),
        st.sampled_from([short(address) for address in (*EVERY, *SPANS)]),
        st.sampled_from(["&okafor", "&", "/toll", "/no such words"]),
    ),
    max_size=6,
)


def walked(state: State, steps: list[str]) -> State:
    for one in steps:
        if one in ACTIONS:
            state = ACTIONS[one](state).state
        elif one.startswith("&"):
            state = filter_pane(state, parse_terms(one[1:]))
        elif one.startswith("/"):
            state = find_text(state, parse_terms(one[1:]))
        else:
            state = went(state, one)
    return state


@given(STEPS, st.sampled_from(EVERY + SPANS), st.tuples(st.integers(1, 90), st.integers(1, 15)))
def test_back_is_where_one_was_and_forward_where_one_went(
    steps: list[str], target: Ref, window: tuple[int, int]
) -> None:
    state = walked(sized(STATE, *window), steps)
    there = went(state, short(target))
    returned = go_back(there)
    assert returned is not None
    assert history_entry(returned) == history_entry(state)
    assert (returned.find.hits, returned.panes[state.focus]) == (state.find.hits, state.panes[state.focus])
    again = go_forward(returned)
    assert again is not None
    assert history_entry(again) == history_entry(there)
    assert again.history.past == there.history.past


@given(STEPS)
def test_back_and_back_again_is_the_beginning(steps: list[str]) -> None:
    state = walked(STATE, steps)
    count = len(state.history.past)
    for _ in range(count):
        before = go_back(state)
        assert before is not None
        state = before
    assert go_back(state) is None
    assert len(state.history.future) == count


@pytest.mark.parametrize("query", ["transport", "no such words at all"])
def test_a_filter_that_hides_the_target_is_lifted(query: str) -> None:
    state = filter_pane(focus_pane(STATE, "people"), parse_terms(query))
    there = went(state, "person/ana")
    assert (here(there), dict(there.filters.queries)) == ("person/ana", {})
    returned = go_back(there)
    assert returned is not None
    assert history_entry(returned) == history_entry(state)


def test_a_filter_that_hides_nothing_stays() -> None:
    state = filter_pane(focus_pane(STATE, "people"), parse_terms("reyes"))
    assert list(went(state, "person/ana").filters.queries) == ["people"]
    assert list(went(state, "quote/run").filters.queries) == ["people"]


def test_a_pin_that_hides_the_target_is_lifted() -> None:
    state = toggle_pin(at("person/han"))
    assert state.panes["quotes"].find(ref("quote/run")) is None
    there = went(state, "quote/run")
    assert (here(there), there.filters.pins) == ("quote/run", ())
    assert went(state, "quote/ready").filters.pins == (ref("person/han"),)
    assert went(state, "para/p3").filters.pins == (ref("person/han"),)


def test_back_after_the_file_has_changed() -> None:
    state = went(at("para/p4:58-68"), "person/okafor")
    text = FERRY.replace("  - {heading: What changes}\n", "  - A new paragraph.\n  - {heading: What changes}\n")
    text = text.replace("at: p2}", "at: p3}").replace("at: p4}", "at: p5}").replace('"p4:0-22"', '"p5:0-22"')
    changed = replace_article(state, LoadedArticle(made(text), ()))
    returned = go_back(changed)
    assert returned is not None
    assert returned.focus == "article"
    assert returned.entry is not None
    assert returned.entry.ref == ref("para/p4")
    gone = replace_article(state, LoadedArticle(made("headline: A\nbody: B"), ()))
    assert go_back(gone) is not None


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
    state = sized(STATE, 50, 12)
    state = move_cursor(at(address, state), lambda pane: pane.move(lines) if lines else pane)
    assert [short(target) for target in destinations(state)] == targets


def test_nothing_leads_anywhere_in_an_empty_pane() -> None:
    state = focus_pane(STATE, "quotes")
    assert destinations(with_pane(state, state.pane.with_entries(()))) == ()


def test_a_search_rests_on_the_nearest_hit_without_history() -> None:
    found = find_text(at("para/p2"), parse_terms("toll"))
    assert (here(found), found.find.hit) == ("para/p2", (ref("para/p2"), (33, 37)))
    assert found.history == STATE.history
    later = find_text(at("para/p3"), parse_terms("toll"))
    assert later.find.hit == (ref("para/p4"), (31, 35))


def test_a_search_begins_where_the_reader_was_at_every_key() -> None:
    origin = at("para/p3")
    assert find_text(origin, parse_terms("n")).find.hit is not None
    assert here(find_text(origin, parse_terms("no such"))) == here(origin)
    assert find_text(origin, parse_terms("")).find.query is None
    assert history_entry(find_text(origin, parse_terms(""))) == history_entry(origin)


def test_a_hit_that_is_a_link_is_chosen() -> None:
    state = find_text(at("para/p1"), parse_terms('"port arlen"'))
    assert here(place_at_hit(state, (ref("para/p4"), (58, 68)))) == "para/p4:58-68"


def test_back_keeps_the_hit_and_the_query() -> None:
    state = find_text(at("para/p1"), parse_terms("toll"))
    there = went(state, "person/han")
    other = replace(there, find=Find())
    returned = go_back(other)
    assert returned is not None
    assert (returned.find.query, returned.find.hits, returned.find.hit) == (
        state.find.query,
        state.find.hits,
        state.find.hit,
    )
    assert state.find.hit in state.find.hits.places
