"""What only a whole library shows: ids borne twice, two spellings, a registry that an article contradicts."""

from collections.abc import Iterable

import pytest

from dossier.core.problem import Problem
from dossier.core.registry import Registry, RegistryEntry, Spelling
from dossier.library.library_checks import (
    ArticleFacts,
    FilePlace,
    collect_facts,
    find_differing_spellings,
    find_duplicate_articles,
    find_registry_contradictions,
    find_second_registries,
)
from dossier.loader.article import parse_article

REGISTRY = Registry(
    (
        RegistryEntry("person", "okafor", "Lena Okafor", ("L. Okafor",), "Q1", 7),
        RegistryEntry("person", "vuori", "Elina Vuori", (), "", 8),
        RegistryEntry("org", "paa", "PAA", (), "Q2", 12),
    )
)


def person(id: str, name: str, *names: str, wikidata: str = "") -> Spelling:
    return Spelling("person", id, name, names, wikidata)


def at(problems: Iterable[Problem]) -> list[str]:
    return [f"{one.path}:{one.line} {one.code}" for one in problems]


def test_facts() -> None:
    text = """\
headline: Ferry
id: ferry
body: Lena Okafor met the PAA in Arlen.
people:
  okafor: {name: Lena Okafor, native: 레나, aliases: [the minister], same_as: {viaf: 5, wikidata: Q1}}
orgs: {paa: PAA}
places:
  arlen: Arlen
"""
    article = parse_article(text.encode(), "ferry.yaml").article
    assert article is not None
    assert collect_facts(article) == ArticleFacts(
        "ferry",
        FilePlace("ferry.yaml", 2),
        (
            (Spelling("person", "okafor", "Lena Okafor", ("레나", "the minister"), "Q1"), FilePlace("ferry.yaml", 5)),
            (Spelling("org", "paa", "PAA"), FilePlace("ferry.yaml", 6)),
            (Spelling("place", "arlen", "Arlen"), FilePlace("ferry.yaml", 8)),
        ),
    )


def test_an_article_without_an_id_has_that_of_its_file() -> None:
    article = parse_article(b"headline: Ferry\nbody: It runs.\n", "some/ferry.yaml").article
    assert article is not None
    assert collect_facts(article) == ArticleFacts("ferry", FilePlace("some/ferry.yaml", 1), ())


def test_an_id_that_several_articles_bear() -> None:
    places = {"a": [FilePlace("a.yaml", 1)], "same": [FilePlace("b.yaml", 3), FilePlace("c/b.yaml", 1)]}
    first, second = find_duplicate_articles(places)
    assert at([first, second]) == ["b.yaml:3 duplicate-article", "c/b.yaml:1 duplicate-article"]
    assert first.message == (
        "the id 'same' is also used by c/b.yaml: each is addressed by its path until the ids differ"
    )
    assert "by b.yaml:" in second.message


def test_not_all_of_many_files_are_named() -> None:
    found = [*find_duplicate_articles({"same": [FilePlace(f"{number}.yaml", 1) for number in range(9)]})]
    assert len(found) == 9
    assert "by 0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml and 3 more" in found[8].message


@pytest.mark.parametrize(
    ("bearer", "message"),
    [
        (person("okafor", "Lena Okafor"), ""),
        (person("okafor", "Lena Okafor", wikidata="Q1"), ""),
        (person("okafor", "Max Okafor", wikidata="Q9"), ""),
        (person("other", "Lena Okafor", wikidata="Q9"), ""),
        (person("vuori", "Elina Vuori", wikidata="Q9"), ""),
        (
            person("okafor", "Lena", "L. Okafor", wikidata="Q9"),
            "okafor has Q9, but okafor in the registry (r.yaml:7) has Q1: one of the numbers is wrong",
        ),
        (
            person("vuori", "Elina Vuori", wikidata="Q1"),
            "vuori has Q1, but vuori in the registry (r.yaml:8) has no wikidata number, and okafor has Q1: one of the"
            " numbers is wrong",
        ),
        (Spelling("org", "okafor", "Lena Okafor", (), "Q9"), ""),
        (Spelling("org", "vuori", "Elina Vuori", (), "Q1"), ""),
    ],
)
def test_a_registry_that_is_contradicted(bearer: Spelling, message: str) -> None:
    facts = ArticleFacts("a", FilePlace("a.yaml", 1), ((bearer, FilePlace("a.yaml", 5)),))
    found = [*find_registry_contradictions(facts, REGISTRY, "r.yaml")]
    assert at(found) == (["a.yaml:5 registry-contradicted"] if message else [])
    assert [one.message for one in found] == ([message] if message else [])


