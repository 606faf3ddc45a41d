"""Facts about the articles of a scope: fetched for some articles at once or, for many, in a walk through all articles.

A question about one article takes a hundred times as long as passing it in a walk through all. A question to a server
takes a round trip, so facts of several articles are fetched together.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from operator import le

from dossier.library.index.reader import Index

MANY = 1_000
"""The number of articles from which on the whole library is walked through."""
REST = 200
"""Articles, or rows, after which None is yielded, so that the caller can do something else."""


class ArticleIds(Collection[int]):
    """The articles of a scope, each by its `first` and given once, to look others up in.

    They take eight bytes each, where a set takes seventy.
    """

    def __init__(self) -> None:
        self._ids = array("q")

    def wait_for(self, firsts: Iterable[int | None]) -> Iterator[None]:
        """Take all `firsts`, in whatever order. Yields None wherever `firsts` does."""
        ids = array("q")
        for first in firsts:
            if first is None:
                yield None
            else:
                ids.append(first)
        if not _rises(ids):
            ids.reverse()
        # Nearly always they are in one of the two orders: to sort them makes an object for each.
        self._ids = ids if _rises(ids) else array("q", sorted(ids))

    def __contains__(self, first: object) -> bool:
        if not isinstance(first, int):
            return False
        at = bisect_left(self._ids, first)
        return at < len(self._ids) and self._ids[at] == first

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def _rises(ids: "array[int]") -> bool:
    return all(map(le, ids, islice(ids, 1, None)))


def take_together(firsts: Iterable[int | None]) -> Iterator[list[int]]:
    """Yield the articles in lists of at most REST. A None ends a list, which may be empty."""
    some: list[int] = []
    for first in firsts:
        if first is not None:
            some.append(first)
        if first is None or len(some) == REST:
            yield some
            some = []
    if some:
        yield some


def row_filter(index: Index, firsts: Collection[int]) -> Callable[[int], bool]:
    """Return a function that tells whether a row id lies in one of the articles `firsts`."""
    begins, ends = array("q"), array("q")
    for first, end in index.articles.article_ranges():
        if first in firsts:
            begins.append(first)
            ends.append(end)

    def is_inside(row: int) -> bool:
        at = bisect_right(begins, row) - 1
        return at >= 0 and row < ends[at]

    return is_inside


def count_persons(index: Index, firsts: Collection[int], count: Callable[[Iterable[int]], None]) -> Iterator[None]:
    """Call `count` with the numbers of the persons in each of the articles, once for each article.

    Yields None from time to time.
    """
    if len(firsts) < MANY:
        for some in take_together(firsts):
            for persons in index.persons.person_ids_in(index.articles.fetch(some)):
                count(persons)
            yield None
        return
    before, is_counted, inside = -1, False, set[int]()
    for number, (first, person) in enumerate(index.persons.person_articles()):
        if first != before:
            count(inside)
            before, is_counted, inside = first, first in firsts, set()
        if is_counted:
            inside.add(person)
        if number % (100 * REST) == 0:
            yield None
    count(inside)


def facets_of_articles(index: Index, firsts: Collection[int]) -> Iterator[tuple[int, str, str, int | None]]:
    """Yield `first`, outlet, forms of quotes (spaces between) and earliest day of each of the articles."""
    if len(firsts) < MANY:
        rows = (row for some in take_together(firsts) for row in index.articles.fetch(some))
        return ((row.first, row.outlet, row.forms, row.earliest) for row in rows)
    return (fact for fact in index.articles.article_facets() if fact[0] in firsts)
