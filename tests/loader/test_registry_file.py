"""Reading a registry file, and reporting all problems in it."""

from pathlib import Path

import pytest

from dossier.core.ref import Ref
from dossier.core.registry import Decisions, RegistryEntry
from dossier.loader.limits import Limits
from dossier.loader.registry_file import load_registry, parse_registry

ARLEN = Path(__file__).parent.parent.parent / "data" / "port-arlen" / "registry.yaml"


def test_registry() -> None:
    loaded = load_registry(ARLEN)
    assert loaded.problems == ()
    by_id = {(one.kind, one.id): one for one in loaded.registry.entries}
    assert by_id["person", "okafor"] == RegistryEntry(
        "person", "okafor", "Lena Okafor", ("L. Okafor",), "Q900000001", 7
    )
    assert by_id["person", "aoki"] == RegistryEntry(
        "person", "aoki", "Haruka Aoki", ("Aoki Haruka",), line=14, native="青木遥"
    )
    assert by_id["org", "paa"].wikidata == "Q900000011"
    assert len(by_id) == 20


@pytest.mark.parametrize(
    "text",
    [
        "people:\n  okafor: {name: Lena Okafor}\n  han: Han Seo-jin\n",
        "people:\n- {id: okafor, name: Lena Okafor}\n- {id: han, name: Han Seo-jin}\n",
        "people: {okafor: {name: Lena Okafor, note: n, colour: red}, han: {name: Han Seo-jin, same_as: {viaf: 5}}}\n",
    ],
)
def test_forms(text: str) -> None:
    loaded = parse_registry(f"registry: 1\n{text}more: kept\n".encode(), "r.yaml")
    assert [(one.kind, one.id, one.name) for one in loaded.registry.entries] == [
        ("person", "okafor", "Lena Okafor"),
        ("person", "han", "Han Seo-jin"),
    ]
    assert loaded.problems == ()


def test_the_place_of_the_shared_index() -> None:
    loaded = parse_registry(b"registry: 1\nindex: ../indexes/news.sqlite\n", "r.yaml")
    assert (loaded.registry.index, loaded.problems) == ("../indexes/news.sqlite", ())
    for place in ("/srv/news.sqlite", "~/news.sqlite", "../../news.sqlite", "../.config"):
        loaded = parse_registry(f"registry: 1\nindex: {place}\n".encode(), "r.yaml")
        assert "each reader names any other place in their own settings" in str(loaded.problems[0])
    loaded = parse_registry(b"registry: 1\nindex: postgresql://news/archive\n", "r.yaml")
    assert loaded.registry.index == ""
    assert [problem.line for problem in loaded.problems] == [2]
    assert "each reader names a server in their own settings" in str(loaded.problems[0])
    loaded = parse_registry(b"registry: 1\nindex: [a, b]\n", "r.yaml")
    assert loaded.registry.index == ""
    assert [(one.line, one.column, one.code) for one in loaded.problems] == [(2, 8, "wrong-shape")]


def test_decisions() -> None:
    text = (
        "registry: 1\nsame:\n- [a#person/x, b#person/y, c#person/x]\n- [a#place/x, b#place/y]\n"
        "- [a#person/x, b#person/y, c#person/x]\napart:\n- [d#org/x, a#org/x, b#org/x]\n- ['%2A#org/x', d#org/x]\n"
    )
    loaded = parse_registry(text.encode(), "r.yaml")
    assert loaded.problems == ()
    said = loaded.registry.decisions
    assert [" ".join(map(str, refs)) for refs in (*said.same, *said.apart)] == [
        "a#person/x b#person/y c#person/x",
        "a#place/x b#place/y",
        "d#org/x a#org/x",
        "d#org/x b#org/x",
        "%2A#org/x d#org/x",
    ]


