"""Tests of differences with an emulator: after each it shows the intended frame, cell by cell."""

import re

import pytest
from emulator import MendedPyte, expected, without_look
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import AGREED, DISPUTED, STYLES, pictures

from dossier.terminal import diff
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import BLANK_CELL, Frame, Row, find_character_start, make_frame
from dossier.terminal.sent_row import make_sent_row
from dossier.terminal.sgr import reduce_style
from dossier.terminal.style import BLINK, BOLD, DIM, ITALIC, PLAIN, REVERSE, UNDERLINE, Style
from dossier.text.disputed_widths import has_disputed_width

SEEDS = st.integers(0, 1 << 32)
ABILITIES = st.builds(
    Capabilities,
    colours=st.sampled_from((0, 16, 256, 1 << 24)),
    scrolls=st.booleans(),
    has_margins=st.booleans(),
    links=st.booleans(),
    synchronises=st.booleans(),
    erases_in_colour=st.booleans(),
    edits_cells=st.booleans(),
    encoding=st.just("utf-8"),
    stays_in_row=st.just(True),
)
TRUE = Capabilities(colours=1 << 24)
VT220 = TRUE._replace(edits_cells=False)


def seen(frame: Frame, abilities: Capabilities) -> Frame:
    """Return the frame as a terminal with these capabilities can show it."""
    last = len(frame.rows) - 1
    sent = (make_sent_row(row, abilities, number == last).cells for number, row in enumerate(frame.rows))
    rows = tuple(tuple((text, reduce_style(style, abilities)) for text, style in row) for row in sent)
    return frame._replace(rows=rows)


def agreed(row: Row) -> list[bool]:
    """Return for each cell whether it belongs to a character of undisputed width."""
    kept: list[bool] = []
    for column, (text, _) in enumerate(row):
        cells = 1
        while column + cells < len(row) and not row[column + cells][0]:
            cells += 1
        kept.append(not has_disputed_width(text, cells) if text else kept[-1])
    return kept


@settings(max_examples=80, deadline=None)
@given(SEEDS, ABILITIES)
def test_a_terminal_shows_what_was_wanted(seed: int, abilities: Capabilities) -> None:
    before = None
    terminal = MendedPyte(1, 1)
    for after in pictures(seed):
        if before is None or before.size != after.size:
            terminal = MendedPyte(*after.size, erases_in_colour=abilities.erases_in_colour)
            terminal.take("\x1b[7;35;44m\x1b[2J" + "old" * 40)
        sent = encode_difference(before, after, abilities)
        terminal.take(sent)
        assert terminal.cells() == expected(seen(after, abilities)), repr(sent)
        assert terminal.cursor.attrs._replace(data=" ") == terminal.default_char
        assert terminal.margins is None
        assert terminal.sides is None
        assert terminal.cursor.hidden == (after.cursor is None)
        if after.cursor:
            assert (terminal.cursor.y, terminal.cursor.x) == after.cursor
        before = after


@settings(max_examples=60, deadline=None)
@given(SEEDS, ABILITIES, st.floats(0, 1))
def test_a_picture_is_completed_at_the_ends_of_its_rows(seed: int, abilities: Capabilities, part: float) -> None:
    for after in pictures(seed):
        cells, rows = after.size
        column = int(part * (cells - 1))
        starts = [find_character_start(row, column) for row in after.rows]
        before = Frame(tuple(row[:start] for row, start in zip(after.rows, starts, strict=True)))
        before = Frame(tuple((*row, *(BLANK_CELL,) * (cells - len(row))) for row in before.rows), after.cursor)
        terminal = MendedPyte(cells, rows, erases_in_colour=abilities.erases_in_colour)
        terminal.take(encode_difference(None, before, abilities))
        terminal.take(encode_difference(before, after, abilities))
        assert terminal.cells() == expected(seen(after, abilities))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_a_terminal_that_disputes_widths_is_right_everywhere_else(seed: int) -> None:
    before = None
    terminal = MendedPyte(1, 1)
    # With a cursor, rows are sent to be read aloud: see `test_disputed_on_the_wire`.
    for after in [frame._replace(cursor=None) for frame in pictures(seed, AGREED + DISPUTED)]:
        if before is None or before.size != after.size:
            terminal = MendedPyte(*after.size)
            terminal.take("\x1b[?7l")
        terminal.take(encode_difference(before, after, TRUE))
        shown = seen(after, TRUE)
        wanted, have = expected(shown), terminal.cells()
        for number, row in enumerate(shown.rows):
            kept = agreed(row)
            assert [cell for cell, keep in zip(have[number], kept, strict=True) if keep] == [
                cell for cell, keep in zip(wanted[number], kept, strict=True) if keep
            ]
        before = after


