"""Terminal emulator to check differences with: pyte, with its deviations from real terminals corrected.

Corrected: combining characters beyond Unicode's combining classes no longer end the text that is drawn; when half of a
wide character is overwritten its other half disappears; inserted, deleted and erased cells are blank (with the current
background where the terminal erases in colour); rows that were never drawn move, too; the cursor goes home when the
scroll region is reset, as when it is set; dim text has a colour with a name of its own. Links are still missing.
"""

from typing import Any

import pyte
from pyte import graphics, modes
from pyte.screens import Char, Margins, wcwidth

from dossier.terminal.frame import Frame
from dossier.terminal.style import BLINK, BOLD, DIM, ITALIC, REVERSE, STRIKE, UNDERLINE, Colour, Style

_DIM = "dim "
_SIDES = 69


class _Stream(pyte.Stream):
    """Parser that knows DECSLRM, too."""

    csi = {**pyte.Stream.csi, "s": "set_sides"}  # noqa: RUF012 - as in pyte
    events = frozenset((*pyte.Stream.events, "set_sides"))


class MendedByteStream(pyte.ByteStream):
    """The same for bytes."""

    csi = _Stream.csi
    events = _Stream.events


class MendedPyte(pyte.Screen):
    """Screen of pyte, corrected.

    `forgives` switches off a check for output on which terminals differ when it was meant for another size.
    """

    forgives = False

    def __init__(self, cells: int, rows: int, erases_in_colour: bool = False) -> None:
        self.erases_in_colour = erases_in_colour
        self.sides: tuple[int, int] | None = None
        super().__init__(cells, rows)
        self.stream = _Stream(self)

    def take(self, sent: str) -> None:
        self.stream.feed(sent)

    def measure(self, character: str) -> int:
        """Return how many cells this terminal gives to a code point."""
        return max(wcwidth(character), 0)

    def cells(self) -> list[list[Char]]:
        return [[self.buffer[row][column] for column in range(self.columns)] for row in range(self.lines)]

    def select_graphic_rendition(self, *attrs: int) -> None:
        is_dim, colour = self.cursor.attrs.fg.startswith(_DIM), self.cursor.attrs.fg.removeprefix(_DIM)
        self.cursor.attrs = self.cursor.attrs._replace(fg=colour)
        super().select_graphic_rendition(*attrs)
        rest = list(attrs)
        while rest:
            attr = rest.pop(0)
            if attr in (38, 48):
                del rest[: {5: 2, 2: 4}.get(rest[0] if rest else 0, 0)]
            elif attr in (0, 2, 22):
                is_dim = attr == 2
        if is_dim:
            self.cursor.attrs = self.cursor.attrs._replace(fg=_DIM + self.cursor.attrs.fg)

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and _SIDES in modes:
            self.sides = (0, self.columns)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and _SIDES in modes:
            self.sides = None
        super().reset_mode(*modes, **kwargs)

    def set_sides(self, left: int = 0, right: int = 0) -> None:
        """Set the left and right margins (DECSLRM), where their mode is on."""
        assert self.sides is not None, "margins without their mode"
        self.sides = (max(left, 1) - 1, min(right or self.columns, self.columns))
        self.cursor_position()

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        super().set_margins(top, bottom)
        self.cursor_position()

    def draw(self, data: str) -> None:
        look = self.cursor.attrs[1:]
        for char in data:
            width = self.measure(char)
            if not width:
                self._combine(char)
                continue
            if self.cursor.x + width > self.columns:
                if modes.DECAWM in self.mode:
                    self.carriage_return()
                    self.linefeed()
                else:
                    self.cursor.x = self.columns - width
            line = self.buffer[self.cursor.y]
            if width > 1 or not line[self.cursor.x].data or not line[self.cursor.x + 1].data:
                for column in range(self.cursor.x, self.cursor.x + width):
                    self._part(column)
            line[self.cursor.x] = Char(char, *look)
            for column in range(self.cursor.x + 1, self.cursor.x + width):
                line[column] = Char("", *look)
            self.cursor.x += width

    def _combine(self, char: str) -> None:
        line = self.buffer[self.cursor.y]
        column = self.cursor.x - 1
        while column > 0 and not line[column].data:
            column -= 1
        if column >= 0:
            line[column] = line[column]._replace(data=line[column].data + char)

    def _part(self, column: int) -> None:
        line = self.buffer[self.cursor.y]
        start = column
        while start > 0 and not line[start].data:
            start -= 1
        end = column + 1
        while end < self.columns and not line[end].data:
            end += 1
        if end - start > 1:
            for part in range(start, end):
                line[part] = line[part]._replace(data=" ")

    def _blank(self) -> Char:
        return Char(" ", bg=self.cursor.attrs.bg) if self.erases_in_colour else Char(" ")

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        if how:
            super().erase_in_line(how, private)
            return
        assert self.forgives or self.cursor.x < self.columns, "erased while a wrap was pending"
        start = min(self.cursor.x, self.columns - 1)
        self._part(start)
        for column in range(start, self.columns):
            self.buffer[self.cursor.y][column] = self._blank()

    def erase_characters(self, count: int | None = None) -> None:
        assert self.forgives or self.cursor.x < self.columns, "erased while a wrap was pending"
        start = min(self.cursor.x, self.columns - 1)
        end = min(start + (count or 1), self.columns)
        for edge in {start, *({end} if end < self.columns and not self.buffer[self.cursor.y][end].data else ())}:
            self._part(edge)
        for column in range(start, end):
            self.buffer[self.cursor.y][column] = self._blank()

    def erase_in_display(self, how: int = 0, *args: object, **kwargs: object) -> None:
        if how != 2:
            super().erase_in_display(how, *args, **kwargs)
            return
        for row in range(self.lines):
            for column in range(self.columns):
                self.buffer[row][column] = self._blank()

    def delete_lines(self, count: int | None = None) -> None:
        self._shift(count or 1)

    def insert_lines(self, count: int | None = None) -> None:
        self._shift(-(count or 1))

    def _shift(self, by: int) -> None:
        top, bottom = self.margins or Margins(0, self.lines - 1)
        left, right = self.sides or (0, self.columns)
        if not (top <= self.cursor.y <= bottom and left <= self.cursor.x < right):
            return
        rows = self.cells()
        for row in range(self.cursor.y, bottom + 1):
            inside = self.cursor.y <= row + by <= bottom
            assert rows[row][left].data, "a character lies across the left margin"
            assert right == self.columns or rows[row][right].data, "a character lies across the right margin"
            for column in range(left, right):
                self.buffer[row][column] = rows[row + by][column] if inside else self._blank()
        self.cursor.x = left


