"""Where words stand in one long text, told without reading all of it for every question.

Decided here: of what is looked for, the rarest word proposes the places, and only these are looked at. A file may hold
tens of thousands of quotes and as many paragraphs, and reading all of these for each of those would take minutes.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from dossier.text.folding import Prepared, find, is_edge
from dossier.text.name_finder import plain_name

_WORD = re.compile(r"\w+")
_SHORT = 50_000
"""So many code points are read sooner than words are looked up, and than the places of all words are noted."""
_READ_MEANWHILE = 300
"""So many code points are read in the time that one place takes."""
_MOST_ENDINGS = 100
"""So many words may begin as one does that is cut off; of more, another word is likely to be the rarest."""


class Concordance:
    """A text, and from the first question on that is worth it, the place of each of its words."""

    def __init__(self, hay: Prepared) -> None:
        self.hay = hay
        self._places: dict[str, list[int]] = {}
        self._words: list[str] = []

    def find(self, needle: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
        """Where `needle` stands verbatim between the code points `start` and `end`, as `folding.find` tells.

        Of places that overlap the first in the whole text counts, where all of it was searched.
        """
        stop = len(self.hay.text) if end is None else end
        if stop - start <= _SHORT:
            return find(needle, self.hay, start, end)
        wanted = plain_name(needle)
        if (begins := self._proposed(wanted)) is None:
            return find(needle, self.hay, start, end)
        return tuple(span for span in self._confirmed(wanted, begins) if start <= span[0] and span[1] <= stop)

    def _confirmed(self, wanted: str, begins: Iterable[int]) -> Iterator[tuple[int, int]]:
        normal, offsets = self.hay.normal, self.hay.offsets
        free = 0
        for at in begins:
            end = at + len(wanted)
            if at >= free and normal.startswith(wanted, at) and is_edge(normal, at) and is_edge(normal, end):
                yield offsets[at], offsets[end]
                free = end

    def _proposed(self, wanted: str) -> list[int] | None:
        """Where `wanted` may begin, in order; None when that is soonest told by reading.

        A word with something before it in `wanted` begins there in the text, too; with something behind it, it also
        ends there, and else it may be the beginning of another one.
        """
        self._note()
        fewest: tuple[int, int, Sequence[str]] | None = None
        for match in _WORD.finditer(wanted):
            if not match.start():
                continue
            word = match[0]
            words = self._beginning_with(word) if match.end() == len(wanted) else (word,)
            if words is None:
                continue
            number = sum([len(self._places.get(one, ())) for one in words])
            if fewest is None or number < fewest[0]:
                fewest = number, match.start(), words
            if number < 2:
                break
        if fewest is None or fewest[0] > len(self.hay.normal) // _READ_MEANWHILE:
            return None
        _number, before, words = fewest
        places = chain.from_iterable(self._places.get(word, ()) for word in words)
        return sorted(place - before for place in places if place >= before)

    def _beginning_with(self, word: str) -> Sequence[str] | None:
        """The words of the text that begin so, None when they are many."""
        first = bisect_left(self._words, word)
        last = bisect_left(self._words, word + chr(sys.maxunicode), first)
        return self._words[first:last] if last - first <= _MOST_ENDINGS else None

    def _note(self) -> None:
        if self._words:
            return
        for match in _WORD.finditer(self.hay.normal):
            self._places.setdefault(match[0], []).append(match.start())
        self._words = sorted(self._places)
