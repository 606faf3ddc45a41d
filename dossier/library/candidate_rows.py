"""The row ids that the index proposes for a condition, and the articles that have a row which fulfils one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, tee

from dossier.core.term_places import may_have_phrase
from dossier.library.index.entries import FetchedTexts
from dossier.library.index.fts_query import Nearby
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.reader import Index

_FEW, _ARTICLES_A_ROW = 64, 64
"""The least number of rows that are checked before a narrower condition is asked for, and the number of articles of the
library for each such row. The time until an engine finds the first row of that condition grows with the library.
"""


def propose_rows(
    index: Index, match: FtsMatch | None, narrower: FtsMatch | None, newest: bool, low: int | None, high: int | None
) -> Iterator[int]:
    """Return an iterator over the row ids of the entries that meet `match` (None: all), from `low` to `high`.

    Once looking at them has taken as long as finding those that meet `narrower` would, these are found instead.
    """
    rows = index.entries.row_ids(match, newest, low, high)
    return _narrow_later(index, narrower, rows, newest, low, high) if narrower else rows


def _narrow_later(
    index: Index, narrower: FtsMatch, rows: Iterator[int], newest: bool, low: int | None, high: int | None
) -> Iterator[int]:
    yield from islice(rows, _FEW)
    most = index.total() // _ARTICLES_A_ROW if (row := next(rows, None)) is not None else 0
    while row is not None and most > _FEW:
        yield row
        row, most = next(rows, None), most - 1
    if row is not None:
        low, high = (low, row) if newest else (row, high)
        yield from index.entries.row_ids(narrower, newest, low, high)


class Reach:
    """Tells which articles have an entry that fulfils one of `conditions`.

    Articles must come in the order of row ids, from `low` to `high`, falling if `newest`.
    """

    def __init__(
        self,
        index: Index,
        conditions: Sequence[Nearby],
        newest: bool,
        low: int | None = None,
        high: int | None = None,
    ) -> None:
        self._newest = newest
        self._ways = [_Way(index, one, newest, low, high) for one in conditions]

    def rows(self) -> Iterator[int]:
        """Return an iterator over the row ids that are proposed for any of the conditions, in their order."""
        found = [way.copy_rows() for way in self._ways]
        if len(found) == 1:
            return found[0]
        from heapq import merge  # noqa: PLC0415 - only what a quote is about is asked in several ways

        return merge(*found, reverse=self._newest)

    def move_to(self, first: int, end: int) -> bool:
        """Move to the article with the row ids from `first` to `end`, the end excluded; return whether it may have one.

        No row of articles before it is kept.
        """
        found = [way.move_to(first, end) for way in self._ways]
        return any(found)

    def is_inside(self, first: int, end: int, texts: Callable[[], FetchedTexts]) -> bool:
        """Return whether the article that was moved to has one. `texts` returns the texts of the article."""
        return any(way.is_inside(first, end, texts) for way in self._ways)


class _Way:
    """The rows that are proposed for one condition, as far as they were moved to."""

    def __init__(self, index: Index, condition: Nearby, newest: bool, low: int | None, high: int | None) -> None:
        self._index, self._condition, self._newest = index, condition, newest
        self._rows: Iterator[int] = self._find_rows(low, high)
        self._row: int | None = None
        self._is_begun = False
        self._looked_at = 0

    def _find_rows(self, low: int | None, high: int | None) -> Iterator[int]:
        """Yield the rows, those that meet the narrower condition once the texts of many were looked at."""
        most = -1
        narrower, newest, row_ids = self._condition.narrower, self._newest, self._index.entries.row_ids
        for row in row_ids(self._condition.match, newest, low, high):
            if narrower and self._looked_at > _FEW:
                most = self._index.total() // _ARTICLES_A_ROW if most < 0 else most
                if self._looked_at > most:
                    low, high = (low, row) if newest else (row, high)
                    yield from row_ids(narrower, newest, low, high)
                    return
            yield row

    def copy_rows(self) -> Iterator[int]:
        """Return an iterator of its own over the same rows."""
        self._rows, copied = tee(self._rows)
        return copied

    def move_to(self, first: int, end: int) -> bool:
        """Move to the first row in an article, and return whether there is one."""
        if not self._is_begun:
            self._row, self._is_begun = next(self._rows, None), True
        while self._row is not None and (self._row >= end if self._newest else self._row < first):
            self._row = next(self._rows, None)
        return self._row is not None and first <= self._row < end

    def is_inside(self, first: int, end: int, texts: Callable[[], FetchedTexts]) -> bool:
        """Return whether one of the rows in the article fulfils the condition."""
        while self._row is not None and first <= self._row < end:
            self._looked_at += 1
            phrases = self._condition.phrases
            if not phrases or has_one(phrases, texts().text(self._row - first)):
                return True
            self._row = next(self._rows, None)
        return False


def has_one(phrases: Sequence[str], text: str) -> bool:
    """Return whether one of the phrases, as `spell_phrase` returns them, may stand in a text."""
    return any(may_have_phrase(one, text) for one in phrases)
