"""Pins by key in the library of Port Arlen: what they leave, what they say, and how they are taken back."""

import pytest
from libraries import entrance_of, search, whole
from rooms import ferry, ref
from waiting import until

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.library.library import Library
from dossier.library.scope import Pin, Scope
from dossier.ui.actions import ACTIONS
from dossier.ui.find_filter import filter_pane
from dossier.ui.library_scope import enter_article, next_pane_scope, refresh_facets, refresh_lists
from dossier.ui.navigation import place_cursor, restore_cursors
from dossier.ui.pane_scope import LISTS, query_of_rows, scope_of_panes
from dossier.ui.pins import (
    article_pin_words,
    last_pin_words,
    pin_here,
    pin_name,
    pins_library,
    scope_pin_words,
    toggle_scope_pin,
)
from dossier.ui.state import PaneScope, State, focus_pane, forget_pending, with_pane


@pytest.fixture
def state(library: Library) -> State:
    return entrance_of(library)


def on(state: State, pane: str, name: str) -> State:
    """Return the state with the cursor on the row of a pane that has this name."""
    there = focus_pane(state, pane)
    named = [[part.text for part in entry.parts if part.name in ("name", "text")] for entry in there.pane.entries]
    row = next(row for row, names in enumerate(named) if name in names)
    return with_pane(there, there.pane.move_to_edge(last=False).move(row))


def under_cursor(state: State) -> str:
    assert state.entry
    return next(part.text for part in state.entry.parts if part.name in ("name", "text"))


def settled(state: State) -> State:
    """Return the state once its lists are complete, each put in its place as the screen does it."""
    assert state.library
    lists, view, scope = state.library.lists, state.library_view, scope_of_panes(state)
    facets, articles = lists.facets(view.scope), lists.articles(view.scope, view.order)
    asked = [lists.pane(name, scope, query_of_rows(state, name)) for name in LISTS]
    until(lambda: facets.is_done and all(rows.is_done for rows in (articles, *asked)))
    return restore_cursors(refresh_facets(refresh_lists(state)))


@pytest.mark.parametrize("searched", ["", "speaker:jonas", "toll"])
@pytest.mark.parametrize("name", ["Jonas Brandt", "Lena Okafor", "North Bridge Company"])
def test_a_pin_keeps_its_row_and_is_taken_back_by_the_same_key(state: State, searched: str, name: str) -> None:
    there = search(state, searched) if searched else state
    there = on(whole(next_pane_scope(there)) if searched else there, "people", name)
    before = [entry.ref for entry in there.pane.entries]
    for key in ("pin", "pin", "pin"):
        done = ACTIONS[key](there)
        assert under_cursor(done.state) == name
        there = settled(done.state)
        assert under_cursor(there) == name
        assert bool(there.library_view.scope.pins) == done.message.startswith("pinned")
    there = settled(ACTIONS["pin"](forget_pending(there)).state)
    assert under_cursor(there) == name
    assert there.library_view.scope.pins == ()
    assert [entry.ref for entry in there.pane.entries] == before


def test_the_row_of_a_facet_stays(state: State) -> None:
    there = on(state, "facets", "The Sulen Light")
    for pinned in (True, False):
        there = settled(toggle_scope_pin(there))
        assert under_cursor(there) == "The Sulen Light"
        assert bool(there.library_view.scope.pins) == pinned


def test_what_is_excluded_leaves_its_list_and_comes_back(state: State) -> None:
    there = on(state, "people", "Jonas Brandt")
    before = [entry.ref for entry in there.pane.entries]
    done = ACTIONS["exclude"](there)
    there = settled(done.state)
    assert under_cursor(there) != "Jonas Brandt"
    assert [pin.trail_words for pin in there.library_view.scope.pins] == ["not Jonas Brandt"]
    assert last_pin_words(there) == "excluded Jonas Brandt · 5 articles left · - takes it back"
    done = ACTIONS["exclude"](there)
    there = settled(done.state)
    assert done.message == "Jonas Brandt no longer excluded"
    assert under_cursor(there) == "Jonas Brandt"
    assert (there.library_view.scope, [entry.ref for entry in there.pane.entries]) == (Scope(), before)


