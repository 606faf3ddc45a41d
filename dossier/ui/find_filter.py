"""Find and filter in the open article.

A filter hides what does not match in one pane. A pin hides what is not linked to it in every list, but never in the
text, because a sentence without its context proves nothing. Find hides nothing; its hits are those in what the panes
show.
"""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from dossier.core.dataclasses import replace
from dossier.core.entry import PANES, Entry, Listing, add_quote_counts
from dossier.core.matcher import match
from dossier.core.note_search import ask_placed_notes
from dossier.core.query import Query
from dossier.core.query_context import find_noted
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading
from dossier.ui.article_hits import find_article_hits
from dossier.ui.entry_list import Place, pane_of
from dossier.ui.highlight import is_wide
from dossier.ui.state import Filters, Find, State, reveal_linked, thing_at_cursor

if TYPE_CHECKING:
    from dossier.library.library import Library
    from dossier.loader.article import LoadedArticle


def apply_filters(state: State, filters: Filters) -> State:
    """Return the state with these filters and pins; cursors stay where their entry is still shown.

    Panes that range over many articles stay as they are.
    """
    own = [name for name in PANES if not is_wide(state.panes[name])]
    shown = {
        name: state.panes[name].with_entries(Listing(add_quote_counts(_passing(state.reading, filters, name))))
        for name in own
    }
    return recount_hits(replace(state, filters=filters, panes={**state.panes, **shown}))


def add_missing_names(library: "Library", state: State) -> State:
    """Return the state with the names in its queries that could not be added while the index did not answer.

    It is returned unchanged where none is missing; else its lists are to be requested again.
    """
    view, find, filters = state.library_view, state.find, state.filters.queries
    query = library.add_missing_names(view.scope.query)
    queries = {name: library.add_missing_names(one) or one for name, one in filters.items()}
    if query is view.scope.query and all(queries[name] is one for name, one in filters.items()):
        return state
    return replace(
        state,
        library_view=replace(view, scope=replace(view.scope, query=query)),
        find=Find(query) if find.query == view.scope.query else find,
        filters=Filters(queries, state.filters.pins),
    )


def recount_hits(state: State) -> State:
    """Return the state with the hits of its query counted again, in what its panes show.

    The current hit (`Find.hit`) is kept if it is still a hit.
    """
    query = state.find.query
    if query is None or query.root is None:
        return replace(state, find=Find(query))
    own = [state.panes[name].entries for name in PANES if not is_wide(state.panes[name])]
    entries, reading = chain.from_iterable(own), state.reading
    article = reading.article.ref.article
    # Until the notes on an article that was just opened are placed, the state has those on the last one.
    placed = tuple([one for one in state.notes if (one.ref or one.note.ref).article == article])
    asked = ask_placed_notes(query, article, placed) if placed else query
    # A search of the library finds notes only when it asks for them, and `in:notes` has found them already.
    notes = () if find_noted(query) or query == state.library_view.scope.query else placed
    hits = find_article_hits(asked, entries, reading.entry_facts, reading.links, notes)
    is_hit = hits.find_number(state.find.hit) is not None
    return replace(state, find=Find(query, hits, state.find.hit if is_hit else None))


def replace_article(state: State, loaded: "LoadedArticle") -> State:
    """Return the state with its article read again from a changed file, and every cursor at the same address.

    A file that cannot be read leaves the article as it was, with the problems of the file.
    """
    if loaded.article is None:
        return replace(state, reading=state.reading.with_problems(loaded.problems))
    return replace_reading(state, make_reading(loaded.article, loaded.problems))


def replace_reading(state: State, reading: Reading) -> State:
    """Return the state with `reading` in the place of its article, and every cursor at the same address."""
    state = replace(state, reading=reading, selection=None)
    # A pin on something that the file no longer has would hide every row.
    pins = tuple(pin for pin in state.filters.pins if state.entry_of(pin))
    return reveal_linked(apply_filters(state, Filters(state.filters.queries, pins)))


def toggle_pin(state: State) -> State:
    """Return the state with what the cursor is on pinned, or no longer pinned where it was.

    Nothing changes where the cursor is on more than one thing.
    """
    meant, pins = thing_at_cursor(state), state.filters.pins
    if meant is None:
        return state
    pins = tuple(pin for pin in pins if pin != meant) if meant in pins else (*pins, meant)
    return reveal_linked(apply_filters(state, Filters(state.filters.queries, pins)))


def filter_pane(state: State, query: Query) -> State:
    """Return the state with the pane of the cursor showing only what matches; an empty query shows all."""
    queries = {name: other for name, other in state.filters.queries.items() if name != state.focus}
    if query.terms:
        queries[state.focus] = query
    return reveal_linked(apply_filters(state, Filters(queries, state.filters.pins)))


def nearest_hit(state: State) -> Place | None:
    """Return the first hit at or after the cursor, in reading order; None without hits.

    When no hit follows the cursor, the first of all hits is returned.
    """
    here = _reading_place(state, state.entry.ref, _point(state)) if state.entry and state.focus in PANES else (0, 0, 0)
    hits = state.find.hits
    ahead = (place for place in hits.iterate_places() if _reading_place(state, place[0], place[1][0]) >= here)
    return next(ahead, next(hits.iterate_places(), None))


def next_hit(state: State, count: int) -> tuple[Place, bool] | None:
    """Return the next hit (`count` 1) or the one before (-1), and whether the search began again at the other end.

    Returns None when there are no hits.
    """
    hits, hit = state.find.hits, state.find.hit
    if not hits.places:
        return None
    if hit is None or hits.find_number(hit) is None:
        first = nearest_hit(state)
        return (first, False) if first else None
    at = hits.place_number(hit) + count
    return hits.places[at % len(hits.places)], not 0 <= at < len(hits.places)


def _reading_place(state: State, ref: Ref, point: int) -> tuple[int, int, int]:
    """Return a key that sorts places in reading order: pane, row, 0-based character offset."""
    name = pane_of(ref)
    return PANES.index(name), state.panes[name].find(ref) or 0, point


def _point(state: State) -> int:
    """Return the 0-based character offset into the cursor's entry from which on hits count as ahead of the cursor."""
    pane = state.pane
    if not pane.by_line or (pane.entry and pane.entry.ref not in state.find.hits.spans):
        return 0
    if pane.address and pane.address.span:
        return pane.address.span[0]
    return pane.line_start(pane.cursor.row, pane.cursor.line) if pane.line else 0


def _passing(reading: Reading, filters: Filters, name: str) -> Iterator[Entry]:
    """Yield the entries of the pane that its filter and the pins let through."""
    query = filters.queries.get(name)
    linked = [reading.links.find_highlighted((pin,)) for pin in filters.pins] if name != "article" else []
    for entry in reading.entries[name]:
        about = reading.entry_facts.get(entry.ref)
        if all(entry.ref in lit for lit in linked) and (query is None or match(query, entry, about)):
            yield entry
