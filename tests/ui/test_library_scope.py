"""What the panes range over, step by step, in the library of Port Arlen."""

import pytest
from libraries import TODAY, entrance_of, search, whole
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.library.scope import ORDERS, Pin, Scope
from dossier.ui.actions import ACTIONS
from dossier.ui.find_filter import filter_pane
from dossier.ui.highlight import is_wide
from dossier.ui.library_find import filter_library_pane
from dossier.ui.library_scope import (
    SAVED,
    enter_article,
    next_order,
    next_pane_scope,
    refresh_facets,
    refresh_lists,
    request_lists,
    search_library,
    set_scope,
)
from dossier.ui.navigation import go_to, restore_cursors, widen
from dossier.ui.pane_scope import LISTS, is_in_library
from dossier.ui.pins import facet_here, pin_here, toggle_scope_pin
from dossier.ui.state import NO_ARTICLE, PaneScope, State, focus_pane, lit_refs, with_pane

FERRY = "hh-2023-04-12-ferry"
HERALD = Pin("outlet", "Harbour Herald")


@pytest.fixture
def state(library: Library) -> State:
    return entrance_of(library)


def open_article(state: State, article: str = FERRY) -> State:
    there = enter_article(state, article)
    assert there
    return there


def numbers(state: State) -> list[int]:
    return [len(state.panes[name].entries) for name in ("library", *LISTS)]


def on(state: State, pane: str, ref: Ref) -> State:
    """Return the state with the cursor, in a pane of the whole library, on the row that stands for this address."""
    there = focus_pane(state, pane)
    row = there.pane.find(ref)
    assert row is not None
    return with_pane(there, there.pane.move_to_edge(last=False).move(row))


def test_at_the_entrance_all_panes_range_over_the_library(state: State) -> None:
    assert (state.focus, state.library_view.pane_scope, state.reading.article) == (
        "library",
        PaneScope.LIBRARY,
        NO_ARTICLE,
    )
    assert numbers(state) == [11, 37, 73, 75]
    assert [name for name, pane in state.panes.items() if is_wide(pane)] == ["library", *LISTS]
    assert is_in_library(state)


def test_an_article_that_is_opened_narrows_the_panes_to_it(state: State) -> None:
    there = open_article(state)
    assert there.reading.article.ref.article == FERRY
    assert there.library_view.pane_scope is PaneScope.ARTICLE
    assert not any(is_wide(there.panes[name]) for name in LISTS)
    assert {entry.ref.article for name in LISTS for entry in there.panes[name].entries} == {FERRY}
    assert not is_in_library(replace(there, focus="article"))
    assert is_in_library(replace(there, focus="facets"))
    assert enter_article(state, "no-such-article") is None


def opening_with(state: State, scope: PaneScope) -> State:
    """Return the state whose panes range over `scope` when an article is opened."""
    return replace(state, library_view=replace(state.library_view, opening_scope=scope))


def test_an_article_is_opened_with_the_pane_scope_that_is_set(state: State) -> None:
    every = numbers(state)
    assert numbers(whole(open_article(opening_with(state, PaneScope.LIBRARY)))) == every
    found = whole(open_article(search(opening_with(state, PaneScope.FOUND), "toll")))
    assert found.library_view.pane_scope is PaneScope.FOUND
    assert all(one < all_there for one, all_there in zip(numbers(found), every, strict=True))
    assert open_article(opening_with(state, PaneScope.FOUND)).library_view.pane_scope is PaneScope.LIBRARY


def test_an_article_alone_has_nothing_to_range_over() -> None:
    alone = ferry()
    assert enter_article(alone, FERRY) is None
    assert not is_in_library(alone)
    for act in (request_lists, refresh_facets, refresh_lists):
        assert act(alone) is alone
    assert set_scope(alone, Scope(None, (HERALD,))) is alone


def test_what_is_searched_for_is_found_again_in_the_article_that_is_opened(state: State) -> None:
    there = open_article(search(state, "toll"))
    assert there.find.query == there.library_view.scope.query
    assert len(there.find.hits) > 0


