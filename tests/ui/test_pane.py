from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import FILES, ferry, ref, short, stored

from dossier.core.entry import PANES, Entry
from dossier.core.links import Links
from dossier.core.views.panes import make_panes
from dossier.ui.pane import Pane
from dossier.ui.viewport import Position

STATE = ferry()
Action = Callable[[Pane], Pane]


def text(cells: int = 50, rows: int = 8) -> Pane:
    """Return the article pane of FERRY. At 50 cells p1 has six lines; there is a blank line above each paragraph."""
    return Pane("article", STATE.reading.entries["article"], by_line=True).resize(cells, rows)


def people(cells: int = 50, rows: int = 4) -> Pane:
    return Pane("people", STATE.reading.entries["people"]).resize(cells, rows)


def step(count: int) -> Action:
    return lambda pane: pane.move(count)


def page(lines: int) -> Action:
    return lambda pane: pane.move_page(lines)


def link(count: int) -> Action:
    return lambda pane: pane.choose_link(count)


def edge(last: bool) -> Action:
    return lambda pane: pane.move_to_edge(last)


def to(address: str) -> Action:
    return lambda pane: pane.move_to(ref(address))


def size(cells: int, rows: int) -> Action:
    return lambda pane: pane.resize(cells, rows)


def state(pane: Pane) -> tuple[str, int, str]:
    """Return the address under the cursor, the line within its entry, and the entry at the top of the window."""
    return short(pane.address), pane.line, short(pane.entries[pane.top.row].ref)


def test_the_text_is_as_high_as_these_tests_take_it_to_be() -> None:
    pane = text()
    found = [pane.row_heights(row) for row in range(7)]
    assert found == [(0, 1), (0, 1), (1, 6), (1, 1), (1, 2), (1, 2), (1, 3)]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([step(1)], ("subtitle", 0, "headline")),
        ([step(3)], ("para/p1", 0, "headline")),
        ([step(4)], ("para/p1", 1, "headline")),
        ([step(8)], ("para/p1", 5, "subtitle")),
        ([step(8), step(1)], ("heading/h1", 0, "para/p1")),
        ([step(8), step(1), step(-1)], ("para/p1", 5, "para/p1")),
        ([step(3), step(-1)], ("subtitle", 0, "headline")),
        ([step(-1)], ("headline", 0, "headline")),
        ([edge(True)], ("about/mood", 0, "about/byline")),
        ([page(7)], ("para/p1", 4, "para/p1")),
        ([page(7), page(-7)], ("headline", 0, "headline")),
        ([page(1000)], ("about/mood", 0, "about/byline")),
    ],
)
def test_walking_in_the_text(actions: list[Action], expected: tuple[str, int, str]) -> None:
    pane = text()
    for action in actions:
        pane = action(pane)
    assert state(pane) == expected


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([], ("person/okafor", 0, "person/okafor")),
        ([step(1)], ("person/han", 0, "person/okafor")),
        ([step(3)], ("person/ana", 0, "person/han")),
        ([step(100)], ("source/an%20official", 0, "source/an%20official")),
        ([edge(True), edge(False)], ("person/okafor", 0, "person/okafor")),
        ([page(3)], ("person/tom", 0, "person/han")),
        ([page(1000)], ("source/an%20official", 0, "source/an%20official")),
        ([page(1000), page(-1000)], ("person/okafor", 0, "person/okafor")),
    ],
)
def test_walking_in_a_list(actions: list[Action], expected: tuple[str, int, str]) -> None:
    pane = people()
    for action in actions:
        pane = action(pane)
    assert state(pane) == expected


