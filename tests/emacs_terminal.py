"""Model of the terminal of Emacs (term.el of 28.2 and 30.2, `term-emulate-terminal`), where it differs from others.

Strings and modes that it does not know are not obeyed, strings are printed. A character in the last column keeps the
cursor there, and the next text begins a new line unless the cursor has moved elsewhere meanwhile. How much of a text
fits is told by the number of its code points. DL and IL work from the cursor's column.
"""

import re
import unicodedata

_CONTROL = re.compile(r"(?P<other>[\r\n\0\x07\t\b\x0e\x0f]|\x1b[DM78c])|\x1b\[(?P<numbers>[0-?]*)[ -/]*(?P<act>[@-~])")


class EmacsTerminal:
    """A screen of text without styles. `wrapped` counts the lines that it has broken, `rows` are its lines."""

    def __init__(self, cells: int, rows: int) -> None:
        self.cells, self.size = cells, rows
        self.grid = [[" "] * cells for _ in range(rows)]
        self.row = self.column = 0
        self.top, self.bottom = 0, rows
        self.wrapped = 0
        self._pending: tuple[int, int] | None = None

    @property
    def rows(self) -> list[str]:
        return ["".join(row) for row in self.grid]

    def take(self, sent: str) -> None:
        at = 0
        while at < len(sent):
            found = _CONTROL.search(sent, at)
            end = found.start() if found else len(sent)
            if end > at:
                self._insert(sent[at:end])
            if not found:
                break
            self._obey(found)
            if self._pending != (self.row, self.column):
                self._pending = None
            at = found.end()

    def _insert(self, text: str) -> None:
        if self._pending:
            self._wrap()
        while len(text) + self.column > self.cells:
            room = self.cells - self.column
            self._put(text[:room])
            text = text[room:]
            self._wrap()
        self._put(text)
        if self.column >= self.cells:
            self.column = self.cells - 1
            self._pending = (self.row, self.column)

    def _put(self, text: str) -> None:
        for character in text:
            if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
                start = self.column - 1
                while start > 0 and not self.grid[self.row][start]:
                    start -= 1
                self.grid[self.row][start] += character
                continue
            cells = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            self.grid[self.row][self.column : self.column + cells] = [character, ""][:cells]
            self.column += cells

    def _wrap(self) -> None:
        self.wrapped += 1
        self.row, self.column, self._pending = min(self.row + 1, self.size - 1), 0, None

    def _obey(self, found: re.Match[str]) -> None:
        if found["other"]:
            self.column = {"\r": 0, "\b": max(0, self.column - 1)}.get(found["other"], self.column)
            return
        first, second = (*(int(one) if one.isdecimal() else 0 for one in found["numbers"].split(";")), 0)[:2]
        by = max(1, first)
        match found["act"]:
            case "H":
                self.row, self.column = min(by, self.size) - 1, min(max(1, second), self.cells) - 1
            case "A":
                self.row = max(0, self.row - by)
            case "B":
                self.row = min(self.size - 1, self.row + by)
            case "C":
                self.column = min(self.cells - 1, self.column + by)
            case "D":
                self.column = max(0, self.column - by)
            case "K":
                self.grid[self.row][self.column :] = [" "] * (self.cells - self.column)
            case "J":
                self.grid = [[" "] * self.cells for _ in range(self.size)]
            case "r":
                self.top, self.bottom = max(0, first - 1), second or self.size
                self.row = self.column = 0
            case "M" | "L":
                self._shift(by if found["act"] == "M" else -by)

    def _shift(self, by: int) -> None:
        """Scroll the region from the cursor's row on; what is before the cursor's column stays."""
        inside = [row[self.column :] for row in self.grid[self.row : self.bottom]]
        blanks = [[" "] * (self.cells - self.column) for _ in range(abs(by))]
        moved = [*inside[by:], *blanks] if by > 0 else [*blanks, *inside[:by]]
        for number, row in enumerate(moved[: len(inside)], self.row):
            self.grid[number][self.column :] = row
