"""What is lit in lists that range over the library, by who is the same person in other articles."""

import pytest
from libraries import entrance_of
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.ui.highlight import is_wide, linked_rows
from dossier.ui.library_scope import enter_article
from dossier.ui.mention_walk import walk_mentions
from dossier.ui.navigation import widen
from dossier.ui.pane import Pane
from dossier.ui.state import NO_ARTICLE_OPEN, State, lit_refs, meant_in_open_article

AUDIT = "ac-2024-02-15-audit-report"

MOSS = Ref("ac-2024-02-15-audit-report", "person", "moss")
OKAFOR = Ref("hh-2023-04-12-ferry", "person", "okafor")


@pytest.fixture
def state(library: Library) -> State:
    """Return a state so high that every row is visible."""
    return entrance_of(library, 100, 1_000)


def kinds(refs: frozenset[Ref], kind: str) -> set[Ref]:
    return {ref for ref in refs if ref.kind == kind}


def test_only_lists_over_many_articles_are_wide(state: State) -> None:
    assert {name for name, pane in state.panes.items() if is_wide(pane)} == {"library", "people", "quotes", "timeline"}
    assert not any(is_wide(pane) for pane in ferry().panes.values())


def test_a_person_lights_what_he_says_in_every_article(state: State, library: Library) -> None:
    shining = linked_rows(library, state.panes.values(), (OKAFOR,), ())
    said = {
        entry.ref
        for entry in state.panes["quotes"].entries
        if any(part.name == "speaker" and part.text == "Lena Okafor" for part in entry.parts)
    }
    assert len({ref.article for ref in said}) == 6
    assert said <= kinds(shining, "quote")
    everybody = kinds(shining, "person")
    assert [library.persons.find(ref) for ref in everybody] == [library.persons.find(OKAFOR)]
    assert len(kinds(shining, "event")) > 2


def test_what_shines_in_the_open_article_lights_in_the_list_of_people_alone(state: State, library: Library) -> None:
    meant = linked_rows(library, state.panes.values(), (), (OKAFOR,))
    assert {library.persons.find(ref) for ref in meant} == {library.persons.find(OKAFOR)}
    assert kinds(meant, "person") == set(meant)


def test_a_row_that_shines_itself_is_lit(state: State, library: Library) -> None:
    quote = state.panes["quotes"].entries[3].ref
    assert linked_rows(library, state.panes.values(), (), (quote,)) == {quote}


@pytest.mark.parametrize(
    "meant", [(), (Ref("hh-2023-04-12-ferry", "para", "p1"),), (OKAFOR.with_span(0, 3),), (Ref("x", "person", "y"),)]
)
def test_what_is_nobody_lights_nobody(state: State, library: Library, meant: tuple[Ref, ...]) -> None:
    assert linked_rows(library, state.panes.values(), meant, ()) == frozenset()


def test_only_what_is_on_view_is_lit(state: State, library: Library) -> None:
    every = kinds(linked_rows(library, state.panes.values(), (OKAFOR,), ()), "quote")
    low = {name: pane.resize(100, 12).move_to_edge(last=False) for name, pane in state.panes.items()}
    some = kinds(linked_rows(library, low.values(), (OKAFOR,), ()), "quote")
    assert some < every


def test_narrow_panes_are_not_asked(library: Library) -> None:
    assert linked_rows(library, ferry().panes.values(), (OKAFOR,), (OKAFOR,)) == frozenset()
    assert linked_rows(library, [Pane("facets")], (OKAFOR,), (OKAFOR,)) == frozenset()


def test_the_state_lights_across_articles(state: State, library: Library) -> None:
    people = state.panes["people"]
    row = people.find(MOSS)
    assert row is not None
    there = replace(state, panes={**state.panes, "people": people.move_to_edge(last=False).move(row)}, focus="people")
    assert there.meant
    assert {library.persons.find(ref) for ref in there.meant} == {library.persons.find(MOSS)}
    assert people.entries[row].ref in lit_refs(there)


@pytest.fixture
def audit(state: State) -> State:
    """Return the state with the audit open, and people, quotes and timeline of the library beside it."""
    there = enter_article(state, AUDIT)
    assert there
    wide = widen(there)
    assert is_wide(wide.panes["people"])
    return wide


def on_person(state: State, name: str) -> State:
    people = state.panes["people"]
    row = next(number for number, entry in enumerate(people.entries) if entry.parts[0].text == name)
    return replace(state, panes={**state.panes, "people": people.move_to_edge(last=False).move(row)}, focus="people")


def test_a_person_of_many_articles_lights_the_open_one(audit: State) -> None:
    there = on_person(audit, "Jonas Brandt")
    assert {ref.article for ref in there.meant} == {"hh-2024-10-12-the-long-quay"}
    own = Ref(AUDIT, "person", "jonas-brandt")
    assert meant_in_open_article(there) == (own,)
    assert audit.reading.links.find_highlighted((own,)) <= lit_refs(there)
    assert {ref.id for ref in lit_refs(there) if ref.article == AUDIT and ref.kind == "para"} == {"p3", "p6"}


def test_who_is_not_in_the_open_article_lights_nothing_in_it(audit: State) -> None:
    there = on_person(audit, "Tom Reyes")
    assert meant_in_open_article(there) == ()
    assert not {ref for ref in lit_refs(there) if ref.article == AUDIT and ref.kind == "para"}


@pytest.mark.parametrize(
    ("name", "count", "message"),
    [
        ("Jonas Brandt", 1, "1 of 2 · ¶3"),
        ("Jonas Brandt", -1, "2 of 2 · ¶6"),
        ("Tom Reyes", 1, "no mentions in the open article"),
    ],
)
def test_mentions_of_a_person_of_many_articles_are_those_in_the_open_one(
    name: str, count: int, message: str, audit: State
) -> None:
    there, said = walk_mentions(on_person(audit, name), count)
    assert said == message
    if "of 2" in message:
        assert there.focus == "article"
        assert walk_mentions(there, count)[1] == ("2 of 2 · ¶6" if count > 0 else "1 of 2 · ¶3")


def test_without_an_open_article_there_is_nothing_to_walk_through(state: State) -> None:
    assert walk_mentions(on_person(state, "Jonas Brandt"), 1)[1] == NO_ARTICLE_OPEN
