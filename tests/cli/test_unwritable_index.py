"""An index that cannot be written is called that, with the cause and the cure, and the program does what it can."""

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shell import Output
from shelves import cut_update, many, written
from waiting import until

from dossier.cli import main, temporary_index
from dossier.cli.arguments import CommandError, StartPlace
from dossier.cli.open_library import opening
from dossier.library.index.errors import WRITE_FAILURE, IndexWriteError
from dossier.library.index.location import index_path
from dossier.library.index.raw_file import IndexConnection
from dossier.library.index.update import update_index
from dossier.library.index.write_failure import check_writable, explain_failure
from dossier.library.indexer import Indexer
from dossier.library.library import Library
from dossier.loader.limits import Limits

pytestmark = pytest.mark.usefixtures("no_reader")


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


@pytest.fixture
def root(tmp_path: Path) -> Path:
    many(tmp_path / "library", 3)
    return tmp_path / "library"


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_reader: None) -> Path:
    """Let a file lie in the place of the cache folder, and let there be no temporary folder; return the file."""
    (tmp_path / "cache").write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    return tmp_path / "cache"


@pytest.fixture
def nowhere_for_children(nowhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let there be no folder for an index, also for child processes; return the file in the cache folder's place."""
    (tmp_path / f"dossier-{os.getuid()}").write_text("in the way", "utf-8")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return nowhere


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that fills the disk for SQLite in the folder where the index is now."""
    connect = sqlite3.connect

    class Full(IndexConnection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql == "BEGIN IMMEDIATE":
                super().execute("PRAGMA max_page_count = 1")
            return super().execute(sql, *values)

    def fill() -> None:
        here = os.environ["XDG_CACHE_HOME"]
        monkeypatch.setattr(
            sqlite3,
            "connect",
            lambda name, **given: connect(name, **(given | ({"factory": Full} if here in name else {}))),
        )

    return fill


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_reader: None) -> None:
    """Have the environment and the temporary folders put back after the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(temporary_index, "_folders", lambda: iter([str(tmp_path / "temporary")]))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OSError(errno.ENOSPC, ""),
            "no space left in {0}: free some there, or set XDG_CACHE_HOME",
        ),
        (OSError(errno.EDQUOT, ""), "the disk quota is used up in {0}: free some there, or set XDG_CACHE_HOME"),
        (OSError(errno.EROFS, ""), "{0} is read-only: set XDG_CACHE_HOME to a folder that you can write to"),
        (
            OSError(errno.EACCES, ""),
            "no permission to write to {0}: set XDG_CACHE_HOME to a folder",
        ),
        (sqlite_error(sqlite3.SQLITE_FULL), "no space left in {0}: "),
        (sqlite_error(sqlite3.SQLITE_READONLY), "no permission to write to {0}: "),
        (sqlite_error(sqlite3.SQLITE_IOERR), "disk I/O error ({0}): "),
        (sqlite_error(sqlite3.SQLITE_BUSY), "disk I/O error ({0}): "),
    ],
)
def test_causes(tmp_path: Path, error: OSError | sqlite3.Error, words: str) -> None:
    assert f"{WRITE_FAILURE}: {words.format(tmp_path)}" in explain_failure(error, tmp_path)


