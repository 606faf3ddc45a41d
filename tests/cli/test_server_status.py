"""Tests of `dossier index --status` on a server with parts on others, and on a replica."""

import json
import re
import shutil
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from postgresql_server import READER, Server
from postgresql_servers import Database, Servers
from shell import Output
from shelves import article, written
from waiting import until

from dossier.cli.main import main
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.update import update_index

pytest.importorskip("psycopg")

# They need psycopg.
from foreign_parts import spread_parts

from dossier.library.index.postgresql.engine import PostgresqlEngine

pytestmark = pytest.mark.usefixtures("no_reader")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PORT_ARLEN, tmp_path / "port-arlen"))


def status(address: str, capsys: Output, *paths: str) -> tuple[int, str, dict[str, object]]:
    """Return the exit status, the text and the JSON of the status."""
    capsys.readouterr()
    number = main(["index", *paths, "--status", "--engine", address])
    text = capsys.readouterr().out
    assert main(["index", *paths, "--status", "--engine", address, "--format", "json"]) == number
    return number, text, json.loads(capsys.readouterr().out)


def test_servers_with_parts_are_named_and_looked_at(
    root: Path, databases: tuple[Database, ...], postgresql: Servers, capsys: Output
) -> None:
    main_one, second, _ = databases
    third = postgresql.database(postgresql.start())
    assert main(["index", str(root), "--engine", main_one.owner]) == 0
    spread_parts(main_one, (second, third), "dossier")
    hosts = [f"127.0.0.1:{one.server.port}" for one in (second, third)]
    number, text, told = status(main_one.reader, capsys)
    parts = told["servers"]
    assert isinstance(parts, list)
    assert number == 0
    assert [(one["name"], one["host"], one["reachable"]) for one in parts] == [
        ("part_1", hosts[0], True),
        ("part_2", hosts[1], True),
    ]
    assert re.search(rf"^parts     part_1 \({hosts[0]}\): \d+ tables, reachable$", text, re.MULTILINE)
    third.server.stop()
    number, text, told = status(main_one.reader, capsys)
    parts = told["servers"]
    assert isinstance(parts, list)
    assert (number, told["up_to_date"]) == (1, False)
    assert [one["reachable"] for one in parts] == [True, False]
    assert f"part_2 ({hosts[1]})" in text
    assert "cannot be read: it does not answer" in text
    assert "state     incomplete: a server with parts of it cannot be read" in text
    main_one.run("DROP USER MAPPING FOR reader SERVER part_1")
    number, text, told = status(main_one.reader, capsys)
    assert number == 1
    assert "user mapping not found" in text


@pytest.mark.parametrize("tables", [["person"], ["packed", "words"], ["file"], ["meta"], ["file", "meta"]])
@pytest.mark.parametrize("is_compared", [False, True], ids=["", "with the folder"])
def test_tables_that_the_role_may_not_read_are_named(
    tables: list[str], is_compared: bool, root: Path, postgresql: Servers, postgresql_server: Server, capsys: Output
) -> None:
    database = postgresql.database(postgresql_server)
    assert main(["index", str(root), "--engine", database.owner]) == 0
    assert status(database.reader, capsys)[2]["unreadable"] == []
    for table in tables:
        database.run(f"REVOKE SELECT ON dossier.{table} FROM reader")
    number, text, told = status(database.reader, capsys, *([str(root)] if is_compared else []))
    assert (number, told["unreadable"], told["up_to_date"]) == (1, tables, False)
    has_facts, has_files = "meta" not in tables, not {"meta", "file"} & {*tables}
    assert told["library"] == (str(root) if has_facts else None)
    assert told["articles"] == (11 if has_facts else None)
    assert (told["files"] is not None, told["faults"] is not None) == (has_files, has_files)
    assert isinstance(told["size"], int)
    assert [word for word in ("library", "size", "articles", "files", "kept in") if f"\n{word} " in text] == [
        *(["library"] if has_facts else []),
        "size",
        *(["articles"] if has_facts else []),
        *(["files"] if has_files else []),
        *(["kept in"] if has_facts else []),
    ]
    named = f"{'table' if len(tables) == 1 else 'tables'} {', '.join(tables)}"
    assert f"rights    your role may not read the {named}: the owner of the index allows it with GRANT SELECT" in text
    assert "state     incomplete: your role may not read all of it\n" in text


def test_a_schema_that_the_role_may_not_use_is_told_with_its_cure(
    root: Path, postgresql: Servers, postgresql_server: Server, capsys: Output
) -> None:
    database = postgresql.database(postgresql_server)
    assert main(["index", str(root), "--engine", database.owner]) == 0
    database.run("REVOKE ALL ON ALL TABLES IN SCHEMA dossier FROM reader; REVOKE USAGE ON SCHEMA dossier FROM PUBLIC")
    assert main(["index", "--status", "--engine", database.reader]) == 2
    assert "its owner allows it with GRANT USAGE ON SCHEMA dossier" in capsys.readouterr().err


def test_a_replica_says_how_late_it_is(root: Path, postgresql: Servers, capsys: Output) -> None:
    server = postgresql.start()
    database = postgresql.database(server)
    assert main(["index", str(root), "--engine", database.owner]) == 0
    replica = postgresql.replica(server)
    try:
        address = replica.address(database.name, READER)
        # A replica that has not replayed any transaction yet does not know how late it is.
        written(root, "new.yaml", article())
        assert main(["index", str(root), "--engine", database.owner]) == 0

        def is_told() -> bool:
            number, text, told = status(address, capsys)
            known = number, told["replica"], told["articles"], told["lag"]
            return known == (0, True, 12, 0) and ", a replica, up to date\n" in text

        # A server writes things of its own at any time, which a replica then has not replayed for a moment.
        until(is_told)
        assert main(["search", "quay", "--engine", address]) == 0
        assert main(["index", str(root), "--engine", replica.address(database.name)]) == 2
        assert "the server is a read replica: write the index on the server that it follows" in capsys.readouterr().err
        server.stop()
        until(lambda: bool(status(address, capsys)[2]["lag"]))
        _, text, told = status(address, capsys)
        assert isinstance(told["lag"], float)
        assert re.search(r", a replica, .+ late\n", text)
    finally:
        replica.stop()


def test_an_index_that_is_being_made_anew_is_told(root: Path, database: Database, capsys: Output) -> None:
    assert main(["index", str(root), "--engine", database.owner]) == 0

    def told(progress: Progress) -> None:
        if progress.stage is Stage.READING:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        update_index(root, report=told, rebuild=True, engine=PostgresqlEngine(database.owner))
    number, text, found = status(database.reader, capsys)
    begun = found["replacement"]
    assert isinstance(begun, dict)
    assert (number, begun["articles"], found["up_to_date"]) == (1, 0, False)
    assert f"being made anew, 0 articles so far, {begun['unread']} files left to read: dossier index {root}" in text
    # Until the files are compared, their number is not known.
    database.run("UPDATE dossier_replacement.meta SET value = '0' WHERE key = 'unread'")
    assert "being made anew, 0 articles so far: dossier index" in status(database.reader, capsys)[1]
