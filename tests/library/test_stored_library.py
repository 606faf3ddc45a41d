"""Tests of a library that is read from a PostgreSQL server alone: the same articles and answers as from its folder."""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from libraries import PORT_ARLEN, library_at
from postgresql_servers import Database
from shelves import article, written

from dossier.cli.open_library import find_article
from dossier.core.dataclasses import replace
from dossier.core.query_parser import parse_search
from dossier.core.ref import parse_ref
from dossier.library.index.update import update_index
from dossier.library.library import Library
from dossier.library.opened_articles import load_searchable
from dossier.library.results import LibrarySearch
from dossier.loader.registry_file import load_registry

if TYPE_CHECKING:
    from dossier.library.stored_library import StoredLibrary


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("library")
    with library_at(Path(shutil.copytree(PORT_ARLEN, root / "port-arlen")), root) as found:
        yield found


@pytest.fixture
def stored(folder: Library, request: pytest.FixtureRequest) -> Iterator["StoredLibrary"]:
    database = request.getfixturevalue("postgresql").database(request.getfixturevalue("postgresql_server"))
    # Only now is it known that psycopg is there.
    from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: PLC0415
    from dossier.library.stored_library import open_stored_library  # noqa: PLC0415

    root = folder.store.folder
    assert root
    update_index(root, registry=load_registry(root / "registry.yaml").registry, engine=PostgresqlEngine(database.owner))
    found = open_stored_library(database.reader)
    assert found
    with closing(found.index):
        yield found


def test_each_article_is_the_same_but_for_its_path(folder: Library, stored: "StoredLibrary") -> None:
    firsts = list(folder.index.articles.article_ids())
    assert len(list(stored.index.articles.article_ids())) == len(firsts) == 11
    for first in firsts:
        row = folder.index.articles.article(first)
        other = stored.index.articles.find(row.ref.article)
        assert other
        one, found = folder.store.load(row).article, stored.store.load(other).article
        assert one
        assert found == replace(one, path=f"{stored.address}/port-arlen/{row.path}")
        assert stored.store.read_source(other) == Path(one.path).read_bytes()
        assert stored.store.read_stamp(other)
    assert stored.store.read_name() == "port-arlen"


@pytest.mark.parametrize("typed", ["quay", "speaker:okafor", "in:quotes ferry", "nothing-of-this-kind"])
def test_a_search_finds_the_same(folder: Library, stored: "StoredLibrary", typed: str) -> None:
    query = parse_search(typed, date(2025, 1, 1))
    found = [
        list(LibrarySearch(store, index, query, partial(load_searchable, store)).hits())
        for store, index in ((folder.store, folder.index), (stored.store, stored.index))
    ]
    assert found[0] == found[1]
    assert bool(found[0]) == (typed != "nothing-of-this-kind")


def test_an_address_is_shown_from_the_index(stored: "StoredLibrary") -> None:
    source, ref = find_article(stored.store, stored.index, parse_ref("hh-2024-10-12-the-long-quay#para/p1"))
    assert ref == parse_ref("hh-2024-10-12-the-long-quay#para/p1")
    assert source.article.body[0].ref.id == "p1"


def test_neither_address_nor_state_depends_on_user_and_password(stored: "StoredLibrary") -> None:
    assert "@" not in stored.address
    assert "password" not in stored.address
    assert stored.state.folder.name.startswith("port-arlen-")
    assert stored.name.endswith("/port-arlen")


def test_there_is_no_library_in_an_empty_database(request: pytest.FixtureRequest) -> None:
    database = request.getfixturevalue("postgresql").database(request.getfixturevalue("postgresql_server"))
    from dossier.library.stored_library import open_stored_library  # noqa: PLC0415

    assert open_stored_library(database.reader) is None


def test_a_text_whose_transaction_did_not_commit_is_never_read(
    folder: Library, stored: "StoredLibrary", request: pytest.FixtureRequest
) -> None:
    """A server with parts may have committed a text while the main server was killed before it did."""
    row = folder.index.articles.article(next(folder.index.articles.article_ids()))
    database = Database(request.getfixturevalue("postgresql_server"), stored.address.rpartition("/")[2])
    database.run("INSERT INTO dossier.source SELECT path, 'newer', 'other' FROM dossier.file")
    database.run("INSERT INTO dossier.source SELECT path, 'a', 'older' FROM dossier.file")
    assert folder.store.folder
    assert stored.store.read_source(row) == (folder.store.folder / row.path).read_bytes()


def test_a_former_text_is_kept_until_no_reader_needs_it(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = request.getfixturevalue("postgresql").database(request.getfixturevalue("postgresql_server"))
    from dossier.library.index.postgresql import engine  # noqa: PLC0415

    def update(text: str, hours: int) -> str:
        monkeypatch.setattr(time, "time", lambda: 1_700_000_000 + 3_601 * hours)
        written(tmp_path / "library", "a.yaml", article(text))
        update_index(tmp_path / "library", engine=engine.PostgresqlEngine(database.owner))
        counts = "SELECT count(*) FROM dossier.source UNION ALL SELECT count(*) FROM dossier.former_source"
        return str(database.run(counts))

    assert update("One", 0) == "1\n0\n"
    assert update("Two", 0) == "2\n1\n"
    assert update("One", 0) == "2\n1\n"
    # "Two" is gone from both tables before "One" comes to be a former text.
    assert update("Three", 1) == "2\n1\n"
