"""Where any of many names stands in a text as whole words, found in one walk, since an article may have thousands.

A word ends where a letter, digit or combining mark of a script that puts spaces between words meets none of its kind.
In the other scripts, and in Hangul, whose particles stick to a name, there is no such edge: there the exact string
counts.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from dossier.core.dataclasses import NamedTuple
from dossier.text import folding
from dossier.text.folding import Prepared, prepare
from dossier.text.tokens import is_mark, is_unspaced, is_word

T = TypeVar("T")
_SHORT = 80
"""Up to so many code points a name is likely to come again: in one article a few times, and in the next."""


class Occurrence(NamedTuple, Generic[T]):
    """A name at the code points `start` to `end` (excluded) of a text, and all that was entered under it, in order."""

    start: int
    end: int
    values: tuple[T, ...]


def plain_name(name: str) -> str:
    """The form in which names are equal that differ only in white space, kinds of quote mark and dash, composition."""
    return _plain_name(name) if len(name) <= _SHORT else folding.normal(name)


@lru_cache(maxsize=8192)
def _plain_name(name: str) -> str:
    return folding.normal(name)


class Names(Generic[T]):
    """Names, each with what it stands for, to be found in texts. The same name may be entered with several values."""

    def __init__(self, entered: Iterable[tuple[str, T]]) -> None:
        values: dict[str, list[T]] = {}
        for name, value in entered:
            if name := plain_name(name):
                values.setdefault(name, []).append(value)
        self._values = {name: tuple(dict.fromkeys(found) if found[1:] else found) for name, found in values.items()}
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
        normal, known, lengths = hay.normal, self._values, self._lengths
        for match in self._may_begin.finditer(normal):
            start = match.start()
            for length in lengths.get(normal[start], ()):
                end = start + length
                values = known.get(normal[start:end])
                if values and _is_whole(hay, start, end):
                    yield Occurrence(hay.offsets[start], hay.offsets[end], values)
                    break


def _may_begin(firsts: Iterable[str]) -> re.Pattern[str]:
    """What is worth a look: letters that may be the first ones, and not within a word where that is soon told."""
    others = sorted(one for one in firsts if not "A" <= one <= "Z")
    return _one_of("".join(filter(str.isascii, others)), "".join(one for one in others if not one.isascii()))


@lru_cache(maxsize=64)
def _one_of(ascii_ones: str, others: str) -> re.Pattern[str]:
    """A capital, or one of these. Any capital, since a pattern takes longer to make than many of these to look at."""
    # What stands before a letter is looked at last: a pattern that begins with a class is searched for far sooner, and
    # sooner than two patterns either of which may begin.
    begins, others = f"[A-Z{re.escape(ascii_ones + others)}]", re.escape(others)
    not_within = "(?<![0-9A-Za-z].)"
    return re.compile(f"{begins}(?:{not_within}|(?<=[{others}]))" if others else begins + not_within)


def _is_whole(hay: Prepared, start: int, end: int) -> bool:
    """Whether `start` to `end` of the normal form lies inside it and cuts no word, and no character off its marks."""
    normal = hay.normal
    if normal.isascii():
        cuts = (start and normal[start - 1].isalnum()) or normal[end : end + 1].isalnum()
        return end <= len(normal) and not cuts
    if start and not is_unspaced(normal[start]) and (is_word(normal[start - 1]) or is_mark(normal[start])):
        return False
    if end >= len(normal):
        return end == len(normal)
    if hay.offsets[end - 1] == hay.offsets[end] or is_mark(normal[end]):
        return False
    return not is_word(normal[end]) or is_unspaced(normal[end - 1])
