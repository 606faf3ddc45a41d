"""Articles, cards and lists as plain text, drawn like the screen and then stripped of styles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dossier.core.entry import Entry, Part, add_quote_counts
from dossier.core.ref import Ref
from dossier.text.width import width
from dossier.ui.render.draw import COLUMN_CELLS, draw_entry
from dossier.ui.render.flow import Line, Piece, Segment, wrap_segments
from dossier.ui.render.narrow_signs import to_narrow_line

_TITLES = {"people": "", "quotes": "Quotes", "timeline": "Timeline"}
"""The title above each pane. The people pane has none, since the titles of its groups serve as such."""
_CURSOR = 1
_ROW = 2
"""Cells at the left that are omitted: the column of the cursor, and the margin of a row."""


def format_article(panes: Mapping[str, Sequence[Entry]], cells: int) -> str:
    """Return the whole article as plain text, wrapped to lines of at most `cells` terminal cells.

    `panes` has the entries of each pane by its name. The text comes first, then the people, quotes and timeline, then
    what is known about the article (byline, source and the like), which the article pane has at its end.
    """
    prose = [entry for entry in panes["article"] if not entry.group]
    foot = [entry for entry in panes["article"] if entry.group]
    sections = [_draw_all(prose, cells)]
    for name, title in _TITLES.items():
        if lines := _draw_all(add_quote_counts(panes[name]), cells):
            sections.append([title, draw_rule("─", width(title)), *lines] if title else lines)
    sections.append(_draw_all(foot, cells))
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def format_card(rows: Sequence[Entry], cells: int) -> str:
    """Return the fields of a card, or other labelled rows, in lines of at most `cells` cells."""
    return "\n".join(_draw_all(rows, cells, _ROW))


def draw_rule(sign: str, cells: int) -> str:
    """Return a rule of this many cells from a sign, or from what stands for it where it does not take one cell."""
    (rule,) = to_narrow_line((Piece(sign * (cells // width(sign))),))
    return rule.text


def wrap_text(text: str, cells: int) -> str:
    """Return `text` wrapped to lines of at most `cells` cells. Its line breaks are kept."""
    return "\n".join(
        _strip_styles((line for part in text.split("\n") for line in wrap_segments([Segment(part)], (), cells)), 0)
    )


def format_article_list(rows: Sequence[Entry], cells: int) -> str:
    """Return a list of articles to choose from, each with its id below the row that the screen shows."""
    below = [Entry(row.ref, (Part("label", ""), Part("text", str(Ref(row.ref.article)))), 0) for row in rows]
    return format_card([row for pair in zip(rows, below, strict=True) for row in pair], cells)


def _draw_all(entries: Sequence[Entry], cells: int, margin: int = _CURSOR) -> list[str]:
    if cells + margin < COLUMN_CELLS:
        # What is not drawn in columns has the column of the cursor alone.
        margin = _CURSOR
    lines: list[str] = []
    above = None
    for entry in entries:
        drawn = draw_entry(entry, above, cells + margin)
        lines += _strip_styles((*drawn.head, *drawn.lines), margin)
        above = entry
    return lines


def _strip_styles(lines: Iterable[Line], margin: int) -> Iterator[str]:
    """Yield the lines without styles and without their first `margin` cells."""
    return ("".join(piece.text for piece in to_narrow_line(line))[margin:].rstrip() for line in lines)
