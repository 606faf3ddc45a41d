"""The short form of what is tried for long: servers and indexers are killed while an index is written."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from foreign_parts import spread_parts
from postgresql_servers import Database, Servers

from dossier.library.index.postgresql.engine import PostgresqlEngine
from dossier.library.index.postgresql.server_tables import SCHEMA
from dossier.library.index.update import update_index
from torture.answers import write_library
from torture.server_kills import kill_servers

_ARTICLES = 16


@pytest.fixture(scope="module")
def own_databases(postgresql: Servers) -> Sequence[Database]:
    """Return databases of three servers that are killed."""
    return [postgresql.database(postgresql.start()) for _ in range(3)]


@pytest.mark.parametrize("number", [1, 3])
def test_an_index_withstands_kills_of_servers_and_indexers(
    postgresql: Servers, own_databases: Sequence[Database], tmp_path: Path, number: int
) -> None:
    root, databases = tmp_path / "library", [postgresql.database(one.server) for one in own_databases[:number]]
    write_library(root, _ARTICLES)
    update_index(root, engine=PostgresqlEngine(databases[0].owner))
    if number > 1:
        spread_parts(databases[0], databases[1:], SCHEMA)
    found = kill_servers(root, databases, 6, seed=number)
    assert sum(found.killed.values()) > 3
    assert found.wrong == []
