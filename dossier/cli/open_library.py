"""A library is opened at once with what its index has, while a child process brings that up to date.

Decided here: the screen's process only reads. The child is stopped with the screen, and what it has done stays done.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dossier.cli.addressed import addressed
from dossier.cli.arguments import Browse, CommandError
from dossier.cli.browse import Opened, Print, Screen, where_left
from dossier.cli.index_update import index_of, known_of, nothing_in
from dossier.cli.output import tell
from dossier.cli.sources import cells
from dossier.core.dataclasses import replace
from dossier.core.dates.words import duration
from dossier.core.entry import Entry, Part
from dossier.core.paths import state_folder
from dossier.core.ref import Ref
from dossier.export.address import text_of
from dossier.export.plain_text import list_text
from dossier.library.article_rows import index_date_words
from dossier.library.growing_list import FIRST, GrowingList
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.update import Stage
from dossier.library.library import Library
from dossier.library.user_data import Memory
from dossier.loader.article import load
from dossier.loader.limits import Limits
from dossier.text.sanitize import safe
from dossier.ui.library_scope import enter_article, entrance, renewed, sought, tallied
from dossier.ui.navigation import arrived, go, step
from dossier.ui.state import Room

_PATIENCE = 10.0
"""Seconds that another program may take to begin an index."""
_NAP = 0.02
_SOON = 0.08
"""Seconds that the first picture waits for the first articles, which take fewer."""
_AFTER = 0.8
"""Seconds until an index that is there is brought up to date: the first screen comes first."""
_EVERY = 60.0
"""Seconds from the end of one look at the library's files to the next."""
_SWITCH = 0.0005
"""Seconds after which a thread that gathers rows lets the screen's thread go on: a key shall not wait for it."""


def browsed(root: Path, asked: Browse, screen: Screen | None, printed: Print) -> int:
    """Open the library on the `screen`, or have it `printed` without one, and give the status. Raises CommandError."""
    if screen is None:
        return listed(root, asked, printed)
    with opening(root, asked) as enter:
        return screen(Opened(enter, lambda file: load(file, asked.limits), state_folder(root), asked))


@contextmanager
def opening(root: Path, asked: Browse) -> Iterator[Callable[[Callable[[], None]], Room]]:
    """How the room of the library is opened; when that is left, nothing of it goes on. Raises CommandError."""
    sys.setswitchinterval(_SWITCH)
    indexer = Indexer(root, asked.limits)
    later = threading.Timer(_AFTER, indexer.start)
    try:
        index = None if asked.at else Index.open(root)
        if index is None:
            indexer.start()
            index = _index(root, indexer)
        else:
            later.start()
        at = _at(root, index, indexer, asked)
        yield _entering(root, index, indexer, asked._replace(at=at))
    finally:
        later.cancel()
        indexer.stop()


def listed(root: Path, asked: Browse, printed: Print) -> int:
    """Print the articles of a library, newest first, each with its address, or the one that is asked for. Raises
    CommandError when there is none."""
    if asked.find:
        tell(
            "--find needs a terminal to show the place in: here all is printed, and dossier search prints what is found"
        )
    index = index_of(root, asked.limits)
    if asked.at:
        reading, at = addressed(root, index, asked.at, asked.limits)
        printed([text_of(reading.article, at, cells())])
    else:
        printed(list_text([_row(index.articles.article(first))], cells()) for first in index.articles.article_ids())
    return 0


