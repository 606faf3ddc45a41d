"""Tests of what is sent to the terminal of Emacs, which prints strings and wraps lines whatever it is told."""

import os
import re
from unicodedata import normalize

import pytest
from emacs_terminal import EmacsTerminal
from hypothesis import given, settings
from hypothesis import strategies as some
from pictures import AGREED, pictures

from dossier.terminal.capabilities import detect_capabilities
from dossier.terminal.clipboard import copy_to_clipboard
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.style import PLAIN, Style
from dossier.terminal.tty import ENTER, make_exit_sequence
from dossier.terminal.wrapping import keep_in_rows, separate_marks

ENVIRON = {"TERM": "eterm-color", "INSIDE_EMACS": "30.2,term:0.96"}
ABILITIES = detect_capabilities(ENVIRON, "utf-8")
LINK = Style(link="https://example.org")


def texts(frame: Frame) -> list[str]:
    rows = ("".join(text for text, _ in row) for row in keep_in_rows(frame).rows)
    return [normalize("NFC", row) for row in rows]


def frame_of(*lines: str, cells: int) -> Frame:
    return make_frame([[(line, PLAIN)] for line in lines], cells, len(lines))


@settings(max_examples=150, deadline=None)
@given(some.integers(0, 1 << 32))
def test_it_shows_what_was_wanted(seed: int) -> None:
    before = None
    terminal = EmacsTerminal(1, 1)
    for after in pictures(seed, [one for one in AGREED if one != "x\u200e"]):
        if after.size[0] == 1:
            # Nothing helps in a window of one column.
            break
        if before is None or before.size != after.size:
            terminal = EmacsTerminal(*after.size)
            terminal.take(ENTER)
        sent = encode_difference(before, after, ABILITIES)
        assert "\x1b]" not in sent
        terminal.take(sent)
        assert [normalize("NFC", row) for row in terminal.rows] == texts(after)
        assert terminal.wrapped == 0
        before = after


@pytest.mark.parametrize("cells", [2, 5])
def test_the_last_column_is_written_again_and_again(cells: int) -> None:
    terminal = EmacsTerminal(cells, 2)
    before = None
    for sign in "abcé":
        after = frame_of("x" * (cells - 1) + sign, "y" * cells, cells=cells)
        terminal.take(encode_difference(before, after, ABILITIES))
        assert terminal.rows == ["x" * (cells - 1) + sign, "y" * cells]
        before = after
    assert terminal.wrapped == 0


def test_marks_do_not_count_as_cells() -> None:
    row = "\u0e17\u0e35\u0e48" * 40
    after = frame_of(row, "below", cells=40)
    terminal = EmacsTerminal(40, 2)
    terminal.take(encode_difference(None, after, ABILITIES))
    assert terminal.wrapped == 0
    assert terminal.rows == [row[:-2], "below".ljust(40)]


def test_a_mark_is_followed_by_what_ends_a_run() -> None:
    assert separate_marks("plain \x1b[m") == "plain \x1b[m"
    assert separate_marks("e\u0301é漢") == "e\u0301\0é漢"


@pytest.mark.parametrize("gone", [1, 3])
def test_a_block_is_scrolled_from_the_first_column(gone: int) -> None:
    lines = [f"{number} is the number of this line" for number in range(9)]
    before = frame_of("head", *lines, "foot", cells=40)
    after = frame_of("head", *lines[gone:], *["new"] * gone, "foot", cells=40)
    for old, new in ((before, after), (after, before)):
        sent = encode_difference(old._replace(cursor=(4, 17)), new, ABILITIES)
        assert re.search(r"\x1b\[2;10r.*\x1b\[[0-9]?[ML]\x1b\[r", sent)
        terminal = EmacsTerminal(40, 11)
        terminal.take(encode_difference(None, old, ABILITIES) + sent)
        assert terminal.rows == texts(new)


def test_no_string_leaves_the_program() -> None:
    frame = make_frame([[("a link", LINK)]], 20, 2)
    copied = copy_to_clipboard("words", ENVIRON)
    assert copied.sequence == ""
    assert copied.message == "the terminal eterm-color has no clipboard: y, then p, prints it"
    assert copy_to_clipboard("words", ENVIRON, "osc52") == copied
    sent = ENTER + encode_difference(None, frame, ABILITIES) + make_exit_sequence(ABILITIES, mouse=True)
    assert "\x1b]" not in sent
    assert "\x1bP" not in sent


def test_a_clipboard_program_serves_there_too() -> None:
    environ = {**ENVIRON, "DISPLAY": ":0"}
    copied = copy_to_clipboard("words", environ, run=lambda words, _: words[0] == "xclip")
    assert copied == ("", "5 characters copied through xclip")
    assert os.environ.get("TERM") != "eterm-color"


def test_the_model_wraps_as_emacs_does() -> None:
    terminal = EmacsTerminal(4, 3)
    terminal.take("\x1b[?7labcd\x1b[1;4HX")
    assert terminal.rows == ["abcd", "X   ", "    "]
    terminal.take("\x1b[Hefgh\r\x1b[1;4HY")
    assert terminal.rows[0] == "efgY"
    terminal.take("\x1b[2H\x1b[K\x1b]8;;\x1b\\")
    assert terminal.rows[1] == "\x1b]8;"
    terminal.take("\x1b[1;3H\x1b[M")
    assert terminal.rows[0] == "ef8;"
