"""With a reader's own decisions, another user's index gives the same answers as an index of the reader's own."""

import datetime
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from indexed_libraries import open_new_index
from shelves import article, written

from dossier.core.dataclasses import dataclass, replace
from dossier.core.decisions import overlay_decisions
from dossier.core.query import Query
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling
from dossier.library.facet_counts import count_facets
from dossier.library.index.connections import Connections
from dossier.library.index.decided_persons import DecidedPersons
from dossier.library.index.person_joiner import digest
from dossier.library.index.persons import PersonReader
from dossier.library.index.reader import Index
from dossier.library.index.sessions import EVERY
from dossier.library.index.spellings import SpellingReader
from dossier.library.index.status import read_status
from dossier.library.index.update import update_index
from dossier.library.person_evidence import add_other_names, collect_evidence
from dossier.library.scope import Scope
from dossier.library.scope_walk import count_persons

TODAY = datetime.date(2026, 11, 29)
KINDS = ("person", "org", "place")
KEYS = {"person": "people", "org": "orgs", "place": "places"}
NAMES = ("Lena Okafor", "L. Okafor", "Elina Vuori", "Ann Roe", "ANN ROE")
IDS = ("okafor", "vuori", "x", "y")
ALIASES = ((), ("L. Okafor",), ("the minister",))
NUMBERS = ("", "", "", "Q1", "Q2")
REGISTRY = Registry(
    (
        RegistryEntry("person", "okafor", "Lena Okafor", ("L. Okafor",), "Q1"),
        RegistryEntry("person", "vuori", "Elina Vuori"),
        RegistryEntry("org", "x", "Ann Roe"),
    )
)


@dataclass(frozen=True)
class Case:
    """A library, by the entries of each article, with what its owner and a reader decided."""

    articles: tuple[tuple[Spelling, ...], ...]
    registry: Registry
    owner: Decisions
    own: Decisions


@st.composite
def cases(draw: st.DrawFn) -> Case:
    entry = st.builds(
        Spelling,
        st.sampled_from(("person", "person", "person", "org", "place")),
        st.sampled_from(IDS),
        st.sampled_from(NAMES),
        st.sampled_from(ALIASES),
        st.sampled_from(NUMBERS),
    )
    entries = st.lists(entry, min_size=1, max_size=4, unique_by=lambda one: (one.kind, one.id)).map(tuple)
    articles = tuple(draw(st.lists(entries, min_size=2, max_size=6)))
    refs = [Ref(f"a{at}", one.kind, one.id) for at, named in enumerate(articles) for one in named]
    ref = st.sampled_from([*refs, GONE, GONE])
    groups = st.lists(st.lists(ref, min_size=2, max_size=3, unique=True).map(tuple), max_size=2).map(tuple)
    pairs = st.lists(st.tuples(ref, ref).filter(lambda pair: pair[0] != pair[1]), max_size=2).map(tuple)
    decided = st.builds(Decisions, groups, pairs)
    registry = draw(st.sampled_from((Registry(), REGISTRY)))
    return Case(articles, registry, draw(decided), draw(decided))


def article_text(at: int, named: Sequence[Spelling]) -> str:
    """Return an article with these entries; each person or organisation with an even place in it is quoted."""
    fields: dict[str, str] = {}
    for kind, key in KEYS.items():
        shown = [
            f"{one.id}: {{name: {one.name}, aliases: [{', '.join(one.names)}]"
            + (f", same_as: {{wikidata: {one.wikidata}}}}}" if one.wikidata else "}")
            for one in named
            if one.kind == kind
        ]
        fields |= {key: f"{{{', '.join(shown)}}}"} if shown else {}
    quoted = [f"{{speaker: {one.kind}/{one.id}, text: every day}}" for one in named[::2] if one.kind != "place"]
    published = f"2023-04-{at % 3 + 1:02}"
    return article("Ferries", "Boats run every day.", published=published, quotes=f"[{', '.join(quoted)}]", **fields)


