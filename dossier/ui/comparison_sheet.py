"""The sheet that shows two articles, or two events, side by side: it covers the whole screen.

It is an immutable value, and every key is a function from one sheet to the next. From `_WIDE` columns on there are two
columns; on a narrower screen, and where lines are read one by one, one side is above the other.
"""

from typing import Final, cast

from dossier.core.compared import Verdict
from dossier.core.dataclasses import dataclass, replace
from dossier.core.entry import Entry, Listing, Part
from dossier.core.ref import Ref
from dossier.core.views.comparison_rows import ComparedRow, set_side_by_side
from dossier.text.messages import count_noun
from dossier.text.width import cut, width
from dossier.ui.comparison_mark import ComparisonMark
from dossier.ui.pane import Pane
from dossier.ui.read_lines import read_pane_lines
from dossier.ui.render.boxes import fill_line
from dossier.ui.render.compared_rows import SIGNS, ComparedLook, column_cells, draw_compared
from dossier.ui.render.draw import DrawnEntry
from dossier.ui.render.entry_style import PLAIN_LOOK, EntryLook
from dossier.ui.render.flow import Line, Piece, clip_line
from dossier.ui.viewport import Position

_WIDE: Final = 80
_ROWS: Final = {"j": 1, "down": 1, "k": -1, "up": -1}
_HALVES: Final = {"d": 1, "ctrl+d": 1, "u": -1, "ctrl+u": -1}
_PAGES: Final = {"pagedown": 1, "ctrl+f": 1, "pageup": -1, "ctrl+b": -1}
_EDGES: Final = {"g": False, "home": False, "G": True, "end": True}
_DIFFERENCES: Final = {"n": 1, "right_square_bracket": 1, "N": -1, "left_square_bracket": -1}
_SIDES: Final = {"h": 0, "left": 0, "l": 1, "right": 1}
_LEAVING: Final = ("escape", "q", "backspace", "ctrl+c")
_KEYS: Final = (
    ("j/k", "row"),
    ("n/N", "difference"),
    ("h/l", "side"),
    ("Enter", "go there"),
    ("Esc", "leave"),
)


@dataclass(frozen=True)
class _ComparedPane(Pane):
    """A window on the rows of a comparison; each row has its entry in `entries`. `side` is that of the cursor."""

    compared: tuple[ComparedRow, ...] = ()
    is_stacked: bool = False
    is_bracketed: bool = False
    side: int = 0

    def row_heights(self, row: int) -> tuple[int, int]:
        """Return how many lines the row has for its heading and for itself."""
        drawn = self.draw_row(row)
        return len(drawn.head), len(drawn.lines)

    @property
    def side_line(self) -> int:
        """The line of the cursor's row, from 0 and without its heading, at which the cursor's side begins."""
        lines = self.draw_row(self.cursor.row, EntryLook(cursor_line=0)).lines if self.is_stacked else ()
        return next((number for number, line in enumerate(lines) if line[0].style == "cursor"), 0)

    def draw_row(self, row: int, look: EntryLook = PLAIN_LOOK) -> DrawnEntry:
        """Return the row drawn as lines."""
        above = self.compared[row - 1].group if row else None
        side = self.side if look.cursor_line >= 0 else None
        return draw_compared(
            self.compared[row], above, self.cells, ComparedLook(self.is_stacked, self.is_bracketed, side)
        )


@dataclass(frozen=True)
class ComparisonSheet:
    """A comparison on the screen.

    `names` are the titles of the two sides, and `marks` what is compared. `rows` are all rows; in two columns what only
    one side has stands beside what only the other has.
    """

    names: tuple[str, str]
    marks: tuple[ComparisonMark, ComparisonMark]
    rows: tuple[ComparedRow, ...]
    pane: _ComparedPane = _ComparedPane("comparison")

    @property
    def target(self) -> Ref | None:
        """Where Enter leads: to what the cursor's side of the row shows, or to the other side if that has nothing."""
        row = self.pane.compared[self.pane.cursor.row] if self.pane.compared else None
        cells = (row.left, row.right) if row else ()
        cell = next((cell for cell in (cells[::-1] if self.pane.side else cells) if cell), None)
        return cell.target if cell else None

    @property
    def side(self) -> int:
        """The side that Enter leads to, 0 or 1."""
        row = self.pane.compared[self.pane.cursor.row]
        return self.pane.side if (row.left, row.right)[self.pane.side] else 1 - self.pane.side

    @property
    def message_room(self) -> int:
        """How many cells of the last row a message may take."""
        return self.pane.cells - width(_position_words(self.pane)) - 3

    def lines(self, message: str = "", whole: bool = True) -> tuple[Line, ...]:
        """Return the rows of the screen: what is compared, the comparison, and the keys or a message.

        Unless `whole`, the row at the cursor is all that is shown of the comparison.
        """
        pane, cells = self.pane, self.pane.cells
        top = _title_lines(self.names, pane)
        shown = pane.lines(lambda row: EntryLook(cursor_line=0 if row == pane.cursor.row else -1))
        if pane.is_bracketed:
            shown = read_pane_lines(pane, shown, cells, whole)
        shown = (*shown, *((),) * (pane.rows - len(shown)))
        return tuple(fill_line(line, cells) for line in (*top, *shown, _foot_line(self, message)))

    def cursor_cell(self) -> tuple[int, int]:
        """Return the row and column of the screen, from 0, at which the reader looks."""
        pane = self.pane
        head = pane.row_heights(pane.cursor.row)[0] + pane.side_line if pane.compared else 0
        row = len(_title_lines(self.names, pane)) + max(0, pane.offset) + max(0, head - pane.cursor.line)
        return min(row, pane.rows), column_cells(pane.cells) + 2 if pane.side and not pane.is_stacked else 0


