import datetime

import pytest
from rooms import FERRY, ferry, made, ref, short

from dossier.core.dataclasses import replace
from dossier.core.entry import PANES
from dossier.core.note import Note, PlacedNote, PlacedNotes, Placement
from dossier.core.note_search import parse_find
from dossier.core.problem import Problem
from dossier.core.query import parse_terms
from dossier.core.query_parser import parse_search
from dossier.loader.article import LoadedArticle, parse_article
from dossier.ui.find_filter import (
    apply_filters,
    filter_pane,
    nearest_hit,
    next_hit,
    recount_hits,
    replace_article,
    toggle_pin,
)
from dossier.ui.navigation import find_text, place_cursor
from dossier.ui.state import Filters, State, focus_pane, open_article_state

STATE = ferry()
TODAY = datetime.date(2026, 11, 23)


def opened(text: str) -> State:
    return open_article_state(made(text), ())


def at(address: str, state: State = STATE) -> State:
    return place_cursor(state, ref(address))


def sought(typed: str, state: State = STATE) -> State:
    return recount_hits(replace(state, find=replace(state.find, query=parse_find(typed))))


def shown(state: State, pane: str) -> list[str]:
    return [short(entry.ref) for entry in state.panes[pane].entries]


@pytest.mark.parametrize(
    ("typed", "count"),
    [("toll", 6), ("TOLL", 0), ("lena okafor", 14), ('"lena okafor"', 7), ("no such words", 0), ("", 0)],
)
def test_hits_are_counted_over_all_panes(typed: str, count: int) -> None:
    assert len(sought(typed).find.hits.places) == count


def test_hits_are_in_reading_order() -> None:
    found = [short(place) for place, _ in sought("toll").find.hits.places]
    assert found == ["para/p2", "para/p4", "para/p4", "quote/stays", "quote/toll", "event/charged"]


def test_hits_are_counted_over_what_is_shown() -> None:
    state = filter_pane(focus_pane(sought("toll"), "quotes"), parse_terms("official"))
    assert [short(place) for place, _ in state.find.hits.places if place.kind == "quote"] == ["quote/toll"]


def test_the_current_hit_is_kept_as_long_as_it_is_one() -> None:
    place = (ref("para/p4"), (31, 35))
    state = sought("toll")
    state = replace(state, find=replace(state.find, hit=place))
    assert recount_hits(state).find.hit == place
    assert sought("no new", state).find.hit is None
    assert recount_hits(replace(state, find=replace(state.find, query=None))).find.hit is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("headline", "para/p2"),
        ("para/p2", "para/p2"),
        ("para/p3", "para/p4"),
        ("media/boat", "quote/stays"),
        ("quote/ready", "event/charged"),
        ("event/opened", "para/p2"),  # none further on: the first
    ],
)
def test_the_nearest_hit_is_here_or_further_on(address: str, found: str) -> None:
    place = nearest_hit(sought("toll", at(address)))
    assert place is not None
    assert short(place[0]) == found


def test_there_is_no_nearest_hit_without_hits() -> None:
    assert nearest_hit(sought("no such words")) is None
    assert next_hit(sought("no such words"), 1) is None


@pytest.mark.parametrize("count", [1, -1])
def test_hits_go_round_both_ways(count: int) -> None:
    state = sought("toll")
    every = list(state.find.hits.places)
    state = replace(state, find=replace(state.find, hit=every[0]))
    seen, turns = [], []
    for _ in every:
        found = next_hit(state, count)
        assert found is not None
        state = replace(state, find=replace(state.find, hit=found[0]))
        seen.append(found[0])
        turns.append(found[1])
    assert seen == (every[1:] + every[:1] if count > 0 else every[::-1])
    assert turns == ([False] * (len(every) - 1) + [True] if count > 0 else [True] + [False] * (len(every) - 1))


def test_the_first_hit_sought_is_the_nearest() -> None:
    state = sought("toll", at("para/p3"))
    assert next_hit(state, 1) == ((ref("para/p4"), (31, 35)), False)


def test_a_search_given_up_leaves_all_as_it_was() -> None:
    origin = filter_pane(at("quote/run"), parse_terms("said"))
    for typed in ("t", "to", "tol", "zzz"):
        while_typing = find_text(origin, parse_terms(typed))
        assert while_typing.filters.queries == origin.filters.queries
    assert find_text(origin, parse_terms("")).panes == origin.panes


