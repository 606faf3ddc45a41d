"""The file of the reader's marks and notes, one for all articles: `notes.jsonl` in the program's state folder.

It is JSON Lines, one note on each line, in the order in which they were made. It is the only place of the notes: the
files of the articles are never changed.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dossier.core.note import Note
from dossier.core.paths import resolve_xdg_folder
from dossier.core.ref import RefError, parse_ref
from dossier.library.jsonl import StoredLine, make_stored_line
from dossier.library.kept_lines import KeptLines
from dossier.text.messages import abbreviate
from dossier.text.sanitize import sanitize_excerpt, sanitize_text

_TEXTS = ("id", "words", "made", "digest", "before", "after", "text", "path")
_EXCERPTS = ("words", "before", "after")
_SHOWN_WORDS = 40


def notes_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the path of the file of notes; nothing is created."""
    return resolve_xdg_folder("XDG_STATE_HOME", "~/.local/state", environment) / "notes.jsonl"


class NotesFile:
    """The notes in the file at `path`, as they were last read.

    Each change is written at once. No method raises an exception if the file has errors, or cannot be read or written:
    `messages` has a message then, and changes that could not be written hold in memory and are tried again.
    """

    def __init__(self, path: Path) -> None:
        self.kept = KeptLines(path)
        self._known: dict[str, Note | None] = {}
        self._notes: tuple[int, tuple[Note, ...]] | None = None
        self.kept.refresh()

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, in the order in which they were made; the same value as long as they are as they were."""
        version, lines, found = self.kept.version, self.kept.lines, self._notes
        if found is None or found[0] != version:
            # After a change all lines but one are as they were.
            known = self._known
            self._known = known = {
                line.text: known[line.text] if line.text in known else _note(line) for line in lines if line.record
            }
            # Another thread may set it at the same time, to those of other lines.
            found = self._notes = version, tuple([note for line in lines if (note := known.get(line.text))])
        return found[1]

    def refresh(self) -> None:
        """Read the file again, with what other programs added. What could not be written is kept."""
        self.kept.refresh()

    def messages(self) -> tuple[str, ...]:
        """Return the messages for the reader since the last call, and forget them."""
        return self.kept.messages()

    def add(self, notes: Iterable[Note]) -> None:
        """Add notes at the end of the file; one whose id is in the file already takes the place of that one."""
        new = {note.id: note for note in notes}
        if new:
            self.kept.change(lambda lines: _with(lines, new), {id: _words(note) for id, note in new.items()})

    def remove(self, ids: Iterable[str]) -> None:
        """Remove the notes with these ids."""
        gone = set(ids)
        words = {note.id: f"deleted: {_words(note)}" for note in self.notes if note.id in gone}
        self.kept.change(lambda lines: [line for line in lines if line.record.get("id") not in gone], words)


def _words(note: Note) -> str:
    """Return what a note says and where, for a reader who has to keep it elsewhere."""
    where = f"{note.ref} “{abbreviate(note.words, _SHOWN_WORDS)}”" if note.words else str(note.ref)
    return f"note on {where}: {note.text}" if note.text else f"mark on {where}"


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
