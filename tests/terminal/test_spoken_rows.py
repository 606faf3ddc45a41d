"""Tests of the rows of frames that are read aloud: each is sent whole, and the one that the cursor comes to always."""

import pytest

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import BLANK_CELL, Frame, make_frame
from dossier.terminal.pen import CellWriter
from dossier.terminal.sent_row import SentRow, make_sent_row
from dossier.terminal.spoken_rows import is_read_whole, send_whole_row
from dossier.terminal.style import PLAIN

ABLE = Capabilities(colours=16, edits_cells=False)


def frame(at: tuple[int, int] | None, *rows: str) -> Frame:
    return make_frame([[(row, PLAIN)] for row in rows], 20, 4)._replace(cursor=at)


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        # The cursor comes to a row that stays: it is sent again.
        (frame((0, 0), "one", "two"), frame((1, 0), "one", "two"), "\x1b[Btwo\r"),
        # Two lines that begin alike: the new one is sent from its first letter.
        (frame((0, 0), "The first"), frame((0, 0), "The second"), "\x1b[KThe second\r"),
        # The line alone moves down.
        (frame((0, 0), "one"), frame((1, 0), "", "two"), "\x1b[K\x1b[Btwo\r"),
        # A letter that is typed goes alone.
        (frame((0, 2), "/a"), frame((0, 3), "/ab"), "b"),
        # A cursor that moves within its row says nothing.
        (frame((0, 0), "one two"), frame((0, 4), "one two"), "\x1b[4C"),
        # A sign behind the words is not typed, even if the cursor is on a word.
        (frame((0, 4), "one two"), frame((0, 4), "one two (a)"), "\r\x1b[Kone two (a)\x1b[7D"),
        # Nothing is set between the clusters of a word, and the row is erased where they may stand elsewhere.
        (frame((0, 0), "one"), frame((0, 0), "हिन्दी one"), "\x1b[Kहिन्दी one\r"),
        (frame((1, 0), "हिन्दी", "x"), frame((0, 0), "हिन्दी", "x"), "\x1b[H\x1b[Kहिन्दी\r"),
        # Where the cursor is on a word of such a row, each cluster is in its place.
        (frame((0, 0), "one"), frame((0, 3), "हि a"), "\x1b[Kहि\x1b[;3H a\b"),
        # As wide as a terminal may draw it, it would not fit.
        (frame((0, 0), ""), frame((0, 0), "क्ष" + "x" * 18), "क्ष\x1b[;3H" + "x" * 18 + "\x1b[H"),
        # Rows that are equal are left alone where no cursor is shown.
        (frame(None, "one", "two"), frame(None, "one", "tao"), "\x1b[2;2Ha"),
    ],
)
def test_a_row_is_sent_whole_unless_it_is_typed(before: Frame, after: Frame, sent: str) -> None:
    assert encode_difference(before, after, ABLE) == sent


def test_no_row_is_scrolled_where_it_would_not_be_sent() -> None:
    before = frame((3, 0), "one", "two", "three", "four")
    after = frame((3, 0), "two", "three", "four", "five")
    assert "\x1b[M" not in encode_difference(before, after, ABLE)


def rows(*texts: str) -> list[SentRow]:
    return [make_sent_row(row, ABLE) for row in frame(None, *texts).rows]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        # No cursor is shown: nothing is read aloud.
        (frame(None, "one"), frame(None, "two"), []),
        # The first picture, and the first one with a cursor: what has text is sent.
        (None, frame((1, 0), "one", "two"), [0, 1]),
        (frame(None, "one"), frame((1, 0), "two"), [0]),
        # A row that changes, and the row that the cursor comes to.
        (frame((0, 0), "one", "two"), frame((0, 0), "one", "too"), [1]),
        (frame((0, 0), "one", "two"), frame((1, 0), "one", "two"), [1]),
        (frame((0, 0), "one", "two"), frame((0, 2), "one", "two"), []),
        # Typed: what is before the cursor stays.
        (frame((0, 2), "/a"), frame((0, 3), "/ab"), []),
        (frame((0, 3), "/ab"), frame((0, 2), "/a"), []),
        # Not typed: another line, or nothing but blanks before the cursor.
        (frame((0, 2), "/a"), frame((0, 2), ":b"), [0]),
        (frame((0, 1), " a"), frame((0, 1), " b"), [0]),
    ],
)
def test_which_rows_are_sent_whole(before: Frame | None, after: Frame, whole: list[int]) -> None:
    shown = before.rows if before else ((BLANK_CELL,) * 20,) * 4
    assert [row for row, old in enumerate(shown) if is_read_whole(before, after, row, old)] == whole


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        ("one", "two", "\x1b[2H\x1b[Ktwo"),
        ("two", "two", "\x1b[2Htwo"),
        ("", "  two", "\x1b[2;3Htwo"),
        ("one", "", "\x1b[2H\x1b[K"),
        ("", "", ""),
        # A letter that a terminal may draw wider is part of the run, since there is room behind it.
        ("", "ہ\u200c", "\x1b[2Hہ\u200c"),
    ],
)
def test_a_row_is_sent_as_one_run(old: str, new: str, sent: str) -> None:
    pen = CellWriter(ABLE, (0, 5))
    (was, *_), (now, *_) = rows(old), rows(new)
    send_whole_row(pen, 1, was, now, ABLE, 0)
    assert pen.sent == sent
