"""A library whose articles are kept with its index on a PostgreSQL server: no file of it need be on this machine."""

import os
import zlib
from typing import Final

from dossier.core.dataclasses import dataclass
from dossier.library.article_store import SourceStore
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.postgresql.server_address import printable_address
from dossier.library.index.postgresql.server_sessions import ServerSessions
from dossier.library.index.reader import Index
from dossier.library.index.sessions import ReadSessions
from dossier.library.state_folders import FoundState, find_index_state
from dossier.loader.limits import Limits

# The text that the entries of the article are of: there may be others, older ones and such as no index came to have.
_SOURCE: Final = (
    "SELECT content FROM source WHERE path = ? AND digest = (SELECT digest FROM file WHERE path = ?) LIMIT 1"
)


class ServerSources:
    """Reads the texts of articles from the table `source` of an index, where they are compressed. A SourceReader.

    No more than `most` bytes of a text are read.
    """

    def __init__(self, sessions: ReadSessions, most: int) -> None:
        self._sessions, self._most = sessions, most

    def fetch_source(self, path: str) -> bytes:
        """Return the bytes of the article with this path in the library.

        Raises KeyError if there is none, and IndexDamagedError if what is there is no text that was compressed.
        """
        known = os.fsencode(path)
        found = self._sessions.fetch_one(_SOURCE, known, known)
        if found is None:
            raise KeyError(path)
        try:
            return zlib.decompressobj().decompress(found[0], self._most)
        except zlib.error as error:
            raise IndexDamagedError(f"{path}: {error}") from error


@dataclass(frozen=True)
class StoredLibrary:
    """A library that was opened by the address of its index.

    `address` is that without user and password, and `name` the path of the library's folder on the machine that writes
    the index.
    """

    index: Index
    store: SourceStore
    address: str
    name: str

    @property
    def state(self) -> FoundState:
        """The folder with what the reader made in this library."""
        return find_index_state(self.address, self.name)


def open_stored_library(address: str, limits: Limits | None = None) -> StoredLibrary | None:
    """Open the library whose index is at `address`. Return None where there is no index that can be used yet.

    Raises IndexAwayError where the server cannot be reached.
    """
    sessions = ServerSessions.open(address)
    known = sessions.fetch_one("SELECT value FROM meta WHERE key = 'library'") if sessions else None
    if sessions is None or known is None:
        return None
    name = os.fsdecode(bytes.fromhex(known[0]))
    index, shown = Index(sessions), printable_address(address)
    sources = ServerSources(sessions, (limits or Limits()).size + 1)
    store = SourceStore(shown, os.path.basename(name), index, sources, limits)
    return StoredLibrary(index, store, shown, name)
