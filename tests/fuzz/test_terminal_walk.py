"""Random keys, pastes, reports of the mouse and sizes in a real terminal; `terminal_walk.py` walks much further."""

import subprocess
import sys
from pathlib import Path

import confined
from terminal_walk import list_sent, send_of, walk
from terminals import in_terminal

pytestmark = in_terminal


def test_a_short_walk_in_a_terminal(tmp_path: Path) -> None:
    pressed, _ends = walk(1, 100, tmp_path)
    assert pressed >= 100


def test_every_key_of_a_command_is_sent_but_those_that_quit() -> None:
    sent = list_sent()
    assert {"\x1b[Z", "\x1a", "\x0c", "\r", "\x1bOP", "|", "e", "o", "y", "5"} <= set(sent)
    assert not {"q", "\x03", "Q", "Z"} & set(sent)
    assert send_of("full_stop") == "."
    assert all(len(one) == 1 or one.startswith("\x1b") for one in sent)


def test_nothing_is_written_outside_of_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    lines = (
        f"import confined, pathlib; confined.confine(pathlib.Path({str(inside)!r}))",
        f"open({str(inside / 'a')!r}, 'w').close()",
        f"open({str(outside)!r}, 'w').close()",
    )
    folder = Path(confined.__file__).parent
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], check=False, capture_output=True, cwd=folder)
    assert b"PermissionError" in done.stderr
    assert (inside / "a").exists()
    assert not outside.exists()
