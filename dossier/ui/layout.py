"""Which panes are on the screen, and where: a function of the state and of the screen's size alone.

Wide, the text stands left and the lists right; narrow, one pane fits, below its tabs and above what is lit elsewhere.
A library has a rail at the left of the widest screens, and elsewhere stands where the text does.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import accumulate, pairwise

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.views.panes import PANES
from dossier.ui.library_scope import LISTS, SHELF, shelved
from dossier.ui.state import State, resized, with_pane

WIDE, RAILED = 100, 140
TINY = (60, 16)
"""Screens narrower or lower than these have no room for what is lit elsewhere."""
COLUMN = 88
"""The text is set in a column at most that wide, its frame counted: longer lines read badly."""
STRIP = 4
_RAIL = 44
_WEIGHTS = {"library": 2.2, "quotes": 1.3}
"""Parts of a column's height; one for all others."""


class Screen(NamedTuple):
    """What the layout depends on besides the state: columns and rows, and what the reader chose.

    `alone`: one pane has it all. `linear`: one pane and no frames, for those who read line by line.
    """

    cells: int
    rows: int
    alone: bool = False
    linear: bool = False
    column: int = COLUMN


class PanePlace(NamedTuple):
    """Where a pane stands, its frame counted: first row and column, rows and columns."""

    row: int
    column: int
    rows: int
    cells: int
    framed: bool

    @property
    def inner(self) -> "PanePlace":
        """Where its lines stand; a column at their right stays free."""
        edge = int(self.framed)
        rows, cells = max(0, self.rows - 2 * edge), max(0, self.cells - 2 * edge - 1)
        return PanePlace(self.row + edge, self.column + edge, rows, cells, framed=False)


class Layout(NamedTuple):
    """`narrow`: tabs stand above, where a wide screen has the head line. `strip`: the rows of what is lit elsewhere."""

    places: Mapping[str, PanePlace]
    narrow: bool
    strip: int


def layout(state: State, screen: Screen) -> Layout:
    """The layout of a state on that screen."""
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


def shown(state: State, screen: Screen) -> tuple[str, ...]:
    """The panes that are on that screen."""
    return tuple(layout(state, screen).places)


def fitted(state: State, screen: Screen) -> State:
    """The state with its panes as large as they are on that screen; on a narrow one those that are hidden, too."""
    laid = layout(state, screen)
    sizes = {name: place.inner for name, place in laid.places.items()}
    if laid.narrow:
        sizes = dict.fromkeys(state.panes, sizes[state.focus])
    asked = [(name, max(1, place.cells), max(1, place.rows)) for name, place in sizes.items()]
    changed = [one for one in asked if (state.panes[one[0]].cells, state.panes[one[0]].rows) != one[1:]]
    state = reduce(lambda found, one: resized(found, *one), changed, state)
    text, beside = state.panes["article"], len(laid.places) > 1
    return state if text.strides == beside else with_pane(state, replace(text, strides=beside))


def _columns(state: State, screen: Screen) -> list[tuple[Sequence[str], int]]:
    """The panes of each column, and how many cells it takes."""
    cells = screen.cells
    if state.library is not None and cells >= RAILED:
        text = min(screen.column, cells * 45 // 100)
        return [(SHELF, _RAIL), (PANES[:1], text), (LISTS, cells - _RAIL - text)]
    text = min(screen.column, cells * 56 // 100)
    return [(SHELF if shelved(state) else PANES[:1], text), (LISTS, cells - text)]


def _stacked(names: Sequence[str], column: int, height: int, cells: int) -> dict[str, PanePlace]:
    weights = [_WEIGHTS.get(name, 1.0) for name in names]
    edges = [0, *(int(height * part / sum(weights)) for part in accumulate(weights))]
    edges[-1] = height
    found = zip(names, pairwise(edges), strict=True)
    return {name: PanePlace(1 + top, column, end - top, cells, framed=True) for name, (top, end) in found}
