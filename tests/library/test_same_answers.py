"""Every kind of index, and none, answer the same: the same addresses, in the same order, with the same numbers."""

import datetime
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from indexed_libraries import KINDS, IndexedLibrary, open_new_index
from libraries import PORT_ARLEN
from shelves import written
from test_found import article as article_of_words
from waiting import until

from dossier.core.entry import Entry, EntryFacts
from dossier.core.links import Links
from dossier.core.matcher import match
from dossier.core.query import Query
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry
from dossier.core.views.panes import make_panes
from dossier.core.views.search_fields import collect_entry_facts
from dossier.library.article_store import FolderStore
from dossier.library.facet_counts import count_facets
from dossier.library.index.reader import Index
from dossier.library.index.schema import TOTALS
from dossier.library.library import Library
from dossier.library.person_evidence import add_other_names, collect_evidence
from dossier.library.scope import Pin, Scope
from dossier.library.scope_panes import (
    find_event_rows,
    find_linked_persons,
    find_person_ids,
    find_quote_rows,
    make_event_entry,
    make_quote_entry,
    matching_rows,
)
from dossier.library.scope_search import find_matches, find_scope_articles
from dossier.library.user_data import UserData
from dossier.loader.article import load_article
from dossier.loader.registry_file import load_registry

TODAY = datetime.date(2026, 11, 23)
LONG = "x" * 3_000
ODD = "a\0b \ud800 \uffff '\\ “x” %s $1 ?"
QUERIES = (
    *(
        "ferry",
        "toll",
        '"the ferry"',
        "-ferry toll",
        "ferry NEAR toll",
        "ferry OR pact",
        "in:quotes the",
        "nothing-here",
    ),
    *("speaker:okafor", "about:toll", "person:lena in:timeline", "outlet:herald published:2022..2023", "event:2017.."),
    *(
        "나토",
        "한국",
        '"한국 미사일"',
        "élan",
        "elan",
        "القاهرة",
        "قاهرة",
        "בית",
        "naive",
        "form:direct",
        "status:planned",
    ),
    *("odd", "\0", "a\0b", '"odd a"', "%s", "$1", "?", "'", "\\", LONG, LONG[:-1], LONG[:2_000], "x" * 4_000),
    *('"w16382 w16383"', '"w16383 w16384"', '"w16384 w16385"', "w19999", '"w16384 ferry"', "w1 NEAR w3", "w1638"),
    *(
        '"the the the"',
        '"the p',
        '"the pa',
        'the "ferry pac',
        '"the pact"',
        "the NEAR pact",
        '"hot hot hot"',
        f'"{"hot " * 299}hot pact"',
        f'"{"hot " * 301}"',
    ),
    *("-the", "in:headline odd", "lang:ko", "keyword:toll", "byline:brandt", "section:national"),
)
PIN_QUERIES = ("", "ferry", "in:quotes the")
PINS = (
    (),
    (Pin("outlet", "Harbour Herald"),),
    (Pin("outlet", "조선일보", excluded=True), Pin("year", "2022")),
    (Pin("person", "Lena Okafor", Ref("hh-2023-04-12-ferry", "person", "okafor")),),
    (
        Pin("form", "direct"),
        Pin("person", "Lena Okafor", Ref("hh-2023-04-12-ferry", "person", "okafor"), excluded=True),
    ),
)
SCOPES = tuple(Scope(parse_search(typed, TODAY) if typed else None, pins) for typed in PIN_QUERIES for pins in PINS)
NOTHING = {"nothing-here", "a\0b", '"w16384 ferry"', '"the the the"', '"hot hot hot hot hot'}
"""The beginnings of the queries that find nothing."""
BEGINNINGS = ("", "l", "lena", "윤", "윤석열", "jose", "x" * 500, "한", "\0", "port")
SUGGESTED = (
    *(("speaker", "l"), ("person", ""), ("person", "x"), ("about", "윤"), ("org", "port"), ("place", "")),
    *(("outlet", ""), ("outlet", "조"), ("published", "20"), ("form", ""), ("event", "2")),
)


