"""Press random keys in the running program, paste into it and change its size.

PYTHONPATH=tests python tests/fuzz/key_walk.py 5000 1 2

The first number is how many keys are pressed for each of the seeds that follow. After every few keys the screen has to
show what is drawn from the state anew, nothing in it may act on a terminal, and at the end `q` leaves the program.
Commands that leave the screen for another program do nothing, and files are written into a folder for the walk alone.
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from unicodedata import category

import pytest
from libraries import opening
from reader import Reader, browsing, reading
from rooms import DATA
from textual.keys import _character_to_key

from dossier.tui import effects, outside_effects
from dossier.tui.exporter import PURPOSE
from dossier.tui.lines_widget import Lines
from dossier.ui.commands import COMMANDS
from dossier.ui.view import ScreenRenderer

LEFT_OUT = ("edit", "pipe", "quit", "suspend", "web")
"""The commands that end the program or start another one."""
CHARACTERS = {_character_to_key(chr(code)): chr(code) for code in range(32, 127)}
TYPED = (
    "arms",
    "the ",
    "서울 ",
    "e\u0301",
    "speaker:",
    "(",
    '"',
    "-",
    "2023",
    "200",
    "3",
    "lena",
    "tab",
    "export",
    "“",
)
_EDITING = ("enter", "escape", "backspace", "tab", "up", "down", "ctrl+u", "ctrl+w", "ctrl+a", "left", "delete")
_PASTED = ("toll", "two\nlines\r\n", "\x1b[31mred\x07", "a\u202eb\x00c", "x" * 5000, "\ud800", "👩\u200d🚀 한국", "")
_SIZES = ((1, 1), (2, 1), (1, 50), (200, 1), (13, 5), (40, 12), (80, 24), (99, 30), (100, 30), (140, 40), (200, 50))


def list_keys() -> tuple[str, ...]:
    """Return every key of every command that is not left out, and every letter and sign that can be typed."""
    named = (key for command in COMMANDS if command.id not in LEFT_OUT for key in command.keys)
    quits = {key for command in COMMANDS if command.id in LEFT_OUT for key in command.keys}
    typed = (char for name, char in CHARACTERS.items() if name not in quits and char not in quits)
    return (*(CHARACTERS.get(key, key) for key in named), *typed)


class Walk:
    """A walk through one run of the program, the same for the same seed as far as nothing comes in late."""

    def __init__(self, reader: Reader, seed: int) -> None:
        self._reader, self._chance, self._keys = reader, random.Random(seed), list_keys()
        self.pressed = 0
        self.trail: list[str] = []

    async def go(self, number: int) -> None:
        """Press so many keys."""
        while self.pressed < number:
            await self._step()
            await self._check()

    async def _step(self) -> None:
        """Press a few keys, or type into a prompt, or paste, or change the size."""
        chance, reader = self._chance, self._reader
        prompt, dice = reader.screen.prompt, chance.random()
        if dice < 0.04:
            size = chance.choice((*_SIZES, (chance.randint(1, 200), chance.randint(1, 50))))
            self.trail.append(f"size {size}")
            await reader.resize(size)
        elif dice < 0.07:
            pasted = chance.choice(_PASTED)
            self.trail.append(f"paste {pasted[:20]!r}")
            await reader.paste(pasted)
        elif prompt and dice < 0.7:
            words = chance.choice(TYPED) if chance.random() < 0.4 else ""
            await self._press([*words, chance.choice(_EDITING)])
        else:
            keys = [chance.choice(self._keys)] * chance.choice((1, 1, 1, 1, 3))
            # A name of a file that begins with a slash is outside of the folder of the walk.
            inside = [key for key in keys if key not in "/~." or not (prompt and prompt.purpose == PURPOSE)]
            await self._press([*chance.choice(("", "", "", "5", "12", "999")), *inside])

    async def _press(self, keys: list[str]) -> None:
        self.trail.append(" ".join(keys))
        self.pressed += len(keys)
        await (self._reader.press_at_once if self._chance.random() < 0.5 else self._reader.press)(*keys)

    async def _check(self) -> None:
        """Assert that the program runs, and that what it shows is safe and is what is drawn from the state anew."""
        screen = self._reader.screen
        assert self._reader.app._exception is None
        assert self._reader.app.is_running
        for _time in range(200):
            shown, view = screen.query_one(Lines).shown, screen.view
            if shown == ScreenRenderer().lines(screen.state, view):
                break
            # Something that is read in the background may have come in, and is painted next.
            await asyncio.sleep(0.02)
        else:
            anew = ScreenRenderer().lines(screen.state, screen.view)
            rows = [(row, old, new) for row, (old, new) in enumerate(zip(shown, anew, strict=False)) if old != new]
            raise AssertionError(f"the screen never shows what is drawn anew: {len(shown)}, {len(anew)}, {rows[:2]}")
        assert len(shown) == screen.size.height
        for line in shown:
            assert not [char for piece in line for char in piece.text if category(char) in ("Cc", "Cs", "Zl", "Zp")]


@contextmanager
def only_inside() -> Iterator[None]:
    """Let the commands that are left out do nothing."""
    with pytest.MonkeyPatch.context() as patch:
        for name in LEFT_OUT:
            patch.setitem(effects.EFFECTS, name, lambda host: None)
        # The text to copy by hand is shown without the program around it.
        patch.setattr(outside_effects, "print_on_plain_screen", lambda *given: None)
        yield


async def walk(seed: int, number: int, opened: Callable[[], AbstractAsyncContextManager[Reader]]) -> int:
    """Walk, then leave with `q`; return the number of keys. An error says which keys were pressed last."""
    async with opened() as reader:
        path = Walk(reader, seed)
        try:
            with only_inside():
                await path.go(number)
            await reader.resize((80, 24))
            await reader.press(*["escape"] * 12, "q")
            await reader.until(lambda: reader.app._exit)
        except BaseException as error:
            error.add_note(f"seed {seed}, {path.pressed} keys, the last of them: {path.trail[-12:]}")
            raise
    return path.pressed


def open_for_walk(seed: int, folder: Path) -> Callable[[], AbstractAsyncContextManager[Reader]]:
    """Return a function that opens the bundled library or, for odd seeds, the bundled article."""
    if seed % 2:
        return reading
    return lambda: browsing(opening(DATA / "port-arlen", folder))


if __name__ == "__main__":
    for one in map(int, sys.argv[2:]):
        with tempfile.TemporaryDirectory() as home:
            os.environ |= {name: f"{home}/{name}" for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
            os.chdir(home)
            pressed = asyncio.run(walk(one, int(sys.argv[1]), open_for_walk(one, Path(home, "state"))))
            print(f"seed {one}: {pressed:,} keys", flush=True)
