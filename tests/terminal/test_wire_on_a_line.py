"""Tests of the driver on a pseudo-terminal: keys, signals, sizes, and a connection that is slow, stopped or lost."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from processes import state
from ptys import Line, line, python
from waiting import until

from dossier.terminal.signals import DEADLINE
from dossier.tui.driver import read_escape_delay

TINY = str(Path(__file__).parent / "tiny.py")
WHOLE = "600000"
"""Milliseconds for $ESCDELAY within which the rest of any sequence arrives."""
TICK = 0.1
"""Seconds of one tick of the program."""
LAST_LEAVES = b"\x1b[?1049l"


def tiny(
    folder: Path, *words: str, columns: int = 80, rows: int = 24, **environment: str
) -> AbstractContextManager[Line]:
    return line(python(TINY, str(folder), *words), columns, rows, **environment)


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Line]:
    """Run the program until it is ready for keys."""
    with tiny(tmp_path) as opened:
        opened.wait("keys 0")
        yield opened


def restored(far: Line) -> bool:
    return far.attributes() == far.before and far.sent.rstrip().endswith(LAST_LEAVES)


def test_a_key_and_the_end(far: Line) -> None:
    far.type("j")
    far.wait("keys 1", "last j")
    far.type("q")
    assert far.status() == 0
    assert restored(far)


def test_nothing_is_asked_and_nothing_switched_on_that_is_not_needed(far: Line) -> None:
    far.type("jq")
    far.status()
    asked = re.findall(rb"\x1b\[[0-?]*(?:\$p|[cnt]|x|u)|\x1b\[>[^m]*[qm]|\x1bP|\x1b\](?!8;)[^\x07\x1b]*", far.sent)
    assert asked == []
    modes = set(re.findall(rb"\x1b\[\?([0-9;]+)h", far.sent))
    assert modes == {b"1049", b"2004", b"2026", b"25", b"7"}


def test_the_mouse_is_asked_for_only_when_it_is_wanted(tmp_path: Path) -> None:
    with tiny(tmp_path, "mouse") as far:
        far.wait("keys 0")
        far.type(b"\x1b[<0;3;4M\x1b[<0;3;4mjq")
        assert far.status() == 0
        for mode in (b"1000", b"1003", b"1006"):
            assert far.sent.count(b"\x1b[?" + mode + b"h") == far.sent.count(b"\x1b[?" + mode + b"l") == 1


@pytest.mark.parametrize(
    ("packets", "keys"),
    [
        ([b"\x1b"], "escape"),
        ([b"\x1b/"], "escape slash"),
        ([b"\x1b[A"], "up"),
        ([b"\x1b", b"[", b"A"], "up"),
        ([b"\x1b[", b"B"], "down"),
        ([b"\x1b[1;", b"5A"], "ctrl+up"),
        ([b"\x1bOP"], "f1"),
        ([b"\x1b\x1b"], "escape escape"),
        ([b"\x1b[?1;2c\x1b[5;5R\x1b]11;rgb:0/0/0\x07j"], "j"),
        ([b"\x03\x13\x1c"], "ctrl+c ctrl+s ctrl+backslash"),
        ([b"a\xff\xfeb"], "a replacement_character replacement_character b"),
        ([b"\x1b[200~one\rtwo\x1b[201~j"], "pasted:7:'one\\rtwo' j"),
    ],
)
def test_keys(tmp_path: Path, packets: list[bytes], keys: str) -> None:
    with tiny(tmp_path, ESCDELAY=WHOLE if len(packets) > 1 else "") as far:
        far.wait("keys 0")
        for packet in packets:
            far.type(packet)
            far.take()
        text = far.wait(f"last {keys}")
        assert text.splitlines()[1].rstrip() == f"last {keys}"


def test_the_delay_of_escape_can_be_set(tmp_path: Path) -> None:
    """When the default delay has long passed in the program's own time, Esc still waits for the rest."""
    with tiny(tmp_path, "ticking", ESCDELAY=WHOLE) as far:
        far.wait("keys 0")
        far.type(b"\x1b")
        far.take()
        ticked = ticks(far)
        text = far.wait("ticks", until=lambda: (ticks(far) - ticked - 1) * TICK > 5 * read_escape_delay({}))
        assert "keys 0" in text
        far.type(b"[A")
        far.wait("keys 1", "last up")


