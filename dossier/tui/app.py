"""The program on the terminal: what the toolkit does unasked (animation, colours of its own, palette) is off here.

The settings that the toolkit reads at import are made in `cli`, before this module is loaded.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path
from typing import ClassVar

from textual.app import App

from dossier.loader.article import Loaded
from dossier.reading.narrowing import reloaded
from dossier.reading.room import Room
from dossier.tui.screen import ReadingRoom
from dossier.tui.watch import SECONDS, Watch


class DossierApp(App[None], inherit_bindings=False):
    """One room. `enter` opens it once the screen is there; it is given what to call when its library has grown.

    `read` loads a file again that has changed.
    """

    CSS_PATH = "dossier.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(
        self,
        enter: Callable[[Callable[[], None]], Room],
        read: Callable[[Path], Loaded],
    ) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self._enter, self._read = enter, read
        self._screen: ReadingRoom | None = None
        self._at: asyncio.AbstractEventLoop | None = None
        self._inside = copy_context()
        self._is_told = False

    def on_mount(self) -> None:
        """Open the room."""
        self._at, self._inside = asyncio.get_running_loop(), copy_context()
        self._screen = screen = ReadingRoom(self._enter(self._grown))
        watch = Watch(lambda path: _loaded(screen.room) or self._read(path))
        watch.reading(Path(screen.room.article.path))
        self.push_screen(screen)
        screen.set_interval(SECONDS, lambda: _follow(screen, watch))

    def _grown(self) -> None:
        """Called on any thread; what is told again before the screen has taken it is taken once."""
        if self._screen and self._at and not self._is_told:
            self._is_told = True
            with suppress(RuntimeError):
                # The program may be ending, and its loop closed.
                self._at.call_soon_threadsafe(self._take, context=self._inside)

    def _take(self) -> None:
        self._is_told = False
        if self._screen and self._screen.is_mounted:
            self._screen.post_message(ReadingRoom.Grown())


def _follow(screen: ReadingRoom, watch: Watch) -> None:
    if screen.room.library and screen.room.library.is_stale:
        screen.post_message(ReadingRoom.Grown())
    if screen.room.article.path and (loaded := watch.reading(Path(screen.room.article.path))):
        lost = "the file cannot be read now: this is the last good reading"
        screen.everywhere(lambda room: reloaded(room, loaded), "the file was read again" if loaded.article else lost)


def _loaded(room: Room) -> Loaded | None:
    """The file that is open, read again, the article called as its library calls it; None outside of one."""
    return room.library.readings.loaded(room.article.ref.article) if room.library else None
