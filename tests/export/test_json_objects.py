"""Tests that the JSON objects of all articles have what the screen shows."""

import json
from pathlib import Path

import pytest
from articles import article, person, quote

from dossier.core.links import Links
from dossier.core.problem import Fix, Problem
from dossier.core.ref import parse_ref
from dossier.core.views.panes import make_panes
from dossier.export.json_objects import make_article_object, make_entry_object, make_problem_object, make_span_object
from dossier.loader.article import load_article
from dossier.loader.discovery import find_articles

FILES = find_articles(Path(__file__).parents[2] / "data", recursive=True).files


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_exported_is_what_is_shown(file: Path) -> None:
    made = load_article(file).article
    assert made is not None
    links = Links.of(made)
    shown = make_panes(made, links)
    given = json.loads(json.dumps(make_article_object(made, links, shown)))
    assert list(given) == ["ref", "kind", "text", "parts", "links", "panes"]
    assert list(given["panes"]) == list(shown)
    for name, entries in shown.items():
        objects = given["panes"][name]
        assert [parse_ref(one["ref"]) for one in objects] == [entry.ref for entry in entries]
        assert [one["text"] for one in objects] == [entry.text for entry in entries]
        assert all("\n".join(part["text"] for part in one["parts"]) == one["text"] for one in objects)
    every = {(one["start"], one["end"], one["kind"]) for one in given["links"]}
    of_entries = [link for entries in given["panes"].values() for one in entries for link in one["links"]]
    assert len(every) == len(given["links"]) > 0
    assert {(one["start"], one["end"], one["kind"]) for one in of_entries} <= every


def test_an_entry() -> None:
    made = article("Lena Okafor spoke.", people=(person("okafor", "Lena Okafor"),), quotes=(quote("q1"),))
    links = Links.of(made)
    paragraph = make_panes(made, links)["article"][1]
    assert make_entry_object(paragraph, links) == {
        "ref": "ferry#para/p1",
        "kind": "para",
        "text": "Lena Okafor spoke.",
        "parts": [{"name": "text", "text": "Lena Okafor spoke.", "targets": [], "flaw": ""}],
        "links": [{"kind": "mention", "start": "ferry#para/p1:0-11", "end": "ferry#person/okafor"}],
    }
    assert make_panes(made, links)["quotes"][0].ref == parse_ref(
        make_entry_object(make_panes(made, links)["quotes"][0], links)["ref"]
    )


@pytest.mark.parametrize(
    ("span", "text", "targets", "links"),
    [
        ((0, 11), "Lena Okafor", ["ferry#person/okafor"], 1),
        ((0, 18), "Lena Okafor spoke.", ["ferry#person/okafor"], 0),
        ((5, 11), "Okafor", [], 0),
    ],
)
def test_a_span(span: tuple[int, int], text: str, targets: list[str], links: int) -> None:
    made = article("Lena Okafor spoke.", people=(person("okafor", "Lena Okafor"),))
    found = Links.of(made)
    given = make_span_object(make_panes(made, found)["article"][1], span, found)
    assert (given["ref"], given["kind"], given["text"]) == (f"ferry#para/p1:{span[0]}-{span[1]}", "para", text)
    assert given["parts"] == [{"name": "text", "text": text, "targets": targets, "flaw": ""}]
    assert len(given["links"]) == links


def test_a_finding() -> None:
    problem = Problem("a.yaml", 3, 5, "bad-date", "no such day")
    assert make_problem_object(problem, "  - 2023-02-30: Pact") == {
        "path": "a.yaml",
        "line": 3,
        "column": 5,
        "severity": "error",
        "code": "bad-date",
        "message": "no such day",
        "excerpt": "  - 2023-02-30: Pact",
    }


def test_a_finding_with_a_fix() -> None:
    problem = Problem("a.yaml", 3, 5, "bad-at", "no place", Fix(3, 5, 3, 7, "p2"))
    fix = {"line": 3, "column": 5, "end_line": 3, "end_column": 7, "text": "p2"}
    assert make_problem_object(problem, "at: ¶2")["fix"] == fix
