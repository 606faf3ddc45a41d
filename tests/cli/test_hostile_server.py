"""A server's texts and messages are another user's: whatever is in them, nothing makes a reader's terminal act.

The control characters are harmless ones: they would set a title, or clear the screen.
"""

import re
import zlib
from pathlib import Path

import pytest
from postgresql_servers import Database
from ptys import line, python
from shell import Output
from shelves import dossier_of, written

from dossier.cli.main import main
from dossier.export.formats import FORMATS

pytest.importorskip("psycopg")

pytestmark = pytest.mark.usefixtures("no_reader")

ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
TITLE, CLEAR = "\x1b]0;own\x07", "\x9b2J"
ESCAPED = r"\e]0;own\a\x9b2J"
"""Both, as YAML has them between double quotes."""
ARTICLE = f"""\
headline: "Pact {ESCAPED}"
id: one
outlet: "Herald {ESCAPED}"
published: "2022-01-05"
url: "https://example.org/{ESCAPED}"
people:
  okafor: {{name: "Lena {ESCAPED}", role: "{ESCAPED}"}}
quotes:
  - {{id: q1, text: "We {ESCAPED} signed", speaker: okafor, cue: "{ESCAPED}", para: 1}}
timeline:
  - {{id: e1, date: "2022-01-01", text: "Signed {ESCAPED}"}}
keywords: ["{ESCAPED}"]
"odd {ESCAPED}": 1
body: "The pact {ESCAPED} holds. We {ESCAPED} signed."
"""


@pytest.fixture
def served(tmp_path: Path, database: Database, capsys: Output) -> Database:
    """Return a database with an index whose texts, names and servers have control characters.

    What was indexed is harmless: others put the rest in the tables.
    """
    root = tmp_path / "news"
    written(root, "a.yaml", dossier_of("okafor", "Lena Okafor", outlet="Herald", id="one"))
    written(root, f"broken {TITLE}{CLEAR}.yaml", "headline: [")
    assert main(["index", str(root), "--engine", database.owner]) == 0
    assert not ACTING.search("".join(capsys.readouterr()))
    content = zlib.compress(ARTICLE.encode()).hex()
    library = f"/news {TITLE}{CLEAR}".encode().hex()
    database.run(
        f"SET search_path = dossier, public; UPDATE source SET content = '\\x{content}' WHERE path = 'a.yaml';"
        f" UPDATE meta SET value = '{library}' WHERE key = 'library'; CREATE EXTENSION postgres_fdw;"
        f' CREATE SERVER "part {TITLE}{CLEAR}" FOREIGN DATA WRAPPER postgres_fdw'
        f" OPTIONS (host '127.0.0.1', port '1', dbname 'd{TITLE}{CLEAR}');"
        f' CREATE FOREIGN TABLE odd (first bigint) SERVER "part {TITLE}{CLEAR}"; GRANT SELECT ON odd TO reader;'
        f" CREATE USER MAPPING FOR reader SERVER \"part {TITLE}{CLEAR}\" OPTIONS (user 'u{TITLE}', password 'p');"
    )
    return database


@pytest.mark.parametrize(
    "words",
    [
        ["search", "pact"],
        ["search", "okafor", "--format", "json"],
        ["search", "okafor", "--format", "csv"],
        ["show", "one"],
        ["show", "one", "--format", "json"],
        ["show", "one#quote/q1"],
        ["show", "person/okafor"],
        ["index", "--status"],
        ["index", "--status", "--format", "json"],
        [],
        *[["export", "one", "--format", form.name] for form in FORMATS if form.name not in ("xlsx", "cas")],
        *[["export", "--format", form] for form in ("text", "jsonl", "csv")],
    ],
    ids=" ".join,
)
def test_no_command_prints_control_characters_of_a_server(words: list[str], served: Database, capsys: Output) -> None:
    assert main([*words, "--engine", served.reader]) in (0, 1, 2)
    told = capsys.readouterr()
    assert len(told.out + told.err) > 20
    assert "Traceback" not in told.err
    assert not ACTING.search(told.out + told.err)
    if words[:2] in (["show", "one"], ["export", "one"]):
        # The texts are there: without what makes a terminal act.
        assert "own" in told.out


def test_the_status_names_what_has_control_characters_by_their_pictures(served: Database, capsys: Output) -> None:
    assert main(["index", "--status", "--engine", served.reader]) == 1
    told = capsys.readouterr().out
    for words in ("library   /news ", "parts     part ", "broken "):
        assert f"{words}\u241b]0;own\u2407\ufffd2J" in told


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_of_a_server_is_printed_without_control_characters(
    form: str, served: Database, capsys: Output
) -> None:
    served.run(
        "SET search_path = dossier; CREATE FUNCTION told() RETURNS boolean LANGUAGE plpgsql AS"
        f" $$BEGIN RAISE WARNING 'beware{TITLE}'; RAISE EXCEPTION 'it fails {TITLE}{CLEAR}'; END$$;"
        " ALTER TABLE article RENAME TO kept; CREATE VIEW article AS SELECT * FROM kept WHERE told();"
        " GRANT SELECT ON article TO reader;"
    )
    for words in (["search", "okafor", "--format", form], ["show", "one", "--format", form], ["export", "one"]):
        assert main([*words, "--engine", served.reader]) == 2
        told = capsys.readouterr()
        assert told.err.startswith("dossier: the index")
        assert told.err.count("\n") == 1
        assert not ACTING.search(told.out + told.err)


@pytest.mark.parametrize("name", [f"d{TITLE}{CLEAR}", "d%1b]0;own%07"])
def test_the_name_of_a_database_is_printed_without_control_characters(
    name: str, database: Database, capsys: Output
) -> None:
    address = database.reader.replace(f"/{database.name}", f"/{name}")
    for words in (["search", "okafor"], ["index", "--status"]):
        assert main([*words, "--engine", address]) == 2
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert not ACTING.search(told.out + told.err)


def test_the_screen_shows_texts_of_a_server_without_control_characters(served: Database, tmp_path: Path) -> None:
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    command = python("-m", "dossier", "--engine", served.reader, "--at", "one")
    with line(command, 100, 30, HOME=str(tmp_path), **homes) as far:
        far.wait("Pact \u241b]0;own\u2407")
        for keys in ("\t", "\t", "\t", "\t"):
            far.type(keys)
            far.take()
        far.wait("own")
        far.type("q")
        assert far.status() == 0
    for acting in (TITLE, CLEAR, TITLE[:-1]):
        assert acting.encode() not in far.sent
    assert b"\x9b2J" not in far.sent


def test_a_warning_that_libpq_prints_does_not_stand_on_the_screen(served: Database, tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text("127.0.0.1:*:*:reader:reader word\n", "utf-8")
    passwords.chmod(0o600)
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    without = served.reader.replace(":reader%20word@", "@")
    environment = {"PGPASSFILE": str(passwords), "HOME": str(tmp_path), **homes}
    with line(python("-m", "dossier", "--engine", without), 100, 30, **environment) as far:
        far.wait("Lena")
        # libpq warns of it at each connection, and leaves the password out.
        passwords.chmod(0o644)
        served.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'")
        far.type("sokafor")
        far.wait("the password is missing or wrong")
        passwords.chmod(0o600)
        far.wait(until=lambda: "the password" not in far.text)
        far.type("\r")
        far.wait("s search")
        far.type("q")
        assert far.status() == 0
    assert b"WARNING" not in far.sent
