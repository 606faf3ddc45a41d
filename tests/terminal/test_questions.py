"""Tests of the questions to the terminal, and of their answers in any state of the input."""

import fcntl
import os
import pty
import select
import termios
import time
import tty as raw
from collections.abc import Iterator

import pytest
from models import KINDS, Kind, Model

from dossier.terminal import questions
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import make_frame
from dossier.terminal.key_decoder import AttributesReport, CursorReport, ModeReport, TerminalReport
from dossier.terminal.questions import (
    QUESTIONS,
    Answers,
    can_be_asked,
    discard_answers,
    has_margins,
    is_putty,
    read_width,
    take_answers,
)
from dossier.terminal.style import PLAIN
from dossier.terminal.takeover import read_report

WIDE, NARROW = b"\x1b[2;3R", b"\x1b[2;2R"
PUTTY, XTERM = b"\x1b[>0;136;0c", b"\x1b[>41;412;0c"

ATTRIBUTES = {
    "PuTTY 0.85": "0;136;0",
    "xterm 412": "41;412;0",
    "xterm 412 -ti vt100": "0;412;0",
    "VTE 0.70": "65;7006;1",
    "konsole 26.08": "1;115;0",
    "kitty 0.48": "1;4000;48",
    "alacritty 0.17": "0;2600;1",
    "mlterm 3.9": "24;279;0",
    "terminology 1.14": "61;337;0",
    "mintty 3.1": "77;30104;0",
    "tmux 3.8": "84;0;0",
    "GNU screen 5.0": "83;50002;0",
    "Vim 9.0": "0;100;0",
    "iTerm2": "0;95;0",
    "Terminal of macOS": "1;95;0",
}
"""What terminals answer to the first question."""


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """Yield the two ends of a terminal in raw mode: the one that types, and the one of the program."""
    near, far = pty.openpty()
    raw.setraw(far)
    yield near, far
    os.close(near)
    os.close(far)


def waiting(far: int) -> bytes:
    """Return the input that is left, without waiting for more."""
    number = int.from_bytes(fcntl.ioctl(far, termios.FIONREAD, bytes(4)), "little")
    return os.read(far, number) if number else b""


def test_the_questions_take_few_bytes() -> None:
    assert len(QUESTIONS.encode()) == 22


@pytest.mark.parametrize(("name", "numbers"), ATTRIBUTES.items())
def test_putty_alone_is_taken_for_putty(name: str, numbers: str) -> None:
    is_it = name.startswith("PuTTY")
    assert is_putty(AttributesReport(numbers)) == is_it
    assert take_answers(f"\x1b[>{numbers}c".encode()) == (b"", Answers(0, is_it))


@pytest.mark.parametrize(
    ("row", "column", "cells"),
    [(2, 2, 1), (2, 3, 2), (2, 1, 0), (2, 4, 0), (1, 2, 0), (1, 3, 0), (3, 3, 0), (24, 80, 0), (0, 0, 0)],
)
def test_what_a_report_answers(row: int, column: int, cells: int) -> None:
    assert read_width(CursorReport(row, column)) == cells


@pytest.mark.parametrize(("size", "can"), [((80, 24), True), ((4, 2), True), ((3, 24), False), ((80, 1), False)])
def test_a_terminal_without_a_second_row_is_not_asked(size: tuple[int, int], can: bool) -> None:
    assert can_be_asked(size) == can


@pytest.mark.parametrize("at", [(0, 0), (0, 9), (3, 0), (3, 9)])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_picture_covers_questions_that_a_terminal_prints(kind: Kind, at: tuple[int, int]) -> None:
    # Terminal of macOS and Linux consoles print the end of a sequence with a `$`; the models print all of it.
    frame = make_frame([[("headline", PLAIN)], [], [("a  b", PLAIN)]], 10, 4)
    asked, other = Model(kind, 10, 4), Model(kind, 10, 4)
    asked.row, asked.column = at
    asked.take(QUESTIONS)
    assert "p" in "".join(map("".join, asked.grid))
    for model, sent in ((asked, encode_difference(None, frame, kind.abilities)), (other, "\x1b[Hheadline\x1b[3Ha  b")):
        model.take(sent)
    assert asked.grid == other.grid


