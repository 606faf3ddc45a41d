"""A file that has changed is read again whatever its size and times say, and one that has not is not, or hardly."""

import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelves import anew, content, dossier_of, many, written

from dossier.core.query_parser import parse_search
from dossier.core.regular_file import open_regular_file
from dossier.library.article_store import FolderStore
from dossier.library.index import ingest, update
from dossier.library.index.location import index_path
from dossier.library.index.reader import Index
from dossier.library.index.scan import LibraryFiles, Stamp
from dossier.library.index.status import read_status
from dossier.library.index.update import update_index
from dossier.library.results import LibrarySearch

HOUR = 3_600_000_000_000
SECOND = 1_000_000_000
ONE, OTHER = (dossier_of(name, f"{name.title()} Okafor") for name in ("lena", "nora"))
"""Two texts of the same length."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def rewritten(path: Path, text: str) -> None:
    """Write another text into a file, which keeps its inode and its time of change."""
    before = path.stat()
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path, text: str) -> None:
    """Put another file in the place of one, with its time of change."""
    other = path.with_suffix(".new")
    other.write_text(text, "utf-8")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.rename(path)


def touched(path: Path, text: str) -> None:
    os.utime(path)


def made_private(path: Path, text: str) -> None:
    path.chmod(0o600)


def put_into_the_future(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    later = time.time_ns() + HOUR
    os.utime(path, ns=(later, later))


CHANGES = (rewritten, replaced, touched, made_private, put_into_the_future)


def speakers(root: Path) -> list[str]:
    index = Index.open(root)
    assert index
    return sorted(name for name, _ in index.persons.frequent_names("person", 9))


@pytest.mark.parametrize("change", [rewritten, replaced])
def test_other_content_of_the_same_size_and_time_is_seen(root: Path, change: Callable[[Path, str], None]) -> None:
    path = written(root, "a.yaml", ONE)
    update_index(root)
    before = path.stat()
    change(path, OTHER)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    status = read_status(root)
    assert (status.changed, status.unsure, status.is_up_to_date) == (0, 1, False)
    index = Index.open(root)
    assert index
    query = parse_search("speaker:lena", date(2024, 1, 1))
    search = LibrarySearch(FolderStore(root, index), index, query, lambda row: None)
    assert list(search.hits()) == []
    assert search.is_stale
    assert update_index(root).done == 1
    assert speakers(root) == ["Nora Okafor"]
    assert read_status(root).is_up_to_date


@pytest.mark.parametrize("change", [touched, made_private])
def test_where_only_the_stamp_is_another_nothing_is_parsed(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, str], None]
) -> None:
    path = written(root, "a.yaml", ONE)
    update_index(root)
    index = Index.open(root)
    assert index
    generation = index.generation
    change(path, "")
    monkeypatch.delattr(ingest, "parse_article")
    assert update_index(root).done == 1
    assert index.generation == generation
    assert index.is_whole
    assert update_index(root).done == 0
    assert read_status(root).is_up_to_date


@pytest.mark.parametrize("by", [HOUR, 24 * 365 * HOUR, 30_000_000])
def test_a_time_in_the_future_does_not_keep_a_file_changed(root: Path, by: int) -> None:
    path = written(root, "a.yaml", ONE)
    later = time.time_ns() + by
    os.utime(path, ns=(later, later))
    assert update_index(root).done == 1
    assert update_index(root).done <= (by < SECOND)
    assert update_index(root).done == 0
    rewritten(path, OTHER)
    assert update_index(root).done == 1
    assert speakers(root) == ["Nora Okafor"]


@pytest.mark.parametrize("by", [-24 * HOUR, -HOUR, HOUR, 24 * 365 * HOUR])
def test_a_clock_that_jumps_has_nothing_read_for_ever(root: Path, monkeypatch: pytest.MonkeyPatch, by: int) -> None:
    path = written(root, "a.yaml", ONE)
    os.utime(path)
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + by)
    assert [update_index(root).done for _ in range(3)] == [1, 0, 0]
    monkeypatch.setattr(time, "time_ns", now)
    assert update_index(root).done == 0
    rewritten(path, OTHER)
    assert update_index(root).done == 1
    assert speakers(root) == ["Nora Okafor"]


def test_a_file_of_a_coarse_clock_is_looked_at_again_when_its_time_has_passed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(root, "a.yaml", ONE)
    mtime_ns = path.stat().st_mtime_ns
    assert mtime_ns % SECOND == 0
    monkeypatch.setattr(time, "time_ns", lambda: mtime_ns + SECOND)
    assert [update_index(root).done for _ in range(2)] == [1, 1]
    status = read_status(root)
    assert (status.changed, status.unsure) == (0, 1)
    monkeypatch.setattr(time, "time_ns", lambda: mtime_ns + 3 * SECOND)
    monkeypatch.delattr(ingest, "parse_article")
    assert [update_index(root).done for _ in range(2)] == [1, 0]
    assert read_status(root).is_up_to_date


def test_what_changes_while_it_is_read_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(root, "a.yaml", ONE)
    wait = ingest._wait_out_the_grain
    monkeypatch.setattr(ingest, "_wait_out_the_grain", lambda status: rewritten(path, OTHER))
    assert update_index(root).done == 1
    monkeypatch.setattr(ingest, "_wait_out_the_grain", wait)
    assert update_index(root).done == 1
    assert content(root) == anew(root)
    assert update_index(root).done == 0


def test_a_file_system_that_gives_other_inodes_each_time_is_found_out(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(root, 5)
    update_index(root)
    inodes = iter(range(1, 1_000))

    class Renumbered(LibraryFiles):
        def __iter__(self) -> Iterator[tuple[bytes, Stamp]]:
            return ((path, (*stamp[:3], next(inodes))) for path, stamp in super().__iter__())

    monkeypatch.setattr(update, "LibraryFiles", Renumbered)
    found = [update_index(root).done for _ in range(3)]
    assert found == [5, 0, 0]
    written(root, "0/a0000.yaml", ONE)
    rewritten(root / "1/a0001.yaml", (root / "1/a0001.yaml").read_text("utf-8").upper())
    assert update_index(root).done == 2


@contextmanager
def closed(folder: bytes, listed: Callable[..., Iterator[os.DirEntry[bytes]]]) -> Iterator[Callable[..., object]]:
    """Return a function that lists folders as os.scandir does, but not this one."""

    def scandir(path: str | bytes) -> object:
        if os.fsencode(path).rstrip(b"/").endswith(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return listed(path)

    yield scandir


def test_articles_in_a_folder_that_cannot_be_listed_stay(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = written(root, "open/a.yaml", ONE)
    written(root, "shut/b.yaml", OTHER)
    written(root, "shut/deep/c.yaml", dossier_of("yoon", "Yoon Suk Yeol"))
    update_index(root)
    gone.unlink()
    listed = os.scandir
    with closed(b"shut", listed) as scandir:
        monkeypatch.setattr(os, "scandir", scandir)
        done = update_index(root)
        assert (done.articles, done.faults) == (2, 1)
        assert update_index(root).done == 0
        assert read_status(root).is_up_to_date
    index = Index.open(root)
    assert index
    message = "cannot list the folder: Permission denied; what the index has of it stays as it was"
    assert list(index.articles.faults()) == [("shut/", 1, 1, "cannot-read", message)]
    assert speakers(root) == ["Nora Okafor", "Yoon Suk Yeol"]
    monkeypatch.setattr(os, "scandir", listed)
    (root / "shut/b.yaml").unlink()
    assert (update_index(root).articles, update_index(root).faults) == (1, 0)
    assert content(root) == anew(root)


class Unseen:
    """An entry of a folder whose files cannot be looked at."""

    def __init__(self, entry: os.DirEntry[bytes]) -> None:
        self.name = entry.name

    def is_file(self) -> bool:
        raise OSError(errno.EIO, os.strerror(errno.EIO), self.name)

    def is_dir(self, follow_symlinks: bool = True) -> bool:
        return False

    def stat(self, follow_symlinks: bool = True) -> os.stat_result:
        raise OSError(errno.EIO, os.strerror(errno.EIO), self.name)


def test_files_that_cannot_be_looked_at_stay(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(root, "open/a.yaml", ONE)
    written(root, "bad/b.yaml", OTHER)
    update_index(root)
    listed = os.scandir

    @contextmanager
    def scandir(path: bytes) -> Iterator[list[object]]:
        with listed(path) as entries:
            yield [Unseen(one) if os.fsencode(path).endswith(b"bad/") else one for one in entries]

    monkeypatch.setattr(os, "scandir", scandir)
    files = LibraryFiles(root)
    assert [path for path, _ in files] == [b"bad/", b"open/a.yaml"]
    assert files.unlisted == (b"bad/",)
    done = update_index(root)
    assert (done.articles, done.faults) == (2, 1)


def test_a_file_that_cannot_be_read_is_tried_again_and_changes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(root, "a.yaml", ONE)

    def refuse(path: str) -> object:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    monkeypatch.setattr(ingest, "open_regular_file", refuse)
    assert update_index(root).faults == 1
    index = Index.open(root)
    assert index
    generation = index.generation
    assert update_index(root).faults == 1
    assert index.generation == generation
    monkeypatch.setattr(ingest, "open_regular_file", open_regular_file)
    assert read_status(root).unsure == 1
    assert update_index(root).articles == 1
    assert read_status(root).is_up_to_date


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from("ab"), st.sampled_from((ONE, OTHER))), max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_done_to_times_it_is_as_if_made_anew(
    runs: list[list[tuple[Callable[[Path, str], None], str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        written(root, "a.yaml", ONE)
        written(root, "b.yaml", OTHER)
        for changes in [[], *runs]:
            for change, name, text in changes:
                change(root / f"{name}.yaml", text)
            update_index(root)
            assert update_index(root).done == 0
        assert content(root) == anew(root)
        index_path(root).unlink()
