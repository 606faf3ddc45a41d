"""A file that several change: nothing that stood in it is lost, whatever stood in it."""

import errno
import fcntl
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from file_states import file_state
from waiting import PATIENCE

from dossier.library import jsonl
from dossier.library.jsonl import StoredLine, change_lines, make_stored_line, read_lines


def appended(number: int) -> jsonl.StoredLine:
    return make_stored_line({"number": number})


def numbers(lines: Sequence[StoredLine]) -> list[object]:
    return [line.record["number"] for line in lines if line.record]


def test_a_record_is_a_line_that_anybody_can_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "some.jsonl"
    assert read_lines(path) == ((), False)
    change_lines(path, lambda lines: [*lines, make_stored_line({"name": "윤석열\u2028\n", "to": ["a", "b"]})])
    assert path.read_text("utf-8") == '{"name": "윤석열\u2028\\n", "to": ["a", "b"]}\n'
    assert read_lines(path).lines[0].record == {"name": "윤석열\u2028\n", "to": ["a", "b"]}


def test_what_is_not_understood_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    text = '# mine\n\n{"number":1,   "x": "\\ud800"}\n[1, 2]\n"text"\n{"a": 1, "a": 2}\n'
    path.write_text(f"\ufeff{text}".rstrip("\n"), "utf-8")
    assert [bool(line.record) for line in read_lines(path).lines] == [False, False, True, False, False, True]
    made = change_lines(path, lambda lines: [*lines, make_stored_line({"x": "\ud800"})])
    assert path.read_text("utf-8") == text + '{"x": "\\ud800"}\n'
    assert made.backup is None
    assert read_lines(path).lines == made.lines
    assert read_lines(path).broken is False


def test_line_ends_of_other_systems(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(b'{"number": 1}\r\n{"number": 2}\r\n')
    assert numbers(read_lines(path).lines) == [1, 2]


@pytest.mark.parametrize("broken", [b"{", b"number: 2", b"\xff", b"[" * 100_000, b"\x00", b"1" * 10_000])
def test_a_broken_file_is_set_aside_and_the_rest_of_it_used(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "some.jsonl"
    for time in (1, 2):
        data = b'{"number": 1}\n' + broken + b'\n{"number": 3}\n' + b"# time" * time
        path.write_bytes(data)
        assert read_lines(path).broken
        made = change_lines(path, lambda lines: [*lines, appended(4)])
        assert made.backup == tmp_path / f"some.jsonl.broken-{time}"
        assert made.backup.read_bytes() == data
        assert numbers(made.lines) == numbers(read_lines(path).lines) == [1, 3, 4]


def test_a_backup_that_a_killed_program_made_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    for data in (b"oh\n", b"no\n", b"oh\n"):
        path.write_bytes(data)
        change_lines(path, lambda lines: lines)
    assert sorted(one.name for one in tmp_path.glob("some*")) == [
        path.name,
        f"{path.name}.broken-1",
        "some.jsonl.broken-2",
    ]


def test_nothing_is_written_when_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text('{"number":1}', "utf-8")
    before = file_state(path)
    change_lines(path, lambda lines: lines)
    assert file_state(path) == before


def test_two_at_once_lose_nothing_of_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_PATIENCE", PATIENCE)
    path = tmp_path / "some.jsonl"

    def add(first: int) -> None:
        for number in range(first, first + 25):
            change_lines(path, lambda lines, number=number: [*lines, appended(number)])  # type: ignore[misc]

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, numbers(read_lines(path).lines))) == sorted(
        str(first + at) for first in (0, 100, 200) for at in range(25)
    )


def test_a_change_that_fails_leaves_the_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "some.jsonl"
    change_lines(path, lambda _: [appended(1)])

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        change_lines(path, lambda _: [appended(2)])
    assert numbers(read_lines(path).lines) == [1]
    assert sorted(one.name for one in tmp_path.iterdir()) == [".some.jsonl.lock", "some.jsonl"]


def test_who_keeps_it_locked_is_not_waited_for_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_PATIENCE", 0.0)
    path = tmp_path / "some.jsonl"
    change_lines(path, lambda _: [appended(1)])
    descriptor = os.open(tmp_path / ".some.jsonl.lock", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(TimeoutError):
        change_lines(path, lambda _: [])
    os.close(descriptor)
    assert numbers(read_lines(path).lines) == [1]


def test_a_file_system_without_locks_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    path = tmp_path / "some.jsonl"
    change_lines(path, lambda _: [appended(1)])
    assert numbers(read_lines(path).lines) == [1]


def test_of_a_link_the_file_behind_it_is_changed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "some.jsonl"
    link.symlink_to(tmp_path / "real" / "other.jsonl")
    change_lines(link, lambda _: [appended(1)])
    assert link.is_symlink()
    assert numbers(read_lines(tmp_path / "real" / "other.jsonl").lines) == [1]


def test_others_cannot_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "some.jsonl"
    change_lines(path, lambda _: [appended(1)])
    assert path.stat().st_mode & 0o077 == path.parent.stat().st_mode & 0o077 == 0
