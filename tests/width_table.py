"""Make `dossier/text/width_table.py` from the data of Unicode. It needs Python 3.15 or newer.

`python tests/width_table.py` writes the module, from the project's folder with that in PYTHONPATH.

The width of a code point is the greatest number of cells that a common terminal gives it, since text that is measured
too narrow is written over. Unicode tells most of it (UAX #11, general categories); what the terminals that were
measured do differently is in the constants below.
"""

import sys
import unicodedata
from collections.abc import Callable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from dossier.text.code_points import CodePointRanges

TARGET = Path(__file__).parent.parent / "dossier" / "text" / "width_table.py"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@"

# The combining marks (Mn, Me) of Unicode 5.0. Tables of that age are in GNU screen 4.9, Neovim 0.7 and xterm.js: there
# a newer mark takes a cell of its own, such as U+103A of Burmese.
OLD_MARKS = """
    0300-036f 0483-0486 0488-0489 0591-05bd 05bf 05c1-05c2 05c4-05c5 05c7 0610-0615 064b-065e 0670 06d6-06dc 06de-06e4
    06e7-06e8 06ea-06ed 0711 0730-074a 07a6-07b0 07eb-07f3 0901-0902 093c 0941-0948 094d 0951-0954 0962-0963 0981 09bc
    09c1-09c4 09cd 09e2-09e3 0a01-0a02 0a3c 0a41-0a42 0a47-0a48 0a4b-0a4d 0a70-0a71 0a81-0a82 0abc 0ac1-0ac5 0ac7-0ac8
    0acd 0ae2-0ae3 0b01 0b3c 0b3f 0b41-0b43 0b4d 0b56 0b82 0bc0 0bcd 0c3e-0c40 0c46-0c48 0c4a-0c4d 0c55-0c56 0cbc 0cbf
    0cc6 0ccc-0ccd 0ce2-0ce3 0d41-0d43 0d4d 0dca 0dd2-0dd4 0dd6 0e31 0e34-0e3a 0e47-0e4e 0eb1 0eb4-0eb9 0ebb-0ebc
    0ec8-0ecd 0f18-0f19 0f35 0f37 0f39 0f71-0f7e 0f80-0f84 0f86-0f87 0f90-0f97 0f99-0fbc 0fc6 102d-1030 1032 1036-1037
    1039 1058-1059 135f 1712-1714 1732-1734 1752-1753 1772-1773 17b7-17bd 17c6 17c9-17d3 17dd 180b-180d 18a9 1920-1922
    1927-1928 1932 1939-193b 1a17-1a18 1b00-1b03 1b34 1b36-1b3a 1b3c 1b42 1b6b-1b73 1dc0-1dca 1dfe-1dff 20d0-20ef
    302a-302f 3099-309a a806 a80b a825-a826 fb1e fe00-fe0f fe20-fe23 10a01-10a03 10a05-10a06 10a0c-10a0f 10a38-10a3a
    10a3f 1d167-1d169 1d17b-1d182 1d185-1d18b 1d1aa-1d1ad 1d242-1d244 e0100-e01ef
"""
# Two cells in Vim, which takes these emoji for wide, and in glibc, which takes circled numbers for wide.
WIDE_SOMEWHERE = """
    23ed-23ef 23f1-23f2 23f8-23fa 24c2 261d 26c8 26cf 26d1 26d3 26e9 26f0-26f1 26f7-26f9 270c-270d 2934-2935 3248-324f
    1f170-1f189 1f93b 1f946
"""
# Two cells in Konsole when there is no consonant before them.
JAMO = "1160-11ff d7b0-d7fb"
# What is not agreed on: fillers, variation selectors, the keycap, which makes an emoji, and wide marks (Neovim 0.7).
UNSURE = "06de 115f 1160 17b4-17b5 180b-180d 20e3 302a-302f 3099-309a 3164 fe00-fe0f ffa0 e0100-e01ef"

# Python has some of these functions only since 3.15.
_PROPERTIES: Mapping[str, Callable[[str], Any]] = vars(unicodedata)

BREAKS = {
    **{"Extend": "e", "ZWJ": "z", "SpacingMark": "s", "Prepend": "p", "Control": "x", "CR": "x", "LF": "x"},
    **{"Regional_Indicator": "r", "L": "L", "V": "V", "T": "T", "LV": "H", "LVT": "H", "Other": "o"},
}
"""The letter of each value of Grapheme_Cluster_Break. Whether a Hangul syllable is LV or LVT can be computed."""


def parse_ranges(text: str) -> CodePointRanges:
    """Return the set of code points that are listed as hexadecimal numbers, and ranges of them."""
    bounds = [chr(int(edge, 16)) for one in text.split() for edge in (one.split("-") * 2)[:2]]
    return CodePointRanges("".join(bounds))


