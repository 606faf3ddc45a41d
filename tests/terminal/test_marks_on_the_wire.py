"""Tests of marks without a shape: a terminal may give each a cell, and is right everywhere all the same."""

import random
import re

import pytest
from emulator import MendedPyte, without_look
from hypothesis import given, settings
from hypothesis import strategies as st
from reordering import MarkingPyte

from dossier.terminal.capabilities import Capabilities, detect_capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import BLANK_CELL, Frame, make_frame, make_row
from dossier.terminal.style import BOLD, PLAIN, Style

TRUE = Capabilities(colours=1 << 24)
WORDS = (
    "می\u200cخواهم",
    "کتاب\u200cها",
    "שלום\u200e",
    "│ \u200e",
    "北\u200e京",
    "x",
    "ab",
    "  ",
    " ",
    "é",
    "한서",
    "12\u200e",
)
MARK = re.compile("[\u200c\u200e_]")


def frames(seed: int, count: int = 6) -> list[Frame]:
    """Return pictures that differ in a word or some styles; their last column is blank."""
    chance = random.Random(seed)
    cells = chance.choice((1, 7, 20, 31))
    rows = [[chance.choice(WORDS) for _ in range(12)] for _ in range(3)]
    made = []
    for _ in range(count):
        lines = [[(word, chance.choice((PLAIN, PLAIN, Style(attributes=BOLD)))) for word in row] for row in rows]
        made.append(Frame(tuple((*make_row(line, cells), BLANK_CELL) for line in lines)))
        rows[chance.randrange(3)][chance.randrange(6)] = chance.choice(WORDS)
    return made


def characters(rows: list[list[str]]) -> list[list[str]]:
    return [[MARK.sub("", text) for text in row] for row in rows]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1 << 32), st.sampled_from((MendedPyte, MarkingPyte)), st.booleans())
def test_a_mark_leaves_nothing_wrong(seed: int, terminal_type: type[MendedPyte], scrolls: bool) -> None:
    before, *rest = frames(seed)
    terminal, able = terminal_type(*before.size), TRUE._replace(scrolls=scrolls)
    terminal.take("\x1b[?7l" + encode_difference(None, before, able))
    for after in rest:
        terminal.take(encode_difference(before, after, able))
        wanted = characters([[text for text, _ in row] for row in after.rows])
        assert characters(without_look(terminal.cells())) == wanted
        before = after


def test_the_cursor_is_placed_after_a_mark_only() -> None:
    empty = make_frame([], 20, 1)
    assert encode_difference(empty, make_frame([[("שלום, abc", PLAIN)]], 20, 1), TRUE) == "\x1b[Hשלום, abc"
    marked = make_frame([[("שלום\u200e, abc", PLAIN)]], 20, 1)
    assert encode_difference(empty, marked, TRUE) == "\x1b[Hשלום\u200e\x1b[5G, abc"


def test_the_cell_behind_a_mark_is_sent_again() -> None:
    before, after = (make_frame([[(f"a{word}\u200e│b", PLAIN)]], 9, 1) for word in "של")
    assert "ל\u200e\x1b[3G│" in encode_difference(before, after, TRUE)


@pytest.mark.parametrize(
    ("environ", "sent", "kept"),
    [
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "putty"}, True, False),
        ({"TERM": "putty-256color"}, True, False),
        ({"TERM": "mlterm"}, True, False),
        ({"TERM": "screen5"}, True, False),
        ({"TERM": "screen5", "TMUX": "/tmp/tmux-0/default,1,0"}, True, False),
        ({"TERM": "screen-256color"}, True, True),
        ({"TERM": "xterm-256color", "NVIM": "/run/nvim"}, False, True),
        ({"TERM": "xterm", "VIM_TERMINAL": "900"}, False, True),
        ({"TERM": "eterm-color", "INSIDE_EMACS": "28.2,term:0.96"}, False, False),
    ],
)
def test_who_is_sent_marks(environ: dict[str, str], sent: bool, kept: bool) -> None:
    able = detect_capabilities(environ, "utf-8")
    assert (able.direction_marks, able.keeps_marks) == (sent, kept)


@pytest.mark.parametrize(
    ("term", "reorders"),
    [("xterm-kitty", False), ("xterm-256color", True), ("foot", True), ("screen.xterm-kitty", True), ("tmux", True)],
)
def test_kitty_does_not_reorder_rows(term: str, reorders: bool) -> None:
    assert detect_capabilities({"TERM": term}, "utf-8").reorders_rows == reorders


@pytest.mark.parametrize(
    ("term", "counts"),
    [("screen5", True), ("screen5.xterm-256color", True), ("screen", False), ("tmux-256color", False)],
)
def test_screen_is_known_within_tmux(term: str, counts: bool) -> None:
    assert detect_capabilities({"TERM": term, "TMUX": "/tmp/tmux-0/default,1,0"}, "utf-8").counts_marks == counts
