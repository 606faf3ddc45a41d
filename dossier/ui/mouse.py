"""What a click does: it puts the cursor there. Everything else is done by keys."""

from dossier.core.dataclasses import replace
from dossier.text.width import width
from dossier.ui.layout import Screen, lay_out
from dossier.ui.pane import Pane
from dossier.ui.state import State, reveal_linked, with_pane
from dossier.ui.viewport import Position


def click(state: State, screen: Screen, row: int, column: int) -> State | None:
    """Return the state with the cursor at this row and column of the screen, on the link there if there is one.

    Rows and columns count from 0. None where the cursor cannot be.
    """
    for name, place in lay_out(state, screen).places.items():
        inner = place.inner
        pane, line = state.panes[name], row - inner.row
        if not (0 <= line < inner.rows and 0 <= column - inner.column < inner.cells):
            continue
        found = list(pane.visible_positions())
        if line < len(found) and found[line].line >= pane.row_heights(found[line].row)[0]:
            pane = pane.at(found[line], _link(pane, found[line], column - inner.column))
        elif name == state.focus:
            return None
        return reveal_linked(replace(with_pane(state, pane), focus=name))
    return None


def _link(pane: Pane, position: Position, column: int) -> int | None:
    """Return the number, from 0, of the link in a column of the line; None where there is none."""
    drawn = pane.draw_row(position.row)
    end = 0
    for piece in (*drawn.head, *drawn.lines)[position.line]:
        end += width(piece.text)
        if column < end:
            return piece.anchors[0] if piece.anchors else None
    return None
