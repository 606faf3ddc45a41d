"""A scope: which articles the panes range over. It is a search and the pins on what that found, as one value.

It is shown as the trail above the panes, in which each step can be undone: `library 1,204 ▸ "arms" 37 ▸ Jens
Stoltenberg`.
"""

from collections.abc import Sequence

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.query import Query, asks_for_articles
from dossier.core.ref import Ref
from dossier.text.messages import quote_typed

ORDERS = ("newest first", "oldest first", "by outlet", "most hits first")
"""The orders of the list of articles."""
LISTED_PARTS = ("text", "outlet")
"""The parts of an article's row that are searched in the list: its headline and its outlet."""
FACETS = ("outlet", "person", "org", "place", "year", "form")
"""The facets by which a library can be narrowed, in the order of the screen."""


@dataclass(frozen=True)
class Pin:
    """One value of a facet, kept or `excluded`.

    A person, organisation or place is identified by `ref`, the address of an entry; other values by `name`.
    """

    facet: str
    name: str
    ref: Ref | None = None
    excluded: bool = False

    @property
    def trail_words(self) -> str:
        """The pin as it is shown in the trail."""
        return f"not {self.name}" if self.excluded else self.name


@dataclass(frozen=True)
class Scope:
    """The articles that `query` finds (None: all) and that meet every pin."""

    query: Query | None = None
    pins: tuple[Pin, ...] = ()

    def with_toggled_pin(self, pin: Pin) -> "Scope":
        """Return the scope with this pin; without it where the scope has it already.

        A pin on the same value with the opposite sense is replaced.
        """
        others = tuple(one for one in self.pins if (one.facet, one.name, one.ref) != (pin.facet, pin.name, pin.ref))
        return replace(self, pins=others if pin in self.pins else (*others, pin))

    def undone(self) -> "Scope | None":
        """Return the scope without its last step; None for the whole library."""
        if self.pins:
            return replace(self, pins=self.pins[:-1])
        return Scope() if self.query else None

    @property
    def has_entry_hits(self) -> bool:
        """Whether the query finds single entries, and not only articles as a whole."""
        return self.query is not None and not asks_for_articles(self.query)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps in words, the search first."""
        searched = (quote_typed(self.query.typed),) if self.query else ()
        return (*searched, *(pin.trail_words for pin in self.pins))


class FoundArticle(NamedTuple):
    """An article that was found, by the row id of its headline, and the row ids of its entries that match, in order.

    Without a query there are none.
    """

    first: int
    rows: Sequence[int] = ()
