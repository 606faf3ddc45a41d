"""A server of the index that can be away, for tests: it stands between the readers of an index and its file."""

import threading
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, cast

from dossier.library.article_store import FolderStore
from dossier.library.index.availability import Availability, is_key_thread
from dossier.library.index.connections import Connections
from dossier.library.index.errors import IndexUnreachableError
from dossier.library.index.location import index_path
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.library import Library
from dossier.library.user_data import UserData
from dossier.loader.registry_file import load_registry

_BATCH = 4


class Server:
    """A server that answers until it is told to refuse or to stall, and then until it is told to answer.

    `waits` has the seconds that it was given by each question that it stalled where keys are handled.
    """

    def __init__(self) -> None:
        self._answers = threading.Event()
        self._answers.set()
        self._refuses = False
        self._left: int | None = None
        self.waits: list[float] = []

    def refuse(self) -> None:
        """Refuse each question at once from now on."""
        self._refuses = True
        self._answers.clear()

    def refuse_after(self, number: int) -> None:
        """Answer so many more questions, and refuse all later ones."""
        self._left = number

    def stall(self) -> None:
        """Answer no question from now on."""
        self._refuses = False
        self._answers.clear()

    def answer(self) -> None:
        """Answer each question again."""
        self._answers.set()

    def meet(self, seconds: float) -> None:
        """Take a question, and raise IndexUnreachableError as far as it is not answered within so many seconds."""
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self.refuse()
        if self._answers.is_set():
            return
        if not self._refuses:
            if is_key_thread():
                self.waits.append(seconds)
            if self._answers.wait(seconds):
                return
        raise IndexUnreachableError("127.0.0.1: no answer")


class ServedConnections:
    """The connections to an index that a server has."""

    def __init__(self, served: Connections, server: Server) -> None:
        self._served, self._server = served, server
        self._availability = Availability(server.meet, "127.0.0.1")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._served, name)

    @property
    def unreachable_words(self) -> str:
        return self._availability.words

    @property
    def on_reachability_change(self) -> Callable[[], None]:
        return self._availability.on_change

    @on_reachability_change.setter
    def on_reachability_change(self, on_change: Callable[[], None]) -> None:
        self._availability.on_change = on_change

    def fetch_one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        self._availability.ask(self._server.meet)
        return self._served.fetch_one(query, *values)

    fetch_recent = fetch_one

    def fetch_all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        self._availability.ask(self._server.meet)
        return self._served.fetch_all(query, *values)

    def iterate(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        self._availability.ask(self._server.meet)
        rows = iter(self._served.fetch_all(query, *values))
        while batch := list(islice(rows, _BATCH)):
            yield from batch
            self._availability.ask(self._server.meet)

    def iterate_ids(self, query: str, *values: object) -> Iterator[int]:
        return (row[0] for row in self.iterate(query, *values))

    def close(self) -> None:
        self._availability.close()
        self._served.close()


def open_served(root: Path, server: Server) -> Index:
    """Open the index of the library at `root`, which is there and up to date, as one that `server` has."""
    connections = Connections.open(index_path(root), root)
    assert connections
    return Index(cast(Connections, ServedConnections(connections, server)))


def opening_served(root: Path, state: Path, server: Server) -> Callable[[Callable[[], None]], Library]:
    """Return a function that opens the library at `root`, whose index `server` has, after an update of the index.

    The function takes what to call when a list grows.
    """
    registry = load_registry(root / "registry.yaml").registry
    update_index(root, registry=registry)
    index = open_served(root, server)
    return lambda grown: Library(FolderStore(root, index), index, UserData(state), registry, grown=grown)