@contextmanager
def both(case: Case) -> Iterator[tuple[Index, Index]]:
    """Open the index that the owner joined with the reader's decisions over it, and one that the reader joined."""
    with tempfile.TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch:
        root = Path(made) / "library"
        for at, named in enumerate(case.articles):
            written(root, f"a{at}.yaml", article_text(at, named))
        patch.setenv("XDG_CACHE_HOME", str(Path(made) / "owner"))
        update_index(root, registry=case.registry, decisions=case.owner)
        shutil.copytree(Path(made) / "owner", Path(made) / "own")
        shared = Index.open(root)
        patch.setenv("XDG_CACHE_HOME", str(Path(made) / "own"))
        update_index(root, registry=case.registry, decisions=overlay_decisions(case.owner, case.own))
        private = Index.open(root)
        assert shared
        assert private
        shared.decide(case.own)
        yield shared, private
        shared.close()
        private.close()


def answers(index: Index) -> dict[str, object]:
    """Return what an index answers about persons, each of them by all of their entries in place of a number."""
    persons = index.persons
    everybody = list(persons.person_ids())
    who = {one: tuple(persons.entries_of_person(one)) for one in everybody}
    rows = [row for first, end in index.articles.article_ranges() for row in range(first, end)]
    firsts = list(index.articles.article_ids())
    articles = index.articles.fetch(firsts)
    refs = [index.entries.at(row).entry.ref for row in rows]

    def named(numbers: Iterator[int] | Sequence[int]) -> list[object]:
        return [who[number] for number in numbers]

    def counted(some: Sequence[int]) -> list[object]:
        found: list[frozenset[object]] = []
        list(count_persons(index, some, lambda inside: found.append(frozenset(named(list(inside))))))
        return list(found)

    facets = [values for values in count_facets(index, Scope(), iter(firsts)) if values]
    made: dict[str, object] = {
        "person": [(who[one], persons.person(one)[1:]) for one in everybody],
        "ids": [named(persons.person_ids(kind, most)) for kind, most in product(KINDS, (EVERY, 0, 1, 2, 40))],
        "first": [[(who[one.person], *one[1:]) for one in persons.first_by_name(everybody, most)] for most in (2, 40)],
        "in": [named(inside) for inside in persons.person_ids_in(articles)],
        "names_in": [[(kind, name, who[one]) for kind, name, one in names] for names in persons.names_in(articles)],
        "walk": [(first, who[one]) for first, one in persons.person_articles()],
        "at": [None if (one := persons.person_at(row)) is None else who[one] for row in rows],
        "at once": [None if (one := persons.persons_at(rows).get(row)) is None else who[one] for row in rows],
        "of": [None if (one := persons.person_of(ref)) is None else who[one] for ref in refs],
        "articles": [list(persons.article_ids_of_person(ref)) for ref in refs],
        "spelt": [sorted(persons.spellings(one)) for one in everybody],
        "names": [sorted(persons.names(one)) for one in everybody],
        "named": [sorted(named(persons.persons_named(name)), key=repr) for name in (*NAMES, "the minister", "")],
        "with_id": [sorted(named(persons.persons_with_id(*one)), key=repr) for one in product(KINDS, IDS)],
        "entry_ids": [sorted(persons.person_entry_ids(kind)) for kind in KINDS],
        "frequent": [
            list(persons.frequent_names(kind, most, speaking))
            for kind, most, speaking in product(KINDS, (1, 3, 40), (False, True))
        ],
        "beginning": [
            sorted(persons.names_beginning(kind, beginning, 40, speaking))
            for kind, beginning, speaking in product(KINDS, ("", "l", "ann", "the"), (False, True))
        ],
        "counted": [counted(firsts), counted(firsts[:1])],
        "facets": facets,
    }
    spelt: list[Spelling | None] = []
    for row in rows:
        try:
            spelt += persons.spellings_at([row])
        except KeyError:
            spelt.append(None)
    together = persons.spellings_at([row for row, spelling in zip(rows, spelt, strict=True) if spelling])
    assert together == [spelling for spelling in spelt if spelling]
    return made | {"spelling": spelt}


