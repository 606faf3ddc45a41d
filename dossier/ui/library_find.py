"""Find and filter in a list that ranges over many articles: the index finds the rows, and the cursor moves among them.

What is typed is a query as in a search of the library. Hits are counted by rows, within the pane.
"""

import datetime
from bisect import bisect_left

from dossier.core.dataclasses import replace
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.ui.counts import number_words
from dossier.ui.highlight import is_wide
from dossier.ui.library_scope import request_lists
from dossier.ui.pane import Pane
from dossier.ui.pane_scope import library_hits
from dossier.ui.state import Filters, Find, State, reveal_linked, with_pane


def find_in_library(origin: State, typed: str, today: datetime.date) -> State:
    """Return the state while a query is typed, with the cursor on the first known match at or after its row.

    `origin` is the state before anything was typed.
    """
    query = origin.library.parse_search_with_names(typed, today) if origin.library else None
    find = origin.find
    state = replace(origin, find=Find(query if query and query.root is not None else None, find.hits, find.hit))
    return next_library_hit(state, 0) or state


def filter_library_pane(origin: State, typed: str, today: datetime.date) -> State:
    """Return the state with only the matching rows in the pane of the cursor; with all rows if nothing is typed.

    `origin` is the state before anything was typed.
    """
    query = origin.library.parse_search_with_names(typed, today) if origin.library else None
    queries = {name: other for name, other in origin.filters.queries.items() if name != origin.focus}
    if query and query.root is not None:
        queries[origin.focus] = query
    return reveal_linked(request_lists(replace(origin, filters=Filters(queries, origin.filters.pins))))


def leave_library_find(state: State) -> State | None:
    """Return the state without the filter of a list that ranges over many articles; else without a find among articles.

    Returns None where there is neither.
    """
    if not is_wide(state.pane):
        return None
    if state.focus in state.filters.queries:
        queries = {name: other for name, other in state.filters.queries.items() if name != state.focus}
        return reveal_linked(request_lists(replace(state, filters=Filters(queries, state.filters.pins))))
    if state.focus == "library" and library_hits(state) is not None:
        return replace(state, find=Find(state.library_view.scope.query))
    return None


def next_library_hit(state: State, count: int) -> State | None:
    """Return the state with the cursor on another matching row; None when no row is known to match.

    That is the next row (`count` 1), the one before (-1), or the first at or after the cursor (0). At an end of the
    list the search begins again at the other end.
    """
    found, pane = library_hits(state), state.pane
    if not found or not isinstance(pane.entries, GrowingList) or not len(pane.entries):
        return None
    at = _place(found, pane.entries, pane.cursor.row)
    is_on = found.ids[at % len(found)] == pane.entries.ids[pane.cursor.row]
    number = (at + (count if is_on else min(count, 0)) if count else at) % len(found)
    if isinstance(found, GrowingArticleList):
        return reveal_linked(with_pane(state, _on(pane, found.places[number])))
    row = pane.entries.find(found.ids[number])
    return reveal_linked(with_pane(state, _on(pane, row))) if row is not None else None


def library_hit_words(state: State) -> str:
    """Return which matching row the cursor is on, as `hit 3 of 27`, or how many rows match.

    Returns "" without a query, and for a pane that does not range over many articles.
    """
    found, pane = library_hits(state), state.pane
    if found is None or not isinstance(pane.entries, GrowingList) or not len(pane.entries):
        return ""
    if not len(found):
        return "no hits" if found.is_done else "searching …"
    if isinstance(found, GrowingArticleList):
        place = _place(found, pane.entries, pane.cursor.row)
        at = place if place < len(found) and found.places[place] == pane.cursor.row else None
    else:
        at = found.find(pane.entries.ids[pane.cursor.row])
    words = number_words(found)
    noun = "hit" if words == "1" else "hits"
    return f"{words} {noun}" if at is None else f"hit {at + 1:,} of {words}"


def _place(found: GrowingList, all_rows: GrowingList, row: int) -> int:
    """Return the index in `found` of its first row at or below `row` of `all_rows`; its length when there is none."""
    if isinstance(found, GrowingArticleList):
        # A long list of articles is not searched for each of them.
        return bisect_left(found.places, row, hi=len(found))
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        stands = all_rows.find(found.ids[middle])
        low, high = (middle + 1, high) if stands is not None and stands < row else (low, middle)
    return low


def _on(pane: Pane, row: int) -> Pane:
    there = pane.move(row - pane.cursor.row)
    return there if there.top == pane.top else there.place(row, pane.rows // 3)
