"""The hits of a query are counted once, when it changes, and then only looked up, however often one paints."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from dossier.core.matcher import Hit, Spans
from dossier.core.ref import Ref
from dossier.ui.entry_list import home

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
