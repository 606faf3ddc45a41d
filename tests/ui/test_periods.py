import pytest

from dossier.ui.periods import next_period

ROWS = "aaabbbbbbbbbbbbbbbbbbbbcdd"


@pytest.mark.parametrize(
    ("start", "row"), [(0, 3), (2, 3), (3, 23), (10, 23), (22, 23), (23, 24), (24, None), (25, None)]
)
def test_the_next_period_begins_where_it_differs(start: int, row: int | None) -> None:
    assert next_period(len(ROWS), start, 1, ROWS.__getitem__) == row


@pytest.mark.parametrize(("start", "row"), [(25, 23), (24, 23), (23, 3), (22, 0), (3, 0), (2, None), (0, None)])
def test_the_period_before_is_entered_at_its_beginning(start: int, row: int | None) -> None:
    assert next_period(len(ROWS), start, -1, ROWS.__getitem__) == row


def test_few_rows_are_looked_at() -> None:
    looked: list[int] = []

    def period(row: int) -> str:
        looked.append(row)
        return "a" if row < 700_000 else "b"

    assert next_period(1_000_000, 0, 1, period) == 700_000
    assert len(looked) < 60
