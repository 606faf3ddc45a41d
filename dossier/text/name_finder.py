"""Find where any of many names stands in a text as whole words, in one pass: an article may have thousands of names.

A word ends where a letter, digit or combining mark of a script that puts spaces between words is not followed by
another. The other scripts have no such edges, nor has Hangul, whose particles attach to a name: there the exact string
counts. In Arabic and Hebrew, a word also begins behind letters that are written onto it ("and", "in", "the").
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from dossier.core.dataclasses import NamedTuple
from dossier.text.attached_letters import with_to
from dossier.text.tokens import is_behind_attached, is_mark, is_unspaced, is_word_character
from dossier.text.verbatim import NormalizedText, normalize_phrase, normalize_text

T = TypeVar("T")
NAME_STEPS = 4_000_000
"""Steps of looking for names in all texts of one article, some hundred thousand mentions at most."""
_SHORT = 80
"""Names up to this many code points are cached: they are likely to come again, in this article or in the next one."""
_READ_MEANWHILE = 250
"""Code points that are compared in the time that one step takes."""
_STEPS_TO_TAKE = 40
_NO_NAME: tuple[int, list[int]] = (1, [])
# No part of a word in any script.
_APART = frozenset(char for char in map(chr, range(128)) if not char.isalnum())


class Occurrence(NamedTuple, Generic[T]):
    """A name at the code points `start` to `end` (excluded) of a text, and all values entered under it, in order."""

    start: int
    end: int
    values: tuple[T, ...]


def normalize_name(name: str) -> str:
    """Return `name` in the form in which names are compared.

    Names that differ only in white space, kinds of quote mark and dash, or composition (NFC) have the same form.
    """
    return _plain_name(name) if len(name) <= _SHORT else normalize_phrase(name)


@lru_cache(maxsize=4096)
def _plain_name(name: str) -> str:
    return normalize_phrase(name)


class NameFinder(Generic[T]):
    """A set of names, each with its values, to find in texts. A name may be entered several times.

    Nothing more is found once `steps_left` is used up: a place that is looked at takes a step for each length of the
    names that begin with its letter, a name that is found some forty.
    """

    def __init__(self, entered: Iterable[tuple[str, T]], steps: int = sys.maxsize) -> None:
        self.steps_left = steps
        values: dict[str, list[T]] = {}
        for name, value in entered:
            if name := normalize_name(name):
                values.setdefault(name, []).append(value)
                if behind := with_to(name):
                    values.setdefault(behind, []).append(value)
        self._values = {name: tuple(dict.fromkeys(found) if found[1:] else found) for name, found in values.items()}
        lengths: dict[str, set[int]] = {}
        for name in values:
            lengths.setdefault(name[0], set()).add(len(name))
        self._by_first = {
            first: (sum(1 + one // _READ_MEANWHILE for one in found), sorted(found, reverse=True))
            for first, found in lengths.items()
        }
        self._start_pattern = _start_pattern(lengths)

    def find(self, text: str) -> Iterator[Occurrence[T]]:
        """Return every place in `text` at which a name stands as whole words.

        Where several names begin at one place, only the longest counts. The places are in order. They may overlap.
        """
        return self.find_normalized(normalize_text(text))

    def find_normalized(self, hay: NormalizedText) -> Iterator[Occurrence[T]]:
        """Yield the same of a text that is in its normal form."""
        if not self._values:
            return
        normal, known, by_first = hay.normalized, self._values, self._by_first
        for match in self._start_pattern.finditer(normal):
            start = match.start()
            cost, lengths = by_first.get(normal[start], _NO_NAME)
            self.steps_left -= cost
            if self.steps_left <= 0:
                return
            for length in lengths:
                end = start + length
                values = known.get(normal[start:end])
                if values and _is_whole(hay, start, end):
                    self.steps_left -= _STEPS_TO_TAKE
                    yield Occurrence(hay.offsets[start], hay.offsets[end], values)
                    break


def _start_pattern(firsts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for places worth a look: letters that may begin a name.

    Letters inside a word are left out where the pattern can tell.
    """
    others = sorted(one for one in firsts if not "A" <= one <= "Z")
    return _compile_start("".join(filter(str.isascii, others)), "".join(one for one in others if not one.isascii()))


@lru_cache(maxsize=512)
def _compile_start(ascii_ones: str, others: str) -> re.Pattern[str]:
    """Return a pattern for a capital letter or one of the given characters, `ascii_ones` not inside a word.

    The pattern takes any capital letter, so that few different patterns are compiled: compiling one takes longer than
    looking at many places in vain.
    """
    # The look-behind comes last: a pattern that begins with a character class is searched for much faster, and also
    # faster than an alternation of two patterns.
    begins, not_within = f"[A-Z{re.escape(ascii_ones + others)}]", "(?<![0-9A-Za-z].)"
    return re.compile(rf"{begins}(?:{not_within}|(?<=[^\x00-\x7f]))" if others else begins + not_within)


def _is_whole(hay: NormalizedText, start: int, end: int) -> bool:
    """Return whether `start` to `end` of the normal form is a run of whole words.

    It has to lie inside the text, and may separate no character from its marks.
    """
    normal = hay.normalized
    if (not start or normal[start - 1] in _APART) and normal[start].isalnum() and normal[end : end + 1] in _APART:
        return True
    if normal.isascii():
        cuts = (start and normal[start - 1].isalnum()) or normal[end : end + 1].isalnum()
        return end <= len(normal) and not cuts
    is_within = (
        start and not is_unspaced(normal[start]) and (is_word_character(normal[start - 1]) or is_mark(normal[start]))
    )
    if is_within and not is_behind_attached(normal, start):
        return False
    if end >= len(normal):
        return end == len(normal)
    if hay.offsets[end - 1] == hay.offsets[end] or is_mark(normal[end]):
        return False
    return not is_word_character(normal[end]) or is_unspaced(normal[end - 1])
