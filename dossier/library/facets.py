"""The facets of a scope as rows of a list: outlets, people, organisations, places, years, forms of quotes."""

from collections.abc import Iterable
from functools import lru_cache

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library.scope import FACETS, Pin, Scope

_GROUPS = {
    "outlet": "Outlets",
    "person": "People",
    "org": "Organisations",
    "place": "Places",
    "year": "Years",
    "form": "Forms of quote",
}


class FacetValue(NamedTuple):
    """One value of a facet, such as an outlet or a person, with the number of articles that have it.

    `facet` is one of FACETS. `ref` is an entry of the person, organisation or place; None for other facets.
    """

    facet: str
    name: str
    ref: Ref | None
    articles: int

    @property
    def row(self) -> Ref:
        """The address of the value's row in the list. No entry of an article has such an address."""
        return Ref("", "about", f"{self.facet} {self.ref or self.name}")


def make_pin(value: FacetValue, excluded: bool) -> Pin:
    """Return the pin that keeps this value or, if `excluded`, excludes it."""
    return Pin(value.facet, value.name, value.ref, excluded)


def add_excluded_values(values: Iterable[FacetValue], scope: Scope) -> tuple[FacetValue, ...]:
    """Return `values` with those that `scope` excludes, in the order of the screen.

    No article of the scope has an excluded value, so `values` lacks it. It is offered so that it can be let in again.
    """
    found = tuple(values)
    names = {(value.facet, value.name) for value in found}
    excluded = (pin for pin in scope.pins if pin.excluded and (pin.facet, pin.name) not in names)
    every = (*found, *(FacetValue(pin.facet, pin.name, pin.ref, 0) for pin in excluded))
    return tuple(sorted(every, key=lambda value: FACETS.index(value.facet)))


@lru_cache(maxsize=2)
def make_facet_entries(values: tuple[FacetValue, ...], scope: Scope) -> tuple[Entry, ...]:
    """Return a row for each value. Pinned and excluded values are marked."""
    state = {(pin.facet, pin.name): "excluded" if pin.excluded else "pinned" for pin in scope.pins}
    rows = []
    for value in values:
        mark = state.get((value.facet, value.name), "")
        marked = (Part("state", mark),) if mark else ()
        # How many articles the value would bring back is not counted.
        number = "–" if mark == "excluded" else f"{value.articles:,}"
        parts = (Part("label", number), Part("text", value.name), *marked)
        rows.append(Entry(value.row, parts, 0, _GROUPS[value.facet]))
    return tuple(rows)
