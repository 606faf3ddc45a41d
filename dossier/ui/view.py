"""The whole screen as lines, made from the state.

So it can be painted before Textual is loaded, and tested without it. A pane is drawn again only when something that it
depends on has changed: after a step of the cursor most panes are as they were.
"""

from collections.abc import Sequence

from dossier.core.dataclasses import dataclass
from dossier.core.ref import Ref
from dossier.text.width import width
from dossier.ui.chrome import empty, foot_line, head, rule, tabs, title
from dossier.ui.counts import under_title
from dossier.ui.hints import Hint, letters
from dossier.ui.layout import Layout, PanePlace, Screen, layout
from dossier.ui.linked_strip import strip
from dossier.ui.popup import Popup
from dossier.ui.popup import lines as sheet_lines
from dossier.ui.prompt import Prompt, prompt_line
from dossier.ui.render.boxes import filled, framed, spliced
from dossier.ui.render.entry_style import Look
from dossier.ui.render.flow import Line, Piece
from dossier.ui.state import State, lit, look

_FEW = 500
_GUTTER = frozenset(("cursor", "lit", "flaw", "glyph", "number", "hint"))
"""What stands before the words of a line: the eye is not there."""


@dataclass(frozen=True)
class View:
    """What is on the screen besides the state: a popup, a prompt, hints, the last message.

    `keys` are those that the foot line may name, each with its title. `hints` are letters on links; `typed` has the
    letters that were typed already.
    """

    screen: Screen
    keys: Sequence[tuple[str, str]] = ()
    sheet: Popup | None = None
    prompt: Prompt | None = None
    hints: tuple[Hint, ...] = ()
    typed: str = ""
    say: str = ""


