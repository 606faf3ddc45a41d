"""An article's row and its unpacked entries, the latter kept for the articles that were looked at last.

Decided here: what an article is called. It is called by its id or, where another article has that id too, by its path;
so it is asked each time, since articles come and go, and what is kept is kept under that name.
"""

import os
import threading
from collections import OrderedDict
from itertools import accumulate
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.ref import Ref
from dossier.library.index.connections import Connections
from dossier.library.index.entry_codec import Entries, Stored
from dossier.library.index.schema import PANES
from dossier.text.sanitize import safe

_KEPT = 96
"""So many articles are kept unpacked."""
COLUMNS = (
    "first, count, id, path, headline, outlet, published, earliest, latest, "
    f"{', '.join(f'{name}_n' for name in PANES)}, forms,"
    " EXISTS (SELECT 1 FROM article AS other WHERE other.id = article.id AND other.first <> article.first)"
)
"""What is asked of the table of articles, for `article_row`."""


class ArticleRow(NamedTuple):
    """An article of the index, which has the row ids `first` to `first + size`, the end excluded.

    `path` is that below the root, `published` as written; `earliest` and `latest` are ordinals of days (0 and
    4,000,000: unbounded), None without a date. The last numbers are how many entries each pane has, and what forms its
    quotes have, space between; `repeats`: another article has the same id.
    """

    first: int
    size: int
    id: str
    path: str
    headline: str
    outlet: str
    published: str
    earliest: int | None
    latest: int | None
    article: int
    people: int
    quotes: int
    timeline: int
    forms: str
    repeats: bool

    @property
    def ref(self) -> Ref:
        """Its address in the library."""
        return Ref(safe(self.path) if self.repeats else self.id)

    def pane(self, name: str) -> range:
        """The row ids of a pane's entries."""
        ends = [self.first, *accumulate((self.article, self.people, self.quotes, self.timeline), initial=self.first)]
        at = PANES.index(name) + 1
        return range(ends[at], ends[at + 1])


def article_row(found: tuple[Any, ...]) -> ArticleRow:
    """The article from its columns."""
    return ArticleRow._make((*found[:3], os.fsdecode(found[3]), *found[4:-1], bool(found[-1])))


class EntryCache:
    """The entries of the articles that were looked at last; to be asked by any thread."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._lock = threading.Lock()
        self._whole: OrderedDict[tuple[int, int, str], Entries] = OrderedDict()

    def entries(self, article: ArticleRow) -> Entries:
        """All entries of the article, in the order of the panes."""
        key = (self._connections.replaced, article.first, article.ref.article)
        with self._lock:
            if key in self._whole:
                self._whole.move_to_end(key)
                return self._whole[key]
        made = self._unpacked(article)
        with self._lock:
            self._whole[key] = made
            if len(self._whole) > _KEPT:
                self._whole.popitem(last=False)
        return made

    def entry(self, article: ArticleRow, number: int) -> Stored:
        """One of them alone, without unpacking the others."""
        key = (self._connections.replaced, article.first, article.ref.article)
        with self._lock:
            whole = self._whole.get(key)
        return whole[number] if whole else self._unpacked(article)[number]

    def _unpacked(self, article: ArticleRow) -> Entries:
        found = self._connections.one("SELECT entries FROM packed WHERE first = ?", article.first)
        if found is None:
            raise KeyError(article.first)
        return Entries(found[0], article.ref.article)
