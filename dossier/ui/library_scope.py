"""What the panes range over, and what the library's own panes list.

Panes range over one article, the articles found, or the library. A change of scope asks the library for other lists
and does not wait for them: they grow while they are on view.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from dossier.core.dataclasses import replace
from dossier.core.entry import PANES, Entry, Listing, Part, add_quote_counts
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.facets import FacetValue, add_excluded_values, make_facet_entries, make_pin
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.library.scope import ORDERS, Pin, Scope
from dossier.ui.counts import number_words
from dossier.ui.find_filter import apply_filters, recount_hits
from dossier.ui.highlight import is_wide
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import NAMED_KINDS
from dossier.ui.state import (
    NO_ARTICLE,
    Filters,
    Find,
    LibraryView,
    PaneScope,
    State,
    open_article_state,
    reveal_linked,
    thing_at_cursor,
)

if TYPE_CHECKING:
    from dossier.library.library import Library

LISTS = PANES[1:]
"""The panes that can range over more than one article."""
SAVED = "Saved searches"
SHELF = ("library", "facets")
"""The panes that only a library has."""


def open_library_state(library: "Library") -> State:
    """Return the state of a library before any of its articles is open: all panes range over the whole library."""
    state = open_article_state(NO_ARTICLE, ())
    panes = {**{name: Pane(name) for name in SHELF}, **state.panes}
    view = LibraryView(pane_scope=PaneScope.LIBRARY)
    return reveal_linked(
        request_lists(replace(state, library=library, panes=panes, focus="library", library_view=view))
    )


def enter_article(state: State, article: str) -> State | None:
    """Return the state with this article of the library open, without filters and pins; None when it cannot be opened.

    Its panes range over the `opening_scope` of the state.
    """
    reading = state.library.readings.reading(article) if state.library else None
    if reading is None:
        return None
    view = state.library_view
    pane_scope = _pane_scope(view.scope) if view.opening_scope is PaneScope.FOUND else view.opening_scope
    state = replace(
        state,
        reading=reading,
        panes={
            **state.panes,
            "article": state.panes["article"].with_entries(reading.entries["article"]).move_to_edge(last=False),
        },
        find=Find(view.scope.query),
        filters=Filters(),
        library_view=replace(view, pane_scope=pane_scope),
        mention_walk=None,
    )
    return _narrow(state) if pane_scope is PaneScope.ARTICLE else recount_hits(request_lists(state))


def is_in_library(state: State) -> bool:
    """Return whether the library is shown in the place of the text.

    It is while the cursor is in one of its panes and, before an article is open, while the cursor is in a list.
    """
    if state.library is None:
        return False
    return state.focus in SHELF or (state.reading.article is NO_ARTICLE and state.focus in LISTS)


def set_scope(state: State, scope: Scope, typing: bool = False) -> State:
    """Return the state with another scope, and the library's list at its top.

    With `typing` only that list is requested now; the others follow when it is complete.
    """
    view = state.library_view
    if state.library is None or scope == view.scope:
        return state
    pane_scope = view.pane_scope if view.pane_scope is PaneScope.ARTICLE else _pane_scope(scope)
    find = Find(scope.query if scope.query != view.scope.query else state.find.query)
    view = replace(view, scope=scope, pane_scope=pane_scope)
    state = request_lists(replace(state, library_view=view, find=find), typing)
    panes = {**state.panes, "library": state.panes["library"].move_to_edge(last=False)}
    return reveal_linked(recount_hits(replace(state, panes=panes)))


def search_library(origin: State, query: Query) -> State:
    """Return the state with `query` searched for in the articles that the pins allow; an empty query finds all."""
    scope = replace(origin.library_view.scope, query=query if query.root is not None else None)
    return replace(set_scope(origin, scope, typing=True), focus="library")


def next_pane_scope(state: State) -> State:
    """Return the state with the next pane scope: this article, the articles found, the library.

    The articles found are skipped when there is neither a search nor a pin.
    """
    view = state.library_view
    order = [PaneScope.ARTICLE, *([PaneScope.FOUND] if view.scope != Scope() else []), PaneScope.LIBRARY]
    at = order.index(view.pane_scope) if view.pane_scope in order else 0
    following = order[(at + 1) % len(order)]
    if following is PaneScope.ARTICLE and state.reading.article is NO_ARTICLE:
        following = order[1]
    state = replace(state, library_view=replace(view, pane_scope=following))
    return reveal_linked(_narrow(state) if following is PaneScope.ARTICLE else recount_hits(request_lists(state)))


def scope_of_panes(state: State) -> Scope:
    """Return the scope that people, quotes and timeline have when they range over many articles."""
    return state.library_view.scope if state.library_view.pane_scope is PaneScope.FOUND else Scope()


def library_hits(state: State) -> GrowingList | None:
    """Return the rows that the query finds in the pane of the cursor, in the order of the pane.

    Returns None without a query, and for a pane that does not range over many articles.
    """
    query = state.find.query
    if state.library is None or query is None or state.focus not in LISTS or not is_wide(state.pane):
        return None
    return state.library.lists.pane(state.focus, scope_of_panes(state), query, state.library_view.order)


def next_order(state: State) -> State:
    """Return the state with the list of articles, and the quotes of many articles, in the next order."""
    view = state.library_view
    order = ORDERS[(ORDERS.index(view.order) + 1) % len(ORDERS)]
    return request_lists(replace(state, library_view=replace(view, order=order)))


def toggle_scope_pin(state: State, excluded: bool = False) -> State:
    """Return the state with what the cursor is on pinned in the scope, or excluded; a pin already there is removed."""
    pin = pin_here(state, excluded)
    return set_scope(state, state.library_view.scope.with_toggled_pin(pin)) if pin else state


def pin_here(state: State, excluded: bool) -> Pin | None:
    """Return the pin of what the cursor is on: a facet's value, a person, organisation or place; else None."""
    value = facet_here(state)
    if value:
        return make_pin(value, excluded)
    meant = thing_at_cursor(state)
    entry = state.entry_of(meant) if meant and meant.kind in NAMED_KINDS else None
    return Pin(entry.ref.kind, entry.parts[0].text, entry.ref, excluded) if entry else None


