"""What is pending is tried again by itself, what other programs write is seen, and ending waits for no disk."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from waiting import until

from dossier.core.note import Note
from dossier.core.ref import Ref
from dossier.library import background_saving
from dossier.library.background_saving import BackgroundSaving
from dossier.library.kept_lines import list_unsaved
from dossier.library.notebook import Notebook
from dossier.library.notes_file import NotesFile
from dossier.library.user_data import UserData

NOTE = Note("n1", Ref("a", "para", "p1", (0, 4)), "some", "2026-11-28T14:05:00Z", text="ask\nher")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def saving(state: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BackgroundSaving]:
    """Return what looks after the files in `state`, without a rest between two looks."""
    monkeypatch.setattr(background_saving, "_LOOK_SECONDS", 0.01)
    followed = UserData(state / "library"), Notebook(state / "notes.jsonl")
    made = BackgroundSaving(lambda: followed)
    yield made
    made.stop()


def memory_of(saving: BackgroundSaving) -> UserData:
    (memory,) = (one for one in saving._followed() if isinstance(one, UserData))
    return memory


def notebook_of(saving: BackgroundSaving) -> Notebook:
    (notebook,) = (one for one in saving._followed() if isinstance(one, Notebook))
    return notebook


def test_what_is_pending_is_tried_again_until_it_is_kept(state: Path, saving: BackgroundSaving) -> None:
    state.write_text("no folder", "utf-8")
    memory, notebook = memory_of(saving), notebook_of(saving)
    memory.messages()
    memory.save("toll", "quay toll")
    memory.remember("ferry")
    notebook.keep(NOTE)
    told = threading.Event()
    saving.start(told.set)
    assert [len(file.unsaved) for file in saving.files] == [1, 1, 0, 1]
    state.unlink()
    until(lambda: all(file.is_kept for file in saving.files) and told.is_set())
    assert UserData(state / "library").saved == {"toll": "quay toll"}
    assert NotesFile(state / "notes.jsonl").notes == (NOTE,)
    assert {message for file in saving.files for message in file.messages() if "now saved" in message} == {
        "now saved: 1 change"
    }


def test_what_other_programs_write_is_seen(state: Path, saving: BackgroundSaving) -> None:
    told = threading.Event()
    saving.start(told.set)
    other = UserData(state / "library")
    other.save("toll", "quay toll")
    until(lambda: memory_of(saving).saved == {"toll": "quay toll"} and told.is_set())
    NotesFile(state / "notes.jsonl").add([NOTE])
    until(lambda: len(saving.files) == 4 and bool(saving.files[3].lines))
    assert notebook_of(saving).notes == (NOTE,)
    # An editor writes in place.
    (state / "library" / "saved.jsonl").write_text('{"name": "by hand", "search": "x"}\n', "utf-8")
    until(lambda: [*memory_of(saving).saved] == ["by hand"])


def test_ending_tries_a_last_time_and_lists_what_is_left(state: Path, saving: BackgroundSaving) -> None:
    state.write_text("no folder", "utf-8")
    memory_of(saving).save("toll", "quay toll")
    notebook_of(saving).keep(NOTE)
    saving.end(60)
    lines = list_unsaved(saving.files).splitlines()
    assert [line for line in lines if line.startswith(" ")] == [
        "  saved search “toll”: quay toll",
        "  note on a#para/p1:0-4 “some”: ask",
        "  her",
    ]
    assert [line.startswith("not saved: ") for line in lines] == [True, False, True, False, False]
    state.unlink()
    saving.end(60)
    assert list_unsaved(saving.files) == ""
    assert UserData(state / "library").saved == {"toll": "quay toll"}


def test_ending_does_not_wait_for_a_disk_that_does_not_answer(
    state: Path, saving: BackgroundSaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, asked = threading.Event(), threading.Event()

    def stall(*_: object) -> None:
        asked.set()
        answer.wait()
        raise TimeoutError

    monkeypatch.setattr("dossier.library.kept_lines.change_lines", stall)
    memory = memory_of(saving)
    key = threading.Thread(target=memory.save, args=("toll", "quay toll"), daemon=True)
    key.start()
    asked.wait()
    saving.end(0.01)
    assert memory.saved == {"toll": "quay toll"}
    assert list_unsaved(saving.files) == (
        f"not saved: the disk has not answered: {state / 'library' / 'saved.jsonl'}\n  saved search “toll”: quay toll"
    )
    answer.set()
    key.join()
