"""The index of a library as it is read: articles, entries and persons, each through a reader of its own.

SQL that reads is in these readers and nowhere else. Reading never waits for writing, nor writing for reading (SQLite's
write-ahead log), and any thread may read. While the index is rebuilt the old one serves until the new one is there.

A row id stands for one entry, and row ids rise with the day of publication.
"""

from collections.abc import Callable
from pathlib import Path

from dossier.library.index.articles import ArticleReader, ArticleRow, fetch_articles_beginning
from dossier.library.index.connections import Connections
from dossier.library.index.entries import EntryReader
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.location import index_path
from dossier.library.index.persons import PersonReader, PersonRow
from dossier.library.index.sessions import ReadSessions

__all__ = ("ArticleRow", "Index", "IndexDamagedError", "PersonRow")


class Index:
    """The index of one library, open for reading.

    Its readers raise KeyError for an id that is not there, or no longer, and IndexDamagedError for a file that turns
    out to be no index.
    """

    def __init__(self, sessions: ReadSessions, articles: ArticleReader | None = None) -> None:
        self._sessions = sessions
        self._known = 0
        self.articles = articles or ArticleReader(sessions)
        self.entries = EntryReader(sessions, self.articles)
        self.persons = PersonReader(sessions)

    @classmethod
    def open(cls, root: Path) -> "Index | None":
        """Open the index of the library in the folder `root`. Return None where there is none that can be used yet."""
        try:
            path = index_path(root)
        except OSError:
            return None
        connections = Connections.open(path, root)
        return cls(connections) if connections else None

    def articles_beginning(self, prefix: str, most: int) -> list[ArticleRow]:
        """Return the articles whose id or path begins with `prefix`, the newest first, at most `most`."""
        return fetch_articles_beginning(self._sessions, prefix, most)

    def call_when_damaged(self, on_damage: Callable[[], None]) -> None:
        """Have `on_damage` called, on any thread, when the file turns out to be damaged."""
        self._sessions.on_damage = on_damage

    def close(self) -> None:
        """Close the file."""
        self._sessions.close()

    @property
    def generation(self) -> int:
        """A number that is another one after every change, also when the index is rebuilt."""
        now = self._fact("generation")
        if now != self._known:
            self._known = now
            self._sessions.forget_fetched()
        return now

    @property
    def is_whole(self) -> bool:
        """Whether the last update went through to its end."""
        return bool(self._fact("whole"))

    def total(self, of: str = "articles") -> int:
        """Return how many there are of something in the library.

        That is `articles`, the entries of a pane (one of PANES), `faults` (broken files), `others` (YAML files that are
        no articles) or `hidden` (folders that were not entered). Raises KeyError for anything else.
        """
        return self._fact(of)

    def _fact(self, key: str) -> int:
        found = self._sessions.fetch_one("SELECT value FROM meta WHERE key = ?", key)
        if found is None:
            raise KeyError(key)
        return int(found[0])
