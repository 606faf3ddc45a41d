"""Tests of what a connection can do to input and to the size of the screen. The program keeps its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ptys import Line, line, python
from reader import NATO

PROGRAM = python("-m", "dossier", str(NATO))


WHOLE = "600000"
"""Milliseconds for $ESCDELAY within which the rest of any sequence arrives."""


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Line]:
    """Open the bundled article at its first quote."""
    with line(PROGRAM, HOME=str(tmp_path)) as opened:
        opened.wait("1/27")
        opened.type("\t\t")
        opened.wait("1/9")
        yield opened


def test_an_arrow_in_pieces_is_an_arrow(tmp_path: Path) -> None:
    with line(PROGRAM, HOME=str(tmp_path), ESCDELAY=WHOLE) as far:
        far.wait("1/27")
        far.type("/arms")
        far.wait("/ arms")
        for piece in (b"\x1b", b"[", b"D"):
            far.type(piece)
            far.take()
        far.type("x")
        far.wait("/ armxs")


def test_escape_leaves_and_the_next_key_counts(far: Line) -> None:
    far.type("/arms")
    far.wait("/ arms")
    far.type(b"\x1b/")
    far.type("q")
    far.wait("/ q")
    far.type(b"\x1b")
    far.type("j")
    far.wait("2/9")
    assert "/ q" not in far.text


def test_what_a_terminal_says_unasked_is_not_typed(far: Line) -> None:
    far.type(b"\x1b[?62;22c\x1b[24;80R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[I\x1b[?2026;2$y\x1b[99~j")
    far.wait("2/9")


def test_bytes_that_are_no_text_end_nothing(far: Line) -> None:
    far.type(b"\xff\xfe\xc3j\x80")
    far.wait("2/9")
    far.type("q")
    assert far.status() == 0


def test_what_is_pasted_is_no_command(far: Line) -> None:
    far.type(b"\x1b[200~q\x1b[201~j")
    far.wait("2/9")
    far.type(b"/\x1b[200~arms\x1b[201~")
    far.wait("/ arms")


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (200, 1), (40, 12)])
def test_no_size_is_too_small(far: Line, size: tuple[int, int]) -> None:
    far.type("jj")
    far.wait("3/9")
    start = len(far.sent)
    far.resize(*size)
    far.wait(until=lambda: len(far.sent) > start)
    far.resize(80, 24)
    far.wait("3/9")
    far.type("q")
    assert far.status() == 0


def test_a_storm_of_sizes_ends_in_the_last(far: Line) -> None:
    far.type("jj")
    far.wait("3/9")
    start = len(far.sent)
    for number in range(300):
        far.resize(1 + number % 160, 1 + number % 50, tell=False)
        far.read(0)
    far.resize(90, 28)
    # Above the last row is what was painted for other sizes.
    far.wait(until=lambda: "3/9" in far.text.split("\n")[27])
    assert len(far.sent) - start < 200_000


def test_stopped_by_flow_control_and_let_go(far: Line) -> None:
    """Ctrl-S and Ctrl-Q are keys like others: the program does not stop."""
    far.type(b"\x13j\x11")
    far.wait("2/9")
