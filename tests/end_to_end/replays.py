"""The program on a pseudo-terminal, with two emulators: one for the output of Textual, one for what the driver sends.

Keys are random. Whenever they are compared, both have to show the same.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from select import select
from unicodedata import normalize

from emulator import MendedPyte
from ptys import ROOT, Line, line, python
from pyte.screens import Char
from replayed import ASKED, said
from rooms import DATA
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import _character_to_key
from waiting import until

from dossier.terminal import tty
from dossier.terminal.capabilities import detect_capabilities
from dossier.ui.commands import COMMANDS

Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((80, 24), (200, 50), (40, 12), (120, 35))
PROGRAM = Path(__file__).parent / "replayed.py"

_LEFT_OUT = {"copy", "edit", "quit", "suspend", "web"}
_SEQUENCES = {keys[0].value: typed for typed, keys in [*ANSI_SEQUENCES_KEYS.items()][::-1] if isinstance(keys, tuple)}
"""Sequences by the names of their keys: the first one where several stand for the same key."""
_CHARACTERS = {_character_to_key(chr(code)): chr(code) for code in range(32, 127)}
_PROMPTS = "/s&b:"
_TYPED = ("arms", "the ", "세", "서울 ", "é", "e\u0301t", "o", "person:", "“", "\x7f", "\x7f", "\r", "\x1b", "\x15")


def keys() -> tuple[str, ...]:
    """Return what is typed for each key of each command that does not leave the program."""
    wanted = [key for command in COMMANDS if command.id not in _LEFT_OUT for key in command.keys]
    return tuple(_typed(key) for key in wanted)


def _typed(key: str) -> str:
    return _CHARACTERS.get(key) or _SEQUENCES[key]


def walk(seed: int, length: int) -> Iterator[str]:
    """Yield `length` keys, or words typed into a prompt, the same for the same seed."""
    chance, every = random.Random(seed), keys()
    while length > 0:
        length -= 1
        if chance.random() < 0.12:
            words = "".join(chance.choice(_TYPED) for _ in range(chance.randrange(1, 5)))
            yield chance.choice(_PROMPTS) + words
        else:
            yield chance.choice(every) * chance.choice((1, 1, 1, 4))


class Replay:
    """A run of the program. `sent` has all bytes from the driver up to the last comparison."""

    def __init__(self, far: Line, copy: Path, erases_in_colour: bool) -> None:
        self.far, self._copy = far, copy
        self._erases_in_colour = erases_in_colour
        self.sent = b""
        self._copied = 0
        self._number = count(1)
        self._waiting = b""
        self.afresh((far.columns, far.rows))

    def afresh(self, size: Size) -> None:
        """Begin with two new emulators of this size, which show something else."""
        self.wanted, self.have = (MendedPyte(*size, colour) for colour in (False, self._erases_in_colour))
        for screen in (self.wanted, self.have):
            screen.take(tty.ENTER + "\x1b[7;35;44m" + "\n\r".join(["?" * size[0]] * size[1]) + "\x1b[m")

    def resize(self, size: Size) -> None:
        """Change the size of the emulators, and let the program notice it."""
        self.far.resize(*size)
        self.afresh(size)
        self.have.forgives = True
        self.rest()
        self.have.forgives = False

    def type(self, typed: str) -> None:
        self.far.type(typed)

    def rest(self) -> None:
        """Wait until all input has been handled, on a screen of the size of the emulators."""
        until(lambda: self._is_asked((self.far.columns, self.far.rows)), lambda: "it never took that size")

    def _is_asked(self, size: Size) -> bool:
        """Ask, read until the answer, and return whether that is from a screen of this size."""
        number = next(self._number)
        self.far.type(ASKED)
        answer = f"\x1b]2;{said(number, *size)}\x07".encode()
        begun = answer.partition(b",")[0]

        def is_answered() -> bool:
            while select([self.far.near], [], [], 0.01)[0]:
                self._waiting += os.read(self.far.near, 65536)
            return begun in self._waiting and b"\x07" in self._waiting.partition(begun)[2]

        until(is_answered, lambda: f"no answer after {self._waiting[-400:]!r}")
        before, _, after = self._waiting.partition(begun)
        rest, _, self._waiting = after.partition(b"\x07")
        self.sent += before
        self.have.take(before.decode())
        copied = self._copy.read_bytes()[self._copied :]
        copied = copied[: copied.index(begun)]
        self._copied += len(copied) + len(begun + rest) + 1
        self.wanted.take(copied.decode())
        return begun + rest + b"\x07" == answer


@contextmanager
def replay(
    folder: Path, words: list[str], size: Size = SIZES[0], environment: Mapping[str, str] | None = None
) -> Iterator[Replay]:
    """Run the program with these arguments, and `folder` as its home."""
    copy, given = folder / "copy", {"TERM": "xterm-256color", "HOME": str(folder), **(environment or {})}
    with line(python(str(PROGRAM), str(copy), *words), size[0], size[1], **given) as far:
        yield Replay(far, copy, detect_capabilities(given, "utf-8").erases_in_colour)


def data(folder: Path) -> Path:
    """Return a copy of the bundled articles, which may get decisions of the user."""
    return Path(shutil.copytree(DATA, folder / "data"))


def indexed(folder: Path) -> str:
    """Return a copy of the bundled library, with an index for a user whose home is `folder`."""
    root = str(data(folder) / "port-arlen")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run(python("-m", "dossier", "index", root), env=environment, check=True, capture_output=True)
    return root


def differences(replayed: Replay, look: tuple[str, ...] = Char._fields) -> list[str]:
    """Return in words where the two emulators differ, whether letters are composed or not."""
    found = []
    rows = zip(replayed.wanted.cells(), replayed.have.cells(), strict=True)
    for row, (wanted, have) in enumerate(rows):
        if wanted == have:
            continue
        for column, (one, other) in enumerate(zip(map(_composed, wanted), map(_composed, have), strict=True)):
            if any(getattr(one, name) != getattr(other, name) for name in look):
                found.append(f"{row},{column}: {one} wanted, {other} there")
    return found


def _composed(char: Char) -> Char:
    return char._replace(data=normalize("NFC", char.data))
