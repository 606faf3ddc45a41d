"""What a query finds in a library, and which articles a scope has, newest first.

The index proposes rows, and the matcher decides. An article is identified by the row id of its headline, here called
`first`. Each article is yielded as soon as it is found. None is yielded where many rows were looked at in vain, so that
the caller can do something else.
"""

from collections.abc import Callable, Iterator, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day, day_from_ordinal
from dossier.core.matcher import match
from dossier.core.query import NotesOnEntries, Query, asks_for_articles
from dossier.core.query_context import find_noted, list_conjuncts
from dossier.core.term_places import list_phrases
from dossier.library.candidate_rows import Reach, has_one, propose_rows
from dossier.library.index.articles import RangeFinder
from dossier.library.index.entries import FetchedTexts
from dossier.library.index.fts_query import FtsQuery, to_fts
from dossier.library.index.reader import Index
from dossier.library.index.schema import LAST_DAY, UNBOUNDED, UNBOUNDED_PAST, begin_of_day, day_of_row
from dossier.library.index.stored_entries import StoredEntries
from dossier.library.scope import Pin, Scope

PATIENCE = 500
"""Rows that do not match after which None is yielded."""
Bounds = tuple[int | None, int | None]
"""The lowest and the highest row id of a range; None: no bound."""


def find_matches(index: Index, query: Query, oldest_first: bool = False) -> Iterator[tuple[int, list[int]] | None]:
    """Yield the articles with a match, by date, each with the row ids of the matching entries in reading order."""
    proposal = to_fts(query)
    sure = proposal.exact and proposal.published is None and proposal.event is None
    among = set(index.entries.row_ids(proposal.articles)) if proposal.articles else None
    bounds = _row_bounds(index, proposal)
    nearby = [Reach(index, one, not oldest_first, *bounds) for one in proposal.nearby]
    finder = index.articles.range_finder()
    first, end, rows, is_wanted = -1, -1, list[int](), True
    article = _Confirming(index, first)
    noted = find_noted(query)
    phrases = [found for node in list_conjuncts(query) if (found := list_phrases(node))]
    coming = (
        _noted_rows(index, noted.notes, not oldest_first)
        if noted
        else _candidates(index, finder, proposal, nearby, bounds, not oldest_first, asks_for_articles(query))
    )
    for looked, row in enumerate(coming, 1):
        if looked % PATIENCE == 0:
            yield None
        if not first <= row < end:
            if rows:
                yield first, sorted(rows)
            first, end = finder.around(row)
            rows, is_wanted = [], among is None or first in among
            if not sure:
                article = _Confirming(index, first)
                has_rows = [one.move_to(first, end) for one in nearby]
                is_wanted = is_wanted and all(has_rows)
                is_wanted = is_wanted and all(one.is_inside(first, end, article.texts) for one in nearby)
        if is_wanted and (sure or article.is_match(row - first, query, phrases)):
            rows.append(row)
    if rows:
        yield first, sorted(rows)


class _Confirming:
    """Tells which entries match of the article that begins with the row id `first`."""

    def __init__(self, index: Index, first: int) -> None:
        self._index, self._first = index, first
        self._texts: FetchedTexts | None = None
        self._entries: StoredEntries | None = None

    def texts(self) -> FetchedTexts:
        """Return the texts of the article."""
        if self._texts is None:
            self._texts = self._index.entries.texts_of_article(self._first)
        return self._texts

    def is_match(self, at: int, query: Query, phrases: Sequence[Sequence[str]]) -> bool:
        """Return whether the entry at place `at` matches. Of each of `phrases` one must stand in it."""
        # Many entries have the words of a phrase, but not the phrase: a look at the text alone excludes these.
        if phrases:
            text = (self._entries or self.texts()).text(at)
            if not all(has_one(spelt, text) for spelt in phrases):
                return False
        if self._entries is None:
            self._entries = self._index.entries.of_article(self._index.articles.article(self._first), self._texts)
        stored = self._entries[at]
        return match(query, stored.entry, stored.about) is not None


def _candidates(
    index: Index,
    finder: RangeFinder,
    proposal: FtsQuery,
    nearby: Sequence[Reach],
    bounds: tuple[int | None, int | None],
    newest: bool,
    headlines: bool,
) -> Iterator[int]:
    """Return the row ids that the index proposes."""
    if proposal.match is None and proposal.event is not None:
        earliest, latest = proposal.event
        first_day = earliest.toordinal() if earliest else UNBOUNDED_PAST
        return index.entries.event_ids_between(first_day, latest.toordinal() if latest else UNBOUNDED, newest)
    if proposal.match is None and proposal.of_quotes and nearby:
        return _quotes_near(index, finder, nearby[0].rows(), newest)
    low, high = bounds
    if headlines and proposal.match is None:
        # The row of a headline is that of its article.
        return index.articles.article_ids(newest, low, high)
    return propose_rows(index, proposal.match, proposal.narrower, newest, low, high)


