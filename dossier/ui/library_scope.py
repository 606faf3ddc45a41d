"""What the panes range over, and what the library's own panes list.

Panes range over one article, the hits of a search, the articles found, or the library. A change of scope asks the
library for other lists and does not wait for them: they grow while they are on view.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Listing, Part, add_quote_counts
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.facets import add_excluded_values, make_facet_entries
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.library.scope import ORDERS, Scope
from dossier.ui.counts import number_words
from dossier.ui.find_filter import add_missing_names, apply_filters, recount_hits
from dossier.ui.pane import Pane
from dossier.ui.pane_scope import (
    LISTS,
    SHELF,
    articles_found,
    narrowest_pane_scope,
    query_of_rows,
    scope_of_panes,
    wide_pane_scopes,
)
from dossier.ui.state import (
    NO_ARTICLE,
    Filters,
    Find,
    LibraryView,
    PaneScope,
    State,
    focus_pane,
    open_article_state,
    reveal_linked,
)

if TYPE_CHECKING:
    from dossier.library.library import Library

SAVED = "Saved searches"


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

    Its panes range over the `opening_scope` of the state. A filter on the list of articles stays.
    """
    reading = state.library.readings.reading(article) if state.library else None
    if reading is None:
        return None
    # The first letter of a search then does not wait for it.
    reading.entry_facts  # noqa: B018 - it is kept
    view = state.library_view
    pane_scope = view.opening_scope
    if pane_scope is PaneScope.FOUND and view.scope == Scope():
        pane_scope = PaneScope.LIBRARY
    state = replace(
        state,
        reading=reading,
        panes={
            **state.panes,
            "article": state.panes["article"].with_entries(reading.entries["article"]).move_to_edge(last=False),
        },
        find=Find(view.scope.query),
        filters=_shelf_filters(state),
        library_view=replace(view, pane_scope=pane_scope),
        mention_walk=None,
    )
    return narrow_to_article(state) if pane_scope is PaneScope.ARTICLE else recount_hits(request_lists(state))


def set_scope(state: State, scope: Scope, typing: bool = False) -> State:
    """Return the state with another scope, and the library's list at its top.

    With `typing` only that list is requested now; the others follow when it is complete. Where only pins differ, the
    list with the cursor stays until the new one has its row.
    """
    before, view = state, state.library_view
    if state.library is None or scope == view.scope:
        return state
    is_search = scope.query != view.scope.query
    pane_scope = _pane_scope_for(state, scope)
    find = Find(scope.query if is_search else state.find.query)
    filters = Filters(_without(state, "library"), state.filters.pins) if is_search else state.filters
    view = replace(view, scope=scope, pane_scope=pane_scope)
    state = request_lists(replace(state, library_view=view, find=find, filters=filters), typing)
    if pane_scope is PaneScope.ARTICLE and before.library_view.pane_scope is not pane_scope:
        state = narrow_to_article(state)
    panes = {**state.panes, "library": state.panes["library"].move_to_edge(last=False)}
    held = ""
    if not is_search and state.focus in LISTS and not _serves(panes[state.focus].entries, before.entry):
        held, panes[state.focus] = state.focus, before.pane
    return reveal_linked(recount_hits(replace(state, panes=panes, held=held)))


def _pane_scope_for(state: State, scope: Scope) -> PaneScope:
    """Return what the panes range over when the scope becomes `scope`.

    A search shows its hits. Without one, the panes go back to the open article.
    """
    view = state.library_view
    if scope.query and scope.query != view.scope.query:
        return narrowest_pane_scope(scope)
    if view.pane_scope is PaneScope.ARTICLE:
        return PaneScope.ARTICLE
    if view.scope.query and not scope.query:
        is_open = state.reading.article is not NO_ARTICLE and view.opening_scope is PaneScope.ARTICLE
        return PaneScope.ARTICLE if is_open else narrowest_pane_scope(scope)
    if scope == Scope():
        return PaneScope.LIBRARY
    return PaneScope.FOUND if view.pane_scope is PaneScope.LIBRARY else view.pane_scope


def _shelf_filters(state: State) -> Filters:
    """Return the filters of the library's own panes, which stay when an article is opened."""
    return Filters({name: query for name, query in state.filters.queries.items() if name in SHELF})


def _without(state: State, name: str) -> Mapping[str, Query]:
    """Return the filters of all panes but one."""
    return {key: query for key, query in state.filters.queries.items() if key != name}


def search_library(origin: State, query: Query) -> State:
    """Return the state with `query` searched for in the articles that the pins allow; an empty query finds all.

    The cursor is in the list of articles then.
    """
    scope = replace(origin.library_view.scope, query=query if query.root is not None else None)
    return set_scope(focus_pane(origin, "library"), scope, typing=True)