def write_odd_articles(root: Path) -> None:
    """Write articles whose texts some engine cannot store as they are."""
    odd: dict[str, object] = {"headline": f"Odd {ODD}", "outlet": ODD, "published": ODD, "body": f"Some {ODD} words"}
    odd |= {"people": {"p": {"name": f"Lena {ODD}", "aliases": [ODD, "x" * 9_000]}}}
    many = " ".join(f"w{at}" for at in range(20_000))
    for name, text in (
        ("nul", {**odd, "id": f"id {ODD}"}),
        ("ids", {**odd, "id": "".join(map(chr, range(0x4E00, 0x6E00)))}),
        ("words", {"headline": "Long", "body": f"{many} ferry", "published": "2020"}),
        ("position", {"headline": "On the edge", "body": f"{'of ' * 16_382}toll ferry pact", "published": "2020"}),
        ("again", {"headline": "Again", "body": f"{'hot ' * 300}pact", "published": "2021"}),
        ("letters", {"headline": f"Letters {LONG}", "body": f"{LONG} {LONG}y the pact", "published": "2021"}),
        (
            "scripts",
            {
                "headline": "한국의 나토는",
                "body": "وبالقاهرة أحمد — ושבבית — élan naïve ﬁne Straße",
                "published": "1850",
            },
        ),
    ):
        (root / f"{name}.json").write_text(json.dumps({"id": name, **text}), "utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a library of articles of every kind."""
    root = tmp_path_factory.mktemp("libraries") / "library"
    shutil.copytree(PORT_ARLEN, root)
    write_odd_articles(root)
    chance = random.Random(7)
    for number in range(24):
        written(root, f"words/{number:02}.yaml", article_of_words(number, chance))
    return root


@pytest.fixture(scope="module")
def of_own(root: Path, request: pytest.FixtureRequest) -> Iterator[IndexedLibrary]:
    """Yield the library with an index in a file of the reader's own, which all others are compared with."""
    yield from _made("sqlite", root, request)


@pytest.fixture(scope="module", params=KINDS[1:])
def other(root: Path, request: pytest.FixtureRequest) -> Iterator[IndexedLibrary]:
    """Yield the library with an index of each other kind."""
    yield from _made(request.param, root, request)


def _made(kind: str, root: Path, request: pytest.FixtureRequest) -> Iterator[IndexedLibrary]:
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(root.parent / f"{kind} cache"))
            registry = load_registry(root / "registry.yaml").registry
            made = stack.enter_context(open_new_index(kind, root, request, registry))
        yield made


def ref(index: Index, row: int) -> str:
    """Return the address of an entry."""
    return str(index.entries.at(row).entry.ref)


def addresses(index: Index, coming: Iterable[int | Sequence[int] | None]) -> list[str]:
    """Return the addresses of all ids of an iterable in which they come one by one, many at once, or not yet."""
    return [
        ref(index, row) for one in coming if one is not None for row in ([one] if isinstance(one, int) else list(one))
    ]


def person(index: Index, number: int) -> tuple[object, ...]:
    """Return all that is known of a person."""
    persons, row = index.persons, index.persons.person(number)
    entries = [(ref(index, one), quotes) for one, quotes in persons.entries_of_person(number)]
    spelt = [(spelling, ref(index, newest)) for spelling, newest in persons.spellings(number)]
    return (*row[1:6], ref(index, row.newest), entries, spelt, sorted(persons.names(number)))


def matches(index: Index, query: Query, oldest_first: bool) -> list[str]:
    return addresses(index, (row for found in find_matches(index, query, oldest_first) if found for row in found[1]))


def firsts(index: Index, scope: Scope) -> list[int | None]:
    return [one and one.first for one in find_scope_articles(index, scope)]


