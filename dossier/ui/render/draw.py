"""Drawing of an entry as lines. The kind of the entry alone selects the function that draws it.

What is above an entry (a blank line between paragraphs, the heading of its group) is drawn together with it, so that a
list contains nothing but entries.
"""

from collections.abc import Callable
from functools import lru_cache

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.ui.render.entry_style import PLAIN, Look
from dossier.ui.render.flow import Line, Piece, Segment, flow
from dossier.ui.render.hint_labels import labelled_with
from dossier.ui.render.rows import TEXT_CELLS, article, caption, event, fact, person, plain_row, prose, quote

_DRAW: dict[str, Callable[[Entry, Look, int], tuple[Line, ...]]] = {
    **dict.fromkeys(("headline", "subtitle", "heading", "para"), prose),
    **dict.fromkeys(("person", "org", "place", "source"), person),
    "quote": quote,
    "event": event,
    **dict.fromkeys(("media", "document"), caption),
    **dict.fromkeys(("term", "about"), fact),
    "": article,
}

LIST_CELLS = TEXT_CELLS + 16
COLUMN_CELLS = 24
"""Minimum width, in cells, at which an entry is drawn in columns. Narrower entries show only their words."""


class Drawn(NamedTuple):
    """An entry as lines.

    `head` is what is above the entry, where the cursor never goes. `lines`, at least one, are the entry itself.
    """

    head: tuple[Line, ...]
    lines: tuple[Line, ...]


@lru_cache(maxsize=512)
def draw(entry: Entry, above: Entry | None, cells: int, look: Look = PLAIN) -> Drawn:
    """Return the entry in lines of at most `cells` cells. `above` is the entry above it, or None for the first one."""
    cells = min(max(cells, 1), LIST_CELLS)
    lines = (_DRAW[entry.ref.kind] if cells >= COLUMN_CELLS else plain_row)(entry, look, cells)
    if look.labels:
        lines = labelled_with(lines, look.labels)
    return Drawn(_head(entry, above, cells), lines)


@lru_cache(maxsize=4096)
def heights(entry: Entry, above: Entry | None, cells: int) -> tuple[int, int]:
    """Return the number of lines that `draw` gives for the head and for the entry itself, which no `look` changes."""
    drawn = draw(entry, above, cells)
    return len(drawn.head), len(drawn.lines)


def _head(entry: Entry, above: Entry | None, cells: int) -> tuple[Line, ...]:
    kind = entry.ref.kind
    if kind in ("headline", "subtitle", "heading", "para") or (above is not None and above.ref.kind == "para"):
        blank: tuple[Line, ...] = ((),) if above is not None and kind != "subtitle" else ()
    else:
        blank = ((),) if above is not None and above.group != entry.group else ()
    if not entry.group or (above is not None and above.group == entry.group):
        return blank
    title = flow([Segment(entry.group, "group")], (), cells - 1)
    lead = (Piece(" "),) if cells > 1 else ()
    return (*blank, *((*lead, *line) for line in title))
