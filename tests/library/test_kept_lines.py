"""What the reader makes is on the disk, or said not to be, and held: whatever fails, nothing is lost."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from dossier.library.jsonl import make_stored_line, read_lines
from dossier.library.kept_lines import Change, KeptLines, explain_save_error, list_unsaved, report_saving

CALLS = ("mkdir", "open", "write", "fsync", "close", "replace")


def added(number: int) -> Change:
    return lambda lines: [*(line for line in lines if line.record != {"n": number}), make_stored_line({"n": number})]


def add(file: KeptLines, number: int) -> None:
    file.change(added(number), {str(number): f"number {number}"})


def numbers(file: KeptLines) -> list[int]:
    return [line.record["n"] for line in file.lines if line.record]


def on_disk(path: Path) -> list[int]:
    return [line.record["n"] for line in read_lines(path).lines if line.record]


def blocked(tmp_path: Path) -> tuple[KeptLines, Path]:
    """Return a file whose folder cannot be made, and what has to be removed for that."""
    (tmp_path / "state").write_text("no folder", "utf-8")
    return KeptLines(tmp_path / "state" / "some.jsonl"), tmp_path / "state"


def test_what_is_written_is_kept_without_a_word(tmp_path: Path) -> None:
    file = KeptLines(tmp_path / "new" / "some.jsonl")
    file.refresh()
    add(file, 1)
    assert (file.is_kept, file.unsaved, file.messages(), on_disk(file.path)) == (True, (), (), [1])
    assert report_saving(file, "saved") == "saved"
    assert list_unsaved([file]) == ""


def test_what_is_not_written_is_told_held_replayed_and_written_later(tmp_path: Path) -> None:
    file, stone = blocked(tmp_path)
    add(file, 1)
    reason = f"File exists; move away the file in the place of its folder: {file.path}"
    assert report_saving(file, "saved") == f"not saved yet, still trying: {reason}"
    assert report_saving(file, "saved") == f"not saved yet, still trying: {reason}"
    add(file, 2)
    assert file.messages() == (f"not saved yet, still trying: {reason}",)
    # An attempt that fails for the same reason is no news.
    file.retry()
    assert file.messages() == ()
    assert list_unsaved([file]) == f"not saved: {reason}\n  number 1\n  number 2"
    stone.unlink()
    other = KeptLines(file.path)
    add(other, 9)
    file.refresh()
    assert (numbers(file), on_disk(file.path)) == ([9, 1, 2], [9])
    file.retry()
    assert (numbers(file), on_disk(file.path), file.is_kept) == ([9, 1, 2], [9, 1, 2], True)
    assert file.messages() == ("now saved: 2 changes",)
    assert report_saving(file, "saved") == "saved"


def test_the_next_change_writes_what_was_pending_in_order(tmp_path: Path) -> None:
    file, stone = blocked(tmp_path)
    add(file, 1)
    stone.unlink()
    add(file, 2)
    assert on_disk(file.path) == [1, 2]


def test_what_is_changed_again_is_listed_once_as_it_is_now(tmp_path: Path) -> None:
    file, _ = blocked(tmp_path)
    for words in ("first", "line\nline"):
        file.change(added(1), {"note": words})
    add(file, 2)
    assert file.unsaved == ("line\nline", "number 2")
    assert list_unsaved([file]).splitlines()[1:] == ["  line", "  line", "  number 2"]


def _make_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_make_folder, "Is a directory; move away the folder"),
        (os.mkfifo, "it is a named pipe, not a regular file; move"),
    ],
)
def test_what_is_no_regular_file_is_refused_and_stays(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    path = tmp_path / "some.jsonl"
    make(path)
    before = path.lstat()
    file = KeptLines(path)
    file.refresh()
    assert "cannot read" in file.messages()[0]
    add(file, 1)
    assert told in file.messages()[0]
    assert (path.lstat(), numbers(file)) == (before, [1])


def test_a_file_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").mkdir()
    file = KeptLines(tmp_path / "some.jsonl")
    for _ in range(3):
        file.refresh_if_changed()
    assert len(file.messages()) == 1


def test_what_stands_in_the_place_of_the_lock_is_named(tmp_path: Path) -> None:
    lock = tmp_path / ".some.jsonl.lock"
    os.mkfifo(lock)
    file = KeptLines(tmp_path / "some.jsonl")
    add(file, 1)
    told = f"it is a named pipe, not a regular file; move it away: {lock}"
    assert report_saving(file, "saved") == f"not saved yet, still trying: {told}"
    lock.unlink()
    lock.mkdir()
    file.retry()
    assert file.trouble == f"Is a directory; move away the folder in its place: {lock}"
    lock.rmdir()
    file.retry()
    assert (file.is_kept, on_disk(file.path)) == (True, [1])


@pytest.mark.parametrize(
    ("name", "blamed"), [("some.jsonl", "some.jsonl"), (".some.jsonl.lock", ".some.jsonl.lock"), (".some.0", "")]
)
def test_what_may_not_be_written_is_named(tmp_path: Path, name: str, blamed: str) -> None:
    """Of a file that is there, that is the file; of one that cannot be created, the folder."""
    for one in ("some.jsonl", ".some.jsonl.lock"):
        (tmp_path / one).touch()
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / name))
    told = explain_save_error(error, tmp_path / "some.jsonl")
    assert told == f"Permission denied; make it writable: {tmp_path / blamed}"


class Faults:
    """Lets the call with the number `at`, of those of `os` that change or wait for a disk, fail, and all after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, number: int) -> None:
        self.calls, self._at, self._number = 0, at, number
        for name in CALLS:
            monkeypatch.setattr(os, name, self._failing(name, getattr(os, name)))

    def _failing(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **named: object) -> object:
            self.calls += 1
            if self.calls < self._at:
                return call(*args, **named)
            if name == "close":
                # The descriptor is closed even then.
                call(*args)
            raise OSError(self._number, os.strerror(self._number))

        return called


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("is_broken", [False, True])
def test_wherever_a_disk_fails_nothing_is_lost(tmp_path: Path, number: int, is_broken: bool) -> None:
    for at in count(1):
        path = tmp_path / str(at) / "some.jsonl"
        path.parent.mkdir()
        old = b'{"n": 1}\n# mine\n' + (b"oh no\n" if is_broken else b"")
        path.write_bytes(old)
        file = KeptLines(path)
        if not is_broken:
            file.refresh()
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, at, number)
            add(file, 2)
        if faults.calls < at:
            break
        told = report_saving(file, "saved")
        if file.is_kept:
            # The last call closed a lock, or the like: all had been on the disk.
            assert on_disk(path) == [1, 2]
        else:
            assert told.startswith("not saved yet")
            assert numbers(file)[-1] == 2
            assert file.unsaved == ("number 2",)
            assert path.read_bytes() == old or on_disk(path) == [1, 2]
        # Another program writes meanwhile.
        add(KeptLines(path), 3)
        file.refresh()
        file.retry()
        assert (sorted(on_disk(path)), sorted(numbers(file)), file.is_kept) == ([1, 2, 3], [1, 2, 3], True)
        assert "# mine" in path.read_text("utf-8")
        left = {one.name for one in path.parent.iterdir()} - {path.name, ".some.jsonl.lock"}
        assert left <= {"some.jsonl.broken-1"} if is_broken else not left
    assert at > 5


