"""Who is in the articles of a scope, and how often, is asked article by article, or in one walk where there are many.

To ask for one article takes a hundred times as long as to pass it in a walk through all of them.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from dossier.library.index.reader import Index

MANY = 1_000
"""From so many articles on, all of the library are walked through."""
REST = 200
"""So many articles, or rows, are gone through between two signs of life."""


def known(firsts: Iterable[int | None], into: set[int]) -> Iterator[None]:
    """Wait until all articles are known, and have them in the set."""
    for first in firsts:
        if first is None:
            yield None
        else:
            into.add(first)


def inside(index: Index, firsts: Collection[int]) -> Callable[[int], bool]:
    """Whether a row id is of one of the articles."""
    begins, ends = array("q"), array("q")
    for first, end in index.articles.article_ranges():
        if first in firsts:
            begins.append(first)
            ends.append(end)

    def is_inside(row: int) -> bool:
        at = bisect_right(begins, row) - 1
        return at >= 0 and row < ends[at]

    return is_inside


def persons_among(index: Index, firsts: Collection[int], count: Callable[[Iterable[int]], None]) -> Iterator[None]:
    """Give everybody in each of the articles to `count`, once an article; signs of life between."""
    if len(firsts) < MANY:
        for number, first in enumerate(firsts):
            count(index.persons.person_ids_in(first))
            if number % REST == 0:
                yield None
        return
    before, inside = -1, set[int]()
    for number, (first, person) in enumerate(index.persons.person_articles()):
        if first != before:
            count(inside)
            before, inside = first, set()
        if first in firsts:
            inside.add(person)
        if number % (100 * REST) == 0:
            yield None
    count(inside)


def facts_among(index: Index, firsts: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """Each of the articles with its outlet and the forms of its quotes."""
    if len(firsts) < MANY:
        return ((first, (row := index.articles.article(first)).outlet, row.forms) for first in firsts)
    return (fact for fact in index.articles.article_facets() if fact[0] in firsts)
