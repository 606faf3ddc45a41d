"""Make text from files safe to write to a terminal, code point by code point, so that offsets stay valid.

Code points are replaced that make a terminal act, reorder the line, or are drawn as nothing by one terminal and as a
box by another. Invisible code points that scripts need are kept: joiners, left-to-right and right-to-left marks, the
zero width space between words of Khmer or Thai, variation selectors, combining marks.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from dossier.text.code_points import LONG, cut_into_pieces

REPLACEMENT: Final = "\ufffd"
"""Replaces a code point that has no picture of its own (U+FFFD replacement character)."""

NO_BASE: Final = "\u25cc"
"""Replaces a combining code point that has nothing before it to combine with (U+25CC dotted circle)."""

# A soft hyphen is drawn by some terminals and not by others; the hyphenation point is one cell wide in all of them.
_HYPHENATION_POINT: Final = "\u2027"

# Code points without a picture that join what stands beside them: the zero width no-break space, which is also the byte
# order mark that is left in joined files, the word joiner, and the invisible signs of formulas.
_JOINERS: Final = "\u2060\u2061\u2062\u2063\u2064\ufeff"
_ZERO_WIDTH_SPACE: Final = "\u200b"

_LINE_OR_TAB: Final = "\t\n\v\f\r\x85\u2028\u2029"
_PICTURES: Final = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(_LINE_OR_TAB, " "),
    "\x7f": "\u2421",
    "\xad": _HYPHENATION_POINT,
    **dict.fromkeys(_JOINERS, _ZERO_WIDTH_SPACE),
}

# Controls; default-ignorable code points (DerivedCoreProperties.txt of Unicode) but for those named above; the format
# controls of interlinear text, shorthand, music and hieroglyphs; surrogates; noncharacters.
_REFUSED: Final = (
    r"\x00-\x1f\x7f-\x9f\xad\u115f\u1160\u17b4\u17b5\u180e\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef"
    r"\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
) + "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))

# Of the refused code points, only these are printable for Python: letters that fill a place without a picture.
_FILLERS: Final = ("\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", "\uffa0")
# The code points of most other texts: matching these is faster than testing each against all refused ones.
_HARMLESS: Final = r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u205f\u4e00-\u9fff\uac00-\ud7a3]*"
# The flags of England, Scotland and other regions: a black flag, and invisible letters up to an end.
_REGIONAL_FLAG: Final = "(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f"
# The last branch matches where there is nothing before a code point for it to combine with.
_SUSPECT: Final = rf"{_REGIONAL_FLAG}|[{_REFUSED}]|(?:\A|(?<=[\u061c\u200b\u200e\u200f{_JOINERS}]))[^\x00-\u02ff]"


def sanitize_text(text: str) -> str:
    """Return `text` safe to write to a terminal, with one code point for each of its code points.

    Tabs and line breaks of every kind become a space, C0 controls and DEL their pictures (U+2400 to U+2421), a soft
    hyphen becomes U+2027, an invisible joiner of words U+200B, all other refused code points U+FFFD. A combining code
    point at the very start would combine with whatever the screen has there; it becomes U+25CC. Returns `text` itself
    when nothing had to be replaced.
    """
    if len(text) <= LONG:
        return _sanitize_piece(text)
    made = "".join(map(_sanitize_piece, cut_into_pieces(text, _belongs_to_before)))
    return text if made == text else made


def _sanitize_piece(text: str) -> str:
    if text.isprintable() and (text.isascii() or _is_clean(text)):
        return text
    if _harmless().fullmatch(text):
        return text
    made = _suspect().sub(_replacement, text)
    return text if made == text else made


def sanitize_excerpt(text: str) -> str:
    """Return words out of a text, in one line or several, safe to write to a terminal.

    A combining code point at their very start stays: what it combines with stands before the words in their text.
    """
    first, *others = text.split("\n")
    return "\n".join((sanitize_text(f"x{first}")[1:], *map(sanitize_text, others)))


def _belongs_to_before(char: str) -> bool:
    """Return whether what becomes of `char` depends on the code point before it."""
    return _combines(char) or "\U000e0020" <= char <= "\U000e007f"


def _is_clean(text: str) -> bool:
    """Return whether `text`, which is printable for Python, needs no replacement."""
    return not any(map(text.__contains__, _FILLERS)) and not (text and _combines(text[0]))


# These patterns take long to compile, and many runs of the program meet harmless texts only.
@cache
def _harmless() -> re.Pattern[str]:
    return re.compile(_HARMLESS)


@cache
def _suspect() -> re.Pattern[str]:
    return re.compile(_SUSPECT)


@cache
def _refused() -> re.Pattern[str]:
    return re.compile(f"[{_REFUSED}]")


def _replacement(found: re.Match[str]) -> str:
    char = found[0]
    if len(char) > 1:
        return char
    if _refused().match(char):
        return _PICTURES.get(char, REPLACEMENT)
    return NO_BASE if _combines(char) else char


@lru_cache(maxsize=4096)
def _combines(char: str) -> bool:
    """Return whether a terminal draws `char` into the cell before it: marks, joiners, Hangul vowels, skin tones."""
    return (
        unicodedata.category(char).startswith("M")
        or char in "\u200c\u200d"
        or "\u1160" <= char <= "\u11ff"
        or "\ud7b0" <= char <= "\ud7fb"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
