"""The session as a record for JSON, and the state restored from such a record.

The record has addresses and what was typed, and no rows or parsed queries, so that it stays valid after an edit of the
article or another index of the library. What cannot be read, or no longer exists, is left out silently.
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Final

from dossier.core.dataclasses import replace
from dossier.core.note_search import parse_find
from dossier.core.query import Query
from dossier.core.ref import Ref, RefError, parse_ref
from dossier.library.scope import FACETS, ORDERS, Pin, Scope
from dossier.text.late_patterns import compile_late
from dossier.text.sanitize import sanitize_text
from dossier.ui.entry_list import Place
from dossier.ui.history import History
from dossier.ui.navigation import history_entry, restore_entry
from dossier.ui.pane_scope import narrowest_pane_scope
from dossier.ui.state import CursorPlace, Filters, HistoryEntry, PaneScope, State, with_pane

STEPS: Final = 100
"""The most steps of the history that are kept in each direction, the nearest."""
_VERSION: Final = 1
_LONGEST: Final = 4_096
"""The most characters in a query or name."""
_MOST: Final = 10_000
"""The most cells or rows of a pane, and the most lines of an entry."""
_IN_ROW: Final = compile_late(r"(?P<row>[^:]+):(?P<start>\d{1,9})-(?P<end>\d{1,9})")
"""A span in the row of a whole article. Its address has no kind, and is then printed without the span."""


def session_record(state: State) -> dict[str, Any]:
    """Return a record of the state: where its cursors are, what limits its panes, and its history.

    What is being typed and the mention walk are left out. The field `spots` lists the cursor places of all steps, each
    once; a step refers to its places by their numbers in that list, from 0.
    """
    numbers: dict[CursorPlace, int] = {}
    past, future = state.history.past[-STEPS:], state.history.future[:STEPS]
    told = {
        "version": _VERSION,
        "sizes": {name: [pane.cells, pane.rows] for name, pane in state.panes.items()},
        "here": _step_told(history_entry(state), numbers),
        "past": [_step_told(one, numbers) for one in past],
        "future": [_step_told(one, numbers) for one in future],
    }
    return told | {"spots": [[name, _ref_told(here), line, str(top), at] for name, here, line, top, at in numbers]}


def restore_session(state: State, session_record: object) -> State:
    """Return a newly opened state as the reader left it, as far as `session_record` tells. Raises nothing.

    Cursors in lists of a library that still grow are pending (see `navigation.restore_cursors`).
    """
    told = _mapping(session_record)
    if told.get("version") != _VERSION:
        return state
    reader = _Reader(state, told)
    for name, cells, rows in reader.sizes(told.get("sizes")):
        state = with_pane(state, state.panes[name].resize(cells, rows))
    if here := reader.step(told.get("here")):
        state = restore_entry(state, here if reader.is_there(here) else _outside(here))
    past, future = (tuple(reader.steps(told.get(side))) for side in ("past", "future"))
    return replace(state, history=History(past[-STEPS:], future[:STEPS]))


def _outside(here: HistoryEntry) -> HistoryEntry:
    """Return the step to use when its article is gone: in the library, with the same filters and scope."""
    pane_scope = narrowest_pane_scope(here.scope)
    focus = "library" if here.focus == "article" else here.focus
    filters = Filters(here.filters.queries)
    return replace(
        here, article="", focus=focus, pane_scope=pane_scope, query=here.scope.query, hit=None, filters=filters
    )


def _step_told(one: HistoryEntry, numbers: dict[CursorPlace, int]) -> dict[str, Any]:
    """Return the step as a record, without the values that a new state has anyway.

    `numbers` has the number of each cursor place, and gets the places of this step added.
    """
    told = {
        "focus": one.focus,
        "article": one.article,
        "spots": [numbers.setdefault(place, len(numbers)) for place in one.cursors],
        "query": one.query and _query_told(one.query),
        "hit": one.hit and str(one.hit[0].with_span(*one.hit[1])),
        "filters": {name: _query_told(query) for name, query in one.filters.queries.items()},
        "pins": [str(pin) for pin in one.filters.pins],
        "breadth": one.pane_scope.name.lower(),
        "order": "" if one.order == ORDERS[0] else one.order,
        "searched": one.scope.query and _query_told(one.scope.query),
        "narrowed": [[pin.facet, pin.name, pin.ref and str(pin.ref), pin.excluded] for pin in one.scope.pins],
    }
    return {key: value for key, value in told.items() if value}


def _query_told(query: Query) -> list[str]:
    """Return the language of the query, "find" (in an article) or "search" (in a library), and what was typed."""
    return ["find" if parse_find(query.typed) == query else "search", query.typed]


def _ref_told(ref: Ref) -> str:
    return str(ref) if ref.kind or not ref.span else f"{ref.entry}:{ref.span[0]}-{ref.span[1]}"


class _Reader:
    """Reads a record, as far as it is valid for this state."""

    def __init__(self, state: State, told: Mapping[Any, Any]) -> None:
        self._state, self._today = state, datetime.date.today()
        self._cursors = [self._cursor_place(one) for one in _sequence(told.get("spots"))]
        # Most steps have the query and the article of the step before.
        self._understood = cache(self._query)
        self._has = cache(self._has_article)

    def sizes(self, told: object) -> Iterator[tuple[str, int, int]]:
        """Yield the name, cells and rows of each pane.

        A scroll position shows the same lines again only in a pane of the same size.
        """
        for name, size in _mapping(told).items():
            match size:
                case [int(cells), int(rows)] if name in self._state.panes and min(_number(cells), _number(rows)) > 0:
                    yield name, cells, rows

    def steps(self, told: object) -> Iterator[HistoryEntry]:
        """Return the steps whose articles exist."""
        steps = (self.step(one) for one in _sequence(told))
        return (one for one in steps if one and (not one.article or self._has(one.article)))

    def step(self, told: object) -> HistoryEntry | None:
        """Return the step; None when the pane that had the cursor is missing."""
        known, panes = _mapping(told), self._state.panes
        focus = known.get("focus")
        if not isinstance(focus, str) or focus not in panes:
            return None
        queries = ((name, self._asked(query)) for name, query in _mapping(known.get("filters")).items())
        numbers = (_number(one) for one in _sequence(known.get("spots")))
        cursors = (self._cursors[number] for number in numbers if 0 <= number < len(self._cursors))
        pins = (_ref(one) for one in _sequence(known.get("pins")))
        one = HistoryEntry(
            focus,
            tuple(place for place in cursors if place),
            self._asked(known.get("query")),
            _place(known.get("hit")),
            Filters(
                {name: query for name, query in queries if query and name in panes}, tuple(pin for pin in pins if pin)
            ),
            self._state.reading.article.ref.article,
        )
        return self._in_library(one, known) if self._state.library else one

    def _in_library(self, one: HistoryEntry, known: Mapping[Any, Any]) -> HistoryEntry:
        """Return the step with the values that only a library has."""
        article, order, breadth = (known.get(key) for key in ("article", "order", "breadth"))
        scope = self._scope(known)
        pane_scope = next((each for each in PaneScope if each.name.lower() == breadth), PaneScope.LIBRARY)
        if pane_scope is PaneScope.HITS and not scope.has_entry_hits:
            pane_scope = narrowest_pane_scope(scope)
        if pane_scope is PaneScope.ARTICLE and not (isinstance(article, str) and article):
            # Without an article the panes can only range over the library.
            pane_scope = PaneScope.LIBRARY
        return replace(
            one,
            article=article if isinstance(article, str) else "",
            scope=scope,
            pane_scope=pane_scope,
            order=order if isinstance(order, str) and order in ORDERS else ORDERS[0],
        )

    def is_there(self, one: HistoryEntry) -> bool:
        """Return whether the article of the step can be opened again."""
        library = self._state.library
        return library is None or not one.article or library.readings.reading(one.article) is not None

    def _has_article(self, article: str) -> bool:
        library = self._state.library
        return library is None or library.readings.path(article) is not None

    def _scope(self, known: Mapping[Any, Any]) -> Scope:
        pins = (self._pin(one) for one in _sequence(known.get("narrowed")))
        return Scope(self._asked(known.get("searched")), tuple(pin for pin in pins if pin))

    def _pin(self, told: object) -> Pin | None:
        match told:
            case [str(facet), str(name), None, bool(excluded)] if facet in ("outlet", "year", "form"):
                is_one = facet != "year" or (name.isascii() and name.isdecimal() and len(name) == 4 and int(name) > 0)
                return Pin(facet, _cleaned(name), None, excluded) if is_one else None
            case [str(facet), str(name), str(address), bool(excluded)] if facet in FACETS:
                ref, library = _ref(address), self._state.library
                is_there = ref and ref.kind == facet and library and library.entry(ref)
                return Pin(facet, _cleaned(name), ref, excluded) if is_there else None
        return None

    def _cursor_place(self, told: object) -> CursorPlace | None:
        match told:
            case [str(pane), str(here), int(line), str(top), int(at)] if pane in self._state.panes:
                on, above = _ref(here), _ref(top)
                if on and above and min(_number(line), _number(at)) >= 0:
                    return CursorPlace(pane, on, line, above, at)
        return None

    def _asked(self, told: object) -> Query | None:
        match told:
            case ["find" | "search" as language, str(typed)] if len(typed) <= _LONGEST:
                return self._understood(language, sanitize_text(typed))
        return None

    def _query(self, language: str, typed: str) -> Query | None:
        library = self._state.library
        if language == "find":
            query = parse_find(typed)
        elif library:
            query = library.parse_search_with_names(typed, self._today)
        else:
            return None
        return query if query.root is not None else None


def _mapping(told: object) -> Mapping[Any, Any]:
    return told if isinstance(told, Mapping) else {}


def _sequence(told: object) -> list[Any]:
    return told if isinstance(told, list) else []


def _number(told: object) -> int:
    """Return a number that can be a size or a line; -1 for anything else."""
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told <= _MOST else -1


def _cleaned(name: str) -> str:
    return sanitize_text(name[:_LONGEST])


def _ref(told: object) -> Ref | None:
    if not isinstance(told, str):
        return None
    in_row = _IN_ROW().fullmatch(told)
    with suppress(RefError):
        ref = parse_ref(in_row["row"] if in_row else told)
        if not in_row or not ref.kind:
            return ref.with_span(int(in_row["start"]), int(in_row["end"])) if in_row else ref
        return parse_ref(told)
    return None


def _place(told: object) -> Place | None:
    ref = _ref(told)
    return (ref.entry, ref.span) if ref and ref.span else None
