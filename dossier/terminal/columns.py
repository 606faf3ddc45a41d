"""Search for rows that moved within some columns, so that a terminal with left and right margins can scroll them.

Panes stand side by side, with a line between them. Where one of them has scrolled, its rows are found as those of a
whole screen are (see `scroll`), in the columns between two such lines. The margins are those of DEC's VT420 (DECLRMM,
DECSLRM); IL and DL then move only what is between them.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import Row, read_cells
from dossier.terminal.scroll import MovedBlock, find_moved_block, scroll_block
from dossier.terminal.sent_row import make_sent_row

MARGINS_ON: Final = "\x1b[?69h"
_EDGES: Final = frozenset("│┃║|")
"""What the lines between panes are drawn with."""
_LEAST_CELLS: Final = 16
"""The width of columns from which it is worth looking for rows that moved."""
_COST: Final = 56
"""Approximate bytes for setting all margins, scrolling and resetting them."""
_MOST_BLOCKS: Final = 3
"""The most blocks that are looked for between two lines: as many panes as stand one above the other."""


class ColumnBlock(NamedTuple):
    """The cells of the rows of `block` from column `left` up to, not including, `right`."""

    left: int
    right: int
    block: MovedBlock

    def encode(self) -> str:
        """Return the sequence that moves these cells, where margins are on. It leaves the cursor anywhere."""
        top, end, rows_up = self.block
        count = abs(rows_up)
        shift = f"{count if count > 1 else ''}{'M' if rows_up > 0 else 'L'}"
        margins = f"\x1b[{self.left + 1};{self.right}s\x1b[{top + 1};{end}r"
        return f"{margins}\x1b[{top + 1};{self.left + 1}H\x1b[{shift}"


def find_column_blocks(
    before: Sequence[Row], after: Sequence[Row], abilities: Capabilities
) -> tuple[list[ColumnBlock], list[Row]]:
    """Return the blocks to be moved one after the other, and the rows of `before` as they are then."""
    found, rows = list[ColumnBlock](), list(before)
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old is not new]
    if len(changed) < 3:
        return found, rows
    for left, right in _spans(after[changed[len(changed) // 2]]):
        own = [row[left:right] for row in rows]
        wanted = [row[left:right] for row in after]
        for _ in range(_MOST_BLOCKS):
            block = find_moved_block(own, wanted, _COST, read_cells)
            if not block or not _can_move(rows[block.top : block.end], left, right, abilities):
                break
            found.append(ColumnBlock(left, right, block))
            own = scroll_block(own, block)
            for number in range(block.top, block.end):
                rows[number] = (*rows[number][:left], *own[number], *rows[number][right:])
    return found, rows


def _spans(row: Row) -> Iterator[tuple[int, int]]:
    """Yield first and last column, not including that, between the lines that the row has between panes."""
    edges = [-1, *(column for column, (text, _) in enumerate(row) if text in _EDGES), len(row)]
    for edge, following in pairwise(edges):
        if len(row) >= following - edge > _LEAST_CELLS:
            yield edge + 1, following


def _can_move(rows: Sequence[Row], left: int, right: int, abilities: Capabilities) -> bool:
    """Return whether no character lies across the margins, and terminals agree on where each of them is."""
    return all(
        row[left][0] and (right == len(row) or row[right][0]) and not make_sent_row(row, abilities).disputed
        for row in rows
    )
