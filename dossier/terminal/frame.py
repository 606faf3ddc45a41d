"""Frames: the content of a screen as immutable rows of cells.

A character two cells wide is in its first cell; the second has an empty text. Combining marks are in the cell of their
base character. Cells with the same text and style are mostly one object, so that rows compare fast.
"""

from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.style import PLAIN, Style
from dossier.text.ambiguous_width import width_cache
from dossier.text.width import is_narrow, is_plain, iterate_clusters

Cell = tuple[str, Style]
"""The text and style of a cell. The text of the second cell of a wide character is empty."""
Row = tuple[Cell, ...]

_CHARACTERS_KEPT: Final = 4096


class Frame(NamedTuple):
    """The content of a screen: rows of equal length, and the cursor.

    `cursor` is the 0-based row and column of the terminal's cursor, or None when it is hidden.
    """

    rows: tuple[Row, ...]
    cursor: tuple[int, int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Number of columns and number of rows."""
        return (len(self.rows[0]) if self.rows else 0, len(self.rows))

    def extend(self, cells: int, rows: int) -> "Frame":
        """Return the frame with blanks at the right and below, so that it has this number of columns and rows."""
        columns, lines = self.size
        if (columns, lines) == (cells, rows):
            return self
        end = (BLANK_CELL,) * (cells - columns)
        return self._replace(rows=(*[row + end for row in self.rows], *((BLANK_CELL,) * cells,) * (rows - lines)))


class _Cells(dict[str, Cell]):
    """A cache of the cells of one style, by their text."""

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


BLANK_CELL: Final[Cell] = _cells_in(PLAIN)[" "]


def make_frame(lines: Iterable[Iterable[tuple[str, Style]]], cells: int, rows: int) -> Frame:
    """Return the frame that shows `lines`, each a sequence of texts with their styles.

    Lines are cut, or filled with blanks, to `cells` columns and `rows` rows. The texts must contain no control
    characters.
    """
    drawn = [make_row(line, cells) for _, line in zip(range(rows), lines, strict=False)]
    return Frame((*drawn, *((BLANK_CELL,) * cells,) * (rows - len(drawn))))


def make_row(line: Iterable[tuple[str, Style]], cells: int, filled: Style = PLAIN) -> Row:
    """Return one row of `cells` columns, filled up with blanks in the style `filled`.

    It is cut before the first character that does not fit completely.
    """
    row: list[Cell] = []
    for text, style in line:
        if text.isascii():
            row += map(_cells_in(style).__getitem__, text)
            continue
        start, joined, rest = join_text(row, len(row), text)
        row[start:] = joined
        marks, drawn = make_cells(rest, style)
        if marks:
            append_marks(row, len(row), marks)
        row += drawn
    if len(row) > cells:
        del row[find_character_start(row, cells) :]
    return (*row, *(_cells_in(filled)[" "],) * (cells - len(row)))


def make_cells(text: str, style: Style) -> tuple[str, list[Cell] | Row]:
    """Return the characters without a cell at the start of `text`, and the cells of the rest.

    Those have a place in the cell before the text.
    """
    if text.isascii():
        cells = _cells_in(style)
        return "", [*map(cells.__getitem__, text)]
    return _measured(text, style)


@width_cache(2048)
def _measured(text: str, style: Style) -> tuple[str, Row]:
    cells = _cells_in(style)
    if is_narrow(text):
        return "", tuple(map(cells.__getitem__, text))
    marks, row = "", list[Cell]()
    for start, end, taken in iterate_clusters(text):
        if taken:
            row += (cells[text[start:end]], *(cells[""],) * (taken - 1))
        elif row:
            append_marks(row, len(row), text[start:end])
        else:
            marks += text[start:end]
    return marks, tuple(row)


def join_text(row: list[Cell] | Row, column: int, text: str) -> tuple[int, list[Cell], str]:
    """Return what to write at which column where `text` begins inside the character of `row` before `column`.

    The result is the column of that character, its cells when it is whole, which may be more than before, and the rest
    of the text. When the text begins with a character of its own, it is `column`, no cells, and the text.
    """
    # Nothing below U+0300 joins what is before it.
    if column == 0 or text[:1] < "\u0300":
        return column, [], text
    start = find_character_start(row, column - 1)
    before, style = row[start]
    if is_plain(before + text[0]):
        return column, [], text
    for first, end, taken in iterate_clusters(before + text):
        if first < len(before) < end:
            cells = _cells_in(style)
            joined = [cells[before[:first] + (before + text)[first:end]], *[cells[""]] * (taken - 1)]
            return start, joined, text[end - len(before) :]
    return column, [], text


def append_marks(row: list[Cell], column: int, marks: str) -> None:
    """Add combining marks to the character of `row` that ends before `column`; drop them at the start of a row."""
    if column > 0:
        start = find_character_start(row, column - 1)
        text, style = row[start]
        row[start] = (text + marks, style)


NO_TEXT: Final = "\0"
"""What stands in the text of a row for a cell without a code point of its own, or with more than one."""
_TEXTS_KEPT: Final = 256
# Comparing rows would take as long as reading them, so they are looked for by their identity.
_recent_texts: Final[dict[int, tuple[Row, str]]] = {}


def read_row(row: Row) -> str:
    """Return the text of a row, with one code point for each cell, or `NO_TEXT`. It is kept for the next time."""
    kept = _recent_texts.get(id(row))
    if kept and kept[0] is row:
        return kept[1]
    if len(_recent_texts) >= _TEXTS_KEPT:
        _recent_texts.clear()
    text = read_cells(row)
    _recent_texts[id(row)] = row, text
    return text


def read_cells(row: Row) -> str:
    """Return the same as `read_row` for cells that are read once."""
    texts = list(map(itemgetter(0), row))
    text = "".join(texts)
    if "" in texts or len(text) != len(texts):
        return "".join([one if len(one) == 1 else NO_TEXT for one in texts])
    return text


def find_character_start(row: list[Cell] | Row, column: int) -> int:
    """Return the first column of the character to which the cell at `column` belongs."""
    while column > 0 and not row[column][0]:
        column -= 1
    return column
