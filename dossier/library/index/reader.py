"""The index of a library as it is read: articles, entries and persons, each through a reader of its own.

All SQL that reads is in these readers. Reading never waits for writing, nor writing for reading (SQLite's write-ahead
log), and any thread may read. While the index is rebuilt, the old one is read until the new one is there.

A row id stands for one entry, and row ids rise with the day of publication.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dossier.core.registry import Decisions, Registry, Spelling
from dossier.library.index.articles import ArticleReader, ArticleRow, fetch_articles_beginning
from dossier.library.index.connections import Connections
from dossier.library.index.entries import EntryReader
from dossier.library.index.errors import IndexDamagedError, SharedIndexError
from dossier.library.index.location import SharedIndex, index_path
from dossier.library.index.persons import PersonReader, PersonRow
from dossier.library.index.sessions import ReadSessions

__all__ = ("ArticleRow", "Index", "IndexDamagedError", "PersonRow")


class Index:
    """The index of one library, open for reading.

    Its readers raise KeyError for an id that is not in the index, IndexDamagedError for an index that turns out to be
    damaged, and IndexUnreachableError for a server that does not answer.
    """

    def __init__(self, sessions: ReadSessions, articles: ArticleReader | None = None) -> None:
        self._sessions = sessions
        self._known = 0
        self.articles = articles or ArticleReader(sessions)
        self.entries = EntryReader(sessions, self.articles)
        self.persons = PersonReader(sessions)
        self.is_shared = False
        """Whether another program updates it for all readers of the library."""
        self.has_status_times = True
        """Whether the files of the library have here the times of change of their status that the index has of them.

        A copy of the library has others.
        """
        self._decided: int | None = None
        self._changes = 0

    def decide(self, own: Decisions) -> None:
        """Join the persons by the reader's own decisions, which win over those of the index, for this reader alone.

        Nothing is written. To be called again when the index or the decisions have changed: until then the persons stay
        as they were. Raises IndexDamagedError where the index cannot be read.
        """
        if not own.refs and type(self.persons) is PersonReader:
            self._decided = self._fact("generation")
            return
        # Slow to load, and not needed by readers without decisions of their own over a shared index.
        from dossier.library.index.decided_persons import decide_persons  # noqa: PLC0415

        while True:
            generation = self._fact("generation")
            persons = decide_persons(self._sessions, own)
            # Otherwise an update came in between, and a part of what was read may be older than the rest.
            if self._fact("generation") == generation:
                break
        is_other = type(persons) is not PersonReader or type(self.persons) is not PersonReader
        self.persons, self._decided, self._changes = persons, generation, self._changes + is_other

    def related_spellings(self, registries: Sequence[Registry], decisions: Decisions) -> list[Spelling]:
        """Return all spellings that one of the registries may join with an entry that the decisions name.

        Each entry that they name has a spelling of its own.
        """
        from dossier.library.index.regrouping import find_related  # noqa: PLC0415 - as above
        from dossier.library.index.spellings import SpellingReader  # noqa: PLC0415

        return find_related(SpellingReader(self._sessions), registries, decisions)

    def decided_spellings(self, decisions: Decisions) -> list[Spelling]:
        """Return all spellings of the persons of the index whose entries the decisions name."""
        from dossier.library.index.regrouping import find_decided  # noqa: PLC0415 - as above
        from dossier.library.index.spellings import SpellingReader  # noqa: PLC0415

        return find_decided(SpellingReader(self._sessions), decisions)

    @property
    def is_decided(self) -> bool:
        """Whether the persons are joined by the reader's own decisions, in the present state of the index."""
        return self._decided == self._fact("generation")

    @classmethod
    def open(cls, root: Path) -> "Index | None":
        """Open the index of the library in the folder `root`. Return None where there is none that can be used yet."""
        try:
            path = index_path(root)
        except OSError:
            return None
        connections = Connections.open(path, root)
        return cls(connections) if connections else None

    @classmethod
    def open_shared(cls, shared: SharedIndex) -> "Index":
        """Open a shared index. Raises SharedIndexError where it cannot be used for the library."""
        # Most programs read a private one.
        from dossier.library.index.shared_file import SharedFile, check_shared  # noqa: PLC0415

        match = check_shared(shared)
        connections = Connections.open_file(SharedFile(shared.path, shared.root, match.library))
        if connections is None:
            raise SharedIndexError(f"the shared index {shared.path}", "was replaced at this moment: try again")
        index = cls(connections)
        index.is_shared = True
        index.has_status_times = match.has_status_times
        return index

    def articles_beginning(self, prefix: str, most: int) -> list[ArticleRow]:
        """Return the articles whose id or path begins with `prefix`, the newest first, at most `most`."""
        return fetch_articles_beginning(self._sessions, prefix, most)

    def call_when_damaged(self, on_damage: Callable[[], None]) -> None:
        """Have `on_damage` called, on any thread, when the index turns out to be damaged."""
        self._sessions.on_damage = on_damage

    def call_when_reachability_changes(self, on_change: Callable[[], None]) -> None:
        """Have `on_change` called, on any thread, when the server stops answering, and when it answers again."""
        self._sessions.on_reachability_change = on_change

    @property
    def unreachable_words(self) -> str:
        """The message for the reader while the server of the index does not answer; "" while it does."""
        return self._sessions.unreachable_words

    def call_when_changed(self, on_change: Callable[[], None]) -> None:
        """Have `on_change` called, on any thread, when there may be another index in the place of this one, or none."""
        self._sessions.on_change = on_change

    def close(self) -> None:
        """Close the connections to the index."""
        self._sessions.close()

    @property
    def generation(self) -> int:
        """A number that is another one after every change, also when the index is rebuilt, and after `decide`.

        What is asked after this is about the index as it is now. Before, it may be about one that was read all the time
        and that another one has replaced, so that questions which follow one another agree.

        On the thread that handles keys that may be noticed a moment later, if a server has to be asked.
        """
        now = self._fact("generation", self._sessions.fetch_recent)
        # A copy of the index has the same generation. The file that it has replaced takes its room until it is closed.
        if now != self._known or self._sessions.is_replaced:
            self._known = now
            self._sessions.forget_fetched()
        return now + (self._changes << 64)

    @property
    def coming_generation(self) -> int:
        """What `generation` would return now. What is read stays the same index."""
        return self._fact("generation", self._sessions.fetch_recent) + (self._changes << 64)

    @property
    def is_whole(self) -> bool:
        """Whether the last update went through to its end."""
        return bool(self._fact("whole"))

    @property
    def unread(self) -> int:
        """How many files were left to read when an update that runs, or was cut short, last wrote."""
        return self._fact("unread")

    def total(self, of: str = "articles") -> int:
        """Return how many the library has of `of`.

        That is `articles`, a pane (one of PANES; its entries), `faults` (broken files), `others` (YAML files that are
        not articles) or `hidden` (folders that were not entered). Raises KeyError for anything else.
        """
        return self._fact(of)

    @property
    def limits(self) -> str:
        """The limits with which the articles were read, as `str(Limits)` has them."""
        found = self._sessions.fetch_one("SELECT value FROM meta WHERE key = 'limits'")
        return str(found[0]) if found else ""

    def _fact(self, key: str, fetch: Callable[..., tuple[Any, ...] | None] | None = None) -> int:
        found = (fetch or self._sessions.fetch_one)("SELECT value FROM meta WHERE key = ?", key)
        if found is None:
            raise KeyError(key)
        try:
            return int(found[0])
        except ValueError:
            raise IndexDamagedError(f"the fact {key!r} is no number") from None
