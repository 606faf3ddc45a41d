"""A place in a pane, and what is on view from there.

A place is an entry and a line within it, so that no total height is ever needed, and only entries that are passed are
looked at: a pane of a million rows costs what one of twenty does.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Self

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.ui.entry_list import as_listing
from dossier.ui.render.draw import DrawnEntry, draw_entry, measure_heights
from dossier.ui.render.entry_style import PLAIN_LOOK, EntryLook
from dossier.ui.render.flow import Line

Height = Callable[[int], int]
"""How many lines the entry with this index takes: at least one."""


class Position(NamedTuple):
    """The entry's row (its index in the pane) and the line within it, both from 0."""

    row: int = 0
    line: int = 0


def move_position(position: Position, lines: int, count: int, height: Height) -> Position:
    """`position` moved by `lines` (negative: up) in a pane of `count` entries, stopping at its first and last line."""
    if count == 0:
        return Position()
    index, line = min(position.row, count - 1), position.line + lines
    while line < 0 and index > 0:
        index -= 1
        line += height(index)
    while line >= height(index) and index < count - 1:
        line -= height(index)
        index += 1
    return Position(index, min(max(line, 0), height(index) - 1))


def lines_between(start: Position, end: Position, height: Height, limit: int) -> int:
    """Lines from `start` down to `end`, negative when it lies above; nothing beyond `limit` (at least 1) is counted."""
    if end < start:
        return -lines_between(end, start, height, limit)
    lines, index = -start.line, start.row
    while index < end.row and lines < limit:
        lines += height(index)
        index += 1
    return min(lines + end.line, limit) if index == end.row else limit


def scroll_to(top: Position, first: Position, last: Position, rows: int, count: int, height: Height) -> Position:
    """The top line that shows `first` to `last` in a window of `rows` lines, moved no further from `top` than it must.

    When they do not fit, `first` is at the top. The last entry stays at the window's foot where there is enough.
    """
    if lines_between(top, first, height, rows + 1) < 0:
        top = first
    elif lines_between(top, last, height, rows + 1) >= rows:
        top = max(min(move_position(last, 1 - rows, count, height), first), top)
    return fill_window(top, rows, count, height)


def fill_window(top: Position, rows: int, count: int, height: Height) -> Position:
    """`top`, but no lower than what leaves the window of `rows` lines full."""
    # Nothing is above the first line, so nothing need be measured for it.
    if count == 0 or top == Position():
        return Position()
    end = Position(count - 1, height(count - 1) - 1)
    return min(move_position(top, 0, count, height), move_position(end, 1 - rows, count, height))


