"""A sequence of ids in any order that keeps each in six bytes.

An id of the index has 64 bits, and its upper 16 are the same for all articles of about 180 years (see `schema.DAY`).
"""

import sys
from array import array
from collections.abc import Sequence

from dossier.library.id_runs import GrowingIds

_IS_LITTLE = sys.byteorder == "little"
_LOWER = 0 if _IS_LITTLE else 1
"""The place of the lower one of the two halves of an id in memory."""
_MIDDLE, _TOP = (2, 3) if _IS_LITTLE else (1, 0)
"""The places of the two quarters of an id in memory that are above its lower half."""


class SplitIds(GrowingIds):
    """A sequence of ids from 0 on, all with the same upper 16 bits."""

    def __init__(self) -> None:
        self._top = b""
        self._lower = array("I")
        self._middle = array("H")
        """It is written last: an id that is not in here is not there yet."""

    def extend(self, ids: Sequence[int]) -> None:
        """Add ids in this order.

        Raises OverflowError, and adds none, where their upper 16 bits are not the same or an id is negative.
        """
        added = memoryview(array("Q", ids)).cast("B")
        halves, quarters = added.cast("I"), added.cast("H")
        tops = quarters[_TOP::4].tobytes()
        top = self._top or tops[: quarters.itemsize]
        if tops != top * len(ids):
            raise OverflowError("ids of several upper bits")
        self._top = top
        # Parts are copied without an object for any of them.
        self._lower.frombytes(halves[_LOWER::2].tobytes())
        self._middle.frombytes(quarters[_MIDDLE::4].tobytes())

    def append(self, id: int) -> None:
        """Add one id. Raises OverflowError as `extend` does."""
        self.extend((id,))

    def count_bytes(self) -> int:
        """Return how many bytes the ids take."""
        return len(self) * (self._lower.itemsize + self._middle.itemsize)

    def __len__(self) -> int:
        return len(self._middle)

    def _at(self, at: int) -> int:
        middle = self._middle[at]
        return int.from_bytes(self._top, sys.byteorder) << 48 | middle << 32 | self._lower[at]

    def index(self, id: int, start: int = 0, stop: int | None = None) -> int:
        """Return the place of the first `id`, from `start` on and before `stop`.

        Raises ValueError when it is not there.
        """
        end = len(self) if stop is None else min(stop, len(self))
        lower = id & ((1 << 32) - 1)
        while start < end:
            start = self._lower.index(lower, start, end)
            if self[start] == id:
                return start
            start += 1
        raise ValueError(id)
