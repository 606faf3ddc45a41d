"""Jumps to an address, and the way back.

`go_to` is the only function that jumps and adds a step to the history. The other functions place the cursor and leave
the history as it is.
"""

from collections.abc import Callable

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.core.model import EvidenceStatus
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.facets import add_excluded_values
from dossier.library.growing_list import GrowingList
from dossier.ui.entry_list import Place, pane_of
from dossier.ui.find_filter import apply_filters, nearest_hit, recount_hits
from dossier.ui.highlight import is_wide
from dossier.ui.history import History
from dossier.ui.library_scope import enter_article, narrow_to_article, next_pane_scope, request_lists
from dossier.ui.pane import Pane
from dossier.ui.pane_scope import LISTS
from dossier.ui.render.entry_style import NAMED_KINDS
from dossier.ui.state import (
    CursorPlace,
    Filters,
    Find,
    HistoryEntry,
    PaneScope,
    State,
    lit_refs,
    reveal_linked,
    thing_at_cursor,
)
from dossier.ui.viewport import Position, fill_window

Turn = Callable[[History[HistoryEntry], HistoryEntry], "tuple[History[HistoryEntry], HistoryEntry] | None"]
"""A step through the history, from a step that is shown to the next one to show."""


def go_to(state: State, ref: Ref) -> State | None:
    """Return the state with the cursor on `ref`, and the place that it left added to the history.

    A filter or pin that hides `ref` is lifted. Returns None when the article has no such address or cannot be opened.
    """
    there = enter_article(state, ref.article) if _elsewhere(state, ref) else state
    if there is None or (ref.kind and there.entry_of(ref) is None):
        return None
    there = place_cursor(there, ref if ref.kind else Ref(ref.article, "headline"))
    place, find = (ref.entry, ref.span) if ref.span else None, there.find
    find = Find(find.query, find.hits, place) if find.hits.find_number(place) is not None else find
    return replace(there, find=find, history=state.history.visit(history_entry(state)))


def _elsewhere(state: State, ref: Ref) -> bool:
    """Return whether another article must be opened to go to `ref`.

    None needs to be opened for a row that a list over many articles has already.
    """
    if state.library is None or ref.article in ("", state.reading.article.ref.article):
        return False
    pane = state.panes.get(pane_of(ref))
    return pane is None or not is_wide(pane) or pane.name == "library" or pane.find(ref) is None


