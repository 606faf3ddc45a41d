import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text.width import cut, fit, is_narrow, is_plain, iterate_clusters, width, wrap

PIECES = (
    *"ab-–—  .“”'(",
    *"é한서漢字。「」ーかガ\u3000",
    *(
        "e\u0301",
        "\u1112\u1161\u11ab",
        "🇰🇷",
        "🇫",
        "👍🏽",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f",
        "\u200f",
        "\u200b",
        "שָׁ",
        "ｶﾞ",
    ),
    *("\u200d", "\u0301", "क्षि", "葛\U000e0100", "\xa0"),
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))
GAPS = set("\t\n\v\f\r \x85\u1680\u2028\u2029\u205f\u3000\u200b") | (set(map(chr, range(0x2000, 0x200B))) - {"\u2007"})


def lines(text: str, cells: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, cells)]


@pytest.mark.parametrize(("text", "cells"), [("", 0), ("abc", 3), ("한서진", 6), ("e\u0301", 1), ("“–…”", 4)])
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("\u1112\u1161\u11ab\u1109\u1165", ["\u1112\u1161\u11ab", "\u1109\u1165"]),
        ("가\u11a8나", ["가\u11a8", "나"]),
        ("🇰🇷🇫🇷🇩", ["🇰🇷", "🇫🇷", "🇩"]),
        ("a👍🏽b", ["a", "👍🏽", "b"]),
        ("👨\u200d👩\u200d👧x", ["👨\u200d👩\u200d👧", "x"]),
        ("❤\ufe0f!", ["❤\ufe0f", "!"]),
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
        ("ｶﾞｷ", ["ｶﾞ", "ｷ"]),
        ("ه\u200d و", ["ه\u200d", " ", "و"]),
        ("a \u200fש", ["a", " ", "\u200f", "ש"]),
    ],
)
def test_clusters(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end, _cells in iterate_clusters(text)] == parts


@given(TEXTS)
def test_clusters_are_without_gap_and_never_narrower_than_the_whole(text: str) -> None:
    spans = list(iterate_clusters(text))
    assert "".join(text[start:end] for start, end, _cells in spans) == text
    assert all(start < end for start, end, _cells in spans)
    assert sum(cells for _start, _end, cells in spans) >= width(text)


def test_plain_text_is_as_plain_as_the_short_cuts_take_it() -> None:
    for code in range(0x10000):
        char = chr(code)
        if is_plain(char):
            assert len(list(iterate_clusters("e\u0301" + char))) == 2, hex(code)
        if is_narrow(char):
            assert width(char) == 1, hex(code)


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("abcd", 1, "…"),
        ("abcd", 0, ""),
        ("abcd", -1, ""),
        ("", 0, ""),
        ("한서진", 5, "한서…"),
        ("한서진", 4, "한…"),
        ("한서진", 1, "…"),
        ("ne\u0301e\u0301s", 3, "ne\u0301…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
    ],
)
def test_cut(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


def test_cut_with_another_mark() -> None:
    assert cut("Port Arlen", 6, "...") == "Por..."
    assert cut("Port Arlen", 2, "...") == ".."
    assert cut("Port Arlen", 4, "") == "Port"


@given(TEXTS, st.integers(0, 30))
def test_cut_and_fit_keep_to_their_width(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells
    assert width(fit(text, cells)) == cells


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("", 10, [""]),
        ("   ", 2, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two  three", 8, ["one two", "three"]),
        ("one   ", 3, ["one"]),
        ("  one two", 5, ["  one", "two"]),
        ("one\u00a0two three", 7, ["one\u00a0two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("x abcdefgh", 4, ["x", "abcd", "efgh"]),
        ("well-known man", 6, ["well-", "known", "man"]),
        ("at -5 degrees", 4, ["at", "-5", "degr", "ees"]),
        ("2012-2013", 6, ["2012-2", "013"]),
        ("2012–2013", 6, ["2012–", "2013"]),
        ("no toll—none", 8, ["no toll—", "none"]),
        ("“so it—” he", 7, ["“so", "it—” he"]),
        ("한서진은 항만청장이다", 8, ["한서진은", "항만청장", "이다"]),
        ("漢字仮名交", 4, ["漢字", "仮名", "交"]),
        ("漢字仮名。交", 8, ["漢字仮", "名。交"]),
        ("漢字「仮名」", 6, ["漢字", "「仮", "名」"]),
        ("サッカー", 4, ["サッ", "カー"]),
        ("2023年NATO", 6, ["2023年", "NATO"]),
        ("韓國은 간다", 5, ["韓", "國은", "간다"]),
        ("漢字", 1, ["漢", "字"]),
        ("\u3000漢字", 4, ["\u3000漢", "字"]),
        ("a\u200fb \u200fשלום", 4, ["a\u200fb", "\u200fשלום"]),
        ("ភាសា\u200bខ្មែរ", 4, ["ភាសា", "ខ្មែរ"]),
        ("ភាសា\u200bខ្មែរ", 3, ["ភា", "សា", "ខ្មែ", "រ"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("👨\u200d👩\u200d👧👨\u200d👩\u200d👧", 3, ["👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"]),
        ("🇰🇷🇫🇷", 3, ["🇰🇷", "🇫🇷"]),
    ],
)
def test_wrap(text: str, cells: int, expected: list[str]) -> None:
    assert lines(text, cells) == expected


def test_wrap_of_no_word_is_one_empty_line() -> None:
    assert wrap("", 5) == wrap("  ", 1) == ((0, 0),)


@given(TEXTS, st.integers(1, 20))
def test_wrap_keeps_its_laws(text: str, cells: int) -> None:
    spans = wrap(text, cells)
    parts = {(start, end) for start, end, _cells in iterate_clusters(text)}
    starts = {start for start, _end in parts} | {len(text)}
    covered = [at for start, end in spans for at in range(start, end)]
    assert covered == sorted(set(covered))
    assert {at for at, char in enumerate(text) if char not in GAPS} <= set(covered)
    for start, end in spans:
        assert start in starts
        assert end in starts
        assert width(text[start:end]) <= cells or (start, end) in parts


@given(st.text(st.sampled_from("ab -cé")), st.integers(1, 12))
def test_text_is_wrapped_alike_composed_or_not(text: str, cells: int) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", line) for line in lines(apart, cells)] == lines(text, cells)
