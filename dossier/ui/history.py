"""The history of jumps, back and forward, as an immutable value.

Going back restores exactly what was left. The steps can be of any type: this module only keeps, compares and returns
them.
"""

from typing import Generic, TypeVar

from dossier.core.dataclasses import dataclass

T = TypeVar("T")

LIMIT = 1_000
"""The most steps that are kept; beyond it the oldest are dropped."""


# No slots: before Python 3.13 a call of History[T]() needs a place for __orig_class__ on the value.
@dataclass(frozen=True)
class History(Generic[T]):
    """The steps before and after the one that is shown, which is in neither.

    `past` is in the order in which the steps were left, the newest last. `future` is in the order in which they come,
    the nearest first.
    """

    past: tuple[T, ...] = ()
    future: tuple[T, ...] = ()

    def visit(self, here: T) -> "History[T]":
        """Return the history after a jump away from `here`, without a future.

        `here` is not added when it equals the newest step.
        """
        past = self.past if self.past[-1:] == (here,) else (*self.past, here)
        return History(past[-LIMIT:])

    def back(self, here: T) -> "tuple[History[T], T] | None":
        """Return the history after going back from `here`, and the step to show; None when there is no past."""
        if not self.past:
            return None
        return History(self.past[:-1], (here, *self.future)), self.past[-1]

    def forward(self, here: T) -> "tuple[History[T], T] | None":
        """Return the history after going forward from `here`, and the step to show; None when there is no future."""
        if not self.future:
            return None
        return History((*self.past, here), self.future[1:]), self.future[0]
