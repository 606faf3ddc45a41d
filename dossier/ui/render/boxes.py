"""Composition of lines: side by side, one over another, and in frames, cell by cell.

A wide character that an edge would cut in two is replaced by a blank, so no line is wider than asked for.
"""

from collections.abc import Sequence

from dossier.text.ambiguous_width import width_cache
from dossier.text.width import cut, iterate_clusters, width, wrap
from dossier.ui.render.flow import Line, Piece, clip_line, measure_line

BLANK_LINE: Line = ()
FRAME_CELLS = 6
"""The columns of an edge of a frame that words on it do not have: the corners, and a line and a blank beside them."""


def fill_line(line: Line, cells: int) -> Line:
    """Return the line cut, or filled with blanks, to exactly `cells` cells."""
    taken = measure_line(line)
    if taken > cells:
        line = clip_line(line, cells)
        taken = measure_line(line)
    return (*line, Piece(" " * (cells - taken))) if taken < cells else line


def slice_line(line: Line, start: int, end: int) -> Line:
    """Return the part of the line in the columns from `start` up to, not including, `end`."""
    kept: list[Piece] = []
    column = 0
    for piece in line:
        taken = width(piece.text)
        if start <= column and column + taken <= end:
            kept.append(piece)
        elif column < end and column + taken > start:
            kept.append(piece._replace(text=_slice_text(piece.text, start - column, end - column)))
        column += taken
    return tuple(kept)


def overlay_line(line: Line, column: int, over: Line, cells: int) -> Line:
    """Return the line, `cells` wide, with the line `over` laid over it from `column` on."""
    end = column + measure_line(over)
    before = fill_line(slice_line(line, 0, column), column)
    return fill_line((*before, *over, *slice_line(fill_line(line, cells), end, cells)), cells)


def draw_frame(lines: Sequence[Line], cells: int, rows: int, title: str, under: str, here: bool) -> tuple[Line, ...]:
    """Return a frame of `cells` columns and `rows` rows around the lines.

    `title` is on its upper edge, `under` on its lower edge. `here` is true for the pane with the cursor. One column at
    the right of the lines stays free.
    """
    style, title_style = ("frame-here", "title-here") if here else ("frame", "title")
    if rows < 2 or cells < 4:
        return tuple(fill_line((), max(0, cells)) for _ in range(max(0, rows)))
    side = Piece("│", style)
    inside = [*lines[: rows - 2], *(BLANK_LINE,) * (rows - 2 - len(lines))]
    body = [_between(side, line, cells) for line in inside]
    top = _edge("╭", "╮", Piece(title, title_style), style, cells, at_end=False)
    return (top, *body, _edge("╰", "╯", Piece(under, "under"), style, cells, at_end=True))


@width_cache(1024)
def _between(side: Piece, line: Line, cells: int) -> Line:
    """Return a line of a frame between its sides. After a key, most are as before."""
    return (side, *fill_line(line, cells - 3), Piece(" "), side)


def _edge(left: str, right: str, words: Piece, style: str, cells: int, at_end: bool) -> Line:
    text = cut(words.text, cells - FRAME_CELLS) if words.text and cells > FRAME_CELLS + 1 else ""
    if not text:
        return (Piece(left + "─" * (cells - 2) + right, style),)
    rest = "─" * (cells - 5 - width(text))
    before, after = (rest, "─") if at_end else ("─", rest)
    return Piece(f"{left}{before} ", style), words._replace(text=text), Piece(f" {after}{right}", style)


def message_lines(say: str, cells: int, room: int, most: int) -> tuple[tuple[Line, ...], str]:
    """Return the lines of `cells` columns that a long message takes above the foot line, and the rest of the message.

    There are at most `most` of them. `room` is how many cells of the foot line the rest may take.
    """
    lines: list[Line] = []
    while width(say) > room and len(lines) < most and cells > 3:
        _, end = wrap(say, cells - 2)[0]
        lines.append((Piece(" "), Piece(say[:end].rstrip(), "said-now")))
        say = say[end:].lstrip()
    return tuple(lines), say


def _slice_text(text: str, start: int, end: int) -> str:
    """Return the part of the text between two columns, with blanks for a character that is cut."""
    kept, column = [], 0
    for first, last, taken in iterate_clusters(text):
        whole = start <= column and column + taken <= end
        shown = min(column + taken, end) - max(column, start)
        if whole and (column < end or not taken):
            kept.append(text[first:last])
        elif shown > 0:
            kept.append(" " * shown)
        column += taken
    return "".join(kept)
