"""A library whose articles are kept with its index on a PostgreSQL server, without any of its files on this machine."""

import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from dossier.core.dataclasses import dataclass
from dossier.core.registry import Registry
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.postgresql.found_index import read_library
from dossier.library.index.postgresql.opening import make_server_index
from dossier.library.index.postgresql.server_address import printable_address
from dossier.library.index.postgresql.server_sessions import ServerSessions
from dossier.library.index.reader import Index
from dossier.library.index.schema import resolve_root
from dossier.library.index.sessions import ReadSessions
from dossier.library.source_store import SourceStore
from dossier.library.state_folders import FoundState, find_index_state
from dossier.loader.discovery import looks_like_registry
from dossier.loader.limits import Limits
from dossier.loader.registry_file import parse_registry

_MOST_OTHERS: Final = 100
"""The most files other than articles among which the registry is looked for. Each takes a question to the server."""

# The digest chooses the text that the article's entries were made from. There may be others: older ones, and those of
# an update that did not commit on the main server.
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

        Raises KeyError if there is none, and IndexDamagedError if its content is not a compressed text.
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
    """A library that was opened at the address of its index.

    `address` has no user and password in it. `name` is the path of the library's folder on the machine that writes the
    index. `sources` reads the contents of its files.
    """

    index: Index
    store: SourceStore
    address: str
    name: str
    sources: ServerSources

    @property
    def state(self) -> FoundState:
        """The folder with what the reader made in this library."""
        return find_index_state(self.address, self.name)

    def is_of(self, root: Path) -> bool:
        """Return whether this is the library in a folder of this machine."""
        return os.fsencode(self.name) == resolve_root(root)

    def read_registry(self, limits: Limits) -> Registry:
        """Return the registry of the library: the first file, by path, that is a registry, as for one in a folder.

        Only the first _MOST_OTHERS files that are not articles are read. Raises IndexUnreachableError and
        IndexDamagedError.
        """
        for path in sorted(self.index.articles.non_article_paths())[:_MOST_OTHERS]:
            with suppress(KeyError):
                data = self.sources.fetch_source(path)
                if looks_like_registry(data):
                    return parse_registry(data, f"{self.address}/{path}", limits).registry
        return Registry()


def open_stored_library(address: str, limits: Limits | None = None) -> StoredLibrary | None:
    """Open the library whose index is at `address`. Return None where there is no index that can be used yet.

    Raises IndexUnreachableError if the server cannot be reached, and IndexRefusedError if it refuses the connection, or
    has no index of this version.
    """
    sessions = ServerSessions.open(address)
    known = sessions.fetch_one("SELECT value FROM meta WHERE key = 'library'") if sessions else None
    if sessions is None or known is None:
        return None
    name = os.fsdecode(read_library(known[0]))
    index, shown = make_server_index(sessions), printable_address(address)
    sources = ServerSources(sessions, (limits or Limits()).size + 1)
    store = SourceStore(shown, os.path.basename(name), index, sources, limits)
    return StoredLibrary(index, store, shown, name, sources)
