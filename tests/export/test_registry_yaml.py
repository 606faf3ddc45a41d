"""Tests that the user's decisions as a registry are read back as they were meant."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dossier.core.decisions import JoinedSets, overlay_decisions
from dossier.core.identity import Grouping, IdentityGroup, group_spellings
from dossier.core.ref import Ref, parse_ref
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling
from dossier.export import proposed_entries
from dossier.export.proposed_entries import propose_entries
from dossier.export.registry_yaml import format_registry
from dossier.loader.fields import clean_text
from dossier.loader.problem_log import says_nothing
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
    "# Who is the same person, organisation or place across the articles of this library, as its readers decided.\n"
    "registry: 1\n"
)


def printed(bearers: Sequence[Spelling], registry: Registry, own: Decisions) -> str:
    """Return the registry with the reader's own decisions over those that it has."""
    held = overlay_decisions(registry.decisions, own)
    return format_registry(bearers, registry, held, propose_entries(bearers, registry, held))


def read(text: str) -> Registry:
    loaded = parse_registry(text.encode(), "registry.yaml")
    assert loaded.problems == ()
    return loaded.registry


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
            'orgs:\n  paa: {name: PAA, aliases: ["Port: Authority"]}\n'
            "same:\n  - [a#org/paa, b#org/paa]\n  - [a#person/x, b#person/x]\n",
        ),
        # two numbers: an entry for one of them joins nobody else
        (
            [person("a", "Ann Roe", A, "Q1"), person("a", "Ann Roe", B, "Q2")],
            decisions([(B, A)]),
            "people:\n  a: {name: Ann Roe, same_as: {wikidata: Q1}}\nsame:\n  - [a#person/x, b#person/x]\n",
        ),
        # Nobody said that the third one, who was set apart, is known by an entry.
        (
            [*(person("reyes", "Tom Reyes", ref) for ref in (A, B, C)), person("t", "Tom Reyes")],
            decisions([(A, B)], [(C, A)]),
            "same:\n  - [a#person/x, b#person/x]\napart:\n  - [c#person/x, a#person/x]\n",
        ),
        # places, entries that are not there, and what is not said twice
        (
            [
                Spelling("place", "arlen", "Arlen", decided_ref="a#place/arlen"),
                Spelling("place", "arlen", "Port Arlen", decided_ref="b#place/arlen"),
            ],
            decisions(
                [("b#place/arlen", "a#place/arlen"), (D, A, B), (A, B), (D, "e#org/x")], [(C, D), (C, A), (C, A)]
            ),
            "same:\n"
            "  - [a#person/x, b#person/x]\n  - [a#person/x, d#person/x]\n  - [a#place/arlen, b#place/arlen]\n"
            "apart:\n  - [c#person/x, a#person/x]\n  - [c#person/x, d#person/x]\n",
        ),
    ],
)
def test_registry_yaml(bearers: list[Spelling], said: Decisions, text: str) -> None:
    made = printed(bearers, Registry(), said)
    assert made == HEAD + text


def test_it_can_be_put_in_the_place_of_the_registry_before() -> None:
    before = Registry(
        (
            RegistryEntry("org", "paa", "PAA", ("Port Authority",)),
            RegistryEntry("person", "roe", "Ann Roe", ("A. Roe",)),
            RegistryEntry("person", "vuori", "Elina Vuori", ("E. Vuori",), "Q9", native="Вуори"),
            RegistryEntry("person", "Bad id", "Never read"),
        ),
        decisions=decisions([(A, B, "e#person/x")], [(C, A)]),
    )
    bearers = [person("vuori", "Elina Vuori", A), person("vuori", "Elina Aalto", B)]
    bearers += [person("tom", "Tom Reyes", C), person("tom", "T. Reyes", D)]
    text = printed(bearers, before, decisions([(C, D), (A, B)]))
    read(text)
    assert text == (
        f"{HEAD.splitlines()[0]}\n"
        "# This includes the entries of the old registry, without its comments, notes and unknown keys.\n"
        "registry: 1\n"
        "people:\n"
        "  roe: {name: Ann Roe, aliases: [A. Roe]}\n"
        "  tom: {name: Tom Reyes, aliases: [T. Reyes]}\n"
        "  vuori: {name: Elina Vuori, native: Вуори, aliases: [E. Vuori, Elina Aalto], same_as: {wikidata: Q9}}\n"
        "orgs:\n"
        "  paa: {name: PAA, aliases: [Port Authority]}\n"
        "same:\n"
        "  - [a#person/x, b#person/x, e#person/x]\n"
        "  - [c#person/x, d#person/x]\n"
        "apart:\n"
        "  - [c#person/x, a#person/x]\n"
    )


def test_two_with_one_id_have_one_entry() -> None:
    bearers = [person("roe", "Ann Roe", A), person("roe", "A. Roe", B), person("roe", "Amy Roe", C)]
    bearers.append(person("roe", "A. Roe", D))
    made = printed(bearers, Registry(), decisions([(A, B), (C, D)], [(A, C)]))
    assert [(one.id, one.name, one.aliases) for one in read(made).entries] == [("roe", "Ann Roe", ())]
    assert printed(bearers, read(made), Decisions()).count("\n") == made.count("\n") + 1


