"""An index on a PostgreSQL server: who may read it, what it keeps, and what readers find whose server goes away."""

import json
import zlib
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest
from indexed_libraries import KINDS, open_new_index
from postgresql_server import Server
from postgresql_servers import Database, Servers
from shelves import article, dossier_of, many, written
from waiting import until

from dossier.core.query_parser import parse_search
from dossier.library.index.errors import IndexDamagedError, IndexRefusedError, IndexUnreachableError, IndexWriteError
from dossier.library.index.fts_query import to_fts
from dossier.library.index.postgresql.server_address import is_server_address, printable_address
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.schema import read_known_files
from dossier.library.index.update import update_index
from dossier.loader.limits import Limits

psycopg = pytest.importorskip("psycopg")

# They need psycopg.
from served_indexes import find_refs, is_answered, open_made_index, take_for_damaged  # noqa: E402

from dossier.library.index.postgresql import engine, replacement, table_making  # noqa: E402
from dossier.library.index.postgresql.connecting import ServerConnection  # noqa: E402
from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: E402
from dossier.library.index.postgresql.opening import open_server_index  # noqa: E402
from dossier.library.index.postgresql.server_sessions import ServerSessions  # noqa: E402


class KilledError(BaseException):
    """Stands for the end of the owner's program."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    written(tmp_path / "library", "a.yaml", dossier_of("okafor", "Lena Okafor", outlet="Herald"))
    written(tmp_path / "library", "b.yaml", dossier_of("yoon", "Yoon Suk Yeol", "2021"))
    written(tmp_path / "library", "broken.yaml", "headline: [")
    written(tmp_path / "library", "registry.yaml", "registry: 1\n")
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("postgresql://desk.example/news", "postgresql://desk.example/news"),
        ("postgresql://ida:secret@desk.example:5433/news", "postgresql://desk.example:5433/news"),
        ("postgresql://one:1,two:2/news?password=secret&user=ida", "postgresql://one:1,two:2/news"),
        ("postgresql:///?service=news&passfile=/home/ida", "postgresql:///?service=news"),
        ("postgresql://ida:se@cret@desk.example/news", "postgresql://desk.example/news"),
        ("postgresql://[::1]:5432/news", "postgresql://[::1]:5432/news"),
        ("postgresql://[broken", "postgresql://…"),
        ("postgresql://ida:secret", "postgresql://…"),
        ("postgresql://ida:se/cret@desk.example/news", "postgresql://…"),
        ("postgresql://ida:se#cret@desk.example/news", "postgresql://…"),
        ("postgresql://ida:se?cret@desk.example/news", "postgresql://…"),
    ],
)
def test_an_address_is_printed_without_user_and_password(address: str, printed: str) -> None:
    assert is_server_address(address)
    assert printable_address(address) == printed


def test_there_is_none_before_it_is_made(database: Database) -> None:
    assert open_server_index(database.reader) is None


def test_a_reader_may_select_and_nothing_else(root: Path, database: Database) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    assert index.total() == 2
    index.close()
    with psycopg.connect(database.reader) as connection:
        for statement in (
            "DELETE FROM dossier.article",
            "UPDATE dossier.meta SET value = ''",
            "CREATE TABLE dossier.x ()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()


def test_who_was_allowed_to_read_may_read_what_is_made_anew(root: Path, database: Database) -> None:
    database.run("ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE SELECT ON TABLES FROM reader")
    update_index(root, engine=PostgresqlEngine(database.owner))
    with pytest.raises(IndexRefusedError, match="permission denied for table meta: the owner of the index allows it"):
        open_server_index(database.reader)
    database.run("GRANT SELECT ON ALL TABLES IN SCHEMA dossier TO reader")
    update_index(root, engine=PostgresqlEngine(database.owner), rebuild=True)
    index = open_made_index(database.reader)
    assert find_refs(index, "okafor")
    index.close()
    assert "dossier" in database.run("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dossier%'").split()


def test_damage_is_told_until_the_index_has_changed(root: Path, database: Database) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    said = list[str]()
    index.call_when_damaged(lambda: said.append("damaged"))
    index.call_when_changed(lambda: said.append("changed"))
    before = index.generation
    database.run("UPDATE dossier.packed SET entries = 'nothing'")
    found = index.articles.article(next(index.articles.article_ids()))
    with pytest.raises(IndexDamagedError):
        index.entries.of_article(found)
    assert said == ["damaged"]
    update_index(root, engine=PostgresqlEngine(database.owner), rebuild=True)
    assert index.generation != before
    assert said == ["damaged", "changed"]
    assert find_refs(index, "okafor")
    index.close()


@pytest.mark.parametrize(
    ("place", "name", "is_damaged"),
    [
        (engine, "make_tables", True),
        (table_making, "create_statements", True),
        (replacement, "begin", False),
        (replacement, "create_statements", False),
    ],
    ids=["before", "amid", "before a replacement", "amid a replacement"],
)
def test_readers_have_the_old_index_until_there_is_a_new_one(
    place: ModuleType, name: str, is_damaged: bool, root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner is killed before the tables are made anew, or while they are made."""
    update_index(root, engine=PostgresqlEngine(database.owner))
    found = list[int]()

    def killed(*given: object) -> NoReturn:
        index = open_made_index(database.reader)
        found.append(index.total())
        index.close()
        raise KilledError

    writes = take_for_damaged(database.owner) if is_damaged else PostgresqlEngine(database.owner)
    monkeypatch.setattr(place, name, killed)
    with pytest.raises(KilledError):
        update_index(root, engine=writes, rebuild=not is_damaged)
    monkeypatch.undo()
    index = open_made_index(database.reader)
    assert [*found, index.total()] == [2, 2]
    update_index(root, engine=PostgresqlEngine(database.owner))
    assert index.is_whole
    index.close()


