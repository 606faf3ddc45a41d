"""The article is set as a newspaper column: a gutter with number and evidence, and at most 76 cells of text.

The width is what the eye can follow back to the next line; on a wider screen the rest stays empty.
"""

from dossier.core.entry import Entry
from dossier.ui.render.entry_style import Look, is_lit, marker, marks
from dossier.ui.render.flow import Line, Piece, Segment, flow

TEXT_CELLS = 76
GUTTER = 7
_EVIDENCE = (("quote", "❝"), ("event", "◷"))


def prose(entry: Entry, look: Look, cells: int) -> tuple[Line, ...]:
    """A paragraph, sub-heading, headline or subtitle with its gutter: `▌❝◷ 12 the text`."""
    style = entry.ref.kind if entry.ref.kind in ("headline", "subtitle", "heading") else "body"
    segments = [Segment(entry.text, style, 0)]
    lit = is_lit(entry, look)
    lines = flow(segments, marks(entry, look), min(cells - GUTTER, TEXT_CELLS))
    set_lines = []
    for number, line in enumerate(lines):
        gutter = _gutter(entry) if number == 0 else (Piece(" " * (GUTTER - 1)),)
        set_lines.append((marker(look, number, lit), *gutter, *line))
    return tuple(set_lines)


def _gutter(entry: Entry) -> Line:
    evidence = "".join(glyph if kind in entry.marks else " " for kind, glyph in _EVIDENCE)
    return Piece(evidence, "glyph"), Piece(f"{entry.number:3}" if entry.number else "   ", "number"), Piece(" ")
