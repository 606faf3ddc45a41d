"""Give articles row ids in the order of publication, whatever the order in which their files are read.

A day has far more row ids than entries. An article gets ids between those of its neighbours in the order, with room
left around it. Where there is no room, its neighbours are moved apart. Ids that an article no longer has are not given
to another one for an hour, so that a row id that a reader has kept leads to the same entry or to none.
"""

import time
from collections.abc import Callable, Iterable, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.schema import begin_of_day, day_of_row
from dossier.library.index.sessions import StatementSession

_ROOMY = 4_096
"""The least number of free ids for each article after neighbours were moved apart."""
_STEPS = 32
"""The share of the ids between two articles that an article there leaves free on the side where none is expected."""
_NEIGHBOURS = 16
"""The number of neighbours on either side that are moved at first; where that makes no room, four times as many."""
RETIRED = 3_600
"""Seconds for which the row ids of a removed article are not used again."""

Range = tuple[int, int]
"""Row ids from the first up to the second, excluded."""


class Unplaced(NamedTuple):
    """An article that needs row ids: its day, its place in the order, and the number of its entries.

    On a day, the article with the least (age, id, path) has the highest row ids.
    """

    day: int
    age: int
    id: str
    path: bytes
    size: int

    @property
    def key(self) -> tuple[int, str, bytes]:
        """The sort key of articles, the newest first."""
        return self.age, self.id, self.path


class _Neighbour(NamedTuple):
    """An article that has row ids, from `first` up to `end`, excluded."""

    first: int
    end: int
    age: int
    id: str
    path: bytes


