"""The rows of the panes when they range over many articles: quotes, events and persons.

Quotes come by article, in the order of the list of articles; events by date over all articles; persons by the number of
articles they are in. Where a person is pinned, only rows that are linked to them stay.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Final

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.query import AllConditions, PaneCondition, Query, asks_for_articles
from dossier.library.article_rows import find_unsaid_zone, format_index_date
from dossier.library.growing_list import Coming, flatten_ids
from dossier.library.index.fts_query import to_fts
from dossier.library.index.reader import Index, PersonRow
from dossier.library.scope import ORDERS, FoundArticle, Pin, Scope
from dossier.library.scope_search import find_matches
from dossier.library.scope_walk import MANY, REST, ArticleIds, count_persons, row_filter, take_together
from dossier.text.messages import count_noun

_GROUPS = {"person": "People", "org": "Organisations", "place": "Places"}
BY_NAME: Final = "same name: ="
"""Marks a person who is one person in several articles by the full name alone, with the key that tells more."""
_OUTLET = 18
_AT_ONCE = 2_048

Names = dict[int, list[tuple[str, str, int]]]
"""Kind, name and number of each person in an article, by its `first`."""
Firsts = Callable[[], Iterable[int | None]]
"""Returns the articles of the scope as they are found, by the row ids of their headlines; None while none is."""


def find_quote_rows(index: Index, scope: Scope, firsts: Firsts, order: str = ORDERS[0]) -> Iterator[Coming]:
    """Yield the row ids of the quotes of a scope, those of an article together.

    The articles come as in `firsts`, which has them in `order` (one of ORDERS).
    """
    if scope == Scope() and order in ORDERS[:2]:
        yield from index.entries.pane_ranges("quotes", newest=order == ORDERS[0])
        return
    keep = _kept(index, scope)
    for some in take_together(firsts()):
        for article in index.articles.fetch(some):
            rows = article.pane("quotes")
            yield rows if keep is None else [row for row in rows if keep(row)]
        yield None


def find_event_rows(index: Index, scope: Scope, firsts: Firsts) -> Iterator[Coming]:
    """Yield the row ids of the events of a scope, by date."""
    if scope == Scope():
        coming = index.entries.event_ids()
        while rows := list(islice(coming, _AT_ONCE)):
            yield rows
        return
    keep = _kept(index, scope)
    among = ArticleIds()
    yield from among.wait_for(firsts())
    if len(among) < MANY:
        dates = (one for some in take_together(among) for one in index.entries.event_dates(index.articles.fetch(some)))
        found = sorted(chain.from_iterable(dates))
        yield [row for _, _, row, _ in found if keep is None or keep(row)]
        return
    is_inside, coming = row_filter(index, among), index.entries.event_ids()
    # The walk takes a while, and the filter has what it needs of them.
    del among
    while rows := list(islice(coming, _AT_ONCE)):
        yield [row for row in rows if is_inside(row) and (keep is None or keep(row))]
        yield None


def find_person_ids(
    index: Index, scope: Scope, firsts: Firsts, count: Counter[int], known: dict[int, PersonRow]
) -> Iterator[Coming]:
    """Yield the numbers of the persons of a scope, then of the organisations, then of the places.

    Within a kind those in most articles of the scope come first. `count` is filled with the number of articles of each,
    but stays empty for the whole library, whose numbers the index has. `known` is filled with the persons themselves
    where there are few.
    """
    if scope == Scope():
        yield from index.persons.person_ids()
        return
    among = ArticleIds()
    yield from among.wait_for(firsts())
    yield from count_persons(index, among, count.update)
    kinds = list(_GROUPS)
    if len(count) < MANY:
        known.update((one.person, one) for one in index.persons.first_by_name(count, len(count)))
        kind = {person: kinds.index(one.kind) for person, one in known.items()}
    else:
        kind = {person: place for place, name in enumerate(kinds) for person in index.persons.person_ids(name)}
    order = sorted(count, key=lambda person: (kind.get(person, 0), -count[person], person))
    yield order


def find_pane_matches(index: Index, name: str, query: Query) -> Iterator[FoundArticle | None]:
    """Yield the articles with entries in the pane `name` that `query` finds, as `find_matches` does."""
    if query.root is None or (asks_for_articles(query) and to_fts(query).exact):
        # Headlines stand for the articles, and those are in no such pane.
        return iter(())
    return find_matches(index, replace(query, root=AllConditions((query.root, PaneCondition(name)))))


def matching_rows(
    index: Index,
    name: str,
    query: Query,
    coming: Iterator[Coming],
    hits: Iterator[FoundArticle | None] | None = None,
    order: str = ORDERS[0],
) -> Iterator[Coming]:
    """Yield those of the rows `coming` for the pane `name` that `query` finds, in their order.

    `hits` are the articles that `query` finds, the newest first, as `find_pane_matches` yields them. Quotes come by
    article, in `order` (one of ORDERS).
    """
    if query.root is None:
        yield from coming
        return
    matches = find_pane_matches(index, name, query) if hits is None else hits
    if name == "quotes" and order == ORDERS[0]:
        yield from _rows_of_both(flatten_ids(coming), matches)
        return
    wanted: set[int] = set()
    matching: list[int] = []
    for number, found in enumerate(chain(matches, (None,)), 1):
        if found:
            matching += found.rows
        if found is None or number % REST == 0:
            wanted.update(matching if name != "people" else index.persons.persons_at(matching).values())
            matching.clear()
            yield None
    if wanted:
        yield from (row for row in flatten_ids(coming) if row is None or row in wanted)


def _rows_of_both(coming: Iterator[int | None], matches: Iterator[FoundArticle | None]) -> Iterator[int | None]:
    """Yield the rows of `coming` that are in `matches`. Both have the articles newest first, by falling row ids."""
    row = next(coming, -1)
    for found in matches:
        if found is None:
            yield None
            continue
        first, rows = found
        wanted = set(rows)
        while row is None or row >= first:
            if row is None or row in wanted:
                yield row
            row = next(coming, -1)
        if row == -1:
            return


def make_quote_entry(index: Index, row: int) -> Entry:
    """Return the quote with this row id, under a heading for its article."""
    article = index.articles.article_of(row)
    entry = index.entries.at(row, article).entry
    heading = " · ".join(filter(None, (format_index_date(article.published), article.outlet, article.headline)))
    return replace(entry, group=heading)


def make_event_entry(index: Index, row: int) -> Entry:
    """Return the event with this row id, with the outlet of its article, and the zone that its times leave out.

    Between events of other articles, in the order of their instants, times without their zones would look out of order.
    """
    article = index.articles.article_of(row)
    entry = index.entries.at(row, article).entry
    outlet = article.outlet if len(article.outlet) <= _OUTLET else article.outlet[: _OUTLET - 1] + "…"
    zone = find_unsaid_zone(entry.date, article.published) if entry.date else ""
    return replace(entry, group="", aside=" · ".join(filter(None, (outlet, zone))))


def make_person_entry(index: Index, count: Mapping[int, int], known: Mapping[int, PersonRow], person: int) -> Entry:
    """Return a person as the newest article has them, with the number of articles.

    `count` has the numbers of articles in the scope. Where that is less than in the library, both are given: `3 of 12
    articles`. `known` has persons that were fetched before.
    """
    about = known.get(person) or index.persons.person(person)
    entry = index.entries.at(about.newest).entry
    said = f"  {count_noun(about.quotes, 'quote')}" if about.quotes else ""
    part = f"{count[person]:,} of " if count.get(person, about.articles) < about.articles else ""
    aside = f"{part}{count_noun(about.articles, 'article')}{'' if part else said}"
    parts = (Part("name", about.name), *(part for part in entry.parts if part.name in ("native", "role", "org")))
    joined = (Part("note", BY_NAME),) if about.by_name else ()
    return replace(entry, parts=(*parts, *joined), group=_GROUPS[about.kind], aside=aside, anchors=())


def find_linked_persons(index: Index, row: int, names: Names) -> frozenset[int]:
    """Return the numbers of the persons that an entry is linked to, by the names that its own article has.

    `names` are those of the article that was asked for last: the next entry is mostly one of the same.
    """
    article = index.articles.article_of(row)
    fields = index.entries.at(row, article).about.fields
    named = names.get(article.first)
    if named is None:
        (named,) = index.persons.names_in((article,))
        names.clear()
        names[article.first] = named
    return frozenset([person for kind, name, person in named if name in fields.get(kind, ())])


def has_entry_pins(scope: Scope) -> bool:
    """Return whether the pins of the scope leave only some of the entries of its articles."""
    return bool(_entry_pins(scope))


def _entry_pins(scope: Scope) -> list[Pin]:
    return [pin for pin in scope.pins if pin.ref or pin.facet == "form"]


def _kept(index: Index, scope: Scope) -> Callable[[int], bool] | None:
    """Return a function that tells whether a row stays, by the pins on entries; None when there are no such pins."""
    pins = _entry_pins(scope)
    if not pins:
        return None
    persons = {pin.ref: index.persons.person_of(pin.ref) for pin in pins if pin.ref}
    names: Names = {}

    def meets(row: int, pin: Pin) -> bool:
        if pin.ref is None:
            entry = index.entries.at(row).entry
            return entry.ref.kind != "quote" or (entry.form == pin.name) != pin.excluded
        return (persons[pin.ref] in find_linked_persons(index, row, names)) != pin.excluded

    return lambda row: all(meets(row, pin) for pin in pins)