def _noted_rows(index: Index, notes: NotesOnEntries, newest: bool) -> Iterator[int]:
    """Yield the row ids of the entries with a note."""
    articles = filter(None, map(index.articles.find, notes.articles))
    for article in sorted(articles, key=lambda row: row.first, reverse=newest):
        entries = [stored.entry for stored in index.entries.of_article(article)]
        settled = notes.settle(article.ref.article, entries)
        rows = [article.first + at for at, entry in enumerate(entries) if entry.ref in settled]
        yield from reversed(rows) if newest else rows


def _quotes_near(index: Index, finder: RangeFinder, rows: Iterator[int], newest: bool) -> Iterator[int]:
    """Yield the row ids of all quotes of the articles that have one of these rows, in their order.

    `finder` then knows the articles of these quotes, too.
    """
    first, end = -1, -1
    for row in rows:
        if not first <= row < end:
            first, end = finder.around(row)
            quotes = index.articles.article(first).pane("quotes")
            yield from reversed(quotes) if newest else quotes


def _row_bounds(index: Index, proposal: FtsQuery) -> Bounds:
    """Return the lowest and the highest row id of the articles published in the span asked for; None: no bound.

    Articles whose date of publication is a longer span are among them.
    """
    if proposal.published is None:
        return None, None
    earliest, latest = proposal.published
    low = high = None
    if earliest:
        low = begin_of_day(_clamp_day(earliest.toordinal() - index.articles.longest_span()))
    if latest:
        # The day in UTC may be the one after the day as written.
        high = begin_of_day(_clamp_day(latest.toordinal() + 1) + 1) - 1
    return low, high


def _clamp_day(ordinal: int) -> int:
    """Return the day that row ids have for a day."""
    return max(0, min(ordinal, LAST_DAY))


class FoundArticle(NamedTuple):
    """An article of a scope, and the row ids of its entries that match the query, in reading order.

    Without a query there are none.
    """

    first: int
    rows: Sequence[int] = ()


def find_scope_articles(index: Index, scope: Scope, oldest_first: bool = False) -> Iterator[FoundArticle | None]:
    """Yield the articles of a scope by date, the newest first unless `oldest_first`."""
    wanted = [_wanted(index, pin) for pin in scope.pins]
    if scope.query is None:
        coming: Iterator[FoundArticle | None] = (
            FoundArticle(first) for first in index.articles.article_ids(newest=not oldest_first)
        )
    else:
        coming = (found and FoundArticle(*found) for found in find_matches(index, scope.query, oldest_first))
    seen = 0
    for found in coming:
        if found is None or all(keep(found.first) for keep in wanted):
            yield found
        elif (seen := seen + 1) % PATIENCE == 0:
            yield None


def _wanted(index: Index, pin: Pin) -> Callable[[int], bool]:
    """Return a function that tells whether an article, given its `first`, meets the pin."""
    if pin.facet == "year":
        return lambda first: _is_of_year(index, first, int(pin.name)) != pin.excluded
    if pin.facet == "form":
        return lambda first: (pin.name in index.articles.article(first).forms.split()) != pin.excluded
    if pin.facet == "outlet":
        among = frozenset(index.articles.outlet_article_ids(pin.name))
    else:
        among = frozenset(index.persons.article_ids_of_person(pin.ref)) if pin.ref else frozenset()
    return lambda first: (first in among) != pin.excluded


def is_pinned(index: Index, pin: Pin, first: int) -> bool:
    """Return whether an article, given its `first`, meets the pin."""
    return _wanted(index, pin)(first)


def _is_of_year(index: Index, first: int, year: int) -> bool:
    """Return whether an article, given its `first`, was published in a year, by the day as written."""
    day = day_of_row(first)
    # The day in UTC, which the row id has, may be the one before or after. Far years have no days of their own.
    begin, end = (_clamp_day(one.toordinal()) for one in (Day(year, 1, 1), Day(year, 12, 31)))
    if begin < day < end:
        return True
    if not begin - 1 <= day <= end + 1:
        return False
    earliest = index.articles.article(first).earliest
    return earliest not in (None, UNBOUNDED_PAST) and day_from_ordinal(earliest).year == year
