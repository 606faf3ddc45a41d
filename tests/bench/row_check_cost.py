"""Measure what looking through the rows of an index costs: processor nanoseconds a row, and an answer of no rows.

Run as `python tests/bench/row_check_cost.py`. The rows are made here, so that no server and no disk has a part in it.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from dossier.library.index.row_check import check_rows

_BATCH: Final = 2_048
_TIMES: Final = 400
_ROW: Final = (1 << 50, 40, "hh-2024-10-12", b"a/b.yaml", "The long quay", "Harbour Herald", "2024-10-12", 1, 2)
_ANSWERS: Final[dict[str, tuple[tuple[str, ...], tuple[Any, ...]]]] = {
    "row ids": (("row",), (1 << 50,)),
    "ranges of articles": (("first", "until"), (1 << 50, (1 << 50) + 40)),
    "matches with their articles": (("row", "first", "until"), (1 << 50, 1 << 50, (1 << 50) + 40)),
    "packed entries": (("first", "entries"), (1 << 50, bytes(2_000))),
    "articles": (
        (
            *("first", "count", "id", "path", "headline", "outlet", "published", "earliest", "latest"),
            *("article_n", "people_n", "quotes_n", "timeline_n", "forms", "repeats"),
        ),
        (*_ROW, 20, 8, 8, 4, "direct", False),
    ),
}


def measure(do: Callable[[], object], times: int) -> float:
    """Return the least processor nanoseconds that one of several runs took."""
    best = float("inf")
    for _ in range(times):
        begun = time.thread_time_ns()
        do()
        best = min(best, time.thread_time_ns() - begun)
    return best


def main() -> None:
    """Print the cost for each kind of answer."""
    for name, (columns, row) in _ANSWERS.items():
        rows: Sequence[tuple[Any, ...]] = [row] * _BATCH

        def look(columns: tuple[str, ...] = columns, rows: Sequence[tuple[Any, ...]] = rows) -> None:
            check_rows(columns, rows)

        def look_at_one(columns: tuple[str, ...] = columns, row: tuple[Any, ...] = row) -> None:
            check_rows(columns, [row])

        each, alone = measure(look, _TIMES) / _BATCH, measure(look_at_one, _TIMES * 10)
        print(f"{name:<30}{each:>8.0f} ns a row of {_BATCH:,}, {alone:>8.0f} ns a row alone")


if __name__ == "__main__":
    main()
