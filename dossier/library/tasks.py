"""What can be asked for of a library, and what it is while it is still being found.

Decided here: whatever is being found is `done`, or `stopped` before that, or still grows; who follows another list
learns which, and never takes one that was stopped for whole.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from dossier.core.dataclasses import NamedTuple
from dossier.core.query import Query
from dossier.library.facets import Value
from dossier.library.growing_list import GONE, GrowingList, ListStoppedError
from dossier.library.scope import Scope

_NAP = 0.005


class Asked(NamedTuple):
    """What a list is asked for by: its name, the scope, the order of articles, what its rows are to be met by."""

    name: str
    scope: Scope
    order: str = ""
    query: Query | None = None


class Facets:
    """The facets of a scope as counted so far; `stopped` before they were whole, they are to be asked for again."""

    def __init__(self) -> None:
        self.values: tuple[Value, ...] = ()
        self.done = self.stopped = False


class Histogram:
    """When the events of a scope are, in a line, once that is known; `stopped` before, it is to be asked for again."""

    def __init__(self) -> None:
        self.line = ""
        self.done = self.stopped = False


Made = GrowingList | Facets | Histogram


class Task(NamedTuple):
    """Something to be done, the smallest `rank` first, then the smallest `number`."""

    rank: int
    number: int
    made: Made
    work: Callable[[], None]


def followed(rows: GrowingList) -> Iterator[int | None]:
    """Yield the ids of another list as they become known there, and None while no more are known.

    Raises ListStoppedError when that list is no longer filled.
    """
    at = 0
    while True:
        done = rows.done or rows.stopped
        while at < len(rows.ids):
            yield rows.ids[at]
            at += 1
        if done:
            break
        yield None
        time.sleep(_NAP)
    if not rows.done:
        raise ListStoppedError


def run_in_thread(work: Callable[[], None]) -> None:
    """Do the work on a thread of its own, which does not keep the program from ending.

    It ends early when the index changes under it: then all is asked for anew.
    """

    def worked() -> None:
        with suppress(*GONE):
            work()

    threading.Thread(target=worked, daemon=True).start()
