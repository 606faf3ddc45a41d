"""A pane of a library is a sequence still being found: what is known is shown, the rest is not waited for.

Row ids are gathered on a thread of their own; an entry is made from its id when it is looked at.
"""

import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, overload

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library.id_runs import Runs
from dossier.library.index.errors import IndexDamagedError

FIRST = 24
"""So many rows are told of at once, whatever the time: they fill a screen."""
SOON, LATER = 0.02, 0.25
"""Seconds between tellings before the first screen is full, and after."""
_NAP = 0.0002
_WHILE_PAINTED = 0.03


class ListStoppedError(Exception):
    """The list that another one follows was stopped before it was whole."""


GONE = (KeyError, IndexDamagedError, ListStoppedError)
"""What is raised when what a list is made from has changed or stopped meanwhile: the list is to be asked for again."""
_KEPT = 256
"""So many entries are kept once made."""


Coming = int | Sequence[int] | None
"""What is found of a list: an id, several at once, or nothing yet, which is a sign of life."""


def each(coming: Iterable[Coming]) -> Iterator[int | None]:
    """The ids one by one, and the signs of life."""
    for found in coming:
        if found is None or isinstance(found, int):
            yield found
        else:
            yield from found


class GrowingList(Sequence[Entry]):
    """The entries with the ids that `ids` yields, in that order.

    `entry` makes the entry of an id, `ids_of` tells the ids that an address may have here. `grown` is called on the
    gathering thread whenever more is known, and once at the end.
    """

    def __init__(
        self,
        ids: Iterable[Coming],
        entry: Callable[[int], Entry],
        ids_of: Callable[[Ref], Iterable[int]],
        grown: Callable[[], None],
    ) -> None:
        self._coming, self._entry, self._ids_of, self._grown = ids, entry, ids_of, grown
        self.ids: array[int] | Runs = array("q")
        self.done = False
        self.stopped = False
        self._made: OrderedDict[int, Entry] = OrderedDict()

    def gather(self) -> None:
        """Gather all ids on this thread, until `stop` is called from another. What the index raises ends it, too."""
        told, known = time.monotonic(), 0
        for id in () if self.stopped else self._coming:
            if self.stopped:
                return
            if id is None:
                # The screen's thread waits for this one; a nap lets it go on.
                time.sleep(_NAP)
            elif isinstance(id, int):
                self.ids.append(id)
            elif isinstance(id, range) and not self.ids:
                self.ids = Runs()
                self.ids.extend(id)
            else:
                self.ids.extend(id)
            now, number = time.monotonic(), len(self.ids)
            fills = known < FIRST <= number
            if fills or (number > known and now - told > (SOON if number < FIRST else LATER)):
                told, known = now, number
                self._grown()
                # What is known is painted now, and the screen's thread is not to share its time with this one.
                time.sleep(_WHILE_PAINTED)
        if not self.stopped:
            self.done = True
            self._grown()

    def stop(self) -> None:
        """What is not gathered yet is no longer wanted."""
        self.stopped = True

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, row: int) -> Entry: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Entry]: ...
    def __getitem__(self, row: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        return self.made(self.ids[row])

    def made(self, id: int) -> Entry:
        """The entry with this id."""
        if id not in self._made:
            try:
                self._made[id] = self._entry(id)
            except GONE:
                return Entry(Ref("", "about", str(id)), (Part("label", ""), Part("text", "no longer there")), 0)
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return self._made[id]

    def row_of(self, ref: Ref) -> int | None:
        """The row of the entry that `ref` is, or lies in; None when it is not among those known."""
        with suppress(*GONE):
            return next((row for id in self._ids_of(ref.entry) if (row := self.find(id)) is not None), None)
        return None

    def find(self, id: int) -> int | None:
        """The row with this id."""
        try:
            return self.ids.index(id)
        except ValueError:
            return None


class GrowingArticleList(GrowingList):
    """The articles of a scope, and how many entries of them match what is sought: `hits` in all, so far."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.hits = 0
        self.found = array("l")
