"""Tests of the command line on a library that is on a PostgreSQL server, read by a role that has SELECT alone."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from postgresql_servers import Database, Servers
from shell import ROOT, Output, write_settings
from shelves import article, written

from dossier.cli.main import main
from dossier.library.index import update
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.update import update_index

pytest.importorskip("psycopg")

# They need psycopg.
from dossier.library.index.postgresql import refusals
from dossier.library.index.postgresql.engine import PostgresqlEngine
from dossier.library.library import _unfinished_words
from dossier.library.stored_library import open_stored_library

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


def test_an_address_of_no_article(served: Database, capsys: Output) -> None:
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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('engine = "postgressql:///?service=news"', "config.toml:1:10: error: engine must be an address such as"),
        (
            'engin = "postgresql:///?service=news"',
            "config.toml:1:1: error: unknown setting 'engin': did you mean engine?",
        ),
        ("engine = postgresql:///?service=news", "config.toml:1:10: error: not valid TOML"),
        ('theme = dark\nengine = "postgresql:///?service=news"', "config.toml:1:9: error: not valid TOML"),
        ("engine = 5", "config.toml:1:10: error: engine must be an address such as"),
    ],
)
def test_no_other_library_is_read_in_place_of_the_one_in_mistaken_settings(
    line: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    other = tmp_path / "other"
    written(other, "a.yaml", article("Another quay"))
    written(other, "b.yaml", article("A second quay"))
    monkeypatch.chdir(other)
    write_settings(f"{line}\n")
    assert main(["search", "quay"]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert told in " ".join(found.err.split())
    assert "mend this, or name a PATH" in " ".join(found.err.split())
    assert main(["search", "quay", "."]) == 0
    assert "Another quay" in capsys.readouterr().out


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


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "jsonl"],
        ["person/okafor"],
        ["--query", "quay", "--format", "csv"],
        ["--notes", "--format", "webannotation"],
    ],
)
def test_an_export_is_that_of_the_folder(words: list[str], root: Path, served: Database, capsys: Output) -> None:
    assert main(["export", *words, str(root)]) in (0, 1)
    expected = capsys.readouterr().out
    assert main(["export", *words, "--engine", served.reader]) in (0, 1)
    found = capsys.readouterr().out
    place = f"{shown(served)}/port-arlen/"
    assert re.sub(r'"made": "[^"]*"', "", found).replace(place, f"{root}/") == re.sub(r'"made": "[^"]*"', "", expected)


def test_a_saved_search_of_the_library_there(served: Database, capsys: Output) -> None:
    assert main(["export", "--saved", "tolls", "--engine", served.reader]) == 2
    assert f"no saved search 'tolls' in {shown(served)}: none is saved" in capsys.readouterr().err


def test_addresses_are_completed(served: Database, capsys: Output) -> None:
    line = ["dossier", "show", "--engine", served.reader, "hh-2024"]
    assert main(["__complete", "addresses", "hh-2024", *line]) == 0
    assert "hh-2024-10-12-the-long-quay\tThe long quay" in capsys.readouterr().out
    line[3] = "postgresql://127.0.0.1:1/nothing"
    assert main(["__complete", "addresses", "hh-2024", *line]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("words", [["check"], ["registry"], ["import", "a.jsonl", "--into", "b"], ["diff", "a", "b"]])
def test_commands_that_read_files_refuse_a_server(words: list[str], capsys: Output) -> None:
    assert main([*words, "--engine", "postgresql://ida:secret@desk.example/news"]) == 2
    err = capsys.readouterr().err
    assert "this command reads files" in err
    assert "secret" not in err


ADDRESSES = (
    ("{owner}x", "no such database|does not exist"),
    (
        "postgresql://ida:secret@127.0.0.1:1/news",
        "Connection refused: start the server there, or correct the port in the address$",
    ),
    ("postgresql://ida:secret@no-such-host.invalid/news", "no host of this name|cannot be looked up"),
    ("postgresql://ida:secret@127.0.0.1:{port}/postgres", "password is missing or wrong"),
    ("postgresql://ida@127.0.0.1:{port}/postgres", "password is missing or wrong"),
    ("postgresql://ida:secret", "no address of a PostgreSQL server"),
    ("postgresql://ida:sec/ret:secret@desk.example/news", "no address of a PostgreSQL server"),
    ("postgresql://ida:sec%ret-secret@desk.example/news", "no address of a PostgreSQL server"),
    ("postgresql://ida:secret@127.0.0.1:{port}/news?nothing=secret", "a parameter of the connection is not known"),
    ("postgresql:///?service=no-such-service&password=secret", "the service is in no service file"),
    ("ida:secret@desk.example", "no address of a PostgreSQL server"),
    ("http://ida:secret@desk.example/news", "no address of a PostgreSQL server"),
)


@pytest.mark.parametrize("words", [["search", "quay"], ["show", "person/okafor"], [], ["index", "--status"], ["index"]])
@pytest.mark.parametrize(("address", "told"), ADDRESSES)
def test_an_error_about_an_address_has_no_secrets(
    words: list[str], address: str, told: str, root: Path, database: Database, capsys: Output
) -> None:
    address = address.format(owner=database.owner, port=database.server.port)
    given = [*words, str(root)] if words == ["index"] else words
    assert main([*given, "--engine", address]) == 2
    found = capsys.readouterr()
    assert re.search(told, found.err), found.err
    assert_nothing_secret(found.out + found.err)


@pytest.mark.parametrize(
    "words",
    [
        ["search", "quay", "{0}"],
        ["{0}"],
        ["show", "{0}"],
        ["show", "person/okafor", "{0}"],
        ["index", "{0}"],
        ["check", "{0}"],
        ["export", "{0}"],
        ["import", "{0}", "--into", "{0}"],
        ["diff", "{0}", "{0}"],
        ["new", "{0}"],
        ["--engin", "{0}"],
        ["--engine={0}", "--demo"],
        ["search", "quay", "--engine"],
        ["serach", "{0}"],
        ["notes", "import", "{0}"],
        ["config", "validate", "{0}"],
        ["--at", "{0}"],
    ],
)
@pytest.mark.parametrize("address", ["postgresql://ida:secret@desk.example/news", "postgres://ida:a secret@desk/news"])
def test_an_error_about_an_address_in_the_wrong_place_has_no_secrets(
    words: list[str], address: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(root)
    assert main([word.format(address) for word in words]) in (1, 2)
    found = capsys.readouterr()
    assert_nothing_secret(found.out + found.err)


def test_an_error_says_what_is_in_the_place_of_the_index(
    served: Database, root: Path, tmp_path: Path, postgresql: Servers, capsys: Output
) -> None:
    empty = postgresql.database(served.server)
    foreign = postgresql.database(served.server)
    foreign.run(
        "CREATE SCHEMA dossier CREATE TABLE meta (key TEXT, value TEXT); GRANT USAGE ON SCHEMA dossier TO PUBLIC"
    )
    foreign.run("GRANT SELECT ON dossier.meta TO PUBLIC; ALTER SCHEMA dossier OWNER TO owner")
    foreign.run("ALTER TABLE dossier.meta OWNER TO owner")
    other = tmp_path / "other"
    written(other, "a.yaml", article())
    cases = [
        (
            [empty.reader],
            f"there is no index yet at {shown(empty)}: dossier index FOLDER --engine {shown(empty)} makes it",
        ),
        ([foreign.reader], "what is in its schema dossier is no index: name another database"),
        ([served.reader, str(other)], f"has the index of {root}, not of {other}: leave out the path"),
    ]
    for words, told in cases:
        status = 1 if told.startswith("there is no index") else 2
        assert main(["index", "--status", "--engine", *words]) == status
        found = capsys.readouterr()
        assert told.removeprefix("the ") in found.out + found.err
        assert main(["search", "quay", "--engine", words[0], *words[1:]]) == 2
        found = capsys.readouterr()
        assert told in found.err
        assert_nothing_secret(found.out + found.err)
    for words in ([str(root), "--engine", foreign.owner], [str(root), "--engine", foreign.owner, "--rebuild"]):
        assert main(["index", *words]) == 2
        assert "is no index: name another database" in capsys.readouterr().err
    assert foreign.run("SELECT count(*) FROM dossier.meta").strip() == "0"
    assert main(["index", str(other), "--engine", served.owner]) == 2
    found = capsys.readouterr()
    assert f"has the index of {root}, not of {other}: one database has the index of one library" in found.err
    assert f"dossier index {other} --engine {shown(served)} --rebuild" in found.err
    assert main(["index", str(root), "--engine", served.reader]) == 2
    found = capsys.readouterr()
    assert "the index cannot be written" in found.err
    assert "owns it, and may CREATE in the database" in found.err
    assert_nothing_secret(found.err)


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ("UPDATE dossier.meta SET value = '0 0' WHERE key = 'version'", "another version of dossier made the index"),
        ("REVOKE SELECT ON dossier.meta FROM reader", "GRANT SELECT ON ALL TABLES IN SCHEMA dossier"),
        ("REVOKE USAGE ON SCHEMA dossier FROM PUBLIC", "GRANT USAGE ON SCHEMA dossier"),
        ("REVOKE SELECT ON dossier.article FROM reader", "permission denied for table article"),
    ],
)
def test_an_index_that_cannot_be_used(statements: str, told: str, served: Database, capsys: Output) -> None:
    served.run(statements)
    for words in (["search", "quay"], ["show", "person/okafor"], []):
        assert main([*words, "--engine", served.reader]) == 2
        found = capsys.readouterr()
        assert told in found.err
        assert_nothing_secret(found.out + found.err)


@pytest.mark.parametrize("more", [[], ["--rebuild"]])
def test_an_index_of_another_version_is_made_anew_by_its_owner(
    more: list[str], served: Database, root: Path, capsys: Output
) -> None:
    served.run("UPDATE dossier.meta SET value = '0 0' WHERE key = 'version'")
    assert main(["index", str(root), "--engine", served.owner, *more]) == 0
    assert f"the index is at {shown(served)}" in capsys.readouterr().err
    assert main(["search", "quay", "--engine", served.owner]) == 0
    assert "hh-2024-10-12-the-long-quay" in capsys.readouterr().out


def test_a_server_that_is_too_old(
    served: Database, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(refusals, "LEAST_VERSION", 990_000)
    for words in (["search", "quay"], ["index", str(root)], ["index", "--status"]):
        assert main([*words, "--engine", served.owner]) == 2
        found = capsys.readouterr()
        assert f"PostgreSQL {served.server.version} is too old: an index needs a server of version 99" in found.err
        assert_nothing_secret(found.out + found.err)


@pytest.mark.parametrize("words", [["search", "quay"], ["show", "person/a"], [], ["index", "--status"], ["export"]])
def test_without_psycopg_the_extra_is_named(words: list[str]) -> None:
    told = f"import sys\nsys.modules['psycopg'] = None\nfrom dossier.cli.main import main\nsys.exit(main({words!r} + "
    told += "['--engine', 'postgresql://ida:secret@desk.example/news']))"
    ran = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "pip install 'dossier[postgresql]'" in ran.stderr
    assert_nothing_secret(ran.stdout + ran.stderr)


def assert_nothing_secret(told: str) -> None:
    assert not re.search(r"s?ecret|sec/ret|word|ida\b|owner:|reader:|owner@|reader@", told.replace("password", "")), (
        told
    )


@pytest.mark.parametrize("words", [["search", "quay"], ["show", "hh-2023-04-12-ferry"], []])
def test_while_the_index_is_made_it_is_told(words: list[str], root: Path, served: Database, capsys: Output) -> None:
    told = {
        Stage.READING: (2, "it has no article so far; try again in a while"),
        Stage.JOINING: (0, "it has 11 articles so far"),
    }
    for stage, (status, state) in told.items():
        served.run("DROP SCHEMA dossier CASCADE")
        with pytest.raises(InterruptedError):
            update_index(root, engine=PostgresqlEngine(served.owner), report=cut_at(stage))
        assert main([*words, "--engine", served.reader]) == status
        found = capsys.readouterr()
        assert bool(found.out) == (status == 0)
        assert f"the index at {shown(served)} is being made or brought up to date" in found.err
        assert state in found.err
    update_index(root, engine=PostgresqlEngine(served.owner))
    assert main([*words, "--engine", served.reader]) == 0
    assert "so far" not in capsys.readouterr().err


def test_of_an_index_that_is_being_made_it_is_told_how_much_is_left(
    root: Path, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    for name, value in (("_FIRST", 3), ("_MOST", 3), ("_TELL", 0.0)):
        monkeypatch.setattr(update, name, value)

    def cut(progress: Progress) -> None:
        if progress.articles and progress.stage is Stage.READING:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        update_index(root, engine=PostgresqlEngine(database.owner), report=cut)
    assert main(["search", "quay", "--engine", database.reader]) in (0, 1)
    found = re.search(r"it has (\d+) articles? so far, with (\d+) files? left to read", capsys.readouterr().err)
    assert found
    stored = open_stored_library(database.reader)
    assert stored
    with closing(stored.index) as index:
        files = len([*root.rglob("*.yaml"), *root.rglob("*.yml"), *root.rglob("*.json")])
        assert (index.total(), index.unread) == (int(found[1]), int(found[2]))
        assert index.total() + index.total("faults") + index.total("others") + index.unread == files
        assert _unfinished_words(index) == f"index not finished, {found[2]} files left to read"
    update_index(root, engine=PostgresqlEngine(database.owner))
    assert main(["search", "quay", "--engine", database.reader]) == 0
    assert "left" not in capsys.readouterr().err


def cut_at(stage: Stage) -> Callable[[Progress], None]:
    """Return what ends an update when it comes to a stage."""

    def cut(progress: Progress) -> None:
        if progress.stage is stage:
            raise InterruptedError

    return cut
