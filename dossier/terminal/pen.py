"""Writing of cells to the terminal with a record of where its cursor is.

The cursor's position counts as unknown wherever terminals disagree: after text of disputed width, and after the last
column, where some terminals wrap at once and others later. It is then placed anew. Only sequences are used that a
VT220, the Linux console, screen, tmux, xterm and rxvt have in common (DEC's VT220 Programmer Reference,
console_codes(4)): CUP, CUU, CUD, CUF, CUB, CR, BS, EL and DECAWM. Lines must not wrap (DECAWM off), so that a text that
one terminal draws wider than others stays in its row.
"""

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.frame import Row, find_character_start
from dossier.terminal.sgr import encode_style_change, reduce_style
from dossier.terminal.style import PLAIN, Style

_MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u064b-\u065f\u0670"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1ace\u1dc0-\u1dff\u200b\u200c\u200e\u200f\u20d0-\u20dc\u2066-\u2069"
    r"\u3099\u309a\ufe20-\ufe2f"
)
_LETTERS: Final = (
    r" -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u05be\u05d0-\u05f4\u0620-\u064a\u066e\u066f\u0671-\u06d5"
    r"\u0e01-\u0e30\u0e32\u0e40-\u0e46\u10a0-\u10ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff"
    r"\u2400-\u25fc\u2800-\u28ff\u2e80-\u303e\u3041-\u3096\u309b-\u312f\u3131-\u3163\u3190-\u3247\u3250-\u4dbf\u4e00-\ua4cf"
    r"\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff9d\uffe0-\uffe6\ufffd\U00020000-\U0003fffd"
)
_UNDISPUTED: Final = rf"(?:[{_LETTERS}][{_MARKS}]*)*"
# Blocks that contain emoji. Characters of one cell in them are not emoji, so their width is not disputed.
_SIGNS: Final = re.compile(r"[\u2300-\u23ff\u25fd-\u27bf\u2900-\u2bff\u0900-\u0dff]")

# European scripts and the signs that this program draws. This pattern compiles quickly, and mostly suffices.
_COMMON: Final = re.compile(r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc]*")


# It takes long to compile, and most first screens do not need it.
@lru_cache(maxsize=1)
def _undisputed() -> re.Pattern[str]:
    return re.compile(_UNDISPUTED)


def has_agreed_width(text: str) -> bool:
    """Return whether all terminals are known to draw every character of `text` as wide as `text.width` measures it."""
    return bool(_COMMON.fullmatch(text)) or _undisputed().fullmatch(text) is not None


@lru_cache(maxsize=4096)
def has_disputed_width(text: str, cells: int) -> bool:
    """Return whether terminals differ on the width of this character, which is `cells` here."""
    return not (has_agreed_width(text) or (cells == 1 and _SIGNS.fullmatch(text)))


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
