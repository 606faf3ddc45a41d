import threading
from collections.abc import Iterator

import pytest

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library import growing_list
from dossier.library.growing_list import FIRST, GrowingList


def entry(id: int) -> Entry:
    return Entry(Ref("a", "quote", f"q{id}"), (Part("text", str(id)),), 1)


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
    clock = [0.0]

    def wait(seconds: float) -> None:
        clock[0] += seconds

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
    assert going.wait(10)
    rows.stop()
    assert stopped.wait(10)
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
