"""What the screen says of saving is so: nothing is called saved before it is on the disk, for every kind of thing."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from reader import NATO, Reader, reading
from written_notes import on, stored, write_note

from dossier.library import background_saving
from dossier.library.notes_file import notes_path
from dossier.library.user_data import UserData

Open = Callable[[], AbstractAsyncContextManager[Reader]]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_saving, "_LOOK_SECONDS", 0.01)


def said(reader: Reader) -> str:
    return reader.screen.view.message


def facets(reader: Reader) -> str:
    return "\n".join(entry.text for entry in reader.state.panes["facets"].entries)


def folder_of(reader: Reader) -> Path:
    assert reader.state.library
    return reader.state.library.memory.files[0].path.parent


@pytest.mark.parametrize(
    ("keys", "claim", "name"),
    [
        ((*"stoll", "enter", "b", *"the toll", "enter"), "saved as “the toll”", "saved.jsonl"),
        (("2", "=", "j", "a"), "is different", "decisions.jsonl"),
        (("2", "=", "c"), "is the same in", "decisions.jsonl"),
    ],
)
async def test_what_is_saved_is_called_that_and_what_is_not_is_not(
    arlen: Open, keys: tuple[str, ...], claim: str, name: str
) -> None:
    async with arlen() as reader:
        library = reader.state.library
        assert library
        rejoined: list[bool] = []
        library.rejoin = lambda: rejoined.append(library.memory.files[2].is_kept)
        path = folder_of(reader) / name
        path.mkdir(parents=True)
        await reader.until(lambda: "cannot read" in said(reader))
        await reader.press(*keys)
        assert "not saved yet" in said(reader)
        assert "Is a directory; move away the folder in its place" in said(reader)
        assert claim not in said(reader)
        # The message goes with the next key; that something is not saved stays.
        await reader.press("escape", "escape", "j")
        assert said(reader) == ""
        assert "1 change not saved" in reader.foot
        path.rmdir()
        await reader.until(path.is_file)
        await reader.until(lambda: "now saved: 1 change" in said(reader))
        await reader.press("k")
        assert "not saved" not in reader.foot
        # The index takes the decisions from the disk.
        assert rejoined[-1]
        assert reader.app.end_saving() == ""


async def test_a_search_that_is_not_kept_is_told_at_once(arlen: Open) -> None:
    async with arlen() as reader:
        folder_of(reader).mkdir(parents=True, exist_ok=True)
        (folder_of(reader) / "searches.jsonl").mkdir()
        await reader.until(lambda: "cannot read" in said(reader))
        await reader.press(*"stoll", "enter")
        assert "not saved yet" in said(reader)
        await reader.press("s", "up")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "toll"
        assert "  search: toll" in reader.app.end_saving()


@pytest.mark.parametrize("keys", [("m",), ("a", *"ask her", "enter")])
async def test_a_note_that_is_not_kept_is_told_held_and_kept_later(keys: tuple[str, ...]) -> None:
    notes_path().mkdir(parents=True)
    async with reading() as reader:
        await reader.press("]", *keys)
        assert "not saved yet" in said(reader)
        assert "noted" not in said(reader)
        assert "marked" not in said(reader)
        assert len(on(reader, "para/p1")) == 1
        assert ("ask her" if len(keys) > 1 else "mark on nato-seoul-2023#para/p1") in reader.app.end_saving()
        await reader.press("j")
        notes_path().rmdir()
        await reader.press("]", "m")
        assert "not saved" not in said(reader)
        assert [str(note.ref).partition("#")[2] for note in stored()] == ["para/p1", "para/p2"]
        assert reader.app.end_saving() == ""


async def test_a_saved_search_of_another_program_appears(arlen: Open) -> None:
    async with arlen() as reader:
        UserData(folder_of(reader)).save("from elsewhere", "quay")
        await reader.until(lambda: "from elsewhere" in facets(reader))
        await reader.press("s", *"fer")
        UserData(folder_of(reader)).save("while typing", "quay")
        await reader.press(*"ry", "enter", "escape")
        await reader.until(lambda: "while typing" in facets(reader))


async def test_a_note_of_another_program_appears() -> None:
    async with reading(NATO) as reader:
        write_note("theirs")
        await reader.until(lambda: [one.note.text for one in reader.state.notes] == ["theirs"])
        notes_path().write_text("", "utf-8")
        await reader.until(lambda: not reader.state.notes)
