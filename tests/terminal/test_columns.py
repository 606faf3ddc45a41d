"""Tests of finding rows that moved between lines, and of scrolling them within margins."""

import random

import pytest
from emulator import MendedPyte, expected

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.columns import ColumnBlock, find_column_blocks
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.scroll import MovedBlock
from dossier.terminal.style import BOLD, PLAIN, Style

CHANCE = random.Random(7)
ABLE = Capabilities(has_margins=True, synchronises=False)
TEXT = ["".join(CHANCE.choice("abcdefgh ") for _ in range(38)).strip().ljust(38) for _ in range(60)]
LIST = ["".join(CHANCE.choice("ijklmnop ") for _ in range(30)).strip().ljust(30) for _ in range(60)]
WIDE = ["한국어 기사 " + line[12:] for line in TEXT]
FLAGGED = ["🇰🇷" + line[2:] for line in LIST]


def beside(text: list[str], listed: list[str], side: str = "│") -> Frame:
    """Return a frame of two panes side by side, with a title above them and a foot below."""
    lines = [f"{side}{one}{side}{side}{other}{side}" for one, other in zip(text, listed, strict=True)]
    rows = [[("A title", Style(attributes=BOLD))], *([(line, PLAIN)] for line in lines), [("a foot", PLAIN)]]
    return make_frame(rows, 72, len(rows))


def blocks(before: Frame, after: Frame) -> list[ColumnBlock]:
    return find_column_blocks(before.rows, after.rows, ABLE)[0]


LEFT, RIGHT = (1, 39), (41, 71)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (beside(TEXT[:20], LIST[:20]), beside(TEXT[5:25], LIST[:20]), [ColumnBlock(*LEFT, MovedBlock(1, 21, 5))]),
        (beside(TEXT[5:25], LIST[:20]), beside(TEXT[:20], LIST[:20]), [ColumnBlock(*LEFT, MovedBlock(1, 21, -5))]),
        (beside(TEXT[:20], LIST[:20]), beside(TEXT[:20], LIST[3:23]), [ColumnBlock(*RIGHT, MovedBlock(1, 21, 3))]),
        (
            beside(TEXT[:20], LIST[:20]),
            beside(TEXT[4:24], LIST[3:23]),
            [ColumnBlock(*LEFT, MovedBlock(1, 21, 4)), ColumnBlock(*RIGHT, MovedBlock(1, 21, 3))],
        ),
        (
            beside(TEXT[:20], LIST[:20]),
            beside(TEXT[:20], LIST[2:10] + LIST[30:34] + LIST[10:18]),
            [ColumnBlock(*RIGHT, MovedBlock(10, 21, -2)), ColumnBlock(*RIGHT, MovedBlock(1, 10, 2))],
        ),
        (
            beside(TEXT[:20], LIST[:20], "|"),
            beside(TEXT[5:25], LIST[:20], "|"),
            [ColumnBlock(*LEFT, MovedBlock(1, 21, 5))],
        ),
        (beside(WIDE[:20], LIST[:20]), beside(WIDE[5:25], LIST[:20]), [ColumnBlock(*LEFT, MovedBlock(1, 21, 5))]),
        (beside(TEXT[:20], LIST[:20]), beside(TEXT[20:40], LIST[:20]), []),
        (beside(TEXT[:20], LIST[:20]), beside(TEXT[:20], LIST[:20]), []),
        # Between panes without a line, or a line at their edges alone, a whole screen is scrolled, not columns.
        (beside(TEXT[:20], LIST[:20], " "), beside(TEXT[5:25], LIST[:20], " "), []),
        # Not all terminals have what is behind a flag in the same column.
        (beside(TEXT[:20], FLAGGED[:20]), beside(TEXT[5:25], FLAGGED[:20]), []),
    ],
)
def test_what_moved_between_lines(before: Frame, after: Frame, found: list[ColumnBlock]) -> None:
    assert blocks(before, after) == found


def test_a_wide_character_is_not_cut_by_a_margin() -> None:
    title = [("한" * 36, PLAIN)]
    rows = beside(TEXT[:20], LIST[:20]).rows, beside(TEXT[5:25], LIST[:20]).rows
    wide = make_frame([title], 72, 1).rows[0]
    # The wide row is inside of the block: the character at column 0 and 1 lies across the margin.
    before, after = (Frame((*one[:8], wide, *one[8:])) for one in rows)
    for one in blocks(before, after):
        assert not one.block.top <= 8 < one.block.end


@pytest.mark.parametrize(
    ("before", "after", "most"),
    [
        (beside(TEXT[:20], LIST[:20]), beside(TEXT[5:25], LIST[:20]), 280),
        (beside(TEXT[:20], LIST[:20]), beside(TEXT[5:25], LIST[3:23]), 420),
        (beside(TEXT[5:25], LIST[3:23]), beside(TEXT[:20], LIST[:20]), 420),
        (beside(WIDE[:20], LIST[:20]), beside(WIDE[5:25], LIST[:20]), 320),
    ],
)
def test_a_terminal_with_margins_is_sent_only_what_is_new(before: Frame, after: Frame, most: int) -> None:
    terminal = MendedPyte(*before.size)
    terminal.take(encode_difference(None, before, ABLE))
    sent = encode_difference(before, after, ABLE)
    terminal.take(sent)
    assert terminal.cells() == expected(after)
    assert (terminal.margins, terminal.sides) == (None, None)
    assert len(sent.encode()) <= most < len(encode_difference(before, after, Capabilities()).encode()) / 2


def test_margins_are_never_used_without_an_answer() -> None:
    sent = encode_difference(beside(TEXT[:20], LIST[:20]), beside(TEXT[5:25], LIST[:20]), Capabilities())
    assert "\x1b[?69" not in sent


def test_margins_are_switched_off_before_the_whole_screen_is_sent() -> None:
    assert "\x1b[?69l\x1b[r\x1b[2J" in encode_difference(None, beside(TEXT[:20], LIST[:20]), ABLE)