def test_pages_pass_a_row_that_is_higher_than_the_window() -> None:
    pane = Pane("quotes", STATE.reading.entries["quotes"]).resize(6, 3)
    assert pane.row_height(0) > 3
    seen = [pane.cursor]
    for _ in range(100):
        pane = pane.move_page(2)
        seen.append(pane.cursor)
    assert pane.entry == pane.entries[-1]
    for _ in range(100):
        pane = pane.move_page(-2)
    assert pane.cursor.row == 0
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("actions", "here"),
    [
        ([link(1)], "para/p1:28-32"),
        ([link(1)] * 5, "para/p2:0-6"),  # over a sub-heading without links
        ([link(1)] * 8, "para/p2:45-50"),
        ([link(1)] * 9, "para/p4:0-22"),  # over a paragraph without links
        ([link(1)] * 9 + [link(-1)], "para/p2:45-50"),
        ([link(1)] * 2 + [link(-1)], "para/p1:28-32"),
        ([link(-1)], "headline"),
        # from no choice: on this line or further down; before this line
        ([to("para/p1"), step(1), link(1)], "para/p1:64-75"),
        ([to("para/p1"), step(2), link(1)], "para/p1:83-86"),
        ([to("para/p1"), step(3), link(-1)], "para/p1:83-86"),
        ([to("para/p1"), step(1), link(-1)], "para/p1:35-56"),
        ([to("para/p3"), link(-1)], "para/p2:45-50"),
        ([to("para/p3"), link(1)], "para/p4:0-22"),
        # a step lets the link go
        ([link(1), step(1)], "para/p1"),
        ([link(1)] * 100, "media/boat:40-51"),
    ],
)
def test_links_in_the_text(actions: list[Action], here: str) -> None:
    pane = text()
    for action in actions:
        pane = action(pane)
    assert short(pane.address) == here


def test_every_link_is_reached_forwards_and_backwards() -> None:
    pane = text(cells=24)
    forwards = []
    while (after := pane.choose_link(1)).address != pane.address:
        pane = after
        forwards.append(pane.address)
    wanted = [
        entry.ref.with_span(anchor.start, anchor.end)
        for entry in STATE.reading.entries["article"]
        for anchor in entry.anchors
    ]
    assert forwards == wanted
    backwards = [pane.address]
    while (after := pane.choose_link(-1)).address != pane.address:
        pane = after
        backwards.append(pane.address)
    assert backwards == wanted[::-1]


def test_what_a_chosen_link_leads_to() -> None:
    pane = text().move_to(ref("para/p2:45-50"))
    assert [short(target) for target in pane.targets] == ["person/tom", "person/ana"]
    assert text().targets == ()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("para/p4", ("para/p4", 0)),
        ("para/p1:83-86", ("para/p1:83-86", 2)),  # a link
        ("para/p1:100-105", ("para/p1", 2)),  # no link: the line on which it begins
        ("para/p1:205-209", ("para/p1", 5)),
        ("person/okafor", ("headline", 0)),
    ],
)
def test_to(address: str, expected: tuple[str, int]) -> None:
    assert state(text().move_to(ref(address)))[:2] == expected


@pytest.mark.parametrize(
    ("refs", "top"),
    [
        (["para/p1"], "headline"),  # on view
        (["headline", "para/p4"], "headline"),  # one of them on view
        (["para/p4"], "para/p3"),  # a quarter of the window below its top
        (["para/p4", "about/mood"], "para/p3"),  # to the first
        (["person/okafor"], "headline"),  # not here
    ],
)
def test_revealing_moves_the_window_only_when_nothing_is_on_view(refs: list[str], top: str) -> None:
    pane = text(rows=12).reveal(frozenset(map(ref, refs)))
    assert short(pane.entries[pane.top.row].ref) == top
    assert short(pane.address) == "headline"


@pytest.mark.parametrize(
    ("before", "cells", "rows", "expected"),
    [
        ([to("para/p4")], 30, 8, ("para/p4", 0)),
        ([to("para/p4:58-68")], 30, 8, ("para/p4:58-68", 2)),
        ([to("para/p1"), step(3)], 50, 3, ("para/p1", 3)),
        ([to("para/p1"), step(4)], 30, 8, ("para/p1", 7)),
        ([to("para/p1"), step(4)], 200, 8, ("para/p1", 2)),
    ],
)
def test_another_size_keeps_the_place(before: list[Action], cells: int, rows: int, expected: tuple[str, int]) -> None:
    pane = text()
    for action in before:
        pane = action(pane)
    assert state(pane.resize(cells, rows))[:2] == expected


def test_the_same_size_changes_nothing() -> None:
    pane = text()
    assert pane.resize(pane.cells, pane.rows) is pane


def test_showing_keeps_the_entry_and_its_line() -> None:
    pane = text().move_to(ref("para/p1")).move(3)
    found = pane.with_entries(tuple(entry for entry in pane.entries if entry.ref.kind == "para"))
    assert state(found) == ("para/p1", 3, "para/p1")
    assert state(found.with_entries(pane.entries))[:2] == ("para/p1", 3)


def test_showing_keeps_the_chosen_link_and_the_scroll() -> None:
    pane = text().move_to(ref("para/p4:58-68"))
    assert pane.with_entries(pane.entries) == pane