def ticks(far: Line) -> int:
    """Return how often a tenth of a second has passed in the program."""
    far.read()
    return int(far.text.partition("ticks ")[2].partition(".")[0] or 0)


def test_esc_is_told_from_the_rest_of_a_sequence_in_moments() -> None:
    """A sequence in pieces some hundredths of a second apart is complete, and the delay of Esc is not noticed."""
    assert 0.05 <= read_escape_delay({}) <= 0.1


def test_the_end_is_promised_within_a_second() -> None:
    assert DEADLINE < 1


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_keeps_the_place_and_ends_it(tmp_path: Path, number: signal.Signals) -> None:
    with tiny(tmp_path, "unhurried") as far:
        far.wait("keys 0")
        far.type("jj")
        far.wait("keys 2")
        far.kill(number)
        assert far.status() == 128 + number
        assert restored(far)
        assert (tmp_path / "place").read_text("utf-8") == "2"
        assert not (tmp_path / "end").exists()


def test_two_signals_are_one(far: Line, tmp_path: Path) -> None:
    far.kill(signal.SIGTERM)
    far.kill(signal.SIGHUP)
    assert far.status() in {128 + signal.SIGTERM, 128 + signal.SIGHUP}
    assert restored(far)


def test_a_program_that_is_deep_in_something_is_ended_hard(far: Line, tmp_path: Path) -> None:
    far.type("S")
    far.wait(until=(tmp_path / "asleep").exists)
    far.kill(signal.SIGTERM)
    assert far.status() == 128 + signal.SIGTERM
    assert restored(far)
    assert (tmp_path / "place").exists()
    assert (tmp_path / "end").exists()


def test_a_line_that_is_cut_ends_it(far: Line, tmp_path: Path) -> None:
    far.cut()
    assert far.status(reads=False) == 128 + signal.SIGHUP
    assert (tmp_path / "place").read_text("utf-8") == "0"


def test_a_line_that_is_cut_while_it_is_full_ends_it(far: Line, tmp_path: Path) -> None:
    far.fill("jjjjjjjjjj")
    far.type("j" * 100)
    far.take()
    far.cut()
    assert far.status(reads=False) == 128 + signal.SIGHUP
    assert (tmp_path / "place").exists()


def test_a_terminal_that_does_not_read_gets_the_newest_picture(far: Line) -> None:
    # As many keys on a line that does read: what they themselves take is not what is asked here.
    for _ in range(200):
        far.type("jjjjjjjjjj")
        far.take()
    far.wait("keys 2000")
    before = far.memory("VmHWM")
    far.fill("jjjjjjjjjj")
    for _ in range(200):
        far.type("jjjjjjjjjj")
        far.take()
    far.type("k")
    far.take()
    start = len(far.sent)
    far.wait("j k")
    # Once the last key is answered, all that it ever had in memory is told.
    assert far.memory("VmHWM") - before < 8_000
    assert len(far.sent) - start < 200_000
    far.type("q")
    assert far.status() == 0


@pytest.mark.parametrize("number", [0, signal.SIGTERM])
def test_a_terminal_that_does_not_read_does_not_hold_it(far: Line, number: int) -> None:
    far.fill("jjjjjjjjjj")
    far.type("j" * 100)
    far.take()
    if number:
        far.kill(number)
    else:
        far.type("q")
    assert far.status(reads=False) == (128 + number if number else 0)
    assert far.attributes() == far.before
    far.read()
    assert far.sent.endswith(LAST_LEAVES)


def test_without_the_wire_the_toolkit_speaks(tmp_path: Path) -> None:
    with tiny(tmp_path, DOSSIER_WIRE="off") as far:
        far.wait("keys 0")
        start = len(far.sent)
        far.type("j")
        far.wait("keys 1")
        assert len(far.sent) - start > 1800
        far.type("q")
        assert far.status() == 0
        assert restored(far)


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (200, 1), (132, 50)])
def test_sizes(far: Line, size: tuple[int, int]) -> None:
    start = len(far.sent)
    far.resize(*size)
    far.type("j")
    far.wait(until=lambda: len(far.sent) > start)
    far.resize(80, 24)
    far.wait("keys 1 size 80x24")
    far.type("q")
    assert far.status() == 0


