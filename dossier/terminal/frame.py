"""A picture is rows of cells, and a value: what is sent is what differs between two of them.

A character that is two cells wide stands in its first cell, and its second holds no text; marks that combine stand in
the cell of their letter. Cells of one text and style are mostly one object, so that rows compare fast.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.style import PLAIN, Style
from dossier.text.width import clusters

Cell = tuple[str, Style]
"""The text of a cell and how it looks; no text in the second cell of a wide character."""
Row = tuple[Cell, ...]

_CHARACTERS_KEPT: Final = 4096


class Frame(NamedTuple):
    """Rows of equal length. `cursor`: the row and column, from 0, where the terminal's cursor shows; None: hidden."""

    rows: tuple[Row, ...]
    cursor: tuple[int, int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return (len(self.rows[0]) if self.rows else 0, len(self.rows))


class _Cells(dict[str, Cell]):
    """The cells of one style, by their text."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style

    def __missing__(self, text: str) -> Cell:
        if len(self) >= _CHARACTERS_KEPT:
            self.clear()
        made = self[text] = (text, self._style)
        return made


@lru_cache(maxsize=256)
def _cells_in(style: Style) -> _Cells:
    return _Cells(style)


BLANK: Final[Cell] = _cells_in(PLAIN)[" "]


def frame_of(lines: Iterable[Iterable[tuple[str, Style]]], cells: int, rows: int) -> Frame:
    """The picture of lines of styled runs of safe text, cut and filled up with blanks to `cells` by `rows`."""
    drawn = [row_of(line, cells) for _, line in zip(range(rows), lines, strict=False)]
    return Frame((*drawn, *((BLANK,) * cells,) * (rows - len(drawn))))


def row_of(line: Iterable[tuple[str, Style]], cells: int) -> Row:
    """One row of a picture, `cells` long. Left out is all from the first character that is not whole at its end."""
    row: list[Cell] = []
    for text, style in line:
        marks, drawn = cells_of(text, style)
        if marks:
            combine(row, len(row), marks)
        row += drawn
        if len(row) > cells:
            del row[start_of(row, cells) :]
            break
    return (*row, *(BLANK,) * (cells - len(row)))


def cells_of(text: str, style: Style) -> tuple[str, list[Cell] | Row]:
    """The marks at the start of `text`, which belong to the character before it, and the cells of the rest."""
    if text.isascii():
        cells = _cells_in(style)
        return "", [cells[char] for char in text]
    return _measured(text, style)


@lru_cache(maxsize=2048)
def _measured(text: str, style: Style) -> tuple[str, Row]:
    cells = _cells_in(style)
    marks, row = "", list[Cell]()
    for start, end, taken in clusters(text):
        if taken:
            row += (cells[text[start:end]], *(cells[""],) * (taken - 1))
        elif row:
            combine(row, len(row), text[start:end])
        else:
            marks += text[start:end]
    return marks, tuple(row)


def combine(row: list[Cell], column: int, marks: str) -> None:
    """Add marks to the character of `row` that ends before `column`; at the start of a row they are left out."""
    if column > 0:
        start = start_of(row, column - 1)
        text, style = row[start]
        row[start] = (text + marks, style)


def start_of(row: list[Cell] | Row, column: int) -> int:
    """The first cell of the character that `column` is a part of."""
    while column > 0 and not row[column][0]:
        column -= 1
    return column
