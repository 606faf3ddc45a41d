"""States between two, in which the pane with the cursor has scrolled a part of the way.

They are only shown: the last state holds at once, and the next key press skips those that are left.
"""

from dossier.core.dataclasses import replace
from dossier.ui.state import State, with_pane
from dossier.ui.viewport import lines_between, move_position

_PARTS = 4


def states_between(before: State, after: State) -> tuple[State, ...]:
    """Return the states to show from `before` to `after`.

    Empty where the pane has scrolled by a few lines only, or by more than its window, or something else has changed.
    """
    old, new = before.pane, after.pane
    if before.focus != after.focus or old.entries is not new.entries or (old.cells, old.rows) != (new.cells, new.rows):
        return ()
    lines = lines_between(old.top, new.top, new.row_height, new.rows + 1) if len(new.entries) else 0
    if abs(lines) < _PARTS or abs(lines) > new.rows:
        return ()
    steps = (lines * part // _PARTS for part in range(1, _PARTS))
    tops = (move_position(old.top, step, len(new.entries), new.row_height) for step in steps)
    return tuple(with_pane(after, replace(new, top=top)) for top in tops)
