"""The index of a library on a PostgreSQL server, open for reading."""

from collections.abc import Callable

from dossier.library.index.articles import ArticleReader, ArticleRow, RangeFinder
from dossier.library.index.errors import RowGoneError
from dossier.library.index.postgresql.server_sessions import ServerSessions
from dossier.library.index.reader import Index
from dossier.library.index.sessions import ReadSessions


def open_server_index(address: str) -> Index | None:
    """Open the index at `address`. Return None where there is none that can be used yet.

    Raises IndexUnreachableError and IndexRefusedError as `ServerSessions.open` does.
    """
    sessions = ServerSessions.open(address)
    return make_server_index(sessions) if sessions else None


def make_server_index(sessions: ServerSessions) -> Index:
    """Return the index that these connections lead to."""
    index = Index(sessions, _ServerArticleReader(sessions))
    index.is_shared = True
    return index


class _ServerArticleReader(ArticleReader):
    """The articles of a library. Neighbours, and articles that a search has found, are fetched together."""

    def __init__(self, sessions: ServerSessions) -> None:
        super().__init__(sessions)
        self._fetched = sessions.fetched

    def article(self, first: int) -> ArticleRow:
        """Return the article with this `first`. Raises KeyError when there is none, or no longer."""
        found = self._fetched.article(first)
        if found is None:
            raise RowGoneError(first)
        return found

    def article_of(self, row: int) -> ArticleRow:
        """Return the article of the entry with this row id. Raises KeyError when there is none, or no longer."""
        found = self._fetched.find_range(row)
        if found is None:
            raise RowGoneError(row)
        return self.article(found[0])

    def range_finder(self) -> RangeFinder:
        """Return a finder for the articles of many entries."""
        return _ServerRangeFinder(self._sessions, self._fetched.range_of)


class _ServerRangeFinder(RangeFinder):
    """Finds the row ids of the article that an entry belongs to, mostly among those fetched with the entries."""

    def __init__(self, sessions: ReadSessions, range_of: Callable[[int], tuple[int, int] | None]) -> None:
        super().__init__(sessions)
        self._range_of = range_of
        self._last = 0, 0

    def around(self, row: int) -> tuple[int, int]:
        """Return first row id and end, excluded, of the article that has the row id `row`."""
        # Of an article with a row that was found, other rows may be asked for, too.
        first, end = self._last
        if not first <= row < end:
            self._last = self._range_of(row) or super().around(row)
        return self._last
