"""The program on the terminal: what the toolkit does unasked (animation, colours of its own, palette) is off here.

The settings that the toolkit reads at import are made in `cli`, before this module is loaded. The first state is made
there, too, so that its picture need not wait for the toolkit.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path
from threading import Thread
from typing import ClassVar

from textual.driver import Driver

from dossier.loader.article import Loaded
from dossier.tui.file_watch import SECONDS, Watch
from dossier.tui.internals import PlainApp
from dossier.tui.screen import ReadingRoom
from dossier.ui.find_filter import reloaded
from dossier.ui.options import USUAL, DisplayOptions
from dossier.ui.state import State

_PATIENCE = 0.4
"""Seconds that keeping the place may take; a program that was told to go has no more."""


class DossierApp(PlainApp, inherit_bindings=False):
    """The program, with one screen that shows `state` first.

    `listen` is called with the function to call when the library has grown. `read` loads a file again that has changed.
    `keep` writes the session, and returns a message to the reader when it cannot; else an empty string.
    """

    CSS = "Screen, Lines { background: ansi_default; color: ansi_default; overflow: hidden; width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(
        self,
        state: State,
        listen: Callable[[Callable[[], None]], None],
        read: Callable[[Path], Loaded],
        keep: Callable[[State], str] = lambda state: "",
        manner: DisplayOptions = USUAL,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(ansi_color=True, driver_class=driver)
        self.theme = "ansi-dark"
        self._reading_screen = ReadingRoom(state, manner)
        self._listen, self._read, self._keep = listen, read, keep
        self._at: asyncio.AbstractEventLoop | None = None
        self._inside = copy_context()
        self._is_told = False

    async def on_mount(self) -> None:
        """Show the screen, and begin to watch the open file."""
        self._at, self._inside = asyncio.get_running_loop(), copy_context()
        screen = self._reading_screen
        watch = Watch(lambda path: _loaded(screen.state) or self._read(path))
        watch.reading(Path(screen.state.reading.article.path))
        # What is told while there is no screen yet would be lost.
        await self.push_screen(screen)
        screen.set_interval(SECONDS, lambda: _follow(screen, watch))
        self._listen(self._grown)

    def keep_place(self) -> str:
        """Write the session as it is now, and return a message to the reader when that fails; else an empty string.

        Can be called on any thread. A prompt that is open is not part of the session.
        """
        prompt = self._reading_screen.prompt
        said: list[str] = []
        keeper = Thread(
            target=lambda: said.append(self._keep(prompt.origin if prompt else self._reading_screen.state)), daemon=True
        )
        # A signal may have come while this thread had what is needed for it.
        keeper.start()
        keeper.join(_PATIENCE)
        return "".join(said)

    def _grown(self) -> None:
        """Called on any thread; what is told again before the screen has taken it is taken once."""
        if self._at and not self._is_told:
            self._is_told = True
            with suppress(RuntimeError):
                # The program may be ending, and its loop closed.
                self._at.call_soon_threadsafe(self._take, context=self._inside)

    def _take(self) -> None:
        self._is_told = False
        if self._reading_screen.is_mounted:
            self._reading_screen.post_message(ReadingRoom.Grown())


def _follow(screen: ReadingRoom, watch: Watch) -> None:
    if screen.state.library and screen.state.library.is_stale:
        screen.post_message(ReadingRoom.Grown())
    if screen.state.reading.article.path and (loaded := watch.reading(Path(screen.state.reading.article.path))):
        lost = "the file cannot be read now: this is the last good reading"
        screen.everywhere(lambda state: reloaded(state, loaded), "the file was read again" if loaded.article else lost)


def _loaded(state: State) -> Loaded | None:
    """The file that is open, read again, the article called as its library calls it; None outside of one."""
    return state.library.readings.loaded(state.reading.article.ref.article) if state.library else None
