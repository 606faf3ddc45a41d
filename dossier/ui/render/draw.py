"""Drawing of an entry as lines. The kind of the entry alone selects the function that draws it.

What is above an entry (a blank line between paragraphs, the heading of its group) is drawn together with it, so that a
list contains nothing but entries.
"""

from collections.abc import Callable

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.text.ambiguous_width import width_cache
from dossier.ui.render.entry_style import PLAIN_LOOK, EntryLook
from dossier.ui.render.flow import Line, Piece, Segment, wrap_segments
from dossier.ui.render.hint_labels import clip_labelled_line, overlay_hint_labels
from dossier.ui.render.rows import (
    TEXT_CELLS,
    draw_article,
    draw_caption,
    draw_event,
    draw_fact,
    draw_paragraph,
    draw_person,
    draw_plain,
    draw_quote,
)

_DRAW: dict[str, Callable[[Entry, EntryLook, int], tuple[Line, ...]]] = {
    **dict.fromkeys(("headline", "subtitle", "heading", "para"), draw_paragraph),
    **dict.fromkeys(("person", "org", "place", "source"), draw_person),
    "quote": draw_quote,
    "event": draw_event,
    **dict.fromkeys(("media", "document"), draw_caption),
    **dict.fromkeys(("term", "about"), draw_fact),
    "": draw_article,
}

LIST_CELLS = TEXT_CELLS + 16
COLUMN_CELLS = 24
"""Minimum width, in cells, at which an entry is drawn in columns. Narrower entries show only their words."""


class DrawnEntry(NamedTuple):
    """An entry as lines.

    `head` is what is above the entry, where the cursor never goes. `lines`, at least one, are the entry itself.
    """

    head: tuple[Line, ...]
    lines: tuple[Line, ...]


@width_cache(512)
def draw_entry(entry: Entry, above: Entry | None, cells: int, look: EntryLook = PLAIN_LOOK) -> DrawnEntry:
    """Return the entry in lines of at most `cells` cells. `above` is the entry above it, or None for the first one."""
    cells = min(max(cells, 1), LIST_CELLS)
    lines = (_DRAW[entry.ref.kind] if cells >= COLUMN_CELLS else draw_plain)(entry, look, cells)
    if look.hint_letters:
        # A label for which there are too few blanks makes its line longer.
        lines = tuple(clip_labelled_line(line, cells) for line in overlay_hint_labels(lines, look.hint_letters))
    return DrawnEntry(_head(entry, above, cells), lines)


@width_cache(1024)
def measure_heights(entry: Entry, above: Entry | None, cells: int) -> tuple[int, int]:
    """Return how many lines `draw_entry` makes of the head and of the entry itself, which no `look` changes."""
    # With the look given, as when it is painted: the cache tells arguments from defaults.
    drawn = draw_entry(entry, above, cells, PLAIN_LOOK)
    return len(drawn.head), len(drawn.lines)


def _head(entry: Entry, above: Entry | None, cells: int) -> tuple[Line, ...]:
    kind = entry.ref.kind
    if kind in ("headline", "subtitle", "heading", "para") or (above is not None and above.ref.kind == "para"):
        blank: tuple[Line, ...] = ((),) if above is not None and kind != "subtitle" else ()
    else:
        blank = ((),) if above is not None and above.group != entry.group else ()
    if not entry.group or (above is not None and above.group == entry.group):
        return blank
    title = wrap_segments([Segment(entry.group, "group")], (), cells - 1)
    lead = (Piece(" "),) if cells > 1 else ()
    return (*blank, *((*lead, *line) for line in title))