def test_a_terminal_that_does_not_know_its_size(tmp_path: Path) -> None:
    with tiny(tmp_path, columns=0, rows=0) as far:
        far._screen.resize(24, 80)
        far.wait("size 80x24")


def test_a_storm_of_sizes_ends_in_the_last(far: Line) -> None:
    start = len(far.sent)
    for number in range(300):
        far.resize(40 + number % 100, 10 + number % 30, tell=False)
    far.resize(100, 30)
    text = far.wait("size 100x30")
    assert text.splitlines()[29].split() == ["29"] * 12
    assert len(far.sent) - start < 300_000


def test_redrawn(far: Line) -> None:
    far._stream.feed(b"\x1b[2J\x1b[12;3Hsomething else")
    far.type(b"\x0c")
    text = far.wait("keys 1 size 80x24", "last ctrl+l")
    assert [row.split()[:1] for row in text.splitlines()[2:]] == [[str(number)] for number in range(3, 25)]
    assert "something else" not in text


def test_the_cursor_is_hidden_but_where_it_is_asked_for(tmp_path: Path) -> None:
    with tiny(tmp_path, "cursor") as far:
        far.wait("keys 0")
        far.type("C")
        far.wait("keys 1")
        assert not far._screen.cursor.hidden
        assert (far._screen.cursor.x, far._screen.cursor.y) == (5, 3)
    with tiny(tmp_path) as far:
        far.wait("keys 0")
        far.type("C")
        far.wait("keys 1")
        assert far._screen.cursor.hidden


def test_the_bell_rings(far: Line) -> None:
    far.type("B")
    far.wait("keys 1")
    assert far.sent.count(b"\x07") == 1


def test_an_editor_has_the_terminal_as_it_was(tmp_path: Path) -> None:
    with tiny(tmp_path, EDITOR=f"stty -a > {tmp_path}/stty; echo editing") as far:
        far.wait("keys 0")
        far.type("E")
        far.wait("keys 1", until=(tmp_path / "stty").exists)
        assert " icanon" in (tmp_path / "stty").read_text("utf-8")
        far.wait("keys 1", "last E", until=lambda: b"editing" in far.sent)
        far.type("j")
        far.wait("keys 2", "last E j")
        assert "editing" not in far.text


def test_a_signal_while_an_editor_is_open(tmp_path: Path) -> None:
    with tiny(tmp_path, EDITOR=f"touch {tmp_path}/open; sleep 3600") as far:
        far.wait("keys 0")
        far.type("jE")
        far.wait(until=(tmp_path / "open").exists)
        far.kill(signal.SIGTERM)
        assert far.status() == 128 + signal.SIGTERM
        assert far.attributes() == far.before
        assert (tmp_path / "place").read_text("utf-8") == "2"


def test_stopped_by_force_and_continued(far: Line) -> None:
    far.type("j")
    far.wait("keys 1")
    far.kill(signal.SIGSTOP)
    until(lambda: state(far.child.pid) == "T")
    os.system(f"stty sane < {os.ttyname(far.far)}")
    far._stream.feed(b"\x1b[?1049l\x1b[2J\x1b[Hready>")
    far.kill(signal.SIGCONT)
    far.wait("keys 1", "last j", until=lambda: far.attributes() != far.before)
    assert "ready>" not in far.text
    far.type("q")
    assert far.status() == 0


def test_without_a_shell_there_is_no_stopping(far: Line) -> None:
    far.type(b"\x1a")
    far.type("j")
    far.wait("keys 2", "last ctrl+z j")
    far.type("q")
    assert far.status() == 0
    assert restored(far)


def test_the_first_picture_is_taken_over(tmp_path: Path) -> None:
    with tiny(tmp_path, "painted") as far:
        far.wait("keys 0")
        far.type("jj")
        far.wait("keys 2", "last j j")
        before, found, after = far.sent.partition(b"here already")
        assert found
        assert (before.count(b"\x1b[?1049h"), after.count(b"\x1b[?1049h")) == (1, 0)
        assert b"\x1b[2J" not in after
        assert "here already" not in far.text
        far.type("q")
        assert far.status() == 0
        assert restored(far)
