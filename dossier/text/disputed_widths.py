"""Characters that terminals draw in different numbers of cells.

A reader's terminal cannot be asked about each of them. So the program knows which ones are disputed, and how far the
widest terminal draws them, and places the cursor anew after each.
"""

import re
from functools import cache
from typing import Final
from unicodedata import category, normalize

from dossier.text.ambiguous_width import NARROWED_SIGNS, ambiguous_width, width_cache
from dossier.text.code_points import CodePointRanges

# The most common marks of European scripts, Hebrew, Arabic and Thai that are in the tables of all terminals, and
# the letters and signs that may carry them, or stand alone.
_MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0486\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u0615\u064b-\u065e\u0670"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u20d0-\u20dc\ufe20-\ufe23"
)
_LETTERS: Final = (
    r" -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u05be\u05d0-\u05f4\u0620-\u064a\u066e\u066f\u0671-\u06d5"
    r"\u0e01-\u0e30\u0e32\u0e40-\u0e46\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff"
    r"\u2400-\u24c1\u24c3-\u25fc\u2800-\u28ff\u2e80-\u2fdf\u2ff0-\u2ffb\u3000-\u3029\u3030-\u303e\u3041-\u3096"
    r"\u309b-\u312f\u3131-\u3163\u3190-\u31ba\u31f0-\u3247\u3250-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    r"\ufe30-\ufe6f\uff01-\uff9d\uffe0-\uffe6\ufffd\U00020000-\U0002fffd"
)
# Signs that this program draws, and European scripts, which mostly suffice.
_SIGNS: Final = "\u232b\u23ce\u2691\u2717\u270e\u275b\u275c\u275d\u275e"
_COMMON: Final = CodePointRanges(" ~\xa0\xac\xae\u02ff\u2010\u2027\u2030\u205e\u2190\u22ff\u2500\u25fc")

# Kana, Han characters and Hangul syllables. Compiling the pattern below takes longer than comparing a screen of these.
_ASIAN: Final = (("\u3041", "\u3096"), ("\u30a1", "\u30fa"), ("\u4e00", "\u9fef"), ("\uac00", "\ud7a3"))


# It takes long to compile, and most first screens do not need it.
@cache
def _agreed() -> re.Pattern[str]:
    return re.compile(rf"(?:[{_LETTERS}{_SIGNS}][{_MARKS}]*)*")


def _has_wide_ambiguous(text: str) -> bool:
    if ambiguous_width() == 1 or text.isascii():
        return False
    # The classes of all code points take a while to load, and the scripts of most articles do not need them.
    from dossier.text.clusters import find_class  # noqa: PLC0415

    # Tables of them differ, and xterm leaves what stood in the second cell where the sign itself is narrow.
    return any(char not in NARROWED_SIGNS and find_class(char).is_ambiguous for char in normalize("NFC", text))


def has_agreed_width(text: str) -> bool:
    """Return whether all terminals are known to draw every character of `text` as wide as `text.width` measures it.

    False tells nothing: characters of less common scripts are known one by one, by `has_disputed_width`.
    """
    if _has_wide_ambiguous(text):
        return False
    if all(char in _COMMON or char in _SIGNS for char in text) or all(
        any(first <= char <= last for first, last in _ASIAN) for char in text
    ):
        return True
    return _agreed().fullmatch(text) is not None and not _has_unassigned(text)


def _has_unassigned(text: str) -> bool:
    # tmux drops what the C library does not know.
    return not text.isprintable() and any(category(char) == "Cn" for char in text)


@width_cache(8192)
def has_disputed_width(text: str, cells: int) -> bool:
    """Return whether terminals differ on the width of this character, which is `cells` here.

    GNU screen 5 and a few others, which count every mark as a cell, are not taken into account.
    """
    if _has_wide_ambiguous(text):
        return True
    if has_agreed_width(text):
        return False
    from dossier.text.clusters import find_class  # noqa: PLC0415 - as above

    letter, *marks = map(find_class, text)
    is_agreed = letter.agreed == "l" and all(mark.agreed == "m" for mark in marks)
    return not is_agreed or cells != letter.cells


@width_cache(4096)
def find_widest(character: str) -> int:
    """Return the greatest number of cells over which a terminal may draw this character, at least its own width."""
    from dossier.text.clusters import count_most_cells  # noqa: PLC0415 - as above

    return count_most_cells(character)
