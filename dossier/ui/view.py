"""The whole screen as lines, made from the state.

It can therefore be painted before Textual is loaded, and tested without Textual. A pane is drawn again only when
something that it depends on has changed: after a step of the cursor most panes are as they were. While a pane scrolls,
the states in between are only shown: the last state is in force at once, and the next key press skips the rest.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from dossier.core.dataclasses import dataclass, replace
from dossier.core.ref import Ref
from dossier.text.width import width
from dossier.ui.chrome import foot_line, head_line, message_room, pane_title, rule_line, tabs_line
from dossier.ui.comparison_mark import mark_line
from dossier.ui.counts import lists_words, lower_edge_words
from dossier.ui.hints import Hint
from dossier.ui.layout import Layout, PanePlace, Screen, lay_out, shows_line_alone
from dossier.ui.linked_strip import strip_lines
from dossier.ui.pane_lines import draw_pane, is_same, list_dependencies
from dossier.ui.pane_scope import LISTS, is_in_library
from dossier.ui.render.boxes import draw_frame, fill_line, message_lines
from dossier.ui.render.flow import Line, Piece, measure_line
from dossier.ui.state import State, lit_refs, with_pane
from dossier.ui.viewport import lines_between, move_position

if TYPE_CHECKING:
    from dossier.ui.popup import Popup
    from dossier.ui.prompt import Prompt

_MOST_SAID = 3
"""The most lines that a message takes above the foot line."""
_GUTTER = frozenset(("cursor", "lit", "flaw", "glyph", "number", "note", "hint"))
"""The styles of what precedes the words of a line, where the reader does not look."""


class WholeSheet(Protocol):
    """A sheet that covers the whole screen, and draws itself in the size that it has."""

    @property
    def message_room(self) -> int: ...  # noqa: D102

    def lines(self, message: str = "", whole: bool = True) -> tuple[Line, ...]: ...  # noqa: D102

    def cursor_cell(self) -> tuple[int, int]: ...  # noqa: D102


@dataclass(frozen=True)
class View:
    """What is on the screen besides the state: a popup, a prompt, hints, the last message, a sheet that covers all.

    `keys` are those that the foot line may name, each with its title. `hints` are letters on links; `typed` has the
    letters that were typed already. `pending` is the count or the first of two keys that was typed, as it is shown.
    `lessons` say what the first keys do. `count` is what was found by what is typed, where it is read aloud.
    """

    screen: Screen
    keys: Sequence[tuple[str, str]] = ()
    popup: "Popup | None" = None
    prompt: "Prompt | None" = None
    hints: tuple[Hint, ...] = ()
    typed: str = ""
    message: str = ""
    pending: str = ""
    sheet: WholeSheet | None = None
    lessons: Sequence[str] = ()
    count: str = ""


class ScreenRenderer:
    """Makes the lines of a screen, and keeps those of each pane for the next time."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[tuple[object, ...], tuple[Line, ...]]] = {}

    def lines(self, state: State, view: View) -> tuple[Line, ...]:
        """Return the rows of the screen, each as wide as the screen. The panes must fit it (see `layout.fit_panes`)."""
        screen, laid = view.screen, lay_out(state, view.screen)
        blank = fill_line((), screen.cells)
        if view.sheet:
            said, rest = said_lines(state, view)
            shown = view.sheet.lines(rest, not shows_line_alone(screen))[: screen.rows]
            filled = [*shown, *[blank] * (screen.rows - len(shown))]
            return _finished(_lay_message(filled, said, screen), screen)
        rows: list[Line] = [()] * screen.rows
        shining = lit_refs(state)
        for name, place in laid.places.items():
            # Panes on the same row are side by side, from the left and without gaps, so their lines are joined.
            under = _lower_edge(state, name, laid)
            shown = self._pane(state, name, view, place, under, shining)
            if view.prompt and shows_line_alone(screen):
                shown = (fill_line((), place.cells),) * len(shown)
            for row, line in enumerate(shown, place.row):
                rows[row] += line
        for row, line in _around(state, view, laid):
            if 0 <= row < screen.rows:
                rows[row] = fill_line(line, screen.cells)
        rows = [line or blank for line in rows]
        if view.popup or view.prompt:
            _lay_over(rows, state, view)
        if view.count and screen.rows > 2:
            rows[-2] = fill_line((Piece(view.count),), screen.cells)
        return _finished(_lay_message(rows, said_lines(state, view)[0], screen), screen)

    def lines_of_pane(self, state: State, view: View, name: str) -> tuple[int, tuple[Line, ...]]:
        """Return the lines of a pane alone, with blanks before them up to its column, and the row of the first of them.

        It is the pane with the cursor where there is no room for the one with this name.
        """
        laid = lay_out(state, view.screen)
        name = name if name in laid.places else state.focus
        place = laid.places[name]
        lines = self._pane(state, name, view, place, _lower_edge(state, name, laid), lit_refs(state))
        before = fill_line((), place.column)
        return place.row, tuple((*before, *line) for line in lines)

    def _pane(
        self, state: State, name: str, view: View, place: PanePlace, under: str, shining: frozenset[Ref]
    ) -> tuple[Line, ...]:
        """Return the pane with its frame, each line as wide as its place; `under` are the words on its lower edge."""
        heading = pane_title(state, name, max(1, place.cells - 4)) if place.framed else ""
        depends = (*list_dependencies(state, name, view.hints, view.typed, shining), place, heading, under, view.screen)
        before, lines = self._drawn.get(name, ((), ()))
        if len(depends) != len(before) or not all(map(is_same, depends, before)):
            drawn = draw_pane(state, name, view.hints, view.typed, shining)
            if view.screen.linear:
                from dossier.ui.read_lines import read_pane_lines  # noqa: PLC0415 - only where it is read aloud

                drawn = read_pane_lines(state.panes[name], drawn, place.cells, view.screen.alone)
            lines = _set(drawn, place, heading, under, name == state.focus)
            self._drawn[name] = depends, lines
        return lines


