"""Row ids follow the order of publication, however articles come and go."""

import random
import sqlite3
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.library.index import schema
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.placement import Placer, Unplaced, spread_articles
from dossier.library.index.schema import DAY, begin_of_day, day_of_row


@pytest.mark.parametrize(
    ("sizes", "free", "firsts"),
    [
        ([10], [(0, 30)], [10]),
        ([10, 10], [(0, 50)], [30, 10]),
        ([10, 10], [(0, 20)], [10, 0]),
        ([10, 10], [(0, 12), (100, 112)], [101, 2]),
        ([10, 10], [(0, 10), (100, 110)], [100, 0]),
        ([10, 5], [(0, 9), (20, 30)], [20, 4]),
        ([10, 10], [(0, 19)], None),
        ([10], [(0, 9), (20, 29)], None),
        ([10], [], None),
    ],
)
def test_articles_are_spread_over_what_is_free(
    sizes: list[int], free: list[tuple[int, int]], firsts: list[int] | None
) -> None:
    assert spread_articles(sizes, free) == firsts


class Shelf:
    """A table of articles with row ids from a Placer, as the index has it."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.executescript(
            "CREATE TABLE article (first INTEGER PRIMARY KEY, count, age, id, path);"
            "CREATE UNIQUE INDEX article_order ON article (age, id, path);"
            "CREATE TABLE day (day INTEGER PRIMARY KEY, placed);"
            "CREATE TABLE retired (first INTEGER PRIMARY KEY, until, at);"
        )
        self.moves = 0
        self.used: dict[int, bytes] = {}
        self.placer = Placer(self.connection, self._enter, self._move, 0)

    def place(self, *articles: Unplaced) -> None:
        self.placer.place(articles)
        found = self.connection.execute("SELECT first, count, path FROM article").fetchall()
        for first, count, path in found:
            for row in range(first, first + count):
                assert self.used.setdefault(row, path) == path, "an id was given to another article"

    def remove(self, path: bytes) -> None:
        first, count = self.connection.execute("SELECT first, count FROM article WHERE path = ?", (path,)).fetchone()
        self.connection.execute("DELETE FROM article WHERE path = ?", (path,))
        for row in range(first, first + count):
            self.used[row] = b"gone"
        self.placer.retire(first, first + count)

    def check(self) -> list[bytes]:
        """Return the paths, the newest first, after checking that ids follow the order and do not overlap."""
        rows = self.connection.execute("SELECT first, count, age, id, path FROM article ORDER BY first DESC").fetchall()
        assert [row[2:] for row in rows] == sorted(row[2:] for row in rows)
        assert all(below[0] + below[1] <= above[0] for above, below in pairwise(rows))
        return [path for *_, path in rows]

    def _enter(self, one: Unplaced, first: int) -> None:
        self.connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", (first, one.size, *one.key))

    def _move(self, first: int, to: int) -> None:
        self.moves += 1
        (count,) = self.connection.execute("SELECT count FROM article WHERE first = ?", (first,)).fetchone()
        self.connection.execute("UPDATE article SET first = ? WHERE first = ?", (to, first))
        for row in range(first, first + count):
            self.used[row] = b"moved"
        self.placer.retire(first, first + count)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that makes days of so many bits."""
    return lambda bits: monkeypatch.setattr(schema, "DAY", bits)


def one(name: str, size: int = 3, day: int = 5, age: int | None = None) -> Unplaced:
    return Unplaced(day, -day if age is None else age, name, name.encode(), size)


NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=3), unique=True, max_size=24)


@given(st.lists(st.tuples(NAMES, st.integers(1, 9)), max_size=6), st.randoms(use_true_random=False))
def test_any_articles_in_any_order(batches: list[tuple[list[str], int]], chance: random.Random) -> None:
    shelf, there = Shelf(), set[str]()
    for names, size in batches:
        gone = [name for name in names if name in there]
        for name in gone:
            shelf.remove(name.encode())
        shelf.place(*(one(name, size, 5 + len(name)) for name in chance.sample(names, len(names))))
        there |= set(names)
    assert shelf.check() == [name.encode() for name in sorted(there, key=lambda name: (-len(name), name))]


