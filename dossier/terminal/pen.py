"""Writing of cells to the terminal with a record of where its cursor is.

The cursor's position counts as unknown wherever terminals disagree: after text of disputed width, and after the last
column, where some terminals wrap at once and others later. It is then placed anew. Only sequences are used that a
VT220, the Linux console, screen, tmux, xterm and rxvt have in common (DEC's VT220 Programmer Reference,
console_codes(4)): CUP, CUU, CUD, CUF, CUB, CR, LF, BS, EL and DECAWM; and CHA and ECH, which a VT220 and Emacs lack in
part, where `Capabilities.edits_cells` says so. Lines must not wrap (DECAWM off), so that a text that one terminal
draws wider than others stays in its row. LF is only sent at column 0 or before CHA, since the system or the terminal
may make CR LF of it. VT, which should keep the column, does not in PuTTY when it adds CR to LF, and Emacs prints ^K.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import NO_TEXT, Row, find_character_start
from dossier.terminal.sent_row import SentRow, iterate_characters
from dossier.terminal.sgr import encode_style_change, reduce_style
from dossier.terminal.style import PLAIN, Style
from dossier.terminal.wrapping import LEAVE_MARGIN

MARGINS_OFF: Final = "\x1b[?69l"
"""Resets left and right margins (DECLRMM)."""
_ERASED_LAST: Final = 6
_ERASED_BETWEEN: Final = 12
"""Number of blanks from which erasing them is shorter, at the end of what is sent and before more."""
_FEWER_FEEDS: Final = 4
"""Number of rows from which CUD is as short as LF."""
_FEW_COLUMNS: Final = 10
"""Number of columns up to which CUF is shorter than every other way."""
_BLANKS: Final = " " * _ERASED_LAST
_BLANK_RUN: Final = re.compile(f" {{{_ERASED_LAST},}}")


class CellWriter:
    """Writer of cells at any position, which collects what it sends. It begins in the plain style and has to end in it.

    `row` and `column` are the 0-based position of the cursor, or -1 when that is unknown. `spilled` is the number of
    cells at the start of the next row that may have been drawn over.
    """

    __slots__ = ("_abilities", "_asked", "_parts", "_style", "column", "row", "spilled")

    def __init__(self, abilities: Capabilities, at: tuple[int, int] | None = None) -> None:
        self._abilities = abilities
        self.spilled = 0
        self._parts: list[str] = []
        self._asked = self._style = PLAIN
        self.row, self.column = at or (-1, -1)

    def fork(self) -> "CellWriter":
        """Return a writer in the same position and style that has sent nothing yet."""
        pen = CellWriter(self._abilities, (self.row, self.column))
        pen._asked, pen._style = self._asked, self._style
        return pen

    def join(self, pen: "CellWriter") -> None:
        """Append what a fork of this writer sent, and continue from where it ended."""
        self._parts += pen._parts
        self._asked, self._style, self.spilled = pen._asked, pen._style, pen.spilled
        self.row, self.column = pen.row, pen.column

    @property
    def sent(self) -> str:
        """Everything that was sent."""
        return "".join(self._parts)

    def send_sequence(self, sequence: str) -> None:
        """Send a sequence that neither moves the cursor nor changes the style."""
        self._parts.append(sequence)

    def set_cursor(self, row: int, column: int) -> None:
        """Move the cursor."""
        if (row, column) != (self.row, self.column):
            before, after = self.row, row
            if before == after and self.column >= 0:
                # The shortest way within a row is the same in each but the first, so that few ways have to be made.
                before = after = min(row, 1)
            self._parts.append(encode_cursor_move(before, self.column, after, column, self._abilities.edits_cells))
            self.row, self.column = row, column

    def set_style(self, style: Style) -> None:
        """Change to `style`, as far as the terminal can show it."""
        if style is self._asked:
            return
        self._asked, wanted = style, reduce_style(style, self._abilities)
        if wanted != self._style:
            self._parts.append(encode_style_change(self._style, wanted))
            self._style = wanted

    def write_cells(self, old: Row, new: SentRow, start: int, end: int) -> None:
        """Send the cells of `new` from column `start` up to `end`, over those of `old`.

        Both columns have to be edges of characters, and all cells that a terminal may draw these characters over have
        to be sent with them.
        """
        row, column, drawn, size, disputed = self.row, start, start, len(new.cells), new.disputed
        last = find_character_start(new.cells, size - 1) if end == size else size
        is_late = end == size and len(new.cells[last][0]) > 1
        for style, cells in groupby(map(itemgetter(1), new.cells[start:end])):
            after = column + len(list(cells))
            if column != self.column or row != self.row:
                self.set_cursor(row, column)
            if style is not self._asked:
                self.set_style(style)
            if (is_late and after == size) or (disputed and any(map(disputed.__contains__, range(column, after)))):
                drawn = self._write_each(old, new, column, after, drawn)
            else:
                text = new.text[column:after]
                self._parts.append("".join([one for one, _ in new.cells[column:after]]) if NO_TEXT in text else text)
                self._arrive(after, size)
            column = after

    def erase_cells(self, row: int, start: int, end: int, style: Style) -> None:
        """Erase the columns from `start` up to `end`, which become blanks with the background of `style`."""
        self.set_cursor(row, start)
        self.set_style(style)
        self._parts.append(f"\x1b[{end - start}X")

    def _write_each(self, old: Row, new: SentRow, column: int, end: int, drawn: int) -> int:
        """Send characters one by one, and return the column up to which terminals may have drawn over the cells.

        `drawn` is that column before.
        """
        row, size = self.row, len(new.cells)
        for start, after, (text, style) in iterate_characters(new.cells[column:end]):
            at, then = column + start, column + after
            self.set_cursor(row, at)
            disputed = new.disputed.get(at)
            if disputed is None:
                # Where lines do not wrap, tmux keeps its cursor on the last column, not after it, and would add
                # combining marks to the character before.
                self._parts.append(_wrapped(text) if then == size and len(text) > 1 else text)
                self._arrive(then, size)
                continue
            if at < drawn or any(cell != (" ", style) for cell in old[at:then]):
                # Some terminal may draw fewer cells, and would leave what is there.
                self._parts.append(" " * (then - at))
                self._arrive(then, size)
                self.set_cursor(row, at)
            self._parts.append(self._at_edge(text, disputed.reach - size) if then == size and len(text) > 1 else text)
            self._leave(row if disputed.reach < size else -1)
            drawn = max(drawn, disputed.reach)
        return drawn

    def _at_edge(self, text: str, beyond: int) -> str:
        """Return what to send for a disputed character at the end of the row, which may be drawn `beyond` the edge."""
        self.spilled = max(0, beyond)
        return _wrapped(text)

    def _leave(self, row: int) -> None:
        """Note that the cursor is at an unknown column of `row`, or anywhere when that is -1."""
        self.row, self.column = row, -1
        if row >= 0 and self._abilities.counts_marks:
            # GNU screen 5 moves the cursor of the outer terminal by its own count, which is right only from column 0.
            self._parts.append("\r")
            self.column = 0

    def _arrive(self, column: int, cells: int) -> None:
        if column < cells:
            self.column = column
        elif self._abilities.stays_in_row:
            self.row = self.column = -1
        else:
            self._parts.append(LEAVE_MARGIN)
            self.column = 0


def iterate_blanks(row: SentRow, start: int, end: int, abilities: Capabilities) -> Iterator[tuple[int, int, int]]:
    """Yield the columns from `start` to `end` in parts: first, the first blank to be erased after it, and the end.

    Blanks are erased where that takes fewer bytes than sending them.
    """
    first = start
    if row.text.find(_BLANKS, start, end) >= 0:
        for found in _BLANK_RUN.finditer(row.text, start, end):
            at, after = found.span()
            is_long = after - at >= (_ERASED_LAST if after == end else _ERASED_BETWEEN)
            blank = row.cells[at]
            if is_long and is_erasable(blank[1], abilities) and row.cells[at:after].count(blank) == after - at:
                yield first, at, after
                first = after
    if first < end:
        yield first, end, end


@lru_cache(maxsize=1024)
def is_erasable(style: Style, abilities: Capabilities) -> bool:
    """Return whether erasing leaves what a blank in this style looks like."""
    shown = reduce_style(style, abilities)
    plain = not shown.attributes and not shown.link and shown.foreground is None
    return plain and (shown.background is None or abilities.erases_in_colour)


def _wrapped(text: str) -> str:
    return f"\x1b[?7h{text}\x1b[?7l"


@lru_cache(maxsize=8192)
def encode_cursor_move(row: int, column: int, to_row: int, to_column: int, has_columns: bool = False) -> str:
    """Return the shortest sequence that moves the cursor from one position (-1: unknown) to another.

    `has_columns`: the terminal has CHA.
    """
    if row == to_row and 0 <= column < to_column < column + _FEW_COLUMNS:
        return _by(to_column - column, "C", "D")
    place = f"{to_row + 1 if to_row else ''};{to_column + 1}" if to_column else f"{to_row + 1 if to_row else ''}"
    ways = [f"\x1b[{place}H"]
    if row >= 0:
        count = to_row - row
        down = _by(count, "B", "A")
        feeds = "\n" * count if has_columns and 0 < count < _FEWER_FEEDS else down
        ways.append(("\r" if column else "") + feeds + _by(to_column, "C", "D"))
        if column >= 0:
            ways.append(down + _by(to_column - column, "C", "D"))
            if 0 < column - to_column < 4:
                ways.append(down + "\b" * (column - to_column))
        if has_columns:
            ways.append(f"{feeds}\x1b[{to_column + 1}G")
    return min(ways, key=len)


def _by(count: int, forth: str, back: str) -> str:
    if not count:
        return ""
    return f"\x1b[{abs(count) if abs(count) > 1 else ''}{forth if count > 0 else back}"
