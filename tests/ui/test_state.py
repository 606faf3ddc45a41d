import pytest
from rooms import ferry, ref, short

from dossier.core.entry import PANES, add_quote_counts
from dossier.core.ref import ENTRY_KINDS, Ref
from dossier.ui.entry_list import pane_of
from dossier.ui.pane_lines import entry_look
from dossier.ui.state import (
    focus_pane,
    lit_refs,
    move_cursor,
    open_article_state,
    resize_pane,
    reveal_linked,
    with_pane,
)


def test_an_opened_state_stands_at_its_top() -> None:
    article = ferry().reading.article
    state = open_article_state(article, ())
    assert list(state.panes) == list(PANES)
    assert (state.focus, short(state.pane.address)) == ("article", "headline")
    assert [pane.by_line for pane in state.panes.values()] == [True, False, False, False]
    assert all(pane.cursor in list(pane.visible_positions()) for pane in state.panes.values())
    assert all(pane.entries == add_quote_counts(state.reading.entries[name]) for name, pane in state.panes.items())


@pytest.mark.parametrize("name", PANES)
def test_no_cursor_begins_on_a_heading(name: str) -> None:
    pane = open_article_state(ferry().reading.article, ()).panes[name]
    assert pane.cursor.line == len(pane.draw_row(0).head)


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_every_kind_is_at_home_in_a_pane(kind: str) -> None:
    assert pane_of(Ref("ferry", kind, "x")) in PANES


@pytest.mark.parametrize(
    ("kind", "pane"),
    [("person", "people"), ("source", "people"), ("quote", "quotes"), ("event", "timeline"), ("media", "article")],
)
def test_home(kind: str, pane: str) -> None:
    assert pane_of(Ref("ferry", kind, "x")) == pane


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
    state = ferry()
    state = with_pane(state, state.pane.move_to(ref(address)))
    assert [short(one) for one in state.meant] == meant
    assert {ref(one) for one in shines} <= lit_refs(state)


def test_a_move_scrolls_the_other_panes_to_what_is_lit() -> None:
    state = ferry(rows=3)
    assert short(state.panes["timeline"].entries[state.panes["timeline"].top.row].ref) == "event/charged"
    after = move_cursor(state, lambda pane: pane.move_to(ref("para/p1")))
    on_view = {
        short(after.panes["timeline"].entries[shown.row].ref) for shown in after.panes["timeline"].visible_positions()
    }
    assert "event/signed" in on_view
    assert after.panes["timeline"].cursor == state.panes["timeline"].cursor
    assert after.history == state.history
    assert reveal_linked(after) == after


def test_a_pane_that_gets_the_cursor_shows_it() -> None:
    state = move_cursor(ferry(rows=3), lambda pane: pane.move_to(ref("para/p4:58-68")))
    people = state.panes["people"]
    assert people.cursor not in list(people.visible_positions())
    after = focus_pane(state, "people")
    assert after.focus == "people"
    assert after.pane.cursor == people.cursor
    assert people.cursor in list(after.pane.visible_positions())


def test_resized_keeps_the_place_of_every_pane() -> None:
    state = move_cursor(ferry(), lambda pane: pane.move_to(ref("para/p4:58-68")))
    for name in PANES:
        state = resize_pane(state, name, 30, 5)
    assert short(state.pane.address) == "para/p4:58-68"
    assert [pane.cells for pane in state.panes.values()] == [30] * 4
    shining = lit_refs(state)
    shown = {state.panes["people"].entries[place.row].ref for place in state.panes["people"].visible_positions()}
    assert shown & shining


def test_look_is_the_state_of_one_entry() -> None:
    state = move_cursor(ferry(cells=50), lambda pane: pane.move_to(ref("para/p2:45-50")))
    row = state.pane.cursor.row
    here = entry_look(state, state.pane, row, lit_refs(state), {})
    assert (here.cursor_line, here.is_by_line, here.chosen_link, here.hits, here.current_hit) == (1, True, 3, (), None)
    there = entry_look(state, state.pane, row + 1, lit_refs(state), {2: "a"})
    assert (there.cursor_line, there.chosen_link, dict(there.hint_letters)) == (-1, None, {2: "a"})
    elsewhere = entry_look(state, state.panes["people"], 0, lit_refs(state), {})
    assert (elsewhere.cursor_line, elsewhere.is_by_line) == (-1, False)
