"""The results of a search, article by article: every entry that matches, and where in its text.

The index may be older than the files, so the file of each article that is found is checked. If it has changed since it
was indexed, it is read and matched again. If it is gone, the article is left out. Texts that are kept with the index
are always as they were indexed (see `article_store`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from dossier.core.dataclasses import NamedTuple
from dossier.core.matcher import Hit, match
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.article_store import ArticleStore
from dossier.library.index.errors import IndexChangedError
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.stored_entries import StoredEntry
from dossier.library.scope import FoundArticle
from dossier.library.scope_search import find_matches

ORDERS = ("newest", "oldest", "hits")
"""The orders of the articles: the newest first, the oldest first, those with most matching entries first."""


class ArticleHead(NamedTuple):
    """The printed facts of an article: its address, headline, date of publication as written, and outlet."""

    ref: Ref
    headline: str
    published: str
    outlet: str


class SearchableArticle(NamedTuple):
    """An article with all its entries."""

    head: ArticleHead
    entries: Sequence[StoredEntry]


class ArticleHits(NamedTuple):
    """An article and its matching entries in reading order, each with the hits in its text."""

    head: ArticleHead
    entries: tuple[tuple[StoredEntry, Hit], ...]


class LibrarySearch:
    """A search through the index of the library whose articles are in `store`.

    `read` returns an article as it is there now, None when there is none. `is_stale` says whether any file so far was
    not as it was indexed.
    """

    def __init__(
        self, store: ArticleStore, index: Index, query: Query, read: Callable[[ArticleRow], SearchableArticle | None]
    ) -> None:
        self._store, self._index, self._query, self._read = store, index, query, read
        self.is_stale = False

    def hits(self, order: str = ORDERS[0]) -> Iterator[ArticleHits]:
        """Yield the articles with a match, in an order (one of ORDERS).

        With most hits first, those with as many come newest first, and all are found before the first is yielded.
        Raises IndexChangedError if the index was updated meanwhile, and an article that was found is no longer in it.
        """
        try:
            yield from self._found(order)
        except KeyError as error:
            raise IndexChangedError(str(error)) from error

    def _found(self, order: str) -> Iterator[ArticleHits]:
        """Yield what `hits` yields."""
        every: Iterable[FoundArticle] = filter(
            None, find_matches(self._index, self._query, oldest_first=order == "oldest")
        )
        if order == "hits":
            every = sorted(every, key=lambda found: -len(found.rows))
        for found in every:
            if (hits := self._of(*found)).entries:
                yield hits

    def _of(self, first: int, rows: Iterable[int]) -> ArticleHits:
        """Return the matching entries of the article with this `first`; `rows` are those that the index has."""
        row = self._index.articles.article(first)
        head = ArticleHead(row.ref, row.headline, row.published, row.outlet)
        if self._store.is_as_indexed(row):
            entries = self._index.entries.of_article(row)
            return hits_in(SearchableArticle(head, [entries[number - first] for number in rows]), self._query)
        self.is_stale = True
        whole = self._read(row)
        return hits_in(whole, self._query) if whole else ArticleHits(head, ())


def hits_in(whole: SearchableArticle, query: Query) -> ArticleHits:
    """Return the entries of an article that match."""
    met = [(one, hit) for one in whole.entries if (hit := match(query, one.entry, one.about))]
    return ArticleHits(whole.head, tuple(met))


class LimitedHits:
    """The results of a search, cut to `most` entries (None: all).

    While they are iterated over, `count` is the number of entries so far, and `has_more` whether there are more.
    """

    def __init__(self, found: Iterable[ArticleHits], most: int | None) -> None:
        self._found, self._most = found, most
        self.count = 0
        self.has_more = False

    def __iter__(self) -> Iterator[ArticleHits]:
        for hits in self._found:
            left = len(hits.entries) if self._most is None else self._most - self.count
            self.has_more = len(hits.entries) > left
            entries = hits.entries[:left]
            self.count += len(entries)
            if entries:
                yield hits._replace(entries=entries)
            if self.has_more:
                return