def test_showing_without_the_entry_stays_near() -> None:
    pane = people().move(3)
    found = pane.with_entries(tuple(entry for entry in pane.entries if entry.ref != ref("person/ana")))
    assert short(found.address) == "org/paa"
    assert short(pane.with_entries(pane.entries[:2]).address) == "person/han"


def test_showing_nothing() -> None:
    pane = text().move(5).with_entries(())
    assert (pane.entry, pane.address, pane.cursor, pane.top, list(pane.visible_positions())) == (
        None,
        None,
        (0, 0),
        (0, 0),
        [],
    )
    assert short(pane.with_entries(STATE.reading.entries["article"]).address) == "headline"


@pytest.mark.parametrize("by_line", [True, False])
@pytest.mark.parametrize(
    "action",
    [
        *(step(1), step(-1), page(5), page(-5), link(1), link(-1), edge(True), edge(False), to("para/p1"), size(1, 1)),
        lambda pane: pane.reveal(frozenset({ref("para/p1")})),
        lambda pane: pane.with_entries(()),
    ],
)
def test_an_empty_pane_takes_every_action(by_line: bool, action: Action) -> None:
    pane = action(Pane("article", (), by_line))
    assert (pane.entry, pane.targets, pane.offset, pane.line) == (None, (), 0, 0)


def test_visible_are_the_lines_of_the_window() -> None:
    pane = text(rows=4).move(4)
    assert list(pane.visible_positions()) == [Position(1, 0), Position(2, 0), Position(2, 1), Position(2, 2)]


def entries(pane: str) -> tuple[Entry, ...]:
    article = stored(FILES[-1])
    return make_panes(article, Links.of(article))[pane]


LISTS = {name: (STATE.reading.entries[name], entries(name)) for name in PANES}
ADDRESSES = st.sampled_from([entry.ref for found in LISTS.values() for entry in found[0]])
ACTIONS = st.one_of(
    st.integers(-4, 4).map(step),
    st.integers(-15, 15).map(page),
    st.sampled_from([1, -1]).map(link),
    st.booleans().map(edge),
    ADDRESSES.map(lambda address: lambda pane: pane.move_to(address)),
    st.tuples(ADDRESSES, st.integers(0, 60)).map(
        lambda spot: lambda pane: pane.move_to(spot[0].with_span(spot[1], spot[1] + 3))
    ),
    st.tuples(st.integers(1, 100), st.integers(1, 20)).map(lambda cells: size(*cells)),
    st.integers(1, 3).map(lambda every: lambda pane: pane.with_entries(LISTS[pane.name][0][::every])),
    st.just(lambda pane: pane.with_entries(LISTS[pane.name][1])),
)


@given(st.sampled_from(PANES), st.tuples(st.integers(1, 90), st.integers(1, 15)), st.lists(ACTIONS, max_size=12))
def test_the_cursor_is_always_on_view_and_on_a_line_of_its_own(
    name: str, window: tuple[int, int], actions: list[Action]
) -> None:
    pane = Pane(name, LISTS[name][0], by_line=name == "article").resize(*window)
    for action in actions:
        pane = action(pane)
        head, own = pane.row_heights(pane.cursor.row)
        assert head <= pane.cursor.line < head + own
        assert pane.cursor in list(pane.visible_positions())
        assert pane.link_number is None or pane.link_number < len(pane.entries[pane.cursor.row].anchors)


def test_found_words_that_are_no_link_are_brought_into_view() -> None:
    pane = text(rows=4)
    found = frozenset((ref("para/p4:0-2"),))
    there = pane.reveal(found)
    row = there.find(ref("para/p4"))
    assert row is not None
    assert Position(row, there.line_at(row, 0)) in there.visible_positions()
    assert there.reveal(found) is there


@pytest.mark.parametrize("pane_name", ["quotes", "timeline", "people"])
def test_step_by_step_every_line_of_a_list_is_seen(pane_name: str) -> None:
    """On a braille line the rows of a list are higher than the window."""
    pane = Pane(pane_name, STATE.reading.entries[pane_name]).resize(38, 2)
    seen: set[Position] = set()
    for count in (1, -1):
        before = None
        while pane != before:
            before, pane = pane, pane.move(count)
            seen |= set(pane.visible_positions())
    rows = range(len(pane.entries))
    own = {Position(row, line) for row in rows for line in range(pane.row_heights(row)[0], pane.row_height(row))}
    assert own <= seen
    assert (
        pane.cursor == Pane(pane_name, STATE.reading.entries[pane_name]).resize(38, 2).move_to_edge(last=False).cursor
    )
