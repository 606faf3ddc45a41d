"""The places of the panes on the screen, and the pane that a click is in.

The layout follows from the state and the size of the screen.

On a wide screen the text is at the left and the lists at the right. On a narrow one there is one pane, below tabs and
above a strip of what is lit in the other panes. A library has a column of its own at the left of the widest screens. On
others it is there while the cursor is in it, and takes the place of the lists; the text, in the same width, is then the
preview of an article.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import accumulate, pairwise

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.entry import PANES
from dossier.core.ref import Ref
from dossier.text.width import width
from dossier.ui.pane import Pane
from dossier.ui.pane_scope import LISTS, SHELF, is_in_library
from dossier.ui.preview import Preview, PreviewKey
from dossier.ui.state import State, resize_pane, reveal_linked, with_pane
from dossier.ui.viewport import Position

WIDE, RAILED = 100, 140
TINY = (60, 16)
"""Columns and rows: a screen with fewer of either has no strip of what is lit in other panes."""
COLUMN = 88
"""The greatest width of the text in cells, with its frame: longer lines are hard to read."""
STRIP = 4
_RAIL = 44
_WEIGHTS = {"library": 2.2, "quotes": 1.3}
"""The share that a pane has of its column's height; that of all other panes is 1."""


class Screen(NamedTuple):
    """What the layout depends on besides the state: columns and rows in cells, and what the reader chose.

    `alone`: one pane has the whole screen. `linear`: one pane without frames, of which only the line at the cursor is
    shown unless the pane is `alone`. `column`: the most cells that the text takes.
    """

    cells: int
    rows: int
    alone: bool = False
    linear: bool = False
    column: int = COLUMN


def shows_line_alone(screen: Screen) -> bool:
    """Return whether only the line at the cursor stands on the screen."""
    return screen.linear and not screen.alone


class PanePlace(NamedTuple):
    """Where a pane is, with its frame: first row and column, from 0, and number of rows and columns."""

    row: int
    column: int
    rows: int
    cells: int
    framed: bool

    @property
    def inner(self) -> "PanePlace":
        """The place of the pane's lines: without the frame, and without the last column, which stays free."""
        edge = int(self.framed)
        rows, cells = max(0, self.rows - 2 * edge), max(0, self.cells - 2 * edge - 1)
        return PanePlace(self.row + edge, self.column + edge, rows, cells, framed=False)


class Layout(NamedTuple):
    """The place of each pane by its name.

    `narrow`: there are tabs in place of the head line. `strip`: the rows of the strip of what is lit; 0 without one.
    """

    places: Mapping[str, PanePlace]
    narrow: bool
    strip: int


def lay_out(state: State, screen: Screen) -> Layout:
    """Return the layout of the state on `screen`."""
    cells, rows = screen.cells, screen.rows
    narrow = cells < WIDE or screen.linear
    tiny = cells < TINY[0] or rows < TINY[1] or screen.linear
    strip = STRIP if narrow and not tiny and not screen.alone else 0
    height = max(0, rows - 2 - (strip + 1 if strip else 0))
    if narrow or screen.alone:
        return Layout({state.focus: PanePlace(1, 0, height, cells, not narrow)}, narrow, strip)
    places: dict[str, PanePlace] = {}
    column = 0
    for names, wide in _columns(state, screen):
        places |= _stacked(names, column, height, wide)
        column += wide
    return Layout(places, narrow, strip)


def shown_panes(state: State, screen: Screen) -> tuple[str, ...]:
    """Return the names of the panes that are on `screen`. A preview in the place of the text is none of them."""
    return tuple(name for name in lay_out(state, screen).places if name != "article" or not shown_preview(state))


def fit_panes(state: State, screen: Screen) -> State:
    """Return the state with its panes in the sizes that they have on `screen`.

    On a narrow screen hidden panes get the size of the one that is shown. The same object is returned when nothing
    changes. Outside of the library no preview is kept: its list may be on another article when it is next seen.
    """
    if state.preview and not is_in_library(state):
        state = replace(state, preview=None)
    laid = lay_out(state, screen)
    sizes = {name: place.inner for name, place in laid.places.items()}
    if laid.narrow:
        sizes = dict.fromkeys(state.panes, sizes[state.focus])
    asked = [(name, max(1, place.cells), max(1, place.rows)) for name, place in sizes.items()]
    changed = [one for one in asked if (state.panes[one[0]].cells, state.panes[one[0]].rows) != one[1:]]
    state = reduce(lambda found, one: resize_pane(found, *one), changed, state)
    beside = len(laid.places) > 1
    other = [state.panes[name] for name in PANES if state.panes[name].strides != beside]
    return reduce(with_pane, [replace(pane, strides=beside) for pane in other], state)


def shown_preview(state: State) -> Preview | None:
    """Return the preview that stands in the place of the text; None when the open article is shown there."""
    return state.preview if is_in_library(state) else None


def wanted_preview(state: State, screen: Screen) -> PreviewKey | None:
    """Return what the preview should show; None when the open article, or nothing, is to be shown in its place."""
    place = lay_out(state, screen).places.get("article")
    at = place_to_preview(state)
    if state.library is None or place is None or at is None or at.article == state.reading.article.ref.article:
        return None
    query = state.find.query or state.library_view.scope.query
    size = max(1, place.inner.cells), max(1, place.inner.rows)
    return PreviewKey(at, query, state.library.generation, *size)


def place_to_preview(state: State) -> Ref | None:
    """Return what the preview is to show: the row at the cursor of a list; else the article at that of the library.

    Of an article with hits it is the one that Enter leads to. Returns None outside of the library, and for no row.
    """
    pane = state.pane if state.focus in LISTS else state.panes.get("library")
    entry = pane.entry if pane and is_in_library(state) else None
    if pane is None or entry is None or entry.ref.kind:
        return entry.ref if entry else None
    return (pane.targets or (entry.anchors[0].targets if entry.anchors else (entry.ref,)))[0]


def is_preview_due(state: State, screen: Screen) -> bool:
    """Return whether the preview should show something else than it does."""
    return wanted_preview(state, screen) != (state.preview.key if state.preview else None)


def _columns(state: State, screen: Screen) -> list[tuple[Sequence[str], int]]:
    """Return the panes of each column, and how many cells it takes."""
    cells = screen.cells
    if state.library is not None and cells >= RAILED:
        text = min(screen.column, cells * 45 // 100)
        return [(SHELF, _RAIL), (PANES[:1], text), (LISTS, cells - _RAIL - text)]
    text = min(screen.column, cells * 56 // 100)
    if state.focus in SHELF:
        return [(SHELF, cells - text), (PANES[:1], text)]
    return [(SHELF if is_in_library(state) else PANES[:1], text), (LISTS, cells - text)]


def _stacked(names: Sequence[str], column: int, height: int, cells: int) -> dict[str, PanePlace]:
    weights = [_WEIGHTS.get(name, 1.0) for name in names]
    edges = [0, *(int(height * part / sum(weights)) for part in accumulate(weights))]
    edges[-1] = height
    found = zip(names, pairwise(edges), strict=True)
    return {name: PanePlace(1 + top, column, end - top, cells, framed=True) for name, (top, end) in found}


def click(state: State, screen: Screen, row: int, column: int) -> State | None:
    """Return the state with the cursor at this row and column of the screen, on the link there if there is one.

    Rows and columns count from 0. Returns None when the cursor cannot be there.
    """
    for name, place in lay_out(state, screen).places.items():
        inner = place.inner
        pane, line = state.panes[name], row - inner.row
        if name == "article" and shown_preview(state):
            continue
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