def test_an_index_that_is_being_made_anew_is_there(root: Path, database: Database) -> None:
    """It is unfinished, not missing, also if its owner is killed; the next update goes on."""
    update_index(root, engine=PostgresqlEngine(database.owner))

    def killed(progress: Progress) -> None:
        if progress.stage is Stage.READING:
            raise KilledError

    with pytest.raises(KilledError):
        update_index(root, engine=take_for_damaged(database.owner), report=killed)
    index = open_made_index(database.reader)
    assert (index.total(), index.is_whole) == (0, False)
    update_index(root, engine=PostgresqlEngine(database.owner))
    assert (index.total(), index.is_whole) == (2, True)
    index.close()


def test_a_database_has_the_index_of_one_library(root: Path, tmp_path: Path, database: Database) -> None:
    update_index(root, engine=PostgresqlEngine(database.owner))
    written(tmp_path / "other", "c.yaml", article())
    with pytest.raises(IndexWriteError, match="one database has the index of one library") as caught:
        update_index(tmp_path / "other", engine=PostgresqlEngine(database.owner))
    assert str(root) in str(caught.value)
    assert "owner" not in str(caught.value)
    index = open_made_index(database.reader)
    assert index.total() == 2
    index.close()


def test_the_contents_of_all_files_are_kept(root: Path, database: Database) -> None:
    def kept() -> dict[str, bytes]:
        with psycopg.connect(database.reader) as connection:
            query = "SELECT path, content FROM dossier.source JOIN dossier.file USING (path, digest)"
            rows = connection.execute(query).fetchall()
        return {path.decode(): zlib.decompress(content) for path, content in rows}

    update_index(root, engine=PostgresqlEngine(database.owner))
    assert kept() == {path.name: path.read_bytes() for path in root.iterdir()}
    written(root, "a.yaml", article("Another headline"))
    (root / "b.yaml").unlink()
    update_index(root, engine=PostgresqlEngine(database.owner))
    assert kept() == {path.name: path.read_bytes() for path in root.iterdir()}


