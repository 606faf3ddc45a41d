"""Positions in a pane, and the lines that are on view from a position.

A position is a row and a line within it. The total height of a pane is therefore never needed, and only the rows on the
way from one position to another are measured: a pane of a million rows is as quick as one of twenty.
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
"""A function that returns the height of a row in lines, which is at least 1."""


class Position(NamedTuple):
    """A row (the index of an entry in the pane) and a line within it, both from 0; the lines of the head come first."""

    row: int = 0
    line: int = 0


def move_position(position: Position, lines: int, count: int, height: Height) -> Position:
    """Return `position` moved by `lines` (negative: up), but not beyond the first or last line of `count` entries."""
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
    """Return the number of lines from `start` down to `end`; negative when `end` is above `start`.

    Counting stops at `limit`, which is at least 1.
    """
    if end < start:
        return -lines_between(end, start, height, limit)
    lines, index = -start.line, start.row
    while index < end.row and lines < limit:
        lines += height(index)
        index += 1
    return min(lines + end.line, limit) if index == end.row else limit


def scroll_to(top: Position, first: Position, last: Position, rows: int, count: int, height: Height) -> Position:
    """Return the top of a window of `rows` lines that shows `first` to `last`, as near to `top` as possible.

    When they do not fit, `first` is at the top. The window is full if there are enough lines.
    """
    if lines_between(top, first, height, rows + 1) < 0:
        top = first
    elif lines_between(top, last, height, rows + 1) >= rows:
        top = max(min(move_position(last, 1 - rows, count, height), first), top)
    return fill_window(top, rows, count, height)


def fill_window(top: Position, rows: int, count: int, height: Height) -> Position:
    """Return `top`, or the lowest position above it at which a window of `rows` lines is full."""
    # The first line cannot be too low, so nothing has to be measured.
    if count == 0 or top == Position():
        return Position()
    end = Position(count - 1, height(count - 1) - 1)
    return min(move_position(top, 0, count, height), move_position(end, 1 - rows, count, height))


@dataclass(frozen=True)
class Window:
    """A window of `rows` lines, `cells` wide, on `entries`, from the position `top` on.

    `by_line`: the entries are those of a text, which scrolls by lines; else those of a list, which scrolls by rows.
    """

    name: str
    entries: Sequence[Entry] = ()
    by_line: bool = False
    cells: int = 80
    rows: int = 20
    top: Position = Position()

    def find(self, ref: Ref) -> int | None:
        """Return the row of the entry that has the address `ref` or contains it; None when no entry does."""
        return as_listing(self.entries).row_of(ref)

    def row_heights(self, row: int) -> tuple[int, int]:
        """Return how many lines the row has for its head, which stands above the entry, and for the entry itself."""
        return measure_heights(self.entries[row], self._above(row), self.cells)

    def row_height(self, row: int) -> int:
        """Return the height of the row in lines, with its head."""
        return sum(self.row_heights(row))

    def draw_row(self, row: int, look: EntryLook = PLAIN_LOOK) -> DrawnEntry:
        """Return the row drawn as lines."""
        return draw_entry(self.entries[row], self._above(row), self.cells, look)

    def visible_rows(self) -> Iterator[tuple[int, int, int]]:
        """Yield the rows on view, from the top, each with the first of its lines on view and the one after the last."""
        left, first = self.rows, self.top.line
        for row in range(self.top.row, len(self.entries)):
            if left <= 0:
                return
            end = min(max(first + 1, self.row_height(row)), first + left)
            yield row, first, end
            left -= end - first
            first = 0

    def visible_positions(self) -> Iterator[Position]:
        """Yield the positions of the lines on view, from the top."""
        for row, first, end in self.visible_rows():
            for line in range(first, end):
                yield Position(row, line)

    def lines(self, look_of: Callable[[int], EntryLook]) -> tuple[Line, ...]:
        """Return the lines on view; `look_of` returns the look of the entry in a row."""
        lines: list[Line] = []
        for row, first, end in self.visible_rows():
            drawn = self.draw_row(row, look_of(row))
            lines += (*drawn.head, *drawn.lines)[first:end]
        return tuple(lines)

    def anchor_lines(self, row: int) -> dict[int, int]:
        """Return the line of the row, from 0, on which each link of its entry begins, by the link's number."""
        drawn = self.draw_row(row)
        begins: dict[int, int] = {}
        for number, line in enumerate(drawn.lines, len(drawn.head)):
            for anchor in (anchor for piece in line for anchor in piece.anchors):
                begins.setdefault(anchor, number)
        return begins

    def line_at(self, row: int, offset: int) -> int:
        """Return the line of the row, from 0, with the character at the 0-based `offset` into the entry's text."""
        probe = self.draw_row(row, EntryLook(hits=((offset, offset + 1),)))
        for number, line in enumerate(probe.lines, len(probe.head)):
            if any("hit" in piece.style.split() for piece in line):
                return number
        return len(probe.head)

    def line_start(self, row: int, line: int) -> int:
        """Return the 0-based offset, into the entry's text, of the first character on this line of the row."""
        low, high = 0, len(self.entries[row].text)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.line_at(row, middle) >= line else (middle + 1, high)
        return low

    def reveal(self, refs: frozenset[Ref]) -> Self:
        """Return the window scrolled to the first row that has something lit, unless something lit is on view already.

        `refs` are the addresses that are lit: entries, and spans in them.
        """
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
        # Near the top, since what follows is often lit, too.
        count = len(self.entries)
        top = fill_window(
            move_position(first, -(self.rows // 4), count, self.row_height), self.rows, count, self.row_height
        )
        top = scroll_to(top, first, last, self.rows, count, self.row_height)
        return replace(self, top=self.align_top(top, row))

    def align_top(self, top: Position, row: int) -> Position:
        """Return `top`, in a list moved down to the beginning of a row.

        It is not moved where `row` would leave the window, or the window would not be full.
        """
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
        # Words that were found in a text need not be a link.
        entry = self.entries[row].ref
        return self.line_at(row, min(ref.span[0] for ref in refs if ref.span and ref.entry == entry))

    def _lit_anchors(self, row: int, refs: frozenset[Ref]) -> list[int]:
        entry = self.entries[row]
        spans = enumerate(entry.ref.with_span(anchor.start, anchor.end) for anchor in entry.anchors)
        return [number for number, span in spans if span in refs]

    def _above(self, row: int) -> Entry | None:
        return self.entries[row - 1] if row else None
