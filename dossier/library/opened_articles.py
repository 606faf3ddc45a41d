"""The articles of a library that were opened, read in full. The index has only what lists need.

An article is kept until it changes. If it is gone, or on a server that does not answer, the last version that could be
read is kept, so that the reader can still go back to it. An article that was only looked at is kept apart, until the
next one is looked at.
"""

from collections import OrderedDict
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path

from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.views.panes import Reading, make_panes, make_reading
from dossier.core.views.search_fields import collect_entry_facts
from dossier.library.article_store import ArticleStore, Stamp
from dossier.library.disk_jobs import ask_disk
from dossier.library.growing_list import CHANGED, GONE
from dossier.library.index.errors import IndexUnreachableError
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.stored_entries import StoredEntry
from dossier.library.results import ArticleHead, SearchableArticle
from dossier.loader.article import LoadedArticle, load_article
from dossier.loader.limits import Limits

_KEPT = 12


class OpenedArticles:
    """The opened articles of a library, each by its address. `store` is where they are read."""

    def __init__(self, store: ArticleStore, index: Index) -> None:
        self._store, self._index = store, index
        self._kept: OrderedDict[str, tuple[Stamp | None, Reading]] = OrderedDict()
        self._looked_at: tuple[str, Stamp | None, Reading] | None = None

    def reading(self, article: str) -> Reading | None:
        """Return the article as it is now, or was when it was last there; None when it cannot be opened."""
        return ask_disk(f"article {article}", partial(self._open, article))

    def _open(self, article: str) -> Reading | None:
        stamp, kept = self.read_stamp(article), self._kept.get(article)
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
        stamp, kept = self.read_stamp(article), self._kept.get(article)
        if kept and stamp in (None, kept[0]):
            return kept[1]
        reading = self._read(article, stamp)
        self._looked_at = (article, stamp, reading) if reading else None
        return reading

    def explain_look(self, article: str) -> str:
        """Return why `look_at` finds no article; "" if that is not known, or it would find it now.

        May be called on any thread.
        """
        try:
            loaded = self.loaded(article)
        except IndexUnreachableError:
            return self._index.unreachable_words.partition(":")[0]
        except CHANGED:
            return ""
        return "it is no longer in the index" if loaded is None else _find_error(loaded)

    def _read(self, article: str, stamp: Stamp | None) -> Reading | None:
        """Return the article as it is, which is not read again if the article was looked at last."""
        looked_at = self._looked_at
        if stamp and looked_at and looked_at[:2] == (article, stamp):
            return looked_at[2]
        with suppress(*GONE):
            loaded = self.loaded(article)
            return make_reading(loaded.article, loaded.problems) if loaded and loaded.article else None
        return None

    def loaded(self, article: str) -> LoadedArticle | None:
        """Load the article anew. Return None when the index has no such article.

        Raises IndexUnreachableError if a server does not answer that has the index or the article.
        """
        with suppress(*CHANGED):
            row = self._index.articles.find(article)
            return self._store.load(row) if row else None
        return None

    def explain_unreadable(self, article: str) -> str:
        """Return why an article that the index has cannot be opened; "" if it can be, or there is no such article."""
        return ask_disk(f"why article {article} cannot be opened", partial(self._explain, article))

    def _explain(self, article: str) -> str:
        with suppress(*GONE):
            loaded = self.loaded(article)
            return _find_error(loaded) if loaded else ""
        return ""

    def read_source(self, article: str) -> bytes | Problem:
        """Return the text of the article as it was written, or the problem that it cannot be read."""
        try:
            row = self._index.articles.find(article)
            if row:
                return self._store.read_source(row)
        except IndexUnreachableError as error:
            return Problem("", 1, 1, "cannot-read", str(error))
        except CHANGED:
            pass
        return Problem("", 1, 1, "cannot-read", "the article is no longer in the index")

    def read_stamp(self, article: str) -> Stamp | None:
        """Return the present stamp of the article; None when it is gone, or a server does not answer."""
        with suppress(*GONE):
            row = self._index.articles.find(article)
            return self._store.read_stamp(row) if row else None
        return None

    def path(self, article: str) -> str | None:
        """Return the path of the article (see `core.model.is_file_path`); None when the index has no such article."""
        with suppress(*GONE):
            row = self._index.articles.find(article)
            return self._store.locate(row) if row else None
        return None


def _find_error(loaded: LoadedArticle) -> str:
    """Return why an article that was loaded is none; "" if it is one."""
    errors = () if loaded.article else (one.message for one in loaded.problems if one.severity == "error")
    return next(iter(errors), "")


def read_searchable(path: Path, limits: Limits) -> SearchableArticle | None:
    """Read the article in a file with all its entries, for a search; None when there is none, or no file."""
    article = load_article(path, limits).article
    return make_searchable(article) if article else None


def load_searchable(store: ArticleStore, row: ArticleRow) -> SearchableArticle | None:
    """Load an article of a library with all its entries, for a search; None when it cannot be read."""
    article = store.load(row).article
    return make_searchable(article) if article else None


def make_searchable(article: Article) -> SearchableArticle:
    """Return an article with all its entries, for a search."""
    links = Links.of(article)
    entries = tuple(chain.from_iterable(make_panes(article, links).values()))
    about = collect_entry_facts(article, links, entries)
    published = article.published.written if article.published else ""
    head = ArticleHead(article.ref, article.headline, published, article.outlet)
    return SearchableArticle(head, [StoredEntry(entry, about[entry.ref]) for entry in entries])