def place_cursor(state: State, ref: Ref) -> State:
    """Return the state with the cursor on `ref`, scrolled if needed so that what follows is on view.

    Only the filter and pins that hide `ref` are lifted. The history stays as it is.
    """
    name = pane_of(ref)
    if state.panes[name].find(ref) is None:
        state = _lifted(state, name, ref)
    pane = state.panes[name].move_to(ref)
    if pane.top != state.panes[name].top:
        pane = pane.place(pane.cursor.row, pane.rows // 3, pane.line, pane.link_number)
    return reveal_linked(replace(state, panes={**state.panes, name: pane}, focus=name))


def _lifted(state: State, name: str, ref: Ref) -> State:
    """Return the state without its pins, the pane's filter or both, whichever first shows `ref`; else unchanged."""
    queries, pins = state.filters.queries, state.filters.pins
    others = {key: query for key, query in queries.items() if key != name}
    for filters in (Filters(queries), Filters(others, pins), Filters(others)):
        there = apply_filters(state, filters)
        if there.panes[name].find(ref) is not None:
            return there
    return state


def find_text(origin: State, query: Query) -> State:
    """Return the state while `query` is typed, with the cursor on the first hit at or after its place in `origin`.

    The history stays as it is.
    """
    find = origin.find
    state = recount_hits(replace(origin, find=Find(query if query.root else None, find.hits, find.hit)))
    place = nearest_hit(state)
    return place_at_hit(state, place) if place else reveal_linked(state)


def place_at_hit(state: State, place: Place) -> State:
    """Return the state with the cursor on this hit; the history stays as it is."""
    ref, span = place
    there = place_cursor(state, ref.with_span(*span))
    return replace(there, find=Find(there.find.query, there.find.hits, place))


def history_entry(state: State) -> HistoryEntry:
    """Return the history entry that describes where the state is now."""
    cursors = tuple(cursor_place(pane) for pane in state.panes.values() if len(pane.entries))
    find, view = state.find, state.library_view
    shown = (state.reading.article.ref.article, view.scope, view.pane_scope, view.order)
    return HistoryEntry(state.focus, cursors, find.query, find.hit, state.filters, *shown)


def go_back(state: State, steps: int = 1) -> State | None:
    """Return the state as it was before the last jump, or so many jumps ago; None when there was none.

    When there were fewer, the state is that before the first of them.
    """
    return _retraced(state, History.back, steps)


def go_forward(state: State, steps: int = 1) -> State | None:
    """Return the state as it was before the last step back, or so many ago; None when there was none."""
    return _retraced(state, History.forward, steps)


def _retraced(state: State, turn: Turn, steps: int) -> State | None:
    history, here = state.history, history_entry(state)
    for _ in range(steps):
        turned = turn(history, here)
        if turned is None:
            break
        history, here = turned
    return None if history is state.history else replace(restore_entry(state, here), history=history)


def restore_entry(state: State, to: HistoryEntry) -> State:
    """Return the state as it was at this history entry: panes, cursors, filters, pins, query and hit."""
    if state.library:
        if to.article != state.reading.article.ref.article:
            state = enter_article(state, to.article) or state
        view = replace(state.library_view, scope=to.scope, pane_scope=to.pane_scope, order=to.order)
        state = request_lists(replace(state, library_view=view, filters=to.filters))
        # A search may have put its hits into the lists of the article that is still open.
        if to.pane_scope is PaneScope.ARTICLE and any(is_wide(state.panes[name]) for name in LISTS):
            state = narrow_to_article(state)
    # A pin on something that the file no longer has would hide every row.
    pins = tuple(pin for pin in to.filters.pins if state.entry_of(pin))
    state = replace(state, focus=to.focus, find=Find(to.query, hit=to.hit))
    return _put(apply_filters(state, Filters(to.filters.queries, pins)), to.cursors)


def widen(state: State) -> State:
    """Return the state with the next pane scope, and each list at the row that was lit in it or had the cursor.

    A list that does not have its row yet goes there when it has; one in which nothing was lit stays at its top.
    """
    lit = lit_refs(state)
    rows = {name: _row_to_keep(state.panes[name], name == state.focus, lit) for name in LISTS}
    places = tuple(CursorPlace(name, ref, 0, ref, 0) for name, ref in rows.items() if ref)
    return _put(next_pane_scope(state), places)


def _row_to_keep(pane: Pane, has_cursor: bool, lit: frozenset[Ref]) -> Ref | None:
    """Return the address of the cursor's row if the pane has the cursor, else of the first row on view that is lit."""
    if pane.entry is None or has_cursor:
        return pane.entry.ref if pane.entry else None
    on_view = (pane.entries[row].ref for row, _, _ in pane.visible_rows())
    return next((ref for ref in on_view if ref in lit), None)


def restore_cursors(state: State) -> State:
    """Return the state after lists have grown, with the pending cursors put back where that is possible now.

    The other panes are not scrolled, as when all cursors could be put back at once.
    """
    return _put(state, state.pending_cursors) if state.pending_cursors else state


def _put(state: State, cursors: tuple[CursorPlace, ...]) -> State:
    """Return the state with these cursors; those whose lists lack rows of their windows become pending."""
    panes, pending = dict(state.panes), []
    for place in cursors:
        pane = panes[place.pane]
        # Checked before the list is searched: a row that arrives between the two keeps its cursor pending.
        pending += [place] if _may_come(state, pane, place) else []
        panes[place.pane] = _at(pane, place, place.pane == state.focus)
    return replace(state, panes=panes, pending_cursors=tuple(pending))


def _may_come(state: State, pane: Pane, place: CursorPlace) -> bool:
    """Return whether a list that is still growing may get the row of `place`, more rows above it, or a full window."""
    library, view = state.library, state.library_view
    if place.pane == "facets" and library:
        counted = library.lists.facets(view.scope)
        return not counted.is_done or view.facet_values != add_excluded_values(counted.values, view.scope)
    if not isinstance(pane.entries, GrowingList) or pane.entries.is_done:
        return False
    top = _recorded_top(pane, place)
    return pane.find(place.here) is None or top is None or _fill(pane, top) != top


def cursor_place(pane: Pane) -> CursorPlace:
    """Return where the cursor and the window of a pane are. The pane must not be empty."""
    entry, top = pane.entries[pane.cursor.row], pane.entries[pane.top.row]
    return CursorPlace(pane.name, pane.address or entry.ref, pane.line, top.ref, pane.top.line)


def _at(pane: Pane, place: CursorPlace, on_view: bool) -> Pane:
    """Return the pane with its cursor and window at `place`; the same pane when it does not have the place.

    With `on_view` the cursor is on view even if the window had another size when the place was recorded.
    """
    if pane.find(place.here) is None:
        return pane
    pane = pane.move_to(place.here)
    pane = pane.place(pane.cursor.row, pane.rows // 3, place.line, pane.link_number)
    top = _recorded_top(pane, place)
    if top is None:
        return pane
    scrolled = replace(pane, top=_fill(pane, top))
    return scrolled if 0 <= scrolled.offset < pane.rows or not on_view else pane


def _recorded_top(pane: Pane, place: CursorPlace) -> Position | None:
    """Return where the window of `place` begins in the pane, None when the pane does not have that entry."""
    row = pane.find(place.top)
    return None if row is None else Position(row, min(place.top_line, pane.row_height(row) - 1))


def _fill(pane: Pane, top: Position) -> Position:
    return fill_window(top, pane.rows, len(pane.entries), pane.row_height)


def destinations(state: State) -> tuple[Ref, ...]:
    """Return the addresses that Enter leads to; the reader chooses among several.

    A link leads to what it names, a row to its evidence, a line of text to the targets of its links.
    """
    entry, pane = state.entry, state.pane
    if entry is None:
        return ()
    links = state.links_of(entry.ref)
    if pane.name == "library":
        found = pane.targets or (next(iter(entry.anchors)).targets if entry.anchors else (entry.ref,))
        return tuple(dict.fromkeys(place for ref in found for place in _evidence_of_hit(state, ref)))
    if pane.targets:
        meant = thing_at_cursor(state)
        return (meant,) if meant and meant.kind in NAMED_KINDS else pane.targets
    if entry.ref.kind in (*NAMED_KINDS, "source", "term"):
        return (links.find_mention_refs(entry.ref) or statements_of(state, entry) or links.linked_refs(entry.ref))[:1]
    if pane.by_line and entry.ref.kind in ("para", "heading", "headline", "subtitle"):
        line = pane.draw_row(pane.cursor.row)
        pieces = line.lines[pane.cursor.line - len(line.head)]
        numbers = dict.fromkeys(number for piece in pieces for number in piece.anchors)
        return tuple(dict.fromkeys(target for number in numbers for target in entry.anchors[number].targets))
    proof = links.find_mention_refs(entry.ref)
    if not proof and entry.ref.kind != "quote":
        proof = tuple(target for anchor in entry.anchors for target in anchor.targets)
    return proof if entry.flaw == EvidenceStatus.SEVERAL else proof[:1]


def _evidence_of_hit(state: State, ref: Ref) -> tuple[Ref, ...]:
    """Return where a hit leads: a quote or an event to its evidence if it has some, anything else to itself."""
    entry = state.entry_of(ref) if ref.kind in ("quote", "event") else None
    proof = state.links_of(ref).find_mention_refs(entry.ref) if entry else ()
    return (proof if entry and entry.flaw == EvidenceStatus.SEVERAL else proof[:1]) or (ref,)


def statements_of(state: State, entry: Entry) -> tuple[Ref, ...]:
    """Return the quotes and events that an entry is linked to."""
    return tuple(ref for ref in state.links_of(entry.ref).linked_refs(entry.ref) if ref.kind in ("quote", "event"))
