"""The articles of a library that were opened, read in full from their files. The index has only what lists need.

They are kept for as long as their files stay as they were. Of an article whose file is gone, the last version that
could be read stays, so that one can still go back to it. An article that was only looked at is kept apart from them,
until the next one is looked at.
"""

from collections import OrderedDict
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path

from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.views.panes import Reading, make_panes, make_reading
from dossier.core.views.search_fields import collect_entry_facts
from dossier.library.disk_jobs import ask_disk
from dossier.library.growing_list import GONE
from dossier.library.index.entry_codec import StoredEntry
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.results import ArticleHead, SearchableArticle
from dossier.loader.article import LoadedArticle, load_article
from dossier.loader.limits import Limits

_KEPT = 12

Stamp = tuple[Path, int, int, int]
"""The path of a file, the times of change of content and status in nanoseconds, and the size in bytes: what tells
whether the file has changed.
"""


class OpenedArticles:
    """The opened articles of the library in the folder `root`, each by its address."""

    def __init__(self, root: Path, index: Index, limits: Limits) -> None:
        self._root, self._index, self._limits = root, index, limits
        self._kept: OrderedDict[str, tuple[Stamp | None, Reading]] = OrderedDict()
        self._looked_at: tuple[str, Stamp | None, Reading] | None = None

    def reading(self, article: str) -> Reading | None:
        """Return the article as its file is now, or was when it was last there; None when it cannot be opened."""
        return ask_disk(f"article {article}", partial(self._open, article))

    def _open(self, article: str) -> Reading | None:
        path, kept = self.path(article), self._kept.get(article)
        stamp = _stamp(path) if path else None
        if kept and stamp in (None, kept[0]):
            return kept[1]
        reading = self._read(article, stamp)
        if reading is None:
            return None
        self._kept[article] = (stamp, reading)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return reading

    def look_at(self, article: str) -> Reading | None:
        """Return what `reading` would return, without counting the article as opened. May be called on any thread."""
        path, kept = self.path(article), self._kept.get(article)
        stamp = _stamp(path) if path else None
        if kept and stamp in (None, kept[0]):
            return kept[1]
        reading = self._read(article, stamp)
        self._looked_at = (article, stamp, reading) if reading else None
        return reading

    def _read(self, article: str, stamp: Stamp | None) -> Reading | None:
        """Return the article as it is in its file, which is not read again if the article was looked at last."""
        looked_at = self._looked_at
        if stamp and looked_at and looked_at[:2] == (article, stamp):
            return looked_at[2]
        loaded = self.loaded(article)
        return make_reading(loaded.article, loaded.problems) if loaded and loaded.article else None

    def loaded(self, article: str) -> LoadedArticle | None:
        """Load the file of the article anew. Return None when the index has no such article."""
        row = self._row(article)
        return load_article(self._root / row.path, self._limits, article if row.repeats else "") if row else None

    def path(self, article: str) -> Path | None:
        """Return the file of the article; None when the index has no such article."""
        row = self._row(article)
        return self._root / row.path if row else None

    def _row(self, article: str) -> ArticleRow | None:
        with suppress(*GONE):
            return self._index.articles.find(article)
        return None


def _stamp(path: Path) -> Stamp | None:
    """Return what tells whether a file has changed; None when there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_ctime_ns, status.st_size


def read_searchable(path: Path, limits: Limits) -> SearchableArticle | None:
    """Read the article in a file with all its entries, for a search; None when there is none, or no file."""
    article = load_article(path, limits).article
    return make_searchable(article) if article else None


def make_searchable(article: Article) -> SearchableArticle:
    """Return an article with all its entries, for a search."""
    links = Links.of(article)
    entries = tuple(chain.from_iterable(make_panes(article, links).values()))
    about = collect_entry_facts(article, links, entries)
    published = article.published.written if article.published else ""
    head = ArticleHead(article.ref, article.headline, published, article.outlet)
    return SearchableArticle(head, [StoredEntry(entry, about[entry.ref]) for entry in entries])
