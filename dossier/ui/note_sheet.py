"""The sheet that shows a lost note: its old words and, beside them, the words that it may be on now.

It is an immutable value that covers the whole screen. If no place is offered, it shows only the old words.
"""

from collections.abc import Iterable
from typing import Final

from dossier.core.compared import Verdict
from dossier.core.dataclasses import dataclass, replace
from dossier.core.note import PlacedNote, Placement
from dossier.core.note_places import NotedWords, words_around
from dossier.core.views.comparison_rows import Cell, ComparedRow
from dossier.core.views.labels import format_place
from dossier.core.views.panes import Reading
from dossier.text.width import width
from dossier.text.word_differences import find_word_changes
from dossier.ui.read_lines import read_line
from dossier.ui.render.boxes import fill_line
from dossier.ui.render.compared_rows import ComparedLook, draw_compared
from dossier.ui.render.flow import Line, Piece, Segment, clip_line, wrap_segments
from dossier.ui.render.rows import TEXT_CELLS

_WIDE: Final = 80
_LEAVING: Final = ("escape", "q", "backspace", "ctrl+c", "space")
_PLACES: Final = {
    **dict.fromkeys(("n", "right_square_bracket", "tab"), 1),
    **dict.fromkeys(("N", "left_square_bracket", "shift+tab"), -1),
}
_LINES: Final = {"j": 1, "down": 1, "k": -1, "up": -1}
_HALVES: Final = {
    **dict.fromkeys(("d", "ctrl+d", "pagedown", "ctrl+f"), 1),
    **dict.fromkeys(("u", "ctrl+u", "pageup", "ctrl+b"), -1),
}
_EDGES: Final = {**dict.fromkeys(("g", "home"), 0), **dict.fromkeys(("G", "end"), 10**9)}
_STANDINGS: Final = {
    Placement.SEVERAL: "its words are in several places",
    Placement.PROPOSED: "its words have changed",
    Placement.MISSING: "its words are no longer in the article; the note is kept",
}


@dataclass(frozen=True)
class NoteSheet:
    """A lost note on the screen.

    `offered` are the places that it may be at, and `at` is the number, from 0, of the one that is shown. `top` is the
    number of lines that are scrolled away. `cells` and `rows` are the size of the screen.
    """

    placed: PlacedNote
    offered: tuple[NotedWords, ...]
    at: int = 0
    top: int = 0
    cells: int = 80
    rows: int = 24
    is_linear: bool = False

    @property
    def target(self) -> NotedWords | None:
        """The place that Enter chooses; None when none is offered."""
        return self.offered[self.at] if self.offered else None

    @property
    def message_room(self) -> int:
        """How many cells of the last row a message may take."""
        return self.cells - 1

    def lines(self, message: str = "", whole: bool = True) -> tuple[Line, ...]:
        """Return the rows of the screen: the note, the words then and now, and the keys or a message.

        Unless `whole`, the first line on view is all that is shown of them.
        """
        note, room = self.placed.note, max(0, self.rows - 2)
        standing = _STANDINGS.get(self.placed.placement, "")
        title = (Piece(" Note on "), Piece(format_place(note.ref), "title-here"), Piece(f": {standing}"))
        shown = _body_lines(self)[self.top : self.top + (room if whole else min(1, room))]
        if self.is_linear:
            shown = [read_line(line, self.cells) for line in shown]
        shown += [()] * (room - len(shown))
        every = (clip_line(title, self.cells), *shown, _foot_line(self, message))
        return tuple(fill_line(line, self.cells) for line in every)

    def cursor_cell(self) -> tuple[int, int]:
        """Return the row and column of the screen, from 0, at which the reader looks."""
        return min(1, self.rows - 1), 0


def make_note_sheet(placed: PlacedNote, reading: Reading) -> NoteSheet:
    """Return the sheet for a note that is lost in this article."""
    return NoteSheet(placed, words_around(reading, placed.offered))


def closes_note_sheet(key: str) -> bool:
    """Return whether the key leaves the sheet."""
    return key in _LEAVING


