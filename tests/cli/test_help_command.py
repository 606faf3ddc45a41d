"""Tests of `dossier help`, and of --help."""

import io
import re
from pathlib import Path

import pytest
from shell import Output

from dossier.cli.main import find_parser, main
from dossier.cli.parser import Argument
from dossier.export.help_topics import TOPICS, read_topic


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_printed(topic: str, capsys: Output) -> None:
    assert main(["help", topic]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(read_topic(topic))
    assert shown.err == ""


def test_a_topic_with_the_name_of_a_command_names_the_options_of_the_command(capsys: Output) -> None:
    main(["help", "search"])
    assert capsys.readouterr().out.endswith("\n  Options: dossier search --help\n")


def test_without_a_word_the_topics_are_listed(capsys: Output) -> None:
    assert main(["help"]) == 0
    told = capsys.readouterr().out
    assert all(f"  {name} " in told and about in told for name, about in TOPICS.items())
    assert max(map(len, told.splitlines())) < 84


@pytest.mark.parametrize("command", ["check", "show", "help", "import"])
def test_help_on_a_command_is_its_help(command: str, capsys: Output) -> None:
    assert main(["help", command]) == 0
    told = capsys.readouterr().out
    assert main([command, "--help"]) == 0
    assert capsys.readouterr().out == told
    assert told.startswith(f"usage: dossier {command}")


@pytest.mark.parametrize(
    ("word", "cure"),
    [
        ("formats", "did you mean 'dossier help format'?"),
        ("serach", "did you mean 'dossier help search'?"),
        ("chek", "did you mean 'dossier help check'?"),
        ("pgpass", "did you mean 'dossier help library'?"),
        ("PostgreSQL", "did you mean 'dossier help library'?"),
        ("xyzzy", "'dossier help' lists the topics"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(word: str, cure: str, capsys: Output) -> None:
    assert main(["help", word]) == 2
    assert capsys.readouterr().err == f"dossier: no help on '{word}': {cure}\n"


def test_the_help_lists_every_command_with_its_usage(capsys: Output) -> None:
    main(["--help"])
    told = capsys.readouterr().out
    usage, about = told.split("commands (each")
    listed = re.findall(r"^  ([a-z]+)  ", about, flags=re.MULTILINE)
    assert len(listed) > 10
    for command in listed:
        assert f"dossier {command} " in usage
        assert find_parser(command).format_help().startswith(f"usage: dossier {command}")


def test_topics_go_through_the_pager_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    monkeypatch.setenv("PAGER", f"sh -c 'cat > {told}'")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main(["help", "keys"]) == 0
    assert told.read_text("utf-8") == read_topic("keys")


def test_where_output_is_not_in_utf8_the_marks_are_those_of_an_ascii_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="iso8859-1", errors="replace"))
    monkeypatch.setenv("PYTHONIOENCODING", "iso8859-1")
    assert main(["help", "keys"]) == 0
    told = written.getvalue().decode("iso8859-1")
    assert "    *        lit: linked to what the cursor is on\n" in told
    assert "    >        the cursor\n" in told


def test_a_parser_lists_its_arguments() -> None:
    told = {one.names[-1] if one.names else one.value: one for one in find_parser("search").list_arguments()}
    assert told["--format"].choices == ("text", "json", "jsonl", "csv")
    assert told["--limit"].value == "N"
    assert told["PATH"] == Argument(
        (), "PATH", (), "a file or a folder; - is standard input (default: see dossier --help)", False
    )
    assert told["--help"].value == ""
    assert {one.value for one in find_parser("check").list_arguments() if one.repeats} == {"PATH"}
