"""Which spellings of people join across articles, which never do, and that the order of spellings does not matter."""

import random
from collections.abc import Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.identity import Grouping, IdentityGroup, explain_member, group_spellings, is_known_by_name_only
from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling

OKAFOR = RegistryEntry("person", "okafor", "Lena Okafor", ("L. Okafor",), "Q1")
VUORI = RegistryEntry("person", "vuori", "Elina Vuori", ("E. Vuori",), native="Вуори")
PAA = RegistryEntry("org", "paa", "Port Authority of Arlen", ("PAA",))
REGISTRY = Registry((OKAFOR, VUORI, PAA))


def person(id: str, name: str, *names: str, wikidata: str = "", alone: str = "") -> Spelling:
    return Spelling("person", id, name, names, wikidata, alone)


def decisions(same: Iterable[str] = (), apart: Iterable[str] = ()) -> Decisions:
    """Return decisions from addresses separated by spaces.

    All addresses of a text of `same` are the same; the first of a text of `apart` is apart from the second.
    """
    pairs = [tuple(map(parse_ref, text.split())) for text in apart]
    return Decisions(tuple(tuple(map(parse_ref, text.split())) for text in same), tuple((a, b) for a, b in pairs))


def shape(groups: Iterable[IdentityGroup]) -> str:
    """Return the groups as digits, with + between their parts."""
    return " ".join("+".join("".join(map(str, part)) for part in group.parts) for group in groups)


REYES, OTHER = person("reyes", "Tom Reyes"), person("tom", "Tom Reyes", "Tommy")
Q5, Q6 = person("reyes", "Tom Reyes", wikidata="Q5"), person("reyes", "Tom Reyes", wikidata="Q6")


@pytest.mark.parametrize(
    ("spellings", "made"),
    [
        # the same number, whatever the names and ids
        ([person("a", "Lena Okafor", wikidata="Q9"), person("b", "Lena Roe", wikidata="Q9")], "01"),
        # one entry of the registry: by number and by id with a name, an alias, a native name
        ([person("x", "Lena", wikidata="Q1"), person("okafor", "L. Okafor")], "01"),
        ([person("vuori", "Elina Vuori"), person("vuori", "Vuori", "E. Vuori"), person("vuori", "ВУОРИ")], "012"),
        ([person("okafor", "Lena Okafor"), person("okafor", "Max Okafor")], "0 1"),
        ([person("okafor", "L. Okafor"), person("okafor", "Lena Okafor", wikidata="Q2")], "0 1"),
        # the same number as another entry of the registry has
        ([person("vuori", "Elina Vuori", wikidata="Q1"), person("okafor", "Lena Okafor")], "01"),
        # an entry without a number, and two who have different ones
        (
            [
                person("vuori", "Elina Vuori", wikidata="Q7"),
                person("vuori", "E. Vuori", wikidata="Q8"),
                person("vuori", "Elina Vuori"),
                person("vuori", "E. Vuori", "Elina Vuori"),
            ],
            "0 1 23",
        ),
        # the full name alone, folded
        ([REYES, OTHER], "0+1"),
        ([person("a", "José  Ibáñez"), person("b", "jose ibanez")], "0+1"),
        ([person("a", "Han Seo-jin", "한서진"), person("b", "한서진"), person("c", "Han", "Han Seo-jin")], "0 1 2"),
        ([person("a", "\u200b"), person("b", "\u200b")], "0 1"),
        # a name, and a confirmed pair
        ([Q5, OTHER, Q5._replace(id="t")], "02+1"),
        # a name that two different people bear, by number, by registry
        ([Q5, Q6, OTHER, REYES], "0 1 2 3"),
        ([person("okafor", "E. Vuori", "Lena Okafor"), person("vuori", "E. Vuori"), person("x", "E. Vuori")], "0 1 2"),
        # a chain of names between two different people
        (
            [
                person("a", "Ann Roe", wikidata="Q5"),
                person("vuori", "Ann Roe", "E. Vuori"),
                person("vuori", "Elina Vuori"),
                person("c", "Elina Vuori", wikidata="Q6"),
                person("d", "Ann Roe"),
            ],
            "0 12 3 4",
        ),
        # kinds
        ([REYES, Spelling("org", "reyes", "Tom Reyes"), Spelling("place", "reyes", "Tom Reyes")], "0 1 2"),
        ([Spelling("org", "a", "A", (), "Q1"), person("b", "B", wikidata="Q1")], "0 1"),
        ([Spelling("place", "a", "Port Arlen"), Spelling("place", "b", "Port  Arlen")], "0+1"),
        ([Spelling("place", "a", "A", (), "Q1"), Spelling("place", "b", "B", (), "Q1")], "01"),
        ([], ""),
    ],
)
def test_without_decisions(spellings: Sequence[Spelling], made: str) -> None:
    assert shape(group_spellings(spellings, REGISTRY, Decisions())) == made


