"""An update that ends anywhere leaves word of what is not done, and the next one makes the index as if made anew."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shelves import anew, article, content, dossier_of, written

from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry
from dossier.library.index.errors import IndexWriteError
from dossier.library.index.location import index_path
from dossier.library.index.person_joiner import digest
from dossier.library.index.raw_file import IndexConnection
from dossier.library.index.reader import Index
from dossier.library.index.status import read_status
from dossier.library.index.update import update_index

Hook = Callable[[sqlite3.Connection, str], None]


class CutError(Exception):
    """The update ends here."""


class Watched(IndexConnection):
    """A connection to an index that calls a hook before every statement."""

    hook: Hook = staticmethod(lambda connection, statement: None)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        Watched.hook(self, sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        Watched.hook(self, sql)
        return super().executemany(sql, *values)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[Hook], None]:
    """Return a function that sets the hook of every connection that is opened from then on."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **{**named, "factory": Watched}))
    return lambda hook: monkeypatch.setattr(Watched, "hook", staticmethod(hook))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a library that has changed in every way since it was indexed."""
    folder = tmp_path / "library"
    written(folder, "a.yaml", dossier_of("okafor", "Lena Okafor"))
    written(folder, "b.yaml", dossier_of("okafor", "Lena Okafor", "2019", outlet="Herald"))
    written(folder, "c.yaml", dossier_of("yoon", "Yoon Suk Yeol", "2023-04-12", outlet="Herald"))
    written(folder, "d.yaml", article())
    update_index(folder)
    written(folder, "a.yaml", dossier_of("okafor", "Lena Okafor", "2020", outlet="Wire"))
    (folder / "b.yaml").unlink()
    written(folder, "d.yaml", "registry: 1\n")
    written(folder, "e.yaml", dossier_of("brandt", "Ida Brandt", "2023-04-12"))
    written(folder, "f.yaml", "headline: Broken\nbody: [")
    (folder / ".hidden").mkdir()
    return folder


def after(statement: int, error: BaseException) -> Hook:
    """Return a hook that raises an error before the statement with this number, and before all that follow."""
    left = [statement]

    def hook(connection: sqlite3.Connection, sql: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise error

    return hook


def count_statements(update: Callable[[], object], watch: Callable[[Hook], None]) -> int:
    said: list[str] = []
    watch(lambda connection, sql: said.append(sql))
    update()
    watch(lambda connection, sql: None)
    return len(said)


def test_wherever_it_is_cut_the_next_one_goes_on(root: Path, watch: Callable[[Hook], None]) -> None:
    folder, before = index_path(root).parent, root.parent / "before"
    shutil.copytree(folder, before)
    number = count_statements(lambda: update_index(root), watch)
    whole = anew(root)
    assert number > 60
    for cut in range(number):
        shutil.rmtree(folder)
        shutil.copytree(before, folder)
        watch(after(cut, CutError()))
        with pytest.raises(CutError):
            update_index(root)
        watch(lambda connection, sql: None)
        status = read_status(root)
        assert not status.is_up_to_date or content(root) == whole
        assert not update_index(root).was_damaged
        assert content(root) == whole, cut
        assert read_status(root).is_up_to_date


def test_persons_that_are_not_joined_yet_are_owed(root: Path, watch: Callable[[Hook], None]) -> None:
    def before_joining(connection: sqlite3.Connection, sql: str) -> None:
        if sql.startswith("DELETE FROM person"):
            raise CutError

    watch(before_joining)
    with pytest.raises(CutError):
        update_index(root)
    watch(lambda connection, sql: None)
    status = read_status(root)
    assert (status.changed, status.unsure, status.is_whole, status.is_up_to_date) == (0, 0, False, False)
    opened = Index.open(root)
    assert opened
    assert not opened.is_whole
    assert opened.articles.find("e")
    assert not opened.persons.persons_named("Ida Brandt")
    assert update_index(root).done == 0
    assert opened.is_whole
    assert opened.persons.persons_named("Ida Brandt")


def test_decisions_that_are_not_taken_in_yet_are_told(root: Path) -> None:
    update_index(root)
    decisions = Decisions(same=((parse_ref("a#person/okafor"), parse_ref("c#person/yoon")),))
    assert read_status(root, digest(Registry(), Decisions())).is_up_to_date
    joined_by = digest(Registry(), decisions)
    assert not read_status(root, joined_by).is_up_to_date
    update_index(root, decisions=decisions)
    assert read_status(root, joined_by).is_up_to_date


@pytest.mark.parametrize("more", [0, 1, 2, 3, 5, 8])
def test_a_full_disk_is_called_that_and_nothing_is_lost(root: Path, watch: Callable[[Hook], None], more: int) -> None:
    for number in range(12):
        written(root, f"g{number}.yaml", dossier_of(f"p{number}", f"Person {number}", section="x" * 12_000))
    here: list[int] = []

    def limit(connection: sqlite3.Connection, sql: str) -> None:
        if sql == "BEGIN IMMEDIATE" and not here:
            here.append(sqlite3.Connection.execute(connection, "PRAGMA page_count").fetchone()[0])
            sqlite3.Connection.execute(connection, f"PRAGMA max_page_count = {here[0] + more}")

    watch(limit)
    with pytest.raises(IndexWriteError, match=f"no space left in {index_path(root).parent}.*XDG_CACHE_HOME"):
        update_index(root)
    watch(lambda connection, sql: None)
    assert not read_status(root).is_up_to_date
    opened = Index.open(root)
    assert opened
    assert opened.total() >= 3
    update_index(root)
    assert content(root) == anew(root)


def test_an_index_that_could_not_be_begun_leaves_nothing_behind(tmp_path: Path, watch: Callable[[Hook], None]) -> None:
    written(tmp_path, "a.yaml", article())

    def limit(connection: sqlite3.Connection, sql: str) -> None:
        if sql == "BEGIN IMMEDIATE":
            sqlite3.Connection.execute(connection, "PRAGMA max_page_count = 5")

    watch(limit)
    with pytest.raises(IndexWriteError, match="no space left"):
        update_index(tmp_path)
    assert not index_path(tmp_path).exists()
    assert Index.open(tmp_path) is None
