"""Tests of the command line on a library that is on a PostgreSQL server, read by a role that has SELECT alone."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from postgresql_servers import Database
from shell import Output
from shelves import article, written

from dossier.cli.main import main
from dossier.config.settings import config_folder

pytest.importorskip("psycopg")

pytestmark = pytest.mark.usefixtures("no_reader")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PORT_ARLEN, tmp_path / "port-arlen"))


@pytest.fixture
def served(root: Path, database: Database, capsys: Output) -> Database:
    """Return a database with the index of `root`."""
    assert main(["index", str(root), "--engine", database.owner]) == 0
    err = capsys.readouterr().err
    assert "11 articles" in err
    assert f"the index is at {shown(database)}" in err
    return database


def shown(database: Database) -> str:
    """Return the address of a database as it may be printed."""
    return f"postgresql://127.0.0.1:{database.server.port}/{database.name}"


def write_settings(text: str) -> Path:
    path = config_folder(os.environ) / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("is_named", [False, True])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["search", "quay"], 0),
        (["search", "speaker:okafor", "--format", "jsonl", "--sort", "hits"], 0),
        (["search", "nothing-of-this-kind"], 1),
        (["show", "person/okafor"], 0),
        (["show", "person/okafor", "--format", "json"], 0),
        (["show", "hh-2024-10-12-the-long-quay#para/p1"], 0),
        ([], 0),
        (["--at", "hh-2023-04-12-ferry"], 0),
    ],
)
def test_a_command_prints_what_it_prints_of_the_folder(
    words: list[str], status: int, is_named: bool, root: Path, served: Database, capsys: Output
) -> None:
    assert main([*words, str(root)]) == status
    expected = capsys.readouterr().out
    if not is_named:
        shutil.rmtree(root)
    assert main([*words, *([str(root)] if is_named else []), "--engine", served.reader]) == status
    found = capsys.readouterr()
    assert found.out == expected
    assert bool(expected) == (status == 0)


def test_an_address_that_nothing_has(served: Database, capsys: Output) -> None:
    for ref in ("hh-2024-10-12-the-long-quay#para/p99", "hh-2024-10-12-the-long-quaz", "person/okafro"):
        assert main(["show", ref, "--engine", served.reader]) == 1
        assert capsys.readouterr().out == ""


def test_the_settings_name_the_library_where_nothing_else_does(
    served: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    path = write_settings(f'engine = "{served.reader}"\n')
    other = tmp_path / "other"
    written(other, "a.yaml", article("Another quay"))
    written(other, "b.yaml", article("A second quay"))
    monkeypatch.chdir(other)
    assert main(["search", "Okafor"]) == 0
    assert "hh-2024-10-12-the-long-quay" in capsys.readouterr().out
    assert main(["index", "--status"]) == 0
    assert f"index     {shown(served)}, named by engine in {path}" in capsys.readouterr().out
    assert main(["index"]) == 0
    assert f"({shown(served)}, named by engine in {path}) and was not updated" in capsys.readouterr().err
    assert main(["index", "--rebuild"]) == 2
    for words in (["search", "quay", "."], ["search", "quay", str(other)]):
        assert main(words) == 0
        assert "Another quay" in capsys.readouterr().out
    monkeypatch.setenv("DOSSIER_LIBRARY", str(other))
    assert main(["search", "quay"]) == 0
    assert "Another quay" in capsys.readouterr().out
    assert main(["search", "quay", "--engine", served.reader]) == 0
    assert "hh-2024-10-12-the-long-quay" in capsys.readouterr().out


def test_the_settings_are_printed_without_password(capsys: Output) -> None:
    write_settings('engine = "postgresql://ida:secret@desk.example/news"\n')
    assert main(["config", "show"]) == 0
    assert main(["config", "show", "--format", "json"]) == 0
    found = capsys.readouterr()
    assert found.out.count('"postgresql://desk.example/news"') == 2
    assert "secret" not in found.out + found.err
    write_settings('engine = "ida:secret@desk.example"\n')
    assert main(["config", "validate"]) == 1
    found = capsys.readouterr()
    assert "engine must be an address such as postgresql://HOST/DATABASE" in found.out
    assert "secret" not in found.out + found.err


def test_the_status(served: Database, root: Path, capsys: Output) -> None:
    assert main(["index", "--status", "--engine", served.reader]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^server    PostgreSQL \d+\.\d+$", out, re.MULTILINE)
    assert f"library   {root}\n" in out
    assert "articles  11\n" in out
    written(root, "new.yaml", article())
    assert main(["index", str(root), "--status", "--engine", served.reader]) == 1
    assert f"1 file has changed: dossier index {root} --engine {shown(served)} updates" in capsys.readouterr().out
    assert main(["index", "--status", "--engine", served.reader, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["address"] == shown(served)
    assert (told["engine"], told["replica"], told["lag"], told["servers"]) == ("postgresql", False, None, [])
    assert told["size"] > 0
    served.run("UPDATE dossier.meta SET value = '0' WHERE key = 'whole'")
    assert main(["index", "--status", "--engine", served.reader]) == 1
    assert "not finished" in capsys.readouterr().out


def test_decisions_are_the_readers_own(served: Database, capsys: Output) -> None:
    assert main(["index", "--status", "--engine", served.reader, "--format", "json"]) == 0
    folder = Path(json.loads(capsys.readouterr().out)["state_folder"])
    assert main(["search", "person:brandt", "--engine", served.reader, "--format", "json"]) == 0
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "decisions.jsonl").write_text("no decision\n", "utf-8")
    capsys.readouterr()
    assert main(["search", "person:brandt", "--engine", served.reader]) == 0
    assert "decisions.jsonl" in capsys.readouterr().err
