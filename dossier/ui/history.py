"""Back and forward are one value that every jump replaces, so that going back restores exactly what was left.

What a step is (a place, a filter, pins) is the screen's business: here it is only kept, compared and given back.
"""

from typing import Generic, TypeVar

from dossier.core.dataclasses import dataclass

T = TypeVar("T")

LIMIT = 1_000
"""So many steps are kept; beyond it the oldest are forgotten."""


# No slots: before Python 3.13 a call of Trail[T]() needs a place for __orig_class__ on the value.
@dataclass(frozen=True)
class Trail(Generic[T]):
    """The steps on either side of the one that is shown, which is not in it.

    `past` in the order they were left, the newest last; `future` in the order they come, the nearest first.
    """

    past: tuple[T, ...] = ()
    future: tuple[T, ...] = ()

    def visit(self, here: T) -> "Trail[T]":
        """The trail after a jump away from `here`: what lay ahead is cut off, the newest step is not kept twice."""
        past = self.past if self.past[-1:] == (here,) else (*self.past, here)
        return Trail(past[-LIMIT:])

    def back(self, here: T) -> "tuple[Trail[T], T] | None":
        """The trail and the step to show after going back from `here`; None when nothing lies behind."""
        if not self.past:
            return None
        return Trail(self.past[:-1], (here, *self.future)), self.past[-1]

    def forward(self, here: T) -> "tuple[Trail[T], T] | None":
        """The trail and the step to show after going forward from `here`; None when nothing lies ahead."""
        if not self.future:
            return None
        return Trail((*self.past, here), self.future[1:]), self.future[0]
