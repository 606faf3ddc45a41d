"""Count the values of all facets over the articles of a scope: outlets, people, years, forms of quotes."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import count_years, format_year
from dossier.library.facets import FacetValue
from dossier.library.index.reader import Index, PersonRow
from dossier.library.index.schema import UNBOUNDED_PAST
from dossier.library.scope import Scope
from dossier.library.scope_walk import ArticleIds, count_persons, facets_of_articles

MOST = 40
"""The most values of a facet that are offered, the most frequent ones."""
_TOGETHER = 2 * MOST
"""The most persons whose entries are fetched together."""


class _Count(NamedTuple):
    """The numbers of the articles of each outlet, of those with quotes of each form, and of those of each year."""

    outlets: Counter[str]
    forms: Counter[str]
    years: Counter[int]


def count_facets(index: Index, scope: Scope, firsts: Iterable[int | None]) -> Iterator[tuple[FacetValue, ...]]:
    """Yield the values of all facets of a scope, twice: without persons, and with them.

    `firsts` are the articles of the scope as they are found, None while none is. Between its results the function
    yields an empty tuple from time to time, so that the caller can stop it.
    """
    if scope == Scope():
        yield _of_library(index)
        return
    outlets, forms, days = Counter[str](), Counter[str](), Counter[int | None]()
    persons: Counter[int] = Counter()
    among = ArticleIds()
    for _ in among.wait_for(firsts):
        yield ()
    for _, outlet, together, earliest in facets_of_articles(index, among):
        outlets[outlet] += 1
        days[earliest] += 1
        forms[together] += 1
    count = _Count(outlets, _count_each(forms.items()), count_publication_years(days))
    yield _values(index, count, persons)
    for _ in count_persons(index, among, persons.update):
        yield ()
    yield _values(index, count, persons)


def count_publication_years(days: Mapping[int | None, int]) -> Counter[int]:
    """Return how many articles were published in each year; those without one are in none.

    `days` has the number of articles of each earliest day, as written.
    """
    return count_years({day: number for day, number in days.items() if day not in (None, UNBOUNDED_PAST)})


def _of_library(index: Index) -> tuple[FacetValue, ...]:
    """Return the values of all facets of the whole library, which the index has counted."""
    values = [FacetValue("outlet", name, None, number) for name, number in index.articles.outlet_counts(MOST)]
    rows = _persons(index, list(index.persons.person_ids(most=MOST)))
    values += _person_values(index, [(row, row.articles) for row in rows])
    values += _years(count_publication_years(Counter(index.articles.publication_days())))
    forms = _count_each(index.articles.form_counts())
    values += [FacetValue("form", name, None, number) for name, number in _most(forms)]
    return tuple(values)


def _count_each(together: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return the number of articles that have quotes of each form, from those of each set of forms."""
    count: Counter[str] = Counter()
    for forms, number in together:
        count.update(dict.fromkeys(forms.split(), number))
    return count


def _values(index: Index, count: _Count, persons: Counter[int]) -> tuple[FacetValue, ...]:
    """Return the values of all facets, in the order of the screen, from the number of articles of each."""
    values = [FacetValue("outlet", name, None, number) for name, number in _most(count.outlets) if name][:MOST]
    frequent = _most_frequent(index, persons, 4 * MOST)
    of_kinds = ([one for one in frequent if one[0].kind == kind][:MOST] for kind in ("person", "org", "place"))
    values += _person_values(index, list(chain.from_iterable(of_kinds)))
    values += _years(count.years)
    values += [FacetValue("form", name, None, number) for name, number in _most(count.forms)]
    return tuple(values)


def _most(count: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return names and numbers, the most frequent first, equally frequent ones by name."""
    return sorted(count.items(), key=lambda one: (-one[1], one[0]))


def _most_frequent(index: Index, count: Mapping[int, int], most: int) -> list[tuple[PersonRow, int]]:
    """Return the persons that are counted most often, at most `most`, equally frequent ones by name.

    Their own numbers do not tell which come first: an index that is made anew may give them others.
    """
    # A server is asked once where all are among them.
    least = min(nlargest(most, count.values())) if len(count) > most else 0
    rows = _persons(index, [person for person, number in count.items() if number > least])
    as_frequent = [person for person, number in count.items() if number == least]
    rows += index.persons.first_by_name(as_frequent, most - len(rows))
    return sorted([(row, count[row.person]) for row in rows], key=lambda one: (-one[1], one[0].name, -one[0].newest))


def _years(count: Mapping[int, int]) -> list[FacetValue]:
    """Return the values of the facet of years, the latest year first."""
    return [FacetValue("year", format_year(year), None, number) for year, number in sorted(count.items(), reverse=True)]


def _persons(index: Index, numbers: Collection[int]) -> list[PersonRow]:
    """Return the persons with these numbers, in this order, but for those that are gone."""
    found = {row.person: row for row in index.persons.first_by_name(numbers, len(numbers))}
    return [found[number] for number in numbers if number in found]


def _person_values(index: Index, persons: Sequence[tuple[PersonRow, int]]) -> list[FacetValue]:
    """Return the values of the facet for persons, each with the number of articles in the scope."""
    values: list[FacetValue] = []
    for at in range(0, len(persons), _TOGETHER):
        some = persons[at : at + _TOGETHER]
        index.entries.fetch_ahead([row.newest for row, _ in some])
        values += [FacetValue(row.kind, row.name, index.entries.at(row.newest).entry.ref, own) for row, own in some]
    return values
