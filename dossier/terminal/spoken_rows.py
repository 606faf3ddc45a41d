"""Sending of rows that are read aloud, in frames with a visible cursor.

A screen reader says what is sent, or what has changed. So a row that changes is sent whole, from its first letter to
its last, and the row that the cursor comes to is sent again even if it is as before. Only while a line is typed the
changed cells are sent alone, since the whole line would be said again with each letter.
"""

from dossier.terminal.frame import BLANK_CELL, Frame, Row
from dossier.terminal.pen import CellWriter
from dossier.terminal.sent_row import SentRow
from dossier.terminal.style import PLAIN


def is_read_whole(before: Frame | None, after: Frame, row: int, old: Row) -> bool:
    """Return whether this row, which shows `old` now, has to be sent from its first letter to its last."""
    if after.cursor is None:
        return False
    at, column = after.cursor
    if before is None or before.cursor is None or row != at:
        return old != after.rows[row]
    was, was_column = before.cursor
    if was != row:
        return True
    kept = after.rows[row][: min(column, was_column)]
    is_typed = old[: len(kept)] == kept and any(text.strip() for text, _ in kept)
    return old != after.rows[row] and not is_typed


def send_whole_row(pen: CellWriter, row: int, old: SentRow, new: SentRow) -> None:
    """Send the row's text as one run. Another text is erased before, whatever cells the terminal drew it over."""
    if old.cells != new.cells and _find_text(old)[1]:
        pen.set_cursor(row, 0)
        pen.set_style(PLAIN)
        pen.send_sequence("\x1b[K")
        old = old.erase(0)
    start, end = _find_text(new)
    if start < end:
        pen.set_cursor(row, start)
        pen.write_cells(old.cells, new, start, end)


def _find_text(row: SentRow) -> tuple[int, int]:
    """Return start and end of the columns to send of a row; equal when it is blank."""
    columns = [column for column, cell in enumerate(row.cells) if cell != BLANK_CELL]
    if not columns:
        return 0, 0
    # Blanks follow a character at the end that a terminal may draw over more cells.
    reach = max((one.reach for one in row.disputed.values()), default=0)
    return columns[0], min(len(row.cells), max(columns[-1] + 1, reach))
