"""The entries of an index: their row ids by full text and by date, and each entry as it is shown.

A row id stands for one entry. The entries of an article have consecutive row ids, pane by pane.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.instants import count_day_numbers
from dossier.core.entry import PANES
from dossier.core.ref import Ref
from dossier.library.index.articles import ArticleReader, ArticleRow
from dossier.library.index.errors import IndexDamagedError, RowGoneError
from dossier.library.index.full_text import FtsMatch
from dossier.library.index.packed_texts import PackedTexts
from dossier.library.index.schema import EVENT_DAYS, EVENT_UNIT, UNDATED
from dossier.library.index.sessions import ReadSessions, range_condition, sort_order
from dossier.library.index.stored_entries import StoredEntries, StoredEntry

_EVENT_NUMBERS = count_day_numbers(EVENT_UNIT)
_KEPT = 1536 * 1024
"""The most bytes, estimated, of unpacked entries that are kept. Packed sizes tell little: repeated texts take none."""


class EntryReader:
    """The entries of one library. Safe to use from any thread."""

    def __init__(self, sessions: ReadSessions, articles: ArticleReader) -> None:
        self._sessions, self._articles = sessions, articles
        self._cache = EntryCache(sessions)

    def row_ids(
        self, match: FtsMatch | None, newest: bool = True, low: int | None = None, high: int | None = None
    ) -> Iterator[int]:
        """Return an iterator over the row ids of the entries that meet `match` (None: all).

        They come in the order of row ids, from `low` to `high`, both included; None is no bound.
        """
        if match is None:
            return chain.from_iterable(self._ranges(newest, low, high))
        return self._sessions.iterate_matches(match, newest, low, high)

    def at(self, row: int, article: ArticleRow | None = None) -> StoredEntry:
        """Return the entry with this row id, and what it can be searched by.

        `article` is its article, which is looked up where it is not given. Raises KeyError when there is no such entry,
        or no longer.
        """
        found = article or self._articles.article_of(row)
        return self._cache.entry(found, row - found.first)

    def fetch_ahead(self, rows: Sequence[int]) -> None:
        """Fetch the entries with these row ids together, and their articles, since they are asked for next."""
        self._sessions.fetch_ahead(rows, with_entries=True)

    def of_article(self, article: ArticleRow, texts: "FetchedTexts | None" = None) -> StoredEntries:
        """Return the entries of an article, pane by pane. The one at place n has the row id `article.first + n`.

        `texts` are those of the article, if they were fetched before. Raises KeyError when the index has the article no
        longer.
        """
        return self._cache.entries(article, texts)

    def texts_of_article(self, first: int) -> "FetchedTexts":
        """Return the texts of the entries of an article, given its `first`. That is quicker than the entries.

        Raises KeyError when the index has the article no longer.
        """
        return FetchedTexts(self._sessions, first)

    def row_id_of(self, ref: Ref) -> int | None:
        """Return the row id of the entry at `ref`, or that `ref` lies in; of its headline for a whole article.

        None when the index has no such entry.
        """
        if (article := self._articles.find(ref.article)) is None:
            return None
        if not ref.kind:
            return article.first
        own = ref.entry
        for at, one in enumerate(self.of_article(article), article.first):
            if one.entry.ref == own:
                return at
        return None

    def pane_ranges(self, pane: str, newest: bool = True) -> Iterator[range]:
        """Yield the row ids of the entries in `pane` (one of PANES), a range for each article, by date."""
        before = " + ".join(f"{name}_n" for name in PANES[: PANES.index(pane)])
        query = f"SELECT first + {before or '0'} AS row, {pane}_n FROM article ORDER BY first {sort_order(newest)}"
        return (range(begin, begin + count) for begin, count in self._sessions.iterate(query))

    def event_ids(self) -> Iterator[int]:
        """Return an iterator over the row ids of all events, by the moments they begin and end, then by row id."""
        return self._sessions.iterate_ids("SELECT row FROM event ORDER BY begins, ends, row")

    def event_ids_between(self, earliest: int, latest: int, newest: bool = True) -> Iterator[int]:
        """Return an iterator over the row ids of the events that may lie between two days, both included.

        Days are ordinals, as of `Day.toordinal`. The events come by row id.
        """
        # A zone moves a time by one day at most.
        low = max(earliest - 1, -EVENT_DAYS) * _EVENT_NUMBERS
        high = min(latest + 2, EVENT_DAYS + 1) * _EVENT_NUMBERS
        query = "SELECT row FROM event WHERE begins < ? AND ends >= ? AND earliest <= ? AND latest >= ? ORDER BY row"
        return self._sessions.iterate_ids(f"{query} {sort_order(newest)}", high, low, latest, earliest)

    def event_day_counts(self) -> Iterator[tuple[int, int]]:
        """Return an iterator over the earliest days of events, as ordinals, each with its number of events.

        Events without an earliest day, or without a date, are left out.
        """
        # Most dates have no time. These are counted by their order alone, which the database index has.
        where = f"begins > {-EVENT_DAYS * _EVENT_NUMBERS} AND begins < {UNDATED} AND begins % {_EVENT_NUMBERS}"
        query = (
            f"SELECT begins / {_EVENT_NUMBERS} AS day, count(*) AS number FROM event WHERE {where} = 0 GROUP BY begins"
            f" UNION ALL SELECT earliest, count(*) FROM event WHERE {where} <> 0 GROUP BY earliest"
        )
        return self._sessions.iterate(query)

    def event_dates(self, articles: Iterable[ArticleRow]) -> list[list[tuple[int, int, int, int]]]:
        """Return the numbers of begin and end, the row id and the earliest day of each event of each of the articles.

        The day is an ordinal: UNBOUNDED_PAST for no earliest day, UNDATED for no date.
        """
        query = "SELECT begins, ends, row, earliest AS day FROM event WHERE row >= ? AND row < ?"
        return self._sessions.fetch_each(query, [(one.first, one.first + one.size) for one in articles])

    def _ranges(self, newest: bool, low: int | None, high: int | None) -> Iterator[Iterable[int]]:
        """Yield the row ids of each article, descending if `newest`, as far as they lie from `low` to `high`."""
        where, values = range_condition("first", None, high, "first + count > ?")
        query = f"SELECT first, count FROM article {where} ORDER BY first {sort_order(newest)}"
        for first, count in self._sessions.iterate(query, low or 0, *values):
            begin, end = max(first, low or 0), first + count if high is None else min(first + count, high + 1)
            yield range(end - 1, begin - 1, -1) if newest else range(begin, end)


class EntryCache:
    """The unpacked entries of the articles that were looked at last. Safe to use from any thread."""

    def __init__(self, sessions: ReadSessions) -> None:
        self._sessions = sessions
        self._lock = threading.Lock()
        # The entries contain the address of their article, which changes when its id begins or ceases to repeat.
        self._unpacked: OrderedDict[tuple[int, int, bool], _Unpacked] = OrderedDict()
        self._size = 0

    def entries(self, article: ArticleRow, texts: "FetchedTexts | None" = None) -> StoredEntries:
        """Return all entries of the article, pane by pane. Raises KeyError when the index has it no longer."""
        # Texts that were fetched from another index must not be found in this one later.
        key = (texts.replacements if texts else self._sessions.replacements, article.first, article.repeats)
        with self._lock:
            if key in self._unpacked:
                self._unpacked.move_to_end(key)
                return self._unpacked[key].entries
        found = self._unpack(article, texts)
        with self._lock:
            self._forget(key)
            self._unpacked[key] = found
            self._size += found.size
            while self._size > _KEPT and len(self._unpacked) > 1:
                self._forget(next(iter(self._unpacked)))
        return found.entries

    def entry(self, article: ArticleRow, number: int) -> StoredEntry:
        """Return the entry at place `number` of the article, from 0, without keeping the article's other entries."""
        key = (self._sessions.replacements, article.first, article.repeats)
        with self._lock:
            found = self._unpacked.get(key)
        return (found or self._unpack(article)).entries[number]

    def _forget(self, key: tuple[int, int, bool]) -> None:
        if gone := self._unpacked.pop(key, None):
            self._size -= gone.size

    def _unpack(self, article: ArticleRow, texts: "FetchedTexts | None" = None) -> "_Unpacked":
        replacements = texts.replacements if texts else self._sessions.replacements
        packed = texts.packed if texts else _fetch_packed(self._sessions, article.first)
        try:
            entries = StoredEntries(packed, article.ref.article)
            if len(entries) != article.size:
                raise IndexDamagedError("packed entries: another number than the article has")
            return _Unpacked(entries, entries.count_bytes())
        except IndexDamagedError:
            if self._is_replaced(article):
                raise RowGoneError(article.first) from None
            self._sessions.report_damage(replacements)
            raise

    def _is_replaced(self, article: ArticleRow) -> bool:
        """Return whether the index, which another one may have replaced meanwhile, has the article no longer."""
        found = self._sessions.fetch_one("SELECT path, count FROM article WHERE first = ?", article.first)
        return found != (os.fsencode(article.path), article.size)


