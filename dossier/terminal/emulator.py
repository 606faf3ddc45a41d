"""Emulator that turns the output of a full-screen program into a frame of cells.

It understands what Textual sends: text, cursor movement, erasing, styles, hyperlinks (ECMA-48; the rest is in xterm's
"Control Sequences"). Other sequences do not change the picture, and are returned to the caller. Lines do not wrap, and
nothing scrolls: what is beyond an edge is dropped.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from dossier.terminal.frame import (
    BLANK_CELL,
    Cell,
    Frame,
    Row,
    append_marks,
    find_character_start,
    join_text,
    make_cells,
)
from dossier.terminal.sgr import apply_sgr
from dossier.terminal.style import PLAIN, Style

_STRING: Final = r"[^\x1b]*+(?:\x1b[^\\][^\x1b]*+)*+"
_TOKEN: Final = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<style>[0-9;:]*)m"
    r"|\x1b\[(?P<numbers>[0-9;]*)(?P<act>[ABCDGHJKdf])"
    r"|\x1b\]8;[^;\x07\x1b]*;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<bracket>\x1b\[\?2026[hl])"
    r"|(?P<other>\x07|\x1b\[[0-?]*+[ -/]*+[@-~]|\x1b\][^\x07\x1b]*+(?:\x07|\x1b\\)"
    rf"|\x1b[PX^_]{_STRING}\x1b\\|\x1b[ -/]++[0-~]|\x1b[0-OQ-WYZ\\`-~])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])"
)
_UNFINISHED: Final = re.compile(rf"\x1b(?:\[[0-?]*+[ -/]*+|\][^\x07\x1b]*+\x1b?|[PX^_]{_STRING}\x1b?|[ -/]*+)?\Z")
_NOWHERE: Final = (-1, -1)
_MAX_PARAMETER: Final = 1 << 16
_MAX_SEQUENCE: Final = 1 << 20
"""Characters of an unfinished sequence that are kept; a longer one is taken to have no end."""


class Emulator:
    """A screen of `cells` columns by `rows` rows, both at least 1.

    `cursor` is the 0-based row and column of the next character. The column may be one past the last.
    """

    def __init__(self, cells: int, rows: int) -> None:
        self.cursor = (0, 0)
        # Where the last text ended, as long as the cursor was not moved: only there can the next one join it.
        self._text_end = _NOWHERE
        self._style = PLAIN
        self._unfinished = ""
        self._grid: list[list[Cell]] = []
        self._rows: list[Row] = []
        self._changed: set[int] = set()
        self.resize(cells, rows)

    @property
    def frame(self) -> Frame:
        """The current content of the screen. Its cursor is hidden, since a full-screen program draws its own."""
        for row in self._changed:
            made = tuple(self._grid[row])
            if made != self._rows[row]:
                self._rows[row] = made
        self._changed.clear()
        return Frame(tuple(self._rows))

    def put_rows(self, rows: Mapping[int, Row], cursor: tuple[int, int]) -> None:
        """Replace rows, by their 0-based numbers, and move the cursor. Rows beyond the screen's edge are dropped.

        A row of another length than the screen's is cut, or filled with blanks.
        """
        for number, row in rows.items():
            if number < len(self._grid):
                self._grid[number] = fitted = _fit(list(row), self._cells)
                # The row itself is kept where it fits: two rows that are one object need not be compared.
                self._rows[number] = row if len(row) == self._cells else tuple(fitted)
                self._changed.discard(number)
        self._move(*cursor)

    def resize(self, cells: int, rows: int) -> None:
        """Cut the screen, or extend it with blanks, to `cells` columns by `rows` rows."""
        self._cells, size = max(1, cells), max(1, rows)
        del self._grid[size:]
        for row in self._grid:
            _fit(row, self._cells)
        self._grid += [[BLANK_CELL] * self._cells for _ in range(size - len(self._grid))]
        self._rows = [tuple(row) for row in self._grid]
        self._changed.clear()
        self._move(*self.cursor)

    def feed(self, text: str) -> str:
        """Paint `text`, and return the sequences in it that do not change the picture, in order.

        A sequence that is incomplete at the end of `text` is kept until the next call.
        """
        text = self._unfinished + text
        self._unfinished = ""
        given, at, end = list[str](), 0, len(text)
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                if end - at < _MAX_SEQUENCE and _UNFINISHED.match(text, at):
                    self._unfinished = text[at:]
                    break
                at += 1
                continue
            at = found.end()
            kind = found.lastgroup
            if kind == "text":
                self._draw(found[0])
            elif kind == "style":
                self._style = apply_sgr(self._style, found["style"])
            elif kind == "act":
                _ACTS[found["act"]](self, *_numbers(found["numbers"]))
            elif kind == "link":
                self._style = self._style._replace(link=found["link"])
            elif kind == "other":
                given.append(found[0])
            elif kind == "control":
                self._control(found[0])
        return "".join(given)

    def _control(self, control: str) -> None:
        row, column = self.cursor
        if control == "\n":
            self._move(row + 1, 0)
        elif control == "\r":
            self._move(row, 0)
        elif control == "\b":
            self._move(row, column - 1)

    def _draw(self, text: str) -> None:
        row, column = self.cursor
        line = self._grid[row]
        joined: list[Cell] = []
        if self.cursor == self._text_end:
            column, joined, text = join_text(line, column, text)
        marks, drawn = make_cells(text, self._style)
        self._changed.add(row)
        if marks and not joined:
            append_marks(line, column, marks)
        elif marks:
            append_marks(joined, len(joined), marks)
        cells = (*joined, *drawn)
        after, room = column + len(cells), self._cells - column
        if len(cells) > room:
            # Whatever follows a wide character that does not fit at the edge is beyond the edge, too.
            cells, after = cells[: find_character_start(cells, room)], self._cells
        if cells:
            self._split_wide(line, column)
            self._split_wide(line, column + len(cells))
            line[column : column + len(cells)] = cells
        self.cursor = self._text_end = (row, after)

    def _split_wide(self, line: list[Cell], column: int) -> None:
        """Replace a wide character that spans the left edge of `column` by blanks: half of it will be overwritten."""
        if column >= self._cells or line[column][0]:
            return
        end = column
        while end < self._cells and not line[end][0]:
            end += 1
        start = find_character_start(line, column)
        line[start:end] = [(" ", line[start][1])] * (end - start)

    def _erase(self, row: int, start: int, end: int) -> None:
        """Fill the columns from `start` up to `end` with blanks in the current background colour."""
        line = self._grid[row]
        self._split_wide(line, start)
        self._split_wide(line, end)
        behind = self._style.background
        line[start:end] = [BLANK_CELL if behind is None else (" ", Style(background=behind))] * (end - start)
        self._changed.add(row)

    def _move(self, row: int, column: int) -> None:
        self.cursor = (min(max(row, 0), len(self._grid) - 1), min(max(column, 0), self._cells - 1))
        self._text_end = _NOWHERE

    def _to(self, row: int, column: int) -> None:
        self._move((row or 1) - 1, (column or 1) - 1)

    def _to_column(self, column: int, _: int) -> None:
        self._move(self.cursor[0], (column or 1) - 1)

    def _to_row(self, row: int, _: int) -> None:
        self._move((row or 1) - 1, self.cursor[1])

    def _erase_in_line(self, how: int, _: int) -> None:
        row, column = self.cursor
        column = min(column, self._cells - 1)
        if how <= 2:
            self._erase(row, 0 if how else column, column + 1 if how == 1 else self._cells)

    def _erase_in_display(self, how: int, _: int) -> None:
        if how <= 1:
            self._erase_in_line(how, 0)
        row, size = self.cursor[0], len(self._grid)
        for other in (range(row + 1, size), range(row), range(size))[how] if how <= 2 else ():
            self._erase(other, 0, self._cells)


def _fit(row: list[Cell], cells: int) -> list[Cell]:
    """Cut a row, or extend it with blanks, to `cells` columns, and return it."""
    if len(row) > cells:
        del row[find_character_start(row, cells) :]
    row.extend([BLANK_CELL] * (cells - len(row)))
    return row


def _by(rows: int, columns: int) -> Callable[[Emulator, int, int], None]:
    def move(stream: Emulator, count: int, _: int) -> None:
        row, column = stream.cursor
        column = min(column, stream._cells - 1)
        stream._move(row + rows * (count or 1), column + columns * (count or 1))

    return move


_ACTS: Final[Mapping[str, Callable[[Emulator, int, int], None]]] = {
    "A": _by(-1, 0),
    "B": _by(1, 0),
    "C": _by(0, 1),
    "D": _by(0, -1),
    "G": Emulator._to_column,
    "H": Emulator._to,
    "J": Emulator._erase_in_display,
    "K": Emulator._erase_in_line,
    "d": Emulator._to_row,
    "f": Emulator._to,
}


@lru_cache(maxsize=4096)
def _numbers(parameters: str) -> tuple[int, int]:
    """Return the first two parameters of a sequence.

    A missing or empty one is 0; larger ones than `_MAX_PARAMETER` are reduced to that.
    """
    first, second, *_ = *parameters.split(";"), "", ""
    return min(int(first[:9] or 0), _MAX_PARAMETER), min(int(second[:9] or 0), _MAX_PARAMETER)
