"""What a character is, and forms of texts that are made character by character, with maps back to the text.

A character is a code point with the marks, vowels and other code points that continue it; runs of white space count as
one. Accents are those of the marks that are left out where spelling does not count.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from dossier.text.code_points import CodePointRanges, cut_into_pieces
from dossier.text.late_patterns import compile_late

# Marks of Latin, Greek and Cyrillic, points and accents of Hebrew, vowel signs and the like of Arabic and Syriac. The
# voicing marks of Kana and the vowel signs of Indic scripts are not accents: a word without them is another word.
_ACCENTS: Final = CodePointRanges(
    "\u0300\u036f\u0483\u0489\u0591\u05bd\u05bf\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05c7\u0610\u061a\u064b\u065f"
    "\u0670\u0670\u06d6\u06dc\u06df\u06e4\u06e7\u06e8\u06ea\u06ed\u0711\u0711\u0730\u074a\u08d3\u08e1\u08e3\u08ff"
    "\u1ab0\u1aff\u1dc0\u1dff\u20d0\u20ff\u2de0\u2dff\ua66f\ua67d\ufe20\ufe2f"
)
_SPACE_RUN: Final = compile_late(r"\s\s")


def is_accent(char: str) -> bool:
    """Return whether `char` is one of the marks that folding removes."""
    return char in _ACCENTS


@lru_cache(maxsize=8192)
def continues_character(char: str) -> bool:
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
    return at == len(normal) or not continues_character(normal[at])


def has_space_run(text: str, others: str) -> bool:
    """Return whether `text` has two code points of white space side by side.

    `others` has all of its white space but the space.
    """
    # Of white space, only the space itself is printable for Python.
    return "  " in text or (not others.isprintable() and _SPACE_RUN().search(text) is not None)


def map_characters(text: str, form: Callable[[str], str]) -> tuple[str, Sequence[int]]:
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
    marks = "".join(sorted(char for char in frozenset(text) if continues_character(char)))
    if not marks and not _SPACE_RUN().search(text):
        return list(text)
    follow = f"[{re.escape(marks)}]*" if marks else ""
    pieces: list[str] = re.findall(rf"\s+|\S{follow}", text)
    return pieces


def map_pieces(text: str, form: Callable[[str], tuple[str, Sequence[int]]]) -> tuple[str, Sequence[int]]:
    """Apply `form` to each piece of a long text, and return the joined forms and offsets as `map_characters` does.

    `form` is given pieces of whole characters, and returns the same as `map_characters`.
    """
    forms: list[str] = []
    # Plain numbers: as objects, the offsets of one long text took more memory than everything else.
    offsets = array("I")
    start, is_same = 0, True
    for piece in cut_into_pieces(text, lambda char: char.isspace() or continues_character(char)):
        made, inside = form(piece)
        forms.append(made)
        is_same = is_same and isinstance(inside, range)
        offsets.extend(map(start.__add__, inside[:-1]))
        start += inside[-1]
    offsets.append(start)
    return "".join(forms), range(start + 1) if is_same else offsets
