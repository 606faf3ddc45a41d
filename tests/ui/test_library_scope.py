"""What the panes range over, step by step, in the library of Port Arlen."""

import datetime
from collections.abc import Iterator

import pytest
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.core.query import parse
from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.library.scope import ORDERS, Pin, Scope
from dossier.ui.find_filter import filtered
from dossier.ui.highlight import wide
from dossier.ui.library_find import filtered_afar
from dossier.ui.library_scope import (
    LISTS,
    SAVED,
    enter_article,
    facet_here,
    gathered,
    pin_here,
    pinned_wide,
    renewed,
    reordered,
    rescoped,
    shelved,
    sought,
    tallied,
    widened,
)
from dossier.ui.state import NO_ARTICLE, PaneScope, Room, focused, with_pane

TODAY = datetime.date(2026, 11, 23)
FERRY = "hh-2023-04-12-ferry"
HERALD = Pin("outlet", "Harbour Herald")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened:
        yield opened


@pytest.fixture
def room(library: Library) -> Room:
    return entrance_of(library)


def search(room: Room, typed: str) -> Room:
    assert room.library
    return whole(sought(room, room.library.understood(typed, TODAY)))


def open_article(room: Room, article: str = FERRY) -> Room:
    there = enter_article(room, article)
    assert there
    return there


def numbers(room: Room) -> list[int]:
    return [len(room.panes[name].entries) for name in ("library", *LISTS)]


def on(room: Room, pane: str, ref: Ref) -> Room:
    """Return the state with the cursor, in a pane of the whole library, on the row that stands for this address."""
    there = focused(room, pane)
    row = there.pane.find(ref)
    assert row is not None
    return with_pane(there, there.pane.edge(last=False).step(row))


def test_at_the_entrance_all_panes_range_over_the_library(room: Room) -> None:
    assert (room.focus, room.breadth, room.article) == ("library", PaneScope.LIBRARY, NO_ARTICLE)
    assert numbers(room) == [11, 37, 73, 75]
    assert [name for name, pane in room.panes.items() if wide(pane)] == ["library", *LISTS]
    assert shelved(room)


def test_an_article_that_is_opened_narrows_the_panes_to_it(room: Room) -> None:
    there = open_article(room)
    assert there.article.ref.article == FERRY
    assert there.breadth is PaneScope.ARTICLE
    assert not any(wide(there.panes[name]) for name in LISTS)
    assert {entry.ref.article for name in LISTS for entry in there.panes[name].entries} == {FERRY}
    assert not shelved(replace(there, focus="article"))
    assert shelved(replace(there, focus="facets"))
    assert enter_article(room, "no-such-article") is None


def test_an_article_is_opened_with_the_breadth_that_is_set(room: Room) -> None:
    every = numbers(room)
    assert numbers(whole(open_article(replace(room, opens=PaneScope.LIBRARY)))) == every
    found = whole(open_article(search(replace(room, opens=PaneScope.FOUND), "toll")))
    assert found.breadth is PaneScope.FOUND
    assert all(one < all_there for one, all_there in zip(numbers(found), every, strict=True))
    assert open_article(replace(room, opens=PaneScope.FOUND)).breadth is PaneScope.LIBRARY


def test_an_article_alone_has_nothing_to_range_over() -> None:
    alone = ferry()
    assert enter_article(alone, FERRY) is None
    assert not shelved(alone)
    for act in (gathered, tallied, renewed):
        assert act(alone) is alone
    assert rescoped(alone, Scope(None, (HERALD,))) is alone


def test_what_is_searched_for_is_found_again_in_the_article_that_is_opened(room: Room) -> None:
    there = open_article(search(room, "toll"))
    assert there.query == there.scope.query
    assert len(there.hits) > 0


def test_a_search_finds_and_no_words_find_all(room: Room) -> None:
    found = search(room, "toll")
    assert (found.focus, found.breadth) == ("library", PaneScope.FOUND)
    assert [one < every for one, every in zip(numbers(found), numbers(room), strict=True)] == [True] * 4
    everything = search(found, "  ")
    assert (everything.scope, everything.breadth) == (Scope(), PaneScope.LIBRARY)
    assert numbers(everything) == numbers(room)


def test_a_search_goes_as_far_as_the_pins_do(room: Room) -> None:
    pinned = whole(rescoped(room, Scope(None, (HERALD,))))
    found = search(pinned, "toll")
    assert found.scope.steps == ("“toll”", "Harbour Herald")
    assert numbers(found)[0] < min(numbers(pinned)[0], numbers(search(room, "toll"))[0])


