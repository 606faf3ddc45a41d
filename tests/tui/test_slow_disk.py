"""Tests that a slow disk changes nothing but the time: for every key that asks a disk, the end is that of a fast one.

Here the slow disk answers nothing at once, so that a key is handled again for each of its questions. All keys are typed
ahead.
"""

import json
import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from libraries import PORT_ARLEN, opening
from port_arlen import gathered
from reader import NATO, Reader, browsing, reading
from waiting import PATIENCE
from written_notes import short_of, stored

from dossier.core.paths import state_folder
from dossier.core.views.panes import Reading
from dossier.export.export_job import ExportJob
from dossier.library import disk_jobs
from dossier.tui import app, exporter, note_effects, outside_effects
from dossier.tui.shown_screen import ShownScreen
from dossier.ui.find_filter import replace_reading
from dossier.ui.state import State


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the editor add a line, and return what it was given, each time that it was started."""
    had: list[str] = []

    def run(app: object, words: Sequence[str]) -> str:
        path = Path(words[-1])
        had.append(path.read_text("utf-8") if path.suffix == ".txt" else path.name)
        if path.suffix == ".txt":
            path.write_text(f"{had[-1]}from the editor\n", "utf-8")
        return ""

    monkeypatch.setattr(note_effects, "run_in_foreground", run)
    monkeypatch.setattr(outside_effects, "run_in_foreground", run)
    return had


def make_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no answer be there when the disk is asked for it."""
    monkeypatch.setattr(disk_jobs, "_PATIENCE", 0.0)

    def start(job: disk_jobs.DiskJob) -> None:
        threading.Timer(0.002, job.run).start()

    monkeypatch.setattr(disk_jobs.DiskJob, "start", start)


async def end_of(
    root: Path, is_library: bool, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """Return what there is on the screen and in the reader's files after these keys, in folders of their own."""
    root.mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(root))
    monkeypatch.chdir(root)
    async with browsing(opening(PORT_ARLEN, state_folder(PORT_ARLEN))) if is_library else reading() as reader:
        await gathered(reader)
        await reader.press(*keys)
        await gathered(reader)
        await reader.until(lambda: not reader.screen.exporter._job)
        return {**shown(reader), **kept(root)}


def shown(reader: Reader) -> dict[str, Any]:
    state, screen = reader.state, reader.screen
    return {
        "focus": (state.focus, reader.here),
        "article": state.reading.article.ref.article,
        "history": [[one.focus for one in way] for way in (state.history.past, state.history.future)],
        "scope": state.library_view.scope.steps,
        "notes": sorted((short_of(placed.note), placed.note.text, str(placed.ref)) for placed in state.notes),
        "unknown notes": {placed.note.id for placed in state.notes} - {note.id for note in stored()},
        "popup": (
            screen.popup.title,
            reader.popup_rows,
            screen.popup.pane.cursor.row,
            [one.group for one in screen.popup.entries],
        )
        if screen.popup
        else None,
        "prompt": (screen.prompt.purpose, screen.prompt.line.text) if screen.prompt else None,
        "sheets": (screen.comparison is None, screen.note_sheet is None, bool(screen.hints), screen.is_alone),
        "typed": (screen.typed_commands, screen.exporter.names, screen.options.theme),
        "message": screen.view.message,
    }


def kept(root: Path) -> dict[str, Any]:
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".lock"]
    return {str(path.relative_to(root)): _without_ids(path.read_text("utf-8")) for path in files}


def _without_ids(text: str) -> list[Any]:
    lines = [json.loads(line) if line.startswith("{") else line for line in text.splitlines()]
    return [
        {k: v for k, v in one.items() if k not in ("id", "made")} if isinstance(one, dict) else one for one in lines
    ]


@pytest.mark.parametrize(
    ("is_library", "keys"),
    [
        pytest.param(False, ("]", "m", "]", "m", "m", "]", "a", *"why", "enter", ":", *"note so", "enter"), id="notes"),
        pytest.param(False, ("]", "a", *"one", "ctrl+o", "a", "e", "'", "x", "x", "escape", "j"), id="editor"),
        pytest.param(False, ("x", "a", "enter", *"a", "enter", ":", *"theme ascii", "enter"), id="export"),
        pytest.param(True, ("j", "enter", "]", "m", "0", "j", "enter", "'", "enter", "backspace", "L"), id="jumps"),
        pytest.param(True, (*"squay", "enter", "b", *"quays", "enter", *"snote:x", "enter", "S"), id="searches"),
        pytest.param(True, ("c", "j", "c", "escape", "2", "=", "j", "a", "space", "j"), id="decisions"),
        pytest.param(True, ("2", "=", "j", "a", "U", "j", "a", "G", "a", "U"), id="taken back"),
    ],
)
async def test_the_end_is_that_of_a_fast_disk(
    is_library: bool, keys: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ran: list[str]
) -> None:
    monkeypatch.setattr(disk_jobs, "_PATIENCE", PATIENCE)
    fast = await end_of(tmp_path / "fast", is_library, keys, monkeypatch)
    started = ran[:]
    ran.clear()
    make_slow(monkeypatch)
    slow = await end_of(tmp_path / "slow", is_library, keys, monkeypatch)
    assert slow == {**fast, "message": fast["message"].replace(str(tmp_path / "fast"), str(tmp_path / "slow"))}
    assert ran == started
    assert not slow["unknown notes"]
    assert os.listdir(tmp_path / "slow") == os.listdir(tmp_path / "fast")


async def test_notes_that_were_there_before_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await end_of(tmp_path / "state", False, ("]", "m"), monkeypatch)
    make_slow(monkeypatch)
    async with reading() as reader:
        await reader.until(lambda: len(reader.state.notes) == 1)
        assert [str(placed.ref) for placed in reader.state.notes] == [str(note.ref) for note in stored()]


async def test_a_changed_file_is_shown_after_all_that_its_picture_asks_a_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced(state: State, reading: Reading) -> State:
        disk_jobs.ask_disk("what the picture needs", lambda: None)
        return replace_reading(state, reading)

    monkeypatch.setattr(app, "replace_reading", replaced)
    make_slow(monkeypatch)
    path = Path(shutil.copy(NATO, tmp_path))
    async with reading(path) as reader:
        path.write_text(path.read_text("utf-8").replace("upwards of 90", "more than 90"), "utf-8")
        await reader.until(lambda: "reloaded" in reader.foot)
        assert "more than 90" in reader.text


async def test_an_export_begins_once_after_all_that_its_picture_asks_a_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, begun = ShownScreen.change, list[ExportJob]()

    def ask_and_change(screen: ShownScreen, state: State, say: str = "") -> None:
        disk_jobs.ask_disk("what the picture needs", lambda: None)
        change(screen, state, say)

    class Job(ExportJob):
        def write(self) -> str:
            begun.append(self)
            return super().write()

    monkeypatch.setattr(ShownScreen, "change", ask_and_change)
    monkeypatch.setattr(exporter, "ExportJob", Job)
    monkeypatch.chdir(tmp_path)
    make_slow(monkeypatch)
    async with reading() as reader:
        await reader.press("x", "a", "enter", *"one", "enter")
        await reader.until(lambda: "wrote" in reader.screen.view.message)
    assert len(begun) == 1
    assert len(list(tmp_path.glob("*one*"))) == 1
