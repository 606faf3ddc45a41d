"""A pane is a value: its entries, its window on them, and the cursor, which is a line and, on it, perhaps a link.

Every movement is a function from one pane to the next, so that what a key does can be tested without a terminal.
"""

from collections.abc import Sequence

from dossier.core.dataclasses import dataclass, field, replace
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.ui.viewport import Position, Window, fill_window, lines_between, move_position, scroll_to


@dataclass(frozen=True)
class Pane(Window):
    """`link_number` is the number of the cursor entry's link that is chosen, or None.

    `by_line`: the cursor walks the lines of a text; else it walks the entries of a list. `point` is the code point that
    the cursor's line is to show whatever the width, kept from one resize to the next. `strides`: a step beyond the
    window's edge moves it by a third, since beside other panes a line costs as many bytes as that.
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
        """The address of what the cursor is on: the chosen link's span, or the entry."""
        if self.entry is None:
            return None
        if self.link_number is None:
            return self.entry.ref
        anchor = self.entry.anchors[self.link_number]
        return self.entry.ref.with_span(anchor.start, anchor.end)

    @property
    def targets(self) -> tuple[Ref, ...]:
        """What the chosen link leads to; nothing when none is chosen."""
        return self.entry.anchors[self.link_number].targets if self.entry and self.link_number is not None else ()

    @property
    def offset(self) -> int:
        """Lines between the top of the window and the cursor."""
        return lines_between(self.top, self.cursor, self.row_height, self.rows) if len(self.entries) else 0

    @property
    def line(self) -> int:
        """The line of the entry's own that the cursor is on, from 0."""
        return max(0, self.cursor.line - self.row_heights(self.cursor.row)[0]) if len(self.entries) else 0

    def resize(self, cells: int, rows: int) -> "Pane":
        """The same place in a window of another size."""
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
        """The pane with other entries, on the same entry when they have it, else near by."""
        at = self.entry.ref if self.entry else None
        pane = replace(self, entries=entries, cursor=Position(), top=Position(), link_number=None)
        row = pane.find(at) if at else None
        if row is None:
            return pane._at(min(self.cursor.row, len(entries) - 1)) if len(entries) else pane
        # Where the text is another now, the link that leads to the same is the same link.
        alike = [number for number, anchor in enumerate(entries[row].anchors) if anchor.targets == self.targets]
        chosen = self.link_number if self.link_number in alike else next(iter(alike), None)
        return pane.place(row, self.offset, self.line, chosen)

    def place(self, row: int, offset: int, line: int = 0, chosen: int | None = None) -> "Pane":
        """The cursor on this line of the entry of this row, or on its link, `offset` lines below the top."""
        if chosen is not None and chosen < len(self.entries[row].anchors):
            at = self._at(row, chosen)
        else:
            head, own = self.row_heights(row)
            at = self.at(Position(row, head + min(line, own - 1)))
        top = move_position(at.cursor, -offset, len(self.entries), self.row_height)
        return replace(at, top=top).at(at.cursor, at.link_number)

    def move(self, count: int) -> "Pane":
        """The cursor `count` lines (in a list: rows) further down, or up."""
        if not len(self.entries):
            return self
        if not self.by_line and (unseen := _next_unseen(self, count)):
            return self.at(unseen)
        if not self.by_line:
            row = min(max(self.cursor.row + count, 0), len(self.entries) - 1)
            # From the last lines of a row that is higher than the window nothing leads back to its first.
            return self if row == self.cursor.row and self.row_height(row) > self.rows else self._at(row)
        walked = self._walk(count)
        return _strode(walked, count) if self.strides and walked.top != self.top else walked

    def move_page(self, lines: int) -> "Pane":
        """The cursor and the window about `lines` lines further down, or up."""
        if not len(self.entries):
            return self
        top = fill_window(
            move_position(self.top, lines, len(self.entries), self.row_height),
            self.rows,
            len(self.entries),
            self.row_height,
        )
        paged = replace(self, top=top)._walk(lines)
        # Within a row that is higher than the window the cursor stays, else it could never be left.
        return paged if self.by_line or paged.cursor.row == self.cursor.row else paged._at(paged.cursor.row)

    def move_to_edge(self, last: bool) -> "Pane":
        """The cursor on the first or the last line."""
        if not len(self.entries):
            return self
        row = len(self.entries) - 1 if last else 0
        pane = self._at(row)
        return pane.at(Position(row, pane.row_height(row) - 1)) if last and self.by_line else pane

    def choose_link(self, count: int) -> "Pane":
        """The next (1) or previous (-1) link chosen, in a text also of other entries; without one, as it was."""
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
        """The cursor on `ref`: on the link that it spans, else on the line where it begins; as it was if not here."""
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
        """The cursor at a place that it may be at, with the window moved no further than to show it."""
        head, own = self.row_heights(position.row)
        whole = not self.by_line
        first = Position(position.row, 0) if whole or position.line == head else position
        last = Position(position.row, head + own - 1) if whole else position
        top = scroll_to(self.top, first, last, self.rows, len(self.entries), self.row_height)
        if head + own > self.rows:
            # What does not fit is shown where the cursor is, and not from its beginning.
            top = scroll_to(top, position, position, self.rows, len(self.entries), self.row_height)
        return replace(self, cursor=position, top=self.align_top(top, position.row), link_number=chosen, point=None)

    def _eased(self) -> "Pane":
        """In a text, the window moved so that the cursor is not on its last lines: what follows is to be read, too."""
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
    """The next line, the way the cursor goes, of a row that is higher than the window; None when all were on view."""
    row = pane.cursor.row
    head, own = pane.row_heights(row)
    if abs(count) != 1 or head + own <= pane.rows:
        return None
    seen = [position.line for position in pane.visible_positions() if position.row == row]
    line = max(seen, default=-1) + 1 if count > 0 else min(seen, default=0) - 1
    return Position(row, line) if head <= line < head + own else None


def _strode(pane: Pane, count: int) -> Pane:
    """The pane with its window a third further on, the way the cursor went."""
    lines = pane.rows // 3 if count > 0 else -(pane.rows // 3)
    top = move_position(pane.top, lines, len(pane.entries), pane.row_height)
    return replace(pane, top=fill_window(top, pane.rows, len(pane.entries), pane.row_height))
