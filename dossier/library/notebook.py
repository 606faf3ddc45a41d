"""The notes while the program runs. They are read when first needed, searched, and placed in each opened article.

The file is read again when another program has changed it. Every method may be called on any thread.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from uuid import uuid4

from dossier.core.note import Note, PlacedNotes
from dossier.core.note_places import make_note, place_notes, refresh_notes
from dossier.core.note_search import SearchedNotes
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading
from dossier.library.kept_lines import KeptLines, report_saving
from dossier.library.notes_file import NotesFile

Stamp = tuple[int, int, int]


def _now() -> datetime:
    return datetime.now(UTC)


def _make_id() -> str:
    # Random, since two programs that are open at once must not give one id to two notes.
    return uuid4().hex


class Notebook:
    """The notes in the file at `path`. `clock` returns the time in UTC, and `make_id` a new id for a note."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = _now, make_id: Callable[[], str] = _make_id) -> None:
        self._path, self._clock, self._make_id = path, clock, make_id
        self._file: NotesFile | None = None
        self._searched: tuple[Stamp | None, int, SearchedNotes] | None = None
        self._writes = 0
        self._lock = RLock()
        self.changes = 0
        """The number of changes made here. Places that were found before the last change are out of date."""

    @property
    def is_empty(self) -> bool:
        """Whether there are no notes, as far as that can be told without reading the file."""
        return not (self._file.notes if self._file else self._may_be_there())

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, as the file has them now, in the order in which they were made."""
        with self._lock:
            if self._file is None:
                self._file = NotesFile(self._path)
            else:
                self._file.kept.refresh_if_changed()
            return self._file.notes

    @property
    def files(self) -> tuple[KeptLines, ...]:
        """The file, with the changes that are not on the disk yet; none when it was not needed so far."""
        return (self._file.kept,) if self._file else ()

    def look(self) -> None:
        """Read the file again if another program has changed it, and it was read before or is new."""
        file = self._file
        if file is None and not self._may_be_there():
            return
        before = file.notes if file else self.notes
        if self.notes is not before:
            # Places found meanwhile are those of other notes.
            self._note_change()

    def to_search(self) -> SearchedNotes:
        """Return the notes as they are now, to be searched: the same value for as long as they stay as they are.

        The file is read when the notes are first asked for.
        """
        stamp, writes, searched = self._read_stamp(), self._writes, self._searched
        if searched is None or searched[:2] != (stamp, writes):
            # Another thread may set it at the same time, to what was there before.
            searched = self._searched = stamp, writes, SearchedNotes(lambda: self.notes)
        return searched[2]

    def read_to_search(self) -> SearchedNotes:
        """Return what `to_search` returns, with the notes read already, so that to draw what is found reads nothing."""
        found = self.to_search()
        assert found.articles is not None
        return found

    def place(self, reading: Reading) -> PlacedNotes:
        """Return the notes on an article, each with its place now. The new places of notes found again are saved."""
        placed = place_notes(self.notes, reading)
        moved = {note.id: note for note in refresh_notes(placed, reading)}
        if moved:
            self._add(moved.values())
        return PlacedNotes(one._replace(note=moved.get(one.note.id, one.note)) for one in placed)

    def make(self, reading: Reading, ref: Ref, text: str = "") -> Note | None:
        """Return a new note on what `ref` addresses, without saving it; None when nothing has that address."""
        made = self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        return make_note(reading, ref, self._make_id(), made, text)

    def keep(self, note: Note) -> None:
        """Write a note to the file, in place of the one with its id if there is one."""
        self._note_change()
        self._add([note])

    def remove(self, note_ids: Iterable[str]) -> None:
        """Remove the notes with these ids from the file."""
        self._note_change()
        with self._lock:
            self._file = self._file or NotesFile(self._path)
            self._file.remove(note_ids)
            self._writes += 1

    def report_saving(self, kept: str) -> str:
        """Return what the reader is to be told after a change: `kept` only if all of it is on the disk."""
        return " · ".join(report_saving(file, "") for file in self.files) or kept

    def messages(self) -> tuple[str, ...]:
        """Return the messages for the reader since the last call, and forget them."""
        with self._lock:
            return self._file.messages() if self._file else ()

    def _note_change(self) -> None:
        # Two threads that count at once would count once: of places found in between, nothing would tell that they are
        # out of date.
        with self._lock:
            self.changes += 1

    def _add(self, notes: Iterable[Note]) -> None:
        with self._lock:
            self._file = self._file or NotesFile(self._path)
            self._file.add(notes)
            self._writes += 1

    def _may_be_there(self) -> bool:
        """Return whether there may be a file of notes. Where that cannot be seen, reading it gives a message."""
        try:
            self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    def _read_stamp(self) -> Stamp | None:
        """Return what tells whether the file has changed; None when there is none."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
