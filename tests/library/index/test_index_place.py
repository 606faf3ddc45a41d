"""Where the index lies, and that one alone writes it."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from dossier.library.index.location import delete_index, index_path, is_marked_damaged, lock_path, mark_damaged


def test_under_the_cache_folder_a_file_a_library(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    one, other = (index_path(tmp_path / name, environment) for name in ("one", "other"))
    assert one.parent == other.parent == tmp_path / "cache" / "dossier"
    assert one != other
    assert one.suffix == ".sqlite"


def test_one_library_by_whatever_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    (tmp_path / "library").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "library")
    monkeypatch.chdir(tmp_path)
    ways = (tmp_path / "library", tmp_path / "link", Path("library"), tmp_path / "x" / ".." / "library")
    assert len({index_path(way, environment) for way in ways}) == 1


@pytest.mark.parametrize("given", [{}, {"XDG_CACHE_HOME": ""}, {"XDG_CACHE_HOME": "relative"}])
def test_without_a_folder_that_counts_it_is_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert index_path(tmp_path, given).parent == tmp_path / ".cache" / "dossier"


def test_where_the_cache_cannot_be_written_a_temporary_folder_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "file").touch()
    environment = {"XDG_CACHE_HOME": str(tmp_path / "file")}
    found = index_path(tmp_path, environment)
    assert found.parent == tmp_path / "tmp" / f"dossier-{os.getuid()}"
    assert stat.S_IMODE(found.parent.stat().st_mode) == 0o700
    assert index_path(tmp_path, environment) == found


def test_a_temporary_folder_that_others_can_write_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "file").touch()
    (tmp_path / f"dossier-{os.getuid()}").mkdir()
    (tmp_path / f"dossier-{os.getuid()}").chmod(0o777)
    with pytest.raises(PermissionError, match="set XDG_CACHE_HOME"):
        index_path(tmp_path, {"XDG_CACHE_HOME": str(tmp_path / "file")})


def test_the_lock_is_beside_the_index_and_outlives_it(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    lock_path(path).touch()
    delete_index(path)
    assert [one.name for one in tmp_path.iterdir()] == ["index.sqlite.lock"]


def test_discarded_with_all_that_is_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").touch()
    mark_damaged(path)
    assert is_marked_damaged(path)
    delete_index(path)
    assert list(tmp_path.iterdir()) == []
