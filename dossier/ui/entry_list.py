"""The pane that holds each kind of entry, and the hits of a query in entries.

Hits are counted once, when they change, so that jumps and painting do not have to search through them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from dossier.core.entry import Entry, Listing
from dossier.core.matcher import Hit
from dossier.core.ref import Ref
from dossier.core.term_places import Spans
from dossier.library.growing_list import GrowingList

HOMES = {
    **dict.fromkeys(("person", "org", "place", "source"), "people"),
    "quote": "quotes",
    "event": "timeline",
    "": "library",
}
"""The name of the pane that holds the entries of a kind; entries of all other kinds are in the pane `article`.

The kind "" is that of an article, which is a row of the library.
"""


def pane_of(ref: Ref) -> str:
    """Return the name of the pane that holds what `ref` addresses."""
    return HOMES.get(ref.kind, "article")


def as_listing(entries: Iterable[Entry]) -> Listing | GrowingList:
    """Return the entries as a listing; a listing, or a list of a library, is returned as it is."""
    return entries if isinstance(entries, Listing | GrowingList) else Listing(entries)


Place = tuple[Ref, tuple[int, int]]
"""One hit: the entry, and the span of its text."""


class Hits(tuple[Hit, ...]):
    """The hits of a query, one `Hit` for each entry that matches, in reading order."""

    @cached_property
    def spans(self) -> Mapping[Ref, Spans]:
        """The spans of the hits in each entry, in 0-based character offsets into its text."""
        return {hit.ref: hit.spans for hit in self}

    @cached_property
    def order(self) -> Mapping[Place, int]:
        """The number, from 0 and in reading order, of every single hit."""
        places = ((hit.ref, span) for hit in self for span in hit.spans)
        return {place: number for number, place in enumerate(places)}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every single hit, in reading order."""
        return tuple(self.order)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The number of single hits in each pane, by the name of the pane."""
        return Counter(pane_of(ref) for ref, _ in self.places)
