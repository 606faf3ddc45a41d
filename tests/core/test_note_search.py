"""Tests of `in:notes`: the words are those of the note, all else is asked of the entry that the note is on."""

from datetime import date

import pytest
from rooms import ferry, ref

from dossier.core.entry import Entry, EntryFacts
from dossier.core.matcher import match
from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.note_search import SearchedNotes, ask_notes, ask_placed_notes, find_note_hits, format_note_lines
from dossier.core.query import NOTES, Query
from dossier.core.query_context import asks_for_notes, list_conjuncts
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref

TODAY = date(2026, 11, 28)
READING = ferry().reading
ARTICLE = READING.article.ref.article
ENTRIES = [entry for pane in READING.entries.values() for entry in pane]


def noted(address: str, words: str, text: str = "") -> Note:
    return Note(f"n-{address}", ref(address)._replace(article=ARTICLE), words, "2026-11-28T14:05:00Z", text=text)


NOTES_MADE = (
    noted("quote/run", "We will run every day", "Ask Okafor about winter #ask"),
    noted("para/p2:22-32", "the toll s", "Check the tariff #numbers"),
    noted("quote/ready", "it was ready"),
    noted("event/gone", "Quay opened", "Who says so? #ask"),
)


def asked(typed: str) -> Query:
    return ask_notes(parse_search(typed, TODAY), SearchedNotes(lambda: NOTES_MADE))


def found(typed: str) -> list[str]:
    """Return the ids of the notes that are found, once it is known which entries the article has."""
    query = asked(typed)
    for node in list_conjuncts(query):
        node.notes.settle(ARTICLE, ENTRIES)  # type: ignore[union-attr]
    facts = READING.entry_facts
    return [hit.note.id for entry in ENTRIES for hit in find_note_hits(query, entry, facts.get(entry.ref))]


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("in:notes", ["n-event/gone", "n-para/p2:22-32", "n-quote/run", "n-quote/ready"]),
        ("in:notes winter", ["n-quote/run"]),
        ("in:notes #ask", ["n-event/gone", "n-quote/run"]),
        ('in:notes "#as"', []),
        ("in:notes ready", ["n-quote/ready"]),
        ("in:notes toll", ["n-para/p2:22-32"]),
        ("in:notes (tariff OR winter)", ["n-para/p2:22-32", "n-quote/run"]),
        ("in:notes -#ask", ["n-para/p2:22-32", "n-quote/ready"]),
        ("in:notes NOT winter NOT tariff", ["n-event/gone", "n-quote/ready"]),
        ("in:notes ask NEAR winter", ["n-quote/run"]),
        ("in:notes in:quotes", ["n-quote/run", "n-quote/ready"]),
        ("in:notes speaker:okafor", ["n-quote/run"]),
        ("in:notes -speaker:okafor in:quotes", ["n-quote/ready"]),
        ("in:notes #ask outlet:herald", ["n-event/gone", "n-quote/run"]),
        ("in:notes published:2022", []),
        # The paragraph of the quote has this word, the note has not.
        ("in:notes speaker:okafor councils", []),
        ("in:notes zebra", []),
    ],
)
def test_what_is_found(typed: str, notes: list[str]) -> None:
    assert found(typed) == notes


@pytest.mark.parametrize("typed", ["in:notes toll", "toll in:notes", "(in:notes toll) tariff", 'IN:"notes"'])
def test_a_query_for_notes(typed: str) -> None:
    query = parse_search(typed, TODAY)
    assert asks_for_notes(query)
    assert query.query_warnings == ()


@pytest.mark.parametrize(
    ("typed", "same", "place"),
    [
        ("in:notes toll OR fare", "toll OR fare", (0, 8)),
        ("toll -in:notes", "toll", (6, 14)),
        ("a OR (b in:notes)", "a OR b", (8, 16)),
        ("-in:notes", "", (1, 9)),
    ],
)
def test_where_it_has_no_meaning_it_is_ignored_and_said(typed: str, same: str, place: tuple[int, int]) -> None:
    query = parse_search(typed, TODAY)
    assert query.root == parse_search(same, TODAY).root
    (warning,) = query.query_warnings
    assert (warning.start, warning.end) == place
    assert warning.message.endswith("write in:notes (toll OR fare)")


