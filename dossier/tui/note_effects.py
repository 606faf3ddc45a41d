"""Commands for marks and notes: making, editing and deleting them, their list, and the sheet of a lost note."""

import shutil
import tempfile
from functools import partial
from pathlib import Path

from dossier.core.dataclasses import replace
from dossier.core.note import Note, Placement
from dossier.core.note_places import NotedWords, settle_note
from dossier.core.note_proposals import find_missing_extra
from dossier.core.ref import Ref
from dossier.core.regular_file import open_regular_file
from dossier.library.disk_jobs import ask_disk, do_once
from dossier.terminal.programs import editor_command
from dossier.text.messages import abbreviate, quote_fields, quote_typed
from dossier.text.sanitize import sanitize_text
from dossier.tui.host import Host, PopupHost
from dossier.tui.outside import run_in_foreground
from dossier.ui.actions import jump_to
from dossier.ui.line_edit import MOST
from dossier.ui.note_list import open_note_list, renew_note_list
from dossier.ui.note_sheet import NoteSheet, closes_note_sheet, make_note_sheet, press_note_sheet_key
from dossier.ui.notes import note_target, notes_at, place_name, reading_of
from dossier.ui.popup import Popup
from dossier.ui.prompt import Prompt

_DRAFT = "note.txt"
_SHOWN = 40
"""The most characters of a note's text in a message."""
_MOST_BYTES = 1 << 20
"""The most bytes that are read of what an editor has written."""


def toggle_mark(host: Host) -> None:
    """Mark what the cursor is on, or remove its mark. A note with a text is kept."""
    host.notes.place_now()
    ref = note_target(host.state)
    found = _notes_at(host, ref) if ref else ()
    if ref is None:
        host.change(host.state, "nothing to mark here")
    elif any(note.text for note in found):
        host.change(host.state, "there is a note here: a edits it, x in the list (') deletes it")
    elif found:
        host.notes.remove(*(note.id for note in found), say=f"mark removed: {place_name(ref, found[0].words)}")
    else:
        _make(host, ref, "", "marked")


def write_note(host: Host) -> None:
    """Open the prompt for a note on what the cursor is on, with its text if there is one."""
    host.notes.place_now()
    ref = note_target(host.state)
    if ref is None:
        host.change(host.state, "nothing to write a note on here")
        return
    note = _note_at(host, ref)
    words = note.words if note else _words_at(host, ref)
    _edit(host, note, place_name(ref, words))


def add_to_note(host: Host, text: str) -> None:
    """Write a note on what the cursor is on. To a note that is there already the text is added as a line."""
    host.notes.place_now()
    ref = note_target(host.state)
    note = _note_at(host, ref) if ref else None
    text = sanitize_text(text)
    if ref is None:
        host.change(host.state, "nothing to write a note on here")
    elif note is None:
        _make(host, ref, text, "noted")
    else:
        said = f"added to the note on {place_name(ref, note.words)}" if note.text else ""
        _change_text(host, note, f"{note.text}\n{text}" if note.text else text, said)


def _notes_at(host: Host, ref: Ref) -> tuple[Note, ...]:
    """Return the notes on exactly this place, as they were when the key was handled for the first time.

    When it is handled again, what it has changed is there already.
    """
    return do_once("your notes here", partial(notes_at, host.state, host.notes.all_notes, ref))


def _note_at(host: Host, ref: Ref) -> Note | None:
    """Return the note on exactly this place; if there are several, one with a text."""
    return max(_notes_at(host, ref), key=lambda note: bool(note.text), default=None)


def _words_at(host: Host, ref: Ref) -> str:
    entry = host.state.entry_of(ref)
    return entry.text[slice(*ref.span)] if entry and ref.span else ""


def _edit(host: Host, note: Note | None, name: str) -> None:
    """Open the prompt for the text of a note, or the editor if it has several lines or is long."""
    if note and ("\n" in note.text or len(note.text) >= MOST):
        text, said = edit_text(host, note.text)
        _change_text(host, note, text, said)
    else:
        host.show_prompt("note", f"note on {name}:", note.text if note else "", note.id if note else "")


def keep_note(host: Host, prompt: Prompt, in_editor: bool) -> None:
    """Keep what was typed into the prompt as a note, or go on with it in the editor."""
    text, said, note_id = prompt.line.text.strip(), "", prompt.note_id
    host.change(host.state)
    if in_editor:
        text, said = edit_text(host, text)
    note = next((note for note in host.notes.all_notes if note.id == note_id), None)
    ref = note_target(prompt.origin)
    if note:
        _change_text(host, note, text, said)
    elif ref and text:
        _make(host, ref, text, said or "noted")
    else:
        host.change(host.state, said or "no note: nothing was written")


def save_typed_note(host: Host, prompt: Prompt) -> None:
    """Keep what has been typed into the prompt of a note, as Enter does, but show nothing: the program ends.

    Without a text nothing is kept. This may be called on any thread.
    """
    text, ref = prompt.line.text.strip(), note_target(prompt.origin)
    note = next((note for note in host.notes.all_notes if note.id == prompt.note_id), None)
    reading = reading_of(prompt.origin, ref) if ref and not prompt.note_id else None
    if text and ref and reading:
        note = host.notes.notebook.make(reading, ref, text)
    if note and text:
        host.notes.notebook.keep(replace(note, text=text))


def _make(host: Host, ref: Ref, text: str, said: str) -> None:
    reading = reading_of(host.state, ref)
    # Made anew, it would have another id than the one that is kept.
    note = do_once("a new note", partial(host.notes.notebook.make, reading, ref, text)) if reading else None
    if note is None:
        host.change(host.state, f"cannot make a note: the article has no {ref} now")
        return
    if host.state.selection:
        host.change(replace(host.state, selection=None))
    host.notes.keep(note, f"{said}: {place_name(ref, note.words)}", ref)