def answer_of_scope(index: Index, scope: Scope) -> list[object]:
    """Return what is shown of a scope: its articles with their hits, its facets, and its panes."""
    found: list[object] = []
    for oldest_first in (False, True):
        of_scope = [one for one in find_scope_articles(index, scope, oldest_first) if one]
        found.append([(str(index.articles.article(one.first).ref), len(one.rows)) for one in of_scope])
    *_, facets = count_facets(index, scope, firsts(index, scope))
    found.append(list(map(str, facets)))
    gather = partial(firsts, index, scope)
    everybody = Counter[int]()
    persons = [one for some in find_person_ids(index, scope, gather, everybody, {}) if some for one in _each(some)]
    found.append([(*index.persons.person(one)[1:6], everybody[one]) for one in persons])
    for pane, rows in (("quotes", find_quote_rows), ("timeline", find_event_rows)):
        found.append(addresses(index, rows(index, scope, gather)))
        if scope.query:
            found.append(addresses(index, matching_rows(index, pane, scope.query, rows(index, scope, gather))))
    return found


def _each(some: int | Sequence[int]) -> Sequence[int]:
    return [some] if isinstance(some, int) else some


def answers_on_persons(index: Index, root: Path) -> list[object]:
    """Return what the index says of persons, organisations and places."""
    persons = index.persons
    everybody = [person(index, number) for number in persons.person_ids()]
    by_name = [row[1:6] for row in persons.first_by_name(list(persons.person_ids()), 30)]
    articles = index.articles.fetch(list(index.articles.article_ids()))
    of_articles = [
        (str(one.ref), [name[:2] for name in names])
        for one, names in zip(articles, persons.names_in(articles), strict=True)
    ]
    names = [
        (list(persons.frequent_names(kind, 30, speaking)), persons.names_beginning(kind, beginning, 30, speaking))
        for kind in ("person", "org", "place")
        for speaking in (False, True)
        for beginning in BEGINNINGS
    ]
    registry = load_registry(root / "registry.yaml").registry
    lena = Ref("hh-2023-04-12-ferry", "person", "okafor")
    evidence = [
        list(collect_evidence(index, one, registry, Decisions(), 20)) for one in (lena, Ref("nul", "person", "p"))
    ]
    named = [
        [person(index, one) for one in persons.persons_named(name)]
        for name in ("lena okafor", "윤석열", "x" * 9_000, "\0")
    ]
    return [everybody, by_name, of_articles, names, list(map(str, evidence)), named]


def answers_on_articles(index: Index, root: Path) -> list[object]:
    """Return what the index says of articles, events and numbers, in order."""
    articles, entries = index.articles, index.entries
    rows = [articles.article(first) for first in articles.article_ids()]
    days = range(datetime.date(2016, 1, 1).toordinal(), datetime.date(2024, 1, 1).toordinal(), 97)
    return [
        [index.total(of) for of in (*TOTALS, "hidden")],
        [row[1:] for row in rows],
        [
            [(found.path, found.ref) for found in index.articles_beginning(one, 9)]
            for one in ("", "a1", "hh", "w", "\0", "一")
        ],
        [articles.ids_beginning(one, 9) for one in ("", "hh-20", "id", "一", "\0")],
        [(found := articles.find(str(row.ref))) and found.path for row in rows],
        [articles.find(address) for address in ("a\0b", "", "nothing", "nul.jso")],
        addresses(index, entries.event_ids()),
        [addresses(index, entries.event_ids_between(day, day + 60)) for day in days],
        sorted(_sum(entries.event_day_counts()).items()),
        [addresses(index, entries.row_ids(None, newest)) for newest in (True, False)],
        [addresses(index, entries.pane_ranges(pane)) for pane in ("article", "people", "quotes", "timeline")],
        [make_quote_entry(index, row) for row in _rows(entries.pane_ranges("quotes"))[:60]],
        [make_event_entry(index, row) for row in list(entries.event_ids())[:60]],
        [
            sorted(index.persons.person(one).name for one in find_linked_persons(index, row, {}))
            for row in _rows(entries.pane_ranges("quotes"))
        ],
        articles.outlet_counts(),
        sorted(articles.form_counts()),
        [
            [str(articles.article(one).ref) for one in articles.outlet_article_ids(outlet)]
            for outlet, _ in articles.outlet_counts()
        ],
        [[articles.article(first).id, outlet, forms, day] for first, outlet, forms, day in articles.article_facets()],
        sorted(articles.publication_days(), key=str),
        [articles.longest_span(), sorted(articles.non_article_paths()), list(articles.faults())],
        [articles.indexed_stat(row)[0] for row in rows],
    ]