def test_a_second_one_behind_or_is_said() -> None:
    query = parse_search("in:notes (toll OR in:notes)", TODAY)
    assert asks_for_notes(query)
    assert [(one.start, one.end) for one in query.query_warnings] == [(18, 26)]


def entry_at(address: str) -> tuple[Entry, EntryFacts | None]:
    found = next(entry for entry in ENTRIES if entry.ref.entry == ref(address)._replace(article=ARTICLE).entry)
    return found, READING.entry_facts.get(found.ref)


def test_the_hit_is_the_noted_place() -> None:
    query = asked("in:notes tariff")
    assert asks_for_notes(query) is False
    query.root.notes.settle(ARTICLE, ENTRIES)  # type: ignore[union-attr]
    hit = match(query, *entry_at("para/p2"))
    text = entry_at("para/p2")[0].text
    start = text.index("the toll s")
    assert hit
    assert hit.spans == ((start, start + 10),)


@pytest.mark.parametrize(
    ("address", "words", "place", "marked"),
    [
        ("para/p2:0-4", "toll", "para/p2", "toll"),
        ("para/p2", "toll", "para/p2", "toll"),
        ("quote/run", "We will run every day", "quote/run", None),
        # Another text stands at this place, or at this address, by now.
        ("para/p2:0-1", "t", "headline", None),
        ("para/p2:0-6", "Reyes", "para/p2", "Reyes"),
        ("para/p2:0-6", "Sailor", "headline", None),
        ("para/p2", "A plain paragraph", "headline", None),
        ("quote/run", "No new toll", "headline", None),
        ("quote/run", "We will", "quote/run", "We will"),
        ("quote/run", "", "headline", None),
        ("headline", "Ferry pact broken", "headline", None),
    ],
)
def test_a_note_is_only_found_where_its_words_stand(address: str, words: str, place: str, marked: str | None) -> None:
    note = noted(address, words)
    notes = SearchedNotes(lambda: [note])
    assert list(notes.articles) == [ARTICLE]
    query = ask_notes(parse_search("in:notes", TODAY), notes)
    own = entry_at(place)[0]
    entry = entry_at(address)
    # Of an article of which only some entries are known, it is nowhere else.
    assert bool(match(query, *entry)) is (marked is not None or (place == address and place != "headline"))
    notes.settle(ARTICLE, ENTRIES)
    ((ref_found, hits),) = {one.ref: hits for one in ENTRIES if (hits := find_note_hits(query, one, None))}.items()
    assert ref_found == own.ref
    assert [hit.span and own.text[slice(*hit.span)] for hit in hits] == [marked]


def test_until_the_file_is_read_nothing_is_found_and_nothing_is_waited_for() -> None:
    def read() -> list[Note]:
        raise AssertionError

    query = ask_notes(parse_search("in:notes", TODAY), SearchedNotes(read))
    assert match(query, *entry_at("quote/run")) is None


def test_in_an_open_article_the_places_are_those_of_now() -> None:
    there = ref("quote/toll")._replace(article=ARTICLE)
    placed = (
        PlacedNote(NOTES_MADE[0], Placement.FOUND, there.with_span(0, 2)),
        PlacedNote(NOTES_MADE[2], Placement.MISSING),
    )
    query = ask_placed_notes(asked("in:notes"), ARTICLE, placed)
    hits = {hit.ref: hit.spans for entry in ENTRIES if (hit := match(query, entry))}
    assert hits == {there: ((0, 2),), Ref(ARTICLE, "headline"): ()}
    plain = parse_search("toll", TODAY)
    assert ask_placed_notes(plain, ARTICLE, placed) is plain


def test_the_lines_of_a_note() -> None:
    assert format_note_lines(NOTES_MADE[0]) == "Ask Okafor about winter #ask\nWe will run every day"
    assert format_note_lines(NOTES_MADE[2]) == "it was ready"
    assert NOTES.pane == "notes"
