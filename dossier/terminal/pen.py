"""Writing of cells to the terminal with a record of where its cursor is.

The cursor's position counts as unknown wherever terminals disagree: after text of disputed width, and after the last
column, where some terminals wrap at once and others later. It is then placed anew. Only sequences are used that a
VT220, the Linux console, screen, tmux, xterm and rxvt have in common (DEC's VT220 Programmer Reference,
console_codes(4)): CUP, CUU, CUD, CUF, CUB, CR, BS, EL and DECAWM. Lines must not wrap (DECAWM off), so that a text that
one terminal draws wider than others stays in its row.
"""

from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import Row, find_character_start
from dossier.terminal.sgr import encode_style_change, reduce_style
from dossier.terminal.style import PLAIN, Style
from dossier.text.disputed_widths import has_agreed_width, has_disputed_width


class CellWriter:
    """Writer of cells at any position, which collects what it sends. It begins in the plain style and has to end in it.

    `row` and `column` are the 0-based position of the cursor, or -1 when that is unknown.
    """

    __slots__ = ("_abilities", "_parts", "_style", "column", "row")

    def __init__(self, abilities: Capabilities, at: tuple[int, int] | None = None) -> None:
        self._abilities = abilities
        self._parts: list[str] = []
        self._style = PLAIN
        self.row, self.column = at or (-1, -1)

    def fork(self) -> "CellWriter":
        """Return a writer in the same position and style that has sent nothing yet."""
        pen = CellWriter(self._abilities, (self.row, self.column))
        pen._style = self._style
        return pen

    def join(self, pen: "CellWriter") -> None:
        """Append what a fork of this writer sent, and continue from where it ended."""
        self._parts += pen._parts
        self._style, self.row, self.column = pen._style, pen.row, pen.column

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
            self._parts.append(encode_cursor_move(self.row, self.column, row, column))
            self.row, self.column = row, column

    def set_style(self, style: Style) -> None:
        """Change to `style`, as far as the terminal can show it."""
        wanted = reduce_style(style, self._abilities)
        if wanted != self._style:
            self._parts.append(encode_style_change(self._style, wanted))
            self._style = wanted

    def write_cells(self, old: Row, new: Row, start: int, end: int) -> None:
        """Send the cells of `new` from column `start` up to `end`, over those of `old`.

        Both columns have to be edges of characters.
        """
        row, column = self.row, start
        for style, cells in groupby(new[start:end], itemgetter(1)):
            texts = [text for text, _ in cells]
            text = "".join(texts)
            self.set_cursor(row, column)
            self.set_style(style)
            ends = column + len(texts) == len(new)
            if has_agreed_width(text) and not (ends and len(new[find_character_start(new, len(new) - 1)][0]) > 1):
                self._parts.append(text)
                column += len(texts)
                self._arrive(column, len(new))
            else:
                column = self._write_each(old, new, row, column, column + len(texts))

    def _write_each(self, old: Row, new: Row, row: int, column: int, end: int) -> int:
        while column < end:
            text, style = new[column]
            cells = 1
            while column + cells < end and not new[column + cells][0]:
                cells += 1
            self.set_cursor(row, column)
            if has_disputed_width(text, cells):
                if cells > 1 and any(cell != (" ", style) for cell in old[column : column + cells]):
                    self._parts.append(" " * cells)
                    self._arrive(column + cells, len(new))
                    self.set_cursor(row, column)
                self._parts.append(text)
                self.column = -1
            else:
                # Where lines do not wrap, tmux keeps its cursor on the last column, not after it, and would add
                # combining marks to the character before.
                ends = column + cells == len(new) and len(text) > 1
                self._parts.append(f"\x1b[?7h{text}\x1b[?7l" if ends else text)
                self._arrive(column + cells, len(new))
            column += cells
        return column

    def _arrive(self, column: int, cells: int) -> None:
        if column < cells:
            self.column = column
        else:
            self.row = self.column = -1


@lru_cache(maxsize=8192)
def encode_cursor_move(row: int, column: int, to_row: int, to_column: int) -> str:
    """Return the shortest sequence that moves the cursor from one position (-1: unknown) to another."""
    place = f"{to_row + 1 if to_row else ''};{to_column + 1}" if to_column else f"{to_row + 1 if to_row else ''}"
    ways = [f"\x1b[{place}H"]
    if row >= 0:
        down = _by(to_row - row, "B", "A")
        ways.append("\r" + down + _by(to_column, "C", "D"))
        if column >= 0:
            ways.append(down + _by(to_column - column, "C", "D"))
            if 0 < column - to_column < 4:
                ways.append(down + "\b" * (column - to_column))
    return min(ways, key=len)


def _by(count: int, forth: str, back: str) -> str:
    if not count:
        return ""
    return f"\x1b[{abs(count) if abs(count) > 1 else ''}{forth if count > 0 else back}"
