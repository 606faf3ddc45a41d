"""`dossier new`, `prompt` and `schema`: what a writer of article files starts from."""

import errno
import io
import json
import os
import sys
from pathlib import Path

import pytest
from shell import Output

from dossier.cli import main
from dossier.export.article_schema import make_article_schema
from dossier.export.strict_schema import make_strict_schema
from dossier.loader.article import load_article

pytestmark = pytest.mark.usefixtures("no_reader")

TEXT = "Lena Okafor spoke.\n\nThe toll stays.\n"


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(f"\ufeff{TEXT}", "utf-8")
    return path


def test_new_writes_a_file_and_never_a_second_time(tmp_path: Path, text_file: Path, capsys: Output) -> None:
    path = tmp_path / "pact.yaml"
    assert main.main(["new", str(path), "--text", str(text_file)]) == 0
    assert capsys.readouterr().err == f"dossier: created {path}: fill it in, then run dossier check {path}\n"
    before = path.read_bytes()
    assert [found.code for found in load_article(path).problems] == ["no-headline", "no-outlet", "no-published"]
    assert main.main(["new", str(path)]) == 2
    assert capsys.readouterr().err == f"dossier: {path} already exists: name another file\n"
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["new", "import"])
def test_a_full_disk_leaves_no_half_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output, command: str
) -> None:
    source, into = tmp_path / "articles.json", tmp_path / "into"
    source.write_text(json.dumps({"headline": "Pact", "body": "Lena Okafor spoke."}), "utf-8")
    into.mkdir()
    words = {"new": ["new", str(into / "pact.yaml")], "import": ["import", str(source), "--into", str(into)]}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert main.main(words[command]) == 2
    told = capsys.readouterr()
    assert "pact.yaml: No space left on device" in told.err
    assert ("created" in told.err, told.out, list(into.iterdir())) == (False, "", [])
    assert main.main(words[command]) == 0
    assert [one.name for one in into.iterdir()] == ["pact.yaml"]


def test_new_without_a_file_prints_what_it_would_write(tmp_path: Path, text_file: Path, capsys: Output) -> None:
    assert main.main(["new", str(tmp_path / "pact.yml"), "--text", str(text_file)]) == 0
    assert main.main(["new", "--text", str(text_file)]) == 0
    assert capsys.readouterr().out == (tmp_path / "pact.yml").read_text("utf-8")


def test_the_text_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()), "utf-8"))
    assert main.main(["prompt", "--text", "-"]) == 0
    assert capsys.readouterr().out.endswith("\n[p1] Lena Okafor spoke.\n[p2] The toll stays.\n\n")


@pytest.mark.parametrize("command", ["new", "prompt"])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"gr\xfcn", "is not in UTF-8 (byte 2): save it as UTF-8"),
        (b" \n", "is empty: name a file with the text of an article"),
        (b"a" * (8 * 1024 * 1024 + 1), "is larger than 8,388,608 bytes: name a file with a single article"),
        (None, "No such file or directory; name a file with the text of an article"),
    ],
    ids=["not UTF-8", "empty", "too large", "missing"],
)
def test_a_text_that_cannot_be_read(
    command: str, data: bytes | None, message: str, tmp_path: Path, capsys: Output
) -> None:
    path = tmp_path / "article.txt"
    if data is not None:
        path.write_bytes(data)
    assert main.main([command, "--text", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err


def test_new_in_a_folder_that_is_not_there(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "none" / "a.yaml"
    assert main.main(["new", str(path)]) == 2
    assert capsys.readouterr().err == f"dossier: {path}: No such file or directory\n"


def test_schema(capsys: Output) -> None:
    assert main.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == make_article_schema()
    assert main.main(["schema", "--strict"]) == 0
    assert json.loads(capsys.readouterr().out) == make_strict_schema()


@pytest.mark.parametrize("command", ["new", "prompt", "schema", "check"])
def test_each_has_a_help_of_its_own(command: str, capsys: Output) -> None:
    assert main.main([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"usage: dossier {command}")
    assert max(map(len, told.split("\n"))) <= 80
