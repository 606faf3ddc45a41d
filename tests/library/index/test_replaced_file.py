"""An index file that another one has replaced is not kept open for longer than it is read."""

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from shelves import dossier_of, written

from dossier.library.index.connections import Connections
from dossier.library.index.index_file import PrivateFile
from dossier.library.index.location import index_path
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index

ARTICLES = 3


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(ARTICLES):
        written(tmp_path / "library", f"a{number}.yaml", dossier_of(f"p{number}", f"Person {number}"))
    update_index(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def index(root: Path) -> Index:
    opened = Index.open(root)
    assert opened
    assert opened.generation
    return opened


def count_deleted(path: Path) -> int:
    """Return how many descriptors of this process are of files at `path` that were deleted."""
    found = 0
    for name in os.listdir("/proc/self/fd"):
        # That of the folder itself is closed by now.
        with suppress(FileNotFoundError):
            found += os.readlink(f"/proc/self/fd/{name}") == f"{path} (deleted)"
    return found


def put_copy(path: Path) -> None:
    """Put a copy of an index in its place."""
    shutil.copy2(path, path.with_suffix(".copy"))
    path.with_suffix(".copy").replace(path)


def test_it_is_closed_after_a_connection_to_it_had_several_uses_at_once(root: Path, index: Index) -> None:
    path = index_path(root).resolve()
    for _ in range(3):
        rows = index._sessions.iterate("SELECT a.first FROM article AS a, article, article, article, article, article")
        next(rows)
        update_index(root, rebuild=True)
        # All connections are lent, and another one would be to the other file.
        assert index.total() == ARTICLES
        assert count_deleted(path)
        assert len(list(rows)) == ARTICLES**6 - 1
        assert index.generation
        assert count_deleted(path) == 0
    index.close()


def test_a_connection_with_several_uses_stays_open_until_the_last_one_ends(root: Path, index: Index) -> None:
    query = "SELECT a.first FROM article AS a, article, article, article, article, article"
    first = index._sessions.iterate(query)
    next(first)
    update_index(root, rebuild=True)
    second = index._sessions.iterate(query)
    next(second)
    assert index.generation
    assert len(list(first)) == len(list(second)) == ARTICLES**6 - 1
    assert count_deleted(index_path(root).resolve()) == 0
    assert index.total() == ARTICLES
    index.close()


def test_it_is_closed_when_a_copy_of_it_is_found_in_its_place(root: Path, index: Index) -> None:
    path, before = index_path(root).resolve(), index.generation
    put_copy(path)
    assert index.total() == ARTICLES
    assert count_deleted(path)
    assert index.generation == before
    assert count_deleted(path) == 0
    assert index.total() == ARTICLES
    index.close()


def test_a_connection_to_a_file_that_takes_its_place_at_this_moment_is_not_one_to_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections = Connections.open(index_path(root), root)
    assert connections
    asked = "SELECT a.id FROM article AS a, article, article, article, article, article"
    rows = connections.iterate(asked)
    next(rows)
    connect = PrivateFile.connect

    def connect_late(file: PrivateFile) -> sqlite3.Connection | None:
        monkeypatch.setattr(PrivateFile, "connect", connect)
        written(root, "more.yaml", dossier_of("more", "Person of more"))
        update_index(root, rebuild=True)
        return file.connect()

    monkeypatch.setattr(PrivateFile, "connect", connect_late)
    assert connections.fetch_one("SELECT count(*) AS number FROM article") == (ARTICLES,)
    assert len(list(rows)) == ARTICLES**6 - 1
    assert connections.fetch_recent("SELECT count(*) AS number FROM article") == (ARTICLES + 1,)
    connections.forget_fetched()
    assert connections.fetch_one("SELECT count(*) AS number FROM article") == (ARTICLES + 1,)
    connections.close()
