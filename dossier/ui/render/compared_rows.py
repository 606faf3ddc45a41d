"""Drawing of the rows of a comparison, in two columns or with one side above the other.

What differs is told by signs before the lines, too, so that no colour is needed: `-` where the left side has words of
its own, `+` where the right side has, `~` on the first line of a row that differs, and `>` where the same stands in
another order. With `is_bracketed` the words are marked as well, `[-so-]` and `{+so+}`, for reading line by line.
"""

from collections.abc import Sequence
from itertools import zip_longest

from dossier.core.compared import Verdict
from dossier.core.dataclasses import NamedTuple
from dossier.core.views.comparison_rows import MARKS, Cell, ComparedRow
from dossier.text.ambiguous_width import width_cache
from dossier.text.width import fit, width
from dossier.text.word_differences import Span
from dossier.ui.render.boxes import fill_line
from dossier.ui.render.draw import DrawnEntry
from dossier.ui.render.entry_style import CURSOR_SIGN
from dossier.ui.render.flow import Line, Piece, Segment, StyleMark, wrap_segments
from dossier.ui.render.rows import TEXT_CELLS

SIGNS = ("-", "+")
"""The signs of what only the left side has, and of what only the right side has."""
_BRACKETS = (("[-", "-]"), ("{+", "+}"))
_PLACE_CELLS, _NAME_CELLS = 3, 10
"""The width of a label: that of a paragraph (`¶12`), and the name of a field."""
_LEAST_TEXT = 8


class ComparedLook(NamedTuple):
    """How a row is drawn: one side above the other, or beside it; with the cursor on a side (0 or 1), or None."""

    is_stacked: bool
    is_bracketed: bool = False
    cursor_side: int | None = None


class _Signs(NamedTuple):
    """The signs before the first line of a cell, before other lines, and before those with words that differ."""

    first: str
    others: str
    changed: str


@width_cache(512)
def draw_compared(row: ComparedRow, above: str | None, cells: int, look: ComparedLook) -> DrawnEntry:
    """Return a row in lines of at most `cells` cells. `above` is the heading of the row above, None for the first."""
    head: list[Line] = []
    if above != row.group:
        head = [*([()] if above is not None else []), (Piece(" "), Piece(row.group, "group"))]
    lines = _stack(row, max(1, cells), look) if look.is_stacked else _set_beside(row, cells, look)
    return DrawnEntry(tuple(head), lines)


def column_cells(cells: int) -> int:
    """Return the width of each of two columns on a screen of `cells` cells, the column of the cursor included."""
    return (cells - 2) // 2


def _set_beside(row: ComparedRow, cells: int, look: ComparedLook) -> tuple[Line, ...]:
    wide = column_cells(cells)
    sides = [_draw_cell(row, at, wide - 1, look) for at in (0, 1)]
    signs = [Piece(CURSOR_SIGN, "cursor") if look.cursor_side == at else Piece(" ") for at in (0, 1)]
    return tuple(
        (signs[0], *fill_line(left, wide - 1), Piece(" │", "frame"), signs[1], *right)
        for left, right in zip_longest(*sides, fillvalue=())
    )


def _stack(row: ComparedRow, cells: int, look: ComparedLook) -> tuple[Line, ...]:
    is_one = row.verdict in (Verdict.SAME, Verdict.MOVED) or not (row.left and row.right)
    if is_one and row.left and row.right and row.left.label != row.right.label:
        # Both are the same: they are shown once, with both places.
        row = row._replace(left=row.left._replace(label=f"{row.left.label} {row.right.label}"))
    made: list[Line] = []
    for at in ((0,) if row.left else (1,)) if is_one else (0, 1):
        is_here = look.cursor_side is not None and (is_one or look.cursor_side == at)
        cursor = Piece(CURSOR_SIGN, "cursor") if is_here else Piece(" ")
        made += [(cursor, *line) for line in _draw_cell(row, at, cells - 1, look)]
    return tuple(made)


def _draw_cell(row: ComparedRow, at: int, cells: int, look: ComparedLook) -> list[Line]:
    """Return the lines of the left (`at` 0) or right (1) cell of a row; none where the side has nothing."""
    cell = (row.left, row.right)[at]
    if cell is None:
        return []
    changes = () if row.is_apart else row.changes
    spans = tuple(span for change in changes if (span := change[at])[0] < span[1])
    text = cell.text
    if look.is_bracketed:
        text, spans = _bracket(text, spans, *_BRACKETS[at])
    wide = _label_cells(row, cell, cells)
    lines: list[Line] = []
    start = 0
    marks = [StyleMark(first, last, "differs") for first, last in spans]
    for part in text.split("\n"):
        lines += wrap_segments([Segment(part, row.style, start)], marks, min(max(1, cells - wide - 2), TEXT_CELLS))
        start += len(part) + 1
    signs, label = _signs(row, at, look.is_stacked), fit(cell.label, wide) if wide else ""
    blank = " " * width(label)
    return [
        (_sign(signs, line, number), Piece(blank if number else label, "label"), Piece(" "), *line)
        for number, line in enumerate(lines)
    ]


def _label_cells(row: ComparedRow, cell: Cell, cells: int) -> int:
    """Return the width of the labels of a row's group; 0 where they would leave too little room for the text."""
    is_named = row.group in ("Article", "Event")
    wide = max(_NAME_CELLS if is_named else _PLACE_CELLS, width(cell.label))
    return wide if cells - wide - 2 >= _LEAST_TEXT else 0


def _signs(row: ComparedRow, at: int, is_stacked: bool) -> _Signs:
    own = SIGNS[at]
    if row.is_apart or row.left is None or row.right is None:
        return _Signs(own, own, own)
    if row.verdict is Verdict.CHANGED and is_stacked:
        return _Signs(own, own, own)
    return _Signs(MARKS[row.verdict], " ", own)


def _sign(signs: _Signs, line: Line, number: int) -> Piece:
    is_changed = any("differs" in piece.style for piece in line)
    sign = signs.changed if is_changed else signs.others if number else signs.first
    return Piece(sign, "differs" if sign.strip() else "")


def _bracket(text: str, spans: Sequence[Span], first: str, last: str) -> tuple[str, tuple[Span, ...]]:
    """Return the text with brackets around the spans, and the spans with their brackets."""
    made, end = "", 0
    found: list[Span] = []
    for start, stop in spans:
        made += text[end:start]
        found.append((len(made), len(made) + len(first) + stop - start + len(last)))
        made += f"{first}{text[start:stop]}{last}"
        end = stop
    return made + text[end:], tuple(found)
