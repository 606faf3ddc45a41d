"""The verbatim form of texts, in which quotes and evidence are compared, with a map back to the original text.

It follows the rule of the article format: NFC, all quote marks equal, all dashes equal, runs of white space equal, case
kept.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.characters import has_space_run, is_character_boundary, map_characters, map_pieces
from dossier.text.code_points import LONG, leave_out

# Property Quotation_Mark (PropList.txt of Unicode).
_QUOTE_MARKS: Final = (
    *(0x22, 0x27, 0xAB, 0xBB, *range(0x2018, 0x2020), 0x2039, 0x203A, 0x2E42, *range(0x300C, 0x3010)),
    *(0x301D, 0x301E, 0x301F, *range(0xFE41, 0xFE45), 0xFF02, 0xFF07, 0xFF62, 0xFF63),
)
# General category Pd, and the minus sign.
_DASHES: Final = (
    *(0x2D, 0x58A, 0x5BE, 0x1400, 0x1806, *range(0x2010, 0x2016), 0x2212, 0x2E17, 0x2E1A, 0x2E3A, 0x2E3B, 0x2E40),
    *(0x2E5D, 0x301C, 0x3030, 0x30A0, 0xFE31, 0xFE32, 0xFE58, 0xFE63, 0xFF0D, 0x10D6E, 0x10EAD),
)
_SPACES: Final = (
    *(*range(0x9, 0xE), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029),
    *(0x202F, 0x205F, 0x3000),
)
ALIKE: Final = dict.fromkeys(_QUOTE_MARKS, '"') | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ")
"""The sign that stands for each code point that is equal to others, by the number of the code point."""
_REPLACED: Final = {chr(code): form for code, form in ALIKE.items() if chr(code) != form}
"""Each code point that is replaced, with its replacement."""
_UNREPLACED: Final = bytes(code for code in range(128) if ALIKE.get(code, chr(code)) == chr(code))
"""The code points of ASCII that are their own replacement."""
# Also marks that quote in some languages only, and that of typewriters: they are not equal to the other ones.
_AROUND: Final = "".join(map(chr, (*_QUOTE_MARKS, *_SPACES, 0x5F4, 0x300A, 0x300B))) + "`"


class NormalizedText(NamedTuple):
    """A text with its normal form for verbatim searches.

    `normalized[i]` is part of the character that begins at code point `offsets[i]` of `text`. The last element of
    `offsets` is the length of `text`.
    """

    text: str
    normalized: str
    offsets: Sequence[int]


def normalize_text(text: str) -> NormalizedText:
    """Return `text` with its normal form for verbatim searches."""
    return NormalizedText(text, *(_normalize(text) if len(text) <= LONG else map_pieces(text, _normalize)))


def _normalize(text: str) -> tuple[str, Sequence[int]]:
    if is_plain_ascii(text):
        return text.replace("'", '"'), range(len(text) + 1)
    others = leave_out(text, _UNREPLACED)
    if not has_space_run(text, others) and unicodedata.is_normalized("NFC", text):
        return _replace_alike(text, others), range(len(text) + 1)
    return map_characters(text, _normalize_character)


def normalize_phrase(text: str) -> str:
    """Return the verbatim normal form of `text`, stripped of white space at both ends."""
    return (text.replace("'", '"') if is_plain_ascii(text) else normalize_text(text).normalized).strip(" ")


def is_plain_ascii(text: str) -> bool:
    """Return whether the apostrophe is the only code point of `text` that has another normal form."""
    return text.isascii() and text.isprintable() and "  " not in text


def _replace_alike(text: str, others: str) -> str:
    """Return `text` with every equivalent code point replaced by the one that stands for its class.

    `others` has all that are replaced. Replacing one after another is faster than translating every code point of the
    text.
    """
    for written in _REPLACED.keys() & others:
        text = text.replace(written, _REPLACED[written])
    return text


def _normalize_character(character: str) -> str:
    return " " if character.isspace() else unicodedata.normalize("NFC", character).translate(ALIKE)


def find_verbatim(
    needle: str, hay: NormalizedText, start: int = 0, end: int | None = None, most: int | None = None
) -> tuple[tuple[int, int], ...]:
    """Return the spans at which `needle` stands verbatim in `hay`, in order, without overlaps, `most` of them at most.

    A span is (start, end) in code points of `hay.text`. Only matches between the code points `start` and `end` count
    (`end` excluded; None: the end of the text). White space around `needle` is ignored, and an empty needle matches
    nowhere. No match begins or ends between a character and its combining marks: "e" is not found in an accented e,
    whether that is one code point or two.
    """
    wanted, text, offsets = normalize_phrase(needle), hay.normalized, hay.offsets
    if isinstance(offsets, range):
        # Each code point of the text has one in its normal form.
        first, last = start, len(text) if end is None else end
    else:
        first, last = start and bisect_left(offsets, start), len(text) if end is None else bisect_left(offsets, end)
    spans: list[tuple[int, int]] = []
    at = text.find(wanted, first, last) if wanted else -1
    while at >= 0:
        after = at + len(wanted)
        if (
            is_character_boundary(text, at)
            and is_character_boundary(text, after)
            and (end is None or offsets[after] <= end)
        ):
            spans.append((offsets[at], offsets[after]))
            if len(spans) == most:
                break
        else:
            after = at + 1
        at = text.find(wanted, after, last)
    return tuple(spans)


def strip_quotes(part: str) -> str:
    """Return `part`, a part of a quote, without quote marks and white space around it. The marks need not pair."""
    return part.strip(_AROUND)
