"""Tests of the characters that a reader perceives, against UAX #29 and against other implementations of it."""

import random
import unicodedata
from collections import defaultdict
from functools import cache

import pytest
import wcwidth

from dossier.text.clusters import find_class, iterate_spans
from dossier.text.width import find_inner_offsets
from dossier.text.width_table import UNICODE

RUNS = {
    "Devanagari": (0x900, 0x97F),
    "Bengali": (0x980, 0x9FF),
    "Gurmukhi": (0xA00, 0xA7F),
    "Gujarati": (0xA80, 0xAFF),
    "Oriya": (0xB00, 0xB7F),
    "Tamil": (0xB80, 0xBFF),
    "Telugu": (0xC00, 0xC7F),
    "Kannada": (0xC80, 0xCFF),
    "Malayalam": (0xD00, 0xD7F),
    "Sinhala": (0xD80, 0xDFF),
    "Thai and Lao": (0xE00, 0xEFF),
    "Tibetan": (0xF00, 0xFFF),
    "Burmese": (0x1000, 0x109F),
    "Hangul": (0x1100, 0x11FF),
    "Khmer": (0x1780, 0x17FF),
    "Mongolian": (0x1800, 0x18AF),
    "Tai Tham": (0x1A20, 0x1AAF),
    "Balinese": (0x1B00, 0x1B7F),
    "Javanese": (0xA980, 0xA9DF),
    "Arabic": (0x600, 0x6FF),
    "Hebrew": (0x590, 0x5FF),
    "Latin": (0x20, 0x36F),
    "emoji": (0x1F1E6, 0x1F6FF),
}
JOINING = "\u200c\u200d\u0301\ufe0f\u20e3\U0001f3fd\U0001f308\u2764a1 \u200e\uac00\uac01"


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in iterate_spans(text)]


def split_by_wcwidth(text: str) -> list[str]:
    return list(wcwidth.iter_graphemes(text))


@cache
def is_tailored(char: str) -> bool:
    """Return whether this spacing mark is apart from its letter in UAX #29, but not here; or is not assigned here."""
    return unicodedata.category(char) in ("Mc", "Cn", "Cs") and len(split_by_wcwidth(f"a{char}")) != len(
        split(f"a{char}")
    )


has_judge = pytest.mark.skipif(
    not hasattr(wcwidth, "iter_graphemes") or tuple(map(int, wcwidth.list_versions()[-1].split("."))) < (18,),
    reason="this version of wcwidth has older rules",
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("हिन्दी", ["हि", "न्दी"]),
        ("क्षि", ["क्षि"]),
        ("क्\u200dष", ["क्\u200dष"]),
        ("क्\u200cष", ["क्\u200c", "ष"]),
        ("தமிழ்க்ஷ", ["த", "மி", "ழ்", "க்", "ஷ"]),
        ("ক্ষ", ["ক্ষ"]),
        ("ഷ്ട്ര", ["ഷ്ട്ര"]),
        ("ខ្មែរ", ["ខ្មែ", "រ"]),
        ("ឲ្យ", ["ឲ្យ"]),
        ("မြန်မာ", ["မြ", "န်", "မာ"]),
        ("ꦗꦮ", ["ꦗ", "ꦮ"]),
        ("น้ำ", ["น้ำ"]),
        ("\u0600١٢", ["\u0600١", "٢"]),
        ("ᄀᄀ\u1161", ["ᄀᄀ\u1161"]),
        ("가\u1161", ["가\u1161"]),
        ("각\u1161", ["각", "\u1161"]),
        ("각\u11a8", ["각\u11a8"]),
        ("🇰🇷🇫🇷🇩", ["🇰🇷", "🇫🇷", "🇩"]),
        ("🇰\u0301🇷🇫", ["🇰\u0301", "🇷🇫"]),
        ("1\ufe0f\u20e3!", ["1\ufe0f\u20e3", "!"]),
        ("👨🏽\u200d🚀x", ["👨🏽\u200d🚀", "x"]),
        ("a\u200d🚀", ["a\u200d", "🚀"]),
        ("a\u200e\u0301", ["a", "\u200e", "\u0301"]),
        ("بچه\u200cها", ["ب", "چ", "ه\u200c", "ه", "ا"]),
    ],
)
def test_characters(text: str, parts: list[str]) -> None:
    assert split(text) == parts
    assert len(find_inner_offsets(text)) == len(text) - len(parts)


@has_judge
def test_every_pair_of_two_kinds_is_split_as_by_another_implementation() -> None:
    kinds: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for code in range(0x20, 0x20000):
        char = chr(code)
        if not is_tailored(char):
            kinds[find_class(char)[1:4]].append(char)
    chosen = random.Random(29)
    samples = [one for chars in kinds.values() for one in chosen.sample(chars, min(12, len(chars)))]
    samples = [one for one in samples if unicodedata.category(one) != "Cn"]
    for first in samples:
        for second in samples:
            assert split(first + second) == split_by_wcwidth(first + second), ascii(first + second)


@has_judge
@pytest.mark.parametrize("script", RUNS)
def test_texts_of_a_script_are_split_as_by_another_implementation(script: str) -> None:
    first, last = RUNS[script]
    letters = [chr(code) for code in range(first, last + 1) if unicodedata.category(chr(code)) != "Cn"]
    letters = [char for char in letters if not is_tailored(char)]
    chosen = random.Random(script)
    for _ in range(1_500):
        text = "".join(chosen.choices(letters, k=5) + chosen.choices(JOINING, k=2))
        text = "".join(chosen.sample(text, len(text)))
        assert split(text) == split_by_wcwidth(text), ascii(text)


@pytest.mark.skipif(
    not hasattr(unicodedata, "iter_graphemes") or unicodedata.unidata_version != UNICODE,
    reason="this Python has no grapheme clusters of this version of Unicode",
)
@pytest.mark.parametrize("script", RUNS)
def test_a_character_of_python_is_never_split(script: str) -> None:
    first, last = RUNS[script]
    letters = [chr(code) for code in range(first, last + 1)]
    chosen = random.Random(script)
    for _ in range(1_500):
        text = "".join(chosen.choices([*letters, *JOINING], k=7))
        starts = {start for start, _ in iterate_spans(text)}
        iterate_graphemes = vars(unicodedata)["iter_graphemes"]
        assert starts <= {one.start for one in iterate_graphemes(text)}, ascii(text)