def test_a_second_registry() -> None:
    assert [*find_second_registries([])] == [*find_second_registries(["r.yaml"])] == []
    (found,) = find_second_registries(["r.yaml", "s/r.yaml"])
    assert str(found) == (
        "s/r.yaml:1:1: error: the library already has a registry, r.yaml; this one is not used: merge the two"
        " [second-registry]"
    )


@pytest.mark.parametrize(
    ("bearers", "found"),
    [
        # confirmed by the number, by the registry
        (
            [person("a", "Ann Roe", wikidata="Q5"), person("b", "Anne Roe", wikidata="Q5")],
            ["1: 'Anne Roe' 'Ann Roe' 0"],
        ),
        (
            [person("vuori", "E Vuori", "Elina Vuori"), person("vuori", "Elina Vuori"), person("vuori", "Elina Vuori")],
            [],
        ),
        (
            [person("okafor", "Lena Okafer", wikidata="Q1"), person("okafor", "L. Okafor")],
            ["0: 'Lena Okafer' 'L. Okafor' 1"],
        ),
        # accents and case are spelling; white space is not
        ([person("a", "José", wikidata="Q5"), person("b", "Jose", wikidata="Q5")], ["1: 'Jose' 'José' 0"]),
        ([person("a", "Ann  Roe", wikidata="Q5"), person("b", "Ann Roe", wikidata="Q5")], []),
        # one is an alias of the other, or both are names of the registry's; an alias that both have says nothing
        ([person("a", "Ann Roe", "A. Roe", wikidata="Q5"), person("b", "A. Roe", wikidata="Q5")], []),
        ([person("a", "A. Roe", wikidata="Q5"), person("b", "Ann Roe", "A. Roe", wikidata="Q5")], []),
        ([person("okafor", "L. Okafor"), person("okafor", "Lena Okafor")], []),
        (
            [person("a", "Ann Roe", "the head", wikidata="Q5"), person("b", "Anne Roe", "the head", wikidata="Q5")],
            ["1: 'Anne Roe' 'Ann Roe' 0"],
        ),
        # by way of a third
        (
            [
                person("a", "Ann Roe", wikidata="Q5"),
                person("b", "Anna Roe", wikidata="Q5"),
                person("c", "A. Roe", "Ann Roe", "Anna Roe", wikidata="Q5"),
                person("d", "Roe", wikidata="Q5"),
            ],
            ["3: 'Roe' 'Ann Roe' 0"],
        ),
        # not confirmed
        ([person("a", "José"), person("b", "Jose")], []),
        ([person("a", "Ann Roe", wikidata="Q5"), person("b", "ann roe")], []),
        ([person("a", "Ann Roe", wikidata="Q5"), Spelling("org", "b", "Roe", (), "Q5")], []),
    ],
)
def test_one_person_in_two_spellings(bearers: list[Spelling], found: list[str]) -> None:
    first = {bearer: FilePlace(f"{number}.yaml", number + 1) for number, bearer in enumerate(bearers)}
    told = [*find_differing_spellings(first, REGISTRY)]
    assert {one.code for one in told} <= {"two-spellings"}
    short = [f"{one.path[0]}: {one.message.partition(' in ')[0].replace('is called ', '')}" for one in told]
    others = [one.message.partition(" in ")[2].partition(".yaml:")[0] for one in told]
    assert [f"{one} {other}" for one, other in zip(short, others, strict=True)] == found


def test_the_words_for_two_spellings() -> None:
    first = {
        person("okafor", "Lena Okafer", wikidata="Q1"): FilePlace("a.yaml", 3),
        person("okafor", "Lena Okafor"): FilePlace("b.yaml", 4),
        person("x", "Ann Roe", wikidata="Q5"): FilePlace("c.yaml", 5),
        person("x", "Ann Row", wikidata="Q5"): FilePlace("d.yaml", 6),
    }
    assert [str(one) for one in find_differing_spellings(first, REGISTRY)] == [
        "a.yaml:3:1: warning: 'Lena Okafer' is called 'Lena Okafor' in b.yaml:4 (okafor in the registry): if both are"
        " right, add one to the aliases of the other [two-spellings]",
        "d.yaml:6:1: warning: 'Ann Row' is called 'Ann Roe' in c.yaml:5 (wikidata Q5): if both are right, add one to"
        " the aliases of the other [two-spellings]",
    ]