@settings(max_examples=60, deadline=None)
@given(cases())
def test_every_answer_is_that_of_an_index_of_ones_own(case: Case) -> None:
    with both(case) as (shared, private):
        assert answers(shared) == answers(private)
        for ref in _refs(case):
            found = [list(collect_evidence(index, ref, case.registry, case.own, 40)) for index in (shared, private)]
            assert found[0] == found[1]
        typed = parse_search("person:'Ann Roe' or speaker:'L. Okafor'", TODAY)
        queries = [add_other_names(typed, index) for index in (shared, private)]
        assert letters(queries[0]) == letters(queries[1])


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=cases())
def test_every_answer_is_that_of_an_index_of_ones_own_on_a_server(case: Case, request: pytest.FixtureRequest) -> None:
    """The reader's own index is the same one after it was joined by the reader's decisions, too."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / "library"
        for at, named in enumerate(case.articles):
            written(root, f"a{at}.yaml", article_text(at, named))
        with open_new_index("postgresql", root, request, case.registry, case.owner) as library:
            index = library.index
            index.decide(case.own)
            is_decided = isinstance(index.persons, DecidedPersons)
            decided = _all_said(index, case)
            library.update(registry=case.registry, decisions=overlay_decisions(case.owner, case.own))
            index.decide(Decisions())
            assert index.generation
            assert type(index.persons) is PersonReader
            assert decided == _all_said(index, case), is_decided


def _all_said(index: Index, case: Case) -> list[object]:
    evidence = [list(collect_evidence(index, ref, case.registry, case.own, 40)) for ref in _refs(case)]
    typed = parse_search("person:'Ann Roe' or speaker:'L. Okafor'", TODAY)
    return [answers(index), evidence, letters(add_other_names(typed, index))]


def _refs(case: Case) -> list[Ref]:
    return [Ref(f"a{at}", one.kind, one.id) for at, named in enumerate(case.articles) for one in named]


def letters(query: Query) -> list[str]:
    """Return the letters of a query, sorted: they tell what names it asks for, in whatever order."""
    return sorted(repr(query))


GONE = Ref("gone", "person", "x")
LENA = tuple(Spelling("person", f"p{at}", "Lena Okafor") for at in range(4))
A, B, C, D = (Ref(f"a{at}", "person", f"p{at}") for at in range(4))
FOUR = tuple((one,) for one in LENA)


@pytest.mark.parametrize(
    ("owner", "own", "persons"),
    [
        (Decisions(), Decisions(), "ABCD"),
        (Decisions(), Decisions(apart=((B, A),)), "ACD B"),
        (Decisions(apart=((B, A),)), Decisions(), "ACD B"),
        # What the owner decided is taken back, also where that leaves nothing decided about an entry.
        (Decisions(apart=((B, A),)), Decisions(same=((A, B),)), "ABCD"),
        (Decisions(same=((A, B),)), Decisions(apart=((B, A),)), "ACD B"),
        (Decisions(same=((A, B), (B, C))), Decisions(apart=((A, C),)), "BCD A"),
        # Nothing is decided about D any longer.
        (Decisions(same=((A, D), (A, B), (B, C))), Decisions(apart=((A, C),)), "BCD A"),
        # The same as the owner.
        (Decisions(same=((A, B), (B, C))), Decisions(same=((A, C),)), "ABCD"),
        # An entry that is in no article says who is the same and who is not, whoever has decided.
        (Decisions(same=((C, GONE),)), Decisions(apart=((A, GONE),)), "BCD A"),
        (Decisions(apart=((A, GONE),)), Decisions(same=((GONE, C),)), "BCD A"),
        # Nothing there.
        (Decisions(), Decisions(same=((A, GONE),)), "ABCD"),
    ],
)
def test_persons_by_the_decisions_of_owner_and_reader(owner: Decisions, own: Decisions, persons: str) -> None:
    with both(Case(FOUR, Registry(), owner, own)) as indexes:
        for index in indexes:
            groups = [
                "".join(sorted("ABCD"[int(index.entries.at(row).entry.ref.article[1])] for row, _ in entries))
                for entries in map(index.persons.entries_of_person, index.persons.person_ids("person"))
            ]
            assert " ".join(groups) == persons
        assert answers(indexes[0]) == answers(indexes[1])


def test_without_decisions_of_ones_own_the_index_is_read_as_it_is() -> None:
    both_ways = Decisions(same=((A, B), (B, C)), apart=((D, A),))
    for own in (Decisions(), both_ways, Decisions(same=((A, C),)), Decisions(apart=((D, A), (A, D)))):
        with both(Case(FOUR, REGISTRY, both_ways, own)) as (shared, _):
            generation = shared.generation
            shared.decide(own)
            assert type(shared.persons) is PersonReader
            assert shared.generation == generation


def test_a_decision_makes_another_generation_and_writes_nothing() -> None:
    with both(Case(FOUR, Registry(), Decisions(), Decisions())) as (shared, _):
        assert isinstance(shared._sessions, Connections)
        before, path = shared.generation, Path(shared._sessions._name)
        content = path.read_bytes()
        shared.decide(Decisions(apart=((B, A),)))
        assert isinstance(shared.persons, DecidedPersons)
        decided = shared.generation
        shared.decide(Decisions())
        assert len({before, decided, shared.generation}) == 3
        assert path.read_bytes() == content


def test_a_long_name_is_found_whoever_decided() -> None:
    long = "x" * 3_000
    named = tuple((one._replace(names=(long,)),) for one in LENA)
    with both(Case(named, Registry(), Decisions(), Decisions(apart=((B, A),)))) as indexes:
        for index in indexes:
            assert len(index.persons.persons_named(long)) == 2
            assert len(index.persons.names_beginning("person", long, 9)) == 2


def test_only_what_a_decision_may_change_is_joined_anew() -> None:
    others = tuple((Spelling("person", f"x{at}", f"Name {at}"),) for at in range(20))
    with both(Case((*FOUR, *others), Registry(), Decisions(), Decisions(apart=((B, A),)))) as (shared, _):
        assert isinstance(shared.persons, DecidedPersons)
        assert len(shared.persons.changes.replaced) == 1
        assert len(shared.persons.changes.persons) == 2


def test_unknown_persons_rows_and_addresses_are_not_found() -> None:
    with both(Case(FOUR, Registry(), Decisions(), Decisions(apart=((B, A),)))) as (shared, _):
        persons = shared.persons
        assert isinstance(persons, DecidedPersons)
        with pytest.raises(KeyError):
            persons.person(99)
        assert persons.first_by_name([99], 5) == []
        with pytest.raises(KeyError):
            persons.spellings_at([-1])
        assert persons.person_at(-1) is None
        assert persons.person_of(Ref("a0", "person", "nobody")) is None
        assert list(persons.article_ids_of_person(Ref("a0", "person", "nobody"))) == []
        # The owner takes back what this reader has decided about.
        shared.decide(Decisions())
        assert [who.articles for who in map(shared.persons.person, shared.persons.person_ids("person"))] == [4]


def test_the_index_has_the_registry_and_decisions_it_was_joined_by() -> None:
    decisions = Decisions(same=((A, B),), apart=((C, A),))
    team = Registry(REGISTRY.entries, decisions=Decisions(same=((C, D),)))
    with both(Case(FOUR, team, decisions, Decisions())) as (shared, _):
        joined = SpellingReader(shared._sessions).joined()
        assert joined == replace(team, decisions=Decisions(((C, D), (A, B)), ((C, A),)))


def test_decisions_hold_over_the_registry_as_it_was(tmp_path: Path) -> None:
    for at, named in enumerate(FOUR):
        written(tmp_path, f"a{at}.yaml", article_text(at, named))
    old, new = Registry(), Registry((RegistryEntry("person", "p0", "Lena Okafor"),))
    update_index(tmp_path, registry=old)
    said = read_status(tmp_path, digest(new, Decisions()), digest(new, Decisions()))
    assert (said.has_older_registry, said.is_whole) == (True, False)
    assert not read_status(tmp_path, digest(old, Decisions()), digest(old, Decisions())).has_older_registry
    update_index(tmp_path, registry=new)
    assert not read_status(tmp_path, digest(new, Decisions()), digest(new, Decisions())).has_older_registry
