"""What the screen says of the reader's files: what is not saved yet, what is saved after all, what others have added.

The files are looked after on another thread. What a key has changed is told by the command of that key.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Final, Protocol

from textual.timer import Timer

from dossier.library.background_saving import BackgroundSaving
from dossier.library.disk_jobs import do_once
from dossier.text.messages import count_noun
from dossier.tui.note_loader import NoteLoader
from dossier.tui.retried_calls import RetriedCalls
from dossier.ui.library_scope import refresh_facets
from dossier.ui.prompt import Prompt
from dossier.ui.state import State
from dossier.ui.view import View

_BEAT: Final = 0.5
"""Seconds between two attempts to show a message while text is being typed in its place."""


class SavingHost(Protocol):
    """The part of the screen that needs to know of the reader's files."""

    state: State
    prompt: Prompt | None
    notes: NoteLoader
    background: RetriedCalls

    @property
    def view(self) -> View: ...  # noqa: D102

    def change_everywhere(self, turn: Callable[[State], State], say: str = "") -> None: ...  # noqa: D102

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...  # noqa: D102


class Saving:
    """The reader's files behind a screen: the notes and, in a library, the searches and decisions."""

    def __init__(self, host: SavingHost) -> None:
        self._host = host
        library, notebook = host.state.library, host.notes.notebook
        # The reader may decide that the library is to use what was made in another one.
        self.background = BackgroundSaving(lambda: (library.memory, notebook) if library else (notebook,))
        self._late_saves = 0

    @property
    def words(self) -> str:
        """How many changes are not saved, in words; "" if all are."""
        number = sum(len(file.unsaved) for file in self.background.files)
        return f"{count_noun(number, 'change')} not saved" if number else ""

    def start(self) -> None:
        """Begin to look after the files. To be called in the event loop."""
        loop, inside = asyncio.get_running_loop(), copy_context()

        def tell() -> None:
            # The program may be ending, and its loop closed.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(partial(self._host.background.make_later, self._take), context=inside)

        self.background.start(tell)

    def _take(self) -> None:
        """Show what is new in the files, and what there is to say of them."""
        host = self._host
        if host.prompt:
            # The message would be lost.
            host.set_timer(_BEAT, partial(host.background.make, self._take))
            return
        library = host.state.library
        if library and (late := sum(file.late_saves for file in library.memory.files)) != self._late_saves:
            # The index has joined the persons by the decisions that were on the disk.
            self._late_saves = late
            library.rejoin()
        news, before = do_once("news of your files", self._news), host.view.message
        host.notes.follow_file()
        later = host.view.message
        told = " · ".join(filter(None, (news, "" if news and later == before else later)))
        host.change_everywhere(refresh_facets if library else lambda state: state, told)

    def _news(self) -> str:
        """Return what the files have to tell, which they tell once."""
        return " · ".join(message for file in self.background.files for message in file.messages())
