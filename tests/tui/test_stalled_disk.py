"""Tests that no disk stops the keys: what it has not answered waits, and all else goes on.

The disk is stood for by functions of the program that wait for the test. An audit hook holds that nothing of the
library, and none of the reader's files, is opened on the thread of the event loop.
"""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from port_arlen import Open, gathered
from reader import NATO, Reader, reading
from waiting import PATIENCE

from dossier.library import disk_jobs, kept_lines, notebook
from dossier.library.article_store import FolderStore
from dossier.tui import file_watch


class StalledDisk:
    """A disk that answers as soon as `answer` is set. `asked` says that it was asked for something."""

    def __init__(self) -> None:
        self.answer, self.asked = threading.Event(), threading.Event()

    def stall(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def stalled(*words: Any, **named: Any) -> Any:
            self.asked.set()
            self.answer.wait()
            return work(*words, **named)

        return stalled

    def stall_name(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        monkeypatch.setattr(module, name, self.stall(getattr(module, name)))


@pytest.fixture
def disk() -> Iterator[StalledDisk]:
    stalled = StalledDisk()
    yield stalled
    stalled.answer.set()


async def test_a_key_that_opens_an_article_waits_and_the_keys_after_it_keep_their_order(
    arlen: Open, disk: StalledDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with arlen() as reader:
        # Before the cursor is there: the preview would have it read when the cursor rests.
        disk.stall_name(monkeypatch, FolderStore, "load")
        await reader.press_without_answer("j")
        before = reader.state
        await reader.press_without_answer("enter", "j", "j")
        assert disk.asked.wait(PATIENCE)
        assert reader.state.focus == before.focus
        assert reader.state.reading is before.reading
        await shown(reader, "the disk does not answer")
        disk.answer.set()
        await reader.until(lambda: reader.state.focus == "article" and reader.state.pane.offset > 0)
        assert before.pane.address
        assert reader.state.reading.article.ref.article == before.pane.address.article


async def test_escape_stops_the_waiting(arlen: Open, disk: StalledDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with arlen() as reader:
        disk.stall_name(monkeypatch, FolderStore, "load")
        # To an article that the preview has not read yet.
        await reader.press_without_answer("j", "enter", "escape")
        await shown(reader, "no longer waiting")
        row = reader.state.pane.cursor.row
        await reader.press("j")
        assert reader.state.pane.cursor.row == row + 1


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_a_key_that_quits_is_not_behind_one_that_waits(
    arlen: Open, disk: StalledDisk, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with arlen() as reader:
        disk.stall_name(monkeypatch, FolderStore, "load")
        await reader.press_without_answer("j", "enter", key)
        await ended(reader)


async def test_the_open_file_may_stall(disk: StalledDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(NATO) as reader:
        monkeypatch.setattr(file_watch, "_stamp", disk.stall(file_watch._stamp))
        await reader.until(disk.asked.is_set)
        here = reader.here
        await reader.press("j")
        assert reader.here != here


@pytest.mark.parametrize(
    ("method", "keys"), [("keep", ("m",)), ("place", ("'",)), ("remove", ("m", "m"))], ids=["keep", "list", "remove"]
)
async def test_the_notes_may_stall_and_are_changed_once(
    disk: StalledDisk, monkeypatch: pytest.MonkeyPatch, method: str, keys: tuple[str, ...]
) -> None:
    async with reading(NATO) as reader:
        await reader.press("m", "j", *keys[:-1])
        monkeypatch.setattr(notebook.Notebook, method, disk.stall(getattr(notebook.Notebook, method)))
        read_notes = vars(notebook.Notebook)["notes"].fget
        monkeypatch.setattr(notebook.Notebook, "notes", property(disk.stall(read_notes)))
        await reader.press_without_answer(keys[-1])
        assert disk.asked.wait(PATIENCE)
        disk.answer.set()
        await reader.press()
        kept = reader.screen.notes.notebook.notes
        assert len(kept) == (2 if method == "keep" else 1)


async def test_a_search_waits_for_its_file_and_is_kept_once(
    arlen: Open, disk: StalledDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with arlen() as reader:
        await reader.press("s", *"quay")
        disk.stall_name(monkeypatch, kept_lines, "change_lines")
        await reader.press_without_answer("enter")
        assert disk.asked.wait(PATIENCE)
        disk.answer.set()
        await reader.press()
        assert reader.state.library
        assert reader.state.library.memory.searches == ("quay",)
        assert reader.screen.prompt is None


async def test_nothing_is_opened_on_the_thread_of_the_keys(arlen: Open, opened_here: set[str], tmp_path: Path) -> None:
    async with arlen() as reader:
        await reader.press("enter", "m", "j", "y")
        await reader.press("escape", "a", *"why", "enter", "'", "enter", "0", *"squay", "enter")
        await reader.press("c", "j", "c", "escape", ".", "x", "escape", "3", "enter", "space", "escape")
        await gathered(reader)
    assert not opened_here


@pytest.fixture
def opened_here(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[str]]:
    """Paths of articles, notes and other files of the reader that were opened or looked up on this thread."""
    main, found, is_on = threading.current_thread(), set[str](), [True]
    watched = (".yaml", ".yml", ".json", ".jsonl")

    def hear(path: object) -> None:
        is_path = isinstance(path, str | bytes | os.PathLike)
        is_key = is_path and getattr(disk_jobs._this_thread, "attempt", None) is not None
        if is_on[0] and is_key and threading.current_thread() is main and os.fsdecode(path).endswith(watched):  # type: ignore[arg-type]
            found.add(os.fsdecode(path))  # type: ignore[arg-type]

    sys.addaudithook(lambda event, words: hear(words[0]) if event in ("open", "os.listdir", "os.scandir") else None)
    look_up = os.stat

    def stat(path: Any, *words: Any, **named: Any) -> os.stat_result:
        hear(path)
        return look_up(path, *words, **named)

    monkeypatch.setattr(os, "stat", stat)
    yield found
    is_on[0] = False


async def shown(reader: Reader, words: str) -> None:
    """Wait until the foot line has these words, although something still waits for the disk."""
    end = time.monotonic() + PATIENCE
    while words not in reader.foot:
        assert time.monotonic() < end, reader.text
        await asyncio.sleep(0.01)


async def ended(reader: Reader) -> None:
    """Wait until the app has been told to end."""
    end = time.monotonic() + PATIENCE
    while not reader.app._exit:
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
