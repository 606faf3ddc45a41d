"""Tests that text is measured as real terminals show it.

`terminal_widths.tsv` has the cells that each terminal gave a text: it was printed at the left edge, then the terminal
was asked where its cursor was. `more_terminal_widths.tsv` has more texts, measured in fewer terminals.
"""

import ctypes
import locale
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category, east_asian_width, normalize, ucd_3_2_0

import pytest
from wcwidth import wcwidth

from dossier.text.ambiguous_width import NARROWED_SIGNS, use_ambiguous_width
from dossier.text.clusters import find_class
from dossier.text.disputed_widths import find_widest, has_disputed_width
from dossier.text.width import is_narrow, iterate_clusters, width

TEXTS: dict[str, str] = {}
CELLS: dict[str, dict[str, int]] = {}
for _file in ("terminal_widths.tsv", "more_terminal_widths.tsv"):
    _names, *_rows = [line.split("\t") for line in Path(__file__).with_name(_file).read_text().splitlines()]
    TEXTS |= {name: "".join(chr(int(code, 16)) for code in codes.split()) for name, codes, *_ in _rows}
    CELLS |= {name: dict(zip(_names[2:], map(int, cells), strict=True)) for name, _, *cells in _rows}

COUNTING_MARKS = {
    "GNU screen 5.0.2": "counts every mark as a cell; it is sent composed letters",
    "dvtm 0.15 in tmux 3.8": "counts every mark as a cell",
    "terminology 1.14.0": "counts most marks as a cell",
}
"""Terminals that count marks, so that no letter with marks that cannot be composed has a width there."""
WIDE_AMBIGUOUS = ("VTE 0.70.6, ambiguous wide", "xterm 379 -cjk_width")
PICTURES = {
    "family": "two cells are enough for a composed emoji",
    "thumb skin": "two cells are enough for a composed emoji",
    "rainbow flag": "two cells are enough for a composed emoji",
    "flagKR": "two cells are enough for a flag",
    "keycap": "two cells are enough for a keycap",
}
WITHOUT_PICTURE = {
    "NFD ga": "is sent composed",
    "zwj fa": "some terminals give the joiner a cell, Vim's prints its number; it is not sent to those",
    "zwsp": "is not sent where it has a picture",
    "left-to-right mark": "is not sent where it has a picture",
    "arabic letter mark": "is not sent where it has a picture",
    "word joiner": "is replaced when a file is loaded",
    "right-to-left isolate": "is replaced when a file is loaded",
    "vs17 han": "xterm.js with graphemes counts the selector, which has no picture",
}


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    use_ambiguous_width(1)


def shown(name: str, wide: bool = False) -> dict[str, int]:
    """Return the cells of a text in the terminals whose ambiguous characters are wide, or in the others."""
    return {
        terminal: cells
        for terminal, cells in CELLS[name].items()
        if terminal not in COUNTING_MARKS and (terminal in WIDE_AMBIGUOUS) is wide
    }


def is_disputed(text: str) -> bool:
    return any(has_disputed_width(text[start:end], cells) for start, end, cells in iterate_clusters(text))


def has_ambiguous(text: str) -> bool:
    return any(find_class(char).is_ambiguous for char in text)


def may_differ_elsewhere(text: str) -> bool:
    """Return whether other terminals may have another width than those that were asked.

    Tables of older versions of Unicode may lack the character, and fonts may have any sign for private use; a selector
    may change the width in terminals to come; a keycap and a part of a syllable of Hangul depend on their neighbours.
    """
    is_known = all(ucd_3_2_0.category(char) not in ("Cn", "Co") for char in text)
    return not is_known or "\ufe00" <= text[-1] <= "\ufe0f" or text[-1] in "\u180b\u20e3\u1100"


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("name", sorted(TEXTS.keys() - PICTURES.keys() - WITHOUT_PICTURE.keys()))
def test_no_letter_is_measured_narrower_than_a_terminal_shows_it(name: str, wide: bool) -> None:
    use_ambiguous_width(1 + wide)
    text = TEXTS[name]
    if wide and NARROWED_SIGNS.intersection(text):
        assert width(text) == len(text)
    else:
        assert width(text) >= max(shown(name, wide).values())


@pytest.mark.parametrize("name", PICTURES)
def test_a_composed_emoji_has_two_cells(name: str) -> None:
    assert width(TEXTS[name]) == 2
    assert is_disputed(TEXTS[name])


@pytest.mark.parametrize("name", WITHOUT_PICTURE)
def test_what_has_no_picture_has_no_cell(name: str) -> None:
    text = TEXTS[name]
    assert width(text) == min(shown(name).values())
    assert is_disputed(text)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("name", TEXTS)
def test_where_terminals_agree_the_width_is_theirs_and_where_they_differ_it_is_disputed(name: str, wide: bool) -> None:
    use_ambiguous_width(1 + wide)
    text, found = TEXTS[name], set(shown(name, wide).values())
    if wide and NARROWED_SIGNS.intersection(text):
        assert not is_disputed(text)
    elif len(set(shown(name).values())) > 1 or len(found) > 1 or (wide and has_ambiguous(text)):
        assert is_disputed(text)
    elif wide and any(east_asian_width(char) == "A" and category(char)[0] != "M" for char in text):
        assert {width(text)} == found
        assert is_disputed(text), "xterm leaves what stood in the second cell"
    elif wide and normalize("NFC", text) != text:
        assert width(text) == width(normalize("NFC", text))
    else:
        assert {width(text)} == found
        assert not is_disputed(text) or may_differ_elsewhere(text)


