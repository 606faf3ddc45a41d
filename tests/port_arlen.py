"""The library of Port Arlen: the fixture `arlen` opens it in the running program, `library` without a screen."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from libraries import PORT_ARLEN, library_at, opening

from dossier.library.library import Library

if TYPE_CHECKING:
    from reader import Reader

Open = Callable[..., AbstractAsyncContextManager["Reader"]]
"""Opens the program on a screen of the size that it is given, by default a wide one."""


@pytest.fixture
def arlen(tmp_path: Path) -> Open:
    """Return a function that opens the library of Port Arlen, and waits until all its lists are complete."""
    from reader import WIDE, browsing  # noqa: PLC0415 - only tests of the screen need Textual, which loads slowly

    @asynccontextmanager
    async def opened(size: tuple[int, int] = WIDE) -> "AsyncIterator[Reader]":
        async with browsing(opening(PORT_ARLEN, tmp_path / "state"), size) as reader:
            await gathered(reader)
            yield reader

    return opened


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Yield the library with an index and a memory of its own, for test modules that only read it."""
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened:
        yield opened


async def gathered(reader: "Reader") -> None:
    """Wait until every list on the screen is complete."""
    await reader.until(lambda: all(getattr(pane.entries, "is_done", True) for pane in reader.state.panes.values()))
