"""Values of search fields that begin with what was typed: names, outlets, years, forms, each with its articles.

They are looked up in the background, since a library may have hundreds of thousands of names. Of names, the most
frequent are read; rarer ones are found by the beginning of the whole name, which the index has in order.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import EVENT_STATUSES
from dossier.core.query_parser import ALL_FIELD_NAMES
from dossier.core.query_values import SEARCHABLE_PANES
from dossier.core.registry import fold_name
from dossier.library.histogram import years_of_library
from dossier.library.index.reader import Index
from dossier.library.list_cache import ListCache
from dossier.library.scope import Scope
from dossier.library.tasks import run_in_thread

MOST: Final = 50
"""The most suggestions for one beginning."""
_READ: Final = 20_000
"""The most names of a kind that are read, those in most articles first."""
_KEPT: Final = 64
_BATCH, _PAUSE = 1_000, 0.0005

NAME_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "speaker": ("person", "org"),
    "about": ("person", "org", "place"),
    "person": ("person",),
    "org": ("org",),
    "place": ("place",),
}
"""The kinds of entries whose names each field of names takes."""
_FACETS: Final = {"published": "year", "date": "year", "form": "form"}
"""The facet whose values each of these fields takes."""


_FIXED: Final[Mapping[str, tuple[str, ...]]] = {"in": SEARCHABLE_PANES, "status": EVENT_STATUSES}
"""The values of the fields that have the same values in every library."""


class Suggestion(NamedTuple):
    """A value that a field may have, and the number of articles that have it; of `event` that of events.

    The number is 0 where it is not known.
    """

    name: str
    number: int = 0


class Suggestions:
    """The suggestions of one library. `grown` is called, on any thread, when some were found."""

    field_names = ALL_FIELD_NAMES
    """The names that have a meaning before a colon in a search."""

    def __init__(self, index: Index, lists: ListCache, grown: Callable[[], None]) -> None:
        self._index, self._lists, self._grown = index, lists, grown
        self._found: OrderedDict[tuple[str, str], tuple[Suggestion, ...] | None] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, field: str, typed: str) -> tuple[Suggestion, ...] | None:
        """Return the values of `field` in which a word begins with `typed`; None while they are being looked up.

        Empty for a field whose values are not known to the index.
        """
        key = field, fold_name(typed)
        if field in _FIXED:
            return tuple(Suggestion(value) for value in _FIXED[field] if value.startswith(key[1]))
        if field in _FACETS:
            counted = self._lists.facets(Scope())
            if not counted.is_done:
                return None
            values = (Suggestion(one.name, one.articles) for one in counted.values if one.facet == _FACETS[field])
            return tuple(one for one in values if begins_word(one.name, key[1]))
        if field not in (*NAME_FIELDS, "outlet", "event"):
            return ()
        with self._lock:
            if key in self._found:
                return self._found[key]
            self._found[key] = None
            known = self._found
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
        run_in_thread(lambda: self._look_up(key, known))
        return None

    def drop_all(self) -> None:
        """Drop what was found, since the index has changed."""
        with self._lock:
            self._found = OrderedDict()

    def _look_up(
        self, key: tuple[str, str], known: OrderedDict[tuple[str, str], tuple[Suggestion, ...] | None]
    ) -> None:
        """Look up the suggestions for a beginning. They are kept in `known`."""
        found: tuple[Suggestion, ...] = ()
        try:
            found = tuple(self._matching(*key))
        finally:
            # Where the index has changed meanwhile, nothing is found, and the next Tab looks again.
            with self._lock:
                if key in known:
                    known[key] = found
            self._grown()

    def _matching(self, field: str, beginning: str) -> Iterable[Suggestion]:
        if field == "outlet":
            outlets = self._index.articles.outlet_counts()
            return [Suggestion(*one) for one in outlets if begins_word(one[0], beginning)][:MOST]
        if field == "event":
            years = sorted(years_of_library(self._index).items(), reverse=True)
            return [Suggestion(str(year), count) for year, count in years if str(year).startswith(beginning)][:MOST]
        found: dict[str, Suggestion] = {}
        for kind in NAME_FIELDS[field]:
            for one in self._names(kind, beginning, speaking=field == "speaker"):
                found.setdefault(one.name, one)
        return sorted(found.values(), key=lambda one: -one.number)[:MOST]

    def _names(self, kind: str, beginning: str, speaking: bool) -> Iterator[Suggestion]:
        """Yield the names of one kind: those in most articles first, then those that are found by their beginning."""
        persons, found = self._index.persons, 0
        for number, (name, articles) in enumerate(persons.frequent_names(kind, _READ, speaking), 1):
            if begins_word(name, beginning):
                yield Suggestion(name, articles)
                if (found := found + 1) == MOST:
                    return
            if number % _BATCH == 0:
                time.sleep(_PAUSE)
        if beginning:
            yield from (Suggestion(*one) for one in persons.names_beginning(kind, beginning, MOST, speaking))


def begins_word(name: str, beginning: str) -> bool:
    """Return whether a word of the name begins with `beginning`, which is folded (see `fold_name`)."""
    if beginning.isalnum() and name.isascii() and beginning not in name.lower():
        # Most names are like this, and folding them all takes long.
        return False
    folded = fold_name(name)
    at = folded.find(beginning)
    while at > 0 and folded[at - 1].isalnum():
        at = folded.find(beginning, at + 1)
    return at >= 0