@pytest.mark.parametrize("kind", KINDS)
def test_texts_that_postgresql_has_no_place_for_are_the_same(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    odd = "a\0b \ud800 \uffff '\\ “x” %s $1 ?"
    texts: dict[str, object] = {
        "headline": f"Odd {odd}",
        "id": f"id {odd}",
        "outlet": odd,
        "published": odd,
        "body": f"Some {odd} words",
    }
    texts |= {"people": {"p": {"name": f"Lena {odd}", "aliases": [odd, "x" * 9_000]}}}
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "a.json").write_text(json.dumps(texts), "utf-8")
    (tmp_path / "library" / "b.json").write_text(
        json.dumps({**texts, "id": "".join(map(chr, range(0x4E00, 0x6E00)))}), "utf-8"
    )
    with open_new_index(kind, tmp_path / "library", request) as made:
        index = made.index
        rows = [index.articles.article(first) for first in index.articles.article_ids()]
        assert len(rows) == 2, list(index.articles.faults())
        assert {row.outlet for row in rows} == {"a␀b � � '\\ “x” %s $1 ?"}
        assert not index.articles.find("a\0b")
        assert [row.path for row in rows if index.articles.find(row.id) == row] == [row.path for row in rows]
        for typed in ("odd", "lena", "\0", "%s", "'", "\\", '"odd a"', "?", "x" * 3000):
            assert sorted(find_refs(index, typed)) == sorted(set(find_refs(index, typed)))
        assert len(find_refs(index, "outlet:x odd")) > 0
        assert index.persons.persons_named("x" * 9_000)


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_is_too_long_for_a_vector_is_found(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    long = " ".join(f"w{at}" for at in range(20_000))
    written(tmp_path / "library", "a.yaml", article("Long", f"{long} the ferry pact", published="2020"))
    written(tmp_path / "library", "b.yaml", article("Again", f"{'the ' * 400}ferry pact", published="2021"))
    written(tmp_path / "library", "c.yaml", article("Short", "the ferry", published="2019"))
    with open_new_index(kind, tmp_path / "library", request) as made:
        assert [one.article for one in find_refs(made.index, "ferry -in:headline")] == ["b", "a", "c"]
        assert [one.article for one in find_refs(made.index, '"the ferry pact"')] == ["b", "a"]
        assert find_refs(made.index, '"ferry the"') == []


def test_readers_of_a_server_that_is_killed_are_told_and_go_on_when_it_is_back(root: Path, postgresql: Servers) -> None:
    server = postgresql.start()
    database = postgresql.database(server)
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    before = find_refs(index, "okafor")
    server.kill()
    with pytest.raises(IndexUnreachableError) as caught:
        find_refs(index, "okafor")
    assert "reader" not in str(caught.value)
    assert str(server.port) in str(caught.value)
    with pytest.raises(IndexUnreachableError):
        index.articles.article_of(1)
    server.start()
    until(lambda: is_answered(index.total))
    assert find_refs(index, "okafor") == before
    server.crash()
    server.start()
    # Kept connections ended meanwhile, which only shows when one is used.
    assert find_refs(index, "okafor") == before
    index.close()


def test_a_server_that_does_not_answer_is_unreachable_and_no_question_waits_for_it(
    root: Path, postgresql: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = postgresql.start()
    database = postgresql.database(server)
    update_index(root, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    server.pause()
    try:
        with pytest.raises(IndexUnreachableError, match="does not answer in time"):
            index.total()
        asked = []
        with monkeypatch.context() as patch:
            patch.setattr(ServerConnection, "ask", lambda *given: asked.append(given))
            for _ in range(3):
                with pytest.raises(IndexUnreachableError):
                    index.total()
        assert not asked
    finally:
        server.resume()
    until(lambda: is_answered(index.total))
    index.close()


@pytest.mark.parametrize(
    "address", ["postgresql://ida:secret@127.0.0.1:1/news", "postgresql://ida:secret@127.0.0.1:x/y"]
)
def test_no_secret_is_told_of_a_server_that_is_not_there(address: str) -> None:
    with pytest.raises((IndexUnreachableError, IndexRefusedError)) as caught:
        ServerSessions.open(address)
    assert not any(word in str(caught.value) for word in ("ida", "secret"))


def test_a_wrong_password_is_told_without_it(database: Database) -> None:
    with pytest.raises(IndexRefusedError, match="password") as caught:
        ServerSessions.open(database.reader.replace("reader%20word", "secret"))
    assert "secret" not in str(caught.value)


def test_an_update_that_ends_in_the_middle_leaves_what_is_done(root: Path, database: Database) -> None:
    many(root, 150)

    class EndError(Exception):
        pass

    def told(progress: object) -> None:
        if progress.articles:  # type: ignore[attr-defined]
            raise EndError

    with pytest.raises(EndError):
        update_index(root, report=told, engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    assert 0 < index.total() <= 152
    assert not index.is_whole
    update_index(root, engine=PostgresqlEngine(database.owner))
    assert index.total() == 152
    assert index.is_whole
    assert len(find_refs(index, "in:headline speaks")) == 152
    index.close()


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("typed", ["pact", "okafor", "p1", "ferry", "none"])
def test_matches_between_two_rows_are_those_of_all_that_lie_there(
    tmp_path: Path, database: Database, typed: str, newest: bool
) -> None:
    # More than are gone through at first, in several parts of the tables, and words of all, of many and of few.
    for number in range(300):
        body = f"Pact p{number}. {'Okafor signed.' if number % 7 == 0 else ''} {'Ferry.' if number == 3 else ''}"
        written(tmp_path / "library", f"{number}.yaml", article(f"H{number}", body, published=f"{1990 + number % 36}"))
    update_index(tmp_path / "library", engine=PostgresqlEngine(database.owner))
    index = open_made_index(database.reader)
    match = to_fts(parse_search(typed, date(2026, 11, 23))).match
    every = list(index.entries.row_ids(match, newest))
    assert every == sorted(every, reverse=newest)
    assert bool(every) == (typed != "none")
    firsts = list(index.articles.article_ids())
    ends = [None, *(first + add for first in firsts[::60] for add in (0, 1))]
    for low in ends:
        for high in ends:
            asked = [row for row in every if (low is None or row >= low) and (high is None or row <= high)]
            assert list(index.entries.row_ids(match, newest, low, high)) == asked
    index.close()


def test_the_known_files_are_read_in_pieces(
    postgresql: Servers, postgresql_server: Server, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dossier.library.index.postgresql.server_writer._FETCHED", 2)
    engine = PostgresqlEngine(postgresql.database(postgresql_server).owner)
    update_index(root, engine=engine)
    with engine.hold(lambda: None), engine.updating(root, Limits()) as session:
        with read_known_files(session) as (known, _):
            paths = [next(known)[0]]
            # All rows were one answer, in memory, if there was no cursor that has others.
            assert session.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''").fetchall() == [(1,)]
            paths += [path for path, *_ in known]
        assert paths == [b"a.yaml", b"b.yaml", b"broken.yaml", b"registry.yaml"]
        with read_known_files(session) as (known, _):
            next(known)
        assert session.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''").fetchall() == [(0,)]


def test_rows_are_counted_while_the_index_grows(postgresql: Servers, postgresql_server: Server, root: Path) -> None:
    engine = PostgresqlEngine(postgresql.database(postgresql_server).owner)
    update_index(root, engine=engine)

    def counted() -> object:
        asked = "SELECT relname, reltuples FROM pg_class WHERE oid IN ('article'::regclass, 'words'::regclass)"
        return sorted(session.execute(asked).fetchall())

    with engine.hold(lambda: None), engine.updating(root, Limits()) as session:
        before = counted()
        session.execute("DELETE FROM article")
        session.execute("DELETE FROM words")
        engine.note_growth(3)
        assert counted() == before
        engine.note_growth(4)
        assert counted() == [("article", 0), ("words", 0)]
