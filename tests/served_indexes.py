"""Indexes on PostgreSQL servers as readers have them, and what is found in them."""

from collections.abc import Callable
from datetime import date

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.index.errors import IndexUnreachableError
from dossier.library.index.postgresql.opening import open_server_index
from dossier.library.index.reader import Index
from dossier.library.scope_search import find_matches


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
    """Return whether the server answers a question, and is not away."""
    try:
        question()
    except IndexUnreachableError:
        return False
    return True
