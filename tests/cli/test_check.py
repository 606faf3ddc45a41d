"""`dossier check` over a library: its registry, and what the articles say of one another."""

import json
import re
from pathlib import Path

import pytest
from shell import Output, write_article

from dossier.cli import main as cli

pytestmark = pytest.mark.usefixtures("no_reader")

REGISTRY = "registry: 1\npeople:\n  okafor: {name: Lena Okafor, same_as: {wikidata: Q1}}\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two articles with the same id, with two spellings, and a registry that one of them contradicts."""
    (tmp_path / "deep").mkdir()
    rest = {"outlet": "Herald", "published": "2023", "id": "same"}
    write_article(tmp_path, "one", **rest, body="Lena Okafor", people="\n  okafor: Lena Okafor\n")
    write_article(
        tmp_path / "deep",
        "two",
        **rest,
        body="Lena Okafer and Lena Okafor",
        people="\n  l: {name: Lena Okafer, same_as: {wikidata: Q1}}"
        "\n  okafor: {name: Lena Okafor, same_as: {wikidata: Q2}}\n",
    )
    (tmp_path / "registry.yaml").write_text(REGISTRY, "utf-8")
    return tmp_path


def found(told: str) -> list[tuple[str, str]]:
    return re.findall(r"([a-z]+\.yaml:\d+:\d+): .*\[([a-z-]+)\]$", told, re.MULTILINE)


def test_a_library(library: Path, capsys: Output) -> None:
    assert cli.main(["check", str(library)]) == 1
    told = capsys.readouterr()
    assert found(told.out) == [
        ("two.yaml:8:1", "registry-contradicted"),
        ("two.yaml:5:1", "duplicate-article"),
        ("one.yaml:5:1", "duplicate-article"),
        ("two.yaml:7:1", "two-spellings"),
    ]
    assert told.err == "3 errors, 1 warning in 2 articles and 1 registry\n"
    assert f"({library}/registry.yaml:3) has Q1" in told.out


def test_a_library_as_json_tells_the_same(library: Path, capsys: Output) -> None:
    assert cli.main(["check", str(library), "--format", "json"]) == 1
    codes = [one["code"] for one in json.loads(capsys.readouterr().out)]
    assert codes == ["registry-contradicted", "duplicate-article", "duplicate-article", "two-spellings"]


def test_each_path_is_a_library(library: Path, capsys: Output) -> None:
    assert cli.main(["check", str(library / "one.yaml"), str(library / "deep")]) == 0
    assert capsys.readouterr().out == ""


def test_what_several_paths_mean_is_told_once(library: Path, capsys: Output) -> None:
    assert cli.main(["check", str(library), str(library / "registry.yaml"), str(library), str(library / "deep")]) == 1
    assert capsys.readouterr().err == "3 errors, 1 warning in 2 articles and 1 registry\n"


def test_a_registry_with_faults(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text(REGISTRY.replace("1", "2", 1), "utf-8")
    assert cli.main(["check", str(path)]) == 1
    told = capsys.readouterr()
    assert found(told.out) == [("registry.yaml:1:11", "wrong-shape")]
    assert told.err == "1 error, 0 warnings in 1 registry\n"


def test_a_second_registry(library: Path, capsys: Output) -> None:
    (library / "deep" / "registry.yaml").write_text("registry: 1\npeople: {okafor: Lena Okafor}\n", "utf-8")
    assert cli.main(["check", str(library)]) == 1
    told = capsys.readouterr()
    assert ("registry.yaml:1:1", "second-registry") in found(told.out)
    assert told.err == "4 errors, 1 warning in 2 articles and 2 registries\n"


def test_a_registry_in_json(tmp_path: Path, capsys: Output) -> None:
    people = {"okafor": {"name": "Lena Okafor", "same_as": {"wikidata": "Q2"}}}
    article = {"headline": "A", "outlet": "H", "published": "2023", "body": ["Lena Okafor spoke."], "people": people}
    (tmp_path / "a.json").write_text(json.dumps(article), "utf-8")
    registry = {"registry": 1, "people": {"okafor": {"name": "Lena Okafor", "same_as": {"wikidata": "Q1"}}}}
    (tmp_path / "registry.json").write_text(json.dumps(registry, indent=1), "utf-8")
    assert cli.main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "[registry-contradicted]" in told.out
    assert "registry.json:4) has Q1" in told.out