@settings(max_examples=80, deadline=None)
@given(SEEDS, ABILITIES)
def test_a_stream_reads_what_was_wanted(seed: int, abilities: Capabilities) -> None:
    abilities = abilities._replace(scrolls=False, has_margins=False, edits_cells=False)
    before = None
    stream = Emulator(1, 1)
    for after in pictures(seed, AGREED + DISPUTED):
        if before is None or before.size != after.size:
            stream = Emulator(*after.size)
        stream.feed(encode_difference(before, after, abilities))
        assert stream.frame == seen(after, abilities)._replace(cursor=None)
        if after.cursor:
            assert stream.cursor == after.cursor
        before = after


@settings(max_examples=50, deadline=None)
@given(SEEDS, ABILITIES)
def test_equal_pictures_differ_in_nothing(seed: int, abilities: Capabilities) -> None:
    for frame in pictures(seed, AGREED + DISPUTED, 2):
        assert encode_difference(frame, frame._replace(rows=tuple(map(tuple, map(list, frame.rows)))), abilities) == ""


@settings(max_examples=50, deadline=None)
@given(SEEDS, st.sampled_from(("ascii", "latin-1", "gbk", "koi8-r")))
def test_only_what_the_encoding_has_is_sent(seed: int, encoding: str) -> None:
    before = None
    terminal = MendedPyte(1, 1)
    # With a cursor, rows are sent to be read aloud: see `test_disputed_on_the_wire`.
    for after in [frame._replace(cursor=None) for frame in pictures(seed, AGREED + DISPUTED)]:
        if before is None or before.size != after.size:
            terminal = MendedPyte(*after.size)
        sent = encode_difference(before, after, TRUE._replace(encoding=encoding))
        terminal.take(sent.encode(encoding).decode(encoding))
        for have, row in zip(without_look(terminal.cells()), after.rows, strict=True):
            ascii_only = [column for column, (text, _) in enumerate(row) if text.isascii() and text]
            assert [have[column] for column in ascii_only] == [row[column][0] for column in ascii_only]
        before = after


INVERSE = Style(attributes=REVERSE)
LINE = [("It says that ", PLAIN), ("Park Jin", Style(attributes=UNDERLINE)), (" met him on Monday in Seoul.", PLAIN)]
LIT = [LINE[0], ("Park Jin", Style(5, None, UNDERLINE | BOLD)), LINE[2]]


