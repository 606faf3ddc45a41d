"""Tests of finding rows that moved as a block."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.scroll import MovedBlock, find_moved_block, scroll_block
from dossier.terminal.style import BOLD, PLAIN, Style

CHANCE = random.Random(7)
LINES = ["".join(CHANCE.choice("abcdefgh ") for _ in range(40)) for _ in range(40)]
NOTES = ["".join(CHANCE.choice("xyz ") for _ in range(12)) for _ in range(40)]


def of(*lines: str, style: Style = PLAIN) -> Frame:
    return make_frame([[(line, style)] for line in lines], 60, len(lines))


def beside(lines: list[str], notes: list[str]) -> list[str]:
    return [f"{line}│{note}" for line, note in zip(lines, notes, strict=True)]


@pytest.mark.parametrize(
    ("before", "after", "block"),
    [
        (of(*LINES[:10]), of(*LINES[1:11]), MovedBlock(0, 10, 1)),
        (of(*LINES[1:11]), of(*LINES[:10]), MovedBlock(0, 10, -1)),
        (of(*LINES[:10]), of(*LINES[4:14]), MovedBlock(0, 10, 4)),
        (of("T", *LINES[:10], "F"), of("T", *LINES[2:12], "F"), MovedBlock(1, 11, 2)),
        (of("T", *LINES[:10], "F"), of("T", *LINES[2:12], "G"), MovedBlock(1, 11, 2)),
        (of("T", *LINES[2:12], "F"), of("T", *LINES[:10], "F"), MovedBlock(1, 11, -2)),
        (of(*LINES[:10]), of(*LINES[1:11], style=Style(attributes=BOLD)), None),
        (of(*LINES[:10]), of(*LINES[:10]), None),
        (of(*LINES[:10]), of(*LINES[20:30]), None),
        (of(*["alike"] * 10), of(*["alike"] * 9, "other"), None),
        (of(*beside(LINES[:10], NOTES[:10])), of(*beside(LINES[1:11], NOTES[:10])), None),
        (of(*beside(NOTES[:10], LINES[:10])), of(*beside(NOTES[1:11], LINES[:10])), None),
    ],
)
def test_moved(before: Frame, after: Frame, block: MovedBlock | None) -> None:
    assert find_moved_block(before.rows, after.rows) == block


def test_a_line_within_may_have_changed() -> None:
    lines = [f" {line}" for line in LINES]
    marked = [*lines[:5], f"▌{LINES[5]}", *lines[6:]]
    assert find_moved_block(of(*marked[:10]).rows, of(*lines[1:7], f"▌{LINES[7]}", *lines[8:11]).rows) == MovedBlock(
        0, 10, 1
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 8), st.integers(2, 8), st.integers(-9, 9).filter(bool))
def test_scrolled_rows_are_where_a_scroll_takes_them(top: int, size: int, by: int) -> None:
    by = max(-size, min(size, by))
    rows = scroll_block(of(*LINES[:20]).rows, MovedBlock(top, top + size, by))
    texts = ["".join(text for text, _ in row).rstrip() for row in rows]
    wanted = [LINES[row].rstrip() for row in range(20)]
    for row in range(top, top + size):
        wanted[row] = LINES[row + by].rstrip() if top <= row + by < top + size else ""
    assert texts == wanted
