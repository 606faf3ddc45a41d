"""Loading notes, and finding their places in the open article.

This happens once for each article, on a thread of its own, after the article is shown. A command that needs the notes
at once calls `place_now`.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Protocol

from dossier.core.model import Article
from dossier.core.note import Note, PlacedNote, PlacedNotes, Placement
from dossier.core.note_places import is_listed_on, may_belong
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading
from dossier.library.disk_jobs import DiskPendingError, ask_disk, do_once
from dossier.library.notebook import Notebook
from dossier.library.tasks import run_in_thread
from dossier.tui.retried_calls import RetriedCalls
from dossier.ui.commands import keys_words
from dossier.ui.note_list import renew_note_list
from dossier.ui.notes import placing_words, sign_entries, with_notes
from dossier.ui.options import DisplayOptions
from dossier.ui.popup import NOTES, Popup
from dossier.ui.render.entry_style import NoteSigns
from dossier.ui.state import State
from dossier.ui.view import View


class NoteHost(Protocol):
    """The part of the screen that notes need."""

    state: State
    options: DisplayOptions
    background: RetriedCalls
    popup: Popup | None

    @property
    def view(self) -> View: ...  # noqa: D102

    def change_everywhere(self, turn: Callable[[State], State], say: str = "") -> None: ...  # noqa: D102

    def paint(self) -> None: ...  # noqa: D102


class NoteLoader:
    """Keeps the notes in the state of a screen equal to those in the notebook."""

    def __init__(self, host: NoteHost, notebook: Notebook) -> None:
        self.notebook = notebook
        self._host = host
        self._placed_for: Article | None = None
        self._is_placing = False
        self._signed: tuple[Note, ...] = ()
        self._signs: Mapping[Ref, NoteSigns] = {}

    def follow(self) -> None:
        """Find the places of the notes on the open article unless that is done. Call this after every change."""
        reading = self._host.state.reading
        if reading.article is self._placed_for or self._is_placing:
            return
        self._is_placing = True
        at, inside, changes = asyncio.get_running_loop(), copy_context(), self.notebook.changes

        def work() -> None:
            placed = None if self.notebook.is_empty else self.notebook.place(reading)
            taken = partial(self._host.background.make_later, partial(self._take, reading, placed, changes))
            # The program may be ending, and its loop closed.
            with suppress(RuntimeError):
                at.call_soon_threadsafe(taken, context=inside)

        run_in_thread(work)

    def place_now(self) -> None:
        """Find the places of all notes on the open article at once, including those that other programs have added."""
        notes, reading = self.all_notes, self._host.state.reading
        known = {placed.note for placed in self._host.state.notes}
        if reading.article is self._placed_for and known == _on_article(notes, reading, known):
            self._show(self._host.state.notes, self._host.view.message)
        else:
            self.show(reading, self.place(reading))

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """All notes, as their file has them now."""
        return ask_disk("your notes", lambda: self.notebook.notes)

    def place(self, reading: Reading) -> PlacedNotes:
        """Return the notes on an article, each with its place now."""
        return ask_disk("your notes in the article", lambda: self.notebook.place(reading))

    def keep(self, note: Note, say: str, ref: Ref | None = None) -> None:
        """Keep a note and show it, at `ref` if that is given. `say` comes before the message that is shown."""
        ask_disk("to keep your note", lambda: self.notebook.keep(note))
        before = self._host.state.notes.find(note.id)
        placed = PlacedNote(note, Placement.UNCHANGED, ref) if ref else before and before._replace(note=note)
        others = [one if one.note.id != note.id else placed for one in self._host.state.notes]
        is_here = note.ref.article == self._host.state.reading.article.ref.article
        shown = [one for one in (*others, *([placed] if is_here and not before else [])) if one]
        self._show(PlacedNotes(shown), self._report(say))

    def remove(self, *note_ids: str, say: str) -> None:
        """Remove notes. `say` comes before the message that is shown."""
        ask_disk("to remove your note", lambda: self.notebook.remove(note_ids))
        left = PlacedNotes(one for one in self._host.state.notes if one.note.id not in note_ids)
        self._show(left, self._report(say))

    def follow_file(self) -> None:
        """Show the notes that another program has added, and no longer those that it has removed."""
        notes, reading = self.all_notes, self._host.state.reading
        ids = {note.id for note in notes}
        left = PlacedNotes(one for one in self._host.state.notes if one.note.id in ids)
        known = {placed.note for placed in left}
        self._show(left, self._host.view.message)
        if reading.article is self._placed_for and known != _on_article(notes, reading, known):
            self._placed_for = None
            self.follow()

    def _take(self, reading: Reading, placed: PlacedNotes | None, changes: int) -> None:
        here = self._host.state.reading.article
        if here is reading.article is not self._placed_for and changes == self.notebook.changes:
            if placed is None:
                self._placed_for = here
            else:
                self.show(reading, placed)
        self._is_placing = False
        self.follow()

    def show(self, reading: Reading, placed: PlacedNotes) -> None:
        """Show the notes on the open article, and a message if some were found again or are lost."""
        before, self._placed_for = self._placed_for, reading.article
        keys = keys_words(self._host.options.commands["notes"], known=False).split()
        words = placing_words(placed, next(iter(keys), ":notes"))
        try:
            self._show(placed, " · ".join(filter(None, (self._host.view.message, words))))
        except DiskPendingError:
            # The screen will be as it was before, and so are the notes on it.
            self._placed_for = before
            raise

    def _report(self, say: str) -> str:
        """Return what to say of a change: `say`, and the message on the screen, only if the change is saved.

        The message on the screen may say that notes were found again.
        """
        said = " · ".join(filter(None, (say, self._host.view.message)))
        # What the file tells, it tells once.
        return do_once("whether your notes are saved", lambda: self.notebook.report_saving(said))

    def _show(self, placed: PlacedNotes, say: str) -> None:
        # Not the name of what was read before a change.
        notes = ask_disk("your notes as they are now", lambda: self.notebook.notes)
        if notes is not self._signed:
            self._signed, self._signs = notes, sign_entries((note, note.ref) for note in notes)
        signs, say = self._signs, " · ".join(ask_disk("messages on your notes", self.notebook.messages)) or say
        if say != self._host.view.message or with_notes(self._host.state, signs, placed) is not self._host.state:
            self._host.change_everywhere(lambda state: with_notes(state, signs, placed), say)
            popup = self._host.popup
            if popup and popup.purpose == NOTES:
                self._host.popup = renew_note_list(popup, self._host.state, notes)
                self._host.paint()


def _on_article(notes: tuple[Note, ...], reading: Reading, known: set[Note]) -> set[Note]:
    """Return the notes on an article, of which `known` are already placed: those of other files only if they are."""
    possible = (note for note in notes if may_belong(note, reading.article))
    return {note for note in possible if note in known or is_listed_on(note, reading.article)}
