"""Sequences of ids that only grow, and one that keeps consecutive ids as runs.

All quotes of a million articles take no more memory than the articles. Usually each run lies below the one before, or
above it, since the newest or the oldest article comes first; then an id is found by bisection.
"""

from abc import abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import neg
from typing import overload


class GrowingIds(Sequence[int]):
    """A sequence of ids that only grows. One thread may add to it while another one reads."""

    @abstractmethod
    def _at(self, at: int) -> int:
        """Return the id at a place from 0 on. Raises IndexError for a place that is not there."""

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if isinstance(at, slice):
            return [self._at(one) for one in range(*at.indices(len(self)))]
        # While another thread adds, a place that is counted from the end is another one a moment later.
        if at < 0 and (at := at + len(self)) < 0:
            raise IndexError(at)
        return self._at(at)


class Runs(GrowingIds):
    """A sequence of less than four thousand million ids."""

    def __init__(self) -> None:
        self._starts = array("q")
        self._ends = array("I")
        """The number of ids up to the end of each run. It is written last: a run that is not in here is not there yet.
        """
        self._falls = self._rises = True

    def append(self, id: int) -> None:
        """Add one id."""
        self.extend(range(id, id + 1))

    def extend(self, ids: Iterable[int]) -> None:
        """Add ids in this order. A range is one run."""
        for run in (ids,) if isinstance(ids, range) and ids.step == 1 else (range(id, id + 1) for id in ids):
            if len(run):
                end = len(self) + len(run)
                self._falls = self._falls and (not self._starts or run.stop <= self._starts[-1])
                self._rises = self._rises and (not self._starts or self[-1] < run.start)
                self._starts.append(run.start)
                self._ends.append(end)

    def count_bytes(self) -> int:
        """Return how many bytes the runs take."""
        return len(self._ends) * (self._starts.itemsize + self._ends.itemsize)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def _at(self, at: int) -> int:
        if at >= len(self):
            raise IndexError(at)
        run = bisect_right(self._ends, at)
        return self._starts[run] + at - self._before(run)

    def index(self, id: int, start: int = 0, stop: int | None = None) -> int:
        """Return the place of the first `id`, from `start` on and before `stop`.

        Raises ValueError when it is not there.
        """
        for run in self._runs_with(id):
            at = self._before(run) + id - self._starts[run]
            if start <= at < (len(self) if stop is None else stop):
                return at
        raise ValueError(id)

    def _runs_with(self, id: int) -> Iterator[int]:
        """Yield the places of the runs that have an id, in order."""
        first, last = 0, len(self._ends)
        if self._falls:
            first = bisect_left(self._starts, -id, hi=last, key=neg)
            last = min(first + 1, last)
        elif self._rises:
            last = bisect_right(self._starts, id, hi=last)
            first = max(last - 1, 0)
        for run in range(first, last):
            if 0 <= id - self._starts[run] < self._ends[run] - self._before(run):
                yield run

    def _before(self, run: int) -> int:
        """Return the number of ids before a run."""
        return self._ends[run - 1] if run else 0
