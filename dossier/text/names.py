"""Where any of many names stands in a text as whole words, found in one walk, since an article may have thousands.

A word ends where a letter, digit or combining mark of a script that puts spaces between words meets none of its kind.
In the other scripts, and in Hangul, whose particles stick to a name, there is no such edge: there the exact string
counts.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

from dossier.text.folding import Prepared, prepare

# Where blocks of Unicode begin, and where they have ended: Thai and Lao; Myanmar; Hangul letters; Khmer; radicals,
# Kana, Bopomofo, Hangul letters and their marks; Han; Myanmar and Hangul again; Han; half-width forms; Han of the
# planes 2 and 3.
_UNSPACED: Final = (
    *("\u0e00", "\u0f00", "\u1000", "\u10a0", "\u1100", "\u1200", "\u1780", "\u1800", "\u19e0", "\u1a00"),
    *("\u2e80", "\u2fe0", "\u3005", "\u3008", "\u3021", "\u3030", "\u3031", "\u3036", "\u3038", "\u303d"),
    *("\u3041", "\u31c0", "\u31f0", "\u3200", "\u3400", "\u4dc0", "\u4e00", "\ua000", "\ua960", "\ua980"),
    *("\ua9e0", "\uaa00", "\uaa60", "\uaa80", "\uac00", "\ud800", "\uf900", "\ufb00", "\uff66", "\uffdd"),
    *("\U00020000", "\U00040000"),
)

T = TypeVar("T")


class Occurrence(NamedTuple, Generic[T]):
    """A name at the code points `start` to `end` (excluded) of a text, and all that was entered under it, in order."""

    start: int
    end: int
    values: tuple[T, ...]


def plain(name: str) -> str:
    """The form in which names are equal that differ only in white space, kinds of quote mark and dash, composition."""
    return prepare(name).normal.strip(" ")


class Names(Generic[T]):
    """Names, each with what it stands for, to be found in texts. The same name may be entered with several values."""

    def __init__(self, entered: Iterable[tuple[str, T]]) -> None:
        values: dict[str, list[T]] = {}
        for name, value in entered:
            if name := plain(name):
                values.setdefault(name, []).append(value)
        self._values = {name: tuple(dict.fromkeys(found)) for name, found in values.items()}
        lengths: dict[str, set[int]] = {}
        for name in values:
            lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._may_begin = _may_begin(lengths)

    def find(self, text: str) -> Iterator[Occurrence[T]]:
        """Every place in `text` where a name begins that stands there as whole words, with the longest one that does.

        In order; they may overlap."""
        if not self._values:
            return
        hay = prepare(text)
        for match in self._may_begin.finditer(hay.normal):
            start = match.start()
            for length in self._lengths[match[0]]:
                end = start + length
                values = self._values.get(hay.normal[start:end])
                if values and _is_whole(hay, start, end):
                    yield Occurrence(hay.offsets[start], hay.offsets[end], values)
                    break


def _may_begin(firsts: Iterable[str]) -> re.Pattern[str]:
    """What is worth a look: one of the first letters, and not within a word where that is soon told."""
    classes = ("".join(re.escape(one) for one in sorted(firsts) if one.isascii() is wanted) for wanted in (True, False))
    # What stands before a letter is looked at last: a pattern that begins with a class is searched for far sooner.
    return re.compile(
        "|".join(f"[{one}]{also}" for one, also in zip(classes, ("(?<![0-9A-Za-z].)", ""), strict=True) if one)
    )


def _is_whole(hay: Prepared, start: int, end: int) -> bool:
    """Whether `start` to `end` of the normal form lies inside it and cuts no word, and no character off its marks."""
    normal = hay.normal
    if start and not _is_unspaced(normal[start]) and (is_word(normal[start - 1]) or _is_mark(normal[start])):
        return False
    if end >= len(normal):
        return end == len(normal)
    if hay.offsets[end - 1] == hay.offsets[end] or _is_mark(normal[end]):
        return False
    return not is_word(normal[end]) or _is_unspaced(normal[end - 1])


def is_word(char: str) -> bool:
    """Whether `char` belongs to words that have an edge."""
    return char.isalnum() if char.isascii() else (char.isalnum() or _is_mark(char)) and not _is_unspaced(char)


def _is_unspaced(char: str) -> bool:
    return bisect_right(_UNSPACED, char) % 2 == 1


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")
