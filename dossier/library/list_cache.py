"""The lists, facets and histograms of a library: gathered in the background, and kept while they may be gone back to.

The articles that a search finds are gathered on a thread for each search. Everything that is computed from them is done
on one other thread, one task after another, so that it does not slow them down (see `task_queue`). Tasks that are no
longer wanted are skipped, and done when they are asked for again.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library import facet_counts
from dossier.library.article_rows import make_article_entry
from dossier.library.growing_list import GrowingArticleList, GrowingList, ListStoppedError, flatten_ids
from dossier.library.histogram import count_event_years, histogram, years_of_library
from dossier.library.index.reader import Index
from dossier.library.listed_articles import find_listed
from dossier.library.pane_lists import find_hits_in_pane, make_pane_list
from dossier.library.scope import ORDERS, Scope
from dossier.library.scope_panes import find_event_rows, has_entry_pins, matching_rows
from dossier.library.scope_search import find_scope_articles
from dossier.library.task_queue import TaskQueue
from dossier.library.tasks import (
    BackgroundResult,
    FacetCounts,
    HistogramLine,
    ListKey,
    follow_list,
    run_in_thread,
)

Key = TypeVar("Key")
Made = TypeVar("Made", bound=BackgroundResult)
_KEPT = 24
"""The most lists that are kept; likewise facets, and histograms."""
_MOST = 2 << 20
"""The most bytes of lists of scopes that are not on view."""
_PAUSE = 0.0005
"""Seconds to wait for more articles to count."""


class ListCache:
    """All lists, facets and histograms of one library. `grown` is called, on any thread, when one has grown."""

    def __init__(self, index: Index, grown: Callable[[], None]) -> None:
        self._index, self._grown = index, grown
        self._lists: OrderedDict[ListKey, GrowingList] = OrderedDict()
        self._facets: OrderedDict[Scope, FacetCounts] = OrderedDict()
        self._histograms: OrderedDict[tuple[Scope, Query | None], HistogramLine] = OrderedDict()
        self.tasks = TaskQueue()
        self._wanted = frozenset((Scope(),))
        # A list that is gathered asks for others, on its own thread.
        self._lock = threading.RLock()

    def drop_all(self) -> None:
        """Stop everything and drop it, since the index has changed."""
        with self._lock:
            every: list[BackgroundResult] = [*self._lists.values(), *self._facets.values(), *self._histograms.values()]
            for made in every:
                made.is_stopped = True
            for kept in (self._lists, self._facets, self._histograms):
                kept.clear()

    def articles(
        self, scope: Scope, order: str = ORDERS[0], query: Query | None = None, within: Query | None = None
    ) -> GrowingArticleList:
        """Return the articles of a scope in an order (one of ORDERS), each with excerpts of what is found in it.

        With `query` only those that it finds by headline or outlet, of those that `within` finds so. Other lists of
        this kind are stopped, since each letter that is typed asks for one.
        """
        if query is not None:
            self._stop_listed(query, within)
        return self._kept_articles(ListKey("articles", scope, order, query, within))

    def pane(self, name: str, scope: Scope, query: Query | None = None, order: str = ORDERS[0]) -> GrowingList:
        """Return the rows of people, quotes or timeline (`name`) for a scope, those that `query` finds.

        Quotes come in the `order` of the articles (one of ORDERS); the other rows have an order of their own.
        """
        key = _pane_key(name, scope, query, order)
        return self._kept(key, partial(make_pane_list, self._index, key, self.articles, self._grown))

    def facets(self, scope: Scope) -> FacetCounts:
        """Return the facets of a scope, with the values counted so far."""
        with self._lock:
            found = self._facets.get(scope)
            if found is None or found.is_stopped:
                found = _put_last(self._facets, scope, FacetCounts())
                self.tasks.put("facets", found, partial(self._count, scope, found))
                _drop_oldest(self._facets, lambda scope: scope in self._wanted)
            return found

    def histogram(self, scope: Scope, query: Query | None = None) -> str:
        """Return the histogram of the events of a scope that `query` finds in one line, "" until it is known."""
        key = scope, query
        with self._lock:
            found = self._histograms.get(key)
            if found is None or found.is_stopped:
                found = _put_last(self._histograms, key, HistogramLine())
                self.tasks.put("histogram", found, partial(self._draw, scope, query, found))
                _drop_oldest(self._histograms, lambda key: key[0] in self._wanted)
            return found.line

    def stop_other_scopes(self, *wanted: Scope) -> None:
        """Stop whatever is gathered for scopes other than `wanted` and the whole library."""
        with self._lock:
            self._wanted = frozenset((Scope(), *wanted))
            lists = [(key.scope, rows) for key, rows in self._lists.items()]
            lines = [(key[0], line) for key, line in self._histograms.items()]
            every: list[tuple[Scope, BackgroundResult]] = [*lists, *self._facets.items(), *lines]
            for scope, made in every:
                if scope not in self._wanted and not made.is_done:
                    made.is_stopped = True

    def is_current(
        self, rows: GrowingList, name: str, scope: Scope, query: Query | None = None, order: str = ORDERS[0]
    ) -> bool:
        """Return whether `rows` is what `pane` returns for the same arguments, without asking for it."""
        with self._lock:
            return self._lists.get(_pane_key(name, scope, query, order)) is rows

    def _stop_listed(self, *wanted: Query | None) -> None:
        """Stop the lists of articles that were found by headline or outlet with queries other than `wanted`."""
        with self._lock:
            for key, rows in self._lists.items():
                if key.name == "articles" and key.query not in (None, *wanted) and not rows.is_done:
                    rows.is_stopped = True

    def _kept(self, key: ListKey, make: Callable[[], GrowingList]) -> GrowingList:
        """Return the list with this key. It is made with `make`, and gathered, unless it is there already."""
        with self._lock:
            rows = self._lists.get(key)
            if rows is None or rows.is_stopped:
                rows = _put_last(self._lists, key, make())
                if key.name == "articles":
                    run_in_thread(partial(self.tasks.do, rows, rows.gather))
                else:
                    self.tasks.put(key.name, rows, rows.gather)
                self._trim_lists()
            self._lists.move_to_end(key)
            return rows

    def _kept_articles(self, key: ListKey) -> GrowingArticleList:
        rows = self._kept(key, lambda: self._articles(key))
        assert isinstance(rows, GrowingArticleList)
        return rows

    def _articles(self, key: ListKey) -> GrowingArticleList:
        """Return a list of the articles of a scope, not gathered yet."""
        rows: GrowingArticleList
        scope, order = key.scope, key.order

        def ids() -> Iterator[int | None]:
            if key.query is not None:
                listed = self._kept_articles(key._replace(query=key.within, within=None))
                for one in find_listed(self._index, key.query, follow_list(listed)):
                    if one:
                        rows.places.append(one.place)
                    yield one and one.first
            elif order in ORDERS[:2]:
                for found in find_scope_articles(self._index, scope, oldest_first=order == ORDERS[1]):
                    if found and scope.query is not None:
                        rows.add_hits(found.first, found.rows)
                    yield found.first if found else None
            else:
                yield from self._sorted(scope, order, rows)

        rows = GrowingArticleList(
            ids(),
            lambda first, hits: make_article_entry(self._index, first, scope.query, hits),
            partial(_article_at, self._index),
            self._grown,
            self._index.entries.fetch_ahead if scope.query else self._index.articles.fetch_ahead,
        )
        return rows

    def _sorted(self, scope: Scope, order: str, rows: GrowingArticleList) -> Iterator[int | None]:
        """Yield the articles of a scope, once all are known, in an order other than that of their dates."""
        base = self.articles(scope)
        firsts: list[int] = []
        for first in follow_list(base):
            if first is None:
                yield None
            else:
                firsts.append(first)
        rows.hits = base.hits
        if order == ORDERS[2]:
            firsts.sort(key=lambda first: self._index.articles.article(first).outlet)
        else:
            number = dict(zip(base.ids, base.hit_counts, strict=False))
            firsts.sort(key=lambda first: -number.get(first, 0))
        yield from firsts

    def _count(self, scope: Scope, found: FacetCounts) -> None:
        """Count the facets of a scope."""
        for values in facet_counts.count_facets(self._index, scope, follow_list(self.articles(scope))):
            if found.is_stopped:
                return
            if values:
                found.values = values
                self._grown()
            else:
                time.sleep(_PAUSE)
        found.is_done = True
        self._grown()

    def _draw(self, scope: Scope, query: Query | None, found: HistogramLine) -> None:
        """Make the histogram of the events of a scope that `query` finds."""
        if scope == Scope() and query is None:
            years = years_of_library(self._index)
        else:
            rows = None
            if query is not None or has_entry_pins(scope):
                dated = find_event_rows(self._index, scope, lambda: follow_list(self.articles(scope)))
                if query is not None:
                    hits = find_hits_in_pane(self._index, ListKey("timeline", scope, "", query), self.articles)
                    dated = matching_rows(self._index, "timeline", query, dated, hits)
                rows = frozenset(row for row in _while_wanted(found, flatten_ids(dated)) if row is not None)
            firsts = _while_wanted(found, follow_list(self.articles(scope)))
            years = count_event_years(self._index, firsts, rows)
            if found.is_stopped:
                raise ListStoppedError
        found.line, found.is_done = histogram(years), True
        self._grown()

    def _trim_lists(self) -> None:
        """Drop the lists that were asked for longest ago, so that not too much is kept."""
        for key in _drop_oldest(self._lists, lambda key: key.scope in self._wanted):
            if sum(rows.count_bytes() for key, rows in self._lists.items() if key.scope not in self._wanted) <= _MOST:
                break
            self._lists.pop(key).stop()


def _while_wanted(made: BackgroundResult, coming: Iterator[int | None]) -> Iterator[int | None]:
    """Yield what comes, as long as the result that is made of it is wanted. Raises ListStoppedError after that."""
    for one in coming:
        if made.is_stopped:
            raise ListStoppedError
        yield one


def _put_last(kept: OrderedDict[Key, Made], key: Key, made: Made) -> Made:
    """Put a result after all others, in place of the one that was stopped, and return it."""
    kept.pop(key, None)
    kept[key] = made
    return made


def _drop_oldest(kept: OrderedDict[Key, Any], is_on_view: Callable[[Key], bool]) -> list[Key]:
    """Drop what was stopped, which is never used again, and then what was asked for longest ago until few are kept.

    Of what is on view something is dropped only where all is. What was asked for last stays. Returns the other keys of
    what is not on view, the oldest first.
    """
    for key in [key for key in islice(kept, len(kept) - 1) if kept[key].is_stopped]:
        del kept[key]
    idle = [key for key in islice(kept, len(kept) - 1) if not is_on_view(key)]
    while len(kept) > _KEPT:
        del kept[idle.pop(0) if idle else next(iter(kept))]
    return idle


def _pane_key(name: str, scope: Scope, query: Query | None, order: str) -> ListKey:
    """Return the key of the rows of a pane. Only quotes have the order of the articles."""
    return ListKey(name, scope, order if name == "quotes" else "", query)


def _article_at(index: Index, ref: Ref) -> tuple[int, ...]:
    row = index.articles.find(ref.article)
    return (row.first,) if row else ()
