"""Normal forms in which texts are compared, with maps back to offsets in the original text.

There are two. The *verbatim* form, for quotes and evidence, follows the rule of the article format: NFC, all quote
marks equal, all dashes equal, runs of white space equal, case kept. The *folded* form, for find-as-you-type, also drops
case, accents, the strokes of letters (ł, ø), full and half width, ligatures, and invisible code points. Where case does
not count, the dotted and the dotless i of Turkish are one letter, since each is the other's capital or small letter in
some language.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, TypeVar

from dossier.core.dataclasses import NamedTuple
from dossier.text.code_points import LONG, CodePointRanges, cut_into_pieces

T = TypeVar("T")

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
_ALIKE: Final = dict.fromkeys(_QUOTE_MARKS, '"') | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ")
# Each code point that is replaced, with its replacement; a code point that is its own replacement is left out.
_ALIKE_ONES: Final = tuple([(chr(code), form) for code, form in sorted(_ALIKE.items()) if chr(code) != form])
# Also marks that quote in some languages only, and that of typewriters: they are not equal to the other ones.
_AROUND: Final = "".join(map(chr, (*_QUOTE_MARKS, *_SPACES, 0x5F4, 0x300A, 0x300B))) + "`"
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_ASCII_KEPT: Final = {code: _ALIKE.get(code, chr(code)) for code in range(128)} | {ord("`"): '"'}
_ASCII_FOLDED: Final = {code: form.lower() for code, form in _ASCII_KEPT.items()}
_LETTERS_KEPT, _LETTERS_FOLDED = ({chr(one): form[one] for one in form} for form in (_ASCII_KEPT, _ASCII_FOLDED))
_FEW: Final = 32
"""Up to this many different code points, replacing them one after another is faster than translating the whole text."""
_SPACE_RUN: Final = re.compile(r"\s\s")

# Marks of Latin, Greek and Cyrillic, points and accents of Hebrew, vowel signs and the like of Arabic and Syriac. The
# voicing marks of Kana and the vowel signs of Indic scripts are not accents: a word without them is another word.
_ACCENTS: Final = CodePointRanges(
    "\u0300\u036f\u0483\u0489\u0591\u05bd\u05bf\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05c7\u0610\u061a\u064b\u065f"
    "\u0670\u0670\u06d6\u06dc\u06df\u06e4\u06e7\u06e8\u06ea\u06ed\u0711\u0711\u0730\u074a\u08d3\u08e1\u08e3\u08ff"
    "\u1ab0\u1aff\u1dc0\u1dff\u20d0\u20ff\u2de0\u2dff\ua66f\ua67d\ufe20\ufe2f"
)
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


class NormalizedText(NamedTuple):
    """A text with its normal form for verbatim searches.

    `normalized[i]` is part of the character that begins at code point `offsets[i]` of `text`. The last element of
    `offsets` is the length of `text`.
    """

    text: str
    normalized: str
    offsets: Sequence[int]


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


def normalize_text(text: str) -> NormalizedText:
    """Return `text` with its normal form for verbatim searches."""
    if len(text) <= LONG:
        return _normalize_piece(text)
    pieces = _each_piece(text, _normalize_piece)
    return NormalizedText(text, *_join_pieces((one.normalized, one.offsets) for one in pieces))


def _normalize_piece(text: str) -> NormalizedText:
    if _is_plain(text):
        return NormalizedText(text, text.replace("'", '"'), range(len(text) + 1))
    # Of white space, only the space itself is printable for Python.
    has_space_run = "  " in text if text.isprintable() else _SPACE_RUN.search(text)
    if not has_space_run and unicodedata.is_normalized("NFC", text):
        return NormalizedText(text, _replace_alike(text), range(len(text) + 1))
    return NormalizedText(text, *_map_characters(text, _normal))


def normalize_phrase(text: str) -> str:
    """Return the verbatim normal form of `text`, stripped of white space at both ends."""
    return (text.replace("'", '"') if _is_plain(text) else normalize_text(text).normalized).strip(" ")


def _each_piece(text: str, form: Callable[[str], T]) -> Iterator[T]:
    """Yield the form of each piece of a long text; characters, and runs of white space, are in one piece."""
    return map(form, cut_into_pieces(text, lambda char: char.isspace() or _continues(char)))


def _join_pieces(pieces: Iterable[tuple[str, Sequence[int]]]) -> tuple[str, Sequence[int]]:
    """Return the joined forms of the pieces of a text, and the joined offsets."""
    forms: list[str] = []
    # Plain numbers: as objects, the offsets of one long text took more memory than everything else.
    offsets = array("I")
    start, is_same = 0, True
    for form, inside in pieces:
        forms.append(form)
        is_same = is_same and isinstance(inside, range)
        offsets.extend(map(start.__add__, inside[:-1]))
        start += inside[-1]
    offsets.append(start)
    return "".join(forms), range(start + 1) if is_same else offsets


def _replace_alike(text: str) -> str:
    """Return `text` with every equivalent code point replaced by the one that stands for its class.

    Testing for each of these code points in turn is faster than translating every code point of the text.
    """
    for written, alike in _ALIKE_ONES:
        if written in text:
            text = text.replace(written, alike)
    return text


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


def fold(text: str, *, keep_accents: bool = False, keep_case: bool = False) -> FoldedText:
    """Return `text` folded for find-as-you-type: NFKC, without accents and case unless they are kept.

    Letters without a decomposition (ł, ø, æ) are equal to their customary spelling; ß is always equal to ss. Invisible
    code points, soft hyphens and tatweel are dropped. Quote marks, dashes and white space are treated as in the
    verbatim form, and every sign that is written for an apostrophe is one.
    """
    if len(text) <= LONG:
        return _fold_piece(text, keep_accents, keep_case)
    pieces = _each_piece(text, lambda piece: _fold_piece(piece, keep_accents, keep_case))
    folded, offsets = _join_pieces((one.folded, one.offsets) for one in pieces)
    return FoldedText(text, folded, offsets, keep_accents, keep_case)


def _fold_piece(text: str, keep_accents: bool, keep_case: bool) -> FoldedText:
    if _is_plain(text):
        plain = text.replace("'", '"').replace("`", '"')
        return FoldedText(text, plain if keep_case else plain.lower(), range(len(text) + 1), keep_accents, keep_case)
    folded, offsets = _map_code_points(text, keep_accents, keep_case) or _map_characters(
        text, lambda character: _fold_character(character, keep_accents, keep_case)
    )
    return FoldedText(text, folded, offsets, keep_accents, keep_case)


def find_folded(
    needle: str, hay: FoldedText, fits: Callable[[int, int], bool] | None = None
) -> tuple[tuple[int, int], ...]:
    """Return the spans at which `needle`, folded like `hay`, stands in it, in order, without overlaps.

    A span is (start, end) in code points of `hay.text` and covers whole characters with all their marks: "s" found in a
    German sharp s covers that letter. White space around `needle` counts; a needle without a visible code point matches
    nowhere. If `fits` is given, a match counts only if `fits(start, end)` is true, with offsets into `hay.folded`.
    """
    wanted = _fold_needle(needle, hay.keep_accents, hay.keep_case)
    folded, offsets = hay.folded, hay.offsets
    if wanted and fits is None and isinstance(offsets, range) and not hay.keep_accents:
        # One letter stands in thousands of places, each of which takes a loop several times as long.
        return tuple([found.span() for found in _needle_pattern(wanted).finditer(folded)])
    spans: list[tuple[int, int]] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if (hay.keep_accents and end < len(folded) and is_accent(folded[end])) or (fits and not fits(at, end)):
            at = folded.find(wanted, at + 1)
            continue
        while end < len(folded) and offsets[end] == offsets[end - 1]:
            end += 1
        spans.append((offsets[at], offsets[end]))
        at = folded.find(wanted, end)
    return tuple(spans)


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


def find_foreign(text: str) -> frozenset[str]:
    """Return the code points of `text` that ASCII does not have."""
    return frozenset() if text.isascii() else frozenset("".join(_FOREIGN.findall(text)))


def is_accent(char: str) -> bool:
    """Return whether `char` is one of the marks that folding removes."""
    return char in _ACCENTS


def _is_plain(text: str) -> bool:
    """Return whether the apostrophe is the only code point of `text` that has another normal form."""
    return text.isascii() and text.isprintable() and "  " not in text


def _map_code_points(text: str, keep_accents: bool, keep_case: bool) -> tuple[str, Sequence[int]] | None:
    """Return the same as `_map_characters`, but faster; None if a character of `text` may have several code points.

    Such characters are letters with marks, and runs of white space, which show as two spaces in the result.
    """
    forms = {char: _fold_character(char, keep_accents, keep_case) for char in find_foreign(text)}
    if any(map(_continues, forms)):
        return None
    unequal = [char for char, form in forms.items() if len(form) != 1]
    if len(forms) <= _FEW and all(map(str.isascii, forms.values())):
        folded = text
        for char, form in forms.items():
            folded = folded.replace(char, form)
        folded = folded.translate(_ASCII_KEPT if keep_case else _ASCII_FOLDED)
    else:
        forms |= _LETTERS_KEPT if keep_case else _LETTERS_FOLDED
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


def _map_characters(text: str, form: Callable[[str], str]) -> tuple[str, Sequence[int]]:
    """Apply `form` to each character of `text`.

    Returns the result and, for each code point of it, the offset at which its character begins in `text`; last, the
    length of `text`.
    """
    pieces = _characters(text)
    known = {piece: form(piece) for piece in frozenset(pieces)}
    forms = [known[piece] for piece in pieces]
    joined = "".join(forms)
    if len(text) == len(pieces) == len(joined) and all(forms):
        return joined, range(len(text) + 1)
    if len(joined) == len(pieces) and all(forms):
        return joined, array("I", accumulate(map(len, pieces), initial=0))
    offsets = array("I")
    start = 0
    for piece, made in zip(pieces, forms, strict=True):
        offsets.extend([start] * len(made))
        start += len(piece)
    offsets.append(start)
    return joined, offsets


def _characters(text: str) -> list[str]:
    """Split `text` into characters: runs of white space, and single code points with the ones that continue them."""
    marks = "".join(sorted(char for char in frozenset(text) if _continues(char)))
    if not marks and not _SPACE_RUN.search(text):
        return list(text)
    follow = f"[{re.escape(marks)}]*" if marks else ""
    pieces: list[str] = re.findall(rf"\s+|\S{follow}", text)
    return pieces


@lru_cache(maxsize=8192)
def _continues(char: str) -> bool:
    """Return whether `char` may compose with the code point before it.

    These are marks, vowels and final consonants of Hangul, U+16D67, and the half-width voicing marks of Kana.
    """
    return (
        unicodedata.category(char).startswith("M")
        or "\u1160" <= char <= "\u11ff"
        or "\ud7b0" <= char <= "\ud7fb"
        or char in "\uff9e\uff9f\U00016d67"
    )


def is_character_boundary(normal: str, at: int) -> bool:
    """Return whether a character of a normal form begins at offset `at`, or the text ends there."""
    return at == len(normal) or not _continues(normal[at])


def _normal(character: str) -> str:
    return " " if character.isspace() else unicodedata.normalize("NFC", character).translate(_ALIKE)


@lru_cache(maxsize=16384)
def _fold_character(character: str, keep_accents: bool, keep_case: bool) -> str:
    if character.isspace():
        return " "
    composed = unicodedata.normalize("NFKC", character.translate(_RESPELT))
    made = "".join(char for char in composed if char not in _IGNORED)
    if not keep_case:
        made = made.translate(_ONE_I).replace(_DOT_ABOVE, "i")
    if not keep_accents:
        # Before the case is folded: that would spell the Greek iota below a letter out as a letter.
        bare = "".join(char for char in unicodedata.normalize("NFD", made) if char not in _ACCENTS)
        made = unicodedata.normalize("NFC", bare.translate(_SPELT))
    if not keep_case:
        made = unicodedata.normalize("NFKC", made.casefold())
    return made.translate(_ALIKE)
