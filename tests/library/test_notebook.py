"""Tests of the notebook: what is made is kept, what others make is seen, what is found again is written down."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from rooms import FERRY, made, ref

from dossier.core.dataclasses import replace
from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.views.panes import Reading, make_reading
from dossier.library.notebook import Notebook

FIRST = make_reading(made(FERRY), ())
EDITED = make_reading(made(FERRY.replace("Reyes was silent.", "Tom Reyes kept silent.")), ())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "notes.jsonl"


def notebook(path: Path, name: str = "n") -> Notebook:
    """Return a notebook whose clock stands, and whose ids are numbered."""
    ids = count(1)
    return Notebook(path, lambda: datetime(2026, 11, 28, 14, 5, tzinfo=UTC), lambda: f"{name}{next(ids)}")


def kept(book: Notebook, address: str, text: str = "") -> Note:
    note = book.make(FIRST, ref(address), text)
    assert note
    book.keep(note)
    return note


def test_a_note_is_made_with_its_words_and_time_and_is_kept(path: Path) -> None:
    note = kept(notebook(path), "para/p2:0-6", "who?")
    assert (note.id, note.words, note.made, note.text) == ("n1", "Okafor", "2026-11-28T14:05:00Z", "who?")
    assert notebook(path).notes == (note,)


def test_nothing_is_made_of_what_is_not_there(path: Path) -> None:
    assert notebook(path).make(FIRST, ref("para/p99")) is None
    assert not path.parent.exists()


def test_without_a_file_it_is_empty_and_makes_none(path: Path) -> None:
    book = notebook(path)
    assert book.is_empty
    assert (book.notes, book.place(FIRST), book.messages()) == ((), (), ())
    assert not path.parent.exists()
    kept(book, "para/p1")
    assert not book.is_empty
    assert not notebook(path).is_empty


def test_a_file_that_cannot_be_looked_at_is_told_of(tmp_path: Path) -> None:
    book = notebook(tmp_path / ("long" * 100) / "notes.jsonl")
    assert not book.is_empty
    assert book.place(FIRST) == ()
    assert ["cannot read" in told for told in book.messages()] == [True]


def test_what_another_program_writes_is_seen(path: Path) -> None:
    book, other = notebook(path), notebook(path, "o")
    one = kept(book, "para/p1")
    two = kept(other, "para/p2")
    assert list(other.notes) == list(book.notes) == [one, two]
    other.remove([one.id])
    assert list(book.notes) == [two]


def test_a_note_is_changed_in_its_line(path: Path) -> None:
    book = notebook(path)
    one, two = kept(book, "para/p1"), kept(book, "para/p2")
    book.keep(replace(one, text="first line\nsecond line"))
    assert [(note.id, note.text) for note in notebook(path).notes] == [
        (one.id, "first line\nsecond line"),
        (two.id, ""),
    ]


def test_changes_are_counted(path: Path) -> None:
    book = notebook(path)
    before = book.changes
    note = kept(book, "para/p1")
    book.remove([note.id])
    assert book.changes == before + 2


def test_notes_on_other_articles_are_not_placed(path: Path) -> None:
    book = notebook(path)
    note = kept(book, "para/p1")
    book.keep(replace(note, id="other", ref=note.ref._replace(article="elsewhere"), path="/elsewhere.yaml"))
    assert [placed.note.id for placed in book.place(FIRST)] == [note.id]


def test_a_note_that_is_found_again_is_written_with_its_new_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = notebook(path)
    note = kept(book, "para/p2:36-52", "why?")
    there = ref("para/p2:36-56")

    def found(notes: Iterable[Note], reading: Reading) -> list[PlacedNote]:
        return [PlacedNote(one, Placement.FOUND, there) for one in notes]

    monkeypatch.setattr("dossier.library.notebook.place_notes", found)
    (placed,) = book.place(EDITED)
    assert (placed.placement, placed.ref, placed.note.ref) == (Placement.FOUND, there, there)
    (stored,) = notebook(path).notes
    assert stored == placed.note
    assert (stored.id, stored.made, stored.text) == (note.id, note.made, "why?")
    assert stored.words == EDITED.entries["article"][4].text[36:56]
    assert stored.digest != note.digest


def test_a_note_without_a_place_stays_as_it_was_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = notebook(path)
    note = kept(book, "para/p2:0-6")
    content = path.read_bytes()

    def lost(notes: Iterable[Note], reading: Reading) -> list[PlacedNote]:
        return [PlacedNote(one, Placement.MISSING) for one in notes]

    monkeypatch.setattr("dossier.library.notebook.place_notes", lost)
    (placed,) = book.place(EDITED)
    assert (placed.note, placed.ref) == (note, None)
    assert path.read_bytes() == content


def test_what_cannot_be_written_holds_while_the_program_runs(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    book = notebook(blocked / "notes.jsonl")
    one, two = kept(book, "para/p1"), kept(book, "para/p2")
    assert any("not saved yet" in message for message in book.messages())
    assert list(book.notes) == [one, two]
    blocked.unlink()
    three = kept(book, "para/p3")
    assert list(notebook(blocked / "notes.jsonl").notes) == list(book.notes) == [one, two, three]
