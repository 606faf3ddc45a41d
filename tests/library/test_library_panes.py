"""What the panes show over many articles is held to what the articles have, one by one."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import pytest
from libraries import PORT_ARLEN, library_at

from dossier.core.dates.days import Day
from dossier.core.matcher import match
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.index.reader import Index
from dossier.library.scope import ORDERS, Pin, Scope
from dossier.library.scope_panes import (
    find_event_rows,
    find_linked_persons,
    find_person_ids,
    find_quote_rows,
    make_event_entry,
    make_person_entry,
    make_quote_entry,
    matching_rows,
)
from dossier.library.scope_search import find_scope_articles

TODAY = datetime.date(2026, 11, 23)
OKAFOR = Pin("person", "Lena Okafor", Ref("hh-2023-04-12-ferry", "person", "okafor"))
SCOPES = (
    Scope(),
    Scope(parse_search("toll", TODAY)),
    Scope(parse_search("toll", TODAY), (Pin("outlet", "Harbour Herald"),)),
    Scope(None, (OKAFOR,)),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened:
        yield opened.index


def firsts(index: Index, scope: Scope) -> list[int | None]:
    """Return the articles of the scope, with signs of progress in between."""
    return [one and one.first for found in find_scope_articles(index, scope) for one in (None, found)]


def rows(coming: Iterable[int | Sequence[int] | None]) -> list[int]:
    """Return all ids of an iterable in which they come one by one, many at once, or not yet (None)."""
    found: list[int] = []
    for one in coming:
        found += [] if one is None else [one] if isinstance(one, int) else one
    return found


def own(index: Index, scope: Scope, pane: str) -> list[int]:
    """All that the articles of the scope have in this pane, newest article first."""
    return [
        row for first in firsts(index, scope) if first is not None for row in index.articles.article(first).pane(pane)
    ]


@pytest.mark.parametrize("scope", SCOPES[:3])
def test_every_statement_of_the_articles_newest_first(index: Index, scope: Scope) -> None:
    assert rows(find_quote_rows(index, scope, lambda: firsts(index, scope))) == own(index, scope, "quotes")


def test_every_statement_of_the_library_in_the_order_of_its_articles(index: Index) -> None:
    articles = [first for first in firsts(index, Scope()) if first is not None]
    for order, given in ((ORDERS[1], articles[::-1]), (ORDERS[2], sorted(articles, key=str))):
        found = rows(find_quote_rows(index, Scope(), partial(iter, given), order))
        assert found == [row for first in given for row in index.articles.article(first).pane("quotes")]


@pytest.mark.parametrize("scope", SCOPES)
def test_events_by_their_date_over_all_articles_those_without_one_last(index: Index, scope: Scope) -> None:
    found = rows(find_event_rows(index, scope, lambda: firsts(index, scope)))
    dates = [index.entries.at(row).entry.date for row in found]
    starts = [(date.earliest or Day(-1, 1, 1)) if date else Day(10_000, 1, 1) for date in dates]
    assert starts == sorted(starts)
    if OKAFOR not in scope.pins:
        assert sorted(found) == sorted(own(index, scope, "timeline"))


@pytest.mark.parametrize("scope", SCOPES)
def test_everybody_once_by_kind_and_by_the_number_of_articles(index: Index, scope: Scope) -> None:
    found = rows(find_person_ids(index, scope, lambda: firsts(index, scope), Counter(), {}))
    assert len(found) == len(set(found))
    kinds = [index.persons.person(person).kind for person in found]
    assert kinds == sorted(kinds, key=["person", "org", "place"].index)
    within = [first for first in firsts(index, scope) if first is not None]
    every = index.persons.person_ids_in(index.articles.fetch(within))
    number = [sum(person in inside for inside in every) for person in found]
    assert all(number)
    for kind in ("person", "org", "place"):
        counts = [count for count, one in zip(number, kinds, strict=True) if one == kind]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("excluded", [False, True])
def test_a_pinned_person_keeps_what_is_linked_to_him_and_an_excluded_one_leaves_it_out(
    index: Index, excluded: bool
) -> None:
    scope = Scope(None, (Pin(OKAFOR.facet, OKAFOR.name, OKAFOR.ref, excluded),))
    assert OKAFOR.ref
    person = index.persons.person_of(OKAFOR.ref)
    for gather, pane in ((find_quote_rows, "quotes"), (find_event_rows, "timeline")):
        found = rows(gather(index, scope, lambda: firsts(index, scope)))
        assert found
        assert {person in find_linked_persons(index, row, {}) for row in found} == {not excluded}
        of_articles = own(index, scope, pane)
        assert set(found) == {row for row in of_articles if (person in find_linked_persons(index, row, {})) != excluded}


@pytest.mark.parametrize("excluded", [False, True])
def test_a_pinned_form_is_of_quotes_alone(index: Index, excluded: bool) -> None:
    scope = Scope(None, (Pin("form", "reported", None, excluded),))
    found = rows(find_quote_rows(index, scope, lambda: firsts(index, scope)))
    assert found
    assert {index.entries.at(row).entry.form == "reported" for row in found} == {not excluded}
    assert rows(find_event_rows(index, scope, lambda: firsts(index, scope)))


def test_a_statement_stands_under_its_article(index: Index) -> None:
    row = own(index, Scope(parse_search("outlet:herald published:2023", TODAY)), "quotes")[0]
    entry = make_quote_entry(index, row)
    assert entry.group == "12 Apr 2023 09:30+02:00 · Harbour Herald · Ferry pact signed in Port Arlen"
    assert (entry.ref, entry.text) == (index.entries.at(row).entry.ref, index.entries.at(row).entry.text)


def test_an_event_stands_with_its_outlet(index: Index) -> None:
    found = {make_event_entry(index, row).aside for row in index.entries.event_ids()}
    assert {"Harbour Herald", "Radio Arlen"} <= found
    assert all(make_event_entry(index, row).group == "" for row in index.entries.event_ids())


@pytest.mark.parametrize(
    ("name", "group", "aside", "note"),
    [
        ("Lena Okafor", "People", "7 articles  6 quotes", ""),
        ("Henrik Dahl", "People", "1 article", ""),
        ("Tom Reyes", "People", "4 articles  3 quotes", "same name: ="),
        ("Ministry of Transport", "Organisations", "4 articles  1 quote", ""),
        ("Minatsu", "Places", "3 articles", ""),
    ],
)
def test_somebody_is_told_in_the_words_of_the_newest_article(
    index: Index, name: str, group: str, aside: str, note: str
) -> None:
    every = [make_person_entry(index, {}, {}, person) for person in index.persons.person_ids()]
    entry = next(one for one in every if one.parts[0].text == name)
    assert (entry.group, entry.aside) == (group, aside)
    assert [part.text for part in entry.parts if part.name == "note"] == ([note] if note else [])


def test_of_a_narrower_scope_the_number_in_it_is_told_with_that_of_all(index: Index) -> None:
    count: Counter[int] = Counter()
    scope = Scope(parse_search("stationery", TODAY))
    found = rows(find_person_ids(index, scope, lambda: firsts(index, scope), count, {}))
    asides = {make_person_entry(index, count, {}, person).aside for person in found}
    assert "1 of 4 articles" in asides


def test_an_outlet_with_a_long_name_is_cut(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("long")
    text = "headline: x\nbody: y\noutlet: The Society for the Promotion of Quays\ntimeline: [2021-01-01: z]\n"
    (root / "a.yaml").write_text(text, "utf-8")
    with library_at(root, root) as library:
        (row,) = library.index.entries.event_ids()
        assert make_event_entry(library.index, row).aside == "The Society for t…"


def test_whoever_an_entry_is_linked_to_is_the_same_in_every_article(index: Index) -> None:
    assert OKAFOR.ref
    row = index.entries.row_id_of(Ref("ac-2021-03-14-quay-audit", "person", "okafor"))
    assert row is not None
    assert index.persons.person_of(OKAFOR.ref) in find_linked_persons(index, row, {})


HITS = ("toll", "speaker:jonas", 'speaker:"jonas brandt"', "the", "person:okafor", "date:2023", "toll OR ferry", "zzz")


@pytest.mark.parametrize("typed", HITS)
@pytest.mark.parametrize("pins", [(), (Pin("outlet", "Harbour Herald"),), (OKAFOR,)], ids=["all", "outlet", "person"])
def test_the_hits_of_a_pane_are_its_rows_that_match(index: Index, typed: str, pins: tuple[Pin, ...]) -> None:
    query = parse_search(typed, TODAY)
    scope = Scope(query, pins)

    def is_hit(row: int) -> bool:
        stored = index.entries.at(row)
        return match(query, stored.entry, stored.about) is not None

    for gather, pane in ((find_quote_rows, "quotes"), (find_event_rows, "timeline")):
        found = rows(matching_rows(index, pane, query, gather(index, scope, lambda: firsts(index, scope))))
        assert found == [row for row in rows(gather(index, scope, lambda: firsts(index, scope))) if is_hit(row)]
    people = find_person_ids(index, scope, lambda: firsts(index, scope), Counter(), {})
    found = rows(matching_rows(index, "people", query, people))
    every = rows(find_person_ids(index, scope, lambda: firsts(index, scope), Counter(), {}))
    hits = {
        index.persons.person_at(row)
        for first in index.articles.article_ids()
        for row in _people(index, first)
        if is_hit(row)
    }
    assert found == [person for person in every if person in hits]


def _people(index: Index, first: int) -> range:
    return index.articles.article(first).pane("people")


def test_statements_that_are_found_come_before_all_are_known(index: Index) -> None:
    query = parse_search("speaker:jonas", TODAY)
    own = rows(find_quote_rows(index, Scope(query), lambda: firsts(index, Scope(query))))

    def coming() -> Iterator[int]:
        yield from own[: len(own) // 2]
        raise AssertionError

    matching = matching_rows(index, "quotes", query, coming())
    assert next(row for row in matching if row is not None) in own


def test_an_event_of_another_zone_says_its_zone(tmp_path_factory: pytest.TempPathFactory) -> None:
    """10:00 in Seoul stood before 08:00 in Berlin, as it was, and nothing said why."""
    root = tmp_path_factory.mktemp("zones")
    events = {
        "seoul": ("2024-03-02T01:00+09:00", '"2024-03-01T10:00+09:00": signed', "2024-03-01: a day"),
        "berlin": ("2024-03-01T18:00+01:00", "2024-03-01T08:00: met", '"2024-03-01T09:00Z": left'),
        "nowhere": ("2024-03-01", '"2024-03-01T20:00": spoke'),
        "harbour": ("no date", '"2024-03-01T21:00/2024-03-01T22:00": sailed'),
    }
    for name, (published, *told) in events.items():
        timeline = ", ".join(f"{{{one}}}" for one in told)
        text = f"headline: x\nbody: y\noutlet: {name}\npublished: {published}\ntimeline: [{timeline}]\n"
        (root / f"{name}.yaml").write_text(text, "utf-8")
    with library_at(root, root) as library:
        found = [make_event_entry(library.index, row) for row in library.index.entries.event_ids()]
        times = [next((part.text for part in entry.parts if part.name == "time"), "") for entry in found]
        assert [*zip(times, (entry.aside for entry in found), strict=True)] == [
            ("", "seoul"),
            ("10:00", "seoul · UTC+09:00"),
            ("08:00", "berlin · UTC+01:00"),
            ("09:00Z", "berlin"),
            ("20:00", "nowhere"),
            ("21:00–22:00", "harbour"),
        ]
