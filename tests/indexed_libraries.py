"""Libraries with an index of each kind, for tests of what must not depend on the kind."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from dossier.core.registry import Decisions, Registry
from dossier.library.index.reader import Index
from dossier.library.index.update import Progress, update_index

KINDS = ("sqlite", "postgresql")
"""The engines that an index is written with."""


@dataclass(frozen=True)
class IndexedLibrary:
    """A library in the folder `root`, with its index as it is read.

    `update` brings that up to date, and takes what `update_index` takes by name.
    """

    root: Path
    index: Index
    update: Callable[..., Progress]


@contextmanager
def open_new_index(
    kind: str,
    root: Path,
    request: pytest.FixtureRequest,
    registry: Registry | None = None,
    decisions: Decisions | None = None,
) -> Iterator[IndexedLibrary]:
    """Make the index of the library in the folder `root` with an engine, one of KINDS, and open it for reading.

    The test is skipped where there is no PostgreSQL to make it with.
    """
    if kind == "sqlite":
        update = partial(update_index, root)
        update(registry=registry, decisions=decisions)
        index = Index.open(root)
    else:
        database = request.getfixturevalue("postgresql").database(request.getfixturevalue("postgresql_server"))
        # Only now is it known that psycopg is there.
        from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: PLC0415
        from dossier.library.index.postgresql.opening import open_server_index  # noqa: PLC0415

        update = partial(update_index, root, engine=PostgresqlEngine(database.owner))
        update(registry=registry, decisions=decisions)
        index = open_server_index(database.reader)
    assert index
    with closing(index):
        yield IndexedLibrary(root, index, update)
