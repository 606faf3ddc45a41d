"""Search one long text for many phrases without reading all of it for each of them.

A file may hold tens of thousands of quotes and as many paragraphs. Searching every paragraph for every quote would take
minutes. The concordance notes where each word of the text begins; of a phrase, the word that is rarest in the text
proposes the places, and only those are compared.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from dossier.text.characters import is_character_boundary
from dossier.text.name_finder import normalize_name
from dossier.text.verbatim import NormalizedText, find_verbatim

_WORD = re.compile(r"\w+")
_SHORT = 50_000
"""Up to this many code points, searching the text is faster than looking up words or noting where all of them begin."""
_READ_MEANWHILE = 300
"""This many code points are searched in the time that one proposed place takes to check."""
_LEAST_STEPS = 10
_SORTED_AT_ONCE = 50_000
"""Words that are sorted by one call, which holds up all other threads."""
_MOST_ENDINGS = 100
"""At most this many words may begin with a word that is cut off; with more, another word is likely to be rarer."""


class Concordance:
    """A text and, once a search is large enough to need it, the places of each of its words.

    `steps` counts the work of all searches: a step is a place that is checked, or as much text as is read meanwhile.
    """

    def __init__(self, hay: NormalizedText) -> None:
        self.searched_text = hay
        # Most words of a long text stand in it once: a list for each of them would take most of the memory.
        self._places: dict[str, int | list[int]] = {}
        self._words: list[str] = []
        self.steps = 0

    def find(
        self, needle: str, start: int = 0, end: int | None = None, most: int | None = None
    ) -> tuple[tuple[int, int], ...]:
        """Return the (start, end) spans at which `needle` stands verbatim between the code points `start` and `end`.

        Offsets count code points of the original text, `end` excluded; None stands for the end of the text. The rules
        of comparison are those of `folding.find_verbatim`. Of matches that overlap, the first one counts; when the
        concordance answers, that is the first in the whole text, not the first in the range. With `most`, at most so
        many are returned.
        """
        stop = len(self.searched_text.text) if end is None else end
        wanted = normalize_name(needle) if stop - start > _SHORT else ""
        begins = self._propose(wanted) if wanted else None
        if begins is None:
            found = find_verbatim(needle, self.searched_text, start, end, most)
            read = (found[-1][1] if most and len(found) == most else stop) - start
            self.steps += _LEAST_STEPS + len(found) + read // _READ_MEANWHILE
            return found
        self.steps += _LEAST_STEPS + len(begins)
        inside = (span for span in self._confirm(wanted, begins) if start <= span[0] and span[1] <= stop)
        return tuple(islice(inside, most))

    def _confirm(self, wanted: str, begins: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the spans among the proposed places at which the normal form `wanted` does stand, without overlaps."""
        normal, offsets = self.searched_text.normalized, self.searched_text.offsets
        free = 0
        for at in begins:
            end = at + len(wanted)
            if (
                at >= free
                and normal.startswith(wanted, at)
                and is_character_boundary(normal, at)
                and is_character_boundary(normal, end)
            ):
                yield offsets[at], offsets[end]
                free = end

    def _propose(self, wanted: str) -> list[int] | None:
        """Return the places where `wanted` may begin, in order; None when searching the text is faster.

        Offsets count code points of the normal form. A word of `wanted` that has something before it begins at the same
        place in the text. If something follows it in `wanted`, it also ends there; otherwise it may be the beginning of
        a longer word.
        """
        self._note_words()
        fewest: tuple[int, int, Sequence[str]] | None = None
        for match in _WORD.finditer(wanted):
            if not match.start():
                continue
            word = match[0]
            words = self._words_beginning_with(word) if match.end() == len(wanted) else (word,)
            if words is None:
                continue
            number = sum([len(self._places_of(one)) for one in words])
            if fewest is None or number < fewest[0]:
                fewest = number, match.start(), words
            if number < 2:
                break
        if fewest is None or fewest[0] > len(self.searched_text.normalized) // _READ_MEANWHILE:
            return None
        _number, before, words = fewest
        places = chain.from_iterable(self._places_of(word) for word in words)
        return sorted(place - before for place in places if place >= before)

    def _places_of(self, word: str) -> Sequence[int]:
        noted = self._places.get(word, ())
        return (noted,) if isinstance(noted, int) else noted

    def _words_beginning_with(self, word: str) -> Sequence[str] | None:
        """Return the words of the text that begin with `word`; None when there are too many."""
        first = bisect_left(self._words, word)
        last = bisect_left(self._words, word + chr(sys.maxunicode), first)
        return self._words[first:last] if last - first <= _MOST_ENDINGS else None

    def _note_words(self) -> None:
        """Note the places of all words, the first time that they are needed."""
        if self._words:
            return
        for match in _WORD.finditer(self.searched_text.normalized):
            place = match.start()
            noted = self._places.setdefault(match[0], place)
            if isinstance(noted, list):
                noted.append(place)
            elif noted != place:
                self._places[match[0]] = [noted, place]
        words = iter(self._places)
        parts = list(iter(lambda: sorted(islice(words, _SORTED_AT_ONCE)), []))
        if len(parts) > 1:
            from heapq import merge  # noqa: PLC0415 - a text of ordinary length has no second part

            parts = [list(merge(*parts))]
        self._words = [word for part in parts for word in part]
