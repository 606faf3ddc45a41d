"""Indexes on PostgreSQL servers as readers have them, and what is found in them."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from postgresql_servers import Database
from round_trips import RoundTrips, count_round_trips
from waiting import until

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.index.errors import IndexUnreachableError
from dossier.library.index.postgresql.engine import PostgresqlEngine
from dossier.library.index.postgresql.opening import make_server_index, open_server_index
from dossier.library.index.postgresql.server_sessions import ServerSessions
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.scope_search import find_matches

Reader = tuple[RoundTrips, Index, ServerSessions]
"""What counts the round trips of an index, the index, and its sessions."""


@contextmanager
def counted_reader(root: Path, database: Database) -> Iterator[Reader]:
    """Return a context manager for the index of a library, with what counts its round trips and its sessions."""
    update_index(root, engine=PostgresqlEngine(database.owner))
    with count_round_trips(database.server.port) as relay:
        sessions = ServerSessions.open(database.reader.replace(f":{database.server.port}/", f":{relay.port}/"))
        assert sessions
        with closing(make_server_index(sessions)) as index:
            yield relay, index, sessions


def connect(index: Index, sessions: ServerSessions) -> None:
    """Open the connections, so that this is not counted, and forget everything that was fetched."""
    many = [index.articles.article_ids() for _ in range(4)]
    for ids in many:
        next(ids)
    del ids, many
    until(lambda: len(sessions._kept._idle) == 4)
    sessions.forget_fetched()


def open_made_index(address: str) -> Index:
    """Return the index at an address, which has been made before."""
    index = open_server_index(address)
    assert index
    return index


def find_refs(index: Index, typed: str) -> list[Ref]:
    """Return the addresses of the entries that a search finds, those of the newest articles first."""
    query = parse_search(typed, date(2026, 11, 23))
    rows = [row for one in find_matches(index, query) if one for row in one[1]]
    return [index.entries.at(row).entry.ref for row in rows]


def is_answered(question: Callable[[], object]) -> bool:
    """Return whether the server answers a question."""
    try:
        question()
    except IndexUnreachableError:
        return False
    return True


def take_for_damaged(address: str) -> PostgresqlEngine:
    """Return what writes the index at an address, and takes that for damaged, so that it is made anew in its place."""
    engine = PostgresqlEngine(address)
    with engine.hold(lambda: None):
        engine.delete(is_damaged=True)
    return engine
