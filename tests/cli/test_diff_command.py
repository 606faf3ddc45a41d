"""`dossier diff`: which two things are compared, what is printed where, and the exit status."""

import json
from pathlib import Path

import pytest
from shell import ARLEN, NATO, Output, write_article

from dossier.cli import main

pytestmark = pytest.mark.usefixtures("no_reader")


def compared(*words: str) -> int:
    return main.main(["diff", *words])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two versions of an article, with an event each; two articles with one id, in a folder of their own."""
    (tmp_path / "deep").mkdir()
    for name, day, number in (("first", "Tuesday", 11), ("second", "Wednesday", 12)):
        write_article(
            tmp_path,
            name,
            body=f"'The pact was signed on {day}.'",
            timeline=f"[{{id: pact, date: 2023-04-{number}, what: Pact signed, at: p1}}]",
        )
    write_article(tmp_path / "deep", "one", id="same")
    write_article(tmp_path / "deep", "two", id="same", body="A boat.")
    return tmp_path


def test_two_files_need_no_library(library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.cli.compare_articles.default_path", lambda: pytest.fail("a library was looked for"))
    monkeypatch.chdir(library)
    assert compared("first.yaml", "second.yaml") == 1
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.startswith("--- first.yaml\n    Ferry\n+++ second.yaml\n    Ferry\n\nArticle\n")
    assert "\n~ ¶1 The pact was signed on [-Tuesday-]{+Wednesday+}.\n" in told.out
    assert "\n~ ¶1 [-11-]{+12+} April 2023\n     Pact signed\n" in told.out


def test_the_same_is_status_0(library: Path, capsys: Output) -> None:
    file = str(library / "first.yaml")
    assert compared(file, file) == 0
    assert "~" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("first", "second"),
        ("first.yaml", "second"),
        ("first#event/pact", "second#event/pact"),
        ("first.yaml#event/pact", "second#event/pact"),
        ("deep/one.yaml", "second"),
    ],
)
def test_what_is_compared(
    first: str, second: str, library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library)
    status = compared(first, second, str(library), "--format", "json")
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert status == 1
    assert (found["left"].partition("#")[0], found["right"].partition("#")[0]) == (
        "same" if "deep" in first else "first",
        "second",
    )
    assert ("event" in found) is ("#" in first)
    assert found["same"] is False


def test_an_address_without_an_article_is_one_of_the_only_article(capsys: Output) -> None:
    assert compared("event/e1", "event/e2", NATO) == 1
    assert "[-2006-]{+November 2017+}" in capsys.readouterr().out


def test_a_library_tells_who_is_the_same(tmp_path: Path, capsys: Output) -> None:
    for name, called in (("one", "Lena Okafor"), ("two", "L. Okafor")):
        write_article(
            tmp_path,
            name,
            body=f"'“No toll,” said {called}.'",
            people=f"{{okafor: {called}}}",
            quotes="[{okafor: No toll}]",
        )
    assert compared(str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml")) == 1
    assert "+ L. Okafor" in capsys.readouterr().out
    registry = "registry: 1\npeople:\n  okafor: {name: Lena Okafor, aliases: [L. Okafor]}\n"
    (tmp_path / "registry.yaml").write_text(registry, "utf-8")
    assert compared("one", "two", str(tmp_path)) == 1
    out = capsys.readouterr().out
    assert "+ L. Okafor" not in out
    assert "  Lena Okafor\n  1 quote, the same" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["first.yaml"], "the following arguments are required: B"),
        (["deep", "first.yaml"], "argument A: deep is a folder: name an article file"),
        (["first.yaml", "quote/q1"], "argument B: only articles and events can be compared, and quote/q1 is neither"),
        (["first.yaml", "first.yaml#event/pact"], "A and B must both be articles, or both be events"),
        (["first.yaml#event/pat", "first.yaml#event/pact"], "no event first.yaml#event/pat: did you mean event/pact?"),
        (["first.yaml", "nowhere.yaml", "."], "nowhere.yaml: no such file or article"),
        (["first.yaml", "deep/nowhere.yaml"], "argument B: deep/nowhere.yaml: no such file"),
        (["first", "secnd", "."], "no article 'secnd' here: did you mean second?"),
        (["first", "same", "."], "several articles have the id same: say which one, deep%2Fone.yaml or"),
        (["first.yaml", "colour/x"], "argument B: 'colour/x' is not an address"),
        (
            ["first.yaml#event/pact", "deep/one.yaml#event/e1"],
            "no event deep/one.yaml#event/e1: the article",
        ),
        (["first", "second", "none"], "none: No such file or directory"),
        (["first.yaml", "second.yaml", "none"], "none: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_status_2(
    words: list[str], message: str, library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library)
    assert compared(*words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"dossier: {message}" in told.err


def test_a_library_of_the_program(capsys: Output) -> None:
    assert compared("hh-2023-04-12-ferry#event/e2", "2022-02-11-bridge-toll#event/e2", ARLEN) == 1
    out = capsys.readouterr().out
    assert "event, date" in out
    assert "Evidence" in out


def test_a_name_cannot_command_the_terminal(library: Path, capsys: Output) -> None:
    odd = library / "a\x1b[2Jb.yaml"
    odd.write_text("headline: A\nbody: [B]\n", "utf-8")
    assert compared(str(odd), str(library / "first.yaml")) == 1
    assert "\x1b" not in capsys.readouterr().out
