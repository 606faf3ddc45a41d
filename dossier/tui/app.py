"""The Textual app. Animation, colours of Textual's own and its command palette are switched off.

The settings that Textual reads when it is imported are made in `cli`, before this module is loaded. The article is
opened there, too, so that the first screen need not wait for Textual.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path
from threading import Thread
from typing import ClassVar

from textual.driver import Driver

from dossier.loader.article import LoadedArticle
from dossier.text.ambiguous_width import ambiguous_width
from dossier.tui.adoption_effects import ask_soon
from dossier.tui.driver import AmbiguousWidthFound, DiffDriver, PuttyFound
from dossier.tui.internals import PlainApp, get_driver
from dossier.tui.screen import ReadingRoom
from dossier.ui.find_filter import replace_article
from dossier.ui.options import DEFAULT_OPTIONS, DisplayOptions
from dossier.ui.state import State

_POLL_SECONDS = 0.5
"""Seconds between two looks at the open file. Polling works on network file systems, too."""
_SAVE_SECONDS = 0.4
"""Seconds that saving the reading position may take when the program was told to end."""


class FileWatch:
    """Watch for changes of the open file. `read` loads it."""

    def __init__(self, read: Callable[[Path], LoadedArticle]) -> None:
        self._read = read
        self._path: Path | None = None
        self._seen: tuple[int, int, int] | None = None

    def reload_if_changed(self, path: Path) -> LoadedArticle | None:
        """Return the file loaded anew when it has changed since the last call with the same path, else None."""
        stamp = _stamp(path)
        known, self._path = self._path == path, path
        changed, self._seen = stamp != self._seen, stamp
        return self._read(path) if known and changed else None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes together with the file, or None when it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class DossierApp(PlainApp, inherit_bindings=False):
    """The app with its one screen.

    `listen` takes a function to call when the library has grown. `read` reloads a file that has changed. `keep` saves
    the reading position, and returns a message for the user when that fails.
    """

    CSS = "Screen, Lines { background: ansi_default; color: ansi_default; overflow: hidden; width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(
        self,
        state: State,
        listen: Callable[[Callable[[], None]], None],
        read: Callable[[Path], LoadedArticle],
        keep: Callable[[State], str] = lambda state: "",
        manner: DisplayOptions = DEFAULT_OPTIONS,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(ansi_color=True, driver_class=driver)
        self.theme = "ansi-dark"
        self._reading_screen = ReadingRoom(state, manner)
        self._listen, self._read, self._keep = listen, read, keep
        self._at: asyncio.AbstractEventLoop | None = None
        self._inside = copy_context()
        self._is_posted = False

    async def on_mount(self) -> None:
        """Show the screen and begin to watch the file."""
        self._at, self._inside = asyncio.get_running_loop(), copy_context()
        screen = self._reading_screen
        watch = FileWatch(lambda path: _reload_from_library(screen.state) or self._read(path))
        watch.reload_if_changed(Path(screen.state.reading.article.path))
        # A message that arrives while there is no screen would be lost.
        await self.push_screen(screen)
        screen.set_interval(_POLL_SECONDS, lambda: _follow(screen, watch))
        self._listen(self._on_growth)
        ask_soon(screen)

    def on_ambiguous_width_found(self, message: AmbiguousWidthFound) -> None:
        """Measure and draw everything by the width that the terminal has told, unless it was taken for that before."""
        if message.cells == ambiguous_width():
            return
        driver = get_driver(self)
        if isinstance(driver, DiffDriver):
            driver.forget_picture()
        self._reading_screen.adopt_width(message.cells)

    def on_putty_found(self, _: PuttyFound) -> None:
        """Arrange right-to-left text from now on as PuTTY needs it."""
        self._reading_screen.arrange_for_putty()

    def save_place(self) -> str:
        """Save the reading position, and return a message for the user when that fails, else "".

        A half-typed prompt is not part of the position. This may be called on any thread.
        """
        prompt = self._reading_screen.prompt
        said: list[str] = []
        keeper = Thread(
            target=lambda: said.append(self._keep(prompt.origin if prompt else self._reading_screen.state)), daemon=True
        )
        # The signal may have come while this thread held a lock that saving needs, so another thread saves.
        keeper.start()
        keeper.join(_SAVE_SECONDS)
        return "".join(said)

    def _on_growth(self) -> None:
        """Tell the screen, on its own thread, that the library has grown.

        This may be called on any thread. Further calls before the screen has handled the first have no effect.
        """
        if self._at and not self._is_posted:
            self._is_posted = True
            with suppress(RuntimeError):
                # The program may be ending, and its loop closed.
                self._at.call_soon_threadsafe(self._post_growth, context=self._inside)

    def _post_growth(self) -> None:
        self._is_posted = False
        if self._reading_screen.is_mounted:
            self._reading_screen.post_message(ReadingRoom.Grown())


def _follow(screen: ReadingRoom, watch: FileWatch) -> None:
    if screen.state.library and screen.state.library.is_stale:
        screen.post_message(ReadingRoom.Grown())
    if screen.state.reading.article.path and (
        loaded := watch.reload_if_changed(Path(screen.state.reading.article.path))
    ):
        lost = "the changed file cannot be read: still showing the old version"
        screen.change_everywhere(
            lambda state: replace_article(state, loaded), "the file has changed: reloaded" if loaded.article else lost
        )


def _reload_from_library(state: State) -> LoadedArticle | None:
    """Reload the open file under the id that it has in the library; None outside of a library."""
    return state.library.readings.loaded(state.reading.article.ref.article) if state.library else None