@pytest.mark.parametrize(
    ("pane", "typed", "found"),
    [
        ("people", "reyes", ["person/tom", "person/ana"]),
        ("people", "arlen", ["person/okafor", "org/paa", "place/arlen"]),
        ("quotes", "okafor said", ["quote/run"]),
        ("timeline", "arlen", ["event/charged", "event/opened", "event/quay"]),
        ("article", "reyes", ["para/p2", "media/boat"]),
        ("people", "zzz", []),
    ],
)
def test_a_filter_narrows_its_own_pane(pane: str, typed: str, found: list[str]) -> None:
    state = filter_pane(focus_pane(STATE, pane), parse_terms(typed))
    assert shown(state, pane) == found
    assert all(shown(state, name) == shown(STATE, name) for name in PANES if name != pane)
    assert {name: query.typed for name, query in state.filters.queries.items()} == {pane: typed}


def test_an_empty_filter_shows_all() -> None:
    state = filter_pane(filter_pane(focus_pane(STATE, "people"), parse_terms("reyes")), parse_terms("  "))
    assert (dict(state.filters.queries), shown(state, "people")) == ({}, shown(STATE, "people"))


def test_a_filter_keeps_the_cursor_on_what_it_keeps() -> None:
    state = filter_pane(at("person/ana"), parse_terms("reyes"))
    assert short(state.pane.address) == "person/ana"
    assert short(filter_pane(state, parse_terms("")).pane.address) == "person/ana"


def test_a_pin_narrows_the_lists_and_never_the_text() -> None:
    state = toggle_pin(at("person/han"))
    assert state.filters.pins == (ref("person/han"),)
    assert shown(state, "article") == shown(STATE, "article")
    assert shown(state, "people") == ["person/han"]
    assert shown(state, "quotes") == ["quote/stays", "quote/ready"]
    assert shown(state, "timeline") == []


def test_two_pins_show_what_is_linked_to_both() -> None:
    state = apply_filters(STATE, Filters(pins=(ref("person/han"), ref("person/okafor"))))
    assert shown(state, "quotes") == ["quote/stays"]


def test_pin_and_filter_narrow_together() -> None:
    state = filter_pane(focus_pane(toggle_pin(at("person/okafor")), "quotes"), parse_terms("said"))
    assert shown(state, "quotes") == ["quote/run"]


@pytest.mark.parametrize("address", ["person/han", "quote/run", "event/signed", "para/p1", "para/p1:64-75", "org/paa"])
def test_pinned_twice_is_not_pinned(address: str) -> None:
    state = at(address)
    again = toggle_pin(toggle_pin(state))
    assert (again.filters.pins, again.reading.entries, again.focus) == ((), state.reading.entries, state.focus)
    assert all(shown(again, name) == shown(state, name) for name in PANES)
    assert again.pane.address == state.pane.address
    assert toggle_pin(state).pane.address == state.pane.address


def test_what_may_be_several_is_not_pinned() -> None:
    state = at("para/p2:45-50")
    assert toggle_pin(state) == state


@pytest.mark.parametrize(
    "address", ["para/p4", "para/p4:58-68", "person/ana", "quote/toll", "event/quay", "about/outlet"]
)
def test_reloading_keeps_the_place(address: str) -> None:
    state = at(address)
    after = replace_article(
        state, LoadedArticle(made(FERRY.replace("headline: Ferry", "url: x\nheadline: New ferry")), ())
    )
    assert after.reading.article.headline == "New ferry pact signed"
    assert (after.focus, after.pane.address, after.pane.line) == (state.focus, state.pane.address, state.pane.line)
    assert after.history == state.history


def test_reloading_a_changed_text_keeps_the_link_by_where_it_leads() -> None:
    state = at("para/p4:58-68")
    after = replace_article(
        state, LoadedArticle(made(FERRY.replace("an official said in", "an old official said in")), ())
    )
    assert after.pane.targets == state.pane.targets
    assert short(after.pane.address) == "para/p4:62-72"


