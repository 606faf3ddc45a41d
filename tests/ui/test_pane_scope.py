"""What the panes hold for each pane scope, in the library of Port Arlen, and what the trail says of it."""

import pytest
from libraries import TODAY, entrance_of, search, whole
from rooms import ferry, plain

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.library.scope import Pin, Scope
from dossier.ui.actions import ACTIONS
from dossier.ui.chrome import head_line, hit_number_words, pane_title, tabs_line, trail_line
from dossier.ui.counts import empty_words
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.library_find import filter_library_pane
from dossier.ui.library_scope import enter_article, next_pane_scope, set_scope
from dossier.ui.navigation import destinations, find_text, go_to, place_cursor
from dossier.ui.pane_scope import (
    LISTS,
    articles_found,
    is_open_article_found,
    library_hits,
    narrowest_pane_scope,
    query_of_rows,
    scope_of_panes,
    wide_pane_scopes,
)
from dossier.ui.pins import pin_name
from dossier.ui.render.flow import measure_line
from dossier.ui.state import PaneScope, State, focus_pane, move_cursor
from dossier.ui.view import ScreenRenderer, View

FERRY, LONG_QUAY = "hh-2023-04-12-ferry", "hh-2024-10-12-the-long-quay"
HERALD, OKAFOR = Pin("outlet", "Harbour Herald"), Pin("person", "Lena Okafor", Ref(FERRY, "person", "okafor"))
ARTICLE, HITS, FOUND, LIBRARY = PaneScope


@pytest.fixture
def state(library: Library) -> State:
    return entrance_of(library)


def pinned(state: State, *pins: Pin) -> State:
    return whole(set_scope(state, replace(state.library_view.scope, pins=pins)))


@pytest.mark.parametrize(
    ("typed", "pins", "scopes"),
    [
        ("", (), (LIBRARY,)),
        ("", (HERALD,), (FOUND, LIBRARY)),
        ("toll", (), (HITS, FOUND, LIBRARY)),
        ("toll", (HERALD,), (HITS, FOUND, LIBRARY)),
        ("speaker:jonas", (), (HITS, FOUND, LIBRARY)),
        # nothing but whole articles is asked for
        ("outlet:herald", (), (FOUND, LIBRARY)),
        ("published:2023 outlet:herald", (HERALD,), (FOUND, LIBRARY)),
    ],
)
def test_which_scopes_there_are(typed: str, pins: tuple[Pin, ...], scopes: tuple[PaneScope, ...]) -> None:
    scope = Scope(parse_search(typed, TODAY) if typed else None, pins)
    assert (wide_pane_scopes(scope), narrowest_pane_scope(scope)) == (scopes, scopes[0])


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("speaker:jonas", [0, 7, 0]),
        ("toll", [0, 2, 7]),
        ("in:people jonas", [2, 0, 0]),
        ("outlet:herald", [30, 35, 40]),
    ],
)
def test_a_search_shows_its_hits(state: State, typed: str, numbers: list[int]) -> None:
    there = search(state, typed)
    assert [len(there.panes[name].entries) for name in LISTS] == numbers
    rows = articles_found(there)
    assert rows
    in_panes = sum(numbers) if there.library_view.pane_scope is HITS else 0
    assert in_panes <= rows.hits


def test_wider_scopes_have_more(state: State) -> None:
    there = search(state, "speaker:jonas")
    numbers = [len(there.panes["quotes"].entries)]
    for _ in range(2):
        there = whole(next_pane_scope(there))
        numbers.append(len(there.panes["quotes"].entries))
    assert numbers == [7, 41, 73]
    assert scope_of_panes(there) == Scope()
    assert query_of_rows(there, "quotes") is None


def test_a_filter_and_a_find_are_among_the_hits(state: State) -> None:
    there = focus_pane(search(state, "speaker:jonas"), "quotes")
    narrow = whole(filter_library_pane(there, "letter", TODAY))
    assert [entry.parts[0].text for entry in narrow.pane.entries] == ["It is a good letter. It is short"]
    asked = query_of_rows(narrow, "quotes")
    assert asked
    assert asked.typed == "speaker:jonas letter"
    hits = library_hits(narrow)
    assert hits is not None
    assert len(whole(narrow).panes["quotes"].entries) == 1
    assert query_of_rows(narrow, "library") is None


def test_nothing_among_the_hits_is_said(state: State) -> None:
    there = search(state, "speaker:jonas")
    assert empty_words(there, "people") == "no people among the hits: w shows those of the articles found"
    assert empty_words(there, "timeline") == "no events among the hits: w shows those of the articles found"
    assert empty_words(search(state, "zeppelin"), "people") == "no people found: Esc undoes the last step"


@pytest.mark.parametrize(
    ("scope", "pins", "after"),
    [(HITS, (HERALD,), HITS), (FOUND, (HERALD,), FOUND), (LIBRARY, (HERALD,), FOUND), (FOUND, (), FOUND)],
)
def test_a_pin_leaves_the_scope_as_wide_as_it_shows(
    state: State, scope: PaneScope, pins: tuple[Pin, ...], after: PaneScope
) -> None:
    there = search(state, "toll")
    there = replace(there, library_view=replace(there.library_view, pane_scope=scope))
    assert pinned(there, *pins).library_view.pane_scope is (after if pins else scope)
    assert set_scope(pinned(there, HERALD), Scope()).library_view.pane_scope is LIBRARY
    narrow = replace(there, library_view=replace(there.library_view, pane_scope=ARTICLE))
    assert set_scope(narrow, Scope(there.library_view.scope.query, (HERALD,))).library_view.pane_scope is ARTICLE


