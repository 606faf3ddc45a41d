"""Lists of a library that grow while they are shown: what is known is shown, and the rest is not waited for.

Row ids are gathered on a thread of their own. An entry is made from its id when it is looked at.
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
from dossier.library.index.errors import IndexDamagedError, IndexUnreachableError
from dossier.library.scope import FoundArticle
from dossier.library.split_ids import SplitIds

FIRST = 24
"""Rows that fill a screen: as soon as there are as many, `grown` is called, whatever the time."""
SOON, LATER = 0.02, 0.25
"""Seconds from one call of `grown` to the next, before the first screen is full and after."""
_NAP = 0.0002
_WHILE_PAINTED = 0.03


class ListStoppedError(Exception):
    """The list that another list follows was stopped before it was whole."""


CHANGED = (KeyError, IndexDamagedError, ListStoppedError)
"""The errors for a list whose index, or whose source list, has changed or stopped meanwhile."""
GONE = (*CHANGED, IndexUnreachableError)
"""The errors for a list that cannot be made from the index now, so that it has to be asked for again."""
_KEPT = 256
"""The most entries that are kept once made."""
_MANY = 1_024
"""The number of ids that come several at once from which on they are kept in fewer bytes."""
_HITS = 100_000
"""The most row ids of matching entries that are kept with the articles of a search."""
_LAST = (1 << 16) - 1
"""The last place of a matching entry in its article that is kept: two bytes each."""
_FIRST_ARTICLES = 256
"""Articles whose matching entries are looked up, so that the first screens come without searching them again."""
_FIRST_HITS = 3
"""The most matching entries that are looked up of each of them: the headline, and two for excerpts."""
_ENTRY_BYTES = 1_024
"""About what an entry that was made takes."""


Coming = int | Sequence[int] | None
"""What comes next in a list: one id, several at once, or None, so that the caller can do something else."""


def flatten_ids(coming: Iterable[Coming]) -> Iterator[int | None]:
    """Yield the ids one by one, and None wherever `coming` has None."""
    for found in coming:
        if found is None or isinstance(found, int):
            yield found
        else:
            yield from found


class GrowingList(Sequence[Entry]):
    """The entries with the ids that `ids` yields, in that order.

    `entry` makes the entry of an id. `fetch_ahead` is called before that, with the ids of a screen, so that what they
    are made from can be fetched together; for the first screen on the gathering thread. `ids_of` returns the ids that
    an address may have in this list. `grown` is called on the gathering thread whenever more is known, and once at the
    end. `is_done` says that all ids are gathered, `is_stopped` that gathering was stopped before that.
    """

    def __init__(
        self,
        ids: Iterable[Coming],
        entry: Callable[[int], Entry],
        ids_of: Callable[[Ref], Iterable[int]],
        grown: Callable[[], None],
        fetch_ahead: Callable[[Sequence[int]], None] = lambda ids: None,
    ) -> None:
        self._coming, self._ids_of, self._grown = ids, ids_of, grown
        self._entry: Callable[..., Entry] = entry
        self._fetch_ahead = fetch_ahead
        self.ids: array[int] | Runs | SplitIds = array("q")
        self.is_done = False
        self.is_stopped = False
        self._made: OrderedDict[int, Entry] = OrderedDict()

    def gather(self) -> None:
        """Gather all ids, on the thread of the caller, until another thread calls `stop`.

        Passes on the errors of the index.
        """
        told, known = time.monotonic(), 0
        # Let go of in any case: a search that was stopped half-way holds a connection to the index and its memory.
        coming, self._coming = self._coming, ()
        for id in () if self.is_stopped else coming:
            if self.is_stopped:
                return
            if id is None:
                # The screen's thread waits for this one; a nap lets it go on.
                time.sleep(_NAP)
            elif isinstance(id, int):
                try:
                    self.ids.append(id)
                except OverflowError:
                    self._add_together((id,))
            elif isinstance(id, range) and not self.ids:
                self.ids = Runs()
                self.ids.extend(id)
            else:
                self._add_together(id)
            now, number = time.monotonic(), len(self.ids)
            fills = known < FIRST <= number
            if fills or (number > known and now - told > (SOON if number < FIRST else LATER)):
                if known < FIRST:
                    self._fetch_screen(0)
                known = number
                self._grown()
                # What is known is painted now, and the screen's thread is not to share its time with this one.
                time.sleep(_WHILE_PAINTED)
                # From now on: or each row of those that are known by then would be told of by itself.
                told = time.monotonic()
        if not self.is_stopped:
            if known < FIRST:
                self._fetch_screen(0)
            self.is_done = True
            self._grown()

    def _add_together(self, ids: Sequence[int]) -> None:
        """Add several ids. From many on they are kept in fewer bytes, where that can be done."""
        known = self.ids
        # Another thread reads what is here now, or what takes its place: both have all ids so far.
        try:
            if len(known) < _MANY <= len(known) + len(ids) and not isinstance(known, Runs):
                split = SplitIds()
                split.extend(known)
                split.extend(ids)
                self.ids = split
            else:
                known.extend(ids)
        except OverflowError:
            self.ids = array("q", (*known, *ids))

    def stop(self) -> None:
        """Stop gathering."""
        self.is_stopped = True

    def count_bytes(self) -> int:
        """Return about how many bytes the list takes."""
        ids = self.ids
        of_ids = ids.itemsize * len(ids) if isinstance(ids, array) else ids.count_bytes()
        return of_ids + _ENTRY_BYTES * len(self._made)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, row: int) -> Entry: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Entry]: ...
    def __getitem__(self, row: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        id = self.ids[row]
        if id not in self._made:
            self._fetch_screen(row)
        return self.entry_with_id(id)

    def _fetch_screen(self, row: int) -> None:
        """Have at hand what the entries of a screen from this row on are made from."""
        if row >= 0 and (ids := self.ids[row : row + FIRST]):
            with suppress(*GONE):
                self._fetch_ahead(tuple(ids))

    def entry_with_id(self, id: int) -> Entry:
        """Return the entry with this id; one that says "no longer available" when the index has it no longer.

        While the index's server does not answer, an entry that is not known yet is one that says "…".
        """
        # Another thread that looks at many rows may drop it at any time.
        made = self._made.get(id)
        if made is None:
            try:
                made = self._made[id] = self._make_entry(id)
            except IndexUnreachableError:
                return _stand_in(id, "…")
            except CHANGED:
                return _stand_in(id, "no longer available")
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return made

    def _make_entry(self, id: int) -> Entry:
        return self._entry(id)

    def row_of(self, ref: Ref) -> int | None:
        """Return the row of the entry that `ref` names or lies in, from 0; None when it is not known so far."""
        if not self.ids:
            # A key waits, and to ask what the index calls the entry may take round trips to a server.
            return None
        with suppress(*GONE):
            return next((row for id in self._ids_of(ref.entry) if (row := self.find(id)) is not None), None)
        return None

    def find(self, id: int) -> int | None:
        """Return the row with this id, from 0; None when it is not known so far."""
        try:
            return self.ids.index(id)
        except ValueError:
            return None


def _stand_in(id: int, words: str) -> Entry:
    return Entry(Ref("", "about", str(id)), (Part("label", ""), Part("text", words)), 0)


class GrowingArticleList(GrowingList):
    """The articles of a scope. `hits` is the number of entries that match the query in all of them, so far.

    `hit_counts` has the number of matching entries of each article, in the order of the rows. `places` is for articles
    found in another list: the row of each there. The function that makes an entry is also given what `find_first_hits`
    returns for it.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.hits = 0
        self.hit_counts = array("I")
        self._hit_places = array("H")
        self.places = array("I")

    def add_hits(self, first: int, rows: Sequence[int]) -> None:
        """Add the row ids of the matching entries of an article, before the article itself comes."""
        # The last row is the highest.
        if rows and self.has_all_hits and len(self._hit_places) + len(rows) <= _HITS and rows[-1] - first <= _LAST:
            self._hit_places.extend([row - first for row in rows])
        self.hits += len(rows)
        self.hit_counts.append(len(rows))

    @property
    def has_all_hits(self) -> bool:
        """Whether the row ids of all matching entries are kept, so far."""
        return len(self._hit_places) == self.hits

    def _make_entry(self, id: int) -> Entry:
        # A function that knew the list would keep it until the collector of garbage comes.
        return self._entry(id, self.find_first_hits(id))

    def count_bytes(self) -> int:
        """Return about how many bytes the list takes."""
        others = (self.hit_counts, self._hit_places, self.places)
        return super().count_bytes() + sum(one.itemsize * len(one) for one in others)

    def find_first_hits(self, first: int) -> Sequence[int] | None:
        """Return the row ids of the first matching entries of an article of the first screens; None for any other."""
        try:
            row = self.ids[:_FIRST_ARTICLES].index(first)
            begin = sum(self.hit_counts[:row])
            end = begin + min(self.hit_counts[row], _FIRST_HITS)
        except (ValueError, IndexError):
            return None
        return [first + at for at in self._hit_places[begin:end]] if end <= len(self._hit_places) else None

    def read_hits(self, row: int, begin: int) -> FoundArticle | None:
        """Return the article in a row, with the row ids of its matching entries; None where they are not kept.

        `begin` is the number of matching entries in all rows before.
        """
        first, end = self.ids[row], begin + self.hit_counts[row]
        if end > len(self._hit_places):
            return None
        return FoundArticle(first, [first + at for at in self._hit_places[begin:end]])
