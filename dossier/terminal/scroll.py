"""Rows that moved as a block are found by their text, for a line that moves keeps its words more often than its look.

What a block saves is reckoned in cells that need not be sent again; a scroll that would not pay is not proposed, nor is
one for a text that moved beside something that did not: on most terminals that would be seen to jump and come back.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate
from operator import ne
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.frame import BLANK, Row

_SCROLL: Final = 24
"""About the bytes of setting a region, scrolling it and setting it free."""
_MOVE: Final = 8
"""About the bytes of going to a row and changing the style there."""
_WORTH: Final = 8
"""A scroll that saves less than this part of all is not worth it."""
_OFFSETS_TRIED: Final = 3
_ALIKE: Final = 4
"""Rows of one text that are looked at: many alike say little of which row went where."""


class Block(NamedTuple):
    """Rows `top` up to, not including, `end`, scrolled up `by` rows; down when it is negative."""

    top: int
    end: int
    by: int


def find_moved_block(before: Sequence[Row], after: Sequence[Row]) -> Block | None:
    """The block whose scrolling saves most; both pictures are of one size."""
    changed = [row for row, (old, new) in enumerate(zip(before, after, strict=True)) if old is not new and old != new]
    offsets = _offsets(before, after, changed) if len(changed) > 2 else []
    if not offsets:
        return None
    costs = [0] * len(after)
    for row in changed:
        costs[row] = _cost(before[row], after[row])
    blank = (BLANK,) * len(after[0])
    bared = [0, *accumulate(cost - _cost(blank, row) for cost, row in zip(costs, after, strict=True))]
    best, block = max(_block(before, after, costs, bared, by) for by in offsets)
    return block if best > max(_SCROLL, sum(costs) // _WORTH) else None


def scroll_block(rows: Sequence[Row], block: Block) -> list[Row]:
    """The rows after the block was scrolled: blanks stand where nothing came."""
    blanks = [(BLANK,) * len(rows[0])] * abs(block.by)
    inside = list(rows[block.top : block.end])
    inside = inside[block.by :] + blanks if block.by > 0 else blanks + inside[: block.by]
    return [*rows[: block.top], *inside, *rows[block.end :]]


def _offsets(before: Sequence[Row], after: Sequence[Row], changed: list[int]) -> list[int]:
    """How far up rows may have moved, likeliest first."""
    places = defaultdict[str, list[int]](list)
    for row in changed:
        places[_text(before[row])].append(row)
    # Blank rows are everywhere.
    places.pop("", None)
    votes = Counter[int]()
    for row in changed:
        for place in places.get(_text(after[row]), ())[:_ALIKE]:
            votes[place - row] += 1
    del votes[0]
    likeliest = votes.most_common(_OFFSETS_TRIED)
    return [by for by, count in likeliest if 2 * count > likeliest[0][1]]


def _text(row: Row) -> str:
    return "".join([text for text, _ in row]).rstrip()


def _cost(old: Row, new: Row) -> int:
    """About the bytes of making `new` of `old`."""
    return 0 if old is new or old == new else _MOVE + sum(map(ne, old, new))


def _block(
    before: Sequence[Row], after: Sequence[Row], costs: list[int], bared: list[int], by: int
) -> tuple[int, Block]:
    """The rows that are best moved up `by`, and what that saves.

    `bared`: what it saves, mostly less than nothing, that rows up to each are blank; those left by the block will be.
    """
    size = len(after)
    best, start, gain, block = 0, 0, 0, Block(0, 0, by)
    for row in range(max(0, -by), min(size, size - by)):
        begun = bared[row] - bared[row + by] if by < 0 else 0
        if begun >= gain or row == max(0, -by):
            start, gain = row, begun
        gain += costs[row] - _cost(before[row + by], after[row])
        saved = gain + (bared[row + 1 + by] - bared[row + 1] if by > 0 else 0)
        if saved > best:
            best = saved
            block = Block(start + min(by, 0), row + 1 + max(by, 0), by)
    return best, block