def test_a_full_disk_is_told_from_other_errors_of_input_and_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(os.statvfs(tmp_path))
    found[4] = 0
    monkeypatch.setattr(os, "statvfs", lambda path: os.statvfs_result(found))
    assert f"no space left in {tmp_path}" in explain_failure(sqlite_error(sqlite3.SQLITE_IOERR), tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(root: Path, nowhere: Path) -> None:
    why = f"{nowhere} is not a folder: rename it, or set XDG_CACHE_HOME to a folder that you can write to"
    for write in (update_index, check_writable):
        with pytest.raises(IndexWriteError, match=why):
            write(root)


@pytest.mark.parametrize("command", [["index"], ["index", "--rebuild"]])
def test_to_index_is_an_error_then(root: Path, nowhere: Path, capsys: Output, command: list[str]) -> None:
    assert main.main([*command, str(root)]) == 2
    assert f"dossier: {WRITE_FAILURE}: {nowhere} is not a folder" in capsys.readouterr().err
    assert main.main(["index", "--status", str(root)]) == 1
    assert "no index yet" in capsys.readouterr().out


@pytest.mark.usefixtures("own_cache")
def test_a_search_makes_an_index_elsewhere(
    root: Path, tmp_path: Path, full: Callable[[], None], capsys: Output
) -> None:
    full()
    assert main.main(["search", "every", str(root)]) == 0
    told = capsys.readouterr()
    assert f"{WRITE_FAILURE}: no space left in {tmp_path / 'own' / 'dossier'}: " in told.err
    assert f"until this program ends the index is in {tmp_path / 'temporary'}" in told.err
    assert "We will run every day" in told.out
    assert "no article" not in told.err


@pytest.mark.usefixtures("own_cache")
def test_a_search_takes_the_older_index_where_there_is_one(
    root: Path, tmp_path: Path, full: Callable[[], None], capsys: Output
) -> None:
    assert main.main(["search", "every", str(root)]) == 0
    (before, _) = capsys.readouterr()
    written(root, "new.yaml", "headline: New\nbody: " + "Every day we go on. " * 9_000)
    full()
    assert main.main(["search", "every", str(root)]) == 0
    told = capsys.readouterr()
    assert f"{WRITE_FAILURE}: no space left in" in told.err
    assert "what follows is from the index as it was last written" in told.err
    assert told.out == before


@pytest.mark.usefixtures("own_cache")
def test_without_any_folder_the_cause_is_told(
    root: Path, full: Callable[[], None], monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(temporary_index, "_folders", lambda: iter(["/nowhere/at/all"]))
    full()
    assert main.main(["search", "every", str(root)]) == 2
    assert f"{WRITE_FAILURE}: no space left in" in capsys.readouterr().err


@pytest.mark.usefixtures("own_cache", "nowhere")
def test_the_screen_has_an_index_elsewhere(root: Path, tmp_path: Path, capsys: Output) -> None:
    with opening(root, StartPlace(), Limits()) as enter:
        state = enter(lambda: None)
        assert state.library
        assert state.library.total == 3
    assert f"until this program ends the index is in {tmp_path / 'temporary'}" in capsys.readouterr().err


def test_the_screen_is_told_why_the_child_failed(root: Path, nowhere_for_children: Path) -> None:
    heard: list[str] = []
    indexer = Indexer(root, Limits())
    indexer.on_progress = heard.append
    indexer.start()
    until(lambda: not indexer.is_running)
    assert indexer.wait_for_failure().startswith(f"{WRITE_FAILURE}: ")
    until(lambda: heard[-1:] == [indexer.failure])
    nowhere_for_children.unlink()
    indexer.start()
    until(lambda: heard[-1:] == [""] and indexer.failure == "")
    indexer.stop()


def test_a_library_without_articles_is_not_blamed(
    root: Path, nowhere_for_children: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporary_index, "_folders", lambda: iter(()))
    with pytest.raises(CommandError, match=WRITE_FAILURE), opening(root, StartPlace(), Limits()):
        pass


def test_an_index_that_is_not_finished_is_called_that(root: Path, tmp_path: Path) -> None:
    update_index(root)
    with opening(root, StartPlace(), Limits()) as enter:
        state = enter(lambda: None)
        assert isinstance(state.library, Library)
        assert state.library.progress == ""
        written(root, "new.yaml", "headline: New\nbody: Every day.")
        cut_update(root)
        state.library.show_progress("")
        assert state.library.progress == "index not finished"


def test_a_disk_without_room_is_found_out_before_an_index_is_begun(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    folder = index_path(root).parent
    with pytest.raises(IndexWriteError, match=f"no space left in {folder}: "):
        check_writable(root)
    assert list(folder.iterdir()) == []