def next_pane_scope(state: State) -> State:
    """Return the state with the next pane scope: this article, the hits, the articles found, the library.

    Those that the scope does not have are skipped (see `wide_pane_scopes`).
    """
    view = state.library_view
    order = (PaneScope.ARTICLE, *wide_pane_scopes(view.scope))
    at = order.index(view.pane_scope) if view.pane_scope in order else 0
    following = order[(at + 1) % len(order)]
    if following is PaneScope.ARTICLE and state.reading.article is NO_ARTICLE:
        following = order[1]
    state = replace(state, library_view=replace(view, pane_scope=following))
    return reveal_linked(
        narrow_to_article(state) if following is PaneScope.ARTICLE else recount_hits(request_lists(state))
    )


def next_order(state: State) -> State:
    """Return the state with the list of articles, and the quotes of many articles, in the next order.

    A cursor on the first article stays at the top, where the first one of the new order is.
    """
    view = state.library_view
    order = ORDERS[(ORDERS.index(view.order) + 1) % len(ORDERS)]
    there = request_lists(replace(state, library_view=replace(view, order=order)))
    if state.panes["library"].cursor.row:
        return there
    return replace(there, panes={**there.panes, "library": there.panes["library"].move_to_edge(last=False)})


def request_lists(state: State, typing: bool = False) -> State:
    """Return the state with the lists of its scope, pane scope and order, and cursors on the same entries if possible.

    With `typing` only the list of articles is requested.
    """
    library, view = state.library, state.library_view
    if library is None:
        return state
    library.set_shown_scope(view.scope)
    asked = {"library": _listed(library, state)} if typing else _asked(library, state)
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

    It is returned unchanged until all articles in that scope are known. A pane that is held waits for its row, and so
    does one whose list was stopped: `refresh_lists` has the new one.
    """
    found = articles_found(state)
    if state.library_view.pane_scope is PaneScope.ARTICLE:
        return state
    if not isinstance(found, GrowingArticleList) or not found.is_done:
        return state
    asked = _asked(library, state)
    behind = {
        name: asked[name]
        for name in LISTS
        if state.panes[name].entries is not asked[name]
        and not _is_stopped(state.panes[name])
        and (name != state.held or _serves(asked[name], state.panes[name].entry))
    }
    if not behind:
        return state
    shown = {name: state.panes[name].with_entries(rows) for name, rows in behind.items()}
    return replace(state, panes={**state.panes, **shown}, held="" if state.held in behind else state.held)


def refresh_lists(state: State) -> State:
    """Return the state with new lists in place of those that were stopped.

    A list is stopped when the index changes or another scope is requested. The new list takes its place as soon as it
    has the entry that the cursor is on, so that no cursor is lost.
    """
    library = state.library
    if library is None:
        return state
    library.refresh_generation()
    library.notice_return()
    if state.preview and state.preview.is_unreadable and state.preview.returns != library.returns:
        state = replace(state, preview=None)
    named = add_missing_names(library, state)
    state = _followed(library, state if named is state else recount_hits(request_lists(named)))
    old = {name: pane for name, pane in state.panes.items() if _is_stopped(pane)}
    if not old:
        return state
    library.set_shown_scope(state.library_view.scope)
    asked = {name: rows for name, rows in _asked(library, state).items() if name in old}
    fresh = {name: old[name].with_entries(rows) for name, rows in asked.items() if _serves(rows, old[name].entry)}
    return reveal_linked(refresh_facets(replace(state, panes={**state.panes, **fresh}))) if fresh else state


def _is_stopped(pane: Pane) -> bool:
    return isinstance(pane.entries, GrowingList) and pane.entries.is_stopped


def _serves(rows: Sequence[Entry], at: Entry | None) -> bool:
    return not isinstance(rows, GrowingList) or rows.is_done or at is None or rows.row_of(at.ref) is not None


def _asked(library: "Library", state: State) -> dict[str, GrowingList]:
    """Return the lists of the state's scope, pane scope and order, by pane."""
    wide_panes = LISTS if state.library_view.pane_scope is not PaneScope.ARTICLE else ()
    scope = scope_of_panes(state)
    order = state.library_view.order
    lists = {name: library.lists.pane(name, scope, query_of_rows(state, name), order) for name in wide_panes}
    return {"library": _listed(library, state), **lists}


def _listed(library: "Library", state: State) -> GrowingArticleList:
    """Return the library's list: the articles of the scope, those that its filter leaves."""
    view = state.library_view
    return library.lists.articles(view.scope, view.order, state.filters.queries.get("library"))


def narrow_to_article(state: State) -> State:
    """Return the state with the lists of the open article, without what filters and pins hide, at their tops."""
    own: Mapping[str, Pane] = {
        name: state.panes[name]
        .with_entries(Listing(add_quote_counts(state.reading.entries[name])))
        .move_to_edge(last=False)
        for name in LISTS
    }
    return apply_filters(replace(state, panes={**state.panes, **own}), state.filters)
