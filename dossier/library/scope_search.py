"""What a query finds in a library, and which articles a scope has, newest first.

The index proposes rows, and the matcher decides. An article is identified by the row id of its headline, here called
`first`. Each article is yielded as soon as it is found. None is yielded where many rows were looked at in vain, so that
the caller can do something else.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day, day_from_ordinal
from dossier.core.matcher import match
from dossier.core.query import NotesOnEntries, Query, Term, asks_for_articles
from dossier.core.query_context import find_noted, list_conjuncts
from dossier.core.term_places import may_have_phrase, spell_phrase
from dossier.library.index.fts_query import FtsQuery, to_fts
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.reader import Index
from dossier.library.index.schema import LAST_DAY, UNBOUNDED, UNBOUNDED_PAST, begin_of_day, day_of_row
from dossier.library.index.stored_entries import StoredEntries
from dossier.library.scope import Pin, Scope

PATIENCE = 500
"""Rows that do not match after which None is yielded."""
_FEW, _ARTICLES_A_ROW = 64, 64
"""The least number of rows that are checked before a narrower condition is asked for, and the number of articles of the
library for each such row. The time until an engine finds the first row of that condition grows with the library.
"""


def find_matches(index: Index, query: Query, oldest_first: bool = False) -> Iterator[tuple[int, list[int]] | None]:
    """Yield the articles with a match, by date, each with the row ids of the matching entries in reading order."""
    proposal = to_fts(query)
    sure = proposal.exact and proposal.published is None and proposal.event is None
    headlines = asks_for_articles(query)
    among = set(index.entries.row_ids(proposal.articles)) if proposal.articles else None
    nearby = [_Reach(_rows_of_any(index, one, not oldest_first), not oldest_first) for one in proposal.nearby]
    finder = index.articles.range_finder()
    first, end, rows, is_wanted = -1, -1, list[int](), True
    entries: StoredEntries | None = None
    noted = find_noted(query)
    phrases = [spelt for node in list_conjuncts(query) if isinstance(node, Term) and (spelt := spell_phrase(node))]
    coming = (
        _noted_rows(index, noted.notes, not oldest_first)
        if noted
        else _candidates(index, proposal, not oldest_first, headlines)
    )
    for looked, row in enumerate(coming, 1):
        if looked % PATIENCE == 0:
            yield None
        if not first <= row < end:
            if rows:
                yield first, sorted(rows)
            first, end = finder.around(row)
            rows, entries = [], None
            is_wanted = (among is None or first in among) and all(one.is_inside(first, end) for one in nearby)
        if not is_wanted:
            continue
        if not sure:
            if entries is None:
                entries = index.entries.of_article(index.articles.article(first))
            if not _is_match(query, phrases, entries, row - first):
                continue
        rows.append(row)
    if rows:
        yield first, sorted(rows)


def _is_match(query: Query, phrases: Sequence[str], entries: StoredEntries, at: int) -> bool:
    """Return whether an entry matches. `phrases` are those that must stand in it, as `spell_phrase` returns them."""
    # Many entries have the words of a phrase, but not the phrase: a look at the text alone excludes these.
    if phrases:
        text = entries.text(at)
        if not all(may_have_phrase(spelt, text) for spelt in phrases):
            return False
    stored = entries[at]
    return match(query, stored.entry, stored.about) is not None


def _candidates(index: Index, proposal: FtsQuery, newest: bool, headlines: bool) -> Iterator[int]:
    """Return the row ids that the index proposes."""
    if proposal.match is None and proposal.event is not None:
        earliest, latest = proposal.event
        first_day = earliest.toordinal() if earliest else UNBOUNDED_PAST
        return index.entries.event_ids_between(first_day, latest.toordinal() if latest else UNBOUNDED, newest)
    low, high = _row_bounds(index, proposal)
    if proposal.match is None and proposal.of_quotes and proposal.nearby:
        return _quotes_near(index, _rows_of_any(index, proposal.nearby[0], newest, low, high), newest)
    if headlines and proposal.match is None:
        # The row of a headline is that of its article.
        return index.articles.article_ids(newest, low, high)
    rows = index.entries.row_ids(proposal.match, newest, low, high)
    return _narrow_later(index, proposal.narrower, rows, newest, low, high) if proposal.narrower else rows


def _narrow_later(
    index: Index, narrower: FtsMatch, rows: Iterator[int], newest: bool, low: int | None, high: int | None
) -> Iterator[int]:
    """Yield rows as they come; once looking at them has taken as long as finding fewer would, those instead."""
    yield from islice(rows, _FEW)
    most = index.total() // _ARTICLES_A_ROW if (row := next(rows, None)) is not None else 0
    while row is not None and most > _FEW:
        yield row
        row, most = next(rows, None), most - 1
    if row is not None:
        low, high = (low, row) if newest else (row, high)
        yield from index.entries.row_ids(narrower, newest, low, high)


def _rows_of_any(
    index: Index, matches: Sequence[FtsMatch], newest: bool, low: int | None = None, high: int | None = None
) -> Iterator[int]:
    """Return an iterator over the row ids of the entries that meet one of the matches, in their order."""
    found = [index.entries.row_ids(one, newest, low, high) for one in matches]
    if len(found) == 1:
        return found[0]
    from heapq import merge  # noqa: PLC0415 - only what a quote is about is asked in several ways

    return merge(*found, reverse=newest)


def _noted_rows(index: Index, notes: NotesOnEntries, newest: bool) -> Iterator[int]:
    """Yield the row ids of the entries with a note."""
    articles = filter(None, map(index.articles.find, notes.articles))
    for article in sorted(articles, key=lambda row: row.first, reverse=newest):
        entries = [stored.entry for stored in index.entries.of_article(article)]
        settled = notes.settle(article.ref.article, entries)
        rows = [article.first + at for at, entry in enumerate(entries) if entry.ref in settled]
        yield from reversed(rows) if newest else rows


def _quotes_near(index: Index, rows: Iterator[int], newest: bool) -> Iterator[int]:
    """Yield the row ids of all quotes of the articles that have one of these rows, in their order."""
    finder = index.articles.range_finder()
    first, end = -1, -1
    for row in rows:
        if not first <= row < end:
            first, end = finder.around(row)
            quotes = index.articles.article(first).pane("quotes")
            yield from reversed(quotes) if newest else quotes


class _Reach:
    """Tells which articles have one of `rows`. Rows and articles must come in one order, `newest` first or last."""

    def __init__(self, rows: Iterator[int], newest: bool) -> None:
        self._rows, self._newest = rows, newest
        self._row = next(rows, None)

    def is_inside(self, first: int, end: int) -> bool:
        """Return whether a row lies in the article with the row ids from `first` to `end`, the end excluded."""
        while self._row is not None and (self._row >= end if self._newest else self._row < first):
            self._row = next(self._rows, None)
        return self._row is not None and first <= self._row < end


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