@pytest.mark.parametrize(
    ("typed", "left", "cells", "putty"),
    [
        (WIDE, b"", 2, False),
        (NARROW, b"", 1, False),
        (b"j" + WIDE + b"k", b"jk", 2, False),
        (WIDE + NARROW, NARROW, 2, False),
        (b"jk", b"jk", 0, False),
        (b"\x1b[2;", b"\x1b[2;", 0, False),
        (b"\x1b[1;3R\x1b[2;9R", b"\x1b[1;3R\x1b[2;9R", 0, False),
        (PUTTY + NARROW, b"", 1, True),
        (b"j" + PUTTY + b"k" + WIDE + b"l", b"jkl", 2, True),
        (b"j" + PUTTY + b"k", b"jk", 0, True),
        (b"\x1b[>0;136;", b"\x1b[>0;136;", 0, False),
        (XTERM + NARROW, b"", 1, False),
        (b"\x1b[?6c" + NARROW, b"", 1, False),
        (b"\x1b[?0;136;0c" + NARROW, b"", 1, False),
        (XTERM + b"\x1b[?69;0$y" + NARROW, b"", 1, False),
    ],
)
def test_the_answers_among_other_input(typed: bytes, left: bytes, cells: int, putty: bool) -> None:
    assert take_answers(typed) == (left, Answers(cells, putty))


@pytest.mark.parametrize(
    ("mode", "has_them"),
    [("69;2", True), ("69;1", True), ("69;0", False), ("69;3", False), ("69;4", False), ("7;2", False), ("", False)],
)
def test_margins_are_there_where_they_can_be_switched(mode: str, has_them: bool) -> None:
    assert has_margins(ModeReport(mode)) == has_them
    assert read_report(ModeReport(mode)) == Answers(has_margins=has_them)
    assert take_answers(f"j\x1b[?{mode}$yk".encode()) == (b"jk", Answers(has_margins=has_them))


@pytest.mark.parametrize(
    ("report", "answers"),
    [
        (CursorReport(2, 3), Answers(cells=2)),
        (CursorReport(2, 9), Answers()),
        (AttributesReport("0;136;0"), Answers(is_putty=True)),
        (AttributesReport("41;412;0"), Answers()),
    ],
)
def test_what_each_report_answers(report: TerminalReport, answers: Answers) -> None:
    assert read_report(report) == answers


@pytest.mark.parametrize(
    ("begun", "typed", "left"),
    [
        (b"", WIDE, b""),
        (b"", NARROW + b"ls\r", b"ls\r"),
        (b"\x1b[2", b";3Rls\r", b"ls\r"),
        (b"", PUTTY + NARROW + b"ls\r", b"ls\r"),
        (b"\x1b[>0;1", b"36;0c" + NARROW + b"ls\r", b"ls\r"),
        (b"", b"\x1b[?6c" + NARROW + b"ls\r", b"ls\r"),
        (b"", XTERM + b"\x1b[?69;2$y" + NARROW + b"ls\r", b"ls\r"),
    ],
)
def test_an_answer_after_the_end_is_not_left_for_the_shell(
    begun: bytes, typed: bytes, left: bytes, ends: tuple[int, int]
) -> None:
    near, far = ends
    os.write(near, typed)
    discard_answers(time.monotonic(), begun, far)
    assert waiting(far) == left


def test_keys_typed_before_the_answer_are_put_back_before_those_behind_it(
    ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    near, far = ends
    typed: list[bytes] = []
    monkeypatch.setattr(questions, "_type", lambda keys, _: typed.append(keys))
    os.write(near, b"l" + PUTTY + WIDE + b"s\r")
    discard_answers(time.monotonic(), b"", far)
    assert (typed, waiting(far)) == ([b"l", b"s\r"], b"")


def test_where_keys_cannot_be_put_back_the_answer_is_gone_all_the_same(
    ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(keys: bytes, fd: int) -> None:
        raise PermissionError

    near, far = ends
    monkeypatch.setattr(questions, "_type", refuse)
    os.write(near, b"l" + WIDE + b"s\r")
    discard_answers(time.monotonic(), b"", far)
    assert waiting(far) == b"s\r"


def test_a_question_of_long_ago_is_not_waited_for(ends: tuple[int, int]) -> None:
    near, far = ends
    os.write(near, b"ls\r")
    assert select.select([far], [], [], 60)[0]
    discard_answers(time.monotonic() - 60, b"", far)
    assert waiting(far) == b"ls\r"


def test_a_terminal_that_is_gone_is_no_error() -> None:
    near, far = pty.openpty()
    os.close(near)
    discard_answers(time.monotonic(), b"", far)
    os.close(far)