def test_where_there_is_no_room_neighbours_move_apart(narrow: Callable[[int], None]) -> None:
    narrow(16)
    shelf = Shelf()
    shelf.place(one("a"), one("z"))
    for number in range(60):
        shelf.place(one(f"m{number:03}"))
    assert shelf.check() == [b"a", *(f"m{number:03}".encode() for number in range(60)), b"z"]
    assert 0 < shelf.moves < 60 * 16


def test_articles_that_come_in_order_never_move_others() -> None:
    for names in (range(3_000), range(3_000, 0, -1)):
        shelf = Shelf()
        for number in names:
            shelf.placer.place([one(f"{number:05}", 60)])
        assert len(shelf.check()) == 3_000
        assert shelf.moves == 0


@pytest.mark.parametrize("numbers", [range(150), range(150, 0, -1)], ids=["rising", "falling"])
def test_articles_that_come_in_order_between_two_others_never_move_any(numbers: range) -> None:
    shelf = Shelf()
    shelf.placer.place([one("a", 60), one("z", 60)])
    for number in numbers:
        shelf.placer.place([one(f"m{number:05}", 60)])
    assert len(shelf.check()) == 152
    assert shelf.moves == 0


@pytest.mark.parametrize("numbers", [range(100), range(100, 0, -1)], ids=["rising", "falling"])
def test_a_day_of_articles_with_times_and_without_never_moves_any(numbers: range) -> None:
    chance, shelf = random.Random(1), Shelf()
    for number in numbers:
        minute = chance.randint(360, 1_360) if chance.random() < 0.3 else 0
        shelf.placer.place([one(f"{number:05}", 20, age=-minute)])
    assert len(shelf.check()) == 100
    assert shelf.moves == 0


def test_a_file_touched_again_and_again_keeps_its_place() -> None:
    shelf = Shelf()
    shelf.place(one("a"), one("b"), one("c"))
    for _ in range(300):
        shelf.remove(b"b")
        shelf.place(one("b"))
    assert shelf.check() == [b"a", b"b", b"c"]


def test_a_full_day_is_told(narrow: Callable[[int], None]) -> None:
    narrow(5)
    shelf = Shelf()
    shelf.place(*(one(f"{number}", 8) for number in range(4)))
    assert shelf.check() == [b"0", b"1", b"2", b"3"]
    with pytest.raises(IndexDamagedError, match="day 5 is full"):
        shelf.place(one("4", 1))


def test_a_day_has_room_for_a_million_articles_and_no_day_for_any_number() -> None:
    assert begin_of_day(6) - begin_of_day(5) == 1 << DAY >= 1_000_000 * 60
    assert (begin_of_day(0), begin_of_day(1) > 10**13) == (0, True)
    assert begin_of_day(schema.LAST_DAY + 1) < 1 << 54


@pytest.mark.parametrize("day", [0, 1, 5, 738_000, schema.LAST_DAY])
def test_the_day_of_a_row_id(day: int) -> None:
    assert (day_of_row(begin_of_day(day)), day_of_row(begin_of_day(day + 1) - 1)) == (day, day)


def test_days_do_not_mix(narrow: Callable[[int], None]) -> None:
    narrow(6)
    shelf = Shelf()
    shelf.place(one("late", day=7), one("early", day=6), one("b", day=7), one("undated", day=0, age=1 << 62))
    assert shelf.check() == [b"b", b"late", b"early", b"undated"]
    firsts = dict(shelf.connection.execute("SELECT path, first FROM article"))
    assert {path: day_of_row(first) for path, first in firsts.items()} == {
        b"late": 7,
        b"b": 7,
        b"early": 6,
        b"undated": 0,
    }


def test_ids_are_used_again_that_were_retired_before_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    monkeypatch.setattr(time, "time", lambda: 5_000.5)
    shelf.placer.retire(10, 20)
    left = []
    for before in (5_000, 5_001):
        Placer(shelf.connection, lambda *_: None, lambda *_: None, before)
        left += shelf.connection.execute("SELECT count(*) FROM retired").fetchone()
    assert left == [1, 0]