def test_a_decision_with_a_fault_is_left_out() -> None:
    loaded = parse_registry(b"registry: 1\nsame: [[a#person/x, b], [a#person/x, c#person/x]]\n", "r.yaml")
    assert [one.message for one in loaded.problems] == [
        "'b' is no address of a person, org or place: write article#person/id"
    ]
    assert loaded.registry.decisions.refs == {"a#person/x", "c#person/x"}


def test_a_registry_without_entries() -> None:
    assert parse_registry(b"registry: 1\n", "r.yaml").problems == ()
    assert parse_registry(b"registry: 1\npeople:\norgs:\n", "r.yaml").registry.entries == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["1:1 not-mapping"]),
        ("- okafor\n", ["1:1 not-mapping"]),
        ("registry: 1\npeople: [", ["2:9 not-yaml"]),
        ("registry: 2\n", ["1:11 wrong-shape"]),
        ("registry:\n", ["1:10 wrong-shape"]),
        ("people: {}\n", ["1:1 wrong-shape"]),
        ("registry: 1\npeople: Lena\n", ["2:9 wrong-shape"]),
        ("registry: 1\npeople: [Lena]\n", ["2:10 wrong-shape"]),
        ("registry: 1\npeople: [{name: Lena}]\n", ["2:10 bad-id"]),
        ("registry: 1\npeople:\n  Okafor: Lena\n", ["3:3 bad-id"]),
        ("registry: 1\npeople:\n  a: Lena\n  a: Max\n", ["4:3 duplicate-key"]),
        ("registry: 1\npeople: [{id: a, name: Lena}, {id: a, name: Max}]\n", ["2:36 duplicate-id"]),
        ("registry: 1\norgs:\n  a: {aliases: [A]}\n", ["3:6 wrong-shape"]),
        ("registry: 1\norgs:\n  a:\n", ["3:5 wrong-shape"]),
        ("registry: 1\norgs:\n  a: [A]\n", ["3:6 wrong-shape"]),
        ("registry: 1\norgs:\n  a: {name: A, same_as: Q1}\n", ["3:25 wrong-shape"]),
        ("registry: 1\norgs:\n  a: {name: A, same_as: {wikdata: Q1}}\n", ["3:26 nearly-known-key"]),
        ("registry: 1\norgs:\n  a: {name: A, alias: [B]}\n", ["3:16 nearly-known-key"]),
        ("registry: 1\nperson: {a: A}\n", []),
        ("registry: 1\norg: {a: A}\n", ["2:1 nearly-known-key"]),
        (
            "registry: 1\norgs:\n  a: {name: A, aliases: [X]}\n  b: {name: B, aliases: [x]}\n",
            ["4:26 alias-claimed-twice"],
        ),
        ("registry: 1\norgs:\n  a: {name: A, aliases: [b]}\n  b: {name: B}\n", ["3:26 alias-claimed-twice"]),
        ("registry: 1\norgs:\n  a: {name: A, native: X}\n  b: {name: B, aliases: [X]}\n", ["4:26 alias-claimed-twice"]),
        ("registry: 1\norgs: {a: {name: A, aliases: [A, A]}}\npeople: {a: {name: A, aliases: [X]}}\n", []),
        ("registry: 1\norgs: {a: Same, b: Same}\n", []),
        (
            "registry: 1\norgs:\n  a: {name: A, same_as: {wikidata: Q1}}\n  b: {name: B, same_as: {wikidata: Q1}}\n",
            ["4:36 duplicate-wikidata"],
        ),
        ("registry: 1\nsame: a#person/x\n", ["2:7 wrong-shape"]),
        ("registry: 1\nsame: {a#person/x: b#person/x}\n", ["2:7 wrong-shape"]),
        ("registry: 1\nsame:\n  - a#person/x\n  - [a#person/x]\n", ["3:5 wrong-shape", "4:5 wrong-shape"]),
        ("registry: 1\napart:\n  - [a#person/x, [b#person/x]]\n", ["3:5 wrong-shape"]),
        ("registry: 1\nsame:\n  - [a#person/x, b#people/x]\n", ["3:18 wrong-shape"]),
        ("registry: 1\nsame:\n  - [a#quote/q1, b#quote/q1]\n", ["3:6 wrong-shape", "3:18 wrong-shape"]),
        ("registry: 1\nsame:\n  - [person/x, 'a#person/x:1-2']\n", ["3:6 wrong-shape", "3:16 wrong-shape"]),
        ("registry: 1\nsame:\n  - [a#person/x, b#org/x]\n", ["3:5 wrong-shape"]),
        ("registry: 1\nsame:\napart:\n", []),
        (
            "registry: 1\nsame: [[a#person/x, b#person/x], [b#person/x, c#person/x]]\n"
            "apart:\n  - [d#person/x, c#person/x, a#person/x]\n  - [c#person/x, a#person/x]\n",
            ["5:5 decided-both-ways"],
        ),
        (
            "registry: 1\nsame:\n  - [a#person/x, a#person/x]\n  - [b#person/x, c#person/x, b#person/x]\n"
            "apart:\n  - [a#person/x, a#person/x]\n  - [d#person/x, a#person/x, d#person/%78]\n",
            ["3:18 named-twice", "4:30 named-twice", "6:18 named-twice", "7:30 named-twice"],
        ),
        (
            "registry: 1\norgs: {a: {name: A, same_as: {wikidata: Q1}}}\n"
            "people: {a: {name: B, same_as: {wikidata: Q1}}}\n",
            [],
        ),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    problems = parse_registry(text.encode(), "r.yaml").problems
    assert [f"{one.line}:{one.column} {one.code}" for one in problems] == found
    assert {one.path for one in problems} <= {"r.yaml"}


