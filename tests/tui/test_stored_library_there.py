"""Tests of the screen on a library that is on a PostgreSQL server alone, also while that hangs or is away."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from postgresql_servers import Database
from reader import Reader, browsing
from relay import Relay, relay

from dossier.library.growing_list import GrowingList
from dossier.library.index.availability import UNREACHABLE_WORDS
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.update import update_index
from dossier.library.library import Library
from dossier.library.user_data import UserData
from dossier.loader.registry_file import load_registry

Opened = Callable[[], AbstractAsyncContextManager[tuple[Reader, Relay]]]


@pytest.fixture
def opened(tmp_path: Path, database: Database) -> Opened:
    # Only now is it known that psycopg is there.
    from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: PLC0415
    from dossier.library.stored_library import open_stored_library  # noqa: PLC0415

    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "port-arlen"))
    registry = load_registry(root / "registry.yaml").registry
    update_index(root, registry=registry, engine=PostgresqlEngine(database.owner))
    shutil.rmtree(root)

    @asynccontextmanager
    async def open_library() -> AsyncIterator[tuple[Reader, Relay]]:
        port = re.search(r"127\.0\.0\.1:(\d+)", database.reader)
        assert port
        with relay(int(port[1]), 0) as line:
            stored = open_stored_library(database.reader.replace(port[1], str(line.port), 1))
            assert stored

            def make(grown: Callable[[], None]) -> Library:
                return Library(stored.store, stored.index, UserData(tmp_path / "state"), registry, grown=grown)

            with closing(stored.index):
                async with browsing(make, (120, 40)) as reader:
                    await reader.until(lambda: is_whole(reader))
                    yield reader, line
                line.resume()

    return open_library


def is_whole(reader: Reader) -> bool:
    lists = [pane.entries for pane in reader.state.panes.values() if isinstance(pane.entries, GrowingList)]
    return all(rows.is_done and not rows.is_stopped for rows in lists)


async def test_an_article_is_read_from_the_server(opened: Opened) -> None:
    async with opened() as (reader, _):
        await reader.press("enter")
        article = reader.state.reading.article
        assert article.path.startswith("postgresql://127.0.0.1:")
        assert article.path.endswith("/port-arlen/2024-10-12-the-long-quay.yaml")
        assert "The long quay" in reader.text
        await reader.press("e")
        assert "no file to edit: its text is kept with the index" in reader.foot
        await reader.press("y", "y")
        assert reader.state.reading.article is article


@pytest.mark.parametrize("leave", [Relay.stall, Relay.drop])
async def test_a_server_that_hangs_or_fails_stops_nothing(opened: Opened, leave: Callable[[Relay], None]) -> None:
    async with opened() as (reader, line):
        await reader.press("enter")
        article = reader.state.reading.article
        leave(line)
        await reader.press("j", "k", "0", "s", *"quay", "enter")
        if leave is Relay.stall:
            await reader.until(lambda: UNREACHABLE_WORDS in reader.foot)
            line.resume()
        await reader.until(lambda: UNREACHABLE_WORDS not in reader.foot and is_whole(reader))
        assert len(reader.state.panes["library"].entries) == 7
        await reader.press("1")
        assert reader.state.reading.article is article
        assert reader.state.focus == "article"


async def test_while_the_index_is_made_anew_it_is_told(opened: Opened, tmp_path: Path, database: Database) -> None:
    from served_indexes import take_for_damaged  # noqa: PLC0415 - it needs psycopg

    from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: PLC0415

    def cut(progress: Progress) -> None:
        if progress.stage is Stage.READING:
            raise InterruptedError

    def list_words(reader: Reader) -> str:
        return " ".join(" ".join(reader.rows("library")).split())

    async with opened() as (reader, _):
        root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "port-arlen"))
        with pytest.raises(InterruptedError):
            update_index(root, engine=take_for_damaged(database.owner), report=cut)
        await reader.until(lambda: "index not finished" in reader.text)
        # The rows of the former index go when they are asked for again.
        told = "no articles in the library so far: they come as its index is made"
        await reader.until(lambda: told in list_words(reader))
        update_index(root, engine=PostgresqlEngine(database.owner))
        await reader.until(lambda: "index not finished" not in reader.text)
        await reader.until(lambda: len(reader.state.panes["library"].entries) == 11)
