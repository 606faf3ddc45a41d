"""The lines of a pane as they are read aloud: those at the cursor alone, and each from its first word on.

What stands in the margin for the eye is left out: the cursor's bar, the dot of what is lit, numbers and signs. A sign
that tells something is said in words, behind the text.
"""

from collections.abc import Sequence
from typing import Final

from dossier.text.late_patterns import compile_late
from dossier.text.width import cut, width
from dossier.ui.pane import Pane
from dossier.ui.render.boxes import slice_line
from dossier.ui.render.entry_style import MARK_SIGN, NOTE_SIGN
from dossier.ui.render.flow import Line, Piece, measure_line

_SIGNS: Final = frozenset(("cursor", "lit", "glyph", "number", "note", "where"))
"""The styles of what stands beside the words of a line and is no word."""
_SIGN_WORDS: Final = {MARK_SIGN: "marked", NOTE_SIGN: "noted", "✗": "error", "!": "warning"}
"""The signs that are said, in words, behind the text."""

_GAP: Final = 2
"""The blanks between two columns at least."""

_BEGINNING: Final = compile_late(r"(?P<sign>(?:(?P<place>¶\d+)|[▪❝◷]) )(?=\S)")
"""The place or the sign that the line of a hit begins with. In the help, signs stand in a column of their own."""


def read_pane_lines(pane: Pane, lines: Sequence[Line], cells: int, whole: bool) -> tuple[Line, ...]:
    """Return the lines of a pane on view as they are read: each begins with its first word.

    Unless `whole`, all are blank but those at the cursor.
    """
    read = tuple(read_line(line, cells) for line in lines)
    if whole or not len(pane.entries):
        return read
    at, head = pane.cursor, pane.row_heights(pane.cursor.row)[0]
    kept = []
    for position, line in zip(pane.visible_positions(), read, strict=False):
        begins = position.line < head and (not pane.by_line or at.line <= head)
        own = position.line >= head if not pane.by_line else position.line == at.line
        kept.append(line if position.row == at.row and (begins or own) else ())
    return tuple(kept)


def read_line(line: Line, cells: int) -> Line:
    """Return the line from its first word on; a sign that tells something stands behind it, in words."""
    words: list[Piece] = []
    told: list[str] = []
    for piece in map(_set_apart, line):
        sign = piece.text.strip()
        if piece.style in _SIGNS or (not words and piece.style == "flaw" and sign in _SIGN_WORDS):
            told += [_SIGN_WORDS[sign]] if sign in _SIGN_WORDS else []
        elif words or sign:
            words.append(piece if words else piece._replace(text=piece.text.lstrip()))
    if begins := _BEGINNING().match("".join(piece.text for piece in words)):
        told += [begins["place"]] if begins["place"] else []
        words = list(slice_line(tuple(words), width(begins["sign"]), measure_line(words)))
    if not told:
        return tuple(words)
    behind = f" ({', '.join(told)})"
    words = _close_gap(words, measure_line(words) + width(behind) + 1 - cells)
    room = cells - measure_line(words) - 1
    return (*words, Piece(cut(behind, room))) if room > 0 else tuple(words)


def _close_gap(words: list[Piece], excess: int) -> list[Piece]:
    """Return the line up to `excess` cells shorter: its last gap keeps two blanks. Nothing is heard of a gap."""
    gaps = [at for at, piece in enumerate(words) if len(piece.text) > _GAP and not piece.text.strip(" ")]
    if excess <= 0 or not gaps:
        return words
    gap = words[gaps[-1]]
    kept = gap._replace(text=gap.text[: max(_GAP, len(gap.text) - excess)])
    return [*words[: gaps[-1]], kept, *words[gaps[-1] + 1 :]]


def _set_apart(piece: Piece) -> Piece:
    """Return a hint's letters so that they are not read as a part of the words around them."""
    return piece._replace(text=f" ({piece.text}) ") if piece.style == "hint" else piece