def cursor_cell(state: State, view: View, lines: Sequence[Line]) -> tuple[int, int]:
    """Return the row and column, from 0, at which the reader looks: the caret, the chosen row or the cursor.

    `lines` are the rows of the screen.
    """
    screen = view.screen
    if view.sheet:
        return view.sheet.cursor_cell()
    if view.prompt:
        row = screen.rows - 1
        return row, _column(lines[row], frozenset(("caret",)))
    if view.popup:
        return _popup_cell(view.popup, state, view, lines)
    place = lay_out(state, screen).places[state.focus].inner
    # At the beginning of a list that has grown, the cursor may be on the heading, where it is shown on the entry.
    head = state.pane.row_heights(state.pane.cursor.row)[0] if len(state.pane.entries) else 0
    down = max(0, state.pane.offset) + max(0, head - state.pane.cursor.line)
    row = min(place.row + down, screen.rows - 1)
    looked_at = "current" if state.pane.link_number is None else "chosen"
    looked_at = "selected-end" if state.selection else looked_at
    return row, _column(lines[row], frozenset((looked_at,)), place.column)


def _popup_cell(popup: "Popup", state: State, view: View, lines: Sequence[Line]) -> tuple[int, int]:
    from dossier.ui.overlays import FILTER_CARET, popup_heading, popup_place  # noqa: PLC0415 - not in the first picture

    screen = view.screen
    place = popup_place(popup, state, screen, len(said_lines(state, view)[0]))
    if popup.is_filtering:
        row = min(max(0, place.row), screen.rows - 1)
        shown = popup_heading(popup) if screen.linear else "".join(piece.text for piece in lines[row])
        before, _, _ = shown.partition(FILTER_CARET)
        return row, min(width(before), screen.cells - 1)
    inner = place.inner
    row = inner.row + int(screen.linear) + popup.pane.offset
    return min(row, screen.rows - 1), 0 if screen.linear else min(inner.column + 1, screen.cells - 1)


def _lay_over(rows: list[Line], state: State, view: View) -> None:
    """Lay the popup, and the candidates for what is typed, over the rows of the screen."""
    from dossier.ui.overlays import (  # noqa: PLC0415 - the first picture has neither
        candidates_place,
        draw_candidates,
        draw_popup,
        lay_over,
        popup_place,
    )
    from dossier.ui.read_aloud import read_popup  # noqa: PLC0415 - only where it is read aloud

    screen, said = view.screen, len(said_lines(state, view)[0])
    if view.popup:
        place = popup_place(view.popup, state, screen, said)
        drawn = read_popup(view.popup, place, screen) if screen.linear else draw_popup(view.popup, place)
        lay_over(rows, place, drawn, screen.cells)
    if view.prompt and view.prompt.completion and not shows_line_alone(screen):
        place = candidates_place(view.prompt.completion, screen, said)
        lay_over(rows, place, draw_candidates(view.prompt.completion, place, view.prompt.purpose), screen.cells)


