"""Commands that read an article from standard input, and what they say of one that cannot be read."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from shell import NATO, ROOT, Output

from dossier.cli import main, sources
from dossier.loader.limits import Limits

pytestmark = pytest.mark.usefixtures("no_reader")

ARTICLE = "headline: Ferry\noutlet: Herald\npublished: 2023-04-12\nbody: [One boat.]\n"
HINT = "dossier: nothing to open: an article needs a headline and a body\n"


def give(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Make this what standard input has."""
    data = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))


@pytest.fixture
def nato(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, Path(NATO).read_bytes())


@pytest.mark.usefixtures("nato")
@pytest.mark.parametrize(
    "words",
    [
        "{}",
        "{} --at quote/q3",
        "show quote/q3 {}",
        "show para/p4:12-28 {} --format json",
        "show # {}",
        "search missiles {}",
        "search missiles {} --format csv",
    ],
)
def test_standard_input_is_read_as_a_file_is(words: str, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main.main(words.format("-").split()) == 0
    printed = capsys.readouterr()
    assert main.main(words.format(NATO).split()) == 0
    assert printed == capsys.readouterr()


@pytest.mark.usefixtures("nato")
def test_the_dash_alone_is_shown_whole(capsys: Output) -> None:
    assert main.main(["show", "-"]) == 0
    shown = capsys.readouterr().out
    assert main.main(["show", NATO]) == 0
    assert shown == capsys.readouterr().out


@pytest.mark.usefixtures("nato")
@pytest.mark.parametrize("words", [["show", "quote/q33", "-"], ["-", "--at", "quote/q33"]])
def test_what_is_not_in_it_is_told(words: list[str], capsys: Output) -> None:
    assert main.main(words) in (1, 2)
    assert "did you mean nato-seoul-2023#quote/q3?" in capsys.readouterr().err


@pytest.mark.usefixtures("nato")
def test_a_search_that_finds_nothing(capsys: Output) -> None:
    assert main.main(["search", "zebra", "-"]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "dossier: standard input is empty: it must be an article in YAML or JSON\n"),
        (" \n\n", "dossier: standard input is empty: it must be an article in YAML or JSON\n"),
        ("headline: [", "standard input:1:11: error: "),
        ("- a\n- b\n", "standard input:1:1: error: this is not an article"),
        ("headline: Ferry", "standard input:1:1: error: no body"),
        (b"headline: caf\xe9", "standard input:1:14: error: byte 0xe9 is not UTF-8"),
    ],
)
@pytest.mark.parametrize("words", [["-"], ["show", "#", "-"], ["search", "ferry", "-"]])
def test_what_cannot_be_read(
    words: list[str], text: str | bytes, message: str, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, text)
    assert main.main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(message)
    assert told.err.endswith(HINT) or "is empty" in told.err


def test_its_size_is_limited_as_that_of_a_file(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, ARTICLE)
    assert main.main(["-", "--max-size", str(len(ARTICLE) - 1)]) == 2
    assert "larger than" in capsys.readouterr().err
    give(monkeypatch, ARTICLE)
    assert main.main(["-", "--max-size", str(len(ARTICLE))]) == 0


def test_without_standard_input(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main.main(["-"]) == 2
    assert "standard input is empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "id"),
    [
        (f"id: ferry\n{ARTICLE}", "ferry"),
        (ARTICLE, "stdin-ea6dc322"),
        ('{"headline": "A \\ud83d\\ude00", "body": ["b"]}', "stdin-340425b2"),
    ],
)
def test_the_id_of_the_article(text: str, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, text)
    article = sources.load_standard_input(Limits()).article
    assert article
    assert article.ref.article == id
    assert {one.ref.article for one in article.body} == {id}
    assert article.path == ""


def test_a_file_with_a_json_object(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, '{"headline": "A \\ud83d\\ude00", "body": ["b"]}')
    assert main.main(["show", "headline", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["parts"][0]["text"] == "A 😀"


def test_a_wait_is_told_and_ends_with_ctrl_c() -> None:
    reader, writer = os.pipe()
    command = (sys.executable, "-m", "dossier", "-")
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdin=reader, stderr=subprocess.PIPE, env=given, encoding="utf-8") as ran:
        assert ran.stderr
        assert ran.stderr.readline() == "dossier: waiting for the end of standard input; Ctrl-C quits\n"
        ran.send_signal(signal.SIGINT)
        assert ran.stderr.read() == ""
    os.close(writer)
    os.close(reader)
    assert ran.returncode == 130
