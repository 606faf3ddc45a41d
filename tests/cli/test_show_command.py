"""`dossier show`: a file in place of an address, the citation of a quote, a person over a library, repeated ids."""

import json
import re
from pathlib import Path

import pytest
from shell import ARLEN, NATO, Output, write_article

from dossier.cli import main

pytestmark = pytest.mark.usefixtures("no_reader")


def shown(*words: str) -> int:
    return main.main(["show", *words])


@pytest.mark.parametrize(
    "words",
    [[NATO], ["#", NATO], [f"{NATO}#"], [NATO, "#"], ["nato-seoul-2023", NATO]],
    ids=" ".join,
)
def test_a_file_is_the_article_in_it(words: list[str], capsys: Output) -> None:
    assert shown("#", NATO) == 0
    whole = capsys.readouterr().out
    assert shown(*words) == 0
    assert capsys.readouterr().out == whole


def test_an_address_may_stand_with_or_behind_its_file(capsys: Output) -> None:
    for words in (["headline", NATO], [f"{NATO}#headline"], [NATO, "headline"]):
        assert shown(*words) == 0
        assert capsys.readouterr().out == "NATO takes up Pyongyang’s arms for Moscow\n"


def test_a_quote_ends_with_its_citation(tmp_path: Path, capsys: Output) -> None:
    write_article(
        tmp_path,
        "ferry",
        body="'“No new toll,” said Lena Okafor.'",
        outlet="Herald",
        published="2023-04-12",
        url="https://example.org/1",
        people="{okafor: Lena Okafor | minister}",
        quotes="[{okafor: No new toll}]",
    )
    assert shown("quote/q1", str(tmp_path / "ferry.yaml")) == 0
    card, _, source = capsys.readouterr().out.rpartition("\n\n")
    assert card.startswith("quote ")
    assert " ".join(source.split()) == (
        "“No new toll” — Lena Okafor, minister (“Ferry”, Herald, 12 April 2023, ¶1, https://example.org/1)"
    )
    assert shown("quote/q1", str(tmp_path / "ferry.yaml"), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["citation"] == " ".join(source.split())


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Three articles: two by different outlets with the same person, one with a namesake; two have the same id."""
    (tmp_path / "deep").mkdir()
    same = "[{id: okafor, name: Lena Okafor, role: minister, same_as: {wikidata: Q1}}]"
    write_article(
        tmp_path,
        "one",
        id="same",
        outlet="Herald",
        published="2023",
        body="'“No toll,” said Lena Okafor. Okafor left.'",
        people=same,
        quotes="[{okafor: No toll}]",
        timeline="[{date: 2022-05, what: Okafor left, people: [okafor]}]",
    )
    write_article(
        tmp_path / "deep",
        "two",
        id="same",
        outlet="Courier",
        published="2024",
        body="'“A boat,” said Lena Okafor. “Okafor is wrong,” said Tom Reyes.'",
        people=same.replace("minister", "senator")[:-1] + ", {id: reyes, name: Tom Reyes}]",
        quotes="[{okafor: A boat}, {reyes: Okafor is wrong}]",
        timeline="[{date: 2021, what: Okafor came, people: [okafor]}]",
    )
    write_article(
        tmp_path, "three", outlet="Herald", published="2022", body="Ann Okafor ran.", people="{okafor: Ann Okafor}"
    )
    return tmp_path


def test_a_person_over_a_library(library: Path, capsys: Output) -> None:
    assert shown("person/okafor", str(library)) == 0
    told = capsys.readouterr()
    assert "2 persons have the id okafor" in told.err
    lena, ann = sorted(told.out.split("\n\n\n"), key=len, reverse=True)
    assert lena.splitlines()[:3] == ["Lena Okafor", "senator; minister", "2 articles, 2 statements, 2 events"]
    order = ["“A boat” — Lena Okafor, senator", "“No toll” — Lena Okafor, minister", "In the words of others"]
    order += ["“Okafor is wrong” — Tom Reyes", "Events", "2021: Okafor came", "May 2022: Okafor left", "Outlets"]
    places = [lena.index(one) for one in order]
    assert places == sorted(places)
    assert "Courier, 2024, ¶1" in " ".join(lena.split())
    assert lena.splitlines()[-2:] == ["Courier: 1 article", "Herald: 1 article"]
    assert ann.splitlines()[:2] == ["Ann Okafor", "1 article, 0 statements, 0 events"]


def test_a_person_over_a_library_as_json(library: Path, capsys: Output) -> None:
    assert shown("person/reyes", str(library), "--format", "json") == 0
    (made,) = json.loads(capsys.readouterr().out)
    assert (made["name"], made["refs"]) == ("Tom Reyes", ["deep%2Ftwo.yaml#person/reyes"])
    assert [(one["ref"], one["text"], one["own"]) for one in made["statements"]] == [
        ("deep%2Ftwo.yaml#quote/q2", "Okafor is wrong", True)
    ]
    assert made["outlets"] == [{"outlet": "Courier", "articles": 1}]


def test_a_person_may_be_asked_for_by_name_and_is_guessed_at(capsys: Output) -> None:
    assert shown("person/Lena%20Okafor", ARLEN) == 0
    assert capsys.readouterr().out.startswith("Lena Okafor\n")
    assert shown("person/okafr", ARLEN) == 1
    assert f"no person/okafr in {ARLEN}: did you mean person/okafor?" in capsys.readouterr().err


def test_an_id_that_repeats_gives_way_to_the_path_everywhere(library: Path, capsys: Output) -> None:
    assert shown("same#quote/q1", str(library)) == 2
    told = capsys.readouterr().err
    assert "several articles have the id same: write " in told
    for address, words in (("deep%2Ftwo.yaml#quote/q1", "A boat"), ("one.yaml#quote/q1", "No toll")):
        assert address in told
        assert shown(address, str(library)) == 0
        assert words in capsys.readouterr().out
        assert main.main([str(library), "--at", address]) == 0
        assert words in capsys.readouterr().out
    assert shown("deep%2Ftwo.yaml#quote/q1", str(library / "deep" / "two.yaml")) == 0
    assert "A boat" in capsys.readouterr().out


def test_what_a_search_prints_can_be_shown(library: Path, capsys: Output) -> None:
    assert main.main(["search", "boat", str(library), "--format", "json"]) == 0
    refs = re.findall(r'"ref": "([^"]+)"', capsys.readouterr().out)
    assert refs
    for ref in refs:
        assert shown(ref, str(library)) == 0


def test_a_file_that_is_not_there_is_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown("missing.json") == 2
    assert capsys.readouterr().err.startswith(
        "dossier: missing.json: no such file; name an article file, or an address"
    )