def expected(frame: Frame) -> list[list[Char]]:
    """Return the cells of a frame as this emulator has them."""
    return [[_char(text, style) for text, style in row] for row in frame.rows]


def without_look(cells: list[list[Char]]) -> list[list[str]]:
    return [[cell.data for cell in row] for row in cells]


def _char(text: str, style: Style) -> Char:
    bits = style.attributes
    return Char(
        text,
        (_DIM if bits & DIM else "") + _colour(style.foreground, False),
        _colour(style.background, True),
        bold=bool(bits & BOLD),
        italics=bool(bits & ITALIC),
        underscore=bool(bits & UNDERLINE),
        strikethrough=bool(bits & STRIKE),
        reverse=bool(bits & REVERSE),
        blink=bool(bits & BLINK),
    )


def _colour(colour: Colour, behind: bool) -> str:
    if colour is None:
        return "default"
    if isinstance(colour, tuple):
        return "{:02x}{:02x}{:02x}".format(*colour)
    if colour < 8:
        return graphics.BG_ANSI[40 + colour] if behind else graphics.FG_ANSI[30 + colour]
    if colour < 16:
        return graphics.BG_AIXTERM[92 + colour] if behind else graphics.FG_AIXTERM[82 + colour]
    return graphics.FG_BG_256[colour]
