"""Whatever changes in an index past its writer is noticed, and what its writer does is no damage."""

import errno
import os
import shutil
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from shelves import anew, content, dossier_of, many, written

from dossier.library.index import block_sums
from dossier.library.index.block_sums import BLOCK, is_as_written, read_sums, sums_path
from dossier.library.index.errors import IndexDamagedError, IndexWriteError
from dossier.library.index.immutable_file import open_immutable
from dossier.library.index.location import index_path, is_marked_damaged
from dossier.library.index.progress import Progress
from dossier.library.index.raw_file import open_raw, read_stamp
from dossier.library.index.reader import Index
from dossier.library.index.schema import open_to_read, resolve_root
from dossier.library.index.status import read_status
from dossier.library.index.update import update_index


def flip(path: Path, at: int, keeps_time: bool = False) -> None:
    """Flip a bit of a file."""
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 16]))
    if keeps_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    many(folder, 60)
    update_index(folder)
    return folder


@pytest.mark.parametrize("changed", [0, 1, 30])
def test_after_an_update_the_checksums_are_those_of_the_file(root: Path, changed: int) -> None:
    for at in range(changed):
        written(root, f"new/{at}.yaml", dossier_of("yoon", f"Yoon Suk Yeol {at}"))
    update_index(root)
    path = index_path(root)
    found = read_sums(sums_path(path))
    assert found
    assert found.stamp.size == path.stat().st_size > 2 * BLOCK
    assert found.sums == block_sums._compute(path)
    assert is_as_written(path)


@pytest.mark.parametrize("keeps_time", [False, True])
@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.8, 0.999])
def test_a_flipped_bit_is_noticed_wherever_it_is(root: Path, share: float, keeps_time: bool) -> None:
    before, path = content(root), index_path(root)
    opened = Index.open(root)
    assert opened
    asked: list[str] = []
    opened.call_when_damaged(lambda: asked.append("anew"))
    assert opened.total() == 60
    flip(path, int(path.stat().st_size * share), keeps_time)
    for _ in range(2):
        with pytest.raises(IndexDamagedError):
            opened.total()
    assert asked == ["anew"]
    assert read_status(root).is_damaged
    assert Index.open(root) is None
    told: list[Progress] = []
    update_index(root, report=told.append)
    assert told[-1].was_damaged
    assert not is_marked_damaged(path)
    assert content(root) == before
    assert opened.total() == 60
    opened.close()


def test_a_sound_index_with_the_inode_of_the_damaged_one_is_read(root: Path) -> None:
    path = index_path(root)
    sound = path.read_bytes()
    opened = Index.open(root)
    assert opened
    assert opened.total() == 60
    replacement = path.with_suffix(".copy")
    replacement.write_bytes(sound)
    flip(replacement, len(sound) // 2, keeps_time=False)
    replacement.replace(path)
    with pytest.raises(IndexDamagedError):
        opened.total()
    inode = path.stat().st_ino
    path.touch()
    with pytest.raises(IndexDamagedError):
        opened.total()
    # What an update does, but for the inode, which the file system chooses.
    Path(f"{path}.damaged").unlink()
    path.write_bytes(sound)
    assert opened.total() == 60
    assert path.stat().st_ino == inode
    opened.close()


def test_a_bit_that_the_disk_flips_is_noticed_within_a_day(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = index_path(root)
    flip(path, path.stat().st_size // 2)
    known = read_sums(sums_path(path))
    assert known
    block_sums.write_sums(sums_path(path), known._replace(stamp=read_stamp(str(path))))
    assert not update_index(root).was_damaged
    now = known.compared
    monkeypatch.setattr("time.time", lambda: now + 86_401)
    assert update_index(root).was_damaged


def test_an_update_that_changes_nothing_writes_nothing(root: Path) -> None:
    before = index_path(root).stat()
    update_index(root)
    after = index_path(root).stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)


def test_who_was_killed_leaves_nothing_that_passes_for_damage(root: Path) -> None:
    path = index_path(root)
    sums_path(path).rename(block_sums.set_aside_sums_path(path))
    written(root, "new.yaml", dossier_of("yoon", "Yoon Suk Yeol"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = 0 WHERE key = 'whole'")
    assert is_as_written(path)
    assert not update_index(root).was_damaged
    assert is_as_written(path)
    assert sums_path(path).exists()
    assert content(root) == anew(root)


def test_who_is_stopped_before_anything_changed_leaves_the_checksums(root: Path) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_index(root, report=stop)
    assert read_sums(sums_path(index_path(root)))


def test_checksums_that_are_damaged_are_made_anew(root: Path) -> None:
    file = sums_path(index_path(root))
    flip(file, file.stat().st_size - 1)
    assert read_sums(file) is None
    assert not update_index(root).was_damaged
    assert read_sums(file)


def test_reading_the_bytes_takes_no_lock_away(root: Path) -> None:
    path = index_path(root)
    opened = Index.open(root)
    assert opened
    opened.total()
    number = len(os.listdir("/proc/self/fd"))
    with open_raw(path) as descriptor:
        assert os.pread(descriptor, 15, 0) == b"SQLite format 3"
    # It stays open for as long as the connection, whose locks would go with it.
    assert len(os.listdir("/proc/self/fd")) == number + 1
    opened.close()
    assert len(os.listdir("/proc/self/fd")) < number


@pytest.mark.parametrize("content", [b"", b"x" * 9_000, b"SQLite format 3\0" + b"x" * 9_000])
def test_what_is_no_index_is_not_counted_as_open(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(content)
    assert open_to_read(path, resolve_root(tmp_path)) is None
    with suppress(sqlite3.Error, IndexDamagedError):
        open_immutable(path).close()
    with open_raw(path) as descriptor:
        assert os.fstat(descriptor).st_size == len(content)
    # Else it would stay open for as long as the program runs.
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_readers_meet_no_damage_while_others_write(root: Path) -> None:
    opened = Index.open(root)
    assert opened
    is_over = threading.Event()
    faults: list[Exception] = []

    def read() -> None:
        while not is_over.is_set():
            try:
                opened.total()
            except IndexDamagedError as error:
                faults.append(error)
                return

    reader = threading.Thread(target=read)
    reader.start()
    for at in range(10):
        written(root, f"new/{at}.yaml", dossier_of("yoon", f"Yoon Suk Yeol {at}"))
        update_index(root)
    is_over.set()
    reader.join()
    assert faults == []
    assert opened.total() == 70
    opened.close()


def test_checksums_that_cannot_be_put_aside_end_the_update_with_the_cause(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename = content(root), Path.rename

    def refuse(file: Path, to: Path) -> Path:
        if file == sums_path(index_path(root)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        return rename(file, to)

    written(root, "new.yaml", dossier_of("brandt", "Ida Brandt"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(IndexWriteError, match=f"no permission to write to {index_path(root).parent}: "):
            update_index(root)
    assert content(root) == before
    assert not update_index(root).was_damaged
    assert content(root) == anew(root)


def test_an_index_that_is_removed_while_it_is_written_is_told_and_made_anew(root: Path) -> None:
    written(root, "new.yaml", dossier_of("brandt", "Ida Brandt"))

    def remove(progress: Progress) -> None:
        shutil.rmtree(index_path(root).parent, ignore_errors=True)

    with pytest.raises(IndexWriteError):
        update_index(root, report=remove)
    assert update_index(root).articles == 61
    assert content(root) == anew(root)