def _lower_edge(state: State, name: str, laid: Layout) -> str:
    """Return the words on the lower edge of a pane; a library's text names the lists that it hides."""
    hides_lists = name == "article" and is_in_library(state) and laid.places.keys().isdisjoint(LISTS)
    return lists_words(state) if hides_lists else lower_edge_words(state, name)


def _set(lines: Sequence[Line], place: PanePlace, heading: str, under: str, here: bool) -> tuple[Line, ...]:
    """Return the lines of a pane filled up to its place, in a frame if it has one."""
    if place.framed:
        return draw_frame(lines, place.cells, place.rows, heading, under, here)
    shown = [fill_line(line, place.cells) for line in lines[: place.rows]]
    return (*shown, *(fill_line((), place.cells),) * (place.rows - len(shown)))


def _around(state: State, view: View, laid: Layout) -> list[tuple[int, Line]]:
    """Return the lines around the panes, each with its row."""
    screen, cells, last = view.screen, view.screen.cells, view.screen.rows - 1
    line = _prompt_line(view.prompt, state, screen) if view.prompt else ()
    if screen.linear:
        line = line or (Piece(said_lines(state, view)[1], "said-now"),)
    line = line or foot_line(state, said_lines(state, view)[1], view.keys, cells, screen.alone, view.pending)
    # Read aloud, what is marked is said once, by a message.
    mark = () if screen.linear else mark_line(state.comparison_mark, cells)
    room = cells - measure_line(mark)
    if screen.linear:
        from dossier.ui.read_aloud import title_line  # noqa: PLC0415 - only where it is read aloud

        top = title_line(view.prompt.origin if view.prompt else state, room)
    else:
        top = tabs_line(state, room) if laid.narrow else head_line(state, room)
    top = (*fill_line(top, room), *mark) if mark else top
    lit_elsewhere = strip_lines(state, cells, laid.strip, view.lessons) if laid.strip else ()
    below = last - laid.strip
    edge = [(below - 1, rule_line(state, cells))] if laid.strip else []
    return [(0, top), *edge, *enumerate(lit_elsewhere, below), (last, line)]


def _prompt_line(prompt: "Prompt", state: State, screen: Screen) -> Line:
    from dossier.ui.prompt import prompt_line  # noqa: PLC0415 - the first picture has neither

    return prompt_line(prompt, state, screen.cells, shows_status=not screen.linear)


def said_lines(state: State, view: View) -> tuple[tuple[Line, ...], str]:
    """Return the lines of a long message above the foot line, or of any while a line is typed there, and its rest."""
    cells, most = view.screen.cells, max(0, min(_MOST_SAID, view.screen.rows - 2))
    if view.screen.linear:
        from dossier.ui.read_aloud import read_message  # noqa: PLC0415 - only where it is read aloud

        lines, rest = read_message(view.message, cells, most)
    else:
        room = view.sheet.message_room if view.sheet else message_room(state, cells, view.screen.alone)
        lines, rest = message_lines(view.message, cells, room, most)
    return ((*lines, (Piece(f" {rest}", "said-now"),))[:most], "") if view.prompt and rest else (lines, rest)


def _lay_message(rows: list[Line], said: Sequence[Line], screen: Screen) -> list[Line]:
    """Return the rows with the lines of a message above the last one."""
    for row, line in enumerate(said, screen.rows - 1 - len(said)):
        rows[row] = fill_line(line, screen.cells)
    return rows


def _finished(rows: Sequence[Line], screen: Screen) -> tuple[Line, ...]:
    return tuple(tuple(map(_unmarked, line)) for line in rows) if screen.linear else tuple(rows)


def _column(line: Line, styles: frozenset[str], start: int = 0) -> int:
    """Return the column of the first piece that has one of the styles, from `start` on.

    Without such a piece, it is the column of the first words outside the gutter; without any words, `start`.
    """
    column, first = 0, -1
    for piece in line:
        names = frozenset(piece.style.split())
        if column >= start and names & styles:
            return column
        if column >= start and first < 0 and piece.text.strip() and not names & _GUTTER:
            first = column + width(piece.text) - width(piece.text.lstrip())
        column += width(piece.text)
    return max(first, 0) if first >= 0 else start


def _unmarked(piece: Piece) -> Piece:
    """Return the piece without the cursor's bar, for a screen on which the terminal's own cursor shows the place."""
    return piece._replace(text=" " * width(piece.text)) if piece.style == "cursor" else piece


_PARTS = 4


def states_between(before: State, after: State) -> tuple[State, ...]:
    """Return the states to show between `before` and `after`, in which the pane has scrolled a part of the way.

    Empty when the pane has scrolled by only a few lines or by more than its window, or when anything else has changed.
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
