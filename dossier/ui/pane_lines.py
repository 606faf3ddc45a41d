"""The lines of one pane without its frame, and what they depend on.

`hints` are the hints that are shown, and `typed` the letters of them that were typed already. `shining` is what is lit.
"""

from collections.abc import Mapping, Sequence

from dossier.core.ref import Ref
from dossier.core.views.labels import MARKS
from dossier.library.growing_list import GrowingList
from dossier.library.scope import LISTED_PARTS
from dossier.ui.chrome import empty_pane_lines
from dossier.ui.hints import Hint, labels_left
from dossier.ui.layout import shown_preview
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.render.flow import Line
from dossier.ui.state import State

_FEW = 500
"""The most items of two values that are compared one by one."""


def list_dependencies(
    state: State, name: str, hints: Sequence[Hint], typed: str, shining: frozenset[Ref]
) -> tuple[object, ...]:
    """Return everything that the lines of this pane depend on.

    A list that is still growing counts only as far as it is on view.
    """
    if name == "article" and (preview := shown_preview(state)):
        return (preview,)
    pane = state.panes[name]
    known = min(len(pane.entries), pane.top.row + pane.rows + 1)
    rest = (name == state.focus, known, typed, () if len(pane.entries) else empty_pane_lines(state, name))
    return (
        pane,
        pane.entries,
        state.find.hits,
        state.find.query,
        state.find.hit,
        state.reading.problems_by_entry,
        state.note_signs,
        hints,
        shining,
        state.selection if name == state.focus else None,
        rest,
    )


def is_same(one: object, other: object) -> bool:
    """Return whether two things are one object, or equal values that are quick to compare."""
    return one is other or (isinstance(one, tuple | frozenset) and len(one) < _FEW and one == other)


def draw_pane(state: State, name: str, hints: Sequence[Hint], typed: str, shining: frozenset[Ref]) -> tuple[Line, ...]:
    """Return the lines of a pane, or of what stands in its place: a preview, or the words of an empty pane."""
    if name == "article" and (preview := shown_preview(state)):
        return preview.lines()
    pane = state.panes[name]
    if not len(pane.entries):
        return empty_pane_lines(state, name)
    # Each entry gets only what is lit in it: other entries look as before, and need not be drawn again.
    lit_by_entry: dict[Ref, set[Ref]] = {}
    for ref in shining:
        lit_by_entry.setdefault(ref.entry, set()).add(ref)

    def look_of(row: int) -> EntryLook:
        own = frozenset(lit_by_entry.get(pane.entries[row].ref, ()))
        return entry_look(state, pane, row, own, labels_left(hints, name, row, typed))

    return pane.lines(look_of)


def entry_look(state: State, pane: Pane, row: int, shining: frozenset[Ref], labels: Mapping[int, str]) -> EntryLook:
    """Return how the entry of this row is to be drawn.

    `shining` is what is lit in the entry; `labels` are the hint letters on its links, by the number of the link.
    """
    entry, find = pane.entries[row], state.find
    here = pane.name == state.focus and row == pane.cursor.row
    line = pane.line if here else -1
    spans = find.hits.spans.get(entry.ref, ())
    if find.query and not spans and state.library and isinstance(pane.entries, GrowingList):
        from dossier.ui.article_hits import find_row_spans  # noqa: PLC0415 - only a search needs it

        spans = find_row_spans(find.query, entry, state.library.facts_of_row(pane.name, pane.entries.ids[row]))
    if pane.name == "library":
        # In a row of the library the links are the hits of the search.
        spans = tuple((anchor.start, anchor.end) for anchor in entry.anchors)
        if find.query and find.query != state.library_view.scope.query:
            from dossier.core.matcher import find_in_parts  # noqa: PLC0415 - only a search needs it

            spans = (*find_in_parts(find.query, entry, LISTED_PARTS), *spans)
    current = find.hit[1] if find.hit and find.hit[0] == entry.ref else None
    marks = [MARKS[problem.severity] for problem in state.reading.problems_by_entry.get(entry.ref, ())]
    mark = max(marks, default="")
    is_open = pane.name == "library" and entry.ref.article == state.reading.article.ref.article
    chosen = pane.link_number if here else None
    notes = state.note_signs.get(entry.ref, ())
    selection = state.selection if here else None
    selected, moving = (selection.span, selection.head) if selection else (None, None)
    # An entry without the cursor looks as it was drawn to be measured, and need not be drawn again.
    by_line = here and pane.by_line
    return EntryLook(shining, line, by_line, chosen, spans, current, labels, mark, is_open, notes, selected, moving)
