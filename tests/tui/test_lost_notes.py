"""Notes whose words are found again, or nowhere for certain, in the running program."""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from reader import NARROW, NATO, TINY, WIDE, reading
from written_notes import on, short_of, stored, write_note

from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading

MIDDLE = (100, 30)
SIZES = pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW, TINY])


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> Callable[[Placement, Sequence[str]], None]:
    """Return a function that lets the notes on NATO have this placement, and these places to choose from."""

    def placed_so(placement: Placement, offered: Sequence[str]) -> None:
        def place(notes: Iterable[Note], reading: Reading) -> tuple[PlacedNote, ...]:
            refs = tuple(Ref("nato-seoul-2023", "para", one, (0, 12)) for one in offered)
            is_found = placement is Placement.FOUND
            return tuple(
                PlacedNote(note, placement, refs[0] if is_found else None, () if is_found else refs) for note in notes
            )

        monkeypatch.setattr("dossier.library.notebook.place_notes", place)

    return placed_so


async def test_notes_that_are_found_again_are_told_and_kept_at_their_new_place(
    lost: Callable[[Placement, Sequence[str]], None],
) -> None:
    write_note("who?")
    lost(Placement.FOUND, ["p3"])
    async with reading() as reader:
        await reader.until(lambda: "1 note found again" in reader.foot)
        assert [short_of(note) for note in stored()] == ["para/p3:0-12"]
        assert (on(reader, "para/p3"), on(reader, "para/p1")) == (["who?"], [])


@SIZES
async def test_a_lost_note_is_put_on_one_of_its_places(
    size: tuple[int, int], lost: Callable[[Placement, Sequence[str]], None]
) -> None:
    write_note("who?")
    lost(Placement.SEVERAL, ["p3", "p5"])
    async with reading(size=size) as reader:
        await reader.until(lambda: "1 lost note: '" in reader.text)
        await reader.press("'")
        assert "in 2 places: who?" in reader.popup_rows[0]
        await reader.press("enter")
        assert "Note on ¶1" in reader.text
        await reader.press("n", "enter")
        assert [short_of(note) for note in stored()] == ["para/p5:0-12"]
        assert reader.here == "para/p5"
        assert on(reader, "para/p5") == ["who?"]
        assert "the note is now on" in reader.text
        await reader.press("backspace")
        assert reader.here == "headline"


async def test_a_lost_note_is_kept_when_the_sheet_is_left(
    lost: Callable[[Placement, Sequence[str]], None],
) -> None:
    note = write_note("who?")
    lost(Placement.MISSING, [])
    async with reading() as reader:
        await reader.until(lambda: "1 lost note" in reader.foot)
        await reader.press("'", "enter", "enter")
        assert "no place to choose: the note is kept as it is" in reader.text
        await reader.press("escape")
        assert reader.screen.note_sheet is None
        assert stored() == (note,)
        await reader.press("'", "a", *"!", "enter")
        assert [one.text for one in stored()] == ["who?!"]
        assert reader.state.notes.lost[0].note.text == "who?!"


async def test_the_sheet_of_a_lost_note_says_what_to_install(
    lost: Callable[[Placement, Sequence[str]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_note("who?")
    lost(Placement.MISSING, [])
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    async with reading() as reader:
        await reader.until(lambda: "1 lost note" in reader.foot)
        await reader.press("'", "enter")
        assert "pip install 'dossier[notes]'" in reader.text


async def test_a_place_whose_words_have_changed_meanwhile_is_not_taken(
    tmp_path: Path, lost: Callable[[Placement, Sequence[str]], None]
) -> None:
    file = Path(shutil.copy(NATO, tmp_path / NATO.name))
    note = write_note("who?")
    lost(Placement.SEVERAL, ["p3", "p5"])
    async with reading(file) as reader:
        await reader.until(lambda: "1 lost note" in reader.foot)
        await reader.press("'", "enter")
        file.write_text(file.read_text("utf-8").replace("Pyongyang, he added", "The North, he added"), "utf-8")
        await reader.until(lambda: "The North, he added" in str(reader.state.reading.entries["article"][3].text))
        await reader.press("enter")
        assert "the note was not moved" in reader.foot
        assert stored() == (note,)


async def test_a_changed_file_has_its_notes_placed_again(
    tmp_path: Path, lost: Callable[[Placement, Sequence[str]], None]
) -> None:
    file = Path(shutil.copy(NATO, tmp_path / NATO.name))
    async with reading(file) as reader:
        await reader.press("]", "m")
        lost(Placement.MISSING, [])
        file.write_text(file.read_text("utf-8").replace("Pyongyang, he added", "The North, he added"), "utf-8")
        await reader.until(lambda: "1 lost note" in reader.foot)
        assert "the file has changed: reloaded · 1 lost note: '" in reader.foot
        assert len(stored()) == 1
