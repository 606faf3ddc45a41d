"""What cannot be read: named pipes on the command line, and what `check` tells of a folder where something is shut."""

import os
import socket
from pathlib import Path

import pytest

from dossier.cli.main import main

ARTICLE = "headline: Ferry\noutlet: Herald\npublished: 2023-01-01\nbody: |\n  The ferry sailed.\n"


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("a.yaml").write_text(ARTICLE, "utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "{}",
        "check {}",
        "check a.yaml {}",
        "show {}",
        "show {}#para/p1",
        "show para/p1 {}",
        "search ferry {}",
        "export {}",
        "export para/p1 {}",
        "import {} --into out",
        "notes import {}",
        "notes list {}",
        "notes export {} --format markdown",
        "new --text {}",
        "prompt --text {}",
        "diff {} a.yaml",
        "diff a.yaml {}",
        "diff x y {}",
        "index {}",
        "registry {}",
    ],
)
def test_a_named_pipe_is_refused_at_once(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.yaml")
    assert main(words.format("pipe.yaml").split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    command = words.split(maxsplit=1)[0]
    wanted = {
        "index": "pipe.yaml is not a folder: only",
        "registry": "pipe.yaml is not a folder: decisions",
        "diff": "pipe.yaml: it is a named pipe, not a regular file (the shell makes one of <(COMMAND)); ",
    }
    cure = "to read what another program writes, name - for standard input, as in COMMAND | dossier check -"
    assert wanted.get(command, f"{wanted['diff']}{cure}") in printed.err


def test_other_special_files_are_called_what_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket.yaml")
        assert main(["check", "socket.yaml"]) == 2
    assert main(["check", "/dev/null"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("dossier: socket.yaml: it is a socket, not a regular file; to read")
    assert second.startswith("dossier: /dev/null: it is a device, not a regular file; to read")


def test_check_tells_what_it_cannot_look_into_and_checks_the_rest(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("shut").mkdir()
    Path("b.yaml").write_text(ARTICLE.replace("outlet: Herald\n", "").replace("Ferry", "Quay"), "utf-8")
    os.mkfifo("pipe.yaml")
    Path("loop.yaml").symlink_to("loop.yaml")
    scandir = os.scandir

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) if str(path).endswith("shut") else scandir(path))
    assert main(["check", "."]) == 1
    printed = capsys.readouterr()
    shut, loop, pipe, outlet = printed.out.splitlines()
    assert shut.startswith("shut:1:1: error: cannot list the folder: Permission denied; chmod u+rx lets you")
    assert loop.startswith("loop.yaml:1:1: error: cannot read the file: ")
    assert loop.endswith("; the link leads back to itself: delete it [cannot-read]")
    assert pipe == "pipe.yaml:1:1: error: cannot read the file: it is a named pipe, not a regular file [cannot-read]"
    assert outlet.startswith("b.yaml:1:1: warning: no outlet")
    assert printed.err == "3 errors, 1 warning in 2 articles\n"
    assert main(["show", "a#para/p1", "."]) == 0
    told = capsys.readouterr().err
    assert "2 files cannot be opened; dossier check says why" in told
    assert "1 folder cannot be listed; dossier check says why" in told


def test_a_folder_with_nothing_but_a_named_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    Path("only").mkdir()
    os.mkfifo("only/pipe.yaml")
    assert main(["check", "only"]) == 1
    assert capsys.readouterr().err == "1 error, 0 warnings in 0 articles\n"
    assert main(["show", "para/p1", "only"]) == 2
    assert "it is a named pipe" in capsys.readouterr().err


def test_a_word_with_a_mark_inside_is_found_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(ARTICLE.replace("ferry", "fer\ufeffry\u2060man"), "utf-8")
    assert main(["search", "ferryman", "a.yaml", "--format", "csv"]) == 0
    assert "fer\u200bry\u200bman sailed" in capsys.readouterr().out
    assert main(["search", "ferryman", "a.yaml", "--format", "json"]) == 0
    assert '"spans": [[4, 14]]' in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", ["{}", "check {}", "show {}", "show para/p1 {}", "search x {}", "export {}", "diff {} b"]
)
@pytest.mark.parametrize("name", ["x" * 300, "x/" * 3000])
def test_a_name_that_is_too_long_is_an_error_of_the_user(words: str, name: str) -> None:
    assert main(words.format(name).split()) in (1, 2)


@pytest.mark.parametrize("words", ["import - --into out", "new --text -", "prompt --text -", "check -", "show -"])
def test_a_closed_standard_input_has_no_text(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert main(words.split()) in (1, 2)
