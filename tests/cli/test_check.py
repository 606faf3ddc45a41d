"""`dossier check`: over a library, of standard input, with excerpts and fixes, and the explanation of codes."""

import io
import json
import re
import sys
from pathlib import Path

import pytest
from shell import ARLEN, Output, write_article

from dossier.cli import main

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
    assert main.main(["check", str(library)]) == 1
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
    assert main.main(["check", str(library), "--format", "json"]) == 1
    codes = [one["code"] for one in json.loads(capsys.readouterr().out)]
    assert codes == ["registry-contradicted", "duplicate-article", "duplicate-article", "two-spellings"]


def test_each_path_is_a_library(library: Path, capsys: Output) -> None:
    assert main.main(["check", str(library / "one.yaml"), str(library / "deep")]) == 0
    assert capsys.readouterr().out == ""


def test_what_several_paths_mean_is_told_once(library: Path, capsys: Output) -> None:
    assert main.main(["check", str(library), str(library / "registry.yaml"), str(library), str(library / "deep")]) == 1
    assert capsys.readouterr().err == "3 errors, 1 warning in 2 articles and 1 registry\n"


def test_a_registry_with_faults(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text(REGISTRY.replace("1", "2", 1), "utf-8")
    assert main.main(["check", str(path)]) == 1
    told = capsys.readouterr()
    assert found(told.out) == [("registry.yaml:1:11", "wrong-shape")]
    assert told.err == "1 error, 0 warnings in 1 registry\n"


def test_a_second_registry(library: Path, capsys: Output) -> None:
    (library / "deep" / "registry.yaml").write_text("registry: 1\npeople: {okafor: Lena Okafor}\n", "utf-8")
    assert main.main(["check", str(library)]) == 1
    told = capsys.readouterr()
    assert ("registry.yaml:1:1", "second-registry") in found(told.out)
    assert told.err == "4 errors, 1 warning in 2 articles and 2 registries\n"


ARTICLE = """\
headline: Ferry pact signed
outlet: Harbour Herald
published: 2023-04-12
body: “We will run every day,” said Lena Okafor.
people: {okafor: Lena Okafor}
quotes:
  - okafer: We will run every day
"""


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let the program read this text from standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))


def fake_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)


def test_standard_input_as_json(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    type_in(monkeypatch, ARTICLE)
    assert main.main(["check", "-", "--format", "json"]) == 1
    told = capsys.readouterr()
    (found,) = json.loads(told.out)
    assert found == {
        "path": "-",
        "line": 7,
        "column": 5,
        "severity": "error",
        "code": "unknown-reference",
        "message": found["message"],
        "excerpt": "  - okafer: We will run every day",
        "fix": {"line": 7, "column": 5, "end_line": 7, "end_column": 11, "text": "okafor"},
    }
    assert told.err == "1 error, 0 warnings in 1 article\n"


def test_the_loop_ends_when_the_fixes_are_made(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    type_in(monkeypatch, ARTICLE.replace("okafer", "okafor"))
    assert main.main(["check", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_registry_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    type_in(monkeypatch, REGISTRY)
    assert main.main(["check", "-"]) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings in 1 registry\n"


@pytest.mark.parametrize(("text", "code"), [("", "not-mapping"), ("nothing", "not-mapping"), ("a: [", "not-yaml")])
def test_standard_input_that_is_no_article(
    text: str, code: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    type_in(monkeypatch, text)
    assert main.main(["check", "-"]) == 1
    assert f"[{code}]\n" in capsys.readouterr().out


def test_standard_input_over_the_limit(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    type_in(monkeypatch, ARTICLE)
    assert main.main(["check", "-", "--max-size", str(len(ARTICLE.encode()) - 1)]) == 1
    assert capsys.readouterr().out.endswith("[too-large]\n")


def test_without_a_path_the_library_is_checked(library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("DOSSIER_LIBRARY", str(library))
    assert main.main(["check"]) == 1
    assert capsys.readouterr().err == "3 errors, 1 warning in 2 articles and 1 registry\n"


def test_without_a_path_the_current_folder_is_checked(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(library)
    assert main.main(["check"]) == 1
    assert capsys.readouterr().err == "3 errors, 1 warning in 2 articles and 1 registry\n"


def test_on_a_terminal_a_caret_is_below_the_place(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (library / "one.yaml").write_text(ARTICLE.replace("  - okafer", "  - 오카포르"), "utf-8")
    fake_terminal(monkeypatch)
    assert main.main(["check", str(library / "one.yaml")]) == 1
    assert capsys.readouterr().out.split("\n")[1:] == [
        "    7 |   - 오카포르: We will run every day",
        "      |     ^",
        "",
    ]


def test_on_a_terminal_those_of_the_library_have_theirs(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    fake_terminal(monkeypatch)
    assert main.main(["check", str(library)]) == 1
    assert capsys.readouterr().out.count("\n    5 | id: same\n      | ^\n") == 2


def test_findings_of_files_without_a_line_have_no_excerpt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfeh\0e\0")
    fake_terminal(monkeypatch)
    assert main.main(["check", str(tmp_path / "a.yaml")]) == 1
    assert re.fullmatch(r".*\[not-utf8]\n", capsys.readouterr().out)


def test_explain(capsys: Output) -> None:
    assert main.main(["check", "--explain", "bad-at"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("bad-at (error)\n\nat: says where the evidence is")
    assert "right:\n\n    quotes:\n" in told


@pytest.mark.parametrize(("code", "cure"), [("bad-att", "did you mean bad-at?"), ("7", "the codes are cannot-read,")])
def test_explain_a_code_that_there_is_not(code: str, cure: str, capsys: Output) -> None:
    assert main.main(["check", "--explain", code]) == 2
    assert cure in capsys.readouterr().err


def test_the_excerpts_of_the_tutorial_library_are_lines_of_its_files(capsys: Output) -> None:
    assert main.main(["check", ARLEN, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found
    for one in found:
        line = Path(one["path"]).read_text("utf-8").splitlines()[one["line"] - 1]
        assert one["excerpt"].removesuffix("…").removeprefix("…") in line


def test_a_registry_in_json(tmp_path: Path, capsys: Output) -> None:
    people = {"okafor": {"name": "Lena Okafor", "same_as": {"wikidata": "Q2"}}}
    article = {"headline": "A", "outlet": "H", "published": "2023", "body": ["Lena Okafor spoke."], "people": people}
    (tmp_path / "a.json").write_text(json.dumps(article), "utf-8")
    registry = {"registry": 1, "people": {"okafor": {"name": "Lena Okafor", "same_as": {"wikidata": "Q1"}}}}
    (tmp_path / "registry.json").write_text(json.dumps(registry, indent=1), "utf-8")
    assert main.main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "[registry-contradicted]" in told.out
    assert "registry.json:4) has Q1" in told.out


@pytest.mark.parametrize(("text", "status"), [('{"headline": "D", "body": "b",}', 1), ("{headline: D, body: b,}", 0)])
def test_json_on_standard_input_is_judged_as_json(
    text: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    type_in(monkeypatch, text)
    assert main.main(["check", "-"]) == status
    assert ("[not-json]" in capsys.readouterr().out) == bool(status)
