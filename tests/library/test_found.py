"""The law of the library: what the index proposes and the matcher confirms is what the matcher alone finds."""

import datetime
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexed_libraries import KINDS, open_new_index

from dossier.core.links import Links
from dossier.core.matcher import match
from dossier.core.query import Query
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.core.views.search_fields import collect_entry_facts
from dossier.library import candidate_rows
from dossier.library.index.reader import Index
from dossier.library.scope import Pin, Scope
from dossier.library.scope_search import find_matches, find_scope_articles
from dossier.loader.article import load_article

TODAY = datetime.date(2026, 11, 23)
WORDS = (
    *(
        "ferry",
        "Ferry",
        "toll",
        "pact",
        "pacts",
        "the",
        "they",
        "NATO",
        "élan",
        "elan",
        "Straße",
        "3.5",
        "e-mail",
        "O’Neil",
        "U.S.",
        "US",
        "email",
    ),
    *("나토는", "한국", "미사일", "北朝鮮", "ミサイル", "ต้นไม้", "naïve", "ﬁne", "sø", "so", "Winter", "included", "x"),
    *("القاهرة", "قاهرة", "وبالقاهرة", "أحمد", "وأحمد", "ولد", "ושבבית", "בבית", "בית"),
)
PEOPLE = (
    "Lena Okafor",
    "{name: Yoon Suk Yeol, native: 윤석열}",
    "{name: Han Seo-jin, aliases: [the head]}",
    "{name: José Ibáñez, role: head, org: paa}",
)
OUTLETS = ("Harbour Herald", "Arlen Courier", "조선일보")
DATES = ("2021-03-14", "2022", "2022-11", "2022-12~", "2023-01-29", "2017-11/..", "../2017", "2022-06-29/2022-06-30")


def number_of_matches(index: Index, query: Query, first: int) -> int:
    """How many entries of an article match, without the index's having proposed any."""
    entries = index.entries.of_article(index.articles.article(first))
    return sum(match(query, stored.entry, stored.about) is not None for stored in entries)


def article(number: int, chance: random.Random) -> str:
    """Return an article of words that occur in queries, so that most queries find something."""

    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    said = [words(5) for _ in range(4)]
    people = chance.sample(PEOPLE, 3)
    lines = [
        f"id: a{number}",
        f"headline: {words(4)}",
        f"outlet: {chance.choice(OUTLETS)}",
        *([f"published: {chance.choice(DATES)}"] if number % 5 else []),
        f"section: [{words(1)}, National]",
        f"lang: {chance.choice(('en', 'ko', 'de', 'de-AT'))}",
        f"keywords: [{words(2)}]",
        "byline: [Ida Brandt]",
        "body:",
        *(f"  - '{words(9)} “{one}” said Lena Okafor and Yoon Suk Yeol. {words(6)}'" for one in said),
        "people:",
        *(f"  p{at}: {one}" for at, one in enumerate(people)),
        "orgs: {paa: {name: Port Authority, aliases: [PAA]}}",
        "quotes:",
        *(f"  - {{speaker: p{at % 3}, text: '{one}', form: direct}}" for at, one in enumerate(said[:3])),
        f"  - {{speaker_text: an official, form: indirect, text: '{said[3]}'}}",
        "timeline:",
        f"  - {{date: {chance.choice(DATES)}, what: '{words(4)}', people: [p0], status: planned}}",
        f"  - {{date_text: one day, what: '{words(3)}'}}",
    ]
    return "\n".join(lines)