def test_reloading_the_same_changes_nothing() -> None:
    state = at("para/p4:58-68")
    after = replace_article(state, LoadedArticle(made(FERRY), state.reading.problems))
    assert (after.panes, after.focus, after.reading.article) == (state.panes, state.focus, state.reading.article)


def test_reloading_keeps_filter_pin_and_query() -> None:
    state = filter_pane(focus_pane(sought("toll", toggle_pin(at("person/okafor"))), "quotes"), parse_terms("said"))
    after = replace_article(state, LoadedArticle(made(FERRY.replace("cue: said, text: We", "cue: says, text: We")), ()))
    assert (after.find.query, after.filters.queries, after.filters.pins) == (
        state.find.query,
        state.filters.queries,
        state.filters.pins,
    )
    assert shown(after, "quotes") == []


def test_a_pin_goes_with_what_it_pinned() -> None:
    state = toggle_pin(at("person/han"))
    after = replace_article(state, LoadedArticle(made("headline: A\nbody: B\npeople: {okafor: Lena Okafor}"), ()))
    assert after.filters.pins == ()
    assert shown(after, "people") == ["person/okafor"]


def test_a_file_that_cannot_be_read_leaves_the_last_good_reading() -> None:
    state = at("para/p4:58-68")
    broken = parse_article(b"headline: [", "ferry.yaml")
    assert broken.article is None
    before, after = state.reading, replace_article(state, broken)
    assert after.reading.problems == broken.problems
    assert all(isinstance(problem, Problem) for problem in after.reading.problems)
    assert [short(place) for place in after.reading.problems_by_entry] == ["headline"]
    marks = before.problems_by_entry
    assert replace(after, reading=replace(after.reading, problems=before.problems, problems_by_entry=marks)) == state


def searched(typed: str, text: str) -> State:
    state = opened(text)
    return recount_hits(replace(state, find=replace(state.find, query=parse_search(typed, TODAY))))


HOLT = (
    "headline: A\nbody: ['The toll, he said, was “set by contract”.', A toll., 'Mr Holt: “No”.']\n"
    "people: {holt: Per Holt}\n"
    "quotes: [{id: q1, speaker: holt, text: set by contract}, {id: q2, speaker: holt, text: 'No', at: p3}]"
)


def test_a_quote_found_by_its_paragraph_is_the_hit_and_the_paragraph_is_lit() -> None:
    state = searched("speaker:holt toll", HOLT)
    assert [short(hit.ref) for hit in state.find.hits] == ["quote/q1"]
    assert [(short(place), span) for place, span in state.find.hits.places] == [("quote/q1", (0, 15))]
    assert {short(entry): spans for entry, spans in state.find.hits.spans.items()} == {
        "quote/q1": ((0, 15),),
        "para/p1": ((4, 8),),
    }


def test_quotes_found_by_their_speaker_are_hits_and_lit_in_the_text() -> None:
    hits = searched("speaker:holt", HOLT).find.hits
    assert hits.counts == {"quotes": 2}
    assert [short(place) for place, _ in hits.places] == ["quote/q1", "quote/q2"]
    lit = {short(entry): spans for entry, spans in hits.spans.items()}
    assert lit == {"quote/q1": ((0, 15),), "quote/q2": ((0, 2),), "para/p1": ((24, 39),), "para/p3": ((10, 12),)}


def test_from_the_evidence_of_a_hit_the_next_is_another_hit() -> None:
    state = searched("speaker:holt", HOLT)
    state = replace(state, find=replace(state.find, hit=(state.panes["article"].entries[1].ref, (24, 39))))
    found = next_hit(state, 1)
    assert found
    assert (short(found[0][0]), found[1]) == ("quote/q2", False)


def test_a_paragraph_found_by_who_is_in_it_has_the_name_lit() -> None:
    hits = searched("person:holt", HOLT).find.hits
    lit = {short(entry): spans for entry, spans in hits.spans.items()}
    assert lit["para/p3"] == ((3, 7), (10, 12))
    assert hits.counts["article"] == sum(one.ref.kind == "para" for one in hits)


