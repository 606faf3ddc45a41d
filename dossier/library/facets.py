"""By what a scope can be narrowed is a row each in a list: outlets, people, organisations, places, years, forms."""

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


class Value(NamedTuple):
    """One value of a facet: what it is called, the entry that stands for somebody, and how many articles have it."""

    facet: str
    name: str
    ref: Ref | None
    articles: int

    @property
    def row(self) -> Ref:
        """The address of its row, which no article has."""
        return Ref("", "about", f"{self.facet} {self.ref or self.name}")


def pin_of(value: Value, excluded: bool) -> Pin:
    """The pin that keeps this value, or excludes it."""
    return Pin(value.facet, value.name, value.ref, excluded)


def offered(values: Iterable[Value], scope: Scope) -> tuple[Value, ...]:
    """The values with those that the scope excludes, which no article of it has, so that they can be let in again."""
    found = tuple(values)
    names = {(value.facet, value.name) for value in found}
    excluded = (pin for pin in scope.pins if pin.excluded and (pin.facet, pin.name) not in names)
    every = (*found, *(Value(pin.facet, pin.name, pin.ref, 0) for pin in excluded))
    return tuple(sorted(every, key=lambda value: FACETS.index(value.facet)))


@lru_cache(maxsize=8)
def facet_entries(values: tuple[Value, ...], scope: Scope) -> tuple[Entry, ...]:
    """A row for each value, those pinned or excluded marked as such."""
    state = {(pin.facet, pin.name): "excluded" if pin.excluded else "pinned" for pin in scope.pins}
    rows = []
    for value in values:
        mark = state.get((value.facet, value.name), "")
        marked = (Part("state", mark),) if mark else ()
        parts = (Part("label", f"{value.articles:,}"), Part("text", value.name), *marked)
        rows.append(Entry(value.row, parts, 0, _GROUPS[value.facet]))
    return tuple(rows)
