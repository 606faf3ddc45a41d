"""Libraries with an index of each kind, for tests of what must not depend on the kind."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from dossier.core.registry import Decisions, Registry
from dossier.library.index.location import SharedIndex
from dossier.library.index.progress import Progress
from dossier.library.index.publishing import Publisher
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index

KINDS = ("sqlite", "shared", "postgresql", "parts")
"""The kinds of an index: a file of the reader's own, a file that all readers share, a database on a PostgreSQL server,
and one with parts of its tables on two other servers.
"""


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
    """Make the index of the library in the folder `root` of a kind, one of KINDS, and open it for reading.

    The test is skipped where there is no PostgreSQL to make it with.
    """
    make = {"sqlite": _open_own, "shared": _open_shared}.get(kind, partial(_open_served, kind, request))
    with ExitStack() as stack:
        update, open_index = make(root, stack)
        update(registry=registry, decisions=decisions)
        index = open_index()
        assert index
        yield IndexedLibrary(root, stack.enter_context(closing(index)), update)


Made = tuple[Callable[..., Progress], Callable[[], Index | None]]


def _open_own(root: Path, stack: ExitStack) -> Made:
    return partial(update_index, root), partial(Index.open, root)


def _open_shared(root: Path, stack: ExitStack) -> Made:
    shared = SharedIndex(root, root.with_name(f"{root.name} shared") / "index.sqlite", "the test")

    def update(**named: object) -> Progress:
        publisher = Publisher(shared)
        with publisher.holding_place(lambda: None):
            found = update_index(root, **named)  # type: ignore[arg-type]
            publisher.publish_finished()
        return found

    return update, partial(Index.open_shared, shared)


def _open_served(kind: str, request: pytest.FixtureRequest, root: Path, stack: ExitStack) -> Made:
    servers = request.getfixturevalue("postgresql")
    names = "postgresql_servers" if kind == "parts" else "postgresql_server"
    found = request.getfixturevalue(names)
    databases = [servers.database(one) for one in (found if kind == "parts" else [found])]
    for one in databases:
        stack.callback(one.server.run, f"DROP DATABASE {one.name} WITH (FORCE)")
    # Only now is it known that psycopg is there.
    from foreign_parts import spread_parts  # noqa: PLC0415

    from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: PLC0415
    from dossier.library.index.postgresql.opening import open_server_index  # noqa: PLC0415
    from dossier.library.index.postgresql.server_tables import SCHEMA  # noqa: PLC0415

    update = partial(update_index, root, engine=PostgresqlEngine(databases[0].owner))
    if kind == "parts":
        update()
        spread_parts(databases[0], databases[1:], SCHEMA)
    return update, partial(open_server_index, databases[0].reader)
