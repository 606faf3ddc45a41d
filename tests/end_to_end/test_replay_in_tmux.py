"""Tests of the real program in two tmux terminals, where Textual's own output and the driver's show the same."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from replayed import said
from replays import PROGRAM, Size, data, indexed, walk
from terminals import Screen, Terminal, in_terminal, terminal
from waiting import until

pytestmark = in_terminal
STEPS = 12
AT_ONCE = 3


def article(folder: Path) -> str:
    return str(data(folder) / "nato-seoul-2023.yaml")


class Walked:
    """One of the two programs."""

    def __init__(self, desk: Terminal, size: Size, words: list[str]) -> None:
        self._desk, self._size = desk, size
        self._asked = 0
        desk.command(f"clear; $PYTHON {shlex.quote(str(PROGRAM))} copy {shlex.join(words)}")
        until(lambda: desk.state("alternate_on") == "1")

    def type(self, keys: list[str]) -> None:
        for typed in keys:
            self._desk.type(typed)

    def look(self) -> Screen:
        """Return the screen once everything that was typed has been handled."""
        until(self._is_painted, lambda: self._desk.look().text)
        return self._desk.look()

    def _is_painted(self) -> bool:
        """Ask, wait for the answer, and return whether that is from a screen of this size."""
        self._asked += 1
        self._desk.press("C-_")
        begun = said(self._asked, 0, 0).partition(",")[0]
        until(lambda: self._desk.state("pane_title").startswith(begun), lambda: self._desk.look().text)
        return self._desk.state("pane_title") == said(self._asked, *self._size)


@pytest.mark.parametrize(("seed", "size", "opened"), [(1, (80, 24), article), (2, (120, 35), indexed)])
def test_tmux_shows_the_same(tmp_path: Path, seed: int, size: Size, opened: Callable[[Path], str]) -> None:
    folders = tmp_path / "off", tmp_path / "on"
    for folder in folders:
        folder.mkdir()
    words = [[opened(folder)] for folder in folders]
    with terminal(folders[0], *size, DOSSIER_WIRE="off") as off, terminal(folders[1], *size) as on:
        pair = Walked(off, size, words[0]), Walked(on, size, words[1])
        keys = list(walk(seed, STEPS))
        for at in range(0, STEPS + 1, AT_ONCE):
            agree(*pair, keys[:at])
            for walked in pair:
                walked.type(keys[at : at + AT_ONCE])


def agree(one: Walked, other: Walked, pressed: list[str]) -> None:
    """Check that both show the same, at once or when both have found what is looked for in a library."""
    until(
        lambda: one.look().picture == other.look().picture, lambda: f"{pressed}\n{one.look().text}\n{other.look().text}"
    )
