"""Numbers and titles of the panes of a library.

A number that is not final is marked: `over 10,000`, or an ellipsis behind a smaller one.
"""

from dossier.core.entry import PANES
from dossier.library.growing_list import GrowingList
from dossier.library.scope import ORDERS, Scope
from dossier.text.messages import count_noun, quote_typed
from dossier.ui.highlight import is_wide
from dossier.ui.pane_scope import articles_found, query_of_rows, scope_of_panes
from dossier.ui.state import PaneScope, State

MANY = 10_000
SHELF_NUMBERS = {"library": "0", "facets": "00"}
"""The keys of the panes of the library. Keys that are pressed one after the other stand together: no count is meant."""


def number_words(rows: GrowingList, number: int | None = None) -> str:
    """Return `number`, by default the number of rows, in words; it is final only when the list is complete."""
    known = len(rows) if number is None else number
    if rows.is_done:
        return f"{known:,}"
    return f"over {MANY:,}" if known >= MANY else f"{known:,}…"


def hits_words(number: int) -> str:
    """Return a number of hits in words: `1 hit`, `1,204 hits`."""
    return count_noun(number, "hit")


_RANGES = {
    PaneScope.ARTICLE: "article",
    PaneScope.HITS: "hits",
    PaneScope.FOUND: "found",
    PaneScope.LIBRARY: "library",
}
_NOUNS = {"library": "articles", "timeline": "events"}


def search_result_words(state: State) -> str:
    """Return how many articles the scope has and, after a search, how many entries in them match."""
    rows = articles_found(state)
    if rows is None:
        return ""
    words = articles_words(state)
    if state.library_view.scope.query and len(rows):
        words += f" · {found_hits_words(state)}"
    return words


def found_hits_words(state: State) -> str:
    """Return how many entries match the search, in words; "" without a library."""
    rows = articles_found(state)
    hits = "" if rows is None else number_words(rows, rows.hits)
    return f"{hits} {'hit' if hits == '1' else 'hits'}" if hits else ""


def articles_words(state: State) -> str:
    """Return the number of articles in the scope, in words."""
    rows = articles_found(state)
    if rows is None:
        return ""
    return f"{number_words(rows)} {'article' if rows.is_done and len(rows) == 1 else 'articles'}"


def scope_steps(state: State) -> tuple[str, ...]:
    """Return the steps of the scope in words, the number of articles in the last; nothing without a library."""
    if state.library is None:
        return ()
    rows = articles_found(state)
    steps = [f"library {state.library.total:,}", *state.library_view.scope.steps]
    if state.library_view.scope != Scope() and rows is not None:
        steps[-1] += f" {number_words(rows)}"
    return tuple(steps)


def scope_words(state: State) -> str:
    """Return the steps of the scope: `library 1,204 ▸ “arms” 37 ▸ Jens Stoltenberg`; "" without a library."""
    return " ▸ ".join(scope_steps(state))


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
        is_done = isinstance(rows, GrowingList) and rows.is_done
        if only := _only_words(state, name):
            known = f"{len(rows):,} of {articles_words(state)}" if is_done else "…"
        else:
            known = search_result_words(state) if is_done else "…"
        return f"{SHELF_NUMBERS[name]} {called} {known}{only}{ordered}{progress}"
    known = f"{len(rows):,}" if _is_whole(state, name) else "…"
    ranges = _RANGES[state.library_view.pane_scope]
    return f"{PANES.index(name) + 1} {name.capitalize()} {known} · {ranges}{_only_words(state, name)}"


def _only_words(state: State, name: str) -> str:
    query = state.filters.queries.get(name)
    return f" · only {quote_typed(query.typed)}" if query else ""


def _is_whole(state: State, name: str) -> bool:
    """Return whether all rows of a pane that ranges over many articles are known.

    Until its list is there, a pane may show that of the scope before.
    """
    rows = state.panes[name].entries
    if state.library is None or not isinstance(rows, GrowingList) or not rows.is_done:
        return False
    return state.library.lists.is_current(
        rows, name, scope_of_panes(state), query_of_rows(state, name), state.library_view.order
    )


def lists_words(state: State) -> str:
    """Return the numbers, names and counts of the lists, in one line: `2 People 37 · 3 Quotes 73 · 4 Timeline 75`."""
    titles = []
    for number, name in enumerate(PANES[1:], 2):
        rows = state.panes[name].entries
        known = number_words(rows) if isinstance(rows, GrowingList) else f"{len(rows):,}"
        titles.append(f"{number} {name.capitalize()} {known}")
    return " · ".join(titles)


def server_words(state: State) -> str:
    """Return why not all of the index can be read on its server; "" while it can, and where there is no server."""
    return state.library.unreachable_words.partition(":")[0] if state.library else ""


def empty_words(state: State, name: str) -> str:
    """Return why a list of the library is empty."""
    # While articles are still being found, the other lists are those of the scope before.
    lists = (state.panes[name].entries, state.panes["library"].entries)
    if any(isinstance(rows, GrowingList) and not rows.is_done for rows in lists):
        return f"searching … {words}" if (words := server_words(state)) else "searching …"
    so_far = " so far" if state.library and state.library.progress else ""
    if name == "facets":
        return f"no facets{so_far}"
    noun = _NOUNS.get(name, name)
    if name in state.filters.queries:
        return f"no {noun} match {quote_typed(state.filters.queries[name].typed)}{so_far}; Esc clears the filter"
    if name in PANES and articles_found(state):
        ranges = state.library_view.pane_scope
        is_hits = ranges is PaneScope.HITS
        return f"no {noun} among the hits: w shows those of the articles found" if is_hits else f"no {noun} in {ranges}"
    if state.library_view.scope != Scope():
        why = state.library.empty_scopes.words(state.library_view.scope) if state.library and name == "library" else ""
        return f"{why or f'no {noun} found{so_far}'}: Esc undoes the last step"
    # Its owner may be making the index anew.
    coming = ": they come as its index is made" if so_far and not articles_found(state) else ""
    return f"no {noun} in {PaneScope.LIBRARY}{so_far}{coming}"


def lower_edge_words(state: State, name: str) -> str:
    """Return the words on the lower edge of a pane: the histogram of a timeline over many articles, else ""."""
    if name != "timeline" or state.library is None or not is_wide(state.panes[name]):
        return ""
    searched = state.library_view.scope.query if state.library_view.pane_scope is PaneScope.HITS else None
    return state.library.lists.histogram(scope_of_panes(state), searched)
