"""Sending of rows that are read aloud, in frames with a visible cursor.

A screen reader says what is sent, or what has changed. So a row that changes is sent whole, from its first letter to
its last, and the row that the cursor comes to is sent again even if it is as before. Only while a line is typed the
changed cells are sent alone, since the whole line would be said again with each letter.

Where the cursor is at the beginning of its row, the characters that terminals disagree about are neither set apart nor
followed by a placed cursor: what comes after them may then stand elsewhere, but no word is broken for who listens.
"""

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import BLANK_CELL, Frame, Row
from dossier.terminal.pen import CellWriter
from dossier.terminal.sent_row import SentRow, iterate_characters
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
    changed = [at for at, (now, was) in enumerate(zip(after.rows[row], old, strict=True)) if now != was]
    return bool(changed) and not _is_typed(after.rows[row], changed[0], *sorted((column, was_column)))


def _is_typed(row: Row, changed: int, first: int, last: int) -> bool:
    """Return whether a row that changed from column `changed` on was typed in, with the cursor between two columns."""
    return first <= changed <= last and any(text.strip() for text, _ in row[:first])


def send_whole_row(pen: CellWriter, row: int, old: SentRow, new: SentRow, abilities: Capabilities, column: int) -> None:
    """Send the row's text as one run. Another text is erased before, whatever cells the terminal drew it over.

    `column` is that of the cursor if it is in this row, else 0.
    """
    if pen.spilled:
        old = old.spoil(pen.spilled)
        pen.spilled = 0
    is_run = not column and _is_sent_at_once(new, abilities)
    if (is_run or old.cells != new.cells) and _find_text(old)[1]:
        pen.set_cursor(row, 0)
        pen.set_style(PLAIN)
        pen.send_sequence("\x1b[K")
        old = old.erase(0)
    new = new._replace(disputed={}) if is_run else new
    start, end = _find_text(new)
    if start < end:
        pen.set_cursor(row, start)
        pen.write_cells(old.cells, new, start, end)
    if is_run:
        pen.column = -1


def _is_sent_at_once(row: SentRow, abilities: Capabilities) -> bool:
    """Return whether the row has disputed characters, and room for all of them as wide as any terminal draws them."""
    if not row.disputed or abilities.counts_marks or not abilities.stays_in_row:
        return False
    ends = {start: end for start, end, _ in iterate_characters(row.cells)}
    spare = sum(max(0, one.reach - ends[start]) for start, one in row.disputed.items())
    return _find_text(row)[1] + spare < len(row.cells)


def _find_text(row: SentRow) -> tuple[int, int]:
    """Return start and end of the columns to send of a row; equal when it is blank."""
    columns = [column for column, cell in enumerate(row.cells) if cell != BLANK_CELL]
    if not columns:
        return 0, 0
    # Blanks follow a character at the end that a terminal may draw over more cells.
    reach = max((one.reach for one in row.disputed.values()), default=0)
    return columns[0], min(len(row.cells), max(columns[-1] + 1, reach))
