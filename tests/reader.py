"""A user of the program without a terminal: presses keys, and reads the state and the screen.

Keys pressed together are sent in one burst, as when somebody types ahead.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from rooms import DATA, short
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from waiting import PATIENCE

from dossier.cli.startup import GrowthSignal
from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.loader.article import load_article
from dossier.text.width import width
from dossier.tui import retried_calls
from dossier.tui.app import DossierApp
from dossier.tui.lines_widget import Lines
from dossier.tui.screen import ReadingRoom
from dossier.ui.layout import lay_out
from dossier.ui.library_scope import open_library_state
from dossier.ui.render.boxes import slice_line
from dossier.ui.render.flow import Line, Piece
from dossier.ui.state import State, open_article_state

NATO = DATA / "nato-seoul-2023.yaml"
WIDE, NARROW, TINY = (160, 45), (80, 24), (40, 12)
_CHARACTERS = {"space": " "}
_LATE = retried_calls.LATE_SECONDS

Opening = Callable[[Callable[[], None]], Library]
"""Function that opens a library, and takes what to call when one of its lists has grown."""


class Reader:
    """One run of the program."""

    def __init__(self, app: DossierApp, pilot: Pilot[None]) -> None:
        self.app, self._pilot = app, pilot
        # Later than whatever comes by itself is shown.
        self._time = time.monotonic() + 1_000_000

    @property
    def screen(self) -> ReadingRoom:
        return cast(ReadingRoom, self.app.screen)

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(lay_out(self.state, self.screen.view.screen).places)

    @property
    def state(self) -> State:
        return self.screen.state

    @property
    def here(self) -> str:
        """The address under the cursor, such as `para/p1:3-9`."""
        return short(self.state.pane.address)

    @property
    def cursors(self) -> Mapping[str, tuple[Ref | None, int]]:
        """The address under the cursor of every pane, and its line counted from the top of the pane."""
        return {name: (pane.address, pane.offset) for name, pane in self.state.panes.items()}

    @property
    def cursor_text(self) -> str:
        """The text of the line with the cursor."""
        return self.rows(self.state.focus)[self.state.pane.offset]

    @property
    def foot(self) -> str:
        return self.rows("foot")[0]

    @property
    def popup_rows(self) -> list[str]:
        """The texts of the rows of the open popup."""
        assert self.screen.popup
        return [entry.text for entry in self.screen.popup.pane.entries]

    @property
    def text(self) -> str:
        """The text of the whole screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    def pieces(self, place: str) -> list[Piece]:
        """Return the styled pieces shown in a pane, or in another part of the screen, by its name."""
        return [piece for line in self.lines(place) for piece in line]

    def rows(self, place: str) -> list[str]:
        """Return the text shown there, line by line."""
        return ["".join(piece.text for piece in line).rstrip() for line in self.lines(place)]

    def lines(self, place: str) -> list[Line]:
        """Return the lines shown in a pane, or in another part of the screen, by its name."""
        screen = self.screen.view.screen
        laid = lay_out(self.state, screen)
        shown = list(self.screen.query_one(Lines).shown)
        if place in laid.places:
            at = laid.places[place].inner
            return [slice_line(line, at.column, at.column + at.cells) for line in shown[at.row : at.row + at.rows]]
        last = screen.rows - 1
        rows = {"head": (0, 1), "tabs": (0, 1), "foot": (last, last + 1), "strip": (last - laid.strip, last)}
        return shown[slice(*rows[place])]

    async def press(self, *keys: str) -> None:
        """Press keys without waiting in between. Keys are characters, or have the names of the table of commands.

        To the program they come from a reader who rests a second after each, so that a digit chooses a pane (see
        `press_at_once`).
        """
        # On a busy machine, Esc is not to end the waiting for a disk.
        vars(retried_calls)["LATE_SECONDS"] = PATIENCE
        for key in keys:
            self._time += 1
            self._press(key)
        await self._settle()

    async def press_at_once(self, *keys: str) -> None:
        """Press keys that come without a rest in between, so that a digit may be the beginning of a count."""
        self._time += 10
        for key in keys:
            self._press(key)
        await self._settle()

    async def press_before_seeing(self, *keys: str) -> None:
        """Press keys that were typed before what has come by itself was shown."""
        self._time, since = 0.0, self._time
        await self.press_at_once(*keys)
        self._time = since

    def _press(self, key: str) -> None:
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        event = events.Key(_character_to_key(key) if len(key) == 1 else key, character)
        event.time = self._time
        self._send(event)

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def paste(self, text: str) -> None:
        self._send(events.Paste(text))
        await self._settle()

    async def resize(self, size: tuple[int, int]) -> None:
        await self._pilot.resize_terminal(*size)
        await self._settle()

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until `reached` returns true, or fail."""
        end = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < end, f"waited in vain; the screen is now:\n{self.text}"
            await asyncio.sleep(0.02)
        await self._settle()

    def _send(self, event: events.Event) -> None:
        assert self.app._driver
        event.set_sender(self.app)
        self.app._driver.send_message(event)

    async def press_without_answer(self, *keys: str) -> None:
        """Press keys as `press` does, but do not wait for what a disk has not answered."""
        vars(retried_calls)["LATE_SECONDS"] = _LATE
        for key in keys:
            self._time += 1
            self._press(key)
        await self._pass_on()

    async def _settle(self) -> None:
        await self._pass_on()
        end = time.monotonic() + PATIENCE
        while self._is_pending:
            assert time.monotonic() < end, f"the disk has not answered; the screen is now:\n{self.text}"
            await asyncio.sleep(0.01)
            await self._pass_on()

    @property
    def _is_pending(self) -> bool:
        """Whether a key waits for a disk, or the notes for their places in the article that is open now."""
        screen = self.screen
        return screen.key_calls.is_pending or screen.background.is_pending or screen.notes._is_placing

    async def _pass_on(self) -> None:
        # A key reaches the app first, then its screen, whose panes may report another size: one round for each.
        for _ in range(4):
            await self._pilot.pause(0)


@asynccontextmanager
async def reading(path: Path = NATO, size: tuple[int, int] = WIDE) -> AsyncIterator[Reader]:
    """Run the program on this file, on a screen of `size`."""
    loaded = load_article(path)
    assert loaded.article
    state = open_article_state(loaded.article, loaded.problems)
    async with _running(DossierApp(state, lambda grown: None, load_article), size) as reader:
        yield reader


@asynccontextmanager
async def browsing(library: Opening, size: tuple[int, int] = WIDE) -> AsyncIterator[Reader]:
    """Run the program on the library that `library` opens."""
    growth = GrowthSignal()
    opened = library(growth.send)
    app = DossierApp(open_library_state(opened), growth.listen, load_article)
    try:
        async with _running(app, size) as reader:
            yield reader
    finally:
        # Thousands of tests are run by one process.
        opened.index.close()


@asynccontextmanager
async def _running(app: DossierApp, size: tuple[int, int]) -> AsyncIterator[Reader]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Reader(app, pilot)


def cells(row: str) -> list[str]:
    """Return a row of the screen cell by cell.

    The second cell of a wide character is empty; combining marks are with their letter.
    """
    grid: list[str] = []
    for character in row:
        taken = width(character)
        if taken == 0 and grid:
            grid[-1 if grid[-1] else -2] += character
        grid += [character, ""][:taken]
    return grid
