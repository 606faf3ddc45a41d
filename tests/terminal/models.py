"""Models of terminals that measure characters in different ways.

Each draws what it is sent into a grid, as real terminals do: a character that is partly overwritten disappears whole,
marks are added to the cell before the cursor, and what does not fit at the right edge stays in the row. How many cells
a code point takes, and what is drawn together with the character before, differs from model to model.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from wcwidth import wcwidth

from dossier.terminal.capabilities import Capabilities

_SEQUENCE = re.compile(r"\x1b\[(\?)?([\d;]*)([A-Za-z])|\x1b\][^\x1b]*\x1b\\|([\r\b\n])|([^\x00-\x1f])")
JOINER = "\u200d"


class Kind(NamedTuple):
    """A way to measure.

    name           what real terminals measure so
    abilities      what the program knows of them
    cells          the cells that a code point takes; 0 adds it to the cell before the cursor
    joins          whether a code point is drawn together with the text of the cell before the cursor
    clamps         whether the cursor stays on the last column where lines do not wrap, as in tmux
    joins_letters  whether a letter may be drawn in the cell of the letter before
    """

    name: str
    abilities: Capabilities
    cells: Callable[[str], int]
    joins: Callable[[str, str], bool] = lambda before, char: False
    clamps: bool = False
    joins_letters: bool = False


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Mc")


def _by_glibc(char: str) -> int:
    if unicodedata.category(char) == "Mc":
        return 1
    return max(wcwidth(char), 0)


def _by_clusters(char: str) -> int:
    return 0 if _is_mark(char) else max(wcwidth(char), 0)


def _joins_clusters(before: str, char: str) -> bool:
    last = before[-1:]
    return (
        _is_mark(char)
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or last == JOINER
        or (unicodedata.combining(last or " ") == 9 and unicodedata.category(char) == "Lo")
        or (len(before) == 1 and _is_flag(before) and _is_flag(char))
    )


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _by_number(char: str) -> int:
    if unicodedata.category(char) == "Cf":
        return 6
    return 2 if _is_flag(char) else _by_glibc(char)


def _counting(char: str) -> int:
    return 1 if _is_mark(char) else max(wcwidth(char), 1)


def _separate(char: str) -> int:
    return 2 if "\u1160" <= char <= "\u11ff" else _by_clusters(char)


_PLAIN = Capabilities(colours=1 << 24, edits_cells=True)
KINDS = (
    Kind("glibc", _PLAIN, _by_glibc),
    Kind("tmux", _PLAIN, _by_glibc, lambda before, char: before[-1:] == JOINER, clamps=True),
    Kind("kitty", _PLAIN._replace(joins_emoji=True), _by_clusters, _joins_clusters, joins_letters=True),
    Kind("vim", _PLAIN._replace(direction_marks=False, has_margins=True), _by_number, clamps=True),
    Kind("screen 5", _PLAIN._replace(counts_marks=True), _counting, clamps=True),
    Kind("linux", _PLAIN, _separate),
)


class Model:
    """A terminal of one kind, with lines that do not wrap."""

    def __init__(self, kind: Kind, columns: int, rows: int) -> None:
        self.kind = kind
        self.columns, self.rows = columns, rows
        self.grid = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self._top, self._end = 0, rows
        self._left, self._right = 0, columns
        self._wraps = False

    def take(self, sent: str) -> None:
        """Draw what was sent."""
        for found in _SEQUENCE.finditer(sent):
            private, numbers, final, control, char = found.groups()
            if char:
                self._draw(char)
            elif control == "\r":
                self.column = 0
            elif control == "\n":
                # Some systems and terminals make CR LF of it, and others do not: the picture must be the same.
                self._move(self.row + 1, 0 if self.row % 2 else min(self.column, self.columns - 1))
            elif control == "\b":
                self._move(self.row, min(self.column, self.columns - 1) - 1)
            elif private and numbers == "69":
                self._left, self._right = 0, self.columns
            elif private and numbers == "7":
                self._wraps = final == "h"
            elif final and not private:
                self._act(final, [int(number or 0) for number in numbers.split(";")])

    def _act(self, final: str, numbers: list[int]) -> None:
        first, second = numbers[0], numbers[1] if len(numbers) > 1 else 0
        count, column = first or 1, min(self.column, self.columns - 1)
        if final == "H":
            self._move((first or 1) - 1, (second or 1) - 1)
        elif final in "ABCD":
            down, right = {"A": (-1, 0), "B": (1, 0), "C": (0, 1), "D": (0, -1)}[final]
            self._move(self.row + down * count, column + right * count)
        elif final == "G":
            self._move(self.row, count - 1)
        elif final == "X":
            self._clear(self.row, column, min(column + count, self.columns))
        elif final == "K":
            self._clear(self.row, column, self.columns)
        elif final == "J":
            self.grid = [[" "] * self.columns for _ in range(self.rows)]
        elif final == "r":
            self._top, self._end = (first or 1) - 1, second or self.rows
            self._move(0, 0)
        elif final == "s":
            self._left, self._right = (first or 1) - 1, second or self.columns
            self._move(0, 0)
        elif final in "LM":
            left, right = self._left, self._right
            assert left <= self.column < right
            inside = [line[left:right] for line in self.grid[self.row : self._end]]
            blanks = [[" "] * (right - left) for _ in range(min(count, len(inside)))]
            moved = [*inside[count:], *blanks] if final == "M" else [*blanks, *inside[: len(inside) - len(blanks)]]
            for line, own in zip(self.grid[self.row : self._end], moved, strict=True):
                line[left:right] = own

    def _move(self, row: int, column: int) -> None:
        self.row, self.column = min(max(row, 0), self.rows - 1), min(max(column, 0), self.columns - 1)

    def _draw(self, char: str) -> None:
        cells, line = self.kind.cells(char), self.grid[self.row]
        start = self._start(self.column - 1)
        if char == "\ufe0f":
            cells = 0
        if cells == 0 or (start >= 0 and self.kind.joins(line[start], char)):
            if start >= 0:
                line[start] += char
            return
        if self.column + cells > self.columns:
            if self._wraps:
                self._move(self.row + 1, 0)
                line = self.grid[self.row]
            elif cells > self.columns:
                return
            else:
                self.column = self.columns - cells
        self._clear(self.row, self.column, self.column + cells)
        shown = [char, *[""] * (cells - 1)] if cells <= 2 else list(f"<{ord(char):04x}>")
        line[self.column : self.column + cells] = shown
        self.column += cells
        if self.kind.clamps and not self._wraps:
            self.column = min(self.column, self.columns - 1)

    def _start(self, column: int) -> int:
        while column > 0 and not self.grid[self.row][column]:
            column -= 1
        return column

    def _clear(self, row: int, start: int, end: int) -> None:
        """Blank these cells, and the rest of the characters that are partly in them."""
        line = self.grid[row]
        while start > 0 and not line[start]:
            start -= 1
        while end < self.columns and not line[end]:
            end += 1
        line[start:end] = [" "] * (end - start)
