"""A file is replaced as a whole or stays as it is, whatever the disk does, and nothing else is ever replaced."""

import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from file_states import file_state

from dossier.core.regular_file import NotRegularFileError
from dossier.core.whole_file import create_whole_file, remove_abandoned_files, replace_whole_file

STEPS = ("write", "fsync", "close", "replace")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_file_is_created_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    for data in (b"one", b"", b"x" * 300_000):
        replace_whole_file(path, data)
        assert path.read_bytes() == data
    assert names(tmp_path) == ["some.txt"]
    assert path.stat().st_mode & 0o077 == 0


def test_of_a_link_the_file_behind_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to("real/file")
    replace_whole_file(link, b"one")
    assert (link.is_symlink(), (tmp_path / "real" / "file").read_bytes()) == (True, b"one")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    path = tmp_path / "some.txt"
    replace_whole_file(path, b"old")
    done = getattr(os, step)

    def fail(*args: object) -> None:
        if step == "close":
            done(*args)
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(OSError, match=os.strerror(number)):
            replace_whole_file(path, b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["some.txt"])


def test_a_disk_that_takes_a_part_at_a_time_has_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    replace_whole_file(tmp_path / "some.txt", b"0123456789")
    assert (tmp_path / "some.txt").read_bytes() == b"0123456789"


def _bind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        here = os.getcwd()
        # The path of a socket may not be long.
        os.chdir(path.parent)
        try:
            bound.bind(path.name)
        finally:
            os.chdir(here)


@pytest.mark.parametrize("make", [os.mkfifo, _bind, Path.mkdir])
def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path, link = tmp_path / "some.txt", tmp_path / "link"
    make(path)
    link.symlink_to(path)
    before = file_state(path)
    for one in (path, link):
        with pytest.raises((NotRegularFileError, IsADirectoryError)):
            replace_whole_file(one, b"new")
    assert file_state(path) == before
    assert names(tmp_path) == ["link", "some.txt"]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_folder_that_cannot_be_synchronised_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    synced = os.fsync

    def sync(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise OSError(number, os.strerror(number))
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    replace_whole_file(tmp_path / "some.txt", b"new")
    assert (tmp_path / "some.txt").read_bytes() == b"new"


def place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the characters that stand for this machine in the names of files that are not finished."""
    with monkeypatch.context() as patch:
        seen: list[str] = []
        patch.setattr(os, "fsync", lambda _: seen.extend(names(folder)))
        replace_whole_file(folder / "some", b"")
    (folder / "some").unlink()
    return seen[0].split(".")[2]


def test_what_killed_programs_left_is_removed_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    here = place(tmp_path, monkeypatch)
    gone, alive = f"{here}.{ended.pid}", f"{here}.{os.getpid()}"
    elsewhere = f"0{here[1:]}" if here[0] != "0" else f"1{here[1:]}"
    kept = (
        *("notes.jsonl", "notes.jsonl.broken-1", ".notes.jsonl.lock", f".notes.jsonl.{alive}.0"),
        *(f".other.jsonl.{gone}.0", f".notes.jsonl.{gone}", ".notes.jsonl.abcdefgh", ".notes.jsonl.swp"),
        # A program with this number may run on the other machine.
        f".notes.jsonl.{elsewhere}.{ended.pid}.0",
    )
    old = (f".notes.jsonl.{alive}.1", ".notes.jsonl.hgf_dcba", f".notes.jsonl.{elsewhere}.{ended.pid}.1")
    for name in (*kept, *old, f".notes.jsonl.{gone}.0", f".notes.jsonl.{gone}.12"):
        (tmp_path / name).write_text("x", "utf-8")
    for name in old:
        os.utime(tmp_path / name, (time.time() - 90_000,) * 2)
    remove_abandoned_files(tmp_path / "notes.jsonl")
    assert names(tmp_path) == sorted(kept)
    remove_abandoned_files(tmp_path / "no folder" / "notes.jsonl")


def test_a_name_of_full_length_serves(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    create_whole_file(path, b"one")
    replace_whole_file(path, b"two")
    assert (path.read_bytes(), names(tmp_path)) == (b"two", [path.name])


@pytest.mark.parametrize("number", [0, errno.EPERM, errno.ENOTSUP])
def test_a_new_file_takes_no_name_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Also where a file has one name only, and where the name is taken while the file is written."""
    link, written = os.link, os.write
    if number:

        def refuse(*_: object, **__: object) -> None:
            raise OSError(number, os.strerror(number))

        link = refuse
    monkeypatch.setattr(os, "link", link)
    create_whole_file(tmp_path / "a", b"mine")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("a", "link"):
        with pytest.raises(FileExistsError):
            create_whole_file(tmp_path / name, b"other")

    def write(descriptor: int, data: bytes) -> int:
        (tmp_path / "b").write_text("theirs", "utf-8")
        return written(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(FileExistsError):
        create_whole_file(tmp_path / "b", b"other")
    assert names(tmp_path) == ["a", "b", "link"]
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"mine", b"theirs")


@pytest.mark.parametrize("step", ["write", "fsync", "close", "link"])
def test_a_new_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    done = getattr(os, step)

    def fail(*args: object, **_: object) -> None:
        if step == "close":
            done(*args)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(OSError, match="No space"):
            create_whole_file(tmp_path / "new", b"new")
    assert names(tmp_path) == []
