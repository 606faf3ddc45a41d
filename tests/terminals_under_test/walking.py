"""A walk through a dossier in a terminal, which is looked at after every ten keys.

It has to show the picture that the program meant, and Ctrl+L must not change anything.
"""

import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from rooms import DATA
from waiting import PATIENCE, until

from dossier.core.dataclasses import NamedTuple
from dossier.text.width import iterate_clusters
from terminals_under_test.comparing import find_differences
from terminals_under_test.editors import Neovim, Vim
from terminals_under_test.gnu_screen import GnuScreen
from terminals_under_test.interface import Cells, TerminalUnderTest
from terminals_under_test.kitty import Kitty
from terminals_under_test.meaning import ASKED
from terminals_under_test.own_faults import OwnFault, is_broken_character
from terminals_under_test.tmux import MoshInTmux, Tmux
from terminals_under_test.vte import Vte, VteWithWideAmbiguous
from terminals_under_test.xterm_js import XtermJs, XtermJs5

TERMINALS: tuple[type[TerminalUnderTest], ...] = (
    Tmux,
    GnuScreen,
    Vim,
    Neovim,
    MoshInTmux,
    Vte,
    VteWithWideAmbiguous,
    XtermJs,
    XtermJs5,
    Kitty,
)
SCRIPTS = Path(__file__).parent.parent / "terminals" / "scripts-hard.yaml"
DOSSIERS = {"scripts": (str(SCRIPTS),), "demo": ("--demo",), "bundled": ()}
"""The arguments of the program for each dossier that is walked through."""
SIZES = ((100, 30), (80, 24))
"""The sizes of the screen in the first and in the second half of a walk."""
_ESC, _TAB, _BACK_TAB, _ENTER, _BACKSPACE, _REDRAW = "\x1b", "\t", "\x1b[Z", "\r", "\x7f", "\x0c"
KEYS = (
    ("j", "j", "j", "l", "l", _TAB, "j", "j", _ENTER, _BACKSPACE),
    ("G", "k", "h", " ", "j", _ESC, "g", "d", "}", "j"),
    ("/", "a", "r", _ENTER, "n", "n", "N", _ESC, _BACK_TAB, "k"),
    ("2", "j", "j", _ENTER, _TAB, _TAB, "j", "G", "{", "l"),
    ("?", "j", "d", _ESC, "f", _ESC, "3", "j", "m", "V"),
    (_ESC, ":", "h", "e", _ESC, "1", "u", "*", _ENTER, "G"),
)
"""What is typed between two looks at the screen. The size changes in the middle."""
LOOKS = 2 * (len(KEYS) + 2)
"""The number of pictures that are compared in a walk: each a second time, after Ctrl+L."""

_PAUSE = 0.03
_STEADY = 4
"""The number of times in a row that a screen has to be the same to count as settled."""
_LAST_TRIES = 3
"""The number of times that the program is asked again for a picture, when the screen is another one."""


class Look(NamedTuple):
    """What was found at one look at the screen: after which keys, and in which way it is not as it should be."""

    after: str
    differences: tuple[str, ...] = ()


class Walk:
    """A program in a terminal."""

    def __init__(self, terminal: TerminalUnderTest, folder: Path) -> None:
        self._terminal, self._folder = terminal, folder
        self._asked = 0
        self._version = terminal.version()

    def start(self, words: Sequence[str], size: tuple[int, int]) -> None:
        for name in ("keys", "frame"):
            (self._folder / name).unlink(missing_ok=True)
        self._asked = 0
        program = str(Path(__file__).with_name("meaning.py"))
        command = [sys.executable, program, str(self._folder), *words]
        self._terminal.start(command, *size, make_environ(self._folder))

    def press(self, key: str) -> None:
        """Press a key, and wait until the program has got it."""
        before = self._count()
        self._terminal.press(key)
        until(lambda: self._count() > before, lambda: f"{key!r} never came\n{self.text}")

    def take_on(self, size: tuple[int, int]) -> None:
        """Wait until the program paints for this size."""
        until(lambda: _size(self.ask()) == size, lambda: f"it never took the size {size}\n{self.text}")

    def ask(self) -> tuple[Cells, ...]:
        """Return the picture that the program means, once it has done everything that was typed."""
        self._asked += 1
        self._terminal.press(ASKED)
        until(lambda: self._frame()[0] >= self._asked, lambda: f"no answer\n{self.text}")
        return self._frame()[1]

    def looks(self, after: str) -> Iterator[Look]:
        """Look twice: at what stands there, and at what Ctrl+L changes."""
        yield self._look(after, self.compare())
        yield self._look(f"{after} and Ctrl+L", self.redraw())

    def compare(self) -> tuple[str, ...]:
        """Return how the terminal's grid differs from the picture that is meant, once neither changes any more."""
        meant = self.ask()
        for _ in range(_LAST_TRIES):
            seen = self.settle(partial(_is_shown, meant))
            found = find_differences(meant, seen)
            before, meant = meant, self.ask() if found else meant
            if not found or before == meant:
                break
        return tuple(found)

    def settle(self, is_right: Callable[[tuple[Cells, ...]], bool] = lambda seen: False) -> tuple[Cells, ...]:
        """Return the terminal's grid once it is right, or has been the same several times in a row."""
        end = time.monotonic() + PATIENCE
        seen, times = self._terminal.cells(), 0
        while times < _STEADY and not is_right(seen):
            time.sleep(_PAUSE)
            before, seen = seen, self._terminal.cells()
            times = times + 1 if seen == before else 0
            assert time.monotonic() < end, f"the screen never rests\n{self.text}"
        return seen

    def redraw(self) -> tuple[str, ...]:
        """Return what Ctrl+L changes in the terminal's grid, but for rows that mean something else after a key."""
        meant, before = self.ask(), self.settle()
        self.press(_REDRAW)
        meant_again, after = self.ask(), self.settle()
        rows = zip(before, after, meant, meant_again, strict=True)
        return tuple(
            f"row {number}, Ctrl+L\n    before {''.join(row)!r}\n    after  {''.join(again)!r}"
            for number, (row, again, one, other) in enumerate(rows)
            if one == other and _written(row) != _written(again)
        )

    @property
    def text(self) -> str:
        return "\n".join(self._terminal.rows())

    def _look(self, after: str, found: Sequence[str]) -> Look:
        name, version = self._terminal.name, self._version
        return Look(after, tuple(one for one in found if not is_broken_character(name, version, one)))

    def _count(self) -> int:
        keys = self._folder / "keys"
        return keys.stat().st_size if keys.exists() else 0

    def _frame(self) -> tuple[int, tuple[Cells, ...]]:
        frame = self._folder / "frame"
        if not frame.exists():
            return 0, ()
        told = json.loads(frame.read_text("utf-8"))
        return told["number"], tuple(map(tuple, told["rows"]))


