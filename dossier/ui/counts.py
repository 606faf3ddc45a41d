"""Numbers and titles of the panes of a library.

A number that is not final is marked: `over 10,000`, or an ellipsis behind a smaller one.
"""

from dossier.core.entry import PANES
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.library.scope import ORDERS, Scope
from dossier.text.messages import count_noun, quote_typed
from dossier.ui.highlight import is_wide
from dossier.ui.state import PaneScope, State

MANY = 10_000
SHELF_NUMBERS = {"library": "0", "facets": "0 0"}
"""The keys of the panes of the library."""


def number_words(rows: GrowingList, number: int | None = None) -> str:
    """Return `number`, by default the number of rows, in words; it is final only when the list is complete."""
    known = len(rows) if number is None else number
    if rows.is_done:
        return f"{known:,}"
    return f"over {MANY:,}" if known >= MANY else f"{known:,}…"


def hits_words(number: int) -> str:
    """Return a number of hits in words: `1 hit`, `1,204 hits`."""
    return count_noun(number, "hit")


_RANGES = {PaneScope.ARTICLE: "article", PaneScope.FOUND: "found", PaneScope.LIBRARY: "library"}


def search_result_words(state: State) -> str:
    """Return how many articles the scope has and, after a search, how many entries in them match."""
    rows = state.panes["library"].entries
    if not isinstance(rows, GrowingArticleList):
        return ""
    noun = "article" if rows.is_done and len(rows) == 1 else "articles"
    words = f"{number_words(rows)} {noun}"
    if state.library_view.scope.query and len(rows):
        hits = number_words(rows, rows.hits)
        words += f" · {hits} {'hit' if hits == '1' else 'hits'}"
    return words


def scope_words(state: State) -> str:
    """Return the steps of the scope: `library 1,204 ▸ “arms” 37 ▸ Jens Stoltenberg`; "" without a library."""
    if state.library is None:
        return ""
    rows = state.panes["library"].entries
    steps = [f"library {state.library.total:,}", *state.library_view.scope.steps]
    if state.library_view.scope != Scope() and isinstance(rows, GrowingList):
        steps[-1] += f" {number_words(rows)}"
    return " ▸ ".join(steps)


def wide_title(state: State, name: str) -> str:
    """Return the title of a pane of the library, or of a pane that ranges over many articles."""
    if name == "facets":
        counted = state.library.lists.facets(state.library_view.scope) if state.library else None
        counting = "" if counted is None or counted.is_done else " …"
        return f"{SHELF_NUMBERS[name]} Facets{counting} · articles left by a pin"
    rows = state.panes[name].entries
    if name == "library":
        ordered = f" · {state.library_view.order}" if state.library_view.order != ORDERS[0] else ""
        progress = f" · {state.library.progress}" if state.library and state.library.progress else ""
        called = "Library" if state.library_view.scope == Scope() else "Found"
        # If the title counted up, the whole pane would be painted again at each step.
        known = search_result_words(state) if isinstance(rows, GrowingList) and rows.is_done else "…"
        return f"{SHELF_NUMBERS[name]} {called} {known}{ordered}{progress}"
    # While articles are still being found, the other lists are those of the scope before.
    is_whole = all(not isinstance(one, GrowingList) or one.is_done for one in (rows, state.panes["library"].entries))
    known = f"{len(rows):,}" if is_whole else "…"
    return f"{PANES.index(name) + 1} {name.capitalize()} {known} · {_RANGES[state.library_view.pane_scope]}"


def empty_words(state: State, name: str) -> str:
    """Return why a list of the library is empty."""
    # While articles are still being found, the other lists are those of the scope before.
    lists = (state.panes[name].entries, state.panes["library"].entries)
    if any(isinstance(rows, GrowingList) and not rows.is_done for rows in lists):
        return "searching …"
    so_far = " so far" if state.library and state.library.progress else ""
    if name == "facets":
        return f"no facets{so_far}"
    called = "articles" if name == "library" else name
    if name in state.filters.queries:
        return f"no {called} match {quote_typed(state.filters.queries[name].typed)}{so_far}"
    if state.library_view.scope != Scope():
        return f"no {called} found{so_far}: Esc undoes the last step"
    return f"no {called} in {PaneScope.LIBRARY}{so_far}"


def lower_edge_words(state: State, name: str) -> str:
    """Return the words on the lower edge of a pane: the histogram of a timeline over many articles, else ""."""
    if name != "timeline" or state.library is None or not is_wide(state.panes[name]):
        return ""
    scope = state.library_view.scope if state.library_view.pane_scope is PaneScope.FOUND else Scope()
    return state.library.lists.histogram(scope)
