"""One program goes on at a time, and nobody waits for a lock that nobody holds."""

import errno
import fcntl
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.core.regular_file import NotRegularFileError
from dossier.library.lock import hold_lock


class TiredError(Exception):
    """Who waits no longer."""


def weary() -> None:
    raise TiredError


def test_one_alone_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "some.lock"
    with hold_lock(path, weary, 0.0), pytest.raises(TiredError), hold_lock(path, weary, 0.0):
        pytest.fail("two hold it at once")
    with hold_lock(path, weary, 0.0):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_who_waits_goes_on_when_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "some.lock"
    held = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    looks: list[int] = []

    def wait() -> None:
        looks.append(len(looks))
        if len(looks) == 3:
            os.close(held)

    with hold_lock(path, wait, 0.0):
        assert looks == [0, 1, 2]


def test_a_program_that_ended_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "some.lock"
    program = "import os, sys, fcntl; fcntl.flock(os.open(sys.argv[1], os.O_RDWR | os.O_CREAT), fcntl.LOCK_EX)"
    subprocess.run([sys.executable, "-c", f"{program}; os.kill(os.getpid(), 9)", path], check=False)
    with hold_lock(path, weary, 0.0):
        assert path.exists()


def test_what_fails_within_lets_go_of_it(tmp_path: Path) -> None:
    path = tmp_path / "some.lock"
    with pytest.raises(KeyError), hold_lock(path, weary, 0.0):
        raise KeyError
    with hold_lock(path, weary, 0.0):
        assert path.exists()


def test_a_file_system_without_locks_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    with hold_lock(tmp_path / "some.lock", weary, 0.0):
        assert [one.name for one in tmp_path.iterdir()] == ["some.lock"]


def test_without_locks_in_one_folder_one_alone_goes_on_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, elsewhere, locked = tmp_path / "some.lock", tmp_path / "elsewhere", fcntl.flock
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))

    def none_here(descriptor: int, how: int) -> None:
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            raise OSError(errno.ENOTSUP, "Operation not supported")
        locked(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", none_here)
    with hold_lock(path, weary, 0.0), pytest.raises(TiredError), hold_lock(path, weary, 0.0):
        pytest.fail("two hold it at once")
    with hold_lock(path, weary, 0.0):
        assert len(list(elsewhere.iterdir())) == 1


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), hold_lock(tmp_path / "none" / "some.lock", weary, 0.0):
        pytest.fail("there is nothing to lock")


def _link(path: Path) -> None:
    path.symlink_to("elsewhere")


@pytest.mark.parametrize(("make", "told"), [(os.mkfifo, "a named pipe"), (Path.mkdir, "Is a dir"), (_link, "a link")])
def test_what_is_no_regular_file_is_refused(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    path = tmp_path / "some.lock"
    make(path)
    with pytest.raises(OSError, match=told) as caught, hold_lock(path, weary, 0.0):
        pytest.fail("that is no lock")
    assert caught.value.filename == str(path)
    assert os.listdir(tmp_path) == ["some.lock"]


def test_a_pipe_that_takes_its_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The first look still sees the file.
    path, pipe = tmp_path / "some.lock", tmp_path / "pipe"
    path.touch()
    os.mkfifo(pipe)
    status = os.lstat(path)
    monkeypatch.setattr(os, "lstat", lambda _: status)
    with pytest.raises(NotRegularFileError, match="a named pipe"), hold_lock(pipe, weary, 0.0):
        pytest.fail("that is no lock")
