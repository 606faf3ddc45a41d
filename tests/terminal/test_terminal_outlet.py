"""Tests of output to a terminal that takes it, takes no more, or is gone."""

import os
import pty
from collections.abc import Iterator

import pyte
import pytest
from emulator import MendedPyte

from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.output_queue import OutputQueue, QueueCallbacks
from dossier.terminal.style import PLAIN

CELLS, ROWS = 80, 24
ABLE = Capabilities(synchronises=False)


def frame(words: str) -> Frame:
    """Return a frame in which every row contains these words, so that all rows change with them."""
    return make_frame([[((f"{words} " * CELLS)[:CELLS], PLAIN)]] * ROWS, CELLS, ROWS)


class Far:
    """The terminal: the calls of its callbacks, and what was sent to it."""

    def __init__(self) -> None:
        self.near, self.far = pty.openpty()
        tty.enter_raw_mode(self.far)
        self.full = self.gone = 0
        self.descriptor = tty.open_output(self.far)
        self.screen = MendedPyte(CELLS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.outlet = self.on()

    def on(self, sent: Frame | None = None) -> OutputQueue:
        return OutputQueue(self.descriptor, ABLE, sent, QueueCallbacks(self.is_full, self.is_gone))

    def is_full(self) -> None:
        self.full += 1

    def is_gone(self) -> None:
        self.gone += 1

    def read(self) -> bytes:
        """Return what has been sent, and what is sent while that is read."""
        os.set_blocking(self.near, False)
        got = b""
        while True:
            self.outlet.flush()
            try:
                got += os.read(self.near, 65536)
            except BlockingIOError:
                break
        self.stream.feed(got)
        return got


@pytest.fixture
def far() -> Iterator[Far]:
    opened = Far()
    yield opened
    tty.close_output(opened.descriptor)
    for descriptor in (opened.near, opened.far):
        os.close(descriptor)


def test_only_what_differs_is_sent(far: Far) -> None:
    far.outlet.show_frame(frame("word"))
    assert len(far.read()) > 1000
    far.outlet.show_frame(frame("word"))
    assert far.read() == b""
    far.outlet.invalidate()
    far.outlet.show_frame(frame("word"))
    assert len(far.read()) > 1000
    assert far.screen.display == [("word " * CELLS)[:CELLS]] * ROWS
    assert far.full == 0


def test_what_is_there_already_is_not_sent(far: Far) -> None:
    far.outlet = far.on(frame("word"))
    far.outlet.show_frame(frame("word"))
    assert far.read() == b""


def test_what_is_no_picture_keeps_its_place(far: Far) -> None:
    far.outlet.send_raw("\x07")
    far.outlet.show_frame(frame("word"))
    far.outlet.send_raw("\x1b]0;title\x07")
    got = far.read()
    assert got.startswith(b"\x07")
    assert got.endswith(b"\x1b]0;title\x07")


def test_a_full_line_gets_the_newest_picture(far: Far) -> None:
    most = 0
    for number in range(2000):
        far.outlet.invalidate()
        far.outlet.show_frame(frame(str(number)))
        most = max(most, len(b"".join(far.outlet._left)))
    assert far.full > 0
    assert most < 3 * CELLS * ROWS
    got = far.read()
    assert len(got) < 400 * CELLS * ROWS
    assert far.screen.display == [("1999 " * CELLS)[:CELLS]] * ROWS


def test_frames_that_were_not_sent_leave_no_trace(far: Far) -> None:
    far.outlet.show_frame(frame("before"))
    far.read()
    # So much at once that the rest of it is still left when the kernel takes some more: a busy one is late to do so.
    while sum(map(len, far.outlet._left)) < 60_000:
        far.outlet.send_raw("\x1b[m" * 40_000)
    for words in ("between", "before"):
        far.stream.feed(os.read(far.near, 4_000))
        far.outlet.show_frame(frame(words))
    got = far.read()
    assert b"between" not in got
    assert far.screen.display == [("before " * CELLS)[:CELLS]] * ROWS


def test_what_is_said_to_a_full_line_has_a_limit(far: Far) -> None:
    for _ in range(100):
        far.outlet.send_raw("x" * 100_000)
    assert len(far.outlet._waiting) <= (1 << 20) + 100_000


def test_a_line_that_is_gone_is_told_once(far: Far) -> None:
    other = Far()
    os.close(other.near)
    for number in range(3):
        other.outlet.show_frame(frame(str(number)))
        other.outlet.send_raw("\x07")
        other.outlet.send_blocking("\x07")
    assert other.gone == 1
    other.outlet.finish("last", 1.0)
    tty.close_output(other.descriptor)
    os.close(other.far)


def test_the_end_waits_no_longer_than_told(far: Far) -> None:
    while not far.full:
        far.outlet.send_raw("x" * 10_000)
    far.outlet.finish("last", 0.05)
    far.outlet.show_frame(frame("after"))
    got = far.read()
    assert got.endswith(b"last")
    assert b"after" not in got


def test_what_the_encoding_lacks_is_sent_all_the_same(far: Far) -> None:
    far.outlet = OutputQueue(
        far.descriptor, ABLE._replace(encoding="ascii"), None, QueueCallbacks(far.is_full, far.is_gone)
    )
    far.outlet.show_frame(frame("né"))
    far.outlet.send_raw("é")
    assert far.read().endswith(b"?")
    assert far.screen.display[0].startswith("n? n?")
