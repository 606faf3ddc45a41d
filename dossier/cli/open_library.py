"""A library is opened at once with what its index has, while a child process brings that up to date.

Decided here: the screen's process only reads. The child is stopped with the screen, and what it has done stays done.
"""

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
from dossier.core.entry import Entry, Part
from dossier.core.paths import state_folder
from dossier.core.ref import Ref
from dossier.export.address import text_of
from dossier.export.plain_text import list_text
from dossier.library.article_rows import index_date_words
from dossier.library.growing_list import FIRST, GrowingList
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.indexer import Indexer
from dossier.library.library import Library
from dossier.library.user_data import Memory
from dossier.loader.article import load
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


def _row(row: ArticleRow) -> Entry:
    title = " · ".join(filter(None, (row.headline, row.outlet)))
    return Entry(
        Ref(row.ref.article, "about", "0"), (Part("label", index_date_words(row.published)), Part("text", title)), 0
    )