def test_after_another_key_the_next_one_is_excluded(state: State) -> None:
    there = forget_pending(settled(toggle_scope_pin(on(state, "people", "Jonas Brandt"), excluded=True)))
    second = under_cursor(there)
    there = settled(toggle_scope_pin(there, excluded=True))
    assert [pin.name for pin in there.library_view.scope.pins] == ["Jonas Brandt", second]


def test_a_pin_that_leaves_no_article_is_taken_back_all_the_same(state: State) -> None:
    """Its row is not in the new list, and the panes ranged over the whole library."""
    there = search(state, "speaker:jonas")
    there = whole(next_pane_scope(whole(next_pane_scope(there))))
    assert there.library_view.pane_scope is PaneScope.LIBRARY
    there = on(there, "people", "Henrik Dahl")
    pinned = settled(ACTIONS["pin"](there).state)
    assert last_pin_words(pinned) == "pinned Henrik Dahl · 0 articles · . unpins"
    assert (pinned.library_view.pane_scope, len(pinned.pane.entries)) == (PaneScope.FOUND, 0)
    done = ACTIONS["pin"](pinned)
    there = settled(done.state)
    assert (done.message, under_cursor(there)) == ("unpinned Henrik Dahl", "Henrik Dahl")
    assert there.library_view.pane_scope is PaneScope.LIBRARY


def test_a_pin_narrows_the_hits_and_stays_among_them(state: State) -> None:
    there = search(state, "speaker:jonas")
    there = settled(toggle_scope_pin(on(there, "facets", "Harbour Herald")))
    assert there.library_view.pane_scope is PaneScope.HITS
    assert len(there.panes["quotes"].entries) == 3


def test_the_count_is_told_when_it_is_known(state: State) -> None:
    done = ACTIONS["pin"](on(state, "people", "Jonas Brandt"))
    assert done.message.startswith("pinned Jonas Brandt · ")
    assert last_pin_words(settled(done.state)) == "pinned Jonas Brandt · 6 articles · . unpins"
    assert last_pin_words(forget_pending(done.state)) == ""


def test_no_change_of_pins_says_nothing(state: State) -> None:
    assert scope_pin_words(state, state) == ""
    assert article_pin_words(ferry(), ferry()) == ""


def test_a_long_name_is_shortened(state: State) -> None:
    there = state
    pin = Pin("outlet", "x" * 100)
    narrowed = replace(there, library_view=replace(there.library_view, scope=Scope(None, (pin,))))
    assert scope_pin_words(narrowed, there) == f"unpinned {'x' * 39}…"


def test_where_a_pin_narrows_the_library(state: State) -> None:
    there = enter_article(state, "hh-2023-04-12-ferry")
    assert there
    assert pins_library(state)
    assert not pins_library(focus_pane(there, "people"))
    assert pins_library(focus_pane(there, "facets"))
    assert pins_library(focus_pane(whole(next_pane_scope(there)), "people"))
    assert not pins_library(ferry())


def test_nothing_to_pin(state: State) -> None:
    there = focus_pane(state, "timeline")
    assert pin_here(there, excluded=False) is None
    assert ACTIONS["pin"](there).message == "nothing to pin here: choose a person, an outlet, a year …"
    assert toggle_scope_pin(there) is there


@pytest.mark.parametrize(
    ("address", "name"), [("para/p2", "¶2"), ("person/han", "Han Seo-jin"), ("person/gone", "ferry#person/gone")]
)
def test_what_a_pin_is_called(address: str, name: str) -> None:
    assert pin_name(ferry(), ref(address)) == name


def test_the_numbers_are_of_what_the_lists_show() -> None:
    state = place_cursor(ferry(), ref("person/okafor"))
    assert ACTIONS["pin"](state).message == "pinned Lena Okafor · 2 quotes, 1 event · . unpins"
    filtered = focus_pane(filter_pane(focus_pane(state, "quotes"), parse_terms("every day")), "people")
    assert ACTIONS["pin"](filtered).message == "pinned Lena Okafor · 1 quote, 1 event · . unpins"
