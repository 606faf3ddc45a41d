"""By what a scope can be narrowed is counted over its articles, while they are found: outlets, people, years, forms."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dossier.entries.entry import Entry, Part
from dossier.index.reader import Index
from dossier.index.schema import DAY
from dossier.library.among import facts_among, known, persons_among
from dossier.library.scope import FACETS, Pin, Scope
from dossier.ref import Ref

MOST = 40
"""So many values of a facet are offered, the most frequent."""
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


def counted(index: Index, scope: Scope, firsts: Iterable[int | None]) -> Iterator[tuple[Value, ...]]:
    """The values of all facets once they are known, those of persons last; before, nothing, which is a sign of life."""
    if scope == Scope():
        yield _of_library(index)
        return
    count: dict[str, Counter[str | int]] = {facet: Counter() for facet in FACETS}
    among: set[int] = set()
    for _ in known(firsts, among):
        yield ()
    for first, outlet, forms in facts_among(index, among):
        count["outlet"][outlet] += 1
        count["year"][year_of(first)] += 1
        count["form"].update(forms.split())
    yield _values(index, count)
    for _ in persons_among(index, among, count["person"].update):
        yield ()
    yield _values(index, count)


def year_of(first: int) -> str:
    """The year in which an article was published; empty without a date."""
    day = first >> DAY
    return str(date.fromordinal(day).year) if day else ""


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


def _of_library(index: Index) -> tuple[Value, ...]:
    values = [Value("outlet", name, None, number) for name, number in index.outlets(MOST)]
    for kind in ("person", "org", "place"):
        values += [_person_value(index, person, None) for person in index.persons(kind, MOST)]
    years = Counter(year_of(first) for first in index.firsts())
    values += _years(years)
    forms: Counter[str] = Counter()
    for together, number in index.forms():
        forms.update(dict.fromkeys(together.split(), number))
    values += [Value("form", name, None, number) for name, number in forms.most_common()]
    return tuple(values)


def _values(index: Index, count: dict[str, Counter[str | int]]) -> tuple[Value, ...]:
    values = [Value("outlet", str(name), None, number) for name, number in _most(count["outlet"]) if name][:MOST]
    persons = [_person_value(index, int(person), number) for person, number in _most(count["person"])[: 4 * MOST]]
    for kind in ("person", "org", "place"):
        values += [value for value in persons if value.facet == kind][:MOST]
    values += [
        Value("year", str(name), None, number)
        for name, number in sorted(count["year"].items(), reverse=True, key=str)
        if name
    ]
    values += [Value("form", str(name), None, number) for name, number in _most(count["form"])]
    return tuple(values)


def _most(count: Mapping[str | int, int]) -> list[tuple[str | int, int]]:
    """The most frequent first, equally frequent ones by what they are, so that their order stays."""
    return sorted(count.items(), key=lambda one: (-one[1], str(one[0])))


def _years(count: Mapping[str, int]) -> list[Value]:
    return [Value("year", year, None, number) for year, number in sorted(count.items(), reverse=True) if year]


def _person_value(index: Index, person: int, articles: int | None) -> Value:
    about = index.person(person)
    ref = index.at(about.newest).entry.ref
    return Value(about.kind, about.name, ref, about.articles if articles is None else articles)