@pytest.mark.parametrize("name", TEXTS)
def test_no_terminal_covers_more_cells_than_the_most_that_are_expected(name: str) -> None:
    text = TEXTS[name]
    # The terminals of Vim print the number of what they take for unprintable: `<200d>`, of which one cell is expected.
    numbers = sum(5 for char in text if category(char) == "Cf")
    at_most = sum(find_widest(text[start:end]) for start, end, _ in iterate_clusters(text))
    for terminal, cells in CELLS[name].items():
        assert cells <= at_most + (numbers if "vim" in terminal.lower() else 0), terminal


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("हिन्दी", 5),
        ("தமிழ்", 4),
        ("বাংলা", 5),
        ("മലയാളം", 6),
        ("ಕನ್ನಡ", 4),
        ("తెలుగు", 5),
        ("සිංහල", 4),
        ("ខ្មែរ", 4),
        ("မြန်မာ", 6),
        ("ꦗꦮ", 2),
        ("ລາວ", 3),
        ("น้ำ", 2),
        ("ພຳ", 2),
        ("فارسی", 5),
        ("بچه\u200cها", 5),
        ("שָׁלוֹם", 4),
        ("ｶﾞ", 2),
        ("か\u3099", 2),
        ("か\u309a", 4),
        ("か\u302a", 4),
        ("a\ufe0f", 2),
        ("漢\ufe0f", 2),
        ("★\ufe0f", 2),
        ("☰䷀𝌀", 6),
        ("🫩🫨🫠", 6),
        ("\u1112\u1161\u11ab", 2),
        ("\u1112\u119e\u11ab", 4),
        ("\u1161\u11ab", 4),
        ("\ud7b0", 2),
        ("⏭️⏭Ⓜ❤", 7),
        ("🇰🇷🇫", 4),
        ("1\ufe0f\u20e3", 2),
        ("1\u20e3", 1),
        ("©\ufe0f©", 3),
        ("x🏽", 3),
        ("🅵🅰", 4),
        ("㉈〮", 4),
        ("\u0600١", 2),
        ("\xad\u061c\u200b\u200e\u200f\u2060", 0),
        ("ﷺ", 1),
    ],
)
def test_width_of_words(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "narrow", "wide"),
    [
        ("“…”", 3, 6),
        ("don’t — stop · now", 18, 21),
        ("é", 1, 2),
        ("e\u0301", 1, 2),
        ("α\u0301", 1, 1),
        ("\u0387", 1, 2),
        ("한서", 4, 4),
        ("漢“", 3, 4),
        ("│─╭▌●○▪▸", 8, 8),
        ("①", 1, 2),
        ("Привет", 6, 12),
        ("\u0301", 0, 0),
        ("हिन्दी…", 6, 7),
        ("abc", 3, 3),
    ],
)
def test_ambiguous_characters_take_one_cell_or_two(text: str, narrow: int, wide: int) -> None:
    assert width(text) == narrow
    use_ambiguous_width(2)
    assert width(text) == wide
    assert sum(cells for *_, cells in iterate_clusters(text)) == wide
    use_ambiguous_width(1)
    assert width(text) == narrow


@pytest.mark.skipif(sys.platform != "linux", reason="the table of another system")
def test_no_visible_character_is_narrower_than_in_the_tables_of_wcwidth_and_of_the_c_library() -> None:
    """tmux, mosh and many others take the width of the C library."""
    library = ctypes.CDLL(None)
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
        for code in (*range(0xA0, 0x4E00), *range(0xA000, 0xAC00), *range(0xD7A4, 0x20000)):
            char = chr(code)
            if category(char) not in ("Cc", "Cf", "Cs", "Cn"):
                assert width(char) >= max(wcwidth(char), library.wcwidth(code)), hex(code)
    except locale.Error:
        pytest.skip("this machine has no locale C.UTF-8")
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def test_every_ambiguous_character_takes_two_cells_where_they_are_wide() -> None:
    use_ambiguous_width(2)
    for code in range(0x20000):
        char = chr(code)
        if east_asian_width(char) == "A" and category(char) not in ("Mn", "Me", "Cf"):
            assert width(char) == (1 if char in NARROWED_SIGNS else 2), hex(code)
        elif is_narrow(char) and char not in NARROWED_SIGNS:
            assert width(char) == 1, hex(code)


def test_every_invisible_character_is_disputed() -> None:
    for char in map(chr, range(0x20000)):
        if category(char) == "Cf" and width(char) == 0:
            assert has_disputed_width(f"a{char}", 1), hex(ord(char))


@pytest.mark.parametrize("text", ["あ\u3099", "か\u309a", "\u0378", "\u2fdf", "\u06de"])
def test_what_terminals_have_in_different_tables_is_disputed(text: str) -> None:
    assert has_disputed_width(text, width(text))


@pytest.mark.parametrize("text", ["क्षि", "क्ष", "ক্ত", "கி", "ខ្មែ", "မာ", "ه\u200c", "👨\u200d👩", "❤\ufe0f", "น้ำ"])
def test_what_terminals_compose_in_their_own_way_is_disputed(text: str) -> None:
    (start, end, cells), *rest = iterate_clusters(text)
    assert (start, end, rest) == (0, len(text), [])
    assert has_disputed_width(text, cells)
    assert find_widest(text) >= max(cells, len(text))


@pytest.mark.parametrize("text", [*"aéßжאبกक漢か한☃", "e\u0301", "й", "שָׁ", "بّ", "ก็", "क्", "བོ"])
def test_letters_of_which_all_terminals_make_the_same_are_not_disputed(text: str) -> None:
    assert not has_disputed_width(text, width(text))
