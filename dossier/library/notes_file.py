"""The file of the reader's marks and notes, one for all articles: `notes.jsonl` in the program's state folder.

It is JSON Lines, one note on each line, in the order in which they were made. It is the only place of the notes: the
files of the articles are never changed.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from dossier.core.note import Note
from dossier.core.paths import resolve_xdg_folder
from dossier.core.ref import RefError, parse_ref
from dossier.library.jsonl import StoredLine, change_lines, make_stored_line, read_lines
from dossier.text.sanitize import sanitize_excerpt, sanitize_text

_Change = Callable[[tuple[StoredLine, ...]], Sequence[StoredLine]]

_TEXTS = ("id", "words", "made", "digest", "before", "after", "text", "path")
_EXCERPTS = ("words", "before", "after")


def notes_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the path of the file of notes; nothing is created."""
    return resolve_xdg_folder("XDG_STATE_HOME", "~/.local/state", environment) / "notes.jsonl"


class NotesFile:
    """The notes in the file at `path`, as they were last read.

    Each change is written at once. No method raises an exception if the file has errors, or cannot be read or written:
    `messages` has a message then, and changes that could not be written last until the program ends.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: tuple[StoredLine, ...] = ()
        self._messages: list[str] = []
        self._unwritten: list[_Change] = []
        self._known: dict[str, Note | None] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the file again, with what other programs added. What could not be written is kept."""
        try:
            lines, broken = read_lines(self._path)
        except OSError as error:
            self._tell(f"cannot read {self._path}: {error.strerror}")
            return
        self._lines = _changed(lines, self._unwritten)
        if broken:
            self._change(lambda found: found)

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, in the order in which they were made."""
        # After a change all lines but one are as they were.
        known = self._known
        self._known = {
            line.text: known[line.text] if line.text in known else _note(line) for line in self._lines if line.record
        }
        return tuple([note for line in self._lines if (note := self._known.get(line.text))])

    def messages(self) -> tuple[str, ...]:
        """Return the messages for the reader since the last call, and forget them."""
        told = tuple(self._messages)
        self._messages.clear()
        return told

    def add(self, notes: Iterable[Note]) -> None:
        """Add notes at the end of the file; one whose id is in the file already takes the place of that one."""
        new = {note.id: note for note in notes}
        if new:
            self._change(lambda lines: _with(lines, new))

    def remove(self, ids: Iterable[str]) -> None:
        """Remove the notes with these ids."""
        gone = set(ids)
        self._change(lambda lines: [line for line in lines if line.record.get("id") not in gone])

    def _change(self, make: _Change) -> None:
        self._unwritten.append(make)
        try:
            self._lines, aside = change_lines(self._path, lambda lines: _changed(lines, self._unwritten))
        except OSError as error:
            self._lines = _changed(self._lines, [make])
            self._tell(f"cannot write {self._path}; your changes last only until you quit: {error.strerror}")
            return
        self._unwritten.clear()
        if aside:
            self._tell(f"{self._path} had lines that are not JSON: removed them; the old file is {aside.name}")

    def _tell(self, message: str) -> None:
        self._messages.append(sanitize_text(message))


def _note(line: StoredLine) -> Note | None:
    """Return the note on a line; None when there is none."""
    found = {key: value for key in _TEXTS if isinstance(value := line.record.get(key), str)}
    texts = {key: sanitize_excerpt(value) if key in _EXCERPTS else _safe(value) for key, value in found.items()}
    written = line.record.get("ref")
    if not {"id", "made"} <= texts.keys() or not isinstance(written, str):
        return None
    try:
        ref = parse_ref(written)
    except RefError:
        return None
    # An address may have any character in it, percent-encoded.
    ref = ref._replace(article=sanitize_text(ref.article), id=sanitize_text(ref.id))
    match line.record.get("alike"):
        case [int(before), int(after)]:
            alike = before, after
        case _:
            alike = 0, 0
    return Note(ref=ref, alike=alike, **{"words": "", **texts})


def _safe(text: str) -> str:
    """Return a text fit for a terminal; what was written in several lines keeps them."""
    return "\n".join(map(sanitize_text, text.split("\n")))


def _changed(lines: tuple[StoredLine, ...], changes: Iterable[_Change]) -> tuple[StoredLine, ...]:
    """Return the lines after these changes, the first one first."""
    for change in changes:
        lines = tuple(change(lines))
    return lines


def _record(note: Note, had: Mapping[str, object]) -> StoredLine:
    """Return the line of a note; other keys of its record are kept."""
    told = {key: getattr(note, key) for key in (*_TEXTS, "alike") if getattr(note, key)}
    kept = {key: had[key] for key in had if key not in (*_TEXTS, "alike")}
    return make_stored_line({**kept, "ref": str(note.ref), **told})


def _with(lines: Sequence[StoredLine], new: Mapping[str, Note]) -> list[StoredLine]:
    left = dict(new)
    made = []
    for line in lines:
        note = left.pop(str(line.record.get("id", "")), None)
        made.append(_record(note, line.record) if note else line)
    return [*made, *(_record(note, {}) for note in left.values())]
