"""The state after the terminal has told how wide ambiguous characters are: laid out anew, with the cursor in its place.

Every measure changes at once, and with it where lines break. The cursor stays on the same words, and what is at the
top of each window stays there as far as possible.
"""

from typing import TypeVar, cast

from dossier.core.dataclasses import replace
from dossier.text.ambiguous_width import use_ambiguous_width
from dossier.ui.comparison_sheet import ComparisonSheet
from dossier.ui.pane import Pane
from dossier.ui.popup import Popup
from dossier.ui.state import State, reveal_linked

AnyPane = TypeVar("AnyPane", bound=Pane)


def adopt_ambiguous_width(cells: int, state: State) -> State:
    """Let ambiguous characters take this many cells from now on, and return the state laid out by that."""
    held = hold_places(state)
    use_ambiguous_width(cells)
    return measure_anew(held)


def hold_places(state: State) -> State:
    """Return the state with the words known that the cursor of each text is on, before widths change."""
    return replace(state, panes={name: _hold_point(pane) for name, pane in state.panes.items()})


def measure_anew(state: State) -> State:
    """Return the state, from `hold_places`, laid out by the widths that are in force now."""
    return reveal_linked(replace(state, panes={name: _lay_out(pane) for name, pane in state.panes.items()}))


def measure_popup_anew(popup: Popup) -> Popup:
    """Return the popup laid out by the widths that are in force now."""
    return replace(popup, pane=_lay_out(popup.pane))


def measure_comparison_anew(sheet: ComparisonSheet) -> ComparisonSheet:
    """Return the comparison laid out by the widths that are in force now."""
    return replace(sheet, pane=_lay_out(sheet.pane))


def _hold_point(pane: Pane) -> Pane:
    if not pane.by_line or not len(pane.entries) or pane.point is not None:
        return pane
    return replace(pane, point=pane.line_start(pane.cursor.row, pane.cursor.line))


def _lay_out(pane: AnyPane) -> AnyPane:
    if not len(pane.entries):
        return pane
    row, point = pane.cursor.row, pane.point
    if not pane.by_line or pane.link_number is not None or point is None:
        laid = pane.place(row, pane.offset, 0, pane.link_number)
    else:
        line = pane.line_at(row, point) - pane.row_heights(row)[0]
        laid = replace(pane.place(row, pane.offset, line), point=point)
    # The movements of a pane are typed as those of any pane.
    return cast("AnyPane", laid)
