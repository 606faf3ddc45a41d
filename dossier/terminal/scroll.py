"""Search for a block of rows that moved between two frames, so that the terminal can scroll it.

Rows are compared by their text, since a line that moves keeps its words more often than its styles. What a scroll saves
is counted in bytes that need not be sent again. A scroll that saves too little is not proposed. Neither is one for text
that moved beside something that did not: on most terminals that would be seen to jump and come back.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import ne
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.frame import BLANK_CELL, Row, read_row

_SCROLL_COST: Final = 24
"""Approximate bytes for setting a scroll region, scrolling it and resetting it."""
_MOVE_COST: Final = 8
"""Approximate bytes for moving to a row and changing the style there."""
_MIN_SAVING_DIVISOR: Final = 8
"""A scroll has to save more than the total cost divided by this number."""
_OFFSETS_TRIED: Final = 3
_MAX_ALIKE: Final = 4
"""Rows of the same text that are considered; where there are more, they tell little about which row went where."""


class MovedBlock(NamedTuple):
    """The rows from `top` up to, not including, `end`, to be scrolled up by `rows_up` (down when it is negative)."""

    top: int
    end: int
    rows_up: int


def find_moved_block(
    before: Sequence[Row],
    after: Sequence[Row],
    scroll_cost: int = _SCROLL_COST,
    read: Callable[[Row], str] = read_row,
) -> MovedBlock | None:
    """Return the block whose scrolling saves most, or None. Both frames have the same size.

    `scroll_cost` is how many bytes the scrolling itself takes. `read` returns the text of a row.
    """
    changed = [row for row, (old, new) in enumerate(zip(before, after, strict=True)) if old is not new and old != new]
    offsets = _find_offsets(before, after, changed, read) if len(changed) > 2 else []
    if not offsets:
        return None
    costs = [0] * len(after)
    for row in changed:
        costs[row] = _cost(before[row], after[row])
    bared = [0, *accumulate(cost - _cost_of_blank(row) for cost, row in zip(costs, after, strict=True))]
    best, block = max(_best_block(before, after, costs, bared, by) for by in offsets)
    return block if best > max(scroll_cost, sum(costs) // _MIN_SAVING_DIVISOR) else None


def scroll_block(rows: Sequence[Row], block: MovedBlock) -> list[Row]:
    """Return the rows as they are after the block was scrolled, with blank rows where nothing moved in."""
    blanks = [(BLANK_CELL,) * len(rows[0])] * abs(block.rows_up)
    inside = list(rows[block.top : block.end])
    inside = inside[block.rows_up :] + blanks if block.rows_up > 0 else blanks + inside[: block.rows_up]
    return [*rows[: block.top], *inside, *rows[block.end :]]


def _find_offsets(
    before: Sequence[Row], after: Sequence[Row], changed: list[int], read: Callable[[Row], str]
) -> list[int]:
    """Return by how many rows upwards a block may have moved, the likeliest first."""
    places = defaultdict[str, list[int]](list)
    for row in changed:
        places[read(before[row]).rstrip(" ")].append(row)
    # Blank rows are everywhere.
    places.pop("", None)
    votes = Counter[int]()
    for row in changed:
        for place in places.get(read(after[row]).rstrip(" "), ())[:_MAX_ALIKE]:
            votes[place - row] += 1
    del votes[0]
    likeliest = votes.most_common(_OFFSETS_TRIED)
    return [by for by, count in likeliest if 2 * count > likeliest[0][1]]


def _cost(old: Row, new: Row) -> int:
    """Return the approximate bytes for changing the row `old` to `new`."""
    return 0 if old is new or old == new else _MOVE_COST + sum(map(ne, old, new))


def _cost_of_blank(new: Row) -> int:
    """Return the approximate bytes for changing a blank row to `new`."""
    marks = len(new) - new.count(BLANK_CELL)
    return _MOVE_COST + marks if marks else 0


def _best_block(
    before: Sequence[Row], after: Sequence[Row], costs: list[int], bared: list[int], by: int
) -> tuple[int, MovedBlock]:
    """Return the bytes that moving a block up by `by` rows saves at best, and that block.

    `bared` has, for each row, the bytes saved (mostly negative) when all rows before it are blank. The rows that the
    block leaves behind will be.
    """
    size = len(after)
    best, start, gain, block = 0, 0, 0, MovedBlock(0, 0, by)
    for row in range(max(0, -by), min(size, size - by)):
        begun = bared[row] - bared[row + by] if by < 0 else 0
        if begun >= gain or row == max(0, -by):
            start, gain = row, begun
        gain += costs[row] - _cost(before[row + by], after[row])
        saved = gain + (bared[row + 1 + by] - bared[row + 1] if by > 0 else 0)
        if saved > best:
            best = saved
            block = MovedBlock(start + min(by, 0), row + 1 + max(by, 0), by)
    return best, block