def test_messages_name_the_cure() -> None:
    number = "same_as: {wikidata: Q1}"
    text = f"registry: 2\norgs:\n  a: {{name: A, {number}}}\n  b: {{name: B, aliases: [A], {number}}}\n"
    assert [one.message for one in parse_registry(text.encode(), "r.yaml").problems] == [
        "this registry has version '2'; only version 1 can be read: write registry: 1",
        "'A' is also a name of a: if only one has this name, remove it from the other",
        "Q1 is also the number of a: if they are the same, merge the entries; if not, one of the numbers is wrong",
    ]


def test_an_address_that_a_list_names_twice_counts_once() -> None:
    text = "registry: 1\nsame: [[a#person/x, a#person/x], [b#person/x, c#person/x, b#person/x]]\n"
    text += "apart: [[a#person/x, a#person/x], [d#person/x, a#person/x, d#person/x]]\n"
    registry, problems = parse_registry(text.encode(), "r.yaml")
    a, b, c, d = (Ref(article, "person", "x") for article in "abcd")
    assert registry.decisions == Decisions(((b, c),), ((d, a),))
    assert (
        problems[0].message
        == "same: a#person/x is named twice in one list: remove one, or write the address that is meant"
    )


def test_no_entry_is_dropped() -> None:
    loaded = parse_registry(b"registry: 1\npeople:\n  A: {}\n  b: [x, y]\n", "r.yaml")
    assert [(one.id, one.name, one.line) for one in loaded.registry.entries] == [("A", "A", 3), ("b", "x, y", 4)]


def test_limits(tmp_path: Path) -> None:
    text = b"registry: 1\npeople: {a: A, b: B}\n"
    loaded = parse_registry(text, "r.yaml", Limits(entries=1))
    assert [one.code for one in loaded.problems] == ["too-many-entries"]
    assert [one.id for one in loaded.registry.entries] == ["a"]
    (tmp_path / "r.yaml").write_bytes(text)
    assert [one.code for one in load_registry(tmp_path / "r.yaml", Limits(size=5)).problems] == ["too-large"]
    assert [one.code for one in load_registry(tmp_path / "none.yaml").problems] == ["cannot-read"]