def _rows(ranges: Iterable[range]) -> list[int]:
    return [row for one in ranges for row in one]


def _sum(counted: Iterable[tuple[int, int]]) -> Counter[int]:
    found = Counter[int]()
    for day, number in counted:
        found[day] += number
    return found


@pytest.fixture(scope="module")
def entries_of_files(root: Path) -> list[tuple[Entry, EntryFacts]]:
    """Return every entry of every article, with what it can be searched by, read from the files."""
    found: list[tuple[Entry, EntryFacts]] = []
    for path in sorted([*root.rglob("*.yaml"), *root.rglob("*.json")]):
        if article := load_article(path).article:
            links = Links.of(article)
            entries = [entry for pane in make_panes(article, links).values() for entry in pane]
            about = collect_entry_facts(article, links, entries)
            found += [(entry, about[entry.ref]) for entry in entries]
    return found


@pytest.fixture(scope="module")
def expected(of_own: IndexedLibrary, root: Path) -> dict[str, object]:
    """Return all answers of the index of the reader's own."""
    index = of_own.index
    found: dict[str, object] = {
        "articles": answers_on_articles(index, root),
        "persons": answers_on_persons(index, root),
        "scopes": [answer_of_scope(index, scope) for scope in SCOPES],
        "suggestions": suggestions(index, root),
    }
    for typed in QUERIES:
        found[typed] = found_by(index, typed)
    return found


def found_by(index: Index, typed: str) -> list[list[str]]:
    """Return what a search finds, the newest first and the oldest first, also with the other names of persons."""
    query = parse_search(typed, TODAY)
    more = add_other_names(query, index)
    found = [matches(index, query, oldest_first) for oldest_first in (False, True)]
    return [*found, matches(index, more, False)] if more != query else found


def suggestions(index: Index, root: Path) -> list[object]:
    """Return what is suggested for beginnings of values."""
    library = Library(FolderStore(root, index), index, UserData(root.parent / "state"), Registry())
    found: list[object] = []
    for field, typed in SUGGESTED:
        until(lambda: library.suggestions.find(field, typed) is not None)  # noqa: B023 - asked at once
        found.append(library.suggestions.find(field, typed))
    return found


@pytest.mark.parametrize("typed", QUERIES)
def test_a_search_finds_what_the_matcher_finds_in_all_articles(
    typed: str, expected: dict[str, list[list[str]]], entries_of_files: list[tuple[Entry, EntryFacts]]
) -> None:
    query = parse_search(typed, TODAY)
    found = expected[typed][0]
    assert len(found) == len(set(found))
    every = (entry for entry, about in entries_of_files if match(query, entry, about))
    assert set(found) == {str(entry.ref) for entry in every}


def test_the_questions_have_answers(expected: dict[str, list[list[str]]]) -> None:
    nothing = {typed[:20] for typed in QUERIES if not expected[typed][0]}
    assert nothing == NOTHING
    assert all(expected["suggestions"])


def test_a_search_finds_the_same_in_the_same_order(other: IndexedLibrary, expected: dict[str, object]) -> None:
    assert [typed for typed in QUERIES if found_by(other.index, typed) != expected[typed]] == []


@pytest.mark.parametrize("about", ["articles", "persons"])
def test_articles_and_persons_are_the_same(
    about: str, other: IndexedLibrary, root: Path, expected: dict[str, list[object]]
) -> None:
    answers = answers_on_articles if about == "articles" else answers_on_persons
    for number, (found, wanted) in enumerate(zip(answers(other.index, root), expected[about], strict=True)):
        assert found == wanted, number


def test_a_scope_has_the_same_articles_panes_and_facets(
    other: IndexedLibrary, expected: dict[str, list[object]]
) -> None:
    for scope, wanted in zip(SCOPES, expected["scopes"], strict=True):
        assert answer_of_scope(other.index, scope) == wanted, scope


def test_the_same_is_suggested(other: IndexedLibrary, root: Path, expected: dict[str, object]) -> None:
    assert suggestions(other.index, root) == expected["suggestions"]