FULL = """
import os, sys
from pathlib import Path
from dossier.library.jsonl import make_stored_line, read_lines
from dossier.library.kept_lines import KeptLines, report_saving
folder = Path(sys.argv[1])
file = KeptLines(folder / "state" / "some.jsonl")
add = lambda text: file.change(lambda lines: [*lines, make_stored_line({"text": text})], {text: text})
add("first")
assert report_saving(file, "saved") == "saved"
stone = open(folder / "stone", "wb", buffering=0)
try:
    while True:
        stone.write(b"x" * 4096)
except OSError:
    pass
for number in range(3):
    add("y" * 5000 + str(number))
    told = report_saving(file, "saved")
    assert told.startswith("not saved yet, still trying: No space left on device; free some space"), told
assert len(read_lines(file.path).lines) == 1
assert [one for one in os.listdir(file.path.parent) if one.startswith(".") and not one.endswith(".lock")] == []
file.refresh()
stone.truncate(0)
stone.close()
file.retry()
assert file.messages() == ("now saved: 3 changes",)
assert [line.record["text"][-1] for line in read_lines(file.path).lines] == ["t", "0", "1", "2"]
os.system(f"mount -o remount,ro {folder}")
add("last")
assert "Read-only file system; make its disk writable" in report_saving(file, "saved")
assert len(file.lines) == 5 and not file.is_kept
print("all is so")
"""


def test_a_disk_that_is_full_and_then_read_only(tmp_path: Path) -> None:
    """On a small disk in memory, mounted for the test alone."""
    mount = f"mount -t tmpfs -o size=64k none '{tmp_path}'"
    try:
        subprocess.run(["unshare", "-rm", "sh", "-c", mount], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here: unshare -rm is not permitted")
    script = f"{mount} && exec '{sys.executable}' -c \"$1\" '{tmp_path}'"
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", FULL], capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.returncode) == ("all is so\n", 0), ran.stderr


def test_a_change_removes_what_a_killed_program_left_half_written(tmp_path: Path) -> None:
    script = "import os, sys; from pathlib import Path; from dossier.core.whole_file import replace_whole_file; "
    killed = "os.fsync = lambda _: os.kill(os.getpid(), 9); replace_whole_file(Path(sys.argv[1]), b'{')"
    subprocess.run([sys.executable, "-c", script + killed, str(tmp_path / "some.jsonl")], check=False)
    assert len(list(tmp_path.iterdir())) == 1
    add(KeptLines(tmp_path / "some.jsonl"), 1)
    assert sorted(one.name for one in tmp_path.iterdir()) == [".some.jsonl.lock", "some.jsonl"]
