"""The Textual app. Animation, colours of Textual's own and its command palette are switched off.

The settings that Textual reads when it is imported are made in `cli`, before this module is loaded. The article is
opened there, too, so that the first screen need not wait for Textual.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.driver import Driver

from dossier.core.model import is_file_path
from dossier.core.views.panes import Reading, make_reading
from dossier.library.disk_jobs import DiskJob, DiskThread
from dossier.library.index.availability import set_key_thread
from dossier.library.index.errors import IndexUnreachableError
from dossier.library.kept_lines import list_unsaved
from dossier.loader.article import LoadedArticle
from dossier.text.ambiguous_width import ambiguous_width
from dossier.tui.driver import DiffDriver
from dossier.tui.file_watch import FileWatch, StoreWatch
from dossier.tui.internals import PlainApp, get_driver
from dossier.tui.note_effects import save_typed_note
from dossier.tui.popup_keys import renew_problem_list
from dossier.tui.retried_calls import call_soon
from dossier.tui.reuse_effects import ask_soon
from dossier.tui.screen import ReadingRoom
from dossier.tui.terminal_messages import AmbiguousWidthFound, PuttyFound
from dossier.ui.find_filter import replace_article, replace_reading
from dossier.ui.options import DEFAULT_OPTIONS, DisplayOptions
from dossier.ui.session_file import save_within
from dossier.ui.state import State

_POLL_SECONDS = 0.5
"""Seconds between two looks at the open file. Polling works on network file systems, too."""
_END_SECONDS = 0.4
"""Seconds that saving, and removing the unfinished file of an export, may take when the program ends."""
_START_SECONDS = 60.0
"""Seconds that the program may have taken from reading the first article to the first look at its file."""
_STUCK_SECONDS, _LONG_STUCK = 0.3, 2.0
"""Seconds that the program may be stuck before a key that quits ends it; the second where something else is open."""


class FileFollower:
    """Shows the open file anew when it has changed. It is looked at on another thread, since a disk may not answer."""

    def __init__(self, screen: ReadingRoom, read: Callable[[Path], LoadedArticle]) -> None:
        self._screen, self._read = screen, read
        self._watch: FileWatch | None = None
        self._store_watch = StoreWatch()
        self._looking: DiskJob | None = None
        self._thread = DiskThread("the open file")
        self._at, self._looked_at = "", time.time() - _START_SECONDS

    def end(self) -> None:
        """Let the thread end when it has looked. To be called when the screen is gone, in the event loop."""
        self._thread.end()

    def look(self) -> None:
        """Look at the open file, unless it is being looked at. To be called again and again in the event loop."""
        state = self._screen.state
        path, since = state.reading.article.path, self._looked_at
        self._looked_at = time.time()
        if path != self._at or self._watch is None:
            # What still waits for the file from before is not waited for.
            if self._looking:
                self._thread.end()
            self._at, self._looking = path, None
            read = partial(_reload, state, self._read)
            self._watch, self._store_watch = FileWatch(read, state.reading.article, since), StoreWatch()
        if self._looking is None:
            self._looking = job = DiskJob("the open file", partial(self._look, self._watch, self._store_watch, state))
            taken = partial(self._screen.background.make_later, partial(self._take, job))
            job.when_done(partial(call_soon, asyncio.get_running_loop(), copy_context(), taken))
            self._thread.do(job)

    def _look(
        self, watch: FileWatch, store_watch: StoreWatch, state: State
    ) -> tuple[bool, LoadedArticle | None, Reading | None]:
        """Return whether the library has changed, and the file as it is loaded and read if it has changed."""
        article, library = state.reading.article, state.library
        is_stale, loaded = library is not None and library.look_for_changes(), None
        with suppress(IndexUnreachableError):
            if is_file_path(article.path):
                loaded = watch.reload_if_changed(Path(article.path))
            elif library and article.path:
                loaded = store_watch.reload_if_changed(article.ref.article, library.readings)
        return is_stale, loaded, make_reading(loaded.article, loaded.problems) if loaded and loaded.article else None

    def _take(self, job: DiskJob) -> None:
        if job is self._looking:
            self._show(*job.result())
            # Not before: what has to wait for a disk is called again.
            self._looking = None

    def _show(self, is_stale: bool, loaded: LoadedArticle | None, reading: Reading | None) -> None:
        """Show what `_look` has found."""
        screen = self._screen
        if is_stale or screen.has_server_news:
            screen.post_message(ReadingRoom.Grown())
        if loaded is None or screen.state.reading.article.path != self._at:
            return
        if reading is None:
            lost = "the changed file cannot be read: still showing the old version"
            screen.change_everywhere(lambda state: replace_article(state, loaded), lost)
        else:
            screen.change_everywhere(lambda state: replace_reading(state, reading), "the file has changed: reloaded")
        renew_problem_list(screen)


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
        self._listen, self._keep = listen, keep
        self._follower = FileFollower(self._reading_screen, read)
        self._at: asyncio.AbstractEventLoop | None = None
        self._inside = copy_context()
        self._is_posted = False

    async def on_mount(self) -> None:
        """Show the screen and begin to watch the file."""
        self._at, self._inside = asyncio.get_running_loop(), copy_context()
        set_key_thread(True)
        screen = self._reading_screen
        # A message that arrives while there is no screen would be lost.
        await self.push_screen(screen)
        screen.saving.start()
        self._follower.look()
        screen.set_interval(_POLL_SECONDS, self._follower.look)
        self._listen(self._on_growth)
        ask_soon(screen)

    def on_unmount(self) -> None:
        """Take the thread for one that may wait again: what is left to do is not in the way of a key."""
        set_key_thread(False)
        self._follower.end()

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
        return save_within(lambda: self._keep(prompt.origin if prompt else self._reading_screen.state))

    def end_saving(self) -> str:
        """Save what is still to be saved, a half-typed note too, and return a message with all that cannot be, or "".

        To be called when the terminal has been given back.
        """
        screen = self._reading_screen
        if screen.prompt and screen.prompt.purpose == "note":
            # Only a signal or a lost line ends the program while a note is typed.
            save_typed_note(screen, screen.prompt)
        saving = screen.saving.background
        saving.end(_END_SECONDS)
        return list_unsaved(saving.files)

    def end(self) -> tuple[str, ...]:
        """Stop what runs, save what is still to be saved, and return the messages of what cannot be.

        All of it is done at once, so that a disk that stalls is waited for once, and not for long. This may be called
        on any thread, when the terminal has been given back.
        """
        screen = self._reading_screen
        screen.on_unmount()
        works = (partial(screen.exporter.wait, _END_SECONDS), self.save_place, self.end_saving)
        jobs = [DiskJob("the end", work) for work in works]
        for job in jobs:
            job.start()
        return tuple(filter(None, (job.result() for job in jobs if job.wait(2 * _END_SECONDS))))

    def quit_patience(self, key: str) -> float | None:
        """Return for how many seconds the program may be stuck after a key that quits; None for other keys.

        This may be called on any thread.
        """
        screen = self._reading_screen
        is_over = screen.prompt or screen.popup or screen.hints or screen.comparison or screen.note_sheet
        return (_LONG_STUCK if is_over else _STUCK_SECONDS) if screen.quits(key) else None

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


def _reload(state: State, read: Callable[[Path], LoadedArticle], path: Path) -> LoadedArticle:
    """Reload the file that is open in a state, in a library under the id that it has there."""
    loaded = state.library.readings.loaded(state.reading.article.ref.article) if state.library else None
    return loaded or read(path)
