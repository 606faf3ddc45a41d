"""A pane is a value: its entries, its window on them, and the cursor, which is a line and, on it, perhaps a link.

Every movement is a function from one pane to the next, so that what a key does can be tested without a terminal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.drawing.entry import Drawn, draw, heights
from dossier.drawing.look import Look
from dossier.entries import Entry
from dossier.position import Position, distance, moved, scrolled, settled
from dossier.ref import Ref


@dataclass(frozen=True)
class Pane:
    """`cells` and `rows` are the window's size; `chosen` the number of the cursor entry's link that is chosen, or None.

    `by_line`: the cursor walks the lines of a text; else it walks the entries of a list.
    """

    name: str
    entries: Sequence[Entry] = ()
    by_line: bool = False
    cells: int = 80
    rows: int = 20
    cursor: Position = Position()
    top: Position = Position()
    chosen: int | None = None

    @property
    def entry(self) -> Entry | None:
        """The entry that the cursor is on; None in an empty pane."""
        return self.entries[self.cursor.row] if len(self.entries) else None

    @property
    def here(self) -> Ref | None:
        """The address of what the cursor is on: the chosen link's span, or the entry."""
        if self.entry is None:
            return None
        if self.chosen is None:
            return self.entry.ref
        anchor = self.entry.anchors[self.chosen]
        return self.entry.ref.within(anchor.start, anchor.end)

    @property
    def targets(self) -> tuple[Ref, ...]:
        """What the chosen link leads to; nothing when none is chosen."""
        return self.entry.anchors[self.chosen].targets if self.entry and self.chosen is not None else ()

    def height(self, index: int) -> int:
        """Lines of the entry with this index, with what stands above it."""
        return sum(self._heights(index))

    def find(self, ref: Ref) -> int | None:
        """The index of the entry that `ref` is, or lies in; None when the pane does not have it."""
        return next((index for index, entry in enumerate(self.entries) if entry.ref == ref.entry), None)

    def resized(self, cells: int, rows: int) -> "Pane":
        """The same place in a window of another size."""
        if (cells, rows) == (self.cells, self.rows):
            return self
        pane = replace(self, cells=max(1, cells), rows=max(1, rows))
        if not len(self.entries):
            return pane
        own, set_anew = self._heights(self.cursor.row)[1], pane._heights(self.cursor.row)[1]
        return pane.placed(self.cursor.row, self.offset, self.line * set_anew // own, self.chosen)

    def showing(self, entries: Sequence[Entry]) -> "Pane":
        """The pane with other entries, on the same entry when they have it, else near by."""
        at = self.entry.ref if self.entry else None
        pane = replace(self, entries=entries, cursor=Position(), top=Position(), chosen=None)
        index = pane.find(at) if at else None
        if index is None:
            return pane._at(min(self.cursor.row, len(entries) - 1)) if len(entries) else pane
        # Where the text is another now, the link that leads to the same is the same link.
        alike = [number for number, anchor in enumerate(entries[index].anchors) if anchor.targets == self.targets]
        chosen = self.chosen if self.chosen in alike else next(iter(alike), None)
        return pane.placed(index, self.offset, self.line, chosen)

    @property
    def offset(self) -> int:
        """Lines between the top of the window and the cursor."""
        return distance(self.top, self.cursor, self.height, self.rows) if len(self.entries) else 0

    @property
    def line(self) -> int:
        """The line of the entry's own that the cursor is on, from 0."""
        return max(0, self.cursor.line - self._heights(self.cursor.row)[0]) if len(self.entries) else 0

    def placed(self, index: int, offset: int, line: int = 0, chosen: int | None = None) -> "Pane":
        """The cursor on this line of the entry with this index, or on its link, `offset` lines below the top."""
        if chosen is not None and chosen < len(self.entries[index].anchors):
            at = self._at(index, chosen)
        else:
            head, own = self._heights(index)
            at = self.at(Position(index, head + min(line, own - 1)))
        top = moved(at.cursor, -offset, len(self.entries), self.height)
        return replace(at, top=top).at(at.cursor, at.chosen)

    def step(self, count: int) -> "Pane":
        """The cursor `count` lines (in a list: rows) further down, or up."""
        if not len(self.entries):
            return self
        if not self.by_line:
            return self._at(min(max(self.cursor.row + count, 0), len(self.entries) - 1))
        return self._walk(count)

    def page(self, lines: int) -> "Pane":
        """The cursor and the window about `lines` lines further down, or up."""
        if not len(self.entries):
            return self
        top = settled(moved(self.top, lines, len(self.entries), self.height), self.rows, len(self.entries), self.height)
        moved_pane = replace(self, top=top)._walk(lines)
        # Within a row that is higher than the window the cursor stays, else it could never be left.
        within = self.by_line or moved_pane.cursor.row == self.cursor.row
        return moved_pane if within else moved_pane._at(moved_pane.cursor.row)

    def edge(self, last: bool) -> "Pane":
        """The cursor on the first or the last line."""
        if not len(self.entries):
            return self
        index = len(self.entries) - 1 if last else 0
        pane = self._at(index)
        return pane.at(Position(index, pane.height(index) - 1)) if last and self.by_line else pane

    def link(self, count: int) -> "Pane":
        """The next (1) or previous (-1) link chosen, in this entry or the nearest with one; at the end, as it was."""
        if self.entry is None:
            return self
        numbers = range(len(self.entry.anchors))
        if self.chosen is not None:
            ahead = [number for number in numbers if (number - self.chosen) * count > 0]
        else:
            lines = [self._line_of(self.cursor.row, number) for number in numbers]
            ahead = [number for number in numbers if (lines[number] - self.cursor.line) * count >= 0]
            if count < 0:
                ahead = [number for number in ahead if lines[number] < self.cursor.line]
        index = self.cursor.row
        while not ahead and 0 <= (index := index + count) < len(self.entries):
            ahead = list(range(len(self.entries[index].anchors)))
        if not ahead:
            return self
        return self._at(index, ahead[0] if count > 0 else ahead[-1])

    def to(self, ref: Ref) -> "Pane":
        """The cursor on `ref`: on the link that it spans, else on the line where it begins; as it was if not here."""
        index = self.find(ref)
        if index is None:
            return self
        if ref.span is None:
            return self._at(index)
        entry = self.entries[index]
        for number, anchor in enumerate(entry.anchors):
            if (anchor.start, anchor.end) == ref.span:
                return self._at(index, number)
        return self.at(Position(index, self._line_at(index, ref.span[0])))

    def revealing(self, refs: frozenset[Ref]) -> "Pane":
        """The window moved to the first entry of `refs`, unless one of them is on view already. The cursor stays."""
        found = [index for index, entry in enumerate(self.entries) if entry.ref in refs]
        if not found or any(shown.row in found for shown in self.visible()):
            return self
        first = Position(found[0], 0)
        last = Position(found[0], self.height(found[0]) - 1)
        return replace(self, top=scrolled(self.top, first, last, self.rows, len(self.entries), self.height))

    def visible(self) -> Iterator[Position]:
        """The places of the lines on view, from the top."""
        position = self.top
        for _ in range(self.rows):
            if position.row >= len(self.entries):
                return
            yield position
            down = position._replace(line=position.line + 1)
            position = down if down.line < self.height(down.row) else Position(position.row + 1, 0)

    def drawn(self, index: int) -> Drawn:
        """The entry with this index as lines, without any of its state."""
        return draw(self.entries[index], self._above(index), self.cells)

    def _above(self, index: int) -> Entry | None:
        return self.entries[index - 1] if index else None

    def _heights(self, index: int) -> tuple[int, int]:
        return heights(self.entries[index], self._above(index), self.cells)

    def _walk(self, lines: int) -> "Pane":
        position = moved(self.cursor, lines, len(self.entries), self.height)
        head = self._heights(position.row)[0]
        if position.line < head:
            if lines > 0 or position.row == 0:
                position = Position(position.row, head)
            else:
                position = Position(position.row - 1, self.height(position.row - 1) - 1)
        return self.at(position)

    def _at(self, index: int, chosen: int | None = None) -> "Pane":
        line = self._heights(index)[0] if chosen is None else self._line_of(index, chosen)
        return self.at(Position(index, line), chosen)

    def at(self, position: Position, chosen: int | None = None) -> "Pane":
        """The cursor at a place that it may be at, with the window moved no further than to show it."""
        head, own = self._heights(position.row)
        whole = not self.by_line
        first = Position(position.row, 0) if whole or position.line == head else position
        last = Position(position.row, head + own - 1) if whole else position
        top = scrolled(self.top, first, last, self.rows, len(self.entries), self.height)
        if head + own > self.rows:
            # What does not fit is shown where the cursor is, and not from its beginning.
            top = scrolled(top, position, position, self.rows, len(self.entries), self.height)
        return replace(self, cursor=position, top=top, chosen=chosen)

    def _line_of(self, index: int, anchor: int) -> int:
        drawn = self.drawn(index)
        for number, line in enumerate(drawn.lines):
            if any(anchor in piece.anchors for piece in line):
                return len(drawn.head) + number
        return len(drawn.head)

    def _line_at(self, index: int, offset: int) -> int:
        probe = draw(self.entries[index], self._above(index), self.cells, Look(hits=((offset, offset + 1),)))
        for number, line in enumerate(probe.lines):
            if any("hit" in piece.style.split() for piece in line):
                return len(probe.head) + number
        return len(probe.head)