def of(*lines: object, cells: int = 60) -> Frame:
    """Return a frame of lines, given as texts or as styled runs."""
    return make_frame([[(line, PLAIN)] if isinstance(line, str) else line for line in lines], cells, len(lines))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("before", "after", "abilities", "sent"),
    [
        (of("abc", ""), of("abd", ""), TRUE, "\x1b[;3Hd"),
        (of("", "abc"), of("", "abd"), TRUE, "\x1b[2;3Hd"),
        (of("a long line"), of("a"), TRUE, "\x1b[;2H\x1b[K"),
        (of("a c e"), of("a d f"), TRUE, "\x1b[;3Hd f"),
        (of("one", "two"), of("One", "Two"), TRUE, "\x1b[HO\r\nT"),
        (of("one", "two"), of("One", "Two"), VT220, "\x1b[HO\x1b[2HT"),
        (of("a", "b  c"), of("x", "b  d"), TRUE, "\x1b[Hx\n\x1b[4Gd"),
        (of("b" * 20 + "c", "a   a"), of("b" * 20 + "d", "a   x"), TRUE, "\x1b[;21Hd\n\x1b[5Gx"),
        (of("words that go │ and stay"), of("              │ and stay"), TRUE, "\x1b[H\x1b[13X"),
        (of("words that go │ and stay"), of("words         │ and stay"), TRUE, "\x1b[;7H\x1b[7X"),
        (of("words that go │ and stay"), of("words         │ and stay"), VT220, "\x1b[;7H       "),
        # One byte fewer than all of it.
        (of("x" * 16), of("a b c d        e"), TRUE, "\x1b[H\x1b[Ka b c d\x1b[8Ce"),
        (of("x" * 16), of("a b c d       ef"), TRUE, "\x1b[Ha b c d       ef"),
        (of(LINE), of(LIT), TRUE, "\x1b[;14H\x1b[1;4;35mPark Jin\x1b[m"),
        (of(LINE), of(LIT), Capabilities(colours=0), "\x1b[;14H\x1b[1;4mPark Jin\x1b[m"),
        (of("a"), of([("a", Style(attributes=DIM | ITALIC))]), Capabilities(colours=0), ""),
        (of("a"), of([("a", Style(3, 4))]), Capabilities(colours=0), ""),
        (of("a"), of([("a", Style(208))]), Capabilities(colours=256), "\x1b[H\x1b[38;5;208ma\x1b[m"),
        (of("a"), of([("a", Style((250, 10, 10)))]), Capabilities(), "\x1b[H\x1b[91ma\x1b[m"),
        (of("a"), of([("a", Style((250, 10, 10)))]), TRUE, "\x1b[H\x1b[38;2;250;10;10ma\x1b[m"),
        (
            of("a"),
            of([("a", Style(link="http://b/ç\x1b"))]),
            TRUE,
            "\x1b[H\x1b]8;;http://b/%C3%A7%1B\x1b\\a\x1b]8;;\x1b\\",
        ),
        (of("a"), of([("a", Style(link="http://b/"))]), Capabilities(links=False), ""),
        (of("a"), of("“ä”"), Capabilities(encoding="ascii"), "\x1b[H???"),
        (of("a"), of("e\u0301漢"), Capabilities(encoding="latin-1"), "\x1b[Hé??"),
        (of("a"), of("👍🏽b"), TRUE, "\x1b[H  \r👍🏽\x1b[3Gb "),
        (of("ab", cells=2), of("xy", cells=2), TRUE, "\x1b[Hxy"),
        (of("ab", "", cells=2), of("xy", "z", cells=2), TRUE, "\x1b[Hxy\x1b[2Hz"),
        (of("ab", cells=2), of("ax\u0301", cells=2), TRUE, "\x1b[;2H\x1b[?7hx\u0301\x1b[?7l"),
        (of("漢b"), of("xyb"), TRUE, "\x1b[Hxy"),
        (of("a")._replace(cursor=(0, 1)), of("a"), TRUE, "\x1b[?25l"),
        (of("a"), of("a")._replace(cursor=(0, 1)), TRUE, "\x1b[;2H\x1b[?25h"),
        (of("a")._replace(cursor=(0, 1)), of("ab")._replace(cursor=(0, 2)), TRUE, "b"),
        (
            None,
            of("a", "", [("b", INVERSE)]),
            TRUE,
            "\x1b[?25l\x1b[m\x1b[r\x1b[2Ja\r\n\n\x1b[7mb\x1b[m\r",
        ),
    ],
)
def test_what_is_sent(before: Frame | None, after: Frame, abilities: Capabilities, sent: str) -> None:
    assert encode_difference(before, after, abilities) == sent


