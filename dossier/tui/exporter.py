"""Export from the screen: the menus, the name of the file, and the export itself, which runs on another thread.

One export runs at a time. The foot line shows its progress; Esc stops it, and then no file is left.
"""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from pathlib import Path
from typing import Protocol

from textual.timer import Timer

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.export.export_file import ExportFileError, resolve_export_path
from dossier.export.export_job import ExportJob, ExportRequest
from dossier.export.formats import FORMATS, ExportFormat, suggest_format
from dossier.library.disk_jobs import DiskJob, ask_disk
from dossier.text.messages import quote_typed
from dossier.text.sanitize import sanitize_text
from dossier.tui.retried_calls import RetriedCalls, call_soon
from dossier.tui.uncalled_popups import UncalledPopups
from dossier.ui.export_menu import (
    EXPORT_WORDS,
    WITH_NOTES_KEY,
    ExportChoice,
    FormatRow,
    default_choice,
    default_file_name,
    export_choices,
    offers_notes,
    open_export_menu,
    open_format_menu,
    open_replace_question,
    spans_articles,
)
from dossier.ui.popup import Popup, entry_for_key, open_popup
from dossier.ui.prompt import Prompt
from dossier.ui.state import State

PURPOSE = "export"
"""The purpose of the prompt for the name of the file."""
_MENUS = ("export", "choose format", "choose")
_BEAT = 0.5
"""Seconds between two updates of the progress."""
_MOST_TOLD = 2
"""The most kinds of omissions that fit in the message; more of them are listed in a popup."""
_RUNNING = "an export is running: Esc stops it"


class ExportHost(Protocol):
    """The part of the screen that an export needs."""

    state: State
    popup: Popup | None
    prompt: Prompt | None
    background: RetriedCalls
    uncalled: UncalledPopups

    def change(self, state: State, say: str = "") -> None: ...  # noqa: D102

    def show_popup(self, popup: Popup) -> None: ...  # noqa: D102

    def show_prompt(self, purpose: str, sign: str, text: str) -> None: ...  # noqa: D102

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...  # noqa: D102

    def update(self, turn: Callable[[State], State]) -> None: ...  # noqa: D102


