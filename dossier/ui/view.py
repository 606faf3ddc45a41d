"""The whole screen is lines, made from the state alone: what the terminal shows is what this module gives.

So it can be painted before the toolkit is there, and looked at in a test without one. What a pane shows is drawn anew
only when something that it depends on has changed: a step of the cursor leaves most of them as they were.
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
    """What is on the screen besides the state: what is laid over it, typed, or was just said.

    `hints` are letters on links, of which `typed` was typed already. `keys` are those that the foot line may name, each
    with its title.
    """

    screen: Screen
    keys: Sequence[tuple[str, str]] = ()
    sheet: Popup | None = None
    prompt: Prompt | None = None
    hints: tuple[Hint, ...] = ()
    typed: str = ""
    say: str = ""


class ScreenRenderer:
    """The lines of one screen after another; the last ones of each pane are kept."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[tuple[object, ...], tuple[Line, ...]]] = {}

    def lines(self, state: State, view: View) -> tuple[Line, ...]:
        """The screen, row by row, each as wide as it. The state's panes must be of the size that they have on it."""
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
        """The pane with its frame, each line as wide as its place."""
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
    """The row and column, from 0, of the picture's `lines` where the reader looks: what is typed, what is chosen."""
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
    """Where a sheet that fits the screen stands: clear of the row with the cursor where that can be."""
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
    """All that the lines of this pane depend on; what is not replaced but grows, as far as it is on view."""
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
    """Whether two things are one, or equal values that are quickly compared."""
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
    """The lines of a pane in its place, in a frame if that has one."""
    if place.framed:
        return framed(lines, place.cells, place.rows, heading, under, here)
    shown = [filled(line, place.cells) for line in lines[: place.rows]]
    return (*shown, *(filled((), place.cells),) * (place.rows - len(shown)))


def _around(state: State, view: View, laid: Layout) -> list[tuple[int, Line]]:
    """What stands around the panes, each line with its row."""
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
    """The keys of a sheet."""
    choose = "↑↓" if sheet.narrows else "j/k"
    decide = "c all are one · a this one is another · " if sheet.purpose == "go or decide" else ""
    return f"{choose} choose · {decide}Enter {sheet.purpose.partition(' ')[0]} · Esc leave"


def _lay(rows: list[Line], place: PanePlace, lines: Sequence[Line], cells: int) -> None:
    """Lay lines over those that stand there, as far as the screen goes."""
    column = max(0, place.column)
    for row, line in enumerate(lines[: place.rows], place.row):
        if 0 <= row < len(rows):
            rows[row] = spliced(rows[row], column, filled(line, min(place.cells, cells - column)), cells)


def _column(line: Line, styles: frozenset[str], start: int = 0) -> int:
    """The column of the first words that have one of the styles; without any, of the first that are no mark."""
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
    """A piece as it is where the terminal's own cursor shows the place: without a bar."""
    return piece._replace(text=" " * width(piece.text)) if piece.style == "cursor" else piece
