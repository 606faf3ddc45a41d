"""Tests of the marks around right-to-left runs, which take no cell."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import plain

from dossier.terminal.frame import make_row
from dossier.terminal.style import PLAIN
from dossier.text.width import iterate_clusters, width
from dossier.ui.render.bidi import DIRECTION_MARK, add_direction_marks, remove_direction_marks
from dossier.ui.render.flow import Line, Piece, measure_line

SHALOM, OLAM = "שלום", "עולם"
PERSIAN = "سال ۱۴۰۲"


def line(*texts: str) -> Line:
    return tuple(Piece(text, f"style{number}", (number,)) for number, text in enumerate(texts))


def shown(*texts: str) -> str:
    """Return the pieces of a line with marks, separated by slashes, with ^ for each mark."""
    made = add_direction_marks(line(*texts))
    assert [piece[1:] for piece in made] == [piece[1:] for piece in line(*texts)]
    return "/".join(piece.text for piece in made).replace(DIRECTION_MARK, "^")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([f"│ {SHALOM} │ 12"], f"│ ^{SHALOM}^ │ 12"),
        (["│", f"{SHALOM}", "│"], f"│^/{SHALOM}^/│"),
        ([f"{SHALOM}", " x"], f"{SHALOM}^/ x"),
        # Words that follow one another are one run, whatever pieces they are in.
        ([f"│ {SHALOM} ", OLAM, " │"], f"│ ^{SHALOM} /{OLAM}^/ │"),
        ([f"a “{SHALOM}, 12-13 {OLAM}”."], f"a “^{SHALOM}, 12-13 {OLAM}^”."),
        ([f" {SHALOM} 2023."], f" ^{SHALOM} 2023^."),
        ([f" {SHALOM} 12:30 x"], f" ^{SHALOM} 12:30^ x"),
        ([f" {PERSIAN} x"], f" ^{PERSIAN}^ x"),
        ([" שָׁלוֹם."], " ^שָׁלוֹם^."),
        # Columns and fields are parted.
        ([f"{SHALOM}  {OLAM}"], f"{SHALOM}^  {OLAM}^"),
        ([f" {SHALOM}", "  ", f"{OLAM} "], f" ^{SHALOM}^/  /{OLAM}^ "),
        ([f" {SHALOM} │ {OLAM} ││ {SHALOM}"], f" ^{SHALOM}^ │ {OLAM}^ ││ {SHALOM}^"),
        ([f" {SHALOM} · {OLAM} ▸ {SHALOM} › {OLAM}"], f" ^{SHALOM}^ · {OLAM}^ ▸ {SHALOM}^ › {OLAM}^"),
        ([f" {SHALOM} | {OLAM}"], f" ^{SHALOM}^ | {OLAM}^"),
        ([f" {SHALOM} and {OLAM}"], f" ^{SHALOM}^ and {OLAM}^"),
        ([f" {SHALOM}{'…'}  9 mentions"], f" ^{SHALOM}^…  9 mentions"),
        # A per cent sign and a currency belong to their number.
        ([f" {SHALOM} 45%."], f" ^{SHALOM} 45%^."),
        ([f" {SHALOM} $12 x"], f" ^{SHALOM} $12^ x"),
        # A keycap is no number.
        ([f" {SHALOM} 1️⃣1️⃣"], f" ^{SHALOM}^ 1️⃣1️⃣"),
        ([f" {SHALOM} 12 3️⃣"], f" ^{SHALOM} 12^ 3️⃣"),
        ([f" {SHALOM} 12️⃣ x"], f" ^{SHALOM}^ 12️⃣ x"),
        ([f" {SHALOM}1️⃣", f"{OLAM}"], f" ^{SHALOM}^1️⃣/{OLAM}^"),
        # Nor does a mark stand in another character of several code points.
        ([f"a ש\u20e3 {OLAM}"], f"a ^ש\u20e3^ {OLAM}^"),
        ([f"x 👍🏽{SHALOM}👍🏽"], f"x 👍🏽^{SHALOM}^👍🏽"),
        ([f"🇰🇷{SHALOM}🇰🇷"], f"🇰🇷^{SHALOM}^🇰🇷"),
        # A mark that the text brings counts as a letter of its script.
        (["ab\u200f │"], "ab^\u200f^ │"),
        (["", "", SHALOM, ""], f"//{SHALOM}^/"),
    ],
)
def test_runs(texts: list[str], expected: str) -> None:
    assert shown(*texts) == expected


@pytest.mark.parametrize("texts", [[], ["plain"], ["│ naïve “quotes” 한서진 │"], ["", "北京"]])
def test_a_line_without_is_the_same_line(texts: list[str]) -> None:
    given_line = line(*texts)
    assert add_direction_marks(given_line) is given_line


LINES = st.lists(st.text(alphabet=f"{SHALOM}{PERSIAN}\u05b8\u200e\u200f ab12.“│·한\u0301", max_size=8), max_size=5)


@given(LINES)
def test_nothing_but_marks_is_added_and_no_width(texts: list[str]) -> None:
    given_line = line(*texts)
    made = add_direction_marks(given_line)
    assert measure_line(made) == sum(map(measure_line, ([piece] for piece in given_line)))
    assert plain(made).replace(DIRECTION_MARK, "") == plain(given_line).replace(DIRECTION_MARK, "")


@given(LINES)
def test_the_marks_are_in_the_cells(texts: list[str]) -> None:
    given_line = line("│", *texts)
    cells = measure_line(given_line)

    def row(pieces: Line) -> list[str]:
        return [text for text, _ in make_row(((piece.text, PLAIN) for piece in pieces), cells)]

    before, after = row(given_line), row(add_direction_marks(given_line))
    assert [text.replace(DIRECTION_MARK, "") for text in after] == [text.replace(DIRECTION_MARK, "") for text in before]
    assert "".join(after) == plain(add_direction_marks(given_line))


MIXED = st.text(
    alphabet=f"{SHALOM}{PERSIAN}ab12.,%$# *(|│·\u05b8\u0301\ufe0f\u20e3\u200c\u200d👩👍🏽🇰🇷한क्षि葛\U000e0100",
    max_size=14,
)


@given(st.lists(MIXED, min_size=1, max_size=3))
def test_no_mark_is_inside_a_character(texts: list[str]) -> None:
    text = "".join(texts)
    marked = plain(add_direction_marks(line(text)))
    characters = [text[start:end] for start, end, _ in iterate_clusters(text)]
    parts = [part for part in marked.split(DIRECTION_MARK) if part]
    assert [part[start:end] for part in parts for start, end, _ in iterate_clusters(part)] == characters
    cells = [text for text, _ in make_row([(text, PLAIN)], width(text))]
    assert [cell.replace(DIRECTION_MARK, "") for cell, _ in make_row([(marked, PLAIN)], width(text))] == cells
    assert plain(add_direction_marks(line(*texts))) == marked


@pytest.mark.parametrize("text", ["ab\u200e│", "\u200fab", "سال\u061c 12\u200e"])
def test_marks_of_the_text_are_removed(text: str) -> None:
    made = remove_direction_marks(line("x", text, ""))
    assert [piece.text for piece in made] == ["x", re.sub("[\u061c\u200e\u200f]", "", text), ""]
    assert [piece[1:] for piece in made] == [piece[1:] for piece in line("x", text, "")]


@pytest.mark.parametrize("text", ["ab", "می\u200cخواهم", "한서진"])
def test_without_such_marks_the_line_is_the_same(text: str) -> None:
    given_line = line(text)
    assert remove_direction_marks(given_line) is given_line


@given(LINES)
def test_between_two_columns_there_is_always_a_mark(texts: list[str]) -> None:
    made = plain(add_direction_marks(line("│", *texts, "│", *texts, "│")))
    strong = [unicodedata.bidirectional(char) for char in made if char in "│" or _is_strong(char)]
    assert not re.search(r"(?:R|AL|AN) ON", " ".join(strong))


def _is_strong(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("L", "R", "AL", "AN")


def test_every_right_to_left_character_is_known() -> None:
    every = (chr(code) for code in range(sys.maxunicode + 1))
    right = [char for char in every if unicodedata.bidirectional(char) in ("R", "AL", "AN")]
    # Of the overrides and embeddings, which are never in a text that was made safe, none has this class.
    assert [char for char in right if add_direction_marks(line(f"a{char}")) == line(f"a{char}")] == []
