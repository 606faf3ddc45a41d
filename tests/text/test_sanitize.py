import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text.sanitize import sanitize_excerpt, sanitize_text

# Invisible, but needed by scripts; and visible signs that Unicode counts as format characters.
KEPT_FORMAT = set("\u061c\u200b\u200c\u200d\u200e\u200f") | set(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("", ""),
        ("a\tb\nc\rd\ve\ff\x85g\u2028h\u2029i", "a b c d e f g h i"),
        ("\x00\x1b[2J\x07", "\u2400\u241b[2J\u2407"),
        ("a\x7fb", "a\u2421b"),
        ("\x9b31m\x9d0;title\x9c", "\ufffd31m\ufffd0;title\ufffd"),
        ("user\u202egnp.exe\u202c", "user\ufffdgnp.exe\ufffd"),
        ("\u2066x\u2069", "\ufffdx\ufffd"),
        ("\ufeffa\ufeffb", "\u200ba\u200bb"),
        ("\ufeff\u0301a", "\u200b\u25cca"),
        ("a\u2061b\u2062c\u2063d\u2064e", "a\u200bb\u200bc\u200bd\u200be"),
        ("Ver\xadfassung", "Ver\u2027fassung"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("\ufffe\uffff\U0001ffff\ufdd0", "\ufffd\ufffd\ufffd\ufffd"),
        ("a\U000e0041\U000e007f", "a\ufffd\ufffd"),
        ("x\U000e0067\U000e0062\U000e007f", "x\ufffd\ufffd\ufffd"),
        ("🏴\U000e0067\U000e0062", "🏴\ufffd\ufffd"),
        ("\ufff9a\ufffab\ufffb", "\ufffda\ufffdb\ufffd"),
        ("a\u3164b\u2060c", "a\ufffdb\u200bc"),
        ("\u0301a", "\u25cca"),
        ("\u0301\u0301a", "\u25cc\u0301a"),
        ("\u200e\u0301a", "\u200e\u25cca"),
        ("\ufe0f│", "\u25cc│"),
        ("\u200dx", "\u25ccx"),
        ("\u1161", "\u25cc"),
    ],
)
def test_what_is_replaced(text: str, shown: str) -> None:
    assert sanitize_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Lena Okafor, the transport minister",
        "e\u0301te\u0301",
        "한서진",
        unicodedata.normalize("NFD", "한서진"),
        "\u200fשָׁלוֹם\u200e (NATO)",
        "می\u200cخواهم",
        "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🇰🇷 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f, 🏴",
        "葛\U000e0100城",
        "ភាសា\u200bខ្មែរ",
        "“Wir” – “…”",
    ],
)
def test_legitimate_text_is_returned_itself(text: str) -> None:
    assert sanitize_text(text) is text


@given(st.text(st.characters()))
def test_length_is_kept_and_a_second_pass_changes_nothing(text: str) -> None:
    made = sanitize_text(text)
    assert len(made) == len(text)
    assert sanitize_text(made) == made


def test_nothing_that_a_terminal_acts_on_passes() -> None:
    for code in range(0x110000):
        for char in sanitize_text("a" + chr(code))[1:]:
            kind = unicodedata.category(char)
            assert kind not in {"Cc", "Cs", "Zl", "Zp"}, hex(code)
            assert kind != "Cf" or char in KEPT_FORMAT, hex(code)
            assert ord(char) & 0xFFFE != 0xFFFE, hex(code)


@given(st.text(st.characters(), min_size=1).map(sanitize_text), st.data())
def test_every_piece_of_a_safe_line_is_a_safe_excerpt(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    assert sanitize_excerpt(line[start:]) == line[start:]


def test_an_excerpt_is_made_safe_and_keeps_its_lines() -> None:
    assert sanitize_excerpt("\u0301a\x1b\n\u0301b") == "\u0301a␛\n◌b"
    assert sanitize_excerpt("") == ""
