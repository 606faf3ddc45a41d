"""Texts of articles that are kept with the index of their library, and not as files in a folder."""

from typing import TYPE_CHECKING, Protocol

from dossier.core.problem import Problem
from dossier.library.article_store import Stamp, address_of
from dossier.library.index.reader import ArticleRow, Index
from dossier.loader.limits import Limits

if TYPE_CHECKING:
    from dossier.loader.article import LoadedArticle


class SourceReader(Protocol):
    """Reads the texts of articles that are kept with the index."""

    def fetch_source(self, path: str) -> bytes:
        """Return the bytes of the article with this path in the library. Raises KeyError if there is none."""


class SourceStore:
    """The texts that are kept with the index, and so are always as they were indexed.

    `address` is that of the index, without user and password, and `name` that of the library there.
    """

    folder = None

    def __init__(
        self, address: str, name: str, index: Index, sources: SourceReader, limits: Limits | None = None
    ) -> None:
        self._place, self._name = f"{address}/{name}", name
        self._index, self._sources, self._limits = index, sources, limits or Limits()

    def read_name(self) -> str:
        """Return the name of the library in the index."""
        return self._name

    def locate(self, row: ArticleRow) -> str:
        """Return the address of an article."""
        return f"{self._place}/{row.path}"

    def load(self, row: ArticleRow) -> "LoadedArticle":
        """Load an article from its text."""
        # A search mostly reads none.
        from dossier.loader.article import LoadedArticle, parse_article  # noqa: PLC0415

        data = self.read_source(row)
        if isinstance(data, Problem):
            return LoadedArticle(None, (data,))
        return parse_article(data, self.locate(row), self._limits, address_of(row))

    def read_source(self, row: ArticleRow) -> bytes | Problem:
        """Return the text of an article, or the problem that the index has it no longer."""
        try:
            data = self._sources.fetch_source(row.path)
        except KeyError:
            return Problem(self.locate(row), 1, 1, "cannot-read", "the article is no longer in the index")
        return data[: self._limits.size + 1]

    def read_stamp(self, row: ArticleRow) -> Stamp | None:
        """Return the stamp of the text; None when it is gone."""
        size, changed, written = self._index.articles.indexed_stat(row)
        return (self.locate(row), changed, written, size) if changed or written or size else None

    def is_as_indexed(self, row: ArticleRow) -> bool:
        """Return True: a text and its entries are written together."""
        return True