def test_in_german_a_filter_and_find_take_a_capital_for_either_case() -> None:
    german = opened("headline: A\nlang: de\nbody: [siehe bundesregierung.de]")
    assert len(sought("Bundesregierung", german).find.hits.places) == 1
    assert shown(filter_pane(german, parse_terms("Bundesregierung")), "article") == ["para/p1"]
    english = opened("headline: A\nlang: en\nbody: [see bundesregierung.de]")
    assert sought("Bundesregierung", english).find.hits.places == ()


def test_words_of_notes_are_found_at_the_places_that_they_are_on() -> None:
    made = "2026-11-28T14:05:00Z"
    notes = (
        PlacedNote(Note("n1", ref("para/p3"), "A", made, text="Ask the zebra"), Placement.FOUND, ref("para/p3:2-7")),
        PlacedNote(Note("n2", ref("quote/run"), "We", made, text="zebra 2"), Placement.UNCHANGED, ref("quote/run")),
        PlacedNote(Note("n3", ref("para/p1"), "gone", made, text="lost zebra"), Placement.MISSING),
        PlacedNote(Note("n4", ref("para/p1"), "zebra", made), Placement.UNCHANGED, ref("para/p1:0-3")),
    )
    state = sought("zebra", replace(STATE, notes=PlacedNotes(notes)))
    assert [short(place.with_span(*span)) for place, span in state.find.hits.places] == [
        "para/p3:2-7",
        "quote/run:0-21",
    ]
    there = find_text(replace(STATE, notes=PlacedNotes(notes)), parse_terms("zebra"))
    assert there.find.hit == (ref("para/p3"), (2, 7))
    # A note that says what its words say is no second hit, and the hits of the text stay.
    toll = PlacedNote(Note("n5", ref("para/p2"), "toll", made, text="toll?"), Placement.FOUND, ref("para/p2"))
    assert len(sought("toll", replace(STATE, notes=PlacedNotes([toll]))).find.hits) == len(sought("toll").find.hits)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("in:notes", ["para/p3:2-7", "para/p3:10-14", "quote/run:0-21"]),
        ("in:notes zebra", ["para/p3:2-7", "quote/run:0-21"]),
        ("IN:Notes  #ask", ["para/p3:2-7"]),
        ("in:notes toll", []),
        ("in:notesx", []),
    ],
)
def test_in_notes_finds_the_words_of_notes_alone(typed: str, found: list[str]) -> None:
    made, paragraph = "2026-11-28T14:05:00Z", STATE.entry_of(ref("para/p3"))
    assert paragraph is not None
    text = paragraph.text
    notes = (
        PlacedNote(
            Note("n1", ref("para/p3:2-7"), text[2:7], made, text="the zebra #ask"),
            Placement.UNCHANGED,
            ref("para/p3:2-7"),
        ),
        PlacedNote(Note("n2", ref("para/p3:10-14"), text[10:14], made), Placement.UNCHANGED, ref("para/p3:10-14")),
        PlacedNote(Note("n3", ref("quote/run"), "We", made, text="zebra"), Placement.UNCHANGED, ref("quote/run")),
    )
    state = find_text(replace(STATE, notes=PlacedNotes(notes)), parse_find(typed))
    assert [short(place.with_span(*span)) for place, span in state.find.hits.places] == found


def test_in_notes_finds_nothing_in_an_article_without_notes() -> None:
    state = find_text(STATE, parse_find("in:notes"))
    assert state.find.query is not None
    assert state.find.hits.places == ()


@pytest.mark.parametrize(("typed", "events"), [("2022", ["e1", "e2"]), ("2023", ["e2"]), ("jun 2022", ["e1"])])
def test_an_event_is_found_by_a_year_for_which_its_column_has_no_room(typed: str, events: list[str]) -> None:
    timeline = "  - 2022-06-29/2022-06-30: Talks\n  - 2022-12-29/2023-01-02: Holidays\n"
    state = focus_pane(opened(f"headline: H\nbody: [Text.]\ntimeline:\n{timeline}"), "timeline")
    assert [entry.parts[0].text for entry in state.panes["timeline"].entries] == ["29–30 Jun 22", "29 Dec 2022…"]
    assert shown(filter_pane(state, parse_terms(typed)), "timeline") == [f"event/{one}" for one in events]
    found = dict.fromkeys(short(place) for place, _ in sought(typed, state).find.hits.places)
    assert list(found) == [f"event/{one}" for one in events]
