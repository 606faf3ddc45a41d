"""The rows of people, quotes and timeline for a scope of the library, as lists that grow while they are gathered."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.library.index.reader import Index, PersonRow
from dossier.library.scope import ORDERS, FoundArticle, Scope
from dossier.library.scope_panes import (
    find_event_rows,
    find_pane_matches,
    find_person_ids,
    find_quote_rows,
    make_event_entry,
    make_person_entry,
    make_quote_entry,
    matching_rows,
)
from dossier.library.scope_walk import MANY, REST
from dossier.library.tasks import ListKey, follow_hits, follow_list

Articles = Callable[[Scope, str], GrowingArticleList]
"""Returns the articles of a scope in an order, one of ORDERS."""


def find_hits_in_pane(index: Index, key: ListKey, articles: Articles) -> Iterator[FoundArticle | None]:
    """Yield the articles with entries in a pane that the query of `key` finds, the newest first.

    None is yielded from time to time. If the articles of the scope were found by the same query, their list has the
    entries: they are not searched for again, unless there are too many.
    """
    name, scope, _, query, _ = key
    assert query
    last: int | None = None
    if query == scope.query and scope.has_entry_hits:
        found = articles(scope, ORDERS[0])
        for hits in _people_hits(index, found) if name == "people" else follow_hits(found):
            yield hits
            last = hits.first if hits else last
        if found.is_done and found.has_all_hits and (name != "people" or len(found) < MANY):
            return
    for hits in find_pane_matches(index, name, query):
        if hits is None or last is None or hits.first < last:
            yield hits


def _people_hits(index: Index, found: GrowingArticleList) -> Iterator[FoundArticle | None]:
    """Yield the hits of articles that are in the pane of people, if there are few articles."""
    every: list[FoundArticle] = []
    for hits in follow_hits(found):
        if hits:
            every.append(hits)
        else:
            yield None
    if len(found) >= MANY or not found.has_all_hits:
        return
    for at in range(0, len(every), REST):
        some = every[at : at + REST]
        for article, (first, rows) in zip(index.articles.fetch([first for first, _ in some]), some, strict=True):
            if inside := [row for row in rows if row in article.pane("people")]:
                yield FoundArticle(first, inside)


def make_pane_list(index: Index, key: ListKey, articles: Articles, grown: Callable[[], None]) -> GrowingList:
    """Return the list of the rows of a pane with this key, not gathered yet.

    `grown` is called when the list has grown.
    """
    name, scope, order, query, _ = key
    fetch_ahead: Callable[[Sequence[int]], None] = index.entries.fetch_ahead

    def firsts() -> Iterator[int | None]:
        return follow_list(articles(scope, order or ORDERS[0]))

    ids_of = partial(_person_at if name == "people" else _row_at, index)
    if name == "people":
        count: Counter[int] = Counter()
        known: dict[int, PersonRow] = {}
        coming = find_person_ids(index, scope, firsts, count, known)
        entry = partial(make_person_entry, index, count, known)
        fetch_ahead = partial(_fetch_persons, index, known)
    elif name == "quotes":
        coming = find_quote_rows(index, scope, firsts, order)
        entry = partial(make_quote_entry, index)
    else:
        coming = find_event_rows(index, scope, firsts)
        entry = partial(make_event_entry, index)
    if query:
        coming = matching_rows(index, name, query, coming, find_hits_in_pane(index, key, articles), order or ORDERS[0])
    return GrowingList(coming, entry, ids_of, grown, fetch_ahead)


def _fetch_persons(index: Index, known: dict[int, PersonRow], persons: Sequence[int]) -> None:
    """Have persons at hand, and the entries that they are shown by."""
    if persons[0] not in known:
        known.update((one.person, one) for one in index.persons.first_by_name(persons, len(persons)))
    index.entries.fetch_ahead([known[one].newest for one in persons if one in known])


def _row_at(index: Index, ref: Ref) -> tuple[int, ...]:
    row = index.entries.row_id_of(ref)
    return () if row is None else (row,)


def _person_at(index: Index, ref: Ref) -> tuple[int, ...]:
    person = index.persons.person_of(ref)
    return () if person is None else (person,)
