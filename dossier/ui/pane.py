"""A pane as an immutable value: its entries, the window on them, and the cursor.

The cursor is on a line, and may be on a link in that line. Every movement is a function from one pane to the next, so
that it can be tested without a terminal.
"""

from collections.abc import Sequence
from typing import Final

from dossier.core.dataclasses import dataclass, field, replace
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.ui.viewport import Position, Window, fill_window, lines_between, move_position, scroll_to

_STRIDING_ROWS: Final = 12
"""The height of a window from which on a list is scrolled by a third of it."""


@dataclass(frozen=True)
class Pane(Window):
    """A window on entries, with a cursor.

    With `by_line` the cursor moves through the lines of a text, else through the entries of a list. `link_number` is
    the number, from 0, of the chosen link in the cursor's entry, or None. `point` is the 0-based offset of the
    character that stays on the cursor's line when the width changes, or None after any other movement. With `strides`
    a step beyond the window's edge scrolls by a third of the window: beside other panes a single line would cost as
    many bytes. The window of a list has to be high enough for that, or the row before would often be out of sight.
    """

    cursor: Position = Position()
    link_number: int | None = None
    point: int | None = field(default=None, compare=False)
    strides: bool = False

    @property
    def entry(self) -> Entry | None:
        """The entry that the cursor is on; None in an empty pane."""
        return self.entries[self.cursor.row] if len(self.entries) else None

    @property
    def address(self) -> Ref | None:
        """The address of what the cursor is on: the chosen link's span, or the entry; None in an empty pane."""
        if self.entry is None:
            return None
        if self.link_number is None:
            return self.entry.ref
        anchor = self.entry.anchors[self.link_number]
        return self.entry.ref.with_span(anchor.start, anchor.end)

    @property
    def targets(self) -> tuple[Ref, ...]:
        """The addresses that the chosen link leads to; empty when no link is chosen."""
        return self.entry.anchors[self.link_number].targets if self.entry and self.link_number is not None else ()

    @property
    def offset(self) -> int:
        """The number of lines from the top of the window down to the cursor; negative if the cursor is above."""
        return lines_between(self.top, self.cursor, self.row_height, self.rows) if len(self.entries) else 0

    @property
    def line(self) -> int:
        """The line of the entry that the cursor is on, from 0; the lines of its head are not counted."""
        return max(0, self.cursor.line - self.row_heights(self.cursor.row)[0]) if len(self.entries) else 0

    def resize(self, cells: int, rows: int) -> "Pane":
        """Return the pane in a window of another size, with the cursor on the same words."""
        if (cells, rows) == (self.cells, self.rows):
            return self
        pane = replace(self, cells=max(1, cells), rows=max(1, rows))
        if not len(self.entries):
            return pane
        row, head = self.cursor.row, pane.row_heights(self.cursor.row)[0]
        if not self.by_line or self.link_number is not None:
            return pane.place(row, self.offset, 0, self.link_number)._eased()
        point = self.line_start(row, self.cursor.line) if self.point is None else self.point
        return replace(pane.place(row, self.offset, pane.line_at(row, point) - head)._eased(), point=point)

    def with_entries(self, entries: Sequence[Entry]) -> "Pane":
        """Return the pane with other entries, and the cursor on the same entry if it is among them, else near it."""
        at = self.entry.ref if self.entry else None
        pane = replace(self, entries=entries, cursor=Position(), top=Position(), link_number=None)
        row = pane.find(at) if at else None
        if row is None:
            return pane._at(min(self.cursor.row, len(entries) - 1)) if len(entries) else pane
        # If the text has changed, the link with the same targets is taken for the same link.
        alike = [number for number, anchor in enumerate(entries[row].anchors) if anchor.targets == self.targets]
        chosen = self.link_number if self.link_number in alike else next(iter(alike), None)
        return pane.place(row, self.offset, self.line, chosen)

    def place(self, row: int, offset: int, line: int = 0, chosen: int | None = None) -> "Pane":
        """Return the pane with the cursor on a line of the entry in `row`, `offset` lines below the top of the window.

        `line` counts from 0 and without the head. If the entry has a link with the number `chosen`, the cursor is on
        that link instead.
        """
        if chosen is not None and chosen < len(self.entries[row].anchors):
            at = self._at(row, chosen)
        else:
            head, own = self.row_heights(row)
            at = self.at(Position(row, head + min(line, own - 1)))
        top = move_position(at.cursor, -offset, len(self.entries), self.row_height)
        return replace(at, top=top).at(at.cursor, at.link_number)

    def move(self, count: int) -> "Pane":
        """Return the pane with the cursor `count` lines (in a list: rows) further down; up if `count` is negative."""
        if not len(self.entries):
            return self
        if not self.by_line and (unseen := _next_unseen(self, count)):
            return self.at(unseen)
        if not self.by_line:
            row = min(max(self.cursor.row + count, 0), len(self.entries) - 1)
            # At an end of the list, a row that is higher than the window must not scroll back to its first line.
            if row == self.cursor.row and self.row_height(row) > self.rows:
                return self
        walked = self._walk(count) if self.by_line else self._at(row)
        strides = self.strides and (self.by_line or self.rows >= _STRIDING_ROWS)
        return _strode(walked, count) if strides and walked.top != self.top else walked

    def move_page(self, lines: int) -> "Pane":
        """Return the pane with cursor and window about `lines` lines further down; up if `lines` is negative."""
        if not len(self.entries):
            return self
        top = fill_window(
            move_position(self.top, lines, len(self.entries), self.row_height),
            self.rows,
            len(self.entries),
            self.row_height,
        )
        paged = replace(self, top=top)._walk(lines)
        # In a row that is higher than the window the cursor keeps its line, else paging could never leave the row.
        return paged if self.by_line or paged.cursor.row == self.cursor.row else paged._at(paged.cursor.row)

    def move_to_edge(self, last: bool) -> "Pane":
        """Return the pane with the cursor on the first line or, with `last`, on the last."""
        if not len(self.entries):
            return self
        row = len(self.entries) - 1 if last else 0
        pane = self._at(row)
        return pane.at(Position(row, pane.row_height(row) - 1)) if last and self.by_line else pane

    def choose_link(self, count: int) -> "Pane":
        """Return the pane with the next link (`count` 1) or the previous one (-1) chosen.

        In a text this may be a link of another entry. The pane is returned unchanged when there is no such link.
        """
        if self.entry is None:
            return self
        numbers = range(len(self.entry.anchors))
        if self.link_number is not None:
            ahead = [number for number in numbers if (number - self.link_number) * count > 0]
        else:
            begins, line = self.anchor_lines(self.cursor.row), self.cursor.line
            ahead = [number for number in numbers if begins.get(number, 0) >= line] if count > 0 else []
            ahead = ahead or [number for number in numbers if count < 0 and begins.get(number, 0) < line]
        row = self.cursor.row
        while self.by_line and not ahead and 0 <= (row := row + count) < len(self.entries):
            ahead = list(range(len(self.entries[row].anchors)))
        return self._at(row, ahead[0] if count > 0 else ahead[-1])._eased() if ahead else self

    def move_to(self, ref: Ref) -> "Pane":
        """Return the pane with the cursor on `ref`: on the link with its span, else on the line where it begins.

        The pane is returned unchanged when it does not contain `ref`.
        """
        row = self.find(ref)
        if row is None:
            return self
        if ref.span is None:
            return self._at(row)
        for number, anchor in enumerate(self.entries[row].anchors):
            if (anchor.start, anchor.end) == ref.span:
                return self._at(row, number)._eased()
        return self.at(Position(row, self.line_at(row, ref.span[0])))._eased()

    def at(self, position: Position, chosen: int | None = None) -> "Pane":
        """Return the pane with the cursor at `position`, scrolled no further than is needed to show it.

        `position` must be a line that the cursor may be on. `chosen` is the number of the link that it is on, or None.
        """
        head, own = self.row_heights(position.row)
        whole = not self.by_line
        first = Position(position.row, 0) if whole or position.line == head else position
        last = Position(position.row, head + own - 1) if whole else position
        top = scroll_to(self.top, first, last, self.rows, len(self.entries), self.row_height)
        if head + own > self.rows:
            # A row that does not fit is shown around the cursor, not from its first line.
            top = scroll_to(top, position, position, self.rows, len(self.entries), self.row_height)
        return replace(self, cursor=position, top=self.align_top(top, position.row), link_number=chosen, point=None)

    def _eased(self) -> "Pane":
        """Return the pane, if it is a text with the cursor near the window's end, scrolled to show more lines."""
        if not self.by_line or self.rows < 6 or self.offset < self.rows - 2:
            return self
        top = move_position(self.cursor, -(self.rows // 3), len(self.entries), self.row_height)
        return replace(self, top=fill_window(top, self.rows, len(self.entries), self.row_height))

    def _walk(self, lines: int) -> "Pane":
        position = move_position(self.cursor, lines, len(self.entries), self.row_height)
        head = self.row_heights(position.row)[0]
        if position.line < head:
            if lines > 0 or position.row == 0:
                position = Position(position.row, head)
            else:
                position = Position(position.row - 1, self.row_height(position.row - 1) - 1)
        return self.at(position)

    def _at(self, row: int, chosen: int | None = None) -> "Pane":
        head = self.row_heights(row)[0]
        return self.at(Position(row, head if chosen is None else self.anchor_lines(row).get(chosen, head)), chosen)


def _next_unseen(pane: Pane, count: int) -> Position | None:
    """Return the next hidden line of the cursor's row, if that is higher than the window, in the direction of `count`.

    None when the row fits the window, or has no further line in that direction.
    """
    row = pane.cursor.row
    head, own = pane.row_heights(row)
    if abs(count) != 1 or head + own <= pane.rows:
        return None
    seen = [position.line for position in pane.visible_positions() if position.row == row]
    line = max(seen, default=-1) + 1 if count > 0 else min(seen, default=0) - 1
    return Position(row, line) if head <= line < head + own else None


def _strode(pane: Pane, count: int) -> Pane:
    """Return the pane scrolled by a third of its window in the direction of `count`, with the cursor's row on view."""
    lines = pane.rows // 3 if count > 0 else -(pane.rows // 3)
    top = move_position(pane.top, lines, len(pane.entries), pane.row_height)
    strode = replace(pane, top=fill_window(top, pane.rows, len(pane.entries), pane.row_height))
    return strode if pane.by_line else strode.at(pane.cursor)
