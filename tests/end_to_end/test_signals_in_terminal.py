"""Tests of the program when it is told to end, stopped, or loses its terminal, on a pseudo-terminal."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import at_home, beneath
from ptys import ROOT, Line, line, python
from reader import NATO
from shelves import many
from waiting import PATIENCE, until

PROGRAM = python("-m", "dossier", str(NATO))


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Line]:
    """Open the bundled article at its first quote."""
    with line(PROGRAM, HOME=str(tmp_path)) as opened:
        opened.wait("1/27")
        opened.type("\t\t")
        opened.wait("1/9")
        yield opened


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_told_to_end(far: Line, number: signal.Signals) -> None:
    far.type("jjj")
    far.wait("4/9")
    far.kill(number)
    assert far.status() == 128 + number
    assert far.attributes() == far.before
    assert far.sent.endswith(b"\x1b[?1049l")
    assert b"Traceback" not in far.sent


def test_told_to_end_at_once_in_its_start(tmp_path: Path) -> None:
    with line(PROGRAM, HOME=str(tmp_path)) as far:
        far.wait("Pyongyang")
        far.kill(signal.SIGTERM)
        assert far.status() == 128 + signal.SIGTERM
        assert far.attributes() == far.before


def test_left_by_its_line(far: Line) -> None:
    far.cut()
    assert far.status(reads=False) == 128 + signal.SIGHUP


@pytest.mark.parametrize("is_cut", [True, False])
def test_a_note_that_was_being_typed_is_kept(far: Line, tmp_path: Path, is_cut: bool) -> None:
    far.type("ahalf a thou")
    far.wait("half a thou")
    if is_cut:
        far.cut()
    else:
        far.kill(signal.SIGTERM)
    assert far.status(reads=False) == 128 + (signal.SIGHUP if is_cut else signal.SIGTERM)
    kept = [json.loads(row) for file in tmp_path.rglob("notes.jsonl") for row in file.read_text("utf-8").splitlines()]
    assert [row["text"] for row in kept if "text" in row] == ["half a thou"]


def test_left_by_its_line_though_it_may_not_be_told(tmp_path: Path) -> None:
    """SIGHUP was ignored before the program started, as with nohup."""
    with line(["sh", "-c", "trap '' HUP; exec " + " ".join(PROGRAM)], HOME=str(tmp_path)) as far:
        far.wait("1/27")
        far.cut()
        assert far.status(reads=False) == 128 + signal.SIGHUP


def test_no_child_is_left(tmp_path: Path) -> None:
    """The index takes so long that the process that makes it still runs when the program is ended."""
    library = tmp_path / "library"
    many(library, 3_000)
    with line(python("-m", "dossier", str(library)), HOME=str(tmp_path)) as far:
        far.wait("library", until=lambda: bool(beneath(far.child.pid)))
        far.kill(signal.SIGTERM)
        status = far.status()
        assert status == 128 + signal.SIGTERM, far.sent[-2_000:]
    until(lambda: not running(str(library)) and not at_home(tmp_path), lambda: f"{running(str(library))} is left")


def running(words: str) -> list[str]:
    """Return the command lines that contain these words, of all running processes."""
    shown = subprocess.run(["ps", "-e", "-o", "args"], capture_output=True, text=True, check=True).stdout
    return [row for row in shown.splitlines() if words in row]


def test_the_terminal_is_asked_nothing_twice_and_nothing_but_how_it_draws(far: Line) -> None:
    far.type("jl\x0c?")
    far.wait("─ Help ─")
    far.type("\x1bq")
    assert far.status() == 0
    asked = re.findall(rb"\x1b\[[0-?]*(?:\$p|[cnt]|x|u)|\x1b\[>[^m]*[qm]|\x1bP|\x1b\](?!8;)", far.sent)
    assert set(asked) <= {b"\x1b[6n", b"\x1b[>c", b"\x1b[?69$p"}
    assert len(asked) == len(set(asked))
    modes = set(re.findall(rb"\x1b\[\?([0-9;]+)h", far.sent))
    assert modes <= {b"1049", b"2004", b"2026", b"25", b"7"}


def test_nothing_is_left_in_memory_for_a_terminal_that_does_not_read(far: Line) -> None:
    # What only the toolkit answers, so that it is in memory before that is measured.
    far.type("?")
    far.wait("─ Help ─")
    far.type("\x1b")
    far.wait(until=lambda: "─ Help ─" not in far.text)
    for keys, place in (("jjjjj", "6/9"), ("kkkkk", "1/9")):
        far.type(keys)
        far.wait(place)
    before = far.memory()
    # A digit that is followed at once by a key would be the beginning of a count.
    far.fill("\t", "\x1b[Z")
    for _ in range(200):
        far.type("jjjjjkkkkk")
        far.take()
    far.type("jj")
    far.take()
    start = len(far.sent)
    far.wait("3/9")
    # Once the last key is answered, all that it ever had in memory is told.
    assert far.memory("VmHWM") - before < 16_000
    assert len(far.sent) - start < 200_000
    far.type("q")
    assert far.status() == 0


def test_a_standard_stream_that_is_no_terminal_is_no_screen(tmp_path: Path) -> None:
    given = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    ran = subprocess.run(
        PROGRAM, capture_output=True, stdin=subprocess.DEVNULL, env=given, check=False, timeout=PATIENCE
    )
    assert ran.returncode == 0
    assert b"\x1b" not in ran.stdout


@pytest.mark.parametrize("stream", ["2>/dev/null", "2>&-", "</dev/null", "<&-"])
def test_where_output_is_a_terminal_there_is_a_screen(stream: str, tmp_path: Path) -> None:
    with line(["sh", "-c", f"{' '.join(PROGRAM)} {stream}"], HOME=str(tmp_path)) as far:
        far.wait("1/27")
        far.type("3")
        far.wait("1/9")
        far.type("q")
        assert far.status() == 0
        assert far.attributes() == far.before


def test_an_article_that_comes_through_the_input_is_printed(tmp_path: Path) -> None:
    with line(["sh", "-c", f"{python('-m')[0]} -m dossier /dev/stdin <{NATO}"], HOME=str(tmp_path)) as far:
        assert far.status() == 0
        assert b"\x1b[?1049h" not in far.sent
        assert b"Stoltenberg" in far.sent


def test_an_output_that_is_closed_is_no_failure(tmp_path: Path) -> None:
    with line(["sh", "-c", f"{' '.join(PROGRAM)} >&-"], HOME=str(tmp_path), PAGER="cat") as far:
        assert far.status() == 0
        assert far.sent == b""