@pytest.mark.parametrize(
    ("typed", "article", "turns"),
    [
        ("", False, [PaneScope.LIBRARY]),
        ("", True, [PaneScope.LIBRARY, PaneScope.ARTICLE, PaneScope.LIBRARY]),
        ("toll", False, [PaneScope.LIBRARY, PaneScope.FOUND]),
        ("toll", True, [PaneScope.FOUND, PaneScope.LIBRARY, PaneScope.ARTICLE, PaneScope.FOUND]),
    ],
)
def test_widening_goes_round(typed: str, article: bool, turns: list[PaneScope], room: Room) -> None:
    room = search(room, typed)
    room = open_article(room) if article else room
    for breadth in turns:
        room = whole(widened(room))
        assert room.breadth is breadth
        assert {wide(room.panes[name]) for name in LISTS} == {breadth is not PaneScope.ARTICLE}


def test_a_filter_stays_in_force_when_the_panes_range_over_the_article_again(room: Room) -> None:
    """Its words stood in the trail, and every quote of the article in the pane."""
    there = replace(widened(open_article(room)), focus="quotes")
    narrow = whole(filtered_afar(there, "han", TODAY))
    own = widened(narrow)
    assert own.breadth is PaneScope.ARTICLE
    assert own.filters.keys() == {"quotes"}
    assert 0 < len(own.panes["quotes"].entries) < len(own.entries["quotes"])
    assert (
        own.panes["quotes"].entries == filtered(replace(open_article(room), focus="quotes"), parse("han")).pane.entries
    )


def test_the_scope_that_changes_leaves_an_open_article_narrow(room: Room) -> None:
    there = rescoped(open_article(room), Scope(None, (HERALD,)))
    assert there.breadth is PaneScope.ARTICLE
    assert there.article.ref.article == FERRY


def test_orders_come_one_after_another(room: Room) -> None:
    shown = []
    for order in (*ORDERS[1:], ORDERS[0]):
        room = whole(reordered(room))
        assert room.order == order
        shown.append([entry.ref for entry in room.panes["library"].entries])
    assert shown[0] == shown[-1][::-1]
    assert {frozenset(refs) for refs in shown} == {frozenset(shown[0])}


def test_a_facet_is_pinned_excluded_and_let_go(room: Room) -> None:
    room = focused(room, "facets")
    value = facet_here(room)
    assert value
    assert (value.facet, value.name) == ("outlet", "Harbour Herald")
    kept = whole(pinned_wide(room))
    assert kept.scope.pins == (HERALD,)
    assert numbers(kept)[0] == value.articles
    excluded = whole(pinned_wide(kept, excluded=True))
    assert excluded.scope.pins == (replace(HERALD, excluded=True),)
    assert numbers(excluded)[0] == numbers(room)[0] - value.articles
    assert pinned_wide(excluded, excluded=True).scope == Scope()


def test_a_pinned_person_leaves_what_is_linked_to_him(room: Room) -> None:
    moss = next(entry.ref for entry in room.panes["people"].entries if entry.parts[0].text == "José Ibáñez")
    there = on(room, "people", moss)
    assert pin_here(there, excluded=False) == Pin("person", "José Ibáñez", moss)
    there = whole(pinned_wide(there))
    assert numbers(there)[0] == 4
    for name in ("quotes", "timeline"):
        entries = there.panes[name].entries
        assert 0 < len(entries) < len(room.panes[name].entries)
        assert all("Ibáñez" in _names(there, entry.ref) for entry in entries)


def _names(room: Room, ref: Ref) -> str:
    assert room.library
    row = room.library.index.entries.row_id_of(ref)
    assert row is not None
    return " ".join(room.library.index.entries.at(row).about.fields["person"])


def test_what_is_nobody_cannot_be_pinned(room: Room) -> None:
    there = focused(room, "timeline")
    assert facet_here(there) is None
    assert pin_here(there, excluded=False) is None
    assert pinned_wide(there) is there


def test_saved_searches_stand_above_the_facets_with_their_count(room: Room) -> None:
    assert room.library
    room.library.memory.save("the toll", "toll")
    try:
        there = whole(gathered(room))
        named = there.library.saved(TODAY)  # type: ignore[union-attr]
        assert [(name, typed) for name, typed, _ in named] == [("the toll", "toll")]
        there = search(there, "toll")
        first = tallied(there).panes["facets"].entries[0]
        assert (first.group, first.text) == (SAVED, "6\nthe toll\ntoll")
    finally:
        room.library.memory.forget("the toll")


def test_an_index_that_did_not_change_leaves_the_room_as_it_is(room: Room) -> None:
    assert renewed(room) is room
