"""Tests that the user's decisions as a registry are read back as they were meant."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.identity import Decisions, group_spellings
from dossier.core.ref import Ref, parse_ref
from dossier.core.registry import Registry, RegistryEntry, Spelling
from dossier.export.registry_yaml import format_registry
from dossier.loader.fields import clean_text, says_nothing
from dossier.loader.registry_file import parse_registry

A, B, C, D = (f"{name}#person/x" for name in "abcd")


def person(id: str, name: str, alone: str = "", wikidata: str = "", names: tuple[str, ...] = ()) -> Spelling:
    return Spelling("person", id, name, names, wikidata, alone)


def decisions(same: Iterable[Sequence[str]] = (), apart: Iterable[tuple[str, str]] = ()) -> Decisions:
    return Decisions(
        tuple(tuple(map(parse_ref, refs)) for refs in same),
        tuple((parse_ref(one), parse_ref(other)) for one, other in apart),
    )


HEAD = (
    "# Who is the same person or organisation across the articles of this library, as a reader decided.\nregistry: 1\n"
)


@pytest.mark.parametrize(
    ("bearers", "said", "text"),
    [
        ([], decisions(), ""),
        (
            [
                person("okafor", "Lena Okafor", A, "Q1", ("the minister",)),
                person("okafor", "L. Okafor", B),
                Spelling("org", "paa", "PAA", decided_ref="a#org/paa"),
                Spelling("org", "paa", "Port: Authority", decided_ref="b#org/paa"),
                person("reyes", "Tom Reyes"),
            ],
            decisions([(A, B), ("a#org/paa", "b#org/paa")]),
            "people:\n  okafor: {name: Lena Okafor, aliases: [L. Okafor], same_as: {wikidata: Q1}}\n"
            'orgs:\n  paa: {name: PAA, aliases: ["Port: Authority"]}\n',
        ),
        # two numbers, two ids
        (
            [person("a", "Ann Roe", A, "Q1"), person("a", "Ann Roe", B, "Q2")],
            decisions([(A, B)]),
            "people:\n"
            "  # b#person/x (Ann Roe) is the same, but has the id a and the number Q2:"
            " in that file, write a: {name: Ann Roe, same_as: {wikidata: Q1}}\n"
            "  a: {name: Ann Roe, same_as: {wikidata: Q1}}\n",
        ),
        # what a registry cannot say
        (
            [
                person("reyes", "Tom Reyes", A),
                person("reyes", "Tom Reyes", B),
                person("reyes", "Tom Reyes", C),
                Spelling("place", "arlen", "Arlen", decided_ref="a#place/arlen"),
                Spelling("place", "arlen", "Port Arlen", decided_ref="b#place/arlen"),
            ],
            decisions([(A, B), ("a#place/arlen", "b#place/arlen"), (D, "e#org/x")], [(C, A), (C, D)]),
            "people:\n  reyes: {name: Tom Reyes}\n"
            "# Decisions that a registry cannot express:\n"
            "# - a#place/arlen (Arlen), b#place/arlen (Port Arlen) are the same\n"
            "# - d#person/x, e#org/x are the same\n"
            "# - c#person/x (Tom Reyes) is not a#person/x (Tom Reyes); by id and name both are reyes here: give one of"
            " them another id\n"
            "# - c#person/x (Tom Reyes) is not d#person/x\n",
        ),
    ],
)
def test_registry_yaml(bearers: list[Spelling], said: Decisions, text: str) -> None:
    made = format_registry(bearers, Registry(), said)
    assert parse_registry(made.encode(), "registry.yaml").problems == ()
    assert made == HEAD + text


def test_it_can_be_put_in_the_place_of_the_registry_before() -> None:
    before = Registry(
        (
            RegistryEntry("org", "paa", "PAA", ("Port Authority",)),
            RegistryEntry("person", "vuori", "Elina Vuori", ("E. Vuori",), "Q9", native="Вуори"),
            RegistryEntry("person", "Bad id", "Never read"),
            RegistryEntry("person", "roe", "Ann Roe", ("A. Roe",)),
        )
    )
    bearers = [person("vuori", "Elina Vuori", A), person("v", "Elina Aalto", B)]
    bearers += [person("roe", "Amy Roe", C), person("amy", "A. Roe", D)]
    text = format_registry(bearers, before, decisions([(A, B), (C, D)]))
    assert parse_registry(text.encode(), "registry.yaml").problems == ()
    assert text == (
        "# Who is the same person or organisation across the articles of this library, as a reader decided.\n"
        "# This includes the entries of the old registry, without its comments, notes and unknown keys.\n"
        "registry: 1\n"
        "people:\n"
        "  # b#person/x (Elina Aalto) is the same, but has the id v:"
        " in that file, write vuori: {name: Elina Aalto, same_as: {wikidata: Q9}}\n"
        "  vuori: {name: Elina Vuori, native: Вуори, aliases: [E. Vuori, Elina Aalto], same_as: {wikidata: Q9}}\n"
        "  roe: {name: Ann Roe, aliases: [A. Roe]}\n"
        "  # c#person/x (Amy Roe) is the same, but has the id roe: in that file, write amy: {name: Amy Roe}\n"
        "  # d#person/x (A. Roe) is the same, but has the id amy:"
        " in that file, write amy: {name: A. Roe, aliases: [Amy Roe]}\n"
        "  amy: {name: Amy Roe}\n"
        "orgs:\n"
        "  paa: {name: PAA, aliases: [Port Authority]}\n"
    )


def test_two_with_one_id_are_two_entries() -> None:
    bearers = [person("roe", "Ann Roe", A), person("roe", "A. Roe", B), person("roe", "Amy Roe", C)]
    bearers.append(person("roe", "A. Roe", D))
    made = format_registry(bearers, Registry(), decisions([(A, B), (C, D)], [(A, C)]))
    entries = parse_registry(made.encode(), "r.yaml").registry.entries
    assert [(one.id, one.name, one.aliases) for one in entries] == [("roe", "Ann Roe", ()), ("person-1", "Amy Roe", ())]
    assert made.count("# ") > 3


def test_with_the_registry_the_same_are_joined_as_before() -> None:
    bearers = [
        person("okafor", "Lena Okafor", A),
        person("okafor", "L. Okafor", B),
        person("han", "Han Seo-jin", C, "Q5"),
        person("head", "Han", D, "Q5"),
    ]
    said = decisions([(A, B), (C, D)])
    registry = parse_registry(format_registry(bearers, Registry(), said).encode(), "r.yaml").registry
    before, after = group_spellings(bearers, Registry(), said), group_spellings(bearers, registry, Decisions())
    assert [group.parts for group in before] == [group.parts for group in after] == [((0, 1),), ((2, 3),)]


# A name that says nothing, such as "-", is reported wherever it stands.
TEXTS = st.text(max_size=12).map(clean_text).filter(lambda text: text and not says_nothing(text)) | st.sampled_from(
    ["null", "No", "~", "- a", "a: b", "a #b", "'x"]
)
BEARERS = st.lists(
    st.builds(
        Spelling,
        st.sampled_from(["person", "org", "place"]),
        st.sampled_from(["a", "b-1", "~1"]),
        TEXTS,
        st.just(()),
        st.just("") | TEXTS,
    ),
    min_size=2,
    max_size=6,
)


@given(BEARERS, st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=3), max_size=3))
def test_whatever_they_are_called_it_is_read_back(bearers: list[Spelling], same: list[list[int]]) -> None:
    named = [one._replace(decided_ref=str(Ref(str(at), one.kind, "x"))) for at, one in enumerate(bearers)]
    said = Decisions(
        tuple(tuple(parse_ref(named[at % len(named)].decided_ref) for at in group) for group in same),
    )
    text = format_registry(named, Registry(), said)
    loaded = parse_registry(text.encode(), "registry.yaml")
    assert loaded.problems == ()
    names = {one.name for one in named}
    assert all(one.name in names and {*one.aliases} <= names for one in loaded.registry.entries)


def test_the_place_of_the_shared_index_is_kept() -> None:
    text = format_registry([], Registry((), "~/indexes: all/news.sqlite"), decisions())
    assert parse_registry(text.encode(), "r.yaml").registry.index == "~/indexes: all/news.sqlite"
