from pathlib import Path

import pytest
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from rooms import DATA, FERRY, ferry, ref, short, stored

from dossier.core.dataclasses import replace
from dossier.core.ref import Ref, parse_ref
from dossier.loader.article import load_article, parse_article
from dossier.ui.library_scope import enter_article
from dossier.ui.linked_strip import linked_entries
from dossier.ui.navigation import place_cursor
from dossier.ui.popup_lists import card_rows, choice_rows, destinations_of, problem_rows, row_to
from dossier.ui.state import PaneScope, open_article_state

STATE = ferry()


def test_a_choice_between_entries_shows_them_as_their_pane_does() -> None:
    found = choice_rows(STATE, (ref("person/tom"), ref("person/ana")))
    assert found == (STATE.entry_of(ref("person/tom")), STATE.entry_of(ref("person/ana")))


def test_a_choice_between_places_shows_the_words_around_them() -> None:
    first, second = choice_rows(STATE, (ref("para/p4:24-35"), ref("para/p4:71-82")))
    assert first.parts[0].text == second.parts[0].text == "¶4"
    assert "“No new toll,” an official" in first.parts[1].text
    assert "“No new toll,” Okafor said." in second.parts[1].text
    assert short(destinations_of(second)[0]) == "para/p4:71-82"


def test_a_whole_paragraph_is_shown_by_its_number() -> None:
    (row,) = choice_rows(STATE, (ref("para/p3"),))
    assert [part.text for part in row.parts] == ["¶3", STATE.reading.article.body[3].text]
    assert short(destinations_of(row)[0]) == "para/p3"


def test_what_is_not_there_is_no_choice() -> None:
    assert choice_rows(STATE, (ref("person/nobody"),)) == ()


def test_a_row_is_one_text_without_line_breaks() -> None:
    state = open_article_state(stored(DATA / "nato-seoul-2023.yaml"), ())
    caption = Ref(state.reading.article.ref.article, "media", "m1")
    entry = state.entry_of(caption)
    assert entry is not None
    end = len(entry.parts[0].text)
    (row,) = choice_rows(state, (caption.with_span(end - 5, end),))
    assert all("\n" not in part.text for part in row.parts)


@pytest.mark.parametrize("address", ["person/okafor", "quote/run", "event/quay", "para/p1", "media/boat", "term/pact"])
def test_every_row_leads_to_what_it_is(address: str) -> None:
    (row,) = choice_rows(STATE, (ref(address),))
    assert short(destinations_of(row)[0]) == address


def test_a_row_made_leads_where_it_says() -> None:
    row = row_to(3, "label", "some words", ref("quote/run"))
    (anchor,) = row.anchors
    assert row.text[anchor.start : anchor.end] == "some words"
    assert destinations_of(row)[0] == ref("quote/run")


def test_the_card_of_an_ambiguous_link_has_all_that_it_may_mean() -> None:
    names = [
        row.parts[1].text for row in card_rows(place_cursor(STATE, ref("para/p2:45-50"))) if row.parts[0].text == "name"
    ]
    assert names == ["Tom Reyes", "Ana Reyes"]


def test_findings_are_rows_that_lead_to_their_lines() -> None:
    loaded = parse_article(FERRY.encode(), "ferry.yaml")
    assert loaded.article is not None
    state = open_article_state(loaded.article, loaded.problems)
    rows = problem_rows(state)
    assert len(rows) == len(loaded.problems) == 3
    assert rows[1].parts[1].text.endswith("[quote-in-several-places]")
    assert rows[1].parts[1].text.startswith("! ")
    assert [short(destinations_of(row)[0]) for row in rows] == ["person/ana", "quote/toll", "event/someday"]


def test_errors_bear_another_mark_than_warnings() -> None:
    loaded = parse_article(b"headline: A\nbody: B\npublished: 2023-02-30\noutlet: C", "a.yaml")
    assert loaded.article is not None
    (row,) = problem_rows(open_article_state(loaded.article, loaded.problems))
    assert row.parts[0].text == "3:12"
    assert row.parts[1].text.startswith("✗ ")


def test_every_finding_of_an_untidy_file_leads_somewhere() -> None:
    loaded = load_article(DATA / "port-arlen" / "untidy.yaml")
    assert loaded.article is not None
    state = open_article_state(loaded.article, loaded.problems)
    rows = problem_rows(state)
    assert len(rows) == 11
    assert all(state.entry_of(destinations_of(row)[0]) for row in rows)
    assert short(destinations_of(rows[0])[0]) == "headline"


@pytest.mark.parametrize("address", ["para/p1", "person/okafor", "quote/toll", "event/quay"])
def test_a_card_has_everything_that_is_linked(address: str) -> None:
    state = place_cursor(ferry(), ref(address))
    listed = {target.entry for row in card_rows(state) for target in destinations_of(row)}
    assert linked_entries(state)
    assert {entry.ref for entry in linked_entries(state)} <= listed


@pytest.mark.parametrize("address", ["para/p1:64-75", "para/p1:35-56", "para/p2:45-50", "quote/toll", "person/okafor"])
def test_nothing_is_in_a_card_twice(address: str) -> None:
    state = place_cursor(ferry(), ref(address))
    rows = card_rows(state)
    told = {target.entry for row in rows if row.group != "Linked" for target in destinations_of(row)}
    linked = {target.entry for row in rows if row.group == "Linked" for target in destinations_of(row)}
    assert state.meant
    assert not linked & {*told, *(meant.entry for meant in state.meant)}


def test_the_card_of_a_person_leaves_out_their_row_in_the_library(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        state = enter_article(entrance_of(library), "hh-2023-04-12-ferry")
        assert state
        place = state.reading.links.find_mention_refs(parse_ref("hh-2023-04-12-ferry#person/okafor"))[0]
        state = replace(state, library_view=replace(state.library_view, pane_scope=PaneScope.LIBRARY))
        state = place_cursor(whole(state), place)
        assert [one.kind for one in state.meant] == ["person"]
        person = library.persons.find(state.meant[0])
        linked = [one for row in card_rows(state) if row.group == "Linked" for one in destinations_of(row)]
        assert person is not None
        assert person in {library.persons.find(one.ref) for one in linked_entries(state) if one.ref.kind == "person"}
        assert person not in {library.persons.find(one) for one in linked if one.kind == "person"}


def test_the_cards_of_several_things_stand_under_the_name_of_each() -> None:
    state = place_cursor(ferry(), ref("para/p2:45-50"))
    assert [short(target) for target in state.meant] == ["person/tom", "person/ana"]
    groups = list(dict.fromkeys(row.group for row in card_rows(state)))
    assert groups == ["Tom Reyes (person)", "Ana Reyes (person)"]
    assert {row.group for row in card_rows(place_cursor(ferry(), ref("person/tom")))} == {""}
