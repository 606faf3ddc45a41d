"""Tests of taking a terminal, giving it back, and writing to one that does not read."""

import os
import pty
import termios
from collections.abc import Iterator

import pytest

from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities

MUCH = b"x" * (1 << 20)


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """Open a pseudo-terminal, and yield its near and its far end."""
    near, far = pty.openpty()
    yield near, far
    for descriptor in (near, far):
        os.close(descriptor)


def test_taken_and_given_back(ends: tuple[int, int]) -> None:
    near, far = ends
    plain = termios.tcgetattr(far)
    os.write(near, b"typed before")
    before = tty.enter_raw_mode(far)
    assert before == plain
    taken = termios.tcgetattr(far)
    assert not taken[3] & (termios.ECHO | termios.ICANON | termios.ISIG)
    assert not taken[0] & (termios.IXON | termios.ICRNL)
    assert os.read(far, 64) == b"typed before"
    tty.restore_attributes(before, far)
    assert termios.tcgetattr(far) == plain


def test_what_is_no_terminal_cannot_be_taken(ends: tuple[int, int]) -> None:
    one, other = os.pipe()
    try:
        with pytest.raises(OSError, match="ioctl"):
            tty.enter_raw_mode(one)
        tty.restore_attributes(termios.tcgetattr(ends[1]), one)
    finally:
        os.close(one)
        os.close(other)


@pytest.mark.parametrize(
    ("told", "expected"), [((24, 80), (80, 24)), ((1, 1), (1, 1)), ((0, 0), (80, 24)), ((0, 132), (132, 24))]
)
def test_size(ends: tuple[int, int], told: tuple[int, int], expected: tuple[int, int]) -> None:
    termios.tcsetwinsize(ends[1], told)
    assert tty.size(ends[1]) == expected


def test_what_is_no_terminal_has_the_usual_size() -> None:
    one, other = os.pipe()
    try:
        assert tty.size(one) == (80, 24)
    finally:
        os.close(one)
        os.close(other)


def test_own_does_not_block_and_the_shell_does(ends: tuple[int, int]) -> None:
    far = ends[1]
    own = tty.open_output(far)
    assert (os.get_blocking(own), os.get_blocking(far)) == (False, True)
    tty.close_output(own)
    assert os.get_blocking(far)


def test_a_terminal_that_cannot_be_opened_is_shared(ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    far = ends[1]

    def refuse(name: str, flags: int) -> int:
        raise PermissionError(name)

    monkeypatch.setattr(os, "open", refuse)
    own = tty.open_output(far)
    assert not os.get_blocking(own)
    tty.close_output(own)
    assert os.get_blocking(far)


def test_what_is_not_taken_in_time_is_given_back(ends: tuple[int, int]) -> None:
    own = tty.open_output(ends[1])
    left = tty.write_output(own, MUCH, 0.05)
    assert 0 < len(left) < len(MUCH)
    assert tty.write_output(own, b"y", 0) == b"y"
    tty.close_output(own)


def test_the_last_words_come_through_when_the_rest_does_not(ends: tuple[int, int]) -> None:
    near, far = ends
    own = tty.open_output(far)
    left = tty.write_output(own, MUCH, 0)
    tty.write_last(own, left, b"last words", 0.05)
    got = b""
    while not got.endswith(b"last words"):
        got += os.read(near, 65536)
    assert len(got) < len(MUCH)
    assert b"\x18last words" in got
    tty.close_output(own)


def test_a_terminal_that_is_gone_hears_no_last_words() -> None:
    near, far = pty.openpty()
    own = tty.open_output(far)
    os.close(near)
    tty.write_last(own, b"left", b"last words", 0.05)
    with pytest.raises(OSError, match="Input/output"):
        tty.write_output(own, b"x", 0)
    tty.close_output(own)
    os.close(far)


def test_all_that_is_switched_on_is_switched_off() -> None:
    on = {one for one in (tty.ENTER + tty.MOUSE).split("\x1b") if one}
    off = tty.make_exit_sequence(Capabilities(), mouse=True)
    # Of the cursor and of wrapping it is the other way round.
    opposite = {"h": "l", "l": "h"}
    assert all("\x1b" + one[:-1] + opposite[one[-1]] in off for one in on)
    assert off.endswith("\x1b[?1049l")


@pytest.mark.parametrize("links", [True, False])
def test_only_a_terminal_with_links_is_told_of_their_end(links: bool) -> None:
    assert ("\x1b]8;;" in tty.make_exit_sequence(Capabilities(links=links))) is links
