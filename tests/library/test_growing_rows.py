import sys
import threading
import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from waiting import PATIENCE

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library import growing_list
from dossier.library.growing_list import FIRST, GrowingArticleList, GrowingList
from dossier.library.scope import FoundArticle


def entry(id: int) -> Entry:
    return Entry(Ref("a", "quote", f"q{id}"), (Part("text", str(id)),), 1)


def article_entry(id: int, hits: Sequence[int] | None) -> Entry:
    return entry(id)


def ids_of(ref: Ref) -> tuple[int, ...]:
    return (int(ref.id[1:]),)


def gathered(ids: list[int | None]) -> tuple[GrowingList, list[int]]:
    told: list[int] = []
    rows = GrowingList(ids, entry, ids_of, lambda: told.append(len(rows)))
    rows.gather()
    return rows, told


def test_rows_are_in_the_order_of_their_ids_and_none_is_no_row() -> None:
    rows, _ = gathered([5, None, 3, 9])
    assert [one.text for one in rows] == ["5", "3", "9"]
    assert rows.is_done


def test_an_address_is_found_at_its_row() -> None:
    rows, _ = gathered([5, 3, 9])
    assert [rows.row_of(Ref("a", "quote", f"q{id}", (0, 1))) for id in (9, 5, 4)] == [2, 0, None]


def test_nothing_is_asked_of_an_address_while_there_are_no_rows() -> None:
    asked: list[Ref] = []

    def ask(ref: Ref) -> tuple[int, ...]:
        asked.append(ref)
        return ids_of(ref)

    rows = GrowingList([5], entry, ask, lambda: None)
    assert rows.row_of(Ref("a", "quote", "q5")) is None
    assert not asked
    rows.gather()
    assert rows.row_of(Ref("a", "quote", "q5")) == 0
    assert len(asked) == 1


def test_a_screen_of_rows_is_told_of_at_once_and_the_end_too() -> None:
    _, told = gathered(list(range(FIRST * 3)))
    assert told[0] == FIRST
    assert told[-1] == FIRST * 3