class Placer:
    """Gives row ids to articles.

    `enter` is called with each article and its first row id as soon as it has one, `move` with the old and the new
    first row id of an article that has to move. Ids that were retired before `reusable_before` (Unix time) are used
    again. `id_letters` is the number of code points of an id in the database index that orders the articles; 0: all.
    """

    def __init__(
        self,
        session: StatementSession,
        enter: Callable[[Unplaced, int], None],
        move: Callable[[int, int], None],
        reusable_before: int,
        id_letters: int = 0,
    ) -> None:
        self._do, self._enter, self._move = session.execute, enter, move
        self._id_letters = id_letters
        # Of each day the row ids of the newest and of the oldest of the articles that were placed last, together.
        self._last: dict[int, tuple[int, int]] = {}
        now = int(time.time())
        self._do("DELETE FROM retired WHERE at < ?", (reusable_before,))
        # The clock was set back: their hour begins anew.
        self._do("UPDATE retired SET at = ? WHERE at > ?", (now, now))

    def retire(self, first: int, end: int) -> None:
        """Note that an article no longer has the row ids from `first` up to `end`, excluded."""
        query = (
            "INSERT INTO retired (first, until, at) VALUES (?, ?, ?)"
            " ON CONFLICT (first) DO UPDATE SET until = excluded.until, at = excluded.at"
        )
        self._do(query, (first, end, int(time.time())))

    def place(self, articles: Iterable[Unplaced]) -> None:
        """Give row ids to articles. Raises IndexDamagedError when a day has no more."""
        waiting = sorted(articles, key=lambda one: one.key)
        at = 0
        while at < len(waiting):
            one = waiting[at]
            newer, older = self._neighbours(one, 1)
            until = older[0][2:] if older else None
            end = at + 1
            while end < len(waiting) and waiting[end].day == one.day and (until is None or waiting[end].key < until):
                end += 1
            self._place_between(newer, waiting[at:end], older)
            at = end

    def _place_between(
        self, newer: Sequence[_Neighbour], group: Sequence[Unplaced], older: Sequence[_Neighbour]
    ) -> None:
        """Place articles that follow one another in the order, with no other between them."""
        day, sizes = group[0].day, [one.size for one in group]
        bounds = begin_of_day(day), begin_of_day(day + 1)
        free = self._free(older[0].end if older else bounds[0], newer[0].first if newer else bounds[1])
        firsts = spread_articles(sizes, self._narrowed(free, group, newer, older)) or spread_articles(sizes, free)
        if firsts is None:
            self._make_room(group, bounds)
            return
        self._do("INSERT INTO day (day, placed) VALUES (?, 0) ON CONFLICT (day) DO NOTHING", (day,))
        self._do("UPDATE day SET placed = placed + ? WHERE day = ?", (len(group), day))
        for one, first in zip(group, firsts, strict=True):
            self._enter(one, first)
        self._last[day] = firsts[0], firsts[-1]

    def _narrowed(
        self,
        free: list[Range],
        group: Sequence[Unplaced],
        newer: Sequence[_Neighbour],
        older: Sequence[_Neighbour],
    ) -> list[Range]:
        """Return the part of the free ids to be used, which leaves room where more articles will come.

        That is at the ends of the day, and between two articles as their times tell. Of one time many articles come in
        their order, or the other way round: there it is behind those that were placed last.
        """
        if not free:
            return free
        day, size = group[0].day, sum(one.size for one in group)
        low, high = free[0][0], free[-1][1]
        part, whole = (0, 1) if older else (1, 1) if newer else (1, 2)
        if newer and older:
            share = _STEPS + len(group)
            newest, oldest = self._last.get(day, (None, None))
            if older[0].age > newer[0].age:
                part, whole = 2 * older[0].age - group[0].age - group[-1].age, 2 * (older[0].age - newer[0].age)
            elif newer[0].first == oldest:
                part = 1
            elif older[0].first != newest:
                return free
        else:
            found = self._do("SELECT placed FROM day WHERE day = ?", (day,)).fetchone()
            share = 4096 + 4 * (found[0] if found else 0)
        wanted = size + (len(group) + 1) * ((high - low) // share)
        if wanted >= high - low:
            return free
        begin = low + (high - low - wanted) * part // whole
        return [
            (max(one, begin), min(two, begin + wanted)) for one, two in free if one < begin + wanted and two > begin
        ]

    def _make_room(self, group: Sequence[Unplaced], bounds: Range) -> None:
        """Place articles between neighbours without room, by moving these apart."""
        many = _NEIGHBOURS
        while True:
            newer, older = self._neighbours(group[0], many + 1)
            low = older[many].end if len(older) > many else bounds[0]
            high = newer[many].first if len(newer) > many else bounds[1]
            moved_newer, moved_older = newer[:many][::-1], older[:many]
            sizes = [one.end - one.first for one in moved_newer]
            sizes += [one.size for one in group]
            sizes += [one.end - one.first for one in moved_older]
            taken = [(one.first, one.end) for one in (*moved_newer, *moved_older)]
            free = self._free(low, high, taken)
            is_whole = (low, high) == bounds
            if is_whole or sum(end - begin for begin, end in free) >= sum(sizes) + _ROOMY * len(sizes):
                if firsts := spread_articles(sizes, free):
                    break
                if is_whole:
                    raise IndexDamagedError(f"day {group[0].day} is full")
            many *= 4
        for one, first in zip(moved_newer, firsts, strict=False):
            self._move(one.first, first)
        entered = firsts[len(moved_newer) :][: len(group)]
        for unplaced, first in zip(group, entered, strict=True):
            self._enter(unplaced, first)
        self._last[group[0].day] = entered[0], entered[-1]
        for one, first in zip(moved_older, firsts[len(moved_newer) + len(group) :], strict=True):
            self._move(one.first, first)

    def _neighbours(self, one: Unplaced, most: int) -> tuple[list[_Neighbour], list[_Neighbour]]:
        """Return at most `most` newer and as many older neighbours of an article on its day, the nearest first."""
        columns: tuple[str, ...] = ("age", "id", "path")
        key: tuple[object, ...] = one.key
        if self._id_letters:
            columns = ("age", f"left(id, {self._id_letters})", "id", "path")
            key = (one.age, one.id[: self._id_letters], one.id, one.path)
        found = []
        for sign, order in (("<", "DESC"), (">", "ASC")):
            query = (
                f"SELECT first, first + count, age, id, path FROM article WHERE ({', '.join(columns)}) {sign}"
                f" ({', '.join('?' * len(key))}) ORDER BY {', '.join(f'{name} {order}' for name in columns)} LIMIT ?"
            )
            rows = self._do(query, (*key, most))
            found.append([_Neighbour(*row) for row in rows if day_of_row(row[0]) == one.day])
        return found[0], found[1]

    def _free(self, low: int, high: int, taken: Iterable[Range] = ()) -> list[Range]:
        """Return the ids from `low` up to `high` that no article has, or had within RETIRED seconds."""
        query = "SELECT first, until FROM retired WHERE first >= ? AND first < ? ORDER BY first"
        used = sorted([*self._do(query, (low, high)), *taken])
        free = []
        for first, end in (*used, (high, high)):
            if first > low:
                free.append((low, first))
            low = max(low, end)
        return free


def spread_articles(sizes: Sequence[int], free: Sequence[Range]) -> list[int] | None:
    """Return the first ids of articles of these sizes, the highest first, spread evenly over the free ids.

    `free` are ranges in ascending order. Return None where the articles do not fit.
    """
    room = sum(end - begin for begin, end in free) - sum(sizes)
    if room < 0:
        return None
    # The rest of a range is lost where the next article does not fit. If too much is lost, no room is left between.
    for share in (room // (len(sizes) + 1), 0):
        ranges = list(free)
        firsts: list[int] = []
        for size in sizes:
            gap = share
            while ranges and ranges[-1][1] - ranges[-1][0] < gap + size:
                begin, end = ranges.pop()
                gap = max(0, gap - (end - begin))
            if not ranges:
                break
            begin, end = ranges[-1]
            firsts.append(end - gap - size)
            ranges[-1] = (begin, firsts[-1])
        if len(firsts) == len(sizes):
            return firsts
    return None
