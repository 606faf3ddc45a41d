"""Characters that terminals draw in different numbers of cells.

A reader's terminal cannot be asked about each of them. So the program knows which ones are disputed, and how far the
widest terminal draws them, and places the cursor anew after each.
"""

import re
from functools import lru_cache
from typing import Final
from unicodedata import east_asian_width

from dossier.text.ambiguous_width import ambiguous_width, width_cache

_MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u064b-\u065f\u0670"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1ace\u1dc0-\u1dff\u200b\u200c\u200e\u200f\u20d0-\u20dc\u2066-\u2069"
    r"\u3099\u309a\ufe20-\ufe2f"
)
_LETTERS: Final = (
    r" -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u05be\u05d0-\u05f4\u0620-\u064a\u066e\u066f\u0671-\u06d5"
    r"\u0e01-\u0e30\u0e32\u0e40-\u0e46\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff"
    r"\u2400-\u25fc\u2800-\u28ff\u2e80-\u303e\u3041-\u3096\u309b-\u312f\u3131-\u3163\u3190-\u3247\u3250-\u4dbf\u4e00-\ua4cf"
    r"\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff9d\uffe0-\uffe6\ufffd\U00020000-\U0003fffd"
)
_UNDISPUTED: Final = rf"(?:[{_LETTERS}][{_MARKS}]*)*"
# Blocks that contain emoji. Characters of one cell in them are not emoji, so their width is not disputed.
_SIGNS: Final = re.compile(r"[\u2300-\u23ff\u25fd-\u27bf\u2900-\u2bff\u0900-\u0dff]")

# European scripts and the signs that this program draws. This pattern compiles quickly, and mostly suffices.
_COMMON: Final = re.compile(r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc]*")


# It takes long to compile, and most first screens do not need it.
@lru_cache(maxsize=1)
def _undisputed() -> re.Pattern[str]:
    return re.compile(_UNDISPUTED)


def _has_wide_ambiguous(text: str) -> bool:
    # Tables of them differ, and xterm leaves what stood in the second cell where the sign itself is narrow.
    return ambiguous_width() == 2 and any(east_asian_width(char) == "A" for char in text)


def has_agreed_width(text: str) -> bool:
    """Return whether all terminals are known to draw every character of `text` as wide as `text.width` measures it."""
    if _has_wide_ambiguous(text):
        return False
    return bool(_COMMON.fullmatch(text)) or _undisputed().fullmatch(text) is not None


@width_cache(4096)
def has_disputed_width(text: str, cells: int) -> bool:
    """Return whether terminals differ on the width of this character, which is `cells` here."""
    if _has_wide_ambiguous(text):
        return True
    return not (has_agreed_width(text) or (cells == 1 and _SIGNS.fullmatch(text)))


def find_widest(character: str) -> int:
    """Return the greatest number of cells over which a terminal may draw this character, at least its own width."""
    return 2 * len(character)
