"""Count the values of all facets over the articles of a scope: outlets, people, years, forms of quotes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from dossier.core.dates.days import day_from_ordinal, format_year
from dossier.library.facets import FacetValue
from dossier.library.index.reader import Index
from dossier.library.index.schema import UNBOUNDED_PAST
from dossier.library.scope import FACETS, Scope
from dossier.library.scope_walk import count_persons, facets_of_articles, wait_for_ids

MOST = 40
"""The most values of a facet that are offered, the most frequent ones."""


def count_facets(index: Index, scope: Scope, firsts: Iterable[int | None]) -> Iterator[tuple[FacetValue, ...]]:
    """Yield the values of all facets of a scope, twice: without persons, and with them.

    `firsts` are the articles of the scope as they are found, None while none is. Between its results the function
    yields an empty tuple from time to time, so that the caller can stop it.
    """
    if scope == Scope():
        yield _of_library(index)
        return
    count: dict[str, Counter[str | int]] = {facet: Counter() for facet in FACETS}
    among: set[int] = set()
    for _ in wait_for_ids(firsts, among):
        yield ()
    for _, outlet, forms, earliest in facets_of_articles(index, among):
        count["outlet"][outlet] += 1
        count["year"][year_of(earliest)] += 1
        count["form"].update(forms.split())
    yield _values(index, count)
    for _ in count_persons(index, among, count["person"].update):
        yield ()
    yield _values(index, count)


def year_of(earliest: int | None) -> str:
    """Return the year in which an article was published, "" without one. `earliest` is the earliest day, as written."""
    return format_year(day_from_ordinal(earliest).year) if earliest not in (None, UNBOUNDED_PAST) else ""


def _of_library(index: Index) -> tuple[FacetValue, ...]:
    """Return the values of all facets of the whole library, which the index has counted."""
    values = [FacetValue("outlet", name, None, number) for name, number in index.articles.outlet_counts(MOST)]
    for kind in ("person", "org", "place"):
        values += [_person_value(index, person, None) for person in index.persons.person_ids(kind, MOST)]
    years = Counter(map(year_of, index.articles.publication_days()))
    values += _years(years)
    forms: Counter[str] = Counter()
    for together, number in index.articles.form_counts():
        forms.update(dict.fromkeys(together.split(), number))
    values += [FacetValue("form", name, None, number) for name, number in forms.most_common()]
    return tuple(values)


def _values(index: Index, count: dict[str, Counter[str | int]]) -> tuple[FacetValue, ...]:
    """Return the values of all facets, in the order of the screen, from the number of articles of each."""
    values = [FacetValue("outlet", str(name), None, number) for name, number in _most(count["outlet"]) if name][:MOST]
    persons = [_person_value(index, int(person), number) for person, number in _most(count["person"])[: 4 * MOST]]
    for kind in ("person", "org", "place"):
        values += [value for value in persons if value.facet == kind][:MOST]
    values += _years({str(name): number for name, number in count["year"].items()})
    values += [FacetValue("form", str(name), None, number) for name, number in _most(count["form"])]
    return tuple(values)


def _most(count: Mapping[str | int, int]) -> list[tuple[str | int, int]]:
    """Return names and numbers, the most frequent first, equally frequent ones by name."""
    return sorted(count.items(), key=lambda one: (-one[1], str(one[0])))


def _years(count: Mapping[str, int]) -> list[FacetValue]:
    """Return the values of the facet of years, the latest year first."""
    dated = sorted(((int(year), number) for year, number in count.items() if year), reverse=True)
    return [FacetValue("year", format_year(year), None, number) for year, number in dated]


def _person_value(index: Index, person: int, articles: int | None) -> FacetValue:
    """Return the value of the facet for a person. `articles` is their number in the scope (None: in the library)."""
    about = index.persons.person(person)
    ref = index.entries.at(about.newest).entry.ref
    return FacetValue(about.kind, about.name, ref, about.articles if articles is None else articles)
