"""The program with its own driver and without a terminal: what the driver is given to send is kept.

Textual's own painting of the same screen, read by an emulator, is what it has to be equal to.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from reader import NATO, WIDE, Reader
from rich.console import Console
from textual.pilot import Pilot
from waiting import PATIENCE

from dossier.loader.article import load_article
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import Frame, Row
from dossier.tui.app import DossierApp
from dossier.tui.driver import DiffDriver, DriverConfig
from dossier.tui.lines_widget import Lines
from dossier.ui.options import DEFAULT_OPTIONS, DisplayOptions
from dossier.ui.state import open_article_state


class KeptFrames(list[Frame]):
    """Takes the place of the output queue."""

    def show_frame(self, frame: Frame) -> None:
        self.append(frame)

    def send_raw(self, text: str) -> None:
        """Send nothing."""

    def invalidate(self) -> None:
        """Forget nothing."""


class PaintedReader(Reader):
    """A reader of the program whose driver keeps its frames."""

    def __init__(self, app: DossierApp, kept: KeptFrames, size: tuple[int, int]) -> None:
        super().__init__(app, Pilot(app))
        self.frames, self.size = kept, size

    def painted_by_textual(self) -> tuple[Row, ...]:
        """Return the rows of the screen as Textual paints all of it now."""
        update = cast(Any, self.app.screen._compositor.render_update(full=True))
        emulator = Emulator(*self.app.size)
        # The program has Textual send all colours as they are.
        emulator.feed(update.render_segments(Console(color_system="truecolor", force_terminal=True)))
        return emulator.frame.rows

    async def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        cast(DiffDriver, self.app._driver)._resize()
        # Textual arranges its widgets some rounds after it was told of the size.
        end = time.monotonic() + PATIENCE
        while self.app.screen.query_one(Lines).size != size:
            assert time.monotonic() < end, "the widgets never took that size"
            await asyncio.sleep(0.01)
        await self._settle()


@asynccontextmanager
async def painting(
    size: tuple[int, int] = WIDE, options: DisplayOptions = DEFAULT_OPTIONS
) -> AsyncIterator[PaintedReader]:
    """Run the program on a screen of `size`."""
    kept = KeptFrames()

    class Driver(DiffDriver):
        given = DriverConfig(Capabilities(), shows_cursor=options.linear)

        def start_application_mode(self) -> None:
            self._acquired = cast(Any, SimpleNamespace(output=kept))

        def stop_application_mode(self) -> None:
            self._acquired = None

    loaded = load_article(NATO)
    assert loaded.article
    state = open_article_state(loaded.article, loaded.problems)
    app = DossierApp(state, lambda grown: None, load_article, manner=options, driver=Driver)
    reader = PaintedReader(app, kept, size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tty, "size", lambda: reader.size)
        running = asyncio.create_task(app.run_async(size=size, mouse=False))
        try:
            while not app._reading_screen.is_mounted:
                assert not running.done()
                await asyncio.sleep(0.01)
            await reader.press()
            yield reader
        finally:
            app.exit()
            await running
