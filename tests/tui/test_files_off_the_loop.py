"""Tests that no key has a file read, listed or looked up on the thread of the event loop.

All commands are walked through. An audit hook hears what is opened, listed, removed or connected to; `os.stat` and its
like raise no audit event and are replaced. The index is in another folder: what it answers while a list is drawn is a
few rows each time, and a key that quits is watched meanwhile (`terminal.quit_watch`).
"""

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from libraries import PORT_ARLEN, opening
from port_arlen import gathered
from reader import WIDE, Reader, browsing

from dossier.ui.commands import COMMANDS

EVENTS = {"open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.utime", "os.chmod"}
LOOKS = ("stat", "lstat", "access", "readlink")
LEAVING = {"quit", "edit", "suspend"}
"""Commands that leave the program, for good or for a while."""


class HeardFiles:
    """What was asked of the disk on the thread of the event loop while a key was handled, below these folders."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = tuple(str(folder) + os.sep for folder in folders)
        self._loop = threading.get_ident()
        self.is_on = False
        self.found: dict[str, str] = {}

    def hear(self, event: str, path: object) -> None:
        if not self.is_on or threading.get_ident() != self._loop or not isinstance(path, str | bytes | os.PathLike):
            return
        name = os.path.abspath(os.fsdecode(path))
        if (name + os.sep).startswith(self._folders):
            ours = [row for row in traceback.extract_stack() if f"{os.sep}dossier{os.sep}" in row.filename]
            self.found.setdefault(f"{event} {name}", " < ".join(f"{row.name}:{row.lineno}" for row in ours[::-1][:6]))


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeardFiles]:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    files = HeardFiles((tmp_path, PORT_ARLEN))

    def hook(event: str, words: tuple[object, ...]) -> None:
        if files.is_on and words and (event in EVENTS or event == "sqlite3.connect"):
            files.hear(event, str(words[0]).removeprefix("file://").partition("?")[0])

    def listened(name: str, look: Any) -> Any:
        def look_up(path: Any, *words: Any, **named: Any) -> Any:
            files.hear(name, path)
            return look(path, *words, **named)

        return look_up

    sys.addaudithook(hook)
    for name in LOOKS:
        monkeypatch.setattr(os, name, listened(name, getattr(os, name)))
    yield files
    files.is_on = False


async def walk(reader: Reader) -> None:
    """Do every command of the table, in an article and in the list of articles, and close what it opens."""
    for pane in ("0", "1"):
        for command in COMMANDS:
            if command.id not in LEAVING:
                await reader.press(pane, command.keys[0])
                await reader.press("escape", "escape")


async def test_no_command_asks_the_disk_in_the_event_loop(heard: HeardFiles, tmp_path: Path) -> None:
    async with browsing(opening(PORT_ARLEN, tmp_path / "state"), WIDE) as reader:
        await gathered(reader)
        heard.is_on = True
        await walk(reader)
        heard.is_on = False
    assert heard.found == {}