def test_rows_that_come_together_are_told_of_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """As from a server, which takes a while for the first of them."""
    clock, here, sleep = [0.0], threading.current_thread(), time.sleep

    def wait(seconds: float) -> None:
        # Threads that other tests have left sleep as well.
        if threading.current_thread() is here:
            clock[0] += seconds
        else:
            sleep(seconds)

    def coming() -> Iterator[int]:
        wait(2 * growing_list.SOON)
        yield from range(FIRST // 2)

    monkeypatch.setattr("dossier.library.growing_list.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("dossier.library.growing_list.time.sleep", wait)
    told: list[int] = []
    rows = GrowingList(coming(), entry, ids_of, lambda: told.append(len(rows)))
    rows.gather()
    assert told == [1, FIRST // 2]


def test_an_entry_is_made_once_and_only_so_many_are_kept() -> None:
    made: list[int] = []

    def make(id: int) -> Entry:
        made.append(id)
        return entry(id)

    rows = GrowingList(range(5_000), make, ids_of, lambda: None)
    rows.gather()
    assert [rows[row].text for row in (7, 7, 8)] == ["7", "7", "8"]
    assert made == [7, 8]
    assert len(list(rows)) == 5_000
    assert len(rows._made) == growing_list._KEPT


def test_what_is_no_longer_wanted_stops() -> None:
    going, stopped = threading.Event(), threading.Event()

    def endless() -> Iterator[int]:
        id = 0
        while True:
            yield (id := id + 1)
            going.set()

    rows = GrowingList(endless(), entry, ids_of, lambda: None)

    def work() -> None:
        rows.gather()
        stopped.set()

    threading.Thread(target=work, daemon=True).start()
    assert going.wait(PATIENCE)
    rows.stop()
    assert stopped.wait(PATIENCE)
    assert not rows.is_done


def test_a_slice_is_a_list_of_entries() -> None:
    rows, _ = gathered([1, 2, 3, 4])
    assert [one.text for one in rows[1:3]] == ["2", "3"]


@pytest.mark.parametrize("taken", [0, 3])
def test_a_list_that_is_stopped_lets_go_of_what_it_was_found_by(taken: int) -> None:
    closed: list[bool] = []

    def ids() -> Iterator[int]:
        try:
            for number in range(10):
                if number == taken:
                    rows.stop()
                yield number
        finally:
            closed.append(True)

    rows = GrowingList(ids(), entry, ids_of, lambda: None)
    rows.gather()
    assert closed == [True]
    assert (list(rows.ids), rows.is_done) == (list(range(taken)), False)


HITS = st.lists(st.lists(st.integers(0, 70_000), min_size=1, max_size=6, unique=True).map(sorted), max_size=8)


@given(HITS, st.integers(1, 9))
def test_matching_entries_are_read_as_they_were_added_or_not_at_all(every: list[list[int]], most: int) -> None:
    """From the first article on with too many of them, or with one that is far from its beginning, none are kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(growing_list, "_FIRST_ARTICLES", most)
        found = [
            FoundArticle(number * 100_000, [number * 100_000 + at for at in at]) for number, at in enumerate(every)
        ]
        rows = GrowingArticleList([one.first for one in found], article_entry, ids_of, lambda: None)
        for one in found:
            rows.add_hits(one.first, one.rows)
        rows.gather()
        kept = next((row for row, places in enumerate(every) if places[-1] >= 1 << 16), len(every))
        begins = [sum(map(len, every[:row])) for row in range(len(every))]
        assert [rows.read_hits(row, begin) for row, begin in enumerate(begins)] == [
            one if row < kept else None for row, one in enumerate(found)
        ]
        assert [rows.find_first_hits(one.first) for one in found] == [
            one.rows[:3] if row < min(kept, most) else None for row, one in enumerate(found)
        ]
        assert rows.find_first_hits(7) is None
        assert rows.has_all_hits == (kept == len(every))
        assert list(rows.hit_counts) == list(map(len, every))


def test_bytes_are_counted_of_ids_of_matching_entries_and_of_entries_once_made() -> None:
    rows = GrowingArticleList([5, 9], article_entry, ids_of, lambda: None)
    rows.add_hits(5, [5, 6])
    rows.add_hits(9, [9])
    rows.gather()
    before = rows.count_bytes()
    assert before == 2 * 8 + 2 * 4 + 3 * 2
    assert rows[1]
    assert rows.count_bytes() > before
    runs = GrowingList([range(5_000), range(9_000, 20_000)], entry, ids_of, lambda: None)
    runs.gather()
    assert (len(runs), runs.count_bytes()) == (16_000, 2 * (8 + 4))


ID = st.integers(0, 9) | st.integers(1 << 52, (1 << 52) + 9)


@given(st.lists(st.lists(ID, max_size=4) | ID, max_size=9))
@example([[1, 2, 3], 1 << 52, 4])
def test_ids_that_come_together_are_those_of_the_list_however_they_are_kept(coming: list[list[int] | int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(growing_list, "_MANY", 2)
        rows = GrowingList(coming, entry, ids_of, lambda: None)
        rows.gather()
    plain = [id for one in coming for id in (one if isinstance(one, list) else [one])]
    assert list(rows.ids) == plain
    assert [rows.find(id) for id in plain] == [plain.index(id) for id in plain]
    assert rows.find(77) is None


def test_many_ids_that_come_together_take_six_bytes_each_where_their_days_are_near() -> None:
    near = [(7 << 48) + at for at in range(5_000)]
    kept = []
    for last in (7 << 48, 0):
        rows = GrowingList([near[:10], near[10:], [last]], entry, ids_of, lambda: None)
        rows.gather()
        assert list(rows.ids) == [*near, last]
        kept.append(rows.count_bytes() // len(rows))
    assert kept == [6, 8]


def test_rows_can_be_looked_at_on_two_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    # An export looks at all rows while the screen shows some: each drops what the other has just made.
    monkeypatch.setattr(growing_list, "_KEPT", 1)
    rows, _ = gathered(list(range(2_000)))
    failed: list[KeyError] = []

    def look(order: range) -> None:
        try:
            for row in order:
                assert rows[row].text == str(row)
        except KeyError as error:
            failed.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        looking = [threading.Thread(target=look, args=(order,)) for order in (range(2_000), range(1_999, -1, -1))]
        for one in looking:
            one.start()
        for one in looking:
            one.join()
    finally:
        sys.setswitchinterval(before)
    assert not failed
