"""Tests that a slow disk changes nothing but the time: for every key that asks a disk, the end is that of a fast one.

Here the slow disk answers nothing at once, so that a key is handled again for each of its questions. All keys are typed
ahead.
"""

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from libraries import PORT_ARLEN, opening
from port_arlen import gathered
from reader import Reader, browsing
from written_notes import short_of, stored

from dossier.core.paths import state_folder
from dossier.library import disk_jobs
from dossier.tui import note_effects, outside_effects

ENTER_FIRST = ("enter", "]")
"""Keys that open the first article, and go to a paragraph with a quote."""


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


async def end_of(root: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what there is on the screen and in the reader's files after these keys, in folders of their own."""
    root.mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(root))
    monkeypatch.chdir(root)
    async with browsing(opening(PORT_ARLEN, state_folder(PORT_ARLEN))) as reader:
        await gathered(reader)
        await reader.press(*keys)
        await gathered(reader)
        await reader.until(lambda: not reader.screen.exporter._job)
        return {**shown(reader), **kept(root)}


def shown(reader: Reader) -> dict[str, Any]:
    state, screen = reader.state, reader.screen
    return {
        "focus": (state.focus, reader.cursors),
        "article": state.reading.article.ref.article,
        "history": state.history,
        "scope": state.library_view.scope.steps,
        "notes": sorted((short_of(placed.note), placed.note.text, str(placed.ref)) for placed in state.notes),
        "unknown notes": {placed.note.id for placed in state.notes} - {note.id for note in stored()},
        "popup": (screen.popup.title, reader.sheet, screen.popup.pane.cursor.row) if screen.popup else None,
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
    "keys",
    [
        pytest.param(("j", "enter", "j", "j", "backspace", "backspace", "L", "j"), id="follow-back-forward"),
        pytest.param((*ENTER_FIRST, "m", "]", "m", "m", "]", "a", *"why", "enter", "j"), id="mark-and-note"),
        pytest.param(
            (*ENTER_FIRST, "a", *"one", "enter", "a", *" two", "enter", ":", *"note three", "enter"), id="edit"
        ),
        pytest.param((*ENTER_FIRST, "a", *"one", "ctrl+o", "a", "j"), id="note-in-the-editor"),
        pytest.param((*ENTER_FIRST, "m", "0", "j", "enter", "m", "'", "j", "enter", "j"), id="go-to-a-note"),
        pytest.param((*ENTER_FIRST, "m", "]", "m", "'", "x", "x", "escape", "j"), id="delete-a-note"),
        pytest.param((*"squay", "enter", "b", *"the quay", "enter", *"sbridge", "enter", "S", "j"), id="searches"),
        pytest.param(
            (*ENTER_FIRST, "a", *"toll", "enter", "0", *"snote:toll", "enter", "b", *"n", "enter"), id="in-notes"
        ),
        pytest.param(("2", "=", "c", "=", "j", "a", "space", "j"), id="decide"),
        pytest.param(("c", "j", "c", "j"), id="compare"),
        pytest.param((*ENTER_FIRST, "y", "escape", "x", "a", "enter", "enter"), id="copy-and-export"),
        pytest.param((":", *"export jsonl a", "enter", ":", *"export jsonl a", "enter", "y"), id="export-twice"),
        pytest.param((":", *"theme light", "enter", ":", *"theme none", "enter"), id="themes"),
        pytest.param(("j", "e", "enter", "e", "V", "m"), id="edit-the-file"),
        pytest.param(("j", ":", *"at hh-2023-04-12-ferry#para/p2", "enter", "m", "3", "enter", "m"), id="addresses"),
    ],
)
async def test_the_end_is_that_of_a_fast_disk(
    keys: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ran: list[str]
) -> None:
    fast = await end_of(tmp_path / "fast", keys, monkeypatch)
    started = ran[:]
    ran.clear()
    make_slow(monkeypatch)
    slow = await end_of(tmp_path / "slow", keys, monkeypatch)
    assert slow == {**fast, "message": fast["message"].replace(str(tmp_path / "fast"), str(tmp_path / "slow"))}
    assert ran == started
    assert not slow["unknown notes"]
    assert os.listdir(tmp_path / "slow") == os.listdir(tmp_path / "fast")