def test_a_search_shows_its_hits_beside_an_open_article_and_without_it_that_article(state: State) -> None:
    opened = enter_article(state, FERRY)
    assert opened
    there = search(opened, "speaker:jonas")
    assert there.library_view.pane_scope is HITS
    assert [len(there.panes[name].entries) for name in LISTS] == [0, 7, 0]
    again = whole(set_scope(there, Scope()))
    assert again.library_view.pane_scope is ARTICLE
    assert [again.panes[name].entries for name in LISTS] == [opened.panes[name].entries for name in LISTS]
    pins_left = whole(set_scope(pinned(there, HERALD), Scope(None, (HERALD,))))
    assert pins_left.library_view.pane_scope is ARTICLE
    without = search(search(state, "toll"), " ")
    assert without.library_view.pane_scope is LIBRARY


def test_an_article_without_the_words_found_does_not_say_that_nothing_was_found(state: State) -> None:
    opened = enter_article(state, FERRY)
    assert opened
    there = focus_pane(search(opened, "stationery"), "article")
    assert there.find.query == there.library_view.scope.query
    assert there.panes["quotes"].entries
    assert hit_number_words(there) == ""
    # Words that are sought in this text alone have no hits.
    assert hit_number_words(find_text(there, parse_terms("zeppelin"))) == "no hits"


def test_an_article_alone_is_found(state: State) -> None:
    assert is_open_article_found(ferry())
    assert articles_found(ferry()) is None


def test_what_was_not_found_is_not_in_the_trail(state: State) -> None:
    there = enter_article(search(state, "stationery"), FERRY)
    assert there
    assert not is_open_article_found(there)
    words = plain(head_line(there, 160))
    assert words.startswith(" library 11 ▸ “stationery” 1 ")
    assert "▸ Ferry pact" not in words
    assert "Ferry pact signed in Port Arlen · Harbour Herald" in words
    found = enter_article(search(state, "stationery"), LONG_QUAY)
    assert found
    assert plain(head_line(found, 160)).startswith(" library 11 ▸ “stationery” 1 ▸ The long quay ")
    every = enter_article(state, FERRY)
    assert every
    assert plain(head_line(every, 160)).startswith(" library 11 ▸ Ferry pact signed in Port Arlen ")


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (99, "▸ library 11 ▸ “toll” ▸ Lena Okafor 3"),
        (37, "▸ library 11 ▸ “toll” ▸ Lena Okafor 3"),
        (36, "… ▸ “toll” ▸ Lena Okafor 3"),
        (25, "… ▸ Lena Okafor 3"),
        (16, "▸ Lena Okafor 3"),
        (14, "Lena Okafor 3"),
        (9, "Lena Oka…"),
        (1, "…"),
    ],
)
def test_a_trail_is_cut_from_its_beginning(cells: int, line: str) -> None:
    assert trail_line(("library 11", "“toll”", "Lena Okafor 3"), cells) == line
    assert trail_line((), cells) == ""


@pytest.mark.parametrize("cells", [40, 60, 80, 100, 160])
@pytest.mark.parametrize("name", ["library", "facets", *LISTS])
def test_what_is_pinned_is_on_view(state: State, name: str, cells: int) -> None:
    there = focus_pane(pinned(search(state, "toll"), OKAFOR), name)
    opened = enter_article(there, FERRY)
    assert opened
    both = ACTIONS["pin"](place_cursor(opened, opened.reading.entries["people"][1].ref)).state
    for shown, names in ((there, ["Lena Okafor"]), (both, [pin_name(both, both.filters.pins[0])])):
        for line in (tabs_line(shown, cells), head_line(shown, cells)):
            assert measure_line(line) <= cells
            assert all(one in plain(line) for one in names), plain(line)
    assert pane_title(there, there.focus, cells)[:1] in plain(tabs_line(there, cells))


def test_what_is_pinned_is_on_view_line_by_line(state: State) -> None:
    screen = Screen(40, 12, linear=True)
    there = fit_panes(focus_pane(pinned(state, OKAFOR), "people"), screen)
    assert plain(ScreenRenderer().lines(there, View(screen))[0]).strip().endswith("▸ Lena Okafor 7")


def test_a_hit_that_is_a_quote_leads_to_its_evidence(state: State) -> None:
    there = search(state, "speaker:jonas")
    for row in range(5):
        there = move_cursor(there, lambda pane, at=row: pane.move(at - pane.cursor.row))  # type: ignore[misc]
        entry = there.entry
        assert entry
        quote = entry.anchors[0].targets[0]
        assert quote.kind == "quote"
        proof = there.links_of(quote).find_mention_refs(quote.entry)
        assert destinations(there) == proof[:1]
        opened = go_to(there, destinations(there)[0])
        assert opened
        assert (opened.focus, opened.reading.article.ref.article) == ("article", quote.article)
        assert opened.pane.address in (proof[0], proof[0].entry)
        listed = focus_pane(there, "quotes")
        at = listed.pane.find(quote)
        assert at is not None
        assert destinations(move_cursor(listed, lambda pane, at=at: pane.move(at - pane.cursor.row))) == proof[:1]  # type: ignore[misc]