def test_a_search_finds_and_no_words_find_all(state: State) -> None:
    found = search(state, "toll")
    assert (found.focus, found.library_view.pane_scope) == ("library", PaneScope.HITS)
    assert [one < every for one, every in zip(numbers(found), numbers(state), strict=True)] == [True] * 4
    everything = search(found, "  ")
    assert (everything.library_view.scope, everything.library_view.pane_scope) == (Scope(), PaneScope.LIBRARY)
    assert numbers(everything) == numbers(state)


def test_a_search_goes_as_far_as_the_pins_do(state: State) -> None:
    pinned = whole(set_scope(state, Scope(None, (HERALD,))))
    found = search(pinned, "toll")
    assert found.library_view.scope.steps == ("“toll”", "Harbour Herald")
    assert numbers(found)[0] < min(numbers(pinned)[0], numbers(search(state, "toll"))[0])


@pytest.mark.parametrize(
    ("typed", "article", "turns"),
    [
        ("", False, [PaneScope.LIBRARY]),
        ("", True, [PaneScope.LIBRARY, PaneScope.ARTICLE, PaneScope.LIBRARY]),
        ("toll", False, [PaneScope.FOUND, PaneScope.LIBRARY, PaneScope.HITS]),
        ("toll", True, [PaneScope.HITS, PaneScope.FOUND, PaneScope.LIBRARY, PaneScope.ARTICLE, PaneScope.HITS]),
        ("outlet:herald", False, [PaneScope.LIBRARY, PaneScope.FOUND]),
    ],
)
def test_widening_goes_round(typed: str, article: bool, turns: list[PaneScope], state: State) -> None:
    state = search(state, typed)
    state = open_article(state) if article else state
    for breadth in turns:
        state = whole(next_pane_scope(state))
        assert state.library_view.pane_scope is breadth
        assert {is_wide(state.panes[name]) for name in LISTS} == {breadth is not PaneScope.ARTICLE}


def test_widening_keeps_the_row_of_the_cursor(state: State) -> None:
    """The list began at its first row, and what the reader was at had to be looked for among thousands."""
    own = focus_pane(open_article(state), "quotes")
    own = with_pane(own, own.pane.move_to_edge(last=True))
    there = restore_cursors(whole(widen(own)))
    assert there.library_view.pane_scope is PaneScope.LIBRARY
    assert there.pane.cursor.row
    assert there.entry
    assert own.entry
    assert there.entry.ref == own.entry.ref
    back = widen(there)
    assert back.library_view.pane_scope is PaneScope.ARTICLE
    assert back.entry
    assert back.entry.ref == own.entry.ref


def test_widening_puts_the_other_lists_at_what_is_lit(state: State) -> None:
    own = go_to(open_article(state), Ref(FERRY, "para", "p1"))
    assert own
    lit = lit_refs(own)
    there = restore_cursors(whole(widen(own)))
    entries = [there.panes[name].entry for name in ("quotes", "timeline")]
    assert {entry.ref for entry in entries if entry} & lit
    assert lit_refs(there) >= {entry.ref for entry in entries if entry and entry.ref in lit}


def test_a_filter_stays_in_force_when_the_panes_range_over_the_article_again(state: State) -> None:
    """Its words stood in the trail, and every quote of the article in the pane."""
    there = replace(next_pane_scope(open_article(state)), focus="quotes")
    narrow = whole(filter_library_pane(there, "han", TODAY))
    own = next_pane_scope(narrow)
    assert own.library_view.pane_scope is PaneScope.ARTICLE
    assert own.filters.queries.keys() == {"quotes"}
    assert 0 < len(own.panes["quotes"].entries) < len(own.reading.entries["quotes"])
    assert (
        own.panes["quotes"].entries
        == filter_pane(replace(open_article(state), focus="quotes"), parse_terms("han")).pane.entries
    )


def test_the_scope_that_changes_leaves_an_open_article_narrow(state: State) -> None:
    there = set_scope(open_article(state), Scope(None, (HERALD,)))
    assert there.library_view.pane_scope is PaneScope.ARTICLE
    assert there.reading.article.ref.article == FERRY


