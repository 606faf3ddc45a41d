"""The pane that holds each kind of entry, and the hits of a query in entries.

Hits are counted once, when they change, so that jumps and painting do not have to search through them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from dossier.core.entry import Entry, Listing
from dossier.core.ref import Ref
from dossier.core.term_places import Spans
from dossier.library.growing_list import GrowingList

if TYPE_CHECKING:
    # Only a search needs what matches.
    from dossier.core.matcher import Hit

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


class Hits(tuple["Hit", ...]):
    """The hits of a query in reading order: one `Hit` for each entry that matches, as a search of the library counts.

    Each has at least one span. Its `passages` are where else it is lit: in what a quote stands in.
    """

    @cached_property
    def spans(self) -> Mapping[Ref, Spans]:
        """The spans to light in each entry, in order, in 0-based character offsets into its text."""
        lit = {hit.ref: list(hit.spans) for hit in self}
        for ref, span in self._elsewhere:
            own = lit.setdefault(ref, [])
            if all(span[1] <= start or end <= span[0] for start, end in own):
                own.append(span)
        return {ref: tuple(sorted(own)) for ref, own in lit.items()}

    def find_number(self, place: Place | None) -> int | None:
        """Return the number, from 0 and in reading order, of the hit that a place belongs to; None if it is not lit."""
        if place is None:
            return None
        # A letter stands in thousands of places, and only one of them is asked for.
        number = self._by_ref.get(place[0])
        return number if number is not None and place[1] in self[number].spans else self._elsewhere.get(place)

    def iterate_places(self) -> Iterator[Place]:
        """Yield the places to go to, in reading order: those in the entries that match themselves."""
        return ((hit.ref, span) for hit in self for span in hit.spans)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All that `iterate_places` yields, each once."""
        return tuple(dict.fromkeys(self.iterate_places()))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The number of hits in each pane, by the name of the pane."""
        return Counter(pane_of(hit.ref) for hit in self)

    def place_number(self, place: Place) -> int:
        """Return the index in `places` of a lit place; of one in a passage, that of the hit it belongs to."""
        if place in self._numbers:
            return self._numbers[place]
        hit = self[self._elsewhere[place]]
        return self._numbers[hit.ref, hit.spans[0]]

    @cached_property
    def _numbers(self) -> Mapping[Place, int]:
        return {place: number for number, place in enumerate(self.places)}

    @cached_property
    def _by_ref(self) -> Mapping[Ref, int]:
        return {hit.ref: number for number, hit in enumerate(self)}

    @cached_property
    def _elsewhere(self) -> Mapping[Place, int]:
        """The places in passages, each with the number of the first hit that is lit there."""
        found: dict[Place, int] = {}
        for number, hit in enumerate(self):
            for passage in hit.passages:
                for span in passage.spans:
                    found.setdefault((passage.ref, span), number)
        return found
