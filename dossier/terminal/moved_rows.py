"""Scrolling of the rows that moved between two frames, before what else has changed is sent.

Rows that moved as a block are scrolled (DECSTBM, IL and DL of DEC's VT220), those of one pane alone where the terminal
has left and right margins.
"""

from collections.abc import Sequence

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.columns import MARGINS_ON, find_column_blocks
from dossier.terminal.frame import Row
from dossier.terminal.pen import MARGINS_OFF, CellWriter
from dossier.terminal.scroll import MovedBlock, find_moved_block, scroll_block


def scroll_moved_rows(
    pen: CellWriter, before: Sequence[Row], after: Sequence[Row], abilities: Capabilities
) -> tuple[Sequence[Row], int]:
    """Scroll what moved, and return the rows as they are then, and the number of the row that was the last one."""
    rows, was_last = before, len(after) - 1
    if abilities.has_margins:
        rows = _scroll_columns(pen, rows, after, abilities)
    block = find_moved_block(rows, after) if abilities.scrolls else None
    if block:
        _scroll(pen, block, len(rows))
        rows = scroll_block(rows, block)
        if block.end == len(rows):
            was_last -= block.rows_up
    return rows, was_last


def _scroll(pen: CellWriter, block: MovedBlock, size: int) -> None:
    """Scroll the block by deleting or inserting lines at its top, as every terminal with scroll regions can."""
    region = (block.top + 1, block.end)
    if block.end < size:
        pen.send_sequence(f"\x1b[{region[0] if block.top else ''};{region[1]}r")
        pen.row = pen.column = 0
    pen.set_cursor(block.top, 0)
    count = abs(block.rows_up)
    pen.send_sequence(f"\x1b[{count if count > 1 else ''}{'M' if block.rows_up > 0 else 'L'}")
    pen.row = pen.column = -1
    if block.end < size:
        pen.send_sequence("\x1b[r")
        pen.row = pen.column = 0


def _scroll_columns(pen: CellWriter, before: Sequence[Row], after: Sequence[Row], abilities: Capabilities) -> list[Row]:
    """Scroll what moved between the lines between panes, and return the rows as they are then."""
    found, rows = find_column_blocks(before, after, abilities)
    if found:
        pen.send_sequence(f"{MARGINS_ON}{''.join(one.encode() for one in found)}{MARGINS_OFF}\x1b[r")
        pen.row = pen.column = 0
    return rows