def fit_note_sheet(sheet: NoteSheet, cells: int, rows: int, linear: bool) -> NoteSheet:
    """Return the sheet in a size that fills a screen of `cells` columns and `rows` rows."""
    if (sheet.cells, sheet.rows, sheet.is_linear) == (cells, rows, linear):
        return sheet
    return _scrolled(replace(sheet, cells=max(1, cells), rows=max(1, rows), is_linear=linear), 0)


def press_note_sheet_key(sheet: NoteSheet, key: str) -> tuple[NoteSheet, str]:
    """Return the sheet after a key that does not leave it, and a message to the reader, or ""."""
    if key in _PLACES and len(sheet.offered) > 1:
        return replace(sheet, at=(sheet.at + _PLACES[key]) % len(sheet.offered), top=0), ""
    if key in _PLACES:
        return sheet, "there is no other place" if sheet.offered else "no place to choose from"
    if key in _LINES:
        return _scrolled(sheet, _LINES[key]), ""
    if key in _HALVES:
        return _scrolled(sheet, _HALVES[key] * max(1, sheet.rows // 2)), ""
    if key in _EDGES:
        return _scrolled(replace(sheet, top=0), _EDGES[key]), ""
    return sheet, f"keys here: {' '.join(keys for keys, _ in _keys_of(sheet))} d/u g/G"


def _scrolled(sheet: NoteSheet, lines: int) -> NoteSheet:
    most = max(0, len(_body_lines(sheet)) - (1 if sheet.is_linear else max(1, sheet.rows - 2)))
    return replace(sheet, top=min(max(0, sheet.top + lines), most))


def _keys_of(sheet: NoteSheet) -> Iterable[tuple[str, str]]:
    if sheet.offered:
        yield "Enter", "take this place"
    if len(sheet.offered) > 1:
        yield "n/N", "other place"
    yield "j/k", "scroll"
    yield "Esc", "leave"


def _body_lines(sheet: NoteSheet) -> list[Line]:
    """Return all lines between the title and the keys."""
    note, lines = sheet.placed.note, list[Line]()
    for part in note.text.split("\n") if note.text else ():
        told = wrap_segments([Segment(part, "said-now")], (), min(max(1, sheet.cells - 3), TEXT_CELLS))
        lines += [(Piece("  "), *line) for line in told]
    above: str | None = None
    look = ComparedLook(sheet.is_linear or sheet.cells < _WIDE, sheet.is_linear)
    for row in _compared_rows(sheet):
        drawn = draw_compared(row, above, sheet.cells, look)
        lines += [*([()] if lines and above is None else []), *drawn.head, *drawn.lines]
        above = row.group
    return lines


def _compared_rows(sheet: NoteSheet) -> Iterable[ComparedRow]:
    """Yield what stood before the words, the words, and what stood after them, each beside what stands there now."""
    note = sheet.placed.note
    then = NotedWords(note.ref, note.words, note.before, note.after)
    now = sheet.target
    group = f"Then, in {format_place(note.ref)}"
    if now:
        number = f" ({sheet.at + 1} of {len(sheet.offered)})" if len(sheet.offered) > 1 else ""
        group += f" · now, in {format_place(now.ref)}{number}"
    for name in ("before", "words", "after"):
        left, right = (_cell(name, one) for one in (then, now))
        if left and right:
            changes = find_word_changes(left.text, right.text)
            yield ComparedRow(group, Verdict.CHANGED if changes else Verdict.SAME, left, right, changes)
        elif left or right:
            yield ComparedRow(group, Verdict.ONLY_LEFT if left else Verdict.ONLY_RIGHT, left, right)


def _cell(name: str, one: NotedWords | None) -> Cell | None:
    text = " ".join(getattr(one, name).split()) if one else ""
    return Cell(name, text, one.ref) if one and text else None


def _foot_line(sheet: NoteSheet, message: str) -> Line:
    """Return the keys, as far as there is room for them, or a message."""
    if message:
        return clip_line((Piece(" "), Piece(message, "said-now")), sheet.cells)
    pieces: list[Piece] = [Piece(" ")]
    for key, word in () if sheet.is_linear else _keys_of(sheet):
        if sum(width(piece.text) for piece in pieces) + width(key) + width(word) + 3 <= sheet.cells:
            pieces += [Piece(key, "key"), Piece(f" {word}  ", "muted")]
    return tuple(pieces)
