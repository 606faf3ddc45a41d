from pathlib import Path

import pytest
from libraries import TODAY, entrance_of, library_at, search, whole
from rooms import ferry
from waiting import until

from dossier.core.dataclasses import replace
from dossier.library.library import Library
from dossier.library.scope import ORDERS
from dossier.ui.counts import empty_words, lower_edge_words, scope_words, search_result_words, wide_title
from dossier.ui.library_find import filter_library_pane
from dossier.ui.library_scope import (
    enter_article,
    next_pane_scope,
    open_library_state,
)
from dossier.ui.pins import toggle_scope_pin
from dossier.ui.state import PaneScope, State, focus_pane


@pytest.fixture
def state(library: Library) -> State:
    return entrance_of(library)


@pytest.mark.parametrize(
    ("typed", "found", "trail"),
    [
        ("", "11 articles", "library 11"),
        ("stationery", "1 article · 3 hits", "library 11 ▸ “stationery” 1"),
        ("toll", "6 articles · 29 hits", "library 11 ▸ “toll” 6"),
        ("zeppelin", "0 articles", "library 11 ▸ “zeppelin” 0"),
        ('"north bridge"', "6 articles · 36 hits", 'library 11 ▸ "north bridge" 6'),
    ],
)
def test_how_much_is_found(state: State, typed: str, found: str, trail: str) -> None:
    there = search(state, typed)
    assert (search_result_words(there), scope_words(there)) == (found, trail)


def test_every_step_is_in_the_trail_and_the_last_has_the_number(state: State) -> None:
    there = whole(toggle_scope_pin(focus_pane(search(state, "toll"), "facets")))
    assert scope_words(there) == "library 11 ▸ “toll” ▸ Harbour Herald 2"


def test_an_article_alone_has_no_trail() -> None:
    assert scope_words(ferry()) == ""


def test_titles(state: State) -> None:
    assert [wide_title(state, name) for name in ("library", "facets", "people", "timeline")] == [
        "0 Library 11 articles",
        "00 Facets · articles left by a pin",
        "2 People 37 · library",
        "4 Timeline 75 · library",
    ]
    there = search(state, "toll")
    assert wide_title(there, "library") == "0 Found 6 articles · 29 hits"
    assert [wide_title(there, name) for name in ("people", "quotes", "timeline")] == [
        "2 People 0 · hits",
        "3 Quotes 2 · hits",
        "4 Timeline 7 · hits",
    ]
    assert wide_title(whole(next_pane_scope(there)), "quotes") == "3 Quotes 42 · found"
    oldest = replace(state, library_view=replace(state.library_view, order=ORDERS[1]))
    assert wide_title(oldest, "library") == "0 Library 11 articles · oldest first"


def test_the_title_says_how_far_the_index_is(state: State, library: Library) -> None:
    library.show_progress("reading 12 %")
    assert wide_title(state, "library") == "0 Library 11 articles · reading 12 %"
    library.show_progress("")
    assert wide_title(state, "library") == "0 Library 11 articles"


def test_why_a_list_is_empty(state: State, tmp_path: Path) -> None:
    there = search(state, "zeppelin")
    assert empty_words(there, "library") == "no articles found: Esc undoes the last step"
    until(lambda: "zeppelin" in empty_words(there, "library"))
    assert empty_words(there, "library") == "nothing found: no article has “zeppelin”: Esc undoes the last step"
    assert empty_words(there, "quotes") == "no quotes found: Esc undoes the last step"
    there = whole(filter_library_pane(focus_pane(state, "quotes"), '"no such" thing', TODAY))
    assert empty_words(there, "quotes") == 'no quotes match "no such" thing; Esc clears the filter'
    with library_at(tmp_path, tmp_path) as nothing:
        bare = entrance_of(nothing)
        assert empty_words(bare, "library") == "no articles in the library"
        assert empty_words(bare, "quotes") == "no quotes in the library"
        assert empty_words(bare, "facets") == "no facets"
        nothing.show_progress("reading 12 %")
        assert empty_words(bare, "library") == "no articles in the library so far: they come as its index is made"
        rows = open_library_state(nothing)
        rows.panes["library"].entries.is_done = False  # type: ignore[attr-defined]
        assert empty_words(rows, "library") == "searching …"


def test_a_wide_timeline_has_its_bars(state: State) -> None:
    until(lambda: bool(lower_edge_words(state, "timeline")))
    assert lower_edge_words(state, "timeline").startswith("1960 ▁")
    assert lower_edge_words(state, "timeline").endswith("█ 2025")
    assert lower_edge_words(state, "quotes") == ""
    there = enter_article(search(state, "stationery"), "hh-2024-10-12-the-long-quay")
    assert there
    assert lower_edge_words(there, "timeline") == ""
    there = whole(next_pane_scope(whole(next_pane_scope(there))))
    assert there.library_view.pane_scope is PaneScope.FOUND
    until(lambda: bool(lower_edge_words(there, "timeline")))
    assert lower_edge_words(there, "timeline") != lower_edge_words(state, "timeline")


def test_the_bars_below_the_hits_are_of_the_hits(state: State) -> None:
    hits = search(state, "toll")
    found = whole(next_pane_scope(hits))
    until(lambda: bool(lower_edge_words(hits, "timeline")) and bool(lower_edge_words(found, "timeline")))
    assert lower_edge_words(hits, "timeline").startswith("2017 ")
    assert lower_edge_words(found, "timeline").startswith("1960 ")
