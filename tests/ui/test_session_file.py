"""A place is kept whole or not at all, and one that cannot be read is none."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dossier.ui.session_file import MOST_BYTES, read_session, write_session

RECORD = {"version": 1, "here": {"focus": "article", "query": ["find", "윤석열 “x”\n\u2028"]}}


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert read_session(folder) is None
    assert write_session(folder, {"version": 0}) == ""
    assert write_session(folder, RECORD) == ""
    assert read_session(folder) == RECORD
    assert names(folder) == ["place.json"]


def test_others_cannot_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    write_session(folder, RECORD)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "place.json").stat().st_mode) == 0o600


def test_half_of_a_pair_is_kept(tmp_path: Path) -> None:
    assert write_session(tmp_path, {"typed": "\ud800"}) == ""
    assert read_session(tmp_path) == {"typed": "\ud800"}


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b"1" * 10_000, b"{" + b" " * MOST_BYTES + b"}"],
    ids=["empty", "broken", "list", "null", "text", "bytes", "deep", "digits", "large"],
)
def test_what_cannot_be_read_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "place.json").write_bytes(data)
    assert read_session(tmp_path) is None
    assert write_session(tmp_path, RECORD) == ""
    assert read_session(tmp_path) == RECORD


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "place.json").mkdir()
    assert read_session(tmp_path) is None
    assert "place.json: Is a directory" in write_session(tmp_path, RECORD)
    assert names(tmp_path) == ["place.json"]


def test_where_nothing_can_be_written_a_message_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "folder"
    message = f"your place was not saved: cannot write {folder}/place.json: Not a directory"
    assert write_session(folder, RECORD) == message


def test_what_is_too_large_is_not_kept(tmp_path: Path) -> None:
    write_session(tmp_path, RECORD)
    assert write_session(tmp_path, {"spots": ["x" * MOST_BYTES]}) == "your place was not saved: it would take 4 MB"
    assert read_session(tmp_path) == RECORD


def test_what_fails_half_way_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_session(tmp_path, RECORD)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    assert write_session(tmp_path, {"version": 2}).startswith("your place was not saved: cannot write ")
    assert read_session(tmp_path) == RECORD
    assert names(tmp_path) == ["place.json"]


def test_one_writing_may_interrupt_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a signal does, at the worst of moments: when the file is written and has not its name yet."""
    renamed = os.replace

    def interrupted(old: Path, new: Path) -> None:
        monkeypatch.setattr(os, "replace", renamed)
        assert write_session(tmp_path, {"version": 2}) == ""
        assert read_session(tmp_path) == {"version": 2}
        renamed(old, new)

    monkeypatch.setattr(os, "replace", interrupted)
    assert write_session(tmp_path, RECORD) == ""
    assert read_session(tmp_path) == RECORD
    assert names(tmp_path) == ["place.json"]


def test_many_at_once_leave_one_of_them_whole(tmp_path: Path) -> None:
    threads = [threading.Thread(target=write_session, args=(tmp_path, {"version": number})) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_session(tmp_path) in [{"version": number} for number in range(8)]
    assert names(tmp_path) == ["place.json"]


def test_a_program_that_is_killed_leaves_a_whole_one(tmp_path: Path) -> None:
    program = "import sys, pathlib; from dossier.ui.session_file import write_session\n"
    program += (
        "while True: write_session(pathlib.Path(sys.argv[1]), {'version': 3, 'x': 'y' * 1_000_000}); print(flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE) as child:
        assert child.stdout
        for _ in range(3):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
    assert json.loads((tmp_path / "place.json").read_bytes())["version"] == 3


def test_what_a_killed_program_left_is_removed_and_what_is_no_file_stays(tmp_path: Path) -> None:
    killed = "os.fsync = lambda _: os.kill(os.getpid(), 9); replace_whole_file(Path(sys.argv[1]), b'{')"
    script = (
        f"import os, sys; from pathlib import Path; from dossier.core.whole_file import replace_whole_file; {killed}"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "place.json")], check=False)
    assert len(names(tmp_path)) == 1
    assert write_session(tmp_path, RECORD) == ""
    assert names(tmp_path) == ["place.json"]
    (tmp_path / "place.json").unlink()
    os.mkfifo(tmp_path / "place.json")
    assert "it is a named pipe, not a regular file" in write_session(tmp_path, RECORD)
    assert stat.S_ISFIFO((tmp_path / "place.json").stat().st_mode)