def closes_comparison(key: str) -> bool:
    """Return whether the key leaves the sheet."""
    return key in _LEAVING


def fit_comparison(sheet: ComparisonSheet, cells: int, rows: int, linear: bool) -> ComparisonSheet:
    """Return the sheet in a size that fills a screen of `cells` columns and `rows` rows."""
    is_stacked = linear or cells < _WIDE
    pane: Pane = sheet.pane
    compared = sheet.rows if is_stacked else set_side_by_side(sheet.rows)
    height = max(1, rows - 1 - (2 if is_stacked else 1))
    if (sheet.pane.compared, sheet.pane.is_stacked, sheet.pane.is_bracketed) != (compared, is_stacked, linear):
        here = pane.entry.ref if pane.entry else None
        entries = Listing(map(_make_entry, compared))
        pane = _ComparedPane("comparison", entries, cells=cells, rows=height, is_stacked=is_stacked)
        pane = replace(pane, compared=compared, is_bracketed=linear, side=sheet.pane.side).move_to_edge(last=False)
        row = pane.find(here) if here else None
        pane = pane.place(row, height // 3) if row else pane
    return _with_pane(sheet, pane.resize(max(1, cells), height))


def press_comparison_key(sheet: ComparisonSheet, key: str) -> tuple[ComparisonSheet, str]:
    """Return the sheet after a key that does not leave it, and a message to the reader, or ""."""
    pane = sheet.pane
    if key in _DIFFERENCES:
        row = _find_difference(pane, _DIFFERENCES[key])
        if row is None:
            return sheet, "no next difference" if _DIFFERENCES[key] > 0 else "no previous difference"
        return _with_pane(sheet, pane.at(Position(row, pane.row_heights(row)[0]))), ""
    if key in _SIDES or key in ("tab", "shift+tab"):
        return _with_pane(sheet, replace(pane, side=_SIDES.get(key, 1 - pane.side))), ""
    if key in _ROWS:
        return _with_pane(sheet, pane.move(_ROWS[key])), ""
    if key in _HALVES:
        return _with_pane(sheet, pane.move_page(_HALVES[key] * max(1, pane.rows // 2))), ""
    if key in _PAGES:
        return _with_pane(sheet, pane.move_page(_PAGES[key] * max(1, pane.rows - 1))), ""
    if key in _EDGES:
        return _with_pane(sheet, pane.move_to_edge(_EDGES[key])), ""
    return sheet, f"keys here: {' '.join(keys for keys, _ in _KEYS)} d/u g/G"


def _with_pane(sheet: ComparisonSheet, pane: Pane) -> ComparisonSheet:
    # The movements of a pane are typed as those of any pane.
    return sheet if pane is sheet.pane else replace(sheet, pane=cast("_ComparedPane", pane))


def _find_difference(pane: _ComparedPane, count: int) -> int | None:
    """Return the next row that differs (`count` 1), or the one before (-1); None when there is none."""
    row = pane.cursor.row + count
    while 0 <= row < len(pane.compared):
        if pane.compared[row].verdict is not Verdict.SAME:
            return row
        row += count
    return None


def _make_entry(row: ComparedRow) -> Entry:
    """Return the entry that stands for a row in its pane, at the address of its first cell."""
    cells = [cell for cell in (row.left, row.right) if cell]
    return Entry(cells[0].target, tuple(Part("text", cell.text) for cell in cells), 0, row.group)


def _title_lines(names: tuple[str, str], pane: _ComparedPane) -> tuple[Line, ...]:
    """Return what is compared, each side with the sign of what only it has."""
    titles = [(Piece(f" {sign} "), Piece(name, "title-here")) for sign, name in zip(SIGNS, names, strict=True)]
    if pane.is_stacked:
        return tuple(clip_line(title, pane.cells) for title in titles)
    wide = column_cells(pane.cells)
    left, right = (clip_line(title, wide) for title in titles)
    return ((*fill_line(left, wide), Piece(" │", "frame"), *right),)


def _foot_line(sheet: ComparisonSheet, message: str) -> Line:
    """Return the keys, or a message, and at the right which difference the cursor is on."""
    cells, right = sheet.pane.cells, _position_words(sheet.pane)
    if sheet.pane.is_bracketed:
        return (Piece(cut(message, max(1, cells)), "said-now"),)
    room = max(0, cells - width(right) - 2)
    pieces: list[Piece] = [Piece(" ")]
    if message:
        pieces.append(Piece(message, "said-now"))
    else:
        for key, word in _KEYS:
            if sum(width(piece.text) for piece in pieces) + width(key) + width(word) + 3 <= room:
                pieces += [Piece(key, "key"), Piece(f" {word}  ", "muted")]
    return (*fill_line(clip_line(pieces, room), room), Piece(f" {right} ", "where"))


def _position_words(pane: _ComparedPane) -> str:
    """Return which difference the cursor is on, as `2 of 7`, or how many there are.

    Their number is that of a stacked sheet: what one side has, and what the other has beside it, are two.
    """
    counts = [0 if row.verdict is Verdict.SAME else 2 if row.is_apart else 1 for row in pane.compared]
    number, here = sum(counts), pane.cursor.row
    if counts and counts[here]:
        first, last = sum(counts[:here]) + 1, sum(counts[: here + 1])
        return f"{first}–{last} of {number}" if first < last else f"{first} of {number}"
    return count_noun(number, "difference") if number else "no difference"
