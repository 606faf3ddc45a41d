"""Find and filter in the list of articles of Port Arlen, by headline and outlet."""

import pytest
from libraries import TODAY, entrance_of, search, whole
from waiting import until

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.library.library import Library
from dossier.ui.actions import ACTIONS
from dossier.ui.counts import empty_words, scope_words, search_result_words, wide_title
from dossier.ui.library_find import (
    filter_library_pane,
    find_in_library,
    leave_library_find,
    library_hit_words,
    next_library_hit,
)
from dossier.ui.library_scope import enter_article
from dossier.ui.navigation import go_back, go_to
from dossier.ui.pane_lines import entry_look
from dossier.ui.pane_scope import library_hits
from dossier.ui.state import Find, State, focus_pane


@pytest.fixture
def state(library: Library) -> State:
    return entrance_of(library)


def find(state: State, typed: str) -> State:
    """Return the state after typing `typed`, once it is known what it finds."""
    hits_known(find_in_library(state, typed, TODAY))
    return find_in_library(state, typed, TODAY)


def hits_known(state: State) -> None:
    """Wait until all hits are known."""
    hits = library_hits(state)
    until(lambda: hits is None or hits.is_done)


def headline(state: State) -> str:
    assert state.entry
    return state.entry.parts[1].text


def filtered(state: State, typed: str) -> State:
    return whole(filter_library_pane(state, typed, TODAY))


def test_find_goes_to_the_headline(state: State) -> None:
    there = find(state, "ferry")
    assert headline(there) == "Ferry pact signed in Port Arlen"
    assert library_hit_words(there) == "hit 1 of 1"


def test_find_goes_round_through_headlines_and_outlets(state: State) -> None:
    there = find(state, "herald")
    seen = []
    for _ in range(4):
        seen.append((headline(there), library_hit_words(there)))
        there = ACTIONS["hit-next"](there).state
    assert [words for _, words in seen] == ["hit 1 of 4", "hit 2 of 4", "hit 3 of 4", "hit 4 of 4"]
    assert len({name for name, _ in seen}) == 4
    assert headline(there) == seen[0][0]
    assert headline(ACTIONS["hit-previous"](there).state) == seen[-1][0]
    between = replace(there, panes={**there.panes, "library": there.panes["library"].move(1)})
    assert library_hit_words(between) == "4 hits"


def test_nothing_found_is_true_of_what_is_listed(state: State) -> None:
    there = find(state, "zeppelin")
    assert (there.pane.cursor, library_hit_words(there)) == (state.pane.cursor, "no hits")
    assert next_library_hit(there, 1) is None
    assert ACTIONS["hit-next"](there).message == "no hits in the headlines and outlets of these articles"
    hits = library_hits(there)
    assert hits is not None
    hits.is_done = False
    assert ACTIONS["hit-next"](there).message == "no hits in the articles listed so far"
    hits.is_done = True


def test_the_words_found_are_lit_beside_those_of_the_search(state: State) -> None:
    there = find(search(state, "toll"), "bridge")
    assert headline(there) == "The bridge paid for the quay"
    entry, row = there.entry, there.pane.cursor.row
    assert entry
    spans = entry_look(there, there.pane, row, frozenset(), {}).hits
    words = [entry.text[start:end] for start, end in spans]
    assert words[0] == "bridge"
    assert words[1:] == [entry.text[one.start : one.end] for one in entry.anchors]


def test_after_a_search_the_hits_are_its_own_until_something_else_is_sought(state: State) -> None:
    there = search(state, "toll")
    assert library_hits(there) is None
    assert ACTIONS["hit-next"](there).state.pane.link_number == 0
    assert library_hits(find(there, "herald")) is not None


def test_what_was_found_in_an_article_is_sought_in_the_list(state: State) -> None:
    there = replace(state, find=Find(parse_terms("fer")))
    hits_known(there)
    assert headline(next_library_hit(there, 1) or there) == "Ferry pact signed in Port Arlen"


def test_a_filter_hides_articles_and_narrows_nothing_else(state: State) -> None:
    found = search(state, "toll")
    there = filtered(found, "herald")
    assert len(there.panes["library"].entries) == 2
    assert wide_title(there, "library") == "0 Found 2 of 6 articles · only “herald”"
    assert (search_result_words(there), scope_words(there)) == ("6 articles · 29 hits", "library 11 ▸ “toll” 6")
    assert [len(there.panes[name].entries) for name in ("people", "quotes", "timeline", "facets")] == [
        len(found.panes[name].entries) for name in ("people", "quotes", "timeline", "facets")
    ]
    assert headline(find(there, "quay")) == "The long quay"


def test_a_filter_that_leaves_nothing_says_so(state: State) -> None:
    assert empty_words(filtered(state, "zeppelin"), "library") == "no articles match “zeppelin”; Esc clears the filter"
    there = filtered(focus_pane(state, "timeline"), "zeppelin")
    assert empty_words(there, "timeline") == "no events match “zeppelin”; Esc clears the filter"
    assert wide_title(there, "timeline") == "4 Timeline 0 · library · only “zeppelin”"


def test_a_filter_stays_when_an_article_is_opened_and_goes_with_another_search(state: State) -> None:
    there = filtered(state, "herald")
    opened = go_to(there, there.meant[0])
    assert opened
    assert opened.filters.queries.keys() == {"library"}
    assert len(opened.panes["library"].entries) == 4
    back = go_back(opened)
    assert back
    assert wide_title(whole(back), "library") == "0 Library 4 of 11 articles · only “herald”"
    assert search(there, "toll").filters.queries == {}


def test_what_is_left_first_is_what_was_asked_last(state: State) -> None:
    there = find(filtered(search(state, "toll"), "herald"), "quay")
    without_filter = leave_library_find(there)
    assert without_filter
    assert without_filter.filters.queries == {}
    without_find = leave_library_find(without_filter)
    assert without_find
    assert without_find.find.query == without_find.library_view.scope.query
    assert leave_library_find(without_find) is None
    opened = enter_article(state, "hh-2023-04-12-ferry")
    assert opened
    assert leave_library_find(focus_pane(opened, "article")) is None


def test_a_quote_of_many_articles_that_its_speaker_finds_is_lit(state: State) -> None:
    there = search(state, "speaker:okafor")
    pane = there.panes["quotes"]
    assert len(pane.entries)
    for row, entry in enumerate(pane.entries):
        ((start, end),) = entry_look(there, pane, row, frozenset(), {}).hits
        assert entry.text[start:end] == next(part.text for part in entry.parts if part.name == "text")
    assert not entry_look(search(state, "outlet:herald"), pane, 0, frozenset(), {}).hits