@pytest.fixture(scope="module", params=KINDS)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Path]]:
    root = tmp_path_factory.mktemp("library")
    chance = random.Random(4)
    for number in range(60):
        (root / f"{number:02}.yaml").write_text(article(number, chance), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with open_new_index(request.param, root, request) as made:
            yield made.index, root


@cache
def loaded(path: Path) -> tuple[tuple[object, object], ...]:
    found = load_article(path).article
    assert found
    links = Links.of(found)
    entries = [entry for pane in make_panes(found, links).values() for entry in pane]
    about = collect_entry_facts(found, links, entries)
    return tuple((entry, about[entry.ref]) for entry in entries)


def without_index(root: Path, query: Query) -> set[Ref]:
    every = (pair for path in sorted(root.glob("*.yaml")) for pair in loaded(path))
    return {entry.ref for entry, about in every if match(query, entry, about)}  # type: ignore[attr-defined, arg-type]


@cache
def ref_at(index: Index, row: int) -> Ref:
    """Return the address of the entry in this row.

    Results are cached, since the index does not change and the tests ask for the same rows again and again.
    """
    return index.entries.at(row).entry.ref


def with_index(index: Index, query: Query) -> list[Ref]:
    return [ref_at(index, row) for found in find_matches(index, query) if found for row in found[1]]


FIELDS = st.sampled_from(
    [
        *("speaker:", "person:", "org:", "outlet:", "section:", "lang:", "form:", "status:", "keyword:", "byline:"),
        *("place:", "-", "-speaker:", "outlet:-", "about:", "about:", "-about:"),
    ]
)
WORD = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).flatmap(lambda word: st.integers(1, len(word)).map(lambda size: word[:size])),
    st.sampled_from(
        ("lena", "okafor", "윤석열", "윤", "석", "yoon", "head", "direct", "ko", "herald", "조선", "planned")
    ),
)
PHRASE = st.lists(WORD, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
TIME = st.sampled_from(
    [
        *(
            "date:2022",
            "published:2022-11..2023-01",
            "event:2017..",
            "event:..2017",
            "published:2021",
            "date:last-month",
        ),
        *("published:..2022-06", "event:2022-06-30", "in:quotes", "in:people", "in:headline", "in:body", "in:timeline"),
    ]
)
LEAF = st.one_of(WORD, PHRASE, TIME, st.tuples(FIELDS, st.one_of(WORD, PHRASE)).map("".join))
TYPED = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        st.tuples(WORD, WORD).map(" NEAR ".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-({text})"),
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("part", range(4))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(typed=TYPED)
def test_with_and_without_the_index_the_same_is_found(typed: str, library: tuple[Index, Path], part: int) -> None:
    """Four hundred queries, in parts, so that several processes can share them."""
    index, root = library
    query = parse_search(typed, TODAY)
    if query.root is None:
        return
    found = with_index(index, query)
    assert len(found) == len(set(found))
    assert set(found) == without_index(root, query)


SAID = st.tuples(
    st.sampled_from(
        ("speaker:lena ", "speaker:yoon ", "(speaker:lena OR speaker:han) ", "about:", "-speaker:lena about:")
    ),
    st.one_of(
        WORD, PHRASE, st.tuples(WORD, WORD).map(" NEAR ".join), st.tuples(WORD, WORD).map("({0[0]} OR {0[1]})".format)
    ),
    st.sampled_from(
        ("", " -ferry", " form:direct", " in:quotes", " about:x", " published:2022", " outlet:herald", " US")
    ),
).map("".join)


@pytest.mark.parametrize("part", range(4))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(typed=SAID, oldest_first=st.booleans())
def test_what_somebody_said_is_the_same_with_and_without_the_index(
    typed: str, oldest_first: bool, library: tuple[Index, Path], part: int
) -> None:
    """Two hundred queries that reach the paragraphs around quotes, with the places of their hits."""
    index, root = library
    query = parse_search(typed, TODAY)
    rows = [row for found in find_matches(index, query, oldest_first) if found for row in found[1]]
    stored = {index.entries.at(row).entry.ref: index.entries.at(row) for row in rows}
    assert len(stored) == len(rows)
    found = {ref: match(query, one.entry, one.about) for ref, one in stored.items()}
    every = (pair for path in sorted(root.glob("*.yaml")) for pair in loaded(path))
    hits = (match(query, entry, about) for entry, about in every)  # type: ignore[arg-type]
    assert found == {hit.ref: hit for hit in hits if hit}
    for hit in found.values():
        for passage in hit.passages if hit else ():
            assert all(passage.text[start:end].strip() for start, end in passage.spans)


UNFINISHED = st.tuples(
    st.sampled_from(("", "ferry ", "about:", "speaker:lena ", "outlet:herald about:", "published:2022 ", '"a b" OR ')),
    st.lists(WORD, min_size=1, max_size=2),
    WORD.map(lambda word: word[:2]),
).map(lambda parts: f'{parts[0]}"{" ".join((*parts[1], parts[2]))}')


@pytest.mark.parametrize("part", range(2))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(typed=UNFINISHED, oldest_first=st.booleans(), few=st.sampled_from((0, 3, 64)))
def test_an_unfinished_phrase_is_the_same_with_and_without_the_index(
    typed: str, oldest_first: bool, few: int, library: tuple[Index, Path], part: int
) -> None:
    """A hundred phrases that end in a short word, with the rows that the index proposes at first, or later."""
    index, root = library
    query = parse_search(typed, TODAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidate_rows, "_FEW", few)
        rows = [row for found in find_matches(index, query, oldest_first) if found for row in found[1]]
    assert len(set(rows)) == len(rows)
    assert {index.entries.at(row).entry.ref for row in rows} == without_index(root, query)


@pytest.mark.parametrize(
    "typed",
    ["ferry", "나토", "speaker:lena toll", "about:toll", "outlet:herald", "published:2022", "in:quotes x"],
)
@pytest.mark.parametrize("oldest_first", [False, True])
def test_articles_come_by_their_date_and_each_once(typed: str, oldest_first: bool, library: tuple[Index, Path]) -> None:
    index, _ = library
    query = parse_search(typed, TODAY)
    found = [one for one in find_scope_articles(index, Scope(query), oldest_first) if one]
    firsts = [one.first for one in found]
    assert firsts
    assert firsts == sorted(set(firsts), reverse=not oldest_first)
    assert [len(one.rows) for one in found] == [number_of_matches(index, query, one.first) for one in found]


def test_pins_keep_and_exclude(library: tuple[Index, Path]) -> None:
    index, _ = library
    every = {index.articles.article(found.first).outlet for found in find_scope_articles(index, Scope()) if found}
    kept = {
        index.articles.article(found.first).outlet
        for found in find_scope_articles(index, Scope(pins=(Pin("outlet", "Harbour Herald", excluded=True),)))
        if found
    }
    assert kept == every - {"Harbour Herald"}
    years = Scope(pins=(Pin("year", "2022"),))
    dated = {index.articles.article(found.first).published for found in find_scope_articles(index, years) if found}
    assert dated
    assert all(one.startswith("2022") for one in dated)


def test_a_pinned_person_is_the_same_in_every_article(library: tuple[Index, Path]) -> None:
    index, root = library
    first = next(one for one in find_scope_articles(index, Scope(parse_search("in:people lena", TODAY))) if one)
    entries = index.entries.of_article(index.articles.article(first.first))
    lena = next(stored.entry.ref for stored in entries if stored.entry.parts[0].text == "Lena Okafor")
    found = {one.first for one in find_scope_articles(index, Scope(pins=(Pin("person", "Lena Okafor", lena),))) if one}
    having = {path.stem for path in root.glob("*.yaml") if ": Lena Okafor" in path.read_text("utf-8")}
    assert {Path(index.articles.article(one).path).stem for one in found} == having