def facet_here(state: State) -> FacetValue | None:
    """Return the facet's value that the cursor is on; None elsewhere."""
    if state.library is None or state.focus != "facets" or state.entry is None:
        return None
    return next((one for one in state.library_view.facet_values if one.row == state.entry.ref), None)


def request_lists(state: State, typing: bool = False) -> State:
    """Return the state with the lists of its scope, pane scope and order, and cursors on the same entries if possible.

    With `typing` only the list of articles is requested.
    """
    library, view = state.library, state.library_view
    if library is None:
        return state
    library.set_shown_scope(view.scope)
    asked = {"library": library.lists.articles(view.scope, view.order)} if typing else _asked(library, state)
    shown = {name: state.panes[name].with_entries(rows) for name, rows in asked.items()}
    return refresh_facets(replace(state, panes={**state.panes, **shown}))


def refresh_facets(state: State) -> State:
    """Return the state with the saved searches and the values of the facets, as far as they are counted."""
    if state.library is None:
        return state
    view = state.library_view
    saved = state.library.saved(date.today())
    counted = state.library.lists.facets(view.scope)
    # An emptied list would lose the cursor, and with it what the next key press was meant for.
    values = add_excluded_values(counted.values if counted.values or counted.is_done else view.facet_values, view.scope)
    entries = (*map(_saved, saved), *make_facet_entries(values, view.scope))
    pane = state.panes["facets"]
    view = view if values == view.facet_values else replace(view, facet_values=values)
    if tuple(pane.entries) == entries:
        return replace(state, library_view=view)
    return replace(state, library_view=view, panes={**state.panes, "facets": pane.with_entries(Listing(entries))})


def _saved(search: tuple[str, str, GrowingArticleList]) -> Entry:
    name, typed, found = search
    parts = (Part("label", number_words(found)), Part("text", name), *([Part("typed", typed)] if typed != name else []))
    return Entry(Ref("", "about", f"saved {name}"), parts, 0, SAVED)


def _followed(library: "Library", state: State) -> State:
    """Return the state with the other lists of a scope that was typed (see `set_scope`).

    It is returned unchanged until all articles in that scope are known.
    """
    found = state.panes["library"].entries
    if state.library_view.pane_scope is PaneScope.ARTICLE:
        return state
    if not isinstance(found, GrowingArticleList) or not found.is_done:
        return state
    asked = _asked(library, state)
    behind = {name: asked[name] for name in LISTS if state.panes[name].entries is not asked[name]}
    if not behind:
        return state
    return replace(
        state, panes={**state.panes, **{name: state.panes[name].with_entries(behind[name]) for name in behind}}
    )


def refresh_lists(state: State) -> State:
    """Return the state with new lists in place of those that were stopped.

    A list is stopped when the index changes or another scope is requested. The new list takes its place as soon as it
    has the entry that the cursor is on, so that no cursor is lost.
    """
    library = state.library
    if library is None:
        return state
    library.refresh_generation()
    state = _followed(library, state)
    old = {
        name: pane
        for name, pane in state.panes.items()
        if isinstance(pane.entries, GrowingList) and pane.entries.is_stopped
    }
    if not old:
        return state
    library.set_shown_scope(state.library_view.scope)
    asked = {name: rows for name, rows in _asked(library, state).items() if name in old}
    fresh = {name: old[name].with_entries(rows) for name, rows in asked.items() if _serves(rows, old[name].entry)}
    return reveal_linked(refresh_facets(replace(state, panes={**state.panes, **fresh}))) if fresh else state


def _serves(rows: GrowingList, at: Entry | None) -> bool:
    return rows.is_done or at is None or rows.row_of(at.ref) is not None


def _asked(library: "Library", state: State) -> dict[str, GrowingList]:
    """Return the lists of the state's scope, pane scope and order, by pane."""
    view, scope = state.library_view, scope_of_panes(state)
    wide_panes = LISTS if view.pane_scope is not PaneScope.ARTICLE else ()
    queries = state.filters.queries
    lists = {name: library.lists.pane(name, scope, queries.get(name), view.order) for name in wide_panes}
    return {"library": library.lists.articles(view.scope, view.order), **lists}


def _pane_scope(scope: Scope) -> PaneScope:
    """Return the pane scope that shows all articles of `scope`: the library, or the articles found."""
    return PaneScope.LIBRARY if scope == Scope() else PaneScope.FOUND


def _narrow(state: State) -> State:
    """Return the state with the lists of the open article, without what filters and pins hide, at their tops."""
    own: Mapping[str, Pane] = {
        name: state.panes[name]
        .with_entries(Listing(add_quote_counts(state.reading.entries[name])))
        .move_to_edge(last=False)
        for name in LISTS
    }
    return apply_filters(replace(state, panes={**state.panes, **own}), state.filters)