class FetchedTexts:
    """The texts of the entries of the article with this `first`. Not safe to use from several threads at once.

    Raises RowGoneError when the index has the article no longer, and IndexDamagedError, as `text` does, for bytes that
    are no packed entries.
    """

    def __init__(self, sessions: ReadSessions, first: int) -> None:
        self._sessions = sessions
        self.replacements = sessions.replacements
        """`ReadSessions.replacements` when the texts were fetched, or before."""
        packed = _fetch_packed(sessions, first)
        try:
            self.packed = PackedTexts(packed)
        except IndexDamagedError:
            sessions.report_damage(self.replacements)
            raise

    def text(self, at: int) -> str:
        """Return the text of the entry at place `at` of the article, from 0."""
        try:
            return self.packed.text(at)
        except IndexDamagedError:
            self._sessions.report_damage(self.replacements)
            raise


def _fetch_packed(sessions: ReadSessions, first: int) -> bytes:
    """Return the packed entries of an article."""
    replacements = sessions.replacements
    packed = sessions.fetch_packed(first)
    if packed is None:
        raise RowGoneError(first)
    if type(packed) is not bytes:
        sessions.report_damage(replacements)
        raise IndexDamagedError("packed entries: not bytes")
    return packed


class _Unpacked(NamedTuple):
    """The entries of an article, and about how much memory they take."""

    entries: StoredEntries
    size: int
