"""Tests of opening files: only regular files are opened, and what else a path names is said."""

import os
import socket
from pathlib import Path

import pytest

from dossier.core.regular_file import NotRegularFileError, check_regular_file, open_regular_file


def test_regular_file_and_link_to_one(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"headline: A\n")
    (tmp_path / "link.yaml").symlink_to(file)
    for name in ("a.yaml", "link.yaml"):
        with open_regular_file(tmp_path / name) as opened:
            assert opened.read() == b"headline: A\n"
    with open_regular_file(os.fsencode(file)) as opened:
        assert opened.read(8) == b"headline"


def test_named_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(NotRegularFileError, match="it is a named pipe, not a regular file") as caught:
        open_regular_file(pipe)
    assert caught.value.filename == str(pipe)


def test_link_to_named_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.yaml").symlink_to("pipe")
    with pytest.raises(NotRegularFileError, match="a named pipe"):
        open_regular_file(tmp_path / "link.yaml")


def test_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
        with pytest.raises(NotRegularFileError, match="a socket"):
            open_regular_file(tmp_path / "socket")


def test_device_and_folder(tmp_path: Path) -> None:
    with pytest.raises(NotRegularFileError, match="a device"):
        open_regular_file("/dev/null")
    with pytest.raises(IsADirectoryError):
        open_regular_file(tmp_path)


def test_file_replaced_by_pipe_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The first look still sees the file; the pipe has no writer, and to open it must not wait for one.
    file, pipe = tmp_path / "a.yaml", tmp_path / "pipe"
    file.write_bytes(b"")
    os.mkfifo(pipe)
    status = os.stat(file)
    monkeypatch.setattr(os, "stat", lambda _: status)
    with pytest.raises(NotRegularFileError, match="a named pipe"):
        open_regular_file(pipe)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_regular_file(tmp_path / "none.yaml")


def test_status_of_folder(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        check_regular_file(tmp_path.stat(), tmp_path)
