"""What the panes range over is one value: a search and the pins on what it found, each of them a step to be undone.

Its printed form is the trail above the panes: `library 1,204 ▸ "arms" 37 ▸ Jens Stoltenberg`.
"""

from dossier.core.dataclasses import dataclass, replace
from dossier.core.query import Query
from dossier.core.ref import Ref

ORDERS = ("newest first", "oldest first", "by outlet", "most hits first")
"""The orders of the list of articles."""
FACETS = ("outlet", "person", "org", "place", "year", "form")
"""What a library can be narrowed by, in the order of the screen."""


@dataclass(frozen=True)
class Pin:
    """One value of a facet, kept or `excluded`. Somebody is told by the address of an entry, all else by its name."""

    facet: str
    name: str
    ref: Ref | None = None
    excluded: bool = False

    @property
    def words(self) -> str:
        """The pin in the trail."""
        return f"not {self.name}" if self.excluded else self.name


@dataclass(frozen=True)
class Scope:
    """The articles that `query` finds (None: all), as far as they meet every pin."""

    query: Query | None = None
    pins: tuple[Pin, ...] = ()

    def toggled(self, pin: Pin) -> "Scope":
        """The scope with this pin; without it where it stands already, with the other sense where that stands."""
        others = tuple(one for one in self.pins if (one.facet, one.name, one.ref) != (pin.facet, pin.name, pin.ref))
        return replace(self, pins=others if pin in self.pins else (*others, pin))

    def undone(self) -> "Scope | None":
        """The scope before its last step; None for the whole library."""
        if self.pins:
            return replace(self, pins=self.pins[:-1])
        return Scope() if self.query else None

    @property
    def steps(self) -> tuple[str, ...]:
        """Each step in words, the search first."""
        searched = (f"“{self.query.typed}”",) if self.query else ()
        return (*searched, *(pin.words for pin in self.pins))
