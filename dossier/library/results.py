"""What a search yields, article by article: every entry that matches, and where.

Decided here: an index may be older than the files, so each article that is yielded is looked at. Where its file has
changed since it was indexed, it is read and matched again; where it is gone, it is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.matcher import Spans, match
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.index.entry_codec import Stored
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.scope_search import matches


class Head(NamedTuple):
    """What is said of an article: its address, its headline, when it was published, as written, and its outlet."""

    ref: Ref
    headline: str
    published: str
    outlet: str


class Whole(NamedTuple):
    """An article with all its entries."""

    head: Head
    entries: Sequence[Stored]


class ArticleHits(NamedTuple):
    """An article and those of its entries that match, in reading order, each with where in its text."""

    head: Head
    entries: tuple[tuple[Stored, Spans], ...]


class LibrarySearch:
    """One search through the index of the library at `root`; `read` gives the article of a file, None for no article.

    `is_stale` tells whether a file was met so far that is not as it was indexed.
    """

    def __init__(self, root: Path, index: Index, query: Query, read: Callable[[Path], Whole | None]) -> None:
        self._root, self._index, self._query, self._read = root, index, query, read
        self.is_stale = False

    def hits(self) -> Iterator[ArticleHits]:
        """The articles with a match, newest first."""
        for found in matches(self._index, self._query):
            if found and (hits := self._of(*found)).entries:
                yield hits

    def _of(self, first: int, rows: Iterable[int]) -> ArticleHits:
        row = self._index.articles.article(first)
        head = Head(row.ref, row.headline, row.published, row.outlet)
        if self._is_as_indexed(row):
            entries = self._index.entries.of_article(row)
            return hits_in(Whole(head, [entries[number - first] for number in rows]), self._query)
        self.is_stale = True
        whole = self._read(self._root / row.path)
        if whole is None:
            return ArticleHits(head, ())
        if row.repeats:
            whole = whole._replace(head=whole.head._replace(ref=row.ref))
        return hits_in(whole, self._query)

    def _is_as_indexed(self, row: ArticleRow) -> bool:
        try:
            found = (self._root / row.path).stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == self._index.articles.indexed_stat(row)


def hits_in(whole: Whole, query: Query) -> ArticleHits:
    """What matches in one article."""
    met = [(one, hit.spans) for one in whole.entries if (hit := match(query, one.entry, one.about))]
    return ArticleHits(whole.head, tuple(met))


class Cut:
    """What was found, up to `most` entries of it (None: all), which were `count` when it was gone through.

    `is_short` tells whether there were more.
    """

    def __init__(self, found: Iterable[ArticleHits], most: int | None) -> None:
        self._found, self._most = found, most
        self.count = 0
        self.is_short = False

    def __iter__(self) -> Iterator[ArticleHits]:
        for hits in self._found:
            left = len(hits.entries) if self._most is None else self._most - self.count
            self.is_short = len(hits.entries) > left
            entries = hits.entries[:left]
            self.count += len(entries)
            if entries:
                yield hits._replace(entries=entries)
            if self.is_short:
                return
