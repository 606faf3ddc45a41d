"""The results of a search, article by article: every entry that matches, and where in its text.

The index may be older than the files, so the file of each article that is found is looked at. Where it has changed
since it was indexed, it is read and matched again. Where it is gone, the article is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.matcher import Hit, match
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.index.entry_codec import StoredEntry
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.scope_search import find_matches

ORDERS = ("newest", "oldest", "hits")
"""The orders of the articles: the newest first, the oldest first, those with most matching entries first."""


class ArticleHead(NamedTuple):
    """What is printed of an article: its address, its headline, its date of publication as written, and its outlet."""

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
    """A search through the index of the library in the folder `root`.

    `read` returns the article of a file, None when there is none. `is_stale` says whether a file has been met so far
    that is not as it was indexed.
    """

    def __init__(
        self, root: Path, index: Index, query: Query, read: Callable[[Path], SearchableArticle | None]
    ) -> None:
        self._root, self._index, self._query, self._read = root, index, query, read
        self.is_stale = False

    def hits(self, order: str = ORDERS[0]) -> Iterator[ArticleHits]:
        """Yield the articles with a match, in an order (one of ORDERS).

        With most hits first, those with as many come newest first, and all are found before the first is yielded.
        """
        every: Iterable[tuple[int, list[int]]] = filter(
            None, find_matches(self._index, self._query, oldest_first=order == "oldest")
        )
        if order == "hits":
            every = sorted(every, key=lambda found: -len(found[1]))
        for found in every:
            if (hits := self._of(*found)).entries:
                yield hits

    def _of(self, first: int, rows: Iterable[int]) -> ArticleHits:
        """Return the matching entries of the article with this `first`; `rows` are those that the index has."""
        row = self._index.articles.article(first)
        head = ArticleHead(row.ref, row.headline, row.published, row.outlet)
        if self._is_as_indexed(row):
            entries = self._index.entries.of_article(row)
            return hits_in(SearchableArticle(head, [entries[number - first] for number in rows]), self._query)
        self.is_stale = True
        whole = self._read(self._root / row.path)
        if whole is None:
            return ArticleHits(head, ())
        if row.repeats:
            whole = whole._replace(head=whole.head._replace(ref=row.ref))
        return hits_in(whole, self._query)

    def _is_as_indexed(self, row: ArticleRow) -> bool:
        """Return whether the file of an article has the size and the times of change that it had when it was indexed.

        A file that cannot be looked at counts as indexed, one that is not there does not. In a copy of the library that
        was indexed, the time of the last change of the file's status tells nothing.
        """
        try:
            found = (self._root / row.path).stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        size, mtime_ns, ctime_ns = self._index.articles.indexed_stat(row)
        if (found.st_size, found.st_mtime_ns) != (size, mtime_ns):
            return False
        # A time that no file has says that the file is to be read again.
        return found.st_ctime_ns == ctime_ns or (ctime_ns >= 0 and not self._index.has_status_times)


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
