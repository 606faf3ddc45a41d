"""The rows of people, quotes and timeline for a scope of the library, as lists that grow while they are gathered."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.library.index.reader import Index, PersonRow
from dossier.library.scope import ORDERS, Scope
from dossier.library.scope_panes import (
    find_event_rows,
    find_person_ids,
    find_quote_rows,
    make_event_entry,
    make_person_entry,
    make_quote_entry,
    matching_rows,
)
from dossier.library.tasks import ListKey, follow_list


def make_pane_list(
    index: Index, key: ListKey, articles: Callable[[Scope, str], GrowingArticleList], grown: Callable[[], None]
) -> GrowingList:
    """Return the list of the rows of a pane with this key, not gathered yet.

    `articles` returns the articles of a scope in an order. `grown` is called when the list has grown.
    """
    name, scope, order, query, _ = key
    fetch_ahead: Callable[[Sequence[int]], None] = index.entries.fetch_ahead

    def firsts() -> Iterator[int | None]:
        return follow_list(articles(scope, order or ORDERS[0]))

    ids_of = partial(_person_at if name == "people" else _row_at, index)
    if name == "people":
        count: Counter[int] = Counter()
        known: dict[int, PersonRow] = {}
        coming = find_person_ids(index, scope, firsts, count)
        entry = partial(make_person_entry, index, count, known)
        fetch_ahead = partial(_fetch_persons, index, known)
    elif name == "quotes":
        coming = find_quote_rows(index, scope, firsts, order)
        entry = partial(make_quote_entry, index)
    else:
        coming = find_event_rows(index, scope, firsts)
        entry = partial(make_event_entry, index)
    if query:
        coming = matching_rows(index, name, query, coming)
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
