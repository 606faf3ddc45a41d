"""The folded form of texts, in which words are found as they are typed, with a map back to the original text.

It is the verbatim form without case, accents, the strokes of letters (ł, ø), full and half width, ligatures, and
invisible code points. Where case does not count, the dotted and the dotless i of Turkish are one letter, since each is
the other's capital or small letter in some language.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.text.characters import continues_character, is_accent, map_characters, map_pieces
from dossier.text.code_points import LONG, CodePointRanges, find_foreign
from dossier.text.verbatim import ALIKE, is_plain_ascii

_ASCII_KEPT: Final = {code: ALIKE.get(code, chr(code)) for code in range(128)} | {ord("`"): '"'}
_ASCII_FOLDED: Final = {code: form.lower() for code, form in _ASCII_KEPT.items()}
_LETTERS_KEPT, _LETTERS_FOLDED = ({chr(one): form[one] for one in form} for form in (_ASCII_KEPT, _ASCII_FOLDED))
_FEW: Final = 32
"""Up to this many different code points, replacing them one after another is faster than translating the whole text."""

# Code points that readers neither see nor type: soft hyphen and the hyphenation point shown for it, Arabic tatweel,
# zero width spaces and joiners, direction marks, variation selectors.
_IGNORED: Final = CodePointRanges(
    "\xad\xad\u034f\u034f\u061c\u061c\u0640\u0640\u180b\u180f\u200b\u200f\u2027\u2027\u2060\u2060\ufe00\ufe0f"
    "\ufeff\ufeff\U000e0100\U000e01ef"
)
# Letters that Unicode does not decompose, as they are spelt where a keyboard lacks them. A capital ligature becomes a
# capital and a small letter, as at the start of a name: Aero is typed for Ærø, Thor for Þór.
_SPELT: Final = str.maketrans(
    {
        **{"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"},
        **{"Ł": "L", "Ø": "O", "Đ": "D", "Ħ": "H", "Ŧ": "T", "Æ": "Ae", "Œ": "Oe", "Ð": "D", "Þ": "Th"},
    }
)
# Letters and apostrophes that have another customary spelling, whatever else is kept: the sharp s, letters that stand
# for an apostrophe in transcriptions and names, the prime, the accents that typewriters have in its place, the geresh.
_RESPELT: Final = str.maketrans(
    {"ß": "ss", "ẞ": "SS"}
    | dict.fromkeys("\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2032\u055a\u05f3\ua78c`\xb4", "'")
    | {"\u05f4": '"'}
)
_ONE_I: Final = str.maketrans({"ı": "i", "İ": "i"})
_DOT_ABOVE: Final = "i\u0307"


class FoldedText(NamedTuple):
    """A text with its folded form for find-as-you-type.

    `folded[i]` is part of the character that begins at code point `offsets[i]` of `text`. The last element of `offsets`
    is the length of `text`. `keep_accents` and `keep_case` are the options the text was folded with; a needle is folded
    with the same ones.
    """

    text: str
    folded: str
    offsets: Sequence[int]
    keep_accents: bool
    keep_case: bool

    def find(self, needle: str, fits: Callable[[int, int], bool] | None = None) -> tuple[tuple[int, int], ...]:
        """Return the spans at which `needle`, folded like this text, stands in it, in order, without overlaps.

        A span is (start, end) in code points of `text` and covers whole characters with all their marks: "s" found in a
        German sharp s covers that letter. White space around `needle` counts; a needle without a visible code point
        matches nowhere. If `fits` is given, a match counts only if `fits(start, end)` is true, with offsets into
        `folded`.
        """
        wanted = _fold_needle(needle, self.keep_accents, self.keep_case)
        folded, offsets = self.folded, self.offsets
        if wanted and fits is None and isinstance(offsets, range) and not self.keep_accents:
            # One letter stands in thousands of places, each of which takes a loop several times as long.
            return tuple([found.span() for found in _needle_pattern(wanted).finditer(folded)])
        spans: list[tuple[int, int]] = []
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if (self.keep_accents and end < len(folded) and is_accent(folded[end])) or (fits and not fits(at, end)):
                at = folded.find(wanted, at + 1)
                continue
            while end < len(folded) and offsets[end] == offsets[end - 1]:
                end += 1
            spans.append((offsets[at], offsets[end]))
            at = folded.find(wanted, end)
        return tuple(spans)


def fold(text: str, *, keep_accents: bool = False, keep_case: bool = False) -> FoldedText:
    """Return `text` folded for find-as-you-type: NFKC, without accents and case unless they are kept.

    Letters without a decomposition (ł, ø, æ) are equal to their customary spelling; ß is always equal to ss. Invisible
    code points, soft hyphens and tatweel are dropped. Quote marks, dashes and white space are treated as in the
    verbatim form, and every sign that is written for an apostrophe is one.
    """

    def form(piece: str) -> tuple[str, Sequence[int]]:
        return _fold(piece, keep_accents, keep_case)

    folded, offsets = form(text) if len(text) <= LONG else map_pieces(text, form)
    return FoldedText(text, folded, offsets, keep_accents, keep_case)


def _fold(text: str, keep_accents: bool, keep_case: bool) -> tuple[str, Sequence[int]]:
    if is_plain_ascii(text):
        plain = text.replace("'", '"').replace("`", '"')
        return plain if keep_case else plain.lower(), range(len(text) + 1)
    return _map_code_points(text, keep_accents, keep_case) or map_characters(
        text, lambda character: fold_character(character, keep_accents, keep_case)
    )


@lru_cache(maxsize=64)
def _fold_needle(needle: str, keep_accents: bool, keep_case: bool) -> str:
    """Return the needle folded; it is looked for in thousands of texts, one after another."""
    return fold(needle, keep_accents=keep_accents, keep_case=keep_case).folded


@lru_cache(maxsize=64)
def _needle_pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(re.escape(wanted))


def has_upper(text: str) -> bool:
    """Return whether `text` has a letter that is not lower case, so that its case may be meant."""
    return text != text.lower()


def has_accent(text: str) -> bool:
    """Return whether `text` has an accent, point, vowel sign or letter that folding removes: it may be meant.

    The dotless i is not counted: in Turkish it is nothing but the small letter of I.
    """
    if text.isascii():
        return False
    apart = unicodedata.normalize("NFD", text).replace("ı", "i")
    return any(map(is_accent, apart)) or apart != apart.translate(_SPELT)


def _map_code_points(text: str, keep_accents: bool, keep_case: bool) -> tuple[str, Sequence[int]] | None:
    """Return the same as `map_characters`, but faster; None if a character of `text` may have several code points.

    Such characters are letters with marks, and runs of white space, which show as two spaces in the result.
    """
    forms = {char: fold_character(char, keep_accents, keep_case) for char in find_foreign(text)}
    if any(map(continues_character, forms)):
        return None
    unequal = [char for char, form in forms.items() if len(form) != 1]
    if len(forms) <= _FEW and all(map(str.isascii, forms.values())):
        folded = text
        for char, form in forms.items():
            folded = folded.replace(char, form)
        folded = folded.translate(_ASCII_KEPT if keep_case else _ASCII_FOLDED)
    else:
        letters = _LETTERS_KEPT if keep_case else _LETTERS_FOLDED
        is_short = len(text) < len(letters)
        forms |= {char: letters[char] for char in text if char in letters} if is_short else letters
        folded = "".join(map(forms.__getitem__, text))
    if "  " in folded:
        return None
    return folded, _offsets(text, forms, unequal) if unequal else range(len(text) + 1)


def _offsets(text: str, forms: Mapping[str, str], unequal: Iterable[str]) -> Sequence[int]:
    """Return the offset in `text` for each code point of its form, and the length of `text` at the end.

    `unequal` are the code points whose form in `forms` has no code point, or several.
    """
    offsets = array("I")
    start = 0
    for match in re.finditer(f"[{re.escape(''.join(sorted(unequal)))}]", text):
        offsets.extend(range(start, match.start()))
        offsets.extend([match.start()] * len(forms[match[0]]))
        start = match.end()
    offsets.extend(range(start, len(text) + 1))
    return offsets


@lru_cache(maxsize=16384)
def fold_character(character: str, keep_accents: bool, keep_case: bool) -> str:
    """Return the folded form of one character. `fold` says what is kept, and what is not."""
    if character.isspace():
        return " "
    composed = unicodedata.normalize("NFKC", character.translate(_RESPELT))
    made = "".join(char for char in composed if char not in _IGNORED)
    if not keep_case:
        made = made.translate(_ONE_I).replace(_DOT_ABOVE, "i")
    if not keep_accents:
        # Before the case is folded: that would spell the Greek iota below a letter out as a letter.
        bare = "".join(char for char in unicodedata.normalize("NFD", made) if not is_accent(char))
        made = unicodedata.normalize("NFC", bare.translate(_SPELT))
    if not keep_case:
        made = unicodedata.normalize("NFKC", made.casefold())
    return made.translate(ALIKE)