class Indexer:
    """The child process that brings the index up to date, again and again; `told` hears how far it is, in words."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._command = [sys.executable, "-m", "dossier", "index", str(root), "--format", "json", *_options(limits)]
        self._child: subprocess.Popen[str] | None = None
        self._again: threading.Timer | None = None
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
        if self._again:
            self._again.cancel()
        child, self._child = self._child, None
        if child and child.poll() is None:
            child.terminate()
            try:
                child.wait(2)
            except subprocess.TimeoutExpired:
                # With all that it started.
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def _listen(self, child: "subprocess.Popen[str]") -> None:
        for line in child.stdout or ():
            self.told(progress_words(json.loads(line)))
        status = child.wait()
        if self._child is not child:
            return
        if status:
            self.told("the index could not be brought up to date: dossier index says why")
            return
        # Articles come in while one reads.
        self._again = threading.Timer(_EVERY, self.start)
        self._again.daemon = True
        self._again.start()


def progress_words(told: dict[str, object]) -> str:
    """How far the index is, for a title; nothing when it is done, or has nothing to do."""
    stage, files, done, left = (told.get(key) for key in ("stage", "files", "done", "left"))
    if told.get("ended") or stage == str(Stage.LOOKING):
        return ""
    if stage != str(Stage.READING) or not isinstance(files, int) or not isinstance(done, int) or not files:
        return str(stage or "")
    rate = told.get("rate")
    words = f"{stage} {done * 100 // files} %"
    words += f" · {rate:,.0f}/s" if isinstance(rate, float) and rate else ""
    return words + (f" · {duration(left)} left" if isinstance(left, float) else "")


def _index(root: Path, indexer: Indexer) -> Index:
    """The index as it is; where there is none yet, as soon as its first batch is begun."""
    until = time.monotonic() + _PATIENCE
    index = Index.open(root)
    while index is None:
        if not indexer.is_running and (index := Index.open(root)) is None:
            raise CommandError(f"there is no index of {root}, and none can be made: dossier index {root} says why")
        if time.monotonic() > until:
            raise CommandError(f"another program writes the index of {root} and has not begun with it: try again")
        time.sleep(_NAP)
        index = index or Index.open(root)
    return index


def _at(root: Path, index: Index, indexer: Indexer, asked: Browse) -> Ref | None:
    """What is asked for, with the address of its article; there must be something to open. Raises CommandError."""
    wanted = asked.at

    def is_there() -> bool:
        if wanted and wanted.article:
            return index.articles.find(wanted.article) is not None
        return index.total() > (1 if wanted else 0)

    until = time.monotonic() + _PATIENCE
    while not is_there() and indexer.is_running and time.monotonic() < until:
        time.sleep(_NAP)
    if not is_there() and indexer.is_running:
        if wanted:
            raise CommandError(
                f"the index of {root} is still being made, and has no {wanted}: dossier index {root} ends it"
            )
    elif not index.total():
        raise nothing_in(root, index)
    return addressed(root, index, wanted, asked.limits)[1] if wanted else None


def _entering(root: Path, index: Index, indexer: Indexer, asked: Browse) -> Callable[[Callable[[], None]], Room]:
    # What there is to tell of these must be told before there is a screen.
    registry = known_of(root, asked.limits).registry

    def enter(grown: Callable[[], None]) -> Room:
        library = Library(root, index, Memory(state_folder(root)), registry, asked.limits, grown, indexer.start)
        indexer.told = library.tell
        room = where_left(entrance(library), state_folder(root), asked)
        if asked.find:
            room = sought(room, library.understood(safe(asked.find), date.today()))
        there = enter_article(room, asked.at.article) if asked.at else None
        if there is None or asked.at is None:
            return _begun(room)
        return replace(go(there, asked.at) or there, trail=room.trail.visit(step(room)))

    return enter


def _begun(room: Room) -> Room:
    """The room when its list has a screen full of articles, or soon."""
    until = time.monotonic() + _SOON
    while not _fills(room.panes["library"].entries) and time.monotonic() < until:
        time.sleep(_NAP / 10)
    return arrived(tallied(renewed(room)))


def _fills(rows: Sequence[Entry]) -> bool:
    return len(rows) >= FIRST or (isinstance(rows, GrowingList) and rows.done)


def _options(limits: Limits) -> list[str]:
    usual = Limits()
    names = ("size", "depth", "aliases", "entries")
    given = ((name, getattr(limits, name)) for name in names if getattr(limits, name) != getattr(usual, name))
    return [word for name, value in given for word in (f"--max-{name}", str(value))]


def _row(row: ArticleRow) -> Entry:
    title = " · ".join(filter(None, (row.headline, row.outlet)))
    return Entry(
        Ref(row.ref.article, "about", "0"), (Part("label", index_date_words(row.published)), Part("text", title)), 0
    )