@dataclass(frozen=True)
class Window:
    """`rows` lines of `cells` on `entries`, from the line `top` on."""

    name: str
    entries: Sequence[Entry] = ()
    by_line: bool = False
    cells: int = 80
    rows: int = 20
    top: Position = Position()

    def find(self, ref: Ref) -> int | None:
        """The row of the entry that `ref` is, or lies in; None when the pane does not have it."""
        return as_listing(self.entries).row_of(ref)

    def row_heights(self, row: int) -> tuple[int, int]:
        """The lines that stand above the entry of this row, and its own."""
        return measure_heights(self.entries[row], self._above(row), self.cells)

    def row_height(self, row: int) -> int:
        """The lines of the entry of this row, with what stands above it."""
        return sum(self.row_heights(row))

    def draw_row(self, row: int, look: EntryLook = PLAIN_LOOK) -> DrawnEntry:
        """The entry of this row as lines."""
        return draw_entry(self.entries[row], self._above(row), self.cells, look)

    def visible_positions(self) -> Iterator[Position]:
        """The places of the lines on view, from the top."""
        left, first = self.rows, self.top.line
        for row in range(self.top.row, len(self.entries)):
            for line in range(first, max(first + 1, self.row_height(row))):
                if not left:
                    return
                yield Position(row, line)
                left -= 1
            first = 0

    def lines(self, look_of: Callable[[int], EntryLook]) -> tuple[Line, ...]:
        """The lines on view, each entry as `look_of` its row says."""
        lines: list[Line] = []
        row, drawn = -1, DrawnEntry((), ())
        for position in self.visible_positions():
            if position.row != row:
                row, drawn = position.row, self.draw_row(position.row, look_of(position.row))
            lines.append((*drawn.head, *drawn.lines)[position.line])
        return tuple(lines)

    def anchor_lines(self, row: int) -> dict[int, int]:
        """The line on which each link of the entry begins, by the link's number."""
        drawn = self.draw_row(row)
        begins: dict[int, int] = {}
        for number, line in enumerate(drawn.lines, len(drawn.head)):
            for anchor in (anchor for piece in line for anchor in piece.anchors):
                begins.setdefault(anchor, number)
        return begins

    def line_at(self, row: int, offset: int) -> int:
        """The line on which the code point `offset` of the entry's text stands."""
        probe = self.draw_row(row, EntryLook(hits=((offset, offset + 1),)))
        for number, line in enumerate(probe.lines, len(probe.head)):
            if any("hit" in piece.style.split() for piece in line):
                return number
        return len(probe.head)

    def line_start(self, row: int, line: int) -> int:
        """The first code point of the entry's text on this line."""
        low, high = 0, len(self.entries[row].text)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.line_at(row, middle) >= line else (middle + 1, high)
        return low

    def reveal(self, refs: frozenset[Ref]) -> Self:
        """The window moved to the first of what is lit (`refs`: entries, and spans in them), unless some is on view."""
        found = sorted({row for ref in refs if (row := self.find(ref)) is not None})
        if not found or any(self._shines(position, refs) for position in self.visible_positions()):
            return self
        row = found[0]
        first, last = Position(row, 0), Position(row, self.row_height(row) - 1)
        if self.entries[row].ref not in refs:
            last = Position(row, self._first_lit_line(row, refs))
            if last in self.visible_positions():
                return self
            first = first if last.line < self.rows else last
        # A little below the top: what follows is often lit, too.
        count = len(self.entries)
        top = fill_window(
            move_position(first, -(self.rows // 4), count, self.row_height), self.rows, count, self.row_height
        )
        top = scroll_to(top, first, last, self.rows, count, self.row_height)
        return replace(self, top=self.align_top(top, row))

    def align_top(self, top: Position, row: int) -> Position:
        """`top`, but in a list at the beginning of a row, as far as `row` stays on view and the window full."""
        down = Position(top.row + 1, 0)
        if self.by_line or not top.line or top.row >= row:
            return top
        return down if fill_window(down, self.rows, len(self.entries), self.row_height) == down else top

    def _shines(self, position: Position, refs: frozenset[Ref]) -> bool:
        head = self.row_heights(position.row)[0]
        if position.line < head:
            return False
        if self.entries[position.row].ref in refs:
            return True
        lit = self._lit_anchors(position.row, refs)
        line = self.draw_row(position.row).lines[position.line - head] if lit else ()
        return any(anchor in lit for piece in line for anchor in piece.anchors)

    def _first_lit_line(self, row: int, refs: frozenset[Ref]) -> int:
        if lit := self._lit_anchors(row, refs):
            begins = self.anchor_lines(row)
            return min(begins.get(number, 0) for number in lit)
        # What was found in a text may be words that no link is on.
        entry = self.entries[row].ref
        return self.line_at(row, min(ref.span[0] for ref in refs if ref.span and ref.entry == entry))

    def _lit_anchors(self, row: int, refs: frozenset[Ref]) -> list[int]:
        entry = self.entries[row]
        spans = enumerate(entry.ref.with_span(anchor.start, anchor.end) for anchor in entry.anchors)
        return [number for number, span in spans if span in refs]

    def _above(self, row: int) -> Entry | None:
        return self.entries[row - 1] if row else None