_OLD, _WIDE, _JAMO, _UNSURE = map(parse_ranges, (OLD_MARKS, WIDE_SOMEWHERE, JAMO, UNSURE))


def measure(char: str, breaks: str, is_emoji: bool) -> int:
    """Return the width in cells of a code point by itself, where ambiguous ones are narrow.

    `breaks` is its letter of `BREAKS`, and `is_emoji` its property Extended_Pictographic.
    """
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        # Wide ones are marks of Kana and Chinese, which have a place of their own in Neovim's terminal and in kitty.
        return 2 if unicodedata.east_asian_width(char) == "W" else int(char not in _OLD)
    if breaks in "xez" and category in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"):
        return 0
    is_wide = unicodedata.east_asian_width(char) in "WF" or char in _WIDE or char in _JAMO
    return 2 if is_wide or breaks == "r" or (is_emoji and char > "\uffff") else 1


def is_ambiguous(char: str) -> bool:
    """Return whether a code point, or what it is composed to, takes one cell or two after UAX #11."""
    forms = f"{char}{unicodedata.normalize('NFC', char)}"
    return any(unicodedata.east_asian_width(form) == "A" for form in forms) and not is_combining(char)


def is_combining(char: str) -> bool:
    """Return whether a code point has no cell of its own: marks and format controls."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


def find_agreement(char: str, cells: int) -> str:
    """Return "l" for a letter or sign, "m" for a mark on whose width terminals are known to agree, else "".

    Only code points of Unicode 3.2 qualify, since no terminal is older, and those that were as wide then.
    """
    old = unicodedata.ucd_3_2_0
    if old.category(char) in ("Cn", "Cs", "Co", "Cc") or char in _JAMO or char in _UNSURE or char in _WIDE:
        return ""
    if unicodedata.category(char) in ("Mn", "Me"):
        return "m" if char in _OLD and not cells else ""
    was_wide = old.east_asian_width(char) in "WF"
    is_letter = unicodedata.category(char)[0] in "LNPSZ" and cells == 1 + was_wide
    return "l" if is_letter and unicodedata.category(char) not in ("Zl", "Zp") else ""


def classify(char: str) -> str:
    """Return the class of a code point: cells, break, and flags (see `CodePointClass` of `dossier.text.clusters`)."""
    breaks = BREAKS[_PROPERTIES["grapheme_cluster_break"](char)]
    if breaks == "o" and unicodedata.category(char) == "Mc":
        # UAX #29 leaves some vowel signs of Burmese apart, which terminals draw into the cell of the letter before.
        breaks = "s"
    is_emoji = _PROPERTIES["extended_pictographic"](char)
    cells = measure(char, breaks, is_emoji)
    conjunct = {"Linker": "k", "Consonant": "c"}.get(_PROPERTIES["indic_conjunct_break"](char), "")
    agreed = find_agreement(char, cells) if breaks in "oeH" and char not in "\uff9e\uff9f" else ""
    return f"{cells}{breaks}{conjunct}{'i' * is_emoji}{'a' * is_ambiguous(char)}{agreed}"


def make_table() -> str:
    """Return the source of the module."""
    points = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    runs = [(next(run), kind) for kind, run in groupby(points, classify)]
    classes = sorted({kind for _, kind in runs})
    letters = dict(zip(classes, LETTERS, strict=False))
    starts = "".join(escape(start) for start, _ in runs)
    return "\n".join(
        (
            '"""The class of every code point: its width, and how it joins others. See `dossier.text.clusters`.',
            "",
            'Made by tests/width_table.py; not to be changed by hand.\n"""',
            "",
            "from typing import Final",
            "",
            f'UNICODE: Final = "{unicodedata.unidata_version}"',
            '"""The version of Unicode whose data this is."""',
            "",
            "CLASSES: Final = {",
            *(f'    "{letters[kind]}": "{kind}",' for kind in classes),
            "}",
            '"""The properties of each class."""',
            "",
            f"STARTS: Final = (\n{quote_lines(starts)})",
            '"""The first code points of the runs of one class, in ascending order."""',
            "",
            f"KINDS: Final = (\n{quote_lines(''.join(letters[kind] for _, kind in runs))})",
            '"""The class of each run."""',
            "",
        )
    )


def escape(char: str) -> str:
    """Return the code point as it is written in a string of Python."""
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def quote_lines(escaped: str) -> str:
    """Return text of escapes, or of letters, as string literals in lines of at most 120 columns."""
    units = escaped.split("\\")[1:] if "\\" in escaped else [*escaped]
    lines, line = list[str](), ""
    for unit in (f"\\{one}" if "\\" in escaped else one for one in units):
        if len(line) + len(unit) > 112:
            lines, line = [*lines, line], ""
        line += unit
    return "".join(f'    "{one}"\n' for one in (*lines, line))


if __name__ == "__main__":
    TARGET.write_text(make_table(), "utf-8")