def test_a_name_that_the_registry_has_twice_joins_nobody() -> None:
    twice = Registry((RegistryEntry("person", "one", "Tom Reyes"), RegistryEntry("person", "two", "Tom Reyes")))
    assert shape(group_spellings([REYES, OTHER], twice, Decisions())) == "0 1"


A, B, C, GONE = (f"{name}#person/x" for name in ("a", "b", "c", "gone"))
ALONE = [REYES._replace(decided_ref=A), REYES._replace(decided_ref=B), REYES._replace(decided_ref=C), OTHER]
NUMBERED = [Q5._replace(decided_ref=A), Q5._replace(decided_ref=B), Q5._replace(decided_ref=C), Q5]


@pytest.mark.parametrize(
    ("spellings", "same", "apart", "made"),
    [
        # confirmed
        (ALONE, [f"{A} {B}"], [], "01+2+3"),
        ([Q5._replace(decided_ref=A), Q6._replace(decided_ref=B), Q5, Q6], [f"{A} {B}"], [], "0123"),
        ([Q5._replace(decided_ref=A), person("m", "Max Roe", alone=B)], [f"{A} {B}"], [], "01"),
        ([Spelling("org", "x", "X", decided_ref=A), person("x", "X", alone=B)], [f"{A} {B}"], [], "0 1"),
        (ALONE, [f"{A} gone#person/x"], [], "0+1+2+3"),
        # by way of an entry that is in no article, or of several
        (ALONE, [f"{A} {GONE}", f"{GONE} {B}"], [], "01+2+3"),
        (ALONE, [f"{A} {GONE}", f"{GONE} lost#person/x", f"lost#person/x {B}"], [], "01+2+3"),
        ([Q5._replace(decided_ref=A), person("m", "Max Roe", alone=B)], [f"{A} {GONE}", f"{B} {GONE}"], [], "01"),
        (
            [Spelling("org", "x", "X", decided_ref=B), person("x", "X", alone=A)],
            [f"{A} {GONE}", f"{GONE} {B}"],
            [],
            "0 1",
        ),
        # set apart: the first leaves the others
        (ALONE, [], [f"{A} {B}"], "0 1+2+3"),
        (ALONE, [], [f"{A} {B}", f"{A} {C}"], "0 1+2+3"),
        (ALONE, [], [f"{A} {B}", f"{B} {A}"], "0 1 2+3"),
        (NUMBERED, [], [f"{A} {B}"], "0 123"),
        # a spelling known by name only leaves the other one, never the other way round
        ([Q5._replace(decided_ref=A), Q5, REYES._replace(decided_ref=B), OTHER], [], [f"{A} {B}"], "01+3 2"),
        # confirmed spellings stay together, and leave together
        (NUMBERED, [f"{A} {C}"], [f"{A} {B}"], "02 13"),
        # of two spellings, one of them confirmed, the other leaves those that only have the name
        (ALONE, [f"{A} {B}"], [f"{B} {C}"], "01+3 2"),
        # confirmed and set apart: apart wins
        (ALONE, [f"{A} {B}"], [f"{A} {B}"], "0 1+2+3"),
        (ALONE, [f"{A} {C}", f"{C} {B}"], [f"{A} {B}"], "0 12+3"),
        (ALONE, [f"{A} {GONE}", f"{GONE} {B}"], [f"{A} {B}"], "0 1+2+3"),
        (ALONE, [f"{A} {GONE}", f"{GONE} {B} {C}"], [f"{A} {B}"], "0 12+3"),
        # apart from an entry that is in no article, and so from whoever is the same
        (NUMBERED, [f"{A} {GONE}"], [f"{B} {GONE}"], "023 1"),
        (NUMBERED, [f"{A} {GONE}"], [f"{GONE} {B}"], "0 123"),
        (ALONE, [], [f"{B} {GONE}"], "0+1+2+3"),
        # two confirmed groups, set apart: their name is the name of two people
        (
            [Q5._replace(decided_ref=A), person("vuori", "Tom Reyes", "E. Vuori", alone=B), OTHER],
            [],
            [f"{A} {B}"],
            "0 1 2",
        ),
        # not through a third, either
        (
            [
                person("a", "Ann Roe", alone=A),
                person("c", "Ann Roe", wikidata="Q5"),
                person("c", "Ann Vega", wikidata="Q5"),
                person("b", "Ann Vega", alone=B),
            ],
            [],
            [f"{A} {B}"],
            "0 12+3",
        ),
    ],
)
def test_with_decisions(spellings: Sequence[Spelling], same: list[str], apart: list[str], made: str) -> None:
    assert shape(group_spellings(spellings, REGISTRY, decisions(same, apart))) == made


