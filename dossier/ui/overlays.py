"""What lies over the panes: the open popup, and the candidates for the word that is being typed.

Each has a function for its place on the screen and one for its lines in that place.
"""

from collections.abc import Sequence
from typing import Final

from dossier.text.width import width
from dossier.ui.layout import PanePlace, Screen, lay_out
from dossier.ui.line_completion import Completion, candidate_lines
from dossier.ui.line_edit import mark_caret
from dossier.ui.popup import DECIDE, GO, NOTES, POPUP_CELLS, PROBLEMS, SET_APART, Popup, popup_lines, takes_filter
from dossier.ui.popup_lists import destinations_of
from dossier.ui.render.boxes import FRAME_CELLS, draw_frame, fill_line, overlay_line
from dossier.ui.render.flow import Line, Piece
from dossier.ui.state import State

FILTER_CARET: Final = "▏"
"""The caret in the filter of a popup."""
_WITHOUT_ENTER: Final = {"read": "", "piping": "", "pipe": "y copy · "}
"""The purposes of popups from which Enter chooses nothing, each with its keys of its own."""
_FRAMED_ROWS = 10
"""The fewest rows of a screen on which the candidates have a frame."""
_BETWEEN: Final = " · "
_FIRST_TO_GO: Final = ("j/k choose", "Up/Down choose", "/ filter", "U undo", "Enter go")
"""The keys that are left out where not all have room, in this order: those that other lists have, too."""
_MORE_KEYS: Final = {NOTES: "a edit · x delete · ", PROBLEMS: "Space explain · e edit · "}
"""The keys that only one kind of popup has, by its purpose."""


def popup_place(popup: Popup, state: State, screen: Screen, said: int = 0) -> PanePlace:
    """Return where a popup that fits the screen is placed: away from the row of the cursor where that is possible.

    `said` is how many lines of a message stand above the foot line.
    """
    cells, rows = popup.pane.cells + 3, popup.pane.rows + 2
    if screen.linear:
        return PanePlace(0, 0, screen.rows - 1 - said, screen.cells, framed=False)
    place = lay_out(state, screen).places[state.focus].inner
    cursor = place.row + state.pane.offset
    below = screen.rows - 1 - said - rows
    above = cursor > screen.rows // 2
    at = 1 if above else below
    is_clear = cursor > at + rows if above else cursor < at
    return PanePlace(at if is_clear else max(0, below // 2), (screen.cells - cells) // 2, rows, cells, framed=True)


def draw_popup(popup: Popup, place: PanePlace) -> tuple[Line, ...]:
    """Return the lines of a popup: in a frame with its keys if the place is framed, else below its title."""
    heading = popup_heading(popup)
    if place.framed:
        keys = fit_keys(popup_keys(popup), place.cells - FRAME_CELLS)
        return draw_frame(popup_lines(popup), place.cells, place.rows, heading, keys, here=True)
    listed: list[Line] = [(Piece(heading, "title-here"),), *popup_lines(popup)]
    return (*listed, *((),) * (place.rows - len(listed)))


def popup_heading(popup: Popup) -> str:
    """Return the title of a popup, with its filter."""
    if popup.is_filtering:
        return f"{popup.title} /{mark_caret(popup.line, FILTER_CARET)}"
    return f"{popup.title} /{popup.line.text}" if popup.line.text else popup.title


def popup_keys(popup: Popup) -> str:
    """Return the keys of a popup."""
    if popup.is_filtering:
        return "Up/Down choose · Enter keep · Esc show all"
    more = _deciding_keys(popup) if popup.purpose == DECIDE else _MORE_KEYS.get(popup.purpose, "")
    narrow = " · / filter" if takes_filter(popup) else ""
    leave = "Esc show all" if popup.line.text else "Esc close"
    verb = popup.purpose.partition(" ")[0]
    # A note is looked up when its row is chosen.
    leads = verb != GO or popup.purpose == NOTES or any(destinations_of(row) for row in popup.entries)
    enter = _WITHOUT_ENTER.get(popup.purpose, f"Enter {verb} · " if leads else "")
    return f"j/k choose · {more}{enter}{leave}{narrow}"


def fit_keys(keys: str, cells: int) -> str:
    """Return the keys that have room in so many cells: without those that other lists have, then the first ones."""
    kept = keys.split(_BETWEEN)
    while len(kept) > 1 and width(_BETWEEN.join(kept)) > cells:
        kept.remove(next((key for key in _FIRST_TO_GO if key in kept), kept[0]))
    return _BETWEEN.join(kept)


def _deciding_keys(popup: Popup) -> str:
    """Return what the keys that decide do at the chosen row."""
    is_apart = popup.chosen is not None and popup.chosen.group == SET_APART
    several = sum(row.group != SET_APART for row in popup.entries) > 1
    same = "c all same · " if several else ""
    apart = "a take back · " if is_apart else "a this differs · " if several else ""
    return f"{same}{apart}U undo · "


def candidates_place(completion: Completion, screen: Screen, said: int = 0) -> PanePlace:
    """Return where the candidates for the word that is typed are listed: just above the prompt.

    `said` is how many lines of a message stand in between.
    """
    framed = not screen.linear and screen.rows >= _FRAMED_ROWS
    edges = 2 * framed
    rows = min(max(1, len(completion.candidates)), max(1, screen.rows // 2 - edges)) + edges
    return PanePlace(max(0, screen.rows - 1 - said - rows), 0, rows, min(screen.cells, POPUP_CELLS + edges + 1), framed)


def draw_candidates(completion: Completion, place: PanePlace, purpose: str) -> tuple[Line, ...]:
    """Return the list of candidates, in a frame if it has one."""
    inner = place.inner
    lines = candidate_lines(completion, max(1, inner.cells), max(1, inner.rows))
    if not place.framed:
        return lines
    number = len(completion.candidates)
    heading = f"{'Commands' if purpose == 'command' and not completion.word.start else 'Completions'} {number}"
    keys = "Tab complete · Up/Down choose · Enter run" if purpose == "command" else "Tab next · Shift+Tab back"
    keys = fit_keys(keys, place.cells - FRAME_CELLS) if number else ""
    return draw_frame(lines, place.cells, place.rows, heading, keys, here=True)


def lay_over(rows: list[Line], place: PanePlace, lines: Sequence[Line], cells: int) -> None:
    """Replace the part of the screen's `rows` that is at this place by `lines`, as far as the screen goes."""
    column = max(0, place.column)
    for row, line in enumerate(lines[: place.rows], place.row):
        if 0 <= row < len(rows):
            rows[row] = overlay_line(rows[row], column, fill_line(line, min(place.cells, cells - column)), cells)
