"""Ask whether a library is to use what was made in another one, and do what the reader answers, on another thread."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import Protocol

from dossier.library.library import Library
from dossier.library.reuse import Reuse, Reused, ReuseError
from dossier.library.user_data import UserData
from dossier.text.sanitize import sanitize_text
from dossier.tui.host import Host, PopupHost
from dossier.tui.retried_calls import call_soon
from dossier.tui.uncalled_popups import UncalledPopups
from dossier.ui.popup import Popup
from dossier.ui.reuse_popup import is_later, open_reuse_question, reused_by_key

_SAID = {
    Reused.COPY: "copied: its searches and decisions are used here, too",
    Reused.SHARED: "from now on its searches and decisions are used here",
    Reused.NOTHING: "begun without searches and decisions",
}

_ANSWERED = "it was answered in another program, and that answer is used here, too"


class _AskingHost(Host, Protocol):
    """The part of the screen that a question which comes by itself uses."""

    uncalled: UncalledPopups


def ask_soon(host: _AskingHost) -> None:
    """Ask the open question about the library, if there is one, as soon as nothing else is open."""
    library = host.state.library
    if library and library.reuse and library.reuse.question:
        host.uncalled.offer(partial(_make_question, host))


def press_in_reuse(host: PopupHost, popup: Popup, key: str) -> bool:
    """Do what a key does while the question is asked; return whether it does something there."""
    library = host.state.library
    reused = reused_by_key(popup, key)
    if library is None or library.reuse is None:
        return False
    if not (reused or is_later(popup, key)):
        if key == "enter":
            host.change(host.state, "choose an answer below")
        return key == "enter"
    host.popup = None
    if reused is None:
        host.change(host.state, "you will be asked again")
        return True
    host.change(host.state)
    # Only this thread knows which app is running.
    at, inside, app = asyncio.get_running_loop(), copy_context(), host.app

    def tell(say: str) -> None:
        call_soon(at, inside, partial(app.call_later, partial(_tell, host, say)))

    # The answer takes a moment, and a decision that is made meanwhile is not to stay behind.
    library.memory.begin_handing_over()
    Thread(target=_answer, args=(library, library.reuse, reused, tell), daemon=True).start()
    return True


def _make_question(host: Host) -> Popup | None:
    library = host.state.library
    question = library.reuse.question if library and library.reuse else None
    return question and open_reuse_question(question)


def _answer(library: Library, reuse: Reuse, reused: Reused, tell: Callable[[str], None]) -> None:
    """Do what was answered. This runs on a thread of its own."""
    try:
        is_done = reuse.answer(reused)
    except ReuseError as error:
        tell(sanitize_text(f"{error}; you will be asked again"))
        return
    memory = UserData(reuse.folder)
    memory.carry_over(library.memory)
    library.memory = memory
    library.rejoin()
    library.grown()
    tell(_SAID[reused] if is_done else _ANSWERED)


def _tell(host: PopupHost, say: str) -> None:
    host.change(host.state, say)
