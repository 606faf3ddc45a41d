"""What can be asked for of a library in the background, and its results while they grow.

A result is `is_done`, or was `is_stopped` before that, or still grows. A list that follows another one learns which,
and never takes one that was stopped for complete.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from dossier.core.dataclasses import NamedTuple
from dossier.core.query import Query
from dossier.library.facets import FacetValue
from dossier.library.growing_list import GONE, GrowingArticleList, GrowingList, ListStoppedError
from dossier.library.scope import FoundArticle, Scope

_NAP = 0.005


class ListKey(NamedTuple):
    """The key of a list: the name of its pane, the scope, and the order of articles.

    `query` is the query that filters the rows, None for all rows. `within` is the query that filters the list that the
    rows are found in, None for the whole list.
    """

    name: str
    scope: Scope
    order: str = ""
    query: Query | None = None
    within: Query | None = None


class FacetCounts:
    """The facets of a scope, as far as they are counted. If `is_stopped`, they must be asked for again."""

    def __init__(self) -> None:
        self.values: tuple[FacetValue, ...] = ()
        self.is_done = self.is_stopped = False


class HistogramLine:
    """The histogram of the events of a scope in one line, "" until it is known.

    If `is_stopped` before that, it must be asked for again.
    """

    def __init__(self) -> None:
        self.line = ""
        self.is_done = self.is_stopped = False


BackgroundResult = GrowingList | FacetCounts | HistogramLine


class Task(NamedTuple):
    """Something to be done in the background. The smallest `rank` comes first, then the smallest `number`."""

    rank: int
    number: int
    made: BackgroundResult
    work: Callable[[], None]


def follow_list(rows: GrowingList) -> Iterator[int | None]:
    """Yield the ids of another list as they become known there, and None while no more are known.

    Raises ListStoppedError when that list was stopped before it was complete.
    """
    at = 0
    while True:
        done = rows.is_done or rows.is_stopped
        while at < len(rows.ids):
            yield rows.ids[at]
            at += 1
        if done:
            break
        yield None
        time.sleep(_NAP)
    if not rows.is_done:
        raise ListStoppedError


def follow_hits(found: GrowingArticleList) -> Iterator[FoundArticle | None]:
    """Yield the articles of a search with the row ids of their matching entries, and None while no more are known.

    It ends before the first article whose row ids are not kept. The articles must have come as they were found. Raises
    ListStoppedError as `follow_list` does.
    """
    row = begin = 0
    for first in follow_list(found):
        if first is None:
            yield None
            continue
        if (hits := found.read_hits(row, begin)) is None:
            return
        yield hits
        row, begin = row + 1, begin + len(hits.rows)


def run_in_thread(work: Callable[[], None]) -> None:
    """Run `work` on a thread of its own, which does not keep the program from ending.

    It ends silently when the index changes under it: then everything is asked for again.
    """

    def worked() -> None:
        with suppress(*GONE):
            work()

    threading.Thread(target=worked, daemon=True).start()
