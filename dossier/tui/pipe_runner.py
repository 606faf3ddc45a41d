"""Giving text to a shell command, and showing what it prints in a popup.

The command runs on a thread of its own, one at a time. While it runs, its popup gets all keys, and closing the popup
ends the command.
"""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from locale import getencoding
from typing import Final, Protocol

from textual.timer import Timer

from dossier.library.tasks import run_in_thread
from dossier.terminal.capabilities import find_locale_encoding
from dossier.terminal.piped_command import CommandOutput, PipedCommand
from dossier.ui.copy_menu import WordsHere, find_words_here
from dossier.ui.pipe_output import ShownOutput, show_output, show_running
from dossier.ui.popup import Popup, open_popup
from dossier.ui.state import State

NOTHING_TO_GIVE: Final = "no text here to give to a command"
_RUNNING, _DONE = "piping", "pipe"
"""The purposes of the popup, while the command runs and after it."""
_TICK: Final = 1.0
"""Seconds between two updates of the time that the command has been running."""


class PipeHost(Protocol):
    """The part of the screen that the runner needs."""

    state: State
    popup: Popup | None

    def change(self, state: State, say: str = "") -> None: ...  # noqa: D102

    def show_popup(self, popup: Popup) -> None: ...  # noqa: D102

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...  # noqa: D102

    def call_later(self, callback: Callable[[], None]) -> bool: ...  # noqa: D102


class PipeRunner:
    """Runs the commands of a screen. `commands` are those that were run, the newest last."""

    def __init__(self, host: PipeHost) -> None:
        self._host = host
        self._running: PipedCommand | None = None
        self._since = 0.0
        self.commands: tuple[str, ...] = ()

    def start(self, typed: str) -> None:
        """Give the selection, or the text that the cursor is on, to a command, and show what it prints."""
        command, here = typed.strip(), find_words_here(self._host.state)
        if not command or here is None:
            self._host.change(self._host.state, NOTHING_TO_GIVE if command else "no command")
            return
        self.commands = (*(one for one in self.commands if one != command), command)
        encoding = find_locale_encoding(os.environ) or getencoding()
        text = f"{here.words}\n".encode(encoding, "replace")
        piped = self._running = PipedCommand(command, text, make_environment(here, encoding))
        self._since = time.monotonic()
        self._show(_RUNNING, show_running(command, 0))
        self._host.set_timer(_TICK, partial(self._tick, piped))
        loop, inside = asyncio.get_running_loop(), copy_context()

        def work() -> None:
            done = piped.run()
            # The program may be ending, and its loop closed.
            with suppress(RuntimeError):
                taken = partial(self._take, piped, done, encoding)
                loop.call_soon_threadsafe(partial(self._host.call_later, taken), context=inside)

        run_in_thread(work)

    def stop(self) -> None:
        """End the command that runs, if there is one."""
        running, self._running = self._running, None
        if running:
            running.stop()

    def _tick(self, piped: PipedCommand) -> None:
        if piped is self._running:
            self._show(_RUNNING, show_running(piped.command, int(time.monotonic() - self._since)))
            self._host.set_timer(_TICK, partial(self._tick, piped))

    def _take(self, piped: PipedCommand, done: CommandOutput, encoding: str) -> None:
        if piped is self._running:
            self._running = None
            self._show(_DONE, show_output(piped.command, done, encoding))

    def _show(self, purpose: str, shown: ShownOutput) -> None:
        self._host.show_popup(open_popup(purpose, shown.title, shown.rows))


def make_environment(here: WordsHere, encoding: str) -> dict[str, str]:
    """Return the environment of a command: that of this program, and the address and citation of the text.

    What cannot be written in the encoding of the terminal is written as question marks, as in the text itself.
    """
    told = {"DOSSIER_REF": str(here.ref), "DOSSIER_CITATION": here.citation, "TERM": "dumb"}
    return {**os.environ, **{name: os.fsdecode(words.encode(encoding, "replace")) for name, words in told.items()}}