def test_members_and_reasons() -> None:
    spellings = [
        OTHER,
        Q5._replace(decided_ref=A),
        person("okafor", "Lena Okafor"),
        Q5,
        person("m", "Max Roe", alone=B),
        person("n", "Nobody Else"),
    ]
    said = decisions([f"{A} {B}"])
    first, second, third = group_spellings(spellings, REGISTRY, said)
    assert (first.members, first.is_joined_by_name) == ((0, 1, 3, 4), True)
    confirmed = "confirmed by you"
    assert (second.members, second.is_joined_by_name) == ((2,), False)
    assert third.members == (5,)
    assert [explain_member(spelling, REGISTRY, {A, B}) for spelling in spellings] == [
        "same full name only",
        confirmed,
        "registry okafor",
        "wikidata Q5",
        confirmed,
        "same full name only",
    ]


@pytest.mark.parametrize(
    ("spelling", "bare"),
    [(REYES, True), (Q5, False), (person("okafor", "L. Okafor"), False), (person("okafor", "Max Okafor"), True)],
)
def test_of_whom_nothing_but_the_name_is_known(spelling: Spelling, bare: bool) -> None:
    assert is_known_by_name_only(spelling, REGISTRY) is bare


# laws

FEW_REFS = [f"{article}#person/x" for article in "abcde"]
SOME = st.builds(
    Spelling,
    st.sampled_from(["person", "person", "person", "org"]),
    st.sampled_from(["okafor", "vuori", "x"]),
    st.sampled_from(["Lena Okafor", "Elina Vuori", "Ann Roe"]),
    st.sampled_from([(), ("E. Vuori",), ("L. Okafor",)]),
    st.sampled_from(["", "", "", "Q1", "Q2", "Q3"]),
)
PAIRS = st.lists(st.sampled_from([f"{a} {b}" for a in FEW_REFS for b in FEW_REFS if a != b]), max_size=4)


@st.composite
def libraries(draw: st.DrawFn) -> tuple[list[Spelling], Decisions]:
    spellings = draw(st.lists(SOME, max_size=12))
    alone = [ref for ref in FEW_REFS if draw(st.booleans())]
    named = [spelling._replace(decided_ref=ref) for spelling, ref in zip(spellings, alone, strict=False)]
    return [*named, *spellings[len(named) :]], decisions(draw(PAIRS), draw(PAIRS))


def joined(spellings: Sequence[Spelling], groups: Iterable[IdentityGroup]) -> set[tuple[tuple[Spelling, ...], ...]]:
    return {tuple(sorted(tuple(sorted(spellings[at] for at in part)) for part in group.parts)) for group in groups}


