"""How a library is opened while a child process brings its index up to date, and that nothing of that stays behind."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from processes import beneath
from shell import write_article
from shelves import many
from waiting import PATIENCE, until

from dossier.cli import open_library
from dossier.cli.arguments import CommandError, StartPlace
from dossier.cli.open_library import opening, print_library
from dossier.library.index.location import index_path, lock_path
from dossier.library.index.reader import Index
from dossier.library.lock import hold_lock
from dossier.loader.limits import Limits

TOP = StartPlace()


@pytest.fixture(autouse=True)
def waits_for_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the first screen wait for the articles, however busy the machine is."""
    monkeypatch.setattr(open_library, "_SOON", PATIENCE)


def children() -> set[int]:
    """Return the running processes that this one has started, directly or indirectly."""
    return beneath(os.getpid())


def test_limits_are_those_of_the_command_line(tmp_path: Path) -> None:
    write_article(tmp_path, "long", body="x" * 500)
    write_article(tmp_path, "short")
    with opening(tmp_path, TOP, Limits(size=200)) as enter:
        state = enter(lambda: None)
        assert state.library
        assert state.library.total == 1


def test_the_child_ends_with_the_screen_and_what_it_has_done_stays(tmp_path: Path) -> None:
    many(tmp_path, 2_000)
    before = children()
    with opening(tmp_path, TOP, Limits()) as enter:
        state = enter(lambda: None)
        assert state.library
        assert state.library.total > 0
        assert children() - before
    until(lambda: not children() - before)
    index = Index.open(tmp_path)
    assert index
    assert 0 < index.total() <= 2_000


def test_an_index_that_is_there_is_not_waited_for(tmp_path: Path) -> None:
    many(tmp_path, 3)
    assert print_library(tmp_path, TOP, Limits()) == 0
    with hold_lock(lock_path(index_path(tmp_path)), lambda: None, 0.1), opening(tmp_path, TOP, Limits()) as enter:
        state = enter(lambda: None)
        assert state.library
        assert state.library.total == 3


@pytest.mark.parametrize("before", ["headline: [", None], ids=["broken files", "links to nothing"])
def test_articles_are_found_where_the_index_has_none_yet(before: str | None, tmp_path: Path) -> None:
    root = tmp_path / "library"
    root.mkdir()
    for number in range(3):
        path = root / f"old-{number}.yaml"
        path.write_text(before) if before else path.symlink_to("nowhere")
    with pytest.raises(CommandError, match="nothing to open"), opening(root, TOP, Limits()):
        pass
    for path in root.iterdir():
        path.unlink()
    many(root, 3)
    with opening(root, TOP, Limits()) as enter:
        state = enter(lambda: None)
        until(lambda: bool(state.library and state.library.index.total() == 3))


def test_a_library_is_read_and_nothing_is_written_to_it(tmp_path: Path) -> None:
    root = tmp_path / "library"
    names = many(root, 3)
    root.chmod(0o555)
    try:
        with opening(root, TOP, Limits()) as enter:
            state = enter(lambda: None)
            assert state.library
            assert state.library.total == 3
    finally:
        root.chmod(0o755)
    assert sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()) == sorted(names)


def test_where_the_cache_cannot_be_written_a_temporary_index_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(tmp_path / "library", 3)
    (tmp_path / "file").touch()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with opening(tmp_path / "library", TOP, Limits()) as enter:
        state = enter(lambda: None)
        assert state.library
        assert state.library.total == 3
    made = list((tmp_path / "temporary").rglob("*.sqlite"))
    assert len(made) == 1
    with closing(sqlite3.connect(made[0])) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (3,)


def test_a_folder_in_the_place_of_the_index_is_kept_under_another_name(tmp_path: Path) -> None:
    many(tmp_path / "library", 3)
    index = index_path(tmp_path / "library")
    index.mkdir()
    (index / "precious").touch()
    with opening(tmp_path / "library", TOP, Limits()) as enter:
        state = enter(lambda: None)
        assert state.library
        assert state.library.total == 3
    assert [path.name for path in index.parent.glob("*.kept/*")] == ["precious"]