class ScreenRenderer:
    """Makes the lines of a screen, and keeps those of each pane for the next time."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[tuple[object, ...], tuple[Line, ...]]] = {}

    def lines(self, state: State, view: View) -> tuple[Line, ...]:
        """Return the rows of the screen, each as wide as the screen. The panes must have their sizes on it."""
        screen, laid = view.screen, layout(state, view.screen)
        rows: list[Line] = [()] * screen.rows
        blank = filled((), screen.cells)
        shining = lit(state)
        for name, place in laid.places.items():
            # The panes of a row stand side by side, from the left, and leave nothing free.
            for row, line in enumerate(self._pane(state, name, view, place, shining), place.row):
                rows[row] += line
        for row, line in _around(state, view, laid):
            if 0 <= row < screen.rows:
                rows[row] = filled(line, screen.cells)
        rows = [line or blank for line in rows]
        if view.sheet:
            place = over(view.sheet, state, screen)
            _lay(rows, place, _sheet(view.sheet, place), screen.cells)
        if screen.linear:
            return tuple(tuple(map(_unmarked, line)) for line in rows)
        return tuple(rows)

    def _pane(self, state: State, name: str, view: View, place: PanePlace, shining: frozenset[Ref]) -> tuple[Line, ...]:
        """Return the pane with its frame, each line as wide as its place."""
        heading = title(state, name, max(1, place.cells - 4)) if place.framed else ""
        depends = (*_depends(state, name, view, shining), place, heading, under_title(state, name))
        before, lines = self._drawn.get(name, ((), ()))
        if len(depends) != len(before) or not all(map(_same, depends, before)):
            lines = _set(
                _drawn(state, name, view, shining), place, heading, under_title(state, name), name == state.focus
            )
            self._drawn[name] = depends, lines
        return lines


def eye(state: State, view: View, lines: Sequence[Line]) -> tuple[int, int]:
    """Return the row and column, from 0, of `lines` where the reader looks: the caret, the chosen row or the cursor."""
    screen = view.screen
    if view.prompt:
        row = screen.rows - 1
        return row, _column(lines[row], frozenset(("caret",)))
    if view.sheet:
        place = over(view.sheet, state, screen).inner
        row = place.row + int(screen.linear) + view.sheet.pane.offset
        return min(row, screen.rows - 1), min(place.column + 1, screen.cells - 1)
    place = layout(state, screen).places[state.focus].inner
    row = min(place.row + max(0, state.pane.offset), screen.rows - 1)
    looked_at = "current" if state.pane.chosen is None else "chosen"
    return row, _column(lines[row], frozenset((looked_at,)), place.column)


def over(sheet: Popup, state: State, screen: Screen) -> PanePlace:
    """Return where a popup that fits the screen is placed: away from the row of the cursor where that is possible."""
    cells, rows = sheet.pane.cells + 3, sheet.pane.rows + 2
    if screen.linear:
        return PanePlace(0, 0, screen.rows - 1, screen.cells, framed=False)
    place = layout(state, screen).places[state.focus].inner
    cursor = place.row + state.pane.offset
    below = screen.rows - 1 - rows
    above = cursor > screen.rows // 2
    at = 1 if above else below
    is_clear = cursor > at + rows if above else cursor < at
    return PanePlace(at if is_clear else max(0, below // 2), (screen.cells - cells) // 2, rows, cells, framed=True)


def _depends(state: State, name: str, view: View, shining: frozenset[Ref]) -> tuple[object, ...]:
    """Return everything that the lines of this pane depend on; of lists that grow, as far as they are on view."""
    pane = state.panes[name]
    known = min(len(pane.entries), pane.top.row + pane.rows + 1)
    rest = (name == state.focus, known, view.typed, () if len(pane.entries) else empty(state, name))
    return (
        pane,
        pane.entries,
        state.find.hits,
        state.find.query,
        state.find.hit,
        state.reading.problems_by_entry,
        view.hints,
        shining,
        rest,
    )


def _same(one: object, other: object) -> bool:
    """Return whether two things are one object, or equal values that are quick to compare."""
    return one is other or (isinstance(one, tuple | frozenset) and len(one) < _FEW and one == other)


def _drawn(state: State, name: str, view: View, shining: frozenset[Ref]) -> tuple[Line, ...]:
    pane = state.panes[name]
    if not len(pane.entries):
        return (empty(state, name),)
    # An entry that nothing lit is in looks as it did, and need not be drawn anew.
    lit_by_entry: dict[Ref, set[Ref]] = {}
    for ref in shining:
        lit_by_entry.setdefault(ref.entry, set()).add(ref)

    def look_of(row: int) -> Look:
        own = frozenset(lit_by_entry.get(pane.entries[row].ref, ()))
        return look(state, pane, row, own, letters(view.hints, name, row, view.typed))

    return pane.lines(look_of)


def _set(lines: Sequence[Line], place: PanePlace, heading: str, under: str, here: bool) -> tuple[Line, ...]:
    """Return the lines of a pane in its place, in a frame if it has one."""
    if place.framed:
        return framed(lines, place.cells, place.rows, heading, under, here)
    shown = [filled(line, place.cells) for line in lines[: place.rows]]
    return (*shown, *(filled((), place.cells),) * (place.rows - len(shown)))


def _around(state: State, view: View, laid: Layout) -> list[tuple[int, Line]]:
    """Return the lines around the panes, each with its row."""
    screen = view.screen
    cells, last = screen.cells, screen.rows - 1
    line = prompt_line(view.prompt, state, cells) if view.prompt else ()
    if screen.linear and view.sheet and not view.say:
        line = (Piece(_under(view.sheet), "under"),)
    line = line or foot_line(state, view.say, view.keys, cells, screen.alone)
    if screen.linear:
        top: Line = (Piece(title(state, state.focus, cells), "title-here"),)
    else:
        top = tabs(state, cells) if laid.narrow else head(state, cells)
    lit_elsewhere = strip(state, cells, laid.strip) if laid.strip else ()
    below = last - laid.strip
    edge = [(below - 1, rule(state, cells))] if laid.strip else []
    return [(0, top), *edge, *enumerate(lit_elsewhere, below), (last, line)]


def _sheet(sheet: Popup, place: PanePlace) -> tuple[Line, ...]:
    heading = f"{sheet.title}: {sheet.line.text}▏" if sheet.narrows else sheet.title
    if place.framed:
        return framed(sheet_lines(sheet), place.cells, place.rows, heading, _under(sheet), here=True)
    listed: list[Line] = [(Piece(heading, "title-here"),), *sheet_lines(sheet)]
    return (*listed, *((),) * (place.rows - len(listed)))


def _under(sheet: Popup) -> str:
    """Return the keys of a popup."""
    choose = "↑↓" if sheet.narrows else "j/k"
    decide = "c all are one · a this one is another · " if sheet.purpose == "go or decide" else ""
    return f"{choose} choose · {decide}Enter {sheet.purpose.partition(' ')[0]} · Esc leave"


def _lay(rows: list[Line], place: PanePlace, lines: Sequence[Line], cells: int) -> None:
    """Lay lines over those that are there, as far as the screen goes."""
    column = max(0, place.column)
    for row, line in enumerate(lines[: place.rows], place.row):
        if 0 <= row < len(rows):
            rows[row] = spliced(rows[row], column, filled(line, min(place.cells, cells - column)), cells)


def _column(line: Line, styles: frozenset[str], start: int = 0) -> int:
    """Return the column of the first piece that has one of the styles, from `start` on.

    Without such a piece it is that of the first words that are no mark; `start` where there are none.
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
