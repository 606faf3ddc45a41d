"""The screen of a library that is on a PostgreSQL server alone, in a real terminal, while the server goes and comes."""

import shutil
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from postgresql_servers import Servers
from ptys import line, python

from dossier.cli.main import main
from dossier.library.index.availability import UNREACHABLE_WORDS

pytest.importorskip("psycopg")


def test_what_is_open_stays_readable_and_nothing_secret_is_kept(postgresql: Servers, tmp_path: Path) -> None:
    server = postgresql.start()
    database = postgresql.database(server)
    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "port-arlen"))
    assert main(["index", str(root), "--engine", database.owner]) == 0
    shutil.rmtree(root)
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CACHE", "STATE", "CONFIG")}
    settings = tmp_path / "CONFIG" / "dossier" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'engine = "{database.reader}"\n', "utf-8")
    with line(python("-m", "dossier"), 100, 30, **homes) as screen:
        screen.wait("Library 11 articles", "The long quay")
        screen.type("s")
        screen.type("toll\r")
        screen.wait("library 11", "“toll”")
        screen.type("b")
        screen.type("tolls\r")
        screen.wait("tolls")
        screen.type("\r")
        screen.wait("¶")
        server.stop()
        screen.type("0s")
        screen.type("\x15quay\r")
        screen.wait(UNREACHABLE_WORDS[:30])
        server.start()
        screen.wait("“quay” 7", until=lambda: UNREACHABLE_WORDS[:30] not in screen.text)
        screen.type("q")
        assert screen.status() == 0
        said = screen.sent
    with line(python("-m", "dossier"), 100, 30, **homes) as screen:
        screen.wait("tolls")
        screen.type("q")
        assert screen.status() == 0
        said += screen.sent
    settings.unlink()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "saved.jsonl" for path in kept)
    assert not [path for path in kept if ".sqlite" in path.name]
    for told in (said, *(path.read_bytes() + str(path).encode() for path in kept)):
        assert b"reader%20word" not in told
        assert b"reader word" not in told
        assert b"reader:" not in told
