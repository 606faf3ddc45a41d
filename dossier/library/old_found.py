"""Which articles a scope has, newest first: those in which the query finds something, as far as the pins let them pass.

Articles are told by the row id of their headline, `first`. Nothing here waits for all of them: each is yielded as soon
as it is known, and None where many were looked at in vain.
"""

from collections.abc import Callable, Iterator
from datetime import date

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.reader import Index
from dossier.library.index.schema import DAY
from dossier.library.scope import Pin, Scope
from dossier.library.scope_search import PATIENCE, matches


class Found(NamedTuple):
    """An article of the scope: its `first`, and how many of its entries match (0: nothing was asked)."""

    first: int
    hits: int


def articles(index: Index, scope: Scope, oldest_first: bool = False) -> Iterator[Found | None]:
    """The articles of the scope by their date."""
    wanted = [_wanted(index, pin) for pin in scope.pins]
    if scope.query is None:
        coming: Iterator[Found | None] = (Found(first, 0) for first in index.firsts(newest=not oldest_first))
    else:
        coming = (found and Found(found[0], len(found[1])) for found in matches(index, scope.query, oldest_first))
    seen = 0
    for found in coming:
        if found is None or all(keep(found.first) for keep in wanted):
            yield found
        elif (seen := seen + 1) % PATIENCE == 0:
            yield None


def _wanted(index: Index, pin: Pin) -> Callable[[int], bool]:
    """Whether an article meets the pin."""
    if pin.facet == "year":
        year = int(pin.name)
        low, high = date(year, 1, 1).toordinal() << DAY, (date(year, 12, 31).toordinal() + 1) << DAY
        return lambda first: (low <= first < high) != pin.excluded
    if pin.facet == "form":
        return lambda first: (pin.name in index.article(first).forms.split()) != pin.excluded
    if pin.facet == "outlet":
        among = frozenset(index.firsts_of_outlet(pin.name))
    else:
        among = frozenset(index.firsts_of_person(pin.ref)) if pin.ref else frozenset()
    return lambda first: (first in among) != pin.excluded
