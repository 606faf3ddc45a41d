"""A library is opened at once with what its index has, while a child process brings that up to date.

Decided here: the screen's process only reads. The child is stopped with the screen, and what it has done stays done.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dossier.arguments import Browse, Trouble
from dossier.commands.bringing import index_of, known_of
from dossier.commands.opening import cells
from dossier.commands.printing import tell
from dossier.dates.spans import duration
from dossier.entries.entry import Entry, Part
from dossier.export.plain import list_text
from dossier.index.building import Stage
from dossier.index.reader import ArticleRow, Index
from dossier.library.library import Library
from dossier.library.listing import date_words
from dossier.limits import Limits
from dossier.reading.jumps import go
from dossier.reading.ranging import entrance, sought
from dossier.reading.room import Room
from dossier.ref import Ref
from dossier.state import Memory, state_folder
from dossier.text.safe import safe

_PATIENCE = 10.0
"""Seconds that another program may take to begin an index."""
_NAP = 0.02
_SWITCH = 0.0005
"""Seconds after which a thread that gathers rows lets the screen's thread go on: a key shall not wait for it."""


@contextmanager
def opening(root: Path, asked: Browse) -> Iterator[Callable[[Callable[[], None]], Room]]:
    """How the room of the library is opened; when that is left, nothing of it goes on. Raises Trouble."""
    sys.setswitchinterval(_SWITCH)
    indexer = Indexer(root, asked.limits)
    indexer.start()
    try:
        index = _index(root, indexer)
        if asked.at and index.find(asked.at.article) is None:
            raise Trouble(f"no article {asked.at.article!r} in the index: dossier index {root} brings it up to date")
        yield _entering(root, index, indexer, asked)
    finally:
        indexer.stop()


def _entering(root: Path, index: Index, indexer: "Indexer", asked: Browse) -> Callable[[Callable[[], None]], Room]:
    def enter(grown: Callable[[], None]) -> Room:
        registry = known_of(root, asked.limits).registry
        library = Library(root, index, Memory(state_folder(root)), registry, asked.limits, grown, indexer.start)
        indexer.told = library.tell
        room = entrance(library)
        if asked.find:
            room = sought(room, library.understood(safe(asked.find), date.today()))
        return go(room, asked.at) or room if asked.at else room

    return enter


def listed(root: Path, asked: Browse) -> int:
    """Print the articles of a library, newest first, each with its address. Raises Trouble when there is none."""
    if asked.find:
        tell("--find needs a terminal to show the place in: dossier search prints what is found")
    index = index_of(root, asked.limits)
    for first in index.firsts():
        row = index.article(first)
        print(list_text([_row(row)], cells()))
    return 0


class Indexer:
    """The child process that brings the index up to date, one at a time; `told` hears how far it is, in words."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._command = [sys.executable, "-m", "dossier", "index", str(root), "--format", "json", *_options(limits)]
        self._child: subprocess.Popen[str] | None = None
        self.told: Callable[[str], None] = lambda words: None

    def start(self) -> None:
        """Start it anew, since something changed that it has to take in."""
        self.stop()
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        # A group of its own: Ctrl-C and Ctrl-Z at the keyboard are for the screen.
        self._child = subprocess.Popen(self._command, text=True, start_new_session=True, **pipes)  # type: ignore[call-overload]
        threading.Thread(target=self._listen, args=(self._child,), daemon=True).start()

    @property
    def is_running(self) -> bool:
        """Whether it has still to do."""
        return self._child is not None and self._child.poll() is None

    def stop(self) -> None:
        """End it; what it has written stays."""
        child, self._child = self._child, None
        if child and child.poll() is None:
            child.terminate()
            try:
                child.wait(2)
            except subprocess.TimeoutExpired:
                child.kill()

    def _listen(self, child: "subprocess.Popen[str]") -> None:
        for line in child.stdout or ():
            self.told(progress_words(json.loads(line)))
        if child.wait() not in (0, -15, 143) and self._child is child:
            self.told("the index could not be brought up to date: dossier index says why")


def progress_words(told: dict[str, object]) -> str:
    """How far the index is, for a title; nothing when it is done, or has nothing to do."""
    files, done, left = (told.get(key) for key in ("files", "done", "left"))
    if told.get("ended") or told.get("stage") == str(Stage.LOOKING):
        return ""
    if not isinstance(files, int) or not isinstance(done, int) or not files:
        return str(told.get("stage", ""))
    rate = told.get("rate")
    words = f"{told.get('stage')} {done * 100 // files} %"
    words += f" · {rate:,.0f}/s" if isinstance(rate, float) and rate else ""
    return words + (f" · {duration(left)} left" if isinstance(left, float) else "")


def _index(root: Path, indexer: Indexer) -> Index:
    """The index as it is; where there is none yet, as soon as its first batch is begun."""
    until = time.monotonic() + _PATIENCE
    index = Index.open(root)
    while index is None:
        if not indexer.is_running and (index := Index.open(root)) is None:
            raise Trouble(f"there is no index of {root}, and none can be made: dossier index {root} says why")
        if time.monotonic() > until:
            raise Trouble(f"another program writes the index of {root} and has not begun with it: try again")
        time.sleep(_NAP)
        index = index or Index.open(root)
    return index


def _options(limits: Limits) -> list[str]:
    usual = Limits()
    names = ("size", "depth", "aliases", "entries")
    given = ((name, getattr(limits, name)) for name in names if getattr(limits, name) != getattr(usual, name))
    return [word for name, value in given for word in (f"--max-{name}", str(value))]


def _row(row: ArticleRow) -> Entry:
    title = " · ".join(filter(None, (row.headline, row.outlet)))
    return Entry(Ref(row.ref.article, "about", "0"), (Part("label", date_words(row.published)), Part("text", title)), 0)
