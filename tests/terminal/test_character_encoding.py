"""Tests of what is sent for one character, and for one row."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.character_encoding import NEVER_SENT, encode_character, is_sent_unchanged
from dossier.terminal.frame import make_row
from dossier.terminal.sent_row import SentRow, extend_changes, make_sent_row
from dossier.terminal.style import PLAIN
from dossier.text.ambiguous_width import use_ambiguous_width
from dossier.text.width import width

ANY = Capabilities()
JOINS = Capabilities(joins_emoji=True)
EDITOR = Capabilities(direction_marks=False)
COUNTS = Capabilities(counts_marks=True)
FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("character", "abilities", "sent"),
    [
        ("a", ANY, "a"),
        ("e\u0301", ANY, "é"),
        ("\u1112\u1161\u11ab", ANY, "한"),
        ("か\u3099", ANY, "が"),
        ("x\u0323\u0302", ANY, "x\u0323\u0302"),
        ("a\u0323\u0302", ANY, "ậ"),
        ("\u0958", ANY, "\u0958"),
        ("क\u093c", ANY, "क\u093c"),
        ("\uf914", ANY, "\uf914"),
        ("t\xad", ANY, "t"),
        ("a\u200b", ANY, "a"),
        ("\u2060", ANY, ""),
        ("\ufeff", JOINS, ""),
        ("a\u034f\u0301", ANY, "á"),
        ("ی\u200c", ANY, "ی\u200c"),
        ("ی\u200c", EDITOR, "ی"),
        ("क्\u200dष", ANY, "क्\u200dष"),
        ("क्\u200dष", EDITOR, "क्ष"),
        ("क्\u200d", ANY, "क्"),
        ("ש\u200e", ANY, "ש\u200e"),
        ("ש\u200e", EDITOR, "ש"),
        (FAMILY, ANY, "👨"),
        (FAMILY, EDITOR, "👨"),
        (FAMILY, JOINS, FAMILY),
        (FAMILY, JOINS._replace(direction_marks=False), FAMILY),
        ("👩🏽\u200d🚀", ANY, "👩"),
        ("🏳\ufe0f\u200d🌈", ANY, "🏳"),
        ("👍🏽", ANY, "👍🏽"),
        ("❤\ufe0f", ANY, "❤\ufe0f"),
        ("🇰🇷", ANY, "🇰🇷"),
        ("1\ufe0f\u20e3", ANY, "1\ufe0f\u20e3"),
        ("😀\u200d", JOINS, "😀"),
        ("🏴\U000e0067\U000e0062\U000e007f", ANY, "🏴"),
        ("🏴\U000e0067\U000e0062\U000e007f", JOINS, "🏴\U000e0067\U000e0062\U000e007f"),
        ("\u070fܐ", ANY, "\u070fܐ"),
        ("\u070fܐ", EDITOR, "ܐ"),
        ("\u0301", ANY, "\xa0\u0301"),
        ("\u093f", ANY, "\xa0\u093f"),
        ("\u1161", ANY, "\xa0\u1161"),
    ],
)
def test_what_is_sent_for_a_character(character: str, abilities: Capabilities, sent: str) -> None:
    assert encode_character(character, abilities) == sent


@given(st.text(min_size=1, max_size=4), st.booleans(), st.booleans())
def test_what_needs_no_change_is_sent_as_it_is(text: str, marks: bool, joins: bool) -> None:
    abilities = ANY._replace(direction_marks=marks, joins_emoji=joins)
    begins_with_mark = unicodedata.category(text[0])[0] == "M" or "\u1160" <= text[0] <= "\u11ff"
    if is_sent_unchanged(text) and not begins_with_mark and not "\ud7b0" <= text[0] <= "\ud7fb":
        assert encode_character(text, abilities) == text
    sent = encode_character(text, abilities)
    assert encode_character(sent, abilities) == sent


def test_what_is_never_sent_is_measured_as_no_cell() -> None:
    for char in NEVER_SENT:
        assert (encode_character(char, JOINS), encode_character(f"a{char}", JOINS), width(char)) == ("", "a", 0)


def test_a_row_is_made_anew_when_the_width_of_ambiguous_characters_changes() -> None:
    cells = make_row([("“a”", PLAIN)], 4)
    assert not make_sent_row(cells, ANY).disputed
    use_ambiguous_width(2)
    disputed = make_sent_row(cells, ANY).disputed
    use_ambiguous_width(1)
    assert list(disputed) == [0, 2]


def row(text: str, cells: int) -> SentRow:
    return make_sent_row(make_row([(text, PLAIN)], cells), ANY)


def texts(sent: SentRow) -> list[str]:
    return [text for text, _ in sent.cells]


@pytest.mark.parametrize(
    ("text", "abilities", "is_last", "sent"),
    [
        ("abc", ANY, False, ["a", "b", "c", " "]),
        ("e\u0301t\u200be", ANY, False, ["é", "t", "e", " "]),
        (FAMILY + "a", ANY, False, ["👨", "", "a", " "]),
        ("🏳\ufe0f\u200d🌈a", ANY, False, ["🏳", "", "a", " "]),
        ("e\u0301漢", Capabilities(encoding="latin-1"), False, ["é", "?", "?", " "]),
        ("abcx\u0323", ANY, True, ["a", "b", "c", "x\u0323"]),
        ("abcx\u0323", COUNTS, False, ["a", "b", "c", "x"]),
        ("abcक्", ANY, False, ["a", "b", "c", "क्"]),
        ("abcक्", ANY, True, ["a", "b", "c", "क्"]),
        ("abcह\u200d्", ANY, True, ["a", "b", "c", "ह"]),
        ("ab🇰🇷", ANY, True, ["a", "b", "🇰", ""]),
    ],
)
def test_a_row_as_it_is_sent(text: str, abilities: Capabilities, is_last: bool, sent: list[str]) -> None:
    made = make_sent_row(make_row([(text, PLAIN)], 4), abilities, is_last)
    assert texts(made) == sent
    assert make_sent_row(make_row([(text, PLAIN)], 4), abilities, is_last) == made


def test_common_rows_are_not_copied() -> None:
    cells = make_row([("“Seoul” — 박진, naïve, 漢字", PLAIN)], 40)
    sent = make_sent_row(cells, ANY)
    assert sent.cells is cells
    assert not sent.disputed


def test_every_cluster_with_marks_is_disputed_where_they_are_counted() -> None:
    cells = make_row([("ax\u0323be\u0301c", PLAIN)], 8)
    assert list(make_sent_row(cells, COUNTS).disputed) == [1]
    assert not make_sent_row(cells, ANY).disputed


@pytest.mark.parametrize(
    ("old", "new", "changed", "sent"),
    [
        ("abcdefgh", "abXdefgh", [2], [2]),
        ("⌚cdefgh", "⌚cdeXgh", [5], [5]),
        ("⌚cdefgh", "⌚Xdefgh", [2], [2]),
        # A letter behind a virama may be drawn in its cell, so both are sent.
        ("क्aefgh", "क्Xefgh", [1], [0, 1]),
        ("क्aefgh", "Xaefgh", [0], [0, 1]),
    ],
)
def test_what_is_sent_with_a_change(old: str, new: str, changed: list[int], sent: list[int]) -> None:
    assert extend_changes(changed, row(old, 8), row(new, 8)) == sent


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("سلام x", ["س", "ﻻ", " ", "م", " ", "x"]),
        ("لآل", ["ﻵ", " ", "ل", " ", " ", " "]),
        ("لا\u064bا", ["ﻻ\u064b", " ", "ا", " ", " ", " "]),
        ("ل\u064eا", ["ل\u064e", "ا", " ", " ", " ", " "]),
        ("ل ا", ["ل", " ", "ا", " ", " ", " "]),
    ],
)
def test_lam_and_alef_take_two_cells_where_a_terminal_draws_them_in_one(text: str, sent: list[str]) -> None:
    cells = make_row([(text, PLAIN)], 6)
    assert [one for one, _ in make_sent_row(cells, EDITOR._replace(joins_lam_alef=True)).cells] == sent
    assert make_sent_row(cells, EDITOR).cells == cells
