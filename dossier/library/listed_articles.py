"""Find articles of a list by their headlines and outlets, with the index.

Every word may stand in the headline or be one of the outlet. The index is asked for each word by itself, and then the
list is gone through: for each article only the sets of what was found are looked into.
"""

from collections.abc import Callable, Generator, Iterable, Iterator

from dossier.core.dataclasses import NamedTuple
from dossier.core.query import (
    ARTICLE_FIELDS,
    AllConditions,
    AnyCondition,
    Condition,
    FieldCondition,
    NotCondition,
    NotedCondition,
    PaneCondition,
    Query,
    Term,
    TermMatch,
)
from dossier.library.index.reader import Index
from dossier.library.scope_search import PATIENCE, find_matches

_HEADLINE = PaneCondition("headline")

Decide = Callable[[int], bool]
"""Returns whether an article, by the row id of its headline, meets a condition."""


class ListedArticle(NamedTuple):
    """An article of a list: its row there, from 0, and the row id of its headline."""

    place: int
    first: int


def find_listed(index: Index, query: Query, listed: Iterable[int | None]) -> Iterator[ListedArticle | None]:
    """Yield the articles of the list `listed` that `query` finds by headline or outlet, in the order of the list.

    `listed` has the articles by the row ids of their headlines as they become known, None while none is. None is
    yielded from time to time, so that the caller can do something else.
    """
    meets = (yield from _gather(index, query.root)) if query.root else None
    place = 0
    for first in listed:
        if first is None:
            yield None
            continue
        if meets is None or meets(first):
            yield ListedArticle(place, first)
        place += 1
        if place % PATIENCE == 0:
            yield None


def _gather(index: Index, node: Condition) -> Generator[None, None, Decide]:
    """Return a function that decides for each article. Yields None from time to time."""
    if isinstance(node, NotCondition):
        meets = yield from _gather(index, node.node)
        return lambda first: not meets(first)
    if isinstance(node, AllConditions | AnyCondition):
        parts: list[Decide] = []
        for one in node.nodes:
            parts.append((yield from _gather(index, one)))
        combine = all if isinstance(node, AllConditions) else any
        return lambda first: combine(meets(first) for meets in parts)
    among: set[int] = set()
    for asked in _asked(node):
        for number, found in enumerate(find_matches(index, Query("", asked)), 1):
            if found:
                among.add(found.first)
            if found is None or number % PATIENCE == 0:
                yield None
    return among.__contains__


def _asked(node: Condition) -> tuple[Condition, ...]:
    """Return the conditions, one of which must hold for an entry of an article for its row to meet `node`."""
    if isinstance(node, Term):
        if node.match_mode is TermMatch.ANYWHERE:
            # The index has words by their beginnings only.
            node = node._replace(match_mode=TermMatch.WORD_START)
        return AllConditions((node, _HEADLINE)), FieldCondition("outlet", (node,))
    if isinstance(node, NotedCondition) or (isinstance(node, FieldCondition) and node.name in ARTICLE_FIELDS):
        return (node,)
    return (AllConditions((node, _HEADLINE)),)