def _change_text(host: Host, note: Note, text: str, said: str) -> None:
    """Keep a note with another text. Without a text, it becomes a mark."""
    name = place_name(note.ref, note.words)
    if text == note.text:
        host.change(host.state, said or f"note unchanged: {name}")
    else:
        host.notes.keep(replace(note, text=text), said or (f"noted: {name}" if text else f"now only a mark: {name}"))


def edit_text(host: Host, text: str) -> tuple[str, str]:
    """Let the reader edit a text in the editor. Return the new text, and a message if that failed, else "".

    The text is returned unchanged if the editor cannot be started or ends with an error.
    """
    try:
        folder = ask_disk("a file for your editor", partial(_write_draft, text))
        words = editor_command(str(Path(folder, _DRAFT)), 1)
        said = do_once("your editor", partial(run_in_foreground, host.app, words))
        written = ask_disk("what your editor wrote", partial(_take_draft, folder))
    except OSError as error:
        return text, f"the editor changed nothing: {error.strerror}"
    if said:
        return text, f"the editor changed nothing: {said}"
    return "\n".join(sanitize_text(line).rstrip() for line in written.splitlines()).strip("\n"), ""


def _write_draft(text: str) -> str:
    """Write a text into a file in a new folder, which nobody else can read, and return the folder."""
    folder = tempfile.mkdtemp(prefix="dossier-")
    Path(folder, _DRAFT).write_text(f"{text}\n" if text else "", "utf-8", newline="\n")
    return folder


def _take_draft(folder: str) -> str:
    """Return what is in the file now, and remove the folder with all that the editor left in it, such as a backup."""
    try:
        with open_regular_file(Path(folder, _DRAFT)) as file:
            return file.read(_MOST_BYTES).decode("utf-8", "replace")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def show_note_list(host: Host) -> None:
    """Open the list of all notes."""
    host.notes.place_now()
    popup = open_note_list(host.state, host.notes.all_notes)
    if popup:
        host.show_popup(popup)
    else:
        host.change(host.state, "no notes yet: m marks what the cursor is on, a writes a note")


def use_note_list(host: PopupHost, popup: Popup, key: str) -> None:
    """Open, edit or delete the chosen note in the list. A note is deleted when the key is pressed twice."""
    notes, chosen = host.notes.all_notes, popup.chosen
    note = next((note for note in notes if chosen and note.id == chosen.ref.id), None)
    if note is None:
        host.change(host.state, "this note has been deleted" if chosen else "no note is chosen")
    elif key == "x" and popup.asked != note.id:
        host.show_popup(replace(popup, asked=note.id))
        host.change(host.state, f"x again deletes it: {_quote(note)}")
    elif key == "x":
        host.notes.remove(note.id, say=f"deleted: {_quote(note)}")
        host.popup = renew_note_list(replace(popup, asked=""), host.state, host.notes.all_notes)
        host.change(host.state, host.view.message)
    else:
        host.popup = None
        host.change(host.state)
        if key == "a":
            _edit(host, note, place_name(note.ref, note.words))
        else:
            _go_to(host, note)


def _quote(note: Note) -> str:
    if note.text:
        return quote_typed(abbreviate(" ".join(note.text.split()), _SHOWN))
    return quote_fields(note.words, _SHOWN)


def _go_to(host: Host, note: Note) -> None:
    """Go to a note in its article; if it is lost, show the places that it may be at."""
    reading = reading_of(host.state, note.ref)
    if reading is None:
        where = note.path or str(Ref(note.ref.article))
        host.change(host.state, f"the article of this note is not open here: {where}")
        return
    is_open = reading is host.state.reading
    every = host.state.notes if is_open else host.notes.place(reading)
    placed = every.find(note.id)
    if placed is None:
        host.change(host.state, "this note has been deleted")
        return
    if placed.ref or not is_open:
        host.change(*jump_to(host.state, placed.ref or Ref(note.ref.article)))
    if host.state.reading is reading and not is_open:
        host.notes.show(reading, every)
    if placed.ref is None:
        host.show_note_sheet(make_note_sheet(placed, reading))
        if placed.placement is Placement.MISSING and (missing := find_missing_extra()):
            host.change(host.state, missing)


def press_in_note_sheet(host: Host, sheet: NoteSheet, key: str) -> None:
    """Do what a key does while the sheet of a note is open."""
    if closes_note_sheet(key):
        host.show_note_sheet(None)
    elif key != "enter":
        pressed, said = press_note_sheet_key(sheet, key)
        host.show_note_sheet(pressed)
        host.change(host.state, said)
    elif sheet.target is None:
        host.change(host.state, "no place to choose: the note is kept as it is")
    else:
        host.show_note_sheet(None)
        _take_place(host, sheet.placed.note, sheet.target)


def _take_place(host: Host, note: Note, chosen: NotedWords) -> None:
    """Move a note to the place that the reader has chosen, and go there."""
    reading = reading_of(host.state, chosen.ref)
    settled = settle_note(note, reading, chosen.ref) if reading else note
    if settled.words != chosen.words:
        host.change(host.state, "the article has changed meanwhile: the note was not moved")
        return
    there = jump_to(host.state, chosen.ref)
    host.change(*there)
    said = "" if there.message else f"the note is now on {place_name(chosen.ref, settled.words)}"
    host.notes.keep(settled, said, chosen.ref)
