"""The index of a library on a PostgreSQL server, open for reading."""

from dossier.library.index.postgresql.server_sessions import ServerSessions
from dossier.library.index.reader import Index


def open_server_index(address: str) -> Index | None:
    """Open the index at `address`. Return None where there is none that can be used yet.

    Raises IndexAwayError where the server cannot be reached.
    """
    sessions = ServerSessions.open(address)
    return Index(sessions) if sessions else None