def walk(terminal: TerminalUnderTest, folder: Path, dossier: str, spared: OwnFault | None = None) -> Iterator[Look]:
    """Walk through a dossier, and yield what was found at each look. The home of the program is `folder`.

    With `spared`, the files of the dossier are without the characters that show this fault.
    """
    words = [_spare_file(Path(path), folder, spared) for path in DOSSIERS[dossier]] if spared else DOSSIERS[dossier]
    terminal.widths = measure_widths(terminal.ruler, folder, _read_dossiers())
    walked = Walk(terminal, folder)
    try:
        walked.start(words, SIZES[0])
        yield from walked.looks("the start")
        for number, keys in enumerate(KEYS):
            if 2 * number == len(KEYS):
                terminal.resize(*SIZES[1])
                walked.take_on(SIZES[1])
                yield from walked.looks("the change of size")
            for key in keys:
                walked.press(key)
            yield from walked.looks(f"{10 * (number + 1)} keys")
    finally:
        terminal.stop()


def _spare_file(path: Path, folder: Path, fault: OwnFault) -> str:
    """Write a file once more into the folder, without what shows a fault of the terminal, and return its path."""
    spared = folder / f"spared-{path.name}"
    spared.write_text(fault.spare(path.read_text("utf-8")), "utf-8")
    return str(spared)


def measure_widths(terminal: TerminalUnderTest, folder: Path, sources: Iterable[str]) -> dict[str, int]:
    """Return how many cells this terminal gives to each character of the sources."""
    texts, answers = folder / "texts", folder / "answers"
    texts.write_text(json.dumps(sorted(_find_texts(sources))), "utf-8")
    answers.unlink(missing_ok=True)
    program = str(Path(__file__).with_name("measuring.py"))
    command = [sys.executable, program, str(texts), str(answers)]
    terminal.start(command, *SIZES[0], make_environ(folder))
    try:
        until(answers.exists, lambda: "the terminal does not say where its cursor is")
    finally:
        terminal.stop()
    measured: dict[str, int] = json.loads(answers.read_text("utf-8"))
    return measured


def make_environ(folder: Path) -> dict[str, str]:
    """Return the environment of a program whose home is `folder`."""
    source = str(Path(__file__).parent.parent.parent)
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "PYTHONPATH": source}


def _read_dossiers() -> Iterator[str]:
    for path in (SCRIPTS, *DATA.rglob("*.yaml")):
        yield path.read_text("utf-8")


def _find_texts(sources: Iterable[str]) -> set[str]:
    # The program itself writes ranges of dates, a point for a soft hyphen, and marks of direction.
    found = set[str]("–\u2027\u200c\u200d\u200e\u200f")
    for text in sources:
        found.update(text[start:end] for start, end, _ in iterate_clusters(text) if not text[start:end].isascii())
    # The program sends composed letters, and a terminal may take a character apart.
    found |= {unicodedata.normalize("NFC", text) for text in found}
    found |= set("".join(found))
    return {text for text in found if not text.isascii()}


def _is_shown(meant: Sequence[Cells], seen: Sequence[Cells]) -> bool:
    return not find_differences(meant, seen)


def _written(row: Cells) -> list[str]:
    """Return the cells of a row up to the last that is not blank. One that was never written is blank, too."""
    end = max((column + 1 for column, text in enumerate(row) if text.strip()), default=0)
    return list(row[:end])


def _size(rows: Sequence[Cells]) -> tuple[int, int]:
    return (len(rows[0]) if rows else 0, len(rows))
