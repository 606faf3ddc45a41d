"""The row ids that the index proposes for the conditions of a query.

Where the full text alone cannot answer, many entries may be proposed that do not match. A narrower condition excludes
most of them, but an engine takes long to find the first row that meets it. So it is asked for only after many entries
were looked at.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, tee

from dossier.core.dataclasses import NamedTuple
from dossier.core.term_places import may_have_any_phrase
from dossier.library.index.entries import FetchedTexts
from dossier.library.index.fts_query import Nearby
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.reader import Index

_FEW, _ARTICLES_A_ROW = 64, 64
"""How many entries are looked at before a narrower condition is asked for: at least _FEW, and one for each
_ARTICLES_A_ROW articles of the library, since a larger one takes an engine longer.
"""


class RowRange(NamedTuple):
    """The row ids from `low` to `high`, both included, in falling order if `newest`; None is no bound."""

    newest: bool
    low: int | None = None
    high: int | None = None

    def resume_at(self, row: int) -> "RowRange":
        """Return what is left of the range when `row` comes next."""
        return self._replace(high=row) if self.newest else self._replace(low=row)


def propose_rows(
    index: Index,
    match: FtsMatch | None,
    narrower: FtsMatch | None,
    allowed: RowRange,
    count_looked_at: Callable[[], int] | None = None,
) -> Iterator[int]:
    """Return an iterator over the row ids in `allowed` of the entries that meet `match` (None: all).

    Once many of these were looked at, only those come that meet `narrower`, if that is given. `count_looked_at` is
    called once for each row, and returns how many were looked at until then; without it, all that came were.
    """
    rows = index.entries.row_ids(match, *allowed)
    return _narrow_later(index, narrower, allowed, rows, count_looked_at or count().__next__) if narrower else rows


def _narrow_later(
    index: Index, narrower: FtsMatch, allowed: RowRange, rows: Iterator[int], count_looked_at: Callable[[], int]
) -> Iterator[int]:
    most = 0
    for row in rows:
        if (looked_at := count_looked_at()) >= _FEW:
            most = most or index.total() // _ARTICLES_A_ROW
            if looked_at >= most:
                yield from index.entries.row_ids(narrower, *allowed.resume_at(row))
                return
        yield row


class NearbyRows:
    """The rows that are proposed for one of `conditions`, of which an entry of each article must fulfil one.

    Articles must be moved to in the order of `allowed`.
    """

    def __init__(self, index: Index, conditions: Sequence[Nearby], allowed: RowRange) -> None:
        self._newest = allowed.newest
        self._of_each = [_ConditionRows(index, one, allowed) for one in conditions]

    def iterate_rows(self) -> Iterator[int]:
        """Return an iterator over all the rows, in their order."""
        found = [rows.copy_rows() for rows in self._of_each]
        if len(found) == 1:
            return found[0]
        from heapq import merge  # noqa: PLC0415 - only what a quote is about is asked in several ways

        return merge(*found, reverse=self._newest)

    def move_to(self, first: int, end: int) -> bool:
        """Move to the article with the row ids from `first` to `end`, the end excluded; return whether it has a row."""
        # All of them must move.
        found = [rows.move_to(first, end) for rows in self._of_each]
        return any(found)

    def is_fulfilled(self, first: int, end: int, texts: Callable[[], FetchedTexts]) -> bool:
        """Return whether an entry of the article that was moved to may fulfil a condition, as far as its text tells.

        `texts` returns the texts of the article.
        """
        return any(rows.is_fulfilled(first, end, texts) for rows in self._of_each)


class _ConditionRows:
    """The rows that are proposed for one condition, from the article on that was moved to."""

    def __init__(self, index: Index, condition: Nearby, allowed: RowRange) -> None:
        self._phrases, self._newest = condition.phrases, allowed.newest
        self._looked_at = 0
        self._rows = propose_rows(index, condition.match, condition.narrower, allowed, lambda: self._looked_at)
        self._row: int | None = None
        self._is_begun = False

    def copy_rows(self) -> Iterator[int]:
        """Return an iterator of its own over the same rows. It must be called before any article is moved to."""
        self._rows, copied = tee(self._rows)
        return copied

    def move_to(self, first: int, end: int) -> bool:
        """Move to the first row in an article, and return whether there is one."""
        if not self._is_begun:
            self._row, self._is_begun = next(self._rows, None), True
        while self._row is not None and (self._row >= end if self._newest else self._row < first):
            self._row = next(self._rows, None)
        return self._row is not None and first <= self._row < end

    def is_fulfilled(self, first: int, end: int, texts: Callable[[], FetchedTexts]) -> bool:
        """Return whether one of the rows in the article may fulfil the condition, as far as its text tells."""
        while self._row is not None and first <= self._row < end:
            self._looked_at += 1
            if not self._phrases or may_have_any_phrase(self._phrases, texts().text(self._row - first)):
                return True
            self._row = next(self._rows, None)
        return False
