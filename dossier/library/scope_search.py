"""What a query finds in a library, and which articles a scope has, newest first.

The index proposes rows, and the matcher decides. An article is identified by the row id of its headline, here called
`first`. Each article is yielded as soon as it is found. None is yielded where many rows were looked at in vain, so that
the caller can do something else.
"""

from collections.abc import Callable, Iterator, Sequence

from dossier.core.dates.days import Day, day_from_ordinal
from dossier.core.matcher import match
from dossier.core.query import NotesOnEntries, Query, asks_for_articles
from dossier.core.query_context import find_noted, list_conjuncts
from dossier.core.term_places import list_phrases, may_have_any_phrase
from dossier.library.candidate_rows import NearbyRows, RowRange, propose_rows
from dossier.library.index.articles import RangeFinder
from dossier.library.index.entries import FetchedTexts
from dossier.library.index.fts_query import FtsQuery, to_fts
from dossier.library.index.reader import Index
from dossier.library.index.schema import LAST_DAY, UNBOUNDED, UNBOUNDED_PAST, begin_of_day, day_of_row
from dossier.library.index.stored_entries import StoredEntries
from dossier.library.scope import FoundArticle, Pin, Scope

PATIENCE = 500
"""Rows that do not match after which None is yielded."""


def find_matches(index: Index, query: Query, oldest_first: bool = False) -> Iterator[FoundArticle | None]:
    """Yield the articles with a match, by date, each with the row ids of the matching entries in reading order."""
    proposal = to_fts(query)
    allowed = RowRange(not oldest_first, *_row_bounds(index, proposal))
    nearby = [NearbyRows(index, one, allowed) for one in proposal.nearby]
    noted = find_noted(query)
    finder = index.articles.range_finder()
    coming = (
        _noted_rows(index, noted.notes, allowed.newest)
        if noted
        else _candidates(index, finder, proposal, nearby, allowed, asks_for_articles(query))
    )
    decider = _RowDecider(index, query, proposal, nearby)
    first, end, matching, may_match = -1, -1, list[int](), False
    for looked_at, row in enumerate(coming, 1):
        if looked_at % PATIENCE == 0:
            yield None
        if not first <= row < end:
            if matching:
                yield FoundArticle(first, sorted(matching))
            first, end = finder.around(row)
            matching, may_match = [], decider.move_to(first, end)
        if may_match and (decider.is_sure or decider.is_match(row)):
            matching.append(row)
    if matching:
        yield FoundArticle(first, sorted(matching))


class _RowDecider:
    """Decides which of the proposed rows match, one article after the other.

    `is_sure` says that all do in an article that may have a match.
    """

    def __init__(self, index: Index, query: Query, proposal: FtsQuery, nearby: Sequence[NearbyRows]) -> None:
        self.is_sure = proposal.exact and proposal.published is None and proposal.event is None
        self._index, self._query, self._nearby = index, query, nearby
        self._among = set(index.entries.row_ids(proposal.articles)) if proposal.articles else None
        self._phrases = [found for node in list_conjuncts(query) if (found := list_phrases(node))]
        """Of each of these one phrase stands in an entry that matches."""
        self._first = -1
        self._texts: FetchedTexts | None = None
        self._entries: StoredEntries | None = None

    def move_to(self, first: int, end: int) -> bool:
        """Move to the article with the row ids from `first` to `end`, the end excluded; return whether it may match."""
        is_among = self._among is None or first in self._among
        if self.is_sure:
            return is_among
        self._first, self._texts, self._entries = first, None, None
        # All of them must move.
        has_rows = [rows.move_to(first, end) for rows in self._nearby]
        return (
            is_among and all(has_rows) and all(rows.is_fulfilled(first, end, self._read_texts) for rows in self._nearby)
        )

    def is_match(self, row: int) -> bool:
        """Return whether the entry with this row id, of the article that was moved to, matches."""
        at = row - self._first
        # Many entries have the words of a phrase, but not the phrase: a look at the text alone excludes these.
        if self._phrases:
            text = (self._entries or self._read_texts()).text(at)
            if not all(may_have_any_phrase(phrases, text) for phrases in self._phrases):
                return False
        if self._entries is None:
            self._entries = self._index.entries.of_article(self._index.articles.article(self._first), self._texts)
        stored = self._entries[at]
        return match(self._query, stored.entry, stored.about) is not None

    def _read_texts(self) -> FetchedTexts:
        if self._texts is None:
            self._texts = self._index.entries.texts_of_article(self._first)
        return self._texts


def _candidates(
    index: Index,
    finder: RangeFinder,
    proposal: FtsQuery,
    nearby: Sequence[NearbyRows],
    allowed: RowRange,
    headlines: bool,
) -> Iterator[int]:
    """Return the row ids that the index proposes."""
    if proposal.match is None and proposal.event is not None:
        earliest, latest = proposal.event
        first_day = earliest.toordinal() if earliest else UNBOUNDED_PAST
        return index.entries.event_ids_between(first_day, latest.toordinal() if latest else UNBOUNDED, allowed.newest)
    if proposal.match is None and proposal.of_quotes and nearby:
        return _quotes_near(index, finder, nearby[0].iterate_rows(), allowed.newest)
    if headlines and proposal.match is None:
        # The row of a headline is that of its article.
        return index.articles.article_ids(*allowed)
    return propose_rows(index, proposal.match, proposal.narrower, allowed)


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


def _row_bounds(index: Index, proposal: FtsQuery) -> tuple[int | None, int | None]:
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


def find_scope_articles(index: Index, scope: Scope, oldest_first: bool = False) -> Iterator[FoundArticle | None]:
    """Yield the articles of a scope by date, the newest first unless `oldest_first`."""
    wanted = [_wanted(index, pin) for pin in scope.pins]
    if scope.query is None:
        coming: Iterator[FoundArticle | None] = (
            FoundArticle(first) for first in index.articles.article_ids(newest=not oldest_first)
        )
    else:
        coming = find_matches(index, scope.query, oldest_first)
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