def test_orders_come_one_after_another(state: State) -> None:
    shown = []
    for order in (*ORDERS[1:], ORDERS[0]):
        state = whole(next_order(state))
        assert state.library_view.order == order
        shown.append([entry.ref for entry in state.panes["library"].entries])
    assert shown[0] == shown[-1][::-1]
    assert {frozenset(refs) for refs in shown} == {frozenset(shown[0])}


@pytest.mark.parametrize("typed", ["", "toll"])
def test_quotes_of_many_articles_follow_the_order_of_the_articles(state: State, typed: str) -> None:
    assert state.library
    state = whole(search_library(state, state.library.parse_search_with_names(typed, TODAY)))
    # From the hits to the articles found, and on to the library.
    state = whole(next_pane_scope(state) if typed else state)
    for order in (*ORDERS[1:], ORDERS[0]):
        state = whole(next_order(state))
        assert state.library_view.order == order
        quoting = dict.fromkeys(entry.ref.article for entry in state.panes["quotes"].entries)
        listed = [entry.ref.article for entry in state.panes["library"].entries]
        assert len(quoting) > 3
        assert list(quoting) == [article for article in listed if article in quoting]


def test_a_facet_is_pinned_excluded_and_let_go(state: State) -> None:
    state = focus_pane(state, "facets")
    value = facet_here(state)
    assert value
    assert (value.facet, value.name) == ("outlet", "Harbour Herald")
    kept = whole(toggle_scope_pin(state))
    assert kept.library_view.scope.pins == (HERALD,)
    assert numbers(kept)[0] == value.articles
    excluded = whole(toggle_scope_pin(kept, excluded=True))
    assert excluded.library_view.scope.pins == (replace(HERALD, excluded=True),)
    assert numbers(excluded)[0] == numbers(state)[0] - value.articles
    assert toggle_scope_pin(excluded, excluded=True).library_view.scope == Scope()
    assert ACTIONS["exclude"](kept).message == "excluded Harbour Herald · 7 articles left · - takes it back"
    assert ACTIONS["exclude"](excluded).message == "Harbour Herald no longer excluded"


def test_a_pinned_person_leaves_what_is_linked_to_him(state: State) -> None:
    moss = next(entry.ref for entry in state.panes["people"].entries if entry.parts[0].text == "José Ibáñez")
    there = on(state, "people", moss)
    assert pin_here(there, excluded=False) == Pin("person", "José Ibáñez", moss)
    there = whole(toggle_scope_pin(there))
    assert numbers(there)[0] == 4
    for name in ("quotes", "timeline"):
        entries = there.panes[name].entries
        assert 0 < len(entries) < len(state.panes[name].entries)
        assert all("Ibáñez" in _names(there, entry.ref) for entry in entries)


def _names(state: State, ref: Ref) -> str:
    assert state.library
    row = state.library.index.entries.row_id_of(ref)
    assert row is not None
    return " ".join(state.library.index.entries.at(row).about.fields["person"])


def test_what_is_nobody_cannot_be_pinned(state: State) -> None:
    there = focus_pane(state, "timeline")
    assert facet_here(there) is None
    assert pin_here(there, excluded=False) is None
    assert toggle_scope_pin(there) is there


def test_saved_searches_stand_above_the_facets_with_their_count(state: State) -> None:
    assert state.library
    state.library.memory.save("the toll", "toll")
    try:
        there = whole(request_lists(state))
        named = there.library.saved(TODAY)  # type: ignore[union-attr]
        assert [(name, typed) for name, typed, _ in named] == [("the toll", "toll")]
        there = search(there, "toll")
        first = refresh_facets(there).panes["facets"].entries[0]
        assert (first.group, first.text) == (SAVED, "6\nthe toll\ntoll")
    finally:
        state.library.memory.forget("the toll")


def test_an_index_that_did_not_change_leaves_the_state_as_it_is(state: State) -> None:
    assert refresh_lists(state) is state
