"""The file of notes as tests of the screen see it, and the notes that the screen has."""

from reader import Reader

from dossier.core.note import Note
from dossier.core.ref import Ref
from dossier.library.notes_file import NotesFile, notes_path
from dossier.ui.notes import notes_of_entry


def stored() -> tuple[Note, ...]:
    return NotesFile(notes_path()).notes


def short_of(note: Note) -> str:
    return str(note.ref).partition("#")[2]


def on(reader: Reader, address: str) -> list[str]:
    """Return the texts of the notes that the state has on an entry."""
    kind, _, name = address.partition("/")
    ref = Ref(reader.state.reading.article.ref.article, kind, name)
    return [placed.note.text for placed in notes_of_entry(reader.state, ref)]


def write_note(text: str = "", address: str = "para/p1", article: str = "nato-seoul-2023") -> Note:
    """Write a note as another program would."""
    kind, _, name = address.partition("/")
    note = Note(f"{address} {text}", Ref(article, kind, name, (0, 4)), "some", "2026-11-28T14:05:00Z", text=text)
    NotesFile(notes_path()).add([note])
    return note
