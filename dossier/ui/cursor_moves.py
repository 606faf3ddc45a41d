"""Movements of the cursor that go by place: to a row, a paragraph, a share of the whole; and scrolling by lines."""

from collections import Counter
from collections.abc import Sequence

from dossier.core.dataclasses import replace
from dossier.ui.pane import Pane
from dossier.ui.viewport import Position, fill_window, move_position


def move_to_row(pane: Pane, number: int) -> Pane:
    """Return the pane with the cursor on the row `number`, from 1; in a text on the paragraph with this number.

    When there are fewer, the cursor is on the last row, or at the beginning of the last paragraph.
    """
    if not pane.by_line:
        return _go_to_row(pane, number - 1)
    numbers = [(entry.paragraph_number, row) for row, entry in enumerate(pane.entries) if entry.ref.kind == "para"]
    return _go_to_row(pane, next((row for at, row in numbers if at >= number), numbers[-1][1])) if numbers else pane


def move_to_share(pane: Pane, percent: int) -> Pane:
    """Return the pane with the cursor so many percent of the way from the first row to the last."""
    return _go_to_row(pane, (len(pane.entries) - 1) * min(percent, 100) // 100)


def move_by_paragraphs(pane: Pane, count: int) -> Pane:
    """Return the text with the cursor at the beginning of another paragraph; up if `count` is negative.

    On the way up, the beginning of the cursor's own paragraph counts as one.
    """
    row = pane.cursor.row + count
    if count < 0 and pane.line:
        row += 1
    return _go_to_row(pane, row)


def move_by_lines(pane: Pane, count: int) -> Pane:
    """Return the pane with the cursor where so many single steps lead: further down, or up if `count` is negative."""
    if not pane.by_line or not len(pane.entries):
        return pane.move(count)
    row, line, last = pane.cursor.row, pane.line + count, len(pane.entries) - 1
    while row < last and line >= (own := pane.row_heights(row)[1]):
        row, line = row + 1, line - own
    while row > 0 and line < 0:
        row, line = row - 1, line + pane.row_heights(row - 1)[1]
    head, own = pane.row_heights(row)
    line = min(max(line, 0), own - 1)
    there = pane.at(Position(row, head + line))
    if not pane.strides or there.top == pane.top:
        return there
    return there.place(row, pane.rows - 1 - pane.rows // 3 if count > 0 else pane.rows // 3, line)


def move_by_links(pane: Pane, count: int) -> Pane:
    """Return the pane with a later link chosen, or an earlier one if `count` is negative.

    When there are fewer links, the last one is chosen. The pane is returned unchanged when there is none.
    """
    for _ in range(abs(count)):
        there = pane.choose_link(1 if count > 0 else -1)
        if there is pane:
            break
        pane = there
    return pane


def scroll_pane(pane: Pane, lines: int) -> Pane:
    """Return the pane with its window `lines` lines (in a list: rows) further down; up if `lines` is negative.

    The cursor stays where it is as long as that is on view.
    """
    count = len(pane.entries)
    if not count:
        return pane
    if pane.by_line:
        top = move_position(pane.top, lines, count, pane.row_height)
    else:
        top = Position(min(max(pane.top.row + lines, 0), count - 1))
    scrolled = replace(pane, top=fill_window(top, pane.rows, count, pane.row_height))
    seen = list(scrolled.visible_positions())
    if pane.cursor in seen:
        return scrolled
    allowed = _cursor_positions(scrolled, seen)
    if not allowed:
        return pane.move(1 if lines > 0 else -1)
    return scrolled.at(allowed[0] if pane.cursor < allowed[0] else allowed[-1])


def _cursor_positions(pane: Pane, seen: Sequence[Position]) -> Sequence[Position]:
    """Return those of the positions on view that the cursor may be at: not in a head, in a list on whole rows."""
    heads = {row: pane.row_heights(row)[0] for row in {at.row for at in seen}}
    lines = [at for at in seen if at.line >= heads[at.row]]
    if pane.by_line:
        return lines
    lengths = Counter(at.row for at in seen)
    return [at for at in lines if at.line == heads[at.row] and lengths[at.row] == pane.row_height(at.row)] or lines[:1]


def _go_to_row(pane: Pane, row: int) -> Pane:
    """Return the pane with the cursor on the row, or the last or first one, with what follows on view."""
    if not len(pane.entries):
        return pane
    row = min(max(row, 0), len(pane.entries) - 1)
    there = pane.at(Position(row, pane.row_heights(row)[0]))
    return there if there.top == pane.top else there.place(row, pane.rows // 3)