@given(libraries())
def test_every_bearer_is_in_just_one_group_of_its_kind(library: tuple[list[Spelling], Decisions]) -> None:
    spellings, said = library
    groups = group_spellings(spellings, REGISTRY, said)
    assert sorted(at for group in groups for at in group.members) == list(range(len(spellings)))
    assert all(len({spellings[at].kind for at in group.members}) == 1 for group in groups)
    assert [group.members[0] for group in groups] == sorted(group.members[0] for group in groups)


@given(libraries(), st.randoms(use_true_random=False))
def test_the_order_decides_nothing(library: tuple[list[Spelling], Decisions], shuffler: random.Random) -> None:
    spellings, said = library
    others = spellings.copy()
    shuffler.shuffle(others)
    assert joined(spellings, group_spellings(spellings, REGISTRY, said)) == joined(
        others, group_spellings(others, REGISTRY, said)
    )


@given(libraries())
def test_one_grouping_is_for_any_registries(library: tuple[list[Spelling], Decisions]) -> None:
    spellings, said = library
    grouping = Grouping(spellings, said)
    for registry in (REGISTRY, Registry(), REGISTRY):
        assert grouping.groups_by(registry) == group_spellings(spellings, registry, said)


@given(libraries())
def test_who_was_set_apart_is_apart(library: tuple[list[Spelling], Decisions]) -> None:
    spellings, said = library
    for group in group_spellings(spellings, REGISTRY, said):
        here = {spellings[at].decided_ref for at in group.members}
        assert not any({str(first), str(second)} <= here for first, second in said.apart)


@given(libraries())
def test_of_an_entry_that_is_gone_its_decisions_are_left(library: tuple[list[Spelling], Decisions]) -> None:
    spellings, said = library
    gone = sorted(said.refs - {one.decided_ref for one in spellings})
    # An entry of whom nothing else is known, not even a name.
    unnamed = [person(f"nobody-{at}", "", alone=ref) for at, ref in enumerate(gone)]
    there = (
        (tuple(at for at in part if at < len(spellings)) for part in group.parts)
        for group in group_spellings([*spellings, *unnamed], REGISTRY, said)
    )
    assert [IdentityGroup(parts) for found in there if (parts := tuple(filter(None, found)))] == list(
        group_spellings(spellings, REGISTRY, said)
    )


@given(libraries())
def test_two_numbers_are_in_one_group_only_when_the_reader_said_so(library: tuple[list[Spelling], Decisions]) -> None:
    spellings, said = library
    for group in group_spellings(spellings, REGISTRY, said):
        met = [
            numbers(spellings[at]) | ({spellings[at].decided_ref} - {""})
            for at in group.members
            if numbers(spellings[at])
        ]
        told = [set(map(str, refs)) for refs in said.same]
        with_numbers = [one for one in islands([*met, *told]) if any(name.startswith("Q") for name in one)]
        assert len(with_numbers) <= 1


def islands(sets: Iterable[set[str]]) -> list[set[str]]:
    """Join all sets that have an element in common."""
    made: list[set[str]] = []
    for one in sets:
        near = [other for other in made if other & one]
        made = [other for other in made if not other & one] + [one.union(*near)]
    return made


@given(st.lists(SOME, max_size=12))
def test_without_decisions_no_two_numbers_meet(spellings: list[Spelling]) -> None:
    for group in group_spellings(spellings, REGISTRY, Decisions()):
        assert len(set().union(*(numbers(spellings[at]) for at in group.members))) <= 1


@given(st.lists(SOME, max_size=12))
def test_the_same_number_is_in_one_group(spellings: list[Spelling]) -> None:
    of = {at: group for group in group_spellings(spellings, REGISTRY, Decisions()) for at in group.members}
    for one, other in combinations(range(len(spellings)), 2):
        if spellings[one].kind == spellings[other].kind and numbers(spellings[one]) & numbers(spellings[other]):
            assert of[one] is of[other]


def numbers(spelling: Spelling) -> set[str]:
    """Return the Wikidata number of a spelling, or of its registry entry, in a set; an empty set if there is none."""
    known = REGISTRY.find_entry(spelling.kind, spelling.id, (spelling.name, *spelling.names), spelling.wikidata)
    return {spelling.wikidata or (known.wikidata if known else "")} - {""}
