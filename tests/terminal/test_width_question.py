"""Tests of the question for the width of ambiguous characters, and of its answer in any state of the input."""

import fcntl
import os
import pty
import select
import termios
import time
import tty as raw
from collections.abc import Iterator

import pytest

from dossier.terminal import width_question
from dossier.terminal.key_decoder import CursorReport
from dossier.terminal.width_question import QUESTION, can_be_asked, discard_answer, read_answer, take_answer

WIDE, NARROW = b"\x1b[2;3R", b"\x1b[2;2R"


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


def test_the_question_takes_eleven_bytes() -> None:
    assert len(QUESTION.encode()) == 11


@pytest.mark.parametrize(
    ("row", "column", "cells"),
    [(2, 2, 1), (2, 3, 2), (2, 1, 0), (2, 4, 0), (1, 2, 0), (1, 3, 0), (3, 3, 0), (24, 80, 0), (0, 0, 0)],
)
def test_what_a_report_answers(row: int, column: int, cells: int) -> None:
    assert read_answer(CursorReport(row, column)) == cells


@pytest.mark.parametrize(("size", "can"), [((80, 24), True), ((4, 2), True), ((3, 24), False), ((80, 1), False)])
def test_a_terminal_without_a_second_row_is_not_asked(size: tuple[int, int], can: bool) -> None:
    assert can_be_asked(size) == can


@pytest.mark.parametrize(
    ("typed", "left", "cells"),
    [
        (WIDE, b"", 2),
        (NARROW, b"", 1),
        (b"j" + WIDE + b"k", b"jk", 2),
        (WIDE + NARROW, NARROW, 2),
        (b"jk", b"jk", 0),
        (b"\x1b[2;", b"\x1b[2;", 0),
        (b"\x1b[1;3R\x1b[2;9R", b"\x1b[1;3R\x1b[2;9R", 0),
    ],
)
def test_the_answer_among_other_input(typed: bytes, left: bytes, cells: int) -> None:
    assert take_answer(typed) == (left, cells)


@pytest.mark.parametrize(
    ("begun", "typed", "left"),
    [
        (b"", WIDE, b""),
        (b"", NARROW + b"ls\r", b"ls\r"),
        (b"\x1b[2", b";3Rls\r", b"ls\r"),
    ],
)
def test_an_answer_after_the_end_is_not_left_for_the_shell(
    begun: bytes, typed: bytes, left: bytes, ends: tuple[int, int]
) -> None:
    near, far = ends
    os.write(near, typed)
    discard_answer(time.monotonic(), begun, far)
    assert waiting(far) == left


def test_keys_typed_before_the_answer_are_put_back_before_those_behind_it(
    ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    near, far = ends
    typed: list[bytes] = []
    monkeypatch.setattr(width_question, "_type", lambda keys, _: typed.append(keys))
    os.write(near, b"l" + WIDE + b"s\r")
    discard_answer(time.monotonic(), b"", far)
    assert (typed, waiting(far)) == ([b"l", b"s\r"], b"")


def test_where_keys_cannot_be_put_back_the_answer_is_gone_all_the_same(
    ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(keys: bytes, fd: int) -> None:
        raise PermissionError

    near, far = ends
    monkeypatch.setattr(width_question, "_type", refuse)
    os.write(near, b"l" + WIDE + b"s\r")
    discard_answer(time.monotonic(), b"", far)
    assert waiting(far) == b"s\r"


def test_a_question_of_long_ago_is_not_waited_for(ends: tuple[int, int]) -> None:
    near, far = ends
    os.write(near, b"ls\r")
    assert select.select([far], [], [], 10)[0]
    discard_answer(time.monotonic() - 60, b"", far)
    assert waiting(far) == b"ls\r"


def test_a_terminal_that_is_gone_is_no_error() -> None:
    near, far = pty.openpty()
    os.close(near)
    discard_answer(time.monotonic(), b"", far)
    os.close(far)
