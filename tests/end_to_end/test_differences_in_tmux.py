"""Tests that a real terminal, tmux, shows the intended frames and cursor when differences are sent to it."""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from terminals import Terminal, in_terminal, terminal

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.sent_row import make_sent_row
from dossier.terminal.sgr import reduce_style
from dossier.terminal.style import BOLD, DIM, ITALIC, PLAIN, REVERSE, STRIKE, UNDERLINE, Style

pytestmark = in_terminal

CELLS, ROWS = 50, 12
COPIES = """
import sys, tty
tty.setraw(0)
print("\\x1b[?1049h\\x1b[?7l", end="", flush=True)
with open(sys.argv[1], "rb", buffering=0) as sent:
    while some := sent.read(4096):
        sys.stdout.buffer.write(some)
        sys.stdout.buffer.flush()
"""
WORDS = (
    *("arms", "the", "words", "Seoul", "“quoted”", "—", "naïve", "e\u0301te\u0301", "│ ╭─╮", "▌"),
    *("漢字かな", "한국어", "か\u3099", "ก\u0e34", "ש\u05b8לום"),
)
DISPUTED = ("👍🏽", "👩\u200d👩\u200d👧", "🇰🇷", "1\ufe0f\u20e3", "❤\ufe0f", "क्ष", "कि", "😀")
STYLES = (
    PLAIN,
    PLAIN,
    Style(attributes=BOLD),
    Style(attributes=DIM),
    Style(attributes=ITALIC | BOLD | DIM),
    Style(5, None, UNDERLINE | BOLD),
    Style(attributes=REVERSE),
    Style(attributes=STRIKE, background=12),
    Style(9, 4),
    Style(208),
    Style((1, 200, 34), (250, 250, 9)),
    Style(attributes=UNDERLINE, link="https://example.org/a"),
)


class Pane:
    """A pane of tmux that shows what is sent to it."""

    def __init__(self, desk: Terminal, descriptor: int) -> None:
        self._desk = desk
        self._descriptor = descriptor
        self._sent = 0

    def send(self, text: str) -> None:
        """Send text, and wait until tmux has read all of it, which a title at its end tells."""
        self._sent += 1
        os.write(self._descriptor, f"{text}\x1b]2;sent {self._sent}\x1b\\".encode())
        self._desk.wait(lambda screen: self._desk.state("pane_title") == f"sent {self._sent}")

    def frame(self) -> Frame:
        """Return the frame on the screen, with its cursor if that is shown."""
        stream = Emulator(CELLS, ROWS)
        stream.feed("\n".join(self._desk.tmux("capture-pane", "-e", "-N", "-p").splitlines()[:ROWS]))
        if self._desk.state("cursor_flag") == "0":
            return stream.frame
        return stream.frame._replace(cursor=(int(self._desk.state("cursor_y")), int(self._desk.state("cursor_x"))))


@contextmanager
def pane(folder: Path) -> Iterator[Pane]:
    (folder / "copies.py").write_text(COPIES, "utf-8")
    os.mkfifo(folder / "sent")
    # Opened for both, so that opening waits for no reader.
    descriptor = os.open(folder / "sent", os.O_RDWR)
    try:
        with terminal(folder, CELLS, ROWS) as desk:
            desk.command(f"exec {sys.executable} copies.py sent")
            desk.wait(lambda screen: desk.state("alternate_on") == "1")
            yield Pane(desk, descriptor)
    finally:
        os.close(descriptor)


def line(chance: random.Random, words: tuple[str, ...]) -> list[tuple[str, Style]]:
    return [(f"{chance.choice(words)} ", chance.choice(STYLES)) for _ in range(chance.randrange(12))]


def pictures(chance: random.Random, words: tuple[str, ...], count: int) -> Iterator[Frame]:
    """Yield frames that follow one another by scrolling, by new lines and by new styles."""
    lines = [line(chance, words) for _ in range(ROWS)]
    for _ in range(count):
        cursor = (chance.randrange(ROWS), chance.randrange(CELLS)) if chance.random() < 0.5 else None
        yield make_frame(lines, CELLS, ROWS)._replace(cursor=cursor)
        top, end, by = chance.randrange(ROWS // 2), chance.randrange(ROWS // 2, ROWS + 1), chance.randrange(4)
        new = [line(chance, words) for _ in range(by)]
        block = lines[top:end]
        lines[top:end] = ([*block[by:], *new] if chance.random() < 0.5 else [*new, *block])[: len(block)]
        row = chance.randrange(ROWS)
        lines[row] = [(text, chance.choice(STYLES)) for text, _ in lines[row]]


def seen(frame: Frame, abilities: Capabilities) -> Frame:
    """Return the frame as tmux keeps it, without links, since not all versions of tmux know these."""
    sent = (make_sent_row(row, abilities).cells for row in frame.rows)
    rows = (((text, reduce_style(style, abilities)._replace(link="")) for text, style in row) for row in sent)
    return frame._replace(rows=tuple(tuple(row) for row in rows))


@pytest.mark.parametrize("colours", [0, 16, 1 << 24])
def test_the_screen_is_what_was_wanted(tmp_path: Path, colours: int) -> None:
    abilities = Capabilities(colours=colours)
    before = None
    with pane(tmp_path) as shows:
        for after in pictures(random.Random(colours), WORDS, 8):
            shows.send(encode_difference(before, after, abilities))
            have = shows.frame()
            assert seen(have, abilities) == seen(after, abilities)
            before = after


def test_disputed_widths_leave_nothing_behind(tmp_path: Path) -> None:
    """How tmux draws these characters is not known, so the frames compared have none, and follow one that has."""
    before = None
    abilities = Capabilities()
    disturbed = pictures(random.Random(4), (*WORDS, *DISPUTED, *DISPUTED), 5)
    with pane(tmp_path) as shows:
        for after, disputed in zip(pictures(random.Random(5), WORDS, 5), disturbed, strict=True):
            pairs = zip(after.rows, disputed.rows, strict=True)
            mixed = Frame(tuple(row for pair in pairs for row in pair)[:ROWS])
            shows.send(encode_difference(before, mixed, abilities))
            shows.send(encode_difference(mixed, after, abilities))
            assert seen(shows.frame(), abilities) == seen(after, abilities)
            before = after