class Exporter:
    """Exports from a screen, from the first menu to the message that the file is written."""

    def __init__(self, host: ExportHost) -> None:
        self._host = host
        self.names: tuple[str, ...] = ()
        self._choices: tuple[ExportChoice, ...] = ()
        self._with_notes = False
        self._request: ExportRequest | None = None
        self._path = Path()
        self._last = ""
        self._job: ExportJob | None = None
        self._written: DiskJob | None = None
        self._shown = ""

    @property
    def progress(self) -> str:
        """The progress of a running export, in words; "" if none is running or has just begun."""
        return self._shown

    def open_menu(self) -> None:
        """Open the menu of what can be exported here."""
        host = self._host
        self._choices = export_choices(host.state)
        if self._job:
            host.change(host.state, _RUNNING)
        elif self._choices:
            host.show_popup(self._menu(self._with_notes))
        else:
            host.change(host.state, "nothing to export here")

    def _menu(self, with_notes: bool) -> Popup:
        return open_export_menu(self._choices, with_notes if offers_notes(self._host.state) else None)

    def press_in_menu(self, popup: Popup, key: str) -> bool:
        """Do what a key does in a menu of the export; return whether it does something there."""
        row = entry_for_key(popup, key) if popup.purpose in _MENUS and not popup.is_filtering else None
        if row is None:
            return False
        self._host.popup = None
        if popup.purpose == "export":
            self._choose(row.ref.id)
        elif popup.purpose == "choose format":
            self._choose_format(row.ref.id)
        elif self._request and row.ref.id == "y":
            self._start(self._request, self._path, may_replace=True)
        elif self._request:
            self._ask_name(self._request.typed)
        return True

    def _choose(self, key: str) -> None:
        host = self._host
        if key == WITH_NOTES_KEY:
            with_notes = not self._with_notes
            host.show_popup(self._menu(with_notes))
            # Not before: what has to wait for a disk is called again.
            self._with_notes = with_notes
            return
        choice = next(one for one in self._choices if one.key == key)
        self._request = ExportRequest(choice, host.state, self._with_notes)
        rows = [FormatRow(one.name, one.about, _find_obstacle(one, choice, host.state)) for one in FORMATS]
        host.show_popup(open_format_menu(choice, rows, self._last))

    def _choose_format(self, name: str) -> None:
        request, form = self._request, next(one for one in FORMATS if one.name == name)
        obstacle = _find_obstacle(form, request.choice, request.state) if request else ""
        if request is None or obstacle:
            self._host.change(self._host.state, obstacle)
            return
        self._last = name
        self._request = request._replace(form=form)
        self._ask_name(default_file_name(request.choice, form.ending))

    def _ask_name(self, text: str) -> None:
        self._host.change(self._host.state)
        self._host.show_prompt(PURPOSE, "file:", text)

    def take_name(self, typed: str) -> None:
        """Write to the file of this name, or ask whether one that is there is to be replaced.

        A name that cannot be is asked for again, with the reason.
        """
        if self._request is None:
            return
        host, request = self._host, self._request._replace(typed=sanitize_text(typed.strip()))
        self.names = (*(name for name in self.names if name != typed), typed)
        try:
            path, exists = ask_disk("the file to export to", partial(_locate, typed))
        except ExportFileError as error:
            self._ask_name(request.typed)
            host.change(host.state, str(error))
            return
        # Where this is may not be asked again: the folder may be gone when the question is answered.
        self._request, self._path = request, path
        if exists:
            host.show_popup(open_replace_question(request.typed))
        else:
            self._start(request, path, may_replace=False)

    def run_line(self, argument: str) -> None:
        """Do what `export FORMAT FILE` on the command line asks for; a word before FORMAT says what to write."""
        host = self._host
        first, _, rest = argument.partition(" ")
        word = first if first in EXPORT_WORDS else ""
        name, _, typed = (rest.strip() if word else argument).partition(" ")
        form, choice = next((one for one in FORMATS if one.name == name), None), default_choice(host.state, word)
        if form is None:
            unknown = f"no format {quote_typed(name)}: " if name else "a format is missing: "
            host.change(host.state, unknown + suggest_format(name))
        elif choice is None:
            host.change(host.state, f"no {word} to export here" if word else "nothing to export here")
        elif (obstacle := _find_obstacle(form, choice, host.state)) or self._job:
            host.change(host.state, obstacle or _RUNNING)
        else:
            self._request = ExportRequest(choice, host.state, form=form)
            self.take_name(typed or default_file_name(choice, form.ending))

    def _start(self, request: ExportRequest, path: Path, may_replace: bool) -> None:
        if self._job:
            return
        self._host.change(self._host.state)
        # Not before: what has to wait for a disk is called again, and would take this export for one that runs.
        self._job = job = ExportJob(request, path, may_replace)
        self._host.set_timer(_BEAT, partial(self._look, job))
        # The thread of an executor would keep the program from ending.
        self._written = written = DiskJob("export", job.write)
        finish = partial(self._host.background.make_later, partial(self._finish, job, written))
        written.when_done(partial(call_soon, asyncio.get_running_loop(), copy_context(), finish))
        written.start()

    def _look(self, job: ExportJob) -> None:
        """Show the progress of the export as long as it runs."""
        if job is not self._job:
            return
        self._host.set_timer(_BEAT, partial(self._look, job))
        if job.words != self._shown:
            self._shown = job.words
            self._host.update(lambda state: state)

    def stop(self) -> bool:
        """Stop the running export, and return whether there was one."""
        if self._job is None:
            return False
        self._job.is_stopped = True
        return True

    def wait(self, seconds: float) -> None:
        """Wait for at most `seconds` until an export that was stopped has removed what it had written."""
        if self._written:
            self._written.wait(seconds)

    def _finish(self, job: ExportJob, written: DiskJob) -> None:
        host = self._host
        if host.prompt:
            # The message would be lost.
            host.set_timer(_BEAT, partial(host.background.make, partial(self._finish, job, written)))
            return
        self._job, self._shown = None, ""
        if why_not := written.result():
            host.change(host.state, why_not)
        else:
            self._tell(job)

    def _tell(self, job: ExportJob) -> None:
        """Say what was written, and what was left out."""
        host, left_out = self._host, job.omissions.messages()
        if len(left_out) <= _MOST_TOLD:
            host.change(host.state, "; ".join((job.told(), *left_out)))
            return
        host.change(host.state, f"{job.told()}, but not all of it: {left_out[0]} …")
        rows = [Entry(Ref("", "about", str(at)), (Part("text", one),), 0) for at, one in enumerate(left_out)]
        host.uncalled.offer(partial(open_popup, "read", f"Left out or changed in {job.request.typed}", rows))


def _locate(typed: str) -> tuple[Path, bool]:
    """Return the path of the file that is meant, and whether it is there. Raises ExportFileError."""
    path = resolve_export_path(typed)
    return path, path.exists()


def _find_obstacle(form: ExportFormat, choice: ExportChoice, state: State) -> str:
    """Return a message if a choice cannot be written in a format; "" if it can."""
    if form.missing:
        return form.missing
    is_too_much = form.is_single and spans_articles(state, choice)
    return f"{form.name} holds one article: choose an entry or the article" if is_too_much else ""
