"""The programs that are measured, and the keys with which each does what the others do.

Every program runs with its defaults, with the shortest command that shows the article, and without files of the user's.
When a program has no key for something, that is not measured.
"""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from builds import INSTALLED, BenchmarkError, Build
from manuscript import Manuscript

from dossier.ui.keystrokes import REST_SECONDS

_PAGE_DOWN, _ENTER, _ESCAPE, _BACKSPACE, _CTRL_C, _CTRL_S, _HOME, _DOWN = (
    *("\x1b[6~", "\r", "\x1b", "\x7f"),
    *("\x03", "\x13", "\x1bOH", "\x1bOB"),
)
_STEPS, _LINES, _PAGES, _NEW_PAGES, _LINKS, _ENTRIES = 5, 40, 5, 60, 40, 6
_FROM_PIP = ("visidata", "frogmouth")
_PATIENCE = 600

CACHE = "--cache"
"""The option for the folder in which programs from PyPI are installed."""


class Wanted(Enum):
    """Which of the answers to a key are counted."""

    STILL = "the text stands where it stood"
    MOVED = "the text has moved"
    ANY = "whatever it did"


class Press(NamedTuple):
    """Keys that are sent in one packet.

    The other fields tell whether the answer is measured, and whether the keys are repeated as often as the screen has
    rows, which brings the cursor to its edge.
    """

    keys: str
    is_measured: bool = False
    is_to_edge: bool = False


class Act(NamedTuple):
    """An action that is repeated: `round` from its beginning, until there are enough answers of the wanted kind.

    `rest` has the seconds after which a program may follow an answer up with more that belongs to it.
    """

    name: str
    wanted: Wanted
    round: tuple[Press, ...]
    rest: float = 0.0


class Program(NamedTuple):
    """A program with the article in it.

    `opening` has words by which the first screen is recognised. `typed` is typed ahead at the start so that the article
    is shown. `ready` is a key whose answer shows that the program takes keys; without one, the first screen shows that.
    `environment` comes on top of that of all programs. `has_margins` tells whether the terminal says that it has left
    and right margins.
    """

    name: str
    command: tuple[str, ...]
    opening: str
    acts: tuple[Act, ...]
    typed: str = ""
    ready: str = "j"
    environment: Mapping[str, str] = MappingProxyType({})
    has_margins: bool = False


STEP, LINE, PAGE = "cursor step", "text scrolled by a line", "text scrolled by a page"
NEW_PAGE, MARGINS = "text scrolled by a page not seen before", f"{LINE}, in a terminal with margins"
LINK, JUMP, PANE = "link step", "jump to a link", "change of pane"
FIRST_LETTER, LETTER = "first letter of find", "later letter of find"
ENTRY = "step in a list and its lighting"
ACTS = (NEW_PAGE, STEP, LINE, PAGE, LINK, JUMP, PANE, FIRST_LETTER, LETTER, ENTRY)
LISTED = 18
"""The steps in the lists of people, of quotes and of events, after which they begin anew."""


def dossier(name: str, article: Path, opening: str, found: Iterable[str], build: Build = INSTALLED) -> Program:
    """Return dossier itself, with this article."""
    listed = [press for key in "234" for press in (Press(key), *(Press(""),) * 3, Press("g"), *_again("j", _ENTRIES))]
    acts = (
        # The first of all: the others leave pages behind that were seen.
        Act(NEW_PAGE, Wanted.MOVED, (Press("g"), *_again(_PAGE_DOWN, _NEW_PAGES))),
        _steps("g", _PAGE_DOWN),
        _lines("g", "j"),
        _pages("g", _PAGE_DOWN),
        Act(LINK, Wanted.ANY, (Press("1g"), *_again("l", _LINKS))),
        # A popup with several targets is left by Esc, any other target by going back.
        Act(JUMP, Wanted.ANY, (Press("1gl"), *(Press(_ENTER, True), Press(_ESCAPE), Press(_BACKSPACE + "l")) * _LINKS)),
        Act(PANE, Wanted.ANY, (Press("1g"), *_again("\t", _LINES))),
        *_letters("1g", "/", found, _ESCAPE),
        # What is being typed is left first. A digit chooses a list once no other key has followed it.
        Act(ENTRY, Wanted.ANY, (Press(_ESCAPE), *listed), 2 * REST_SECONDS),
    )
    return Program(name, tuple(build.command(str(article))), opening, acts, environment=build.environment)


def empty() -> Program:
    """Return the almost empty Textual program."""
    command = (sys.executable, str(Path(__file__).with_name("empty.py")))
    return Program("empty", command, "pressed 0", (Act(STEP, Wanted.ANY, _again("j", _LINES)),), ready="")


