"""What a pane scope stands for: the articles, and the query that finds the rows of each pane.

The hits of a search are the entries that it finds, the articles found are all that it found something in.
"""

from functools import lru_cache

from dossier.core.entry import PANES
from dossier.core.query import Query, narrow_query
from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.library.scope import Scope
from dossier.ui.highlight import is_wide
from dossier.ui.state import NO_ARTICLE, PaneScope, State

LISTS = PANES[1:]
"""The panes that can range over more than one article."""
SHELF = ("library", "facets")
"""The panes that only a library has."""


def is_in_library(state: State) -> bool:
    """Return whether the library is shown in the place of the text.

    It is while the cursor is in one of its panes and, before an article is open, while the cursor is in a list.
    """
    if state.library is None:
        return False
    return state.focus in SHELF or (state.reading.article is NO_ARTICLE and state.focus in LISTS)


def narrowest_pane_scope(scope: Scope) -> PaneScope:
    """Return the narrowest pane scope over many articles: the hits of a search, the articles found, or the library."""
    return wide_pane_scopes(scope)[0]


def wide_pane_scopes(scope: Scope) -> tuple[PaneScope, ...]:
    """Return the pane scopes over many articles, the narrowest first.

    The hits are left out without a search, and where it asks for nothing but whole articles. The articles found are
    left out when there is neither a search nor a pin.
    """
    hits = (PaneScope.HITS,) if scope.has_entry_hits else ()
    found = (PaneScope.FOUND,) if scope != Scope() else ()
    return (*hits, *found, PaneScope.LIBRARY)


def scope_of_panes(state: State) -> Scope:
    """Return the scope that people, quotes and timeline have when they range over many articles."""
    view = state.library_view
    return Scope() if view.pane_scope is PaneScope.LIBRARY else view.scope


def query_of_rows(state: State, name: str) -> Query | None:
    """Return the query that finds the rows of a pane in its scope: the search, and the filter; None for all rows."""
    view = state.library_view
    searched = view.scope.query if view.pane_scope is PaneScope.HITS and name in LISTS else None
    return narrow_query(searched, state.filters.queries.get(name))


def library_hits(state: State) -> GrowingList | None:
    """Return the rows that the query finds in the pane of the cursor, in the order of the pane.

    Returns None without a query, and for a pane that does not range over many articles. In the list of articles the
    query is one for headlines and outlets; the hits of a search are the excerpts in its rows.
    """
    query, view = state.find.query, state.library_view
    if state.library is None or query is None or not is_wide(state.pane):
        return None
    if state.focus == "library":
        if query == view.scope.query:
            return None
        return state.library.lists.articles(view.scope, view.order, query, query_of_rows(state, "library"))
    asked = narrow_query(query_of_rows(state, state.focus), query)
    return state.library.lists.pane(state.focus, scope_of_panes(state), asked, view.order)


def articles_found(state: State) -> GrowingArticleList | None:
    """Return the articles of the scope, also those that a filter hides; None without a library."""
    view, rows = state.library_view, state.panes["library"].entries if state.library else ()
    if state.library and "library" in state.filters.queries:
        return state.library.lists.articles(view.scope, view.order)
    return rows if isinstance(rows, GrowingArticleList) else None


def is_open_article_found(state: State) -> bool:
    """Return whether the open article is among the articles of the scope, as far as they are known."""
    rows = articles_found(state)
    if rows is None or state.library_view.scope == Scope():
        return True
    return _has(rows, len(rows), state.reading.article.ref)


@lru_cache(maxsize=1)
def _has(rows: GrowingArticleList, known: int, article: Ref) -> bool:
    """Return whether a list has an article. It is asked at every key, and `known` tells when the list has grown."""
    return rows.row_of(article) is not None