def test_what_is_looked_at_grows_with_the_decisions(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_at(count: int) -> int:
        """Return how many spellings are grouped, all in all, where no entry of `count` can be proposed."""
        seen: list[int] = []

        class Counted(Grouping):
            def groups_by(self, registry: Registry) -> tuple[IdentityGroup, ...]:
                groups = super().groups_by(registry)
                seen.append(sum(len(group.members) for group in groups))
                return groups

        monkeypatch.setattr(proposed_entries, "Grouping", Counted)
        pairs = [(f"a{at}#person/x", f"b{at}#person/x") for at in range(count)]
        # Of each three of one name, nobody said who the third one is.
        bearers = [person(f"p{at}", f"Ann {at}", ref) for at, pair in enumerate(pairs) for ref in (*pair, "")]
        text = printed(bearers, Registry(), decisions(pairs))
        assert read(text).entries == ()
        assert len(read(text).decisions.same) == count
        return sum(seen)

    assert 0 < looked_at(200) <= 11 * looked_at(20)
    # To propose, with the old entries and with the new ones: an entry that alone joins somebody is not tried again.
    assert looked_at(20) == 3 * 60


@pytest.mark.parametrize("name", ["~x", "%41", "-a", "a b", "null", "é", "a,b", "a]", "@"])
def test_an_article_of_any_name_is_read_back(name: str) -> None:
    one, other = Ref(name, "person", "x"), Ref("b", "person", "x")
    assert read(printed([], Registry(), Decisions(((one, other),)))).decisions.refs == {str(one), str(other)}


def test_two_branches_only_add_lines() -> None:
    base = printed([], Registry(), decisions([(B, C)], [(A, D)])).splitlines()
    registry = read("\n".join(base))
    left = printed([], registry, decisions([(A, B, C)])).splitlines()
    right = printed([], registry, decisions([(C, "f#person/x")], [("e#person/x", B)])).splitlines()
    assert set(base) < set(left)
    assert set(base) < set(right)
    united = [*dict.fromkeys([*left[:-2], "  - [c#person/x, f#person/x]", *left[-2:], *right[-1:]])]
    assert read("\n".join(united)).decisions == Decisions(
        tuple(map(tuple, ([parse_ref(one) for one in pair] for pair in ((A, B), (B, C), (C, "f#person/x"))))),
        ((parse_ref(A), parse_ref(D)), (parse_ref("e#person/x"), parse_ref(B))),
    )


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
    loaded = read(printed(named, Registry(), said))
    names = {one.name for one in named}
    assert all(one.name in names and {*one.aliases} <= names for one in loaded.entries)


def test_the_place_of_the_shared_index_is_kept() -> None:
    text = format_registry([], Registry((), "~/indexes: all/news.sqlite"), decisions())
    assert parse_registry(text.encode(), "r.yaml").registry.index == "~/indexes: all/news.sqlite"


FEW = st.builds(
    Spelling,
    st.sampled_from(["person", "person", "person", "org", "place"]),
    st.sampled_from(["okafor", "vuori", "x"]),
    st.sampled_from(["Lena Okafor", "Elina Vuori", "Ann Roe"]),
    st.sampled_from([(), ("E. Vuori",), ("L. Okafor",)]),
    st.sampled_from(["", "", "", "Q1", "Q2"]),
)
ENTRIES = (
    RegistryEntry("person", "okafor", "Lena Okafor", ("L. Okafor",), "Q1"),
    RegistryEntry("person", "vuori", "Elina Vuori", ("E. Vuori",)),
)


GONE = Ref("gone", "person", "x")


@st.composite
def decided(draw: st.DrawFn) -> tuple[list[Spelling], Registry, Decisions]:
    """Return spellings, of which some stand for one entry each, a registry with decisions, and those of a reader."""
    spellings = draw(st.lists(FEW, min_size=2, max_size=10))
    refs = [Ref(f"a{at}", one.kind, one.id) for at, one in enumerate(spellings)]
    ref = st.sampled_from([*refs, GONE, GONE])

    def of_one_kind(most: int) -> st.SearchStrategy[tuple[Ref, ...]]:
        some = st.lists(ref, min_size=2, max_size=most, unique=True).map(tuple)
        return some.filter(lambda refs: len({one.kind for one in refs}) == 1)

    groups, pairs = (st.lists(of_one_kind(most), max_size=most).map(tuple) for most in (3, 2))
    team, own = draw(st.builds(Decisions, groups, pairs)), draw(st.builds(Decisions, groups, pairs))
    registry = Registry(draw(st.sampled_from([(), ENTRIES[:1], ENTRIES])), decisions=team)
    held = overlay_decisions(team, own).refs | draw(st.sets(ref, max_size=2).map(lambda some: {*map(str, some)}))
    named = [one._replace(decided_ref=str(ref)) for one, ref in zip(spellings, refs, strict=True) if str(ref) in held]
    return [*named, *(one for one, ref in zip(spellings, refs, strict=True) if str(ref) not in held)], registry, own


@given(decided())
def test_whatever_was_decided_survives_the_file(library: tuple[list[Spelling], Registry, Decisions]) -> None:
    spellings, before, own = library
    held = overlay_decisions(before.decisions, own)
    # What contradicts itself is not decided.
    assume(not any(JoinedSets(held.same).are_joined(*pair) for pair in held.apart))
    text = printed(spellings, before, own)
    registry = read(text)
    assert group_spellings(spellings, registry, registry.decisions) == group_spellings(spellings, before, held)
    # All of it is decided by now, and is not said twice.
    assert overlay_decisions(registry.decisions, own) == registry.decisions
    # Printed once more it has the same facts. An entry that joins nothing may come to them, and no line goes.
    again = printed(spellings, registry, own)
    assert {*without_comments(text)} <= {*without_comments(again)}
    assert read(again).decisions == registry.decisions
    assert group_spellings(spellings, read(again), registry.decisions) == group_spellings(spellings, before, held)


def without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]