WORDS = st.lists(
    st.tuples(
        st.sampled_from(("a", "word", "│", "é", "漢", "か\u3099", "❤\ufe0f")),
        st.sampled_from(STYLES),
        st.integers(0, 12),
    ),
    max_size=8,
)
"""Words in a style, each with the number of blanks behind it."""


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS, ABILITIES)
def test_a_row_that_is_not_tried_on_blanks_would_not_be_shorter(
    words: list[tuple[str, Style, int]], beside: list[tuple[str, Style, int]], abilities: Capabilities
) -> None:
    right = [run for word, style, blanks in beside for run in ((word, style), (" " * blanks, PLAIN))]
    left = [run for word, style, blanks in words for run in ((word, style), (" " * blanks, PLAIN))]
    before, after = of([("full of words " * 3, PLAIN), *right]), of([*left, *right])
    sent = encode_difference(before, after, abilities)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "_count_least", lambda *_: 0)
        assert encode_difference(before, after, abilities) == sent


def test_a_longer_difference_is_one_frame() -> None:
    screen = of("many words " * 5, *["here and there"] * 40)
    whole = encode_difference(None, screen, TRUE)
    assert whole.startswith("\x1b[?2026h")
    assert whole.endswith("\x1b[?2026l")
    assert "2026" not in encode_difference(
        None, of("many words " * 5, *["here and there"] * 40), Capabilities(synchronises=False)
    )


TEXT = [f"{number}: the words of line {number * 7919 % 100} of the text, as they were told" for number in range(60)]


def page(top: int, mark: int, foot: str) -> Frame:
    lines = [[("▌" if row == mark else " ", PLAIN), (TEXT[top + row], PLAIN)] for row in range(22)]
    return of("A title", *lines, foot, cells=80)


@pytest.mark.parametrize(
    ("before", "after", "begins", "bytes_at_most"),
    [
        (page(0, 3, "1/9"), page(1, 4, "1/9"), "\x1b[2;23r\n\x1b[M\x1b[r", 130),
        (page(1, 4, "1/9"), page(0, 3, "1/9"), "\x1b[2;23r\n\x1b[L\x1b[r", 130),
        (page(0, 3, "1/9"), page(7, 3, "2/9"), "\x1b[2;23r\n\x1b[7M\x1b[r", 560),
        (page(0, 3, "1/9"), page(0, 4, "1/9"), "\x1b[5H \r\n▌", 30),
    ],
)
def test_rows_that_moved_are_scrolled(before: Frame, after: Frame, begins: str, bytes_at_most: int) -> None:
    sent = encode_difference(before, after, Capabilities(synchronises=False))
    assert sent.startswith(begins)
    assert len(sent.encode()) <= bytes_at_most


def test_a_block_at_the_foot_needs_no_region() -> None:
    lines = TEXT[:20]
    sent = encode_difference(of("A title", *lines, cells=80), of("A title", *lines[1:], TEXT[30], cells=80), TRUE)
    assert sent.startswith("\x1b[2H\x1b[M\x1b[21H")


def test_nothing_is_scrolled_by_a_terminal_that_cannot() -> None:
    sent = encode_difference(page(0, 3, "1/9"), page(1, 4, "1/9"), Capabilities(scrolls=False))
    assert not re.search(r"\x1b\[[\d;]*[rLM]", sent)


def test_a_vt220_is_told_only_what_it_knows() -> None:
    every = [[("word ", Style(1, 2, 1 << bit | REVERSE * (bit % 2), "https://example.org"))] for bit in range(7)]
    sent = encode_difference(of(*[""] * 7), of(*every), Capabilities(colours=0, links=False))
    known = {"", "0", "1", "4", "5", "7", "22", "24", "25", "27"}
    assert {code for codes in re.findall(r"\x1b\[([\d;]*)m", sent) for code in codes.split(";")} <= known
    assert BLINK  # a VT220 blinks
