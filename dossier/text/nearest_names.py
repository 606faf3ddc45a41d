"""Find the most similar of many names for many words, with the answers of `difflib.get_close_matches`.

Comparing a word with thousands of names takes longer than reading the file they are in. Two names can only be as
similar as the letters that they share allow. For each letter, the names that have it are the bits of one number: adding
these numbers bit by bit counts the shared letters of all names at once, and only the most promising ones are compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeVar

K = TypeVar("K")
_LONGEST = 200
"""A longer word or name is not compared: it is no misspelling of another."""
_LEAST_STEPS = 200


class NearestNames:
    """Names among which the one most similar to a word is found, with `steps` for all comparisons.

    A comparison takes as many steps as the product of the two lengths.
    """

    def __init__(self, names: Iterable[str], steps: int) -> None:
        self.steps_left = steps
        self._names = [name for name in dict.fromkeys(names) if 0 < len(name) <= _LONGEST]

    def find(self, word: str, cutoff: float = 0.6) -> str:
        """Return the most similar name, "" if none is similar enough or the steps are used up.

        `cutoff` is the least similarity, from 0 to 1. Of equally similar names, the last in alphabetical order counts.
        """
        if not 0 < len(word) <= _LONGEST or self.steps_left <= 0:
            return ""
        from difflib import SequenceMatcher  # noqa: PLC0415 - only misspelt words need it

        self.steps_left -= _LEAST_STEPS + len(self._names) // 10
        matcher = SequenceMatcher(b=word)
        best = (cutoff, "")
        for most, candidates in self._rank(word, cutoff):
            if most < best[0]:
                break
            for name in candidates:
                self.steps_left -= len(name) * len(word)
                if self.steps_left <= 0:
                    return ""
                matcher.set_seq1(name)
                best = max(best, (matcher.ratio(), name))
        return best[1]

    def _rank(self, word: str, cutoff: float) -> Iterator[tuple[float, Iterator[str]]]:
        """Yield the names by how similar they can be at most, the most promising first."""
        planes = self._count_shared(word)
        ranks: list[tuple[float, int, int]] = []
        for length in self._by_length:
            highest = min(length, len(word))
            ranks += [
                (most, length, shared)
                for shared in range(highest, -1, -1)
                if (most := 2.0 * shared / (length + len(word))) >= cutoff
            ]
        for most, length, shared in sorted(ranks, reverse=True):
            chosen = self._by_length[length]
            for place, plane in enumerate(planes):
                chosen &= plane if shared >> place & 1 else ~plane
            if chosen and not shared >> len(planes):
                yield most, self._names_of(chosen)

    def _count_shared(self, word: str) -> list[int]:
        """Return, as the bits of a binary number for each name, how many letters it shares with the word."""
        planes: list[int] = []
        for letter, times in Counter(word).items():
            for time in range(times):
                carry = self._bearers.get((letter, time), 0)
                for place, plane in enumerate(planes):
                    if not carry:
                        break
                    planes[place], carry = plane ^ carry, plane & carry
                if carry:
                    planes.append(carry)
        return planes

    def _names_of(self, chosen: int) -> Iterator[str]:
        """Yield the names whose bits are set."""
        while chosen:
            lowest = chosen & -chosen
            yield self._names[lowest.bit_length() - 1]
            chosen ^= lowest

    @cached_property
    def _by_length(self) -> dict[int, int]:
        return _make_numbers((number, (len(name),)) for number, name in enumerate(self._names))

    @cached_property
    def _bearers(self) -> dict[tuple[str, int], int]:
        """For each letter, and how many times it came before in a name, the names that have it."""
        return _make_numbers(
            (number, [(letter, time) for letter, times in Counter(name).items() for time in range(times)])
            for number, name in enumerate(self._names)
        )


def _make_numbers(keyed: Iterable[tuple[int, Iterable[K]]]) -> dict[K, int]:
    """Return, for each key, the number whose bits are those given with the key."""
    bits: dict[K, list[int]] = {}
    for bit, keys in keyed:
        for key in keys:
            bits.setdefault(key, []).append(bit)
    made = {}
    for key, places in bits.items():
        filled = bytearray(places[-1] // 8 + 1)
        for place in places:
            filled[place >> 3] |= 1 << (place & 7)
        made[key] = int.from_bytes(filled, "little")
    return made