def rivals(text: Manuscript, cache: Path | None, folder: Path, environment: Mapping[str, str]) -> Iterator[Program]:
    """Yield the other programs that are installed, each with the article. The files of newsboat go to `folder`."""
    acts: tuple[Act, ...]
    if less := _path("less"):
        acts = (_lines("g", "j"), _pages("g", " "), *_letters("g", "/", text.found, _CTRL_C))
        yield Program("less", (less, "--incsearch", str(text.text)), text.opening, acts)
    if newsboat := _path("newsboat"):
        command = _newsboat(newsboat, text, folder, environment)
        acts = (_lines(_HOME, _DOWN), _pages(_HOME, " "))
        # Only the lists of newsboat open without a key.
        yield Program("newsboat", command, text.opening, acts, typed=_ENTER * 2, ready=_DOWN)
    if w3m := _path("w3m"):
        acts = (
            _steps("g", " "),
            _lines("g", "J"),
            _pages("g", " "),
            Act(LINK, Wanted.ANY, (Press("g"), *_again("\t", _LINKS))),
            Act(JUMP, Wanted.ANY, (Press("g\t"), *(Press(_ENTER, True), Press("B\t")) * _LINKS)),
            *_letters("g", _CTRL_S, text.found, _ENTER),
        )
        yield Program("w3m", (w3m, str(text.html)), text.opening, acts)
    if visidata := _path("vd", _venv("visidata", cache)):
        acts = (_steps("gk", _PAGE_DOWN), _lines("gk", "j"), _pages("gk", _PAGE_DOWN))
        yield Program("visidata", (visidata, "--visidata-dir", str(folder), str(text.table)), text.opening, acts)
    if frogmouth := _path("frogmouth", _venv("frogmouth", cache)):
        acts = (
            _lines("\x1b[H", "j"),
            _pages("\x1b[H", " "),
            Act(PANE, Wanted.ANY, _again("\t", _LINES)),
        )
        yield Program("frogmouth", (frogmouth, str(text.markdown)), text.opening, acts)


def absent(cache: Path | None, wanted: Iterable[str]) -> Iterator[str]:
    """Yield the wanted programs that are missing, each with how to install it."""
    for name in wanted:
        if name in ("less", "newsboat", "w3m") and not _path(name):
            yield f"{name} is missing: apt-get install {name}"
        elif name in _FROM_PIP and not _path({"visidata": "vd"}.get(name, name), _venv(name, cache)):
            yield f"{name} is missing: {CACHE} FOLDER installs it there from PyPI"


def installed(cache: Path, wanted: Iterable[str]) -> None:
    """Install those from PyPI into this folder, each in a virtual environment of its own.

    They need different versions of Textual. Raises BenchmarkError when that fails.
    """
    for name in (name for name in wanted if name in _FROM_PIP):
        own = cache / name
        if _path({"visidata": "vd"}.get(name, name), own / "bin"):
            continue
        venv.create(own, with_pip=True)
        words = [str(own / "bin" / "python"), "-m", "pip", "install", "--quiet", name]
        try:
            subprocess.run(words, check=True, timeout=_PATIENCE, stdout=subprocess.DEVNULL)
        except (subprocess.SubprocessError, OSError) as error:
            raise BenchmarkError(f"{name} cannot be installed: {error}") from error


def _venv(name: str, cache: Path | None) -> Path | None:
    return cache / name / "bin" if cache else None


def _path(name: str, own: Path | None = None) -> str:
    places = os.environ.get("PATH", os.defpath)
    return shutil.which(name, path=os.pathsep.join((str(own), places)) if own else places) or ""


def _newsboat(newsboat: str, text: Manuscript, folder: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    (folder / "urls").write_text(f"file://{text.feed}\n", "utf-8")
    (folder / "config").write_text("text-width 0\n", "utf-8")
    files = (
        f"--{option}-file={folder / name}"
        for option, name in (("url", "urls"), ("cache", "cache.db"), ("config", "config"))
    )
    command = (newsboat, *files)
    words = [*command, "--execute=reload"]
    subprocess.run(words, env=dict(environment), check=False, timeout=_PATIENCE, stdout=subprocess.DEVNULL)
    return command


def _again(keys: str, times: int) -> tuple[Press, ...]:
    return (Press(keys, True),) * times


def _steps(top: str, page: str) -> Act:
    """Return the act that moves the cursor up and down in the middle of a few pages."""
    there_and_back = (*_again("j", _STEPS), *_again("k", _STEPS))
    return Act(STEP, Wanted.STILL, (Press(top), *there_and_back, *(Press(page), *there_and_back) * 3))


def _lines(top: str, key: str) -> Act:
    return Act(LINE, Wanted.MOVED, (Press(top), Press(key, is_to_edge=True), *_again(key, _LINES)))


def _pages(top: str, key: str) -> Act:
    return Act(PAGE, Wanted.MOVED, (Press(top), *_again(key, _PAGES)))


def _letters(top: str, prompt: str, words: Iterable[str], leave: str) -> Iterator[Act]:
    """Yield the acts that type words letter by letter: for their first letters, and for those that follow."""
    typed = [word[:6] for word in words]
    firsts = [press for word in typed for press in (Press(prompt), Press(word[0], True), Press(leave))]
    yield Act(FIRST_LETTER, Wanted.ANY, (Press(top), *firsts))
    later = [
        press
        for word in typed
        for press in (Press(prompt), Press(word[0]), *(Press(letter, True) for letter in word[1:]), Press(leave))
    ]
    yield Act(LETTER, Wanted.ANY, (Press(top), *later))
