"""The entries of a pane with the row of each, and the hits of a query in them.

Both are counted once, when they change, so that no jump, no lighting and no painting has to search through them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from dossier.core.entry import Entry, Listing
from dossier.core.matcher import Hit, Spans
from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingList

HOMES = {
    **dict.fromkeys(("person", "org", "place", "source"), "people"),
    "quote": "quotes",
    "event": "timeline",
    "": "library",
}
"""The pane that holds an entry of each kind; the article has all others, and an article itself is in the library."""


def home(ref: Ref) -> str:
    """The pane that holds what `ref` addresses."""
    return HOMES.get(ref.kind, "article")


def listed(entries: Iterable[Entry]) -> Listing | GrowingList:
    """The entries as a listing; a listing, or the rows of a library, as they are."""
    return entries if isinstance(entries, Listing | GrowingList) else Listing(entries)


Place = tuple[Ref, tuple[int, int]]
"""One hit: the entry, and the span of its text."""


class Hits(tuple[Hit, ...]):
    """The entries that match, in reading order."""

    @cached_property
    def spans(self) -> Mapping[Ref, Spans]:
        """Where the hits of each entry are, in code points of its text."""
        return {hit.ref: hit.spans for hit in self}

    @cached_property
    def order(self) -> Mapping[Place, int]:
        """Every hit by itself, with its number from 0."""
        places = ((hit.ref, span) for hit in self for span in hit.spans)
        return {place: number for number, place in enumerate(places)}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every hit by itself."""
        return tuple(self.order)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many hits each pane has."""
        return Counter(home(ref) for ref, _ in self.places)
