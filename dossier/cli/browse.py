"""`dossier` alone, or with a path: what is opened on the screen, and what is printed where there is none.

A folder with more than one YAML file is a library; a single article, even one in a folder, is opened by itself.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from dossier.cli.arguments import Browse, CommandError
from dossier.cli.found import default_path, no_article
from dossier.cli.output import tell
from dossier.cli.sources import CELLS, cells, meant, readings, wanted
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.paths import state_folder
from dossier.core.query import parse
from dossier.export.address import text_of
from dossier.loader.article import Loaded, load
from dossier.loader.discovery import demo
from dossier.text.sanitize import safe
from dossier.ui.navigation import rested, searched
from dossier.ui.session import resumed, session_record
from dossier.ui.session_file import keep, left
from dossier.ui.state import Room, opened

Enter = Callable[[Callable[[], None]], Room]
"""Opens the room, and is given what to call when the library in it has grown."""


class Relay:
    """What is told before anybody listens is told to the one who then does; `tell` is called on any thread."""

    def __init__(self) -> None:
        self._is_told = False
        self._listener: Callable[[], None] | None = None

    def tell(self) -> None:
        """Something is new."""
        self._is_told = True
        if self._listener:
            self._listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call this from now on, and now if there was something already."""
        self._listener = listener
        if self._is_told:
            listener()


class Opened(NamedTuple):
    """What the screen is given: how the room is opened, how a file is read again, and where the place is kept.

    `asked` is what the command line asks for.
    """

    enter: Enter
    read: Callable[[Path], Loaded]
    folder: Path
    asked: Browse

    def keep(self, room: Room) -> str:
        """Keep the place; a word to the reader where that cannot be."""
        return keep(self.folder, session_record(room))


def where_left(room: Room, folder: Path, asked: Browse) -> Room:
    """The room as it was left, unless the reader asks for another place, with its history, or for none of it."""
    kept = None if asked.fresh else left(folder)
    if kept is None:
        return room
    there = resumed(room, kept)
    return replace(room, trail=there.trail) if asked.at or asked.find else there


Screen = Callable[[Opened], int]
"""Shows what was opened, and gives the exit status."""
Print = Callable[[Iterable[str]], None]
"""Prints texts, each on lines of its own."""
Library = Callable[[Path, Browse, Screen | None, Print], int]
"""Opens or prints the library at a path: handed in, since a single article shall not wait for what it needs."""


def browse(asked: Browse, screen: Screen | None, library: Library, printed: Print) -> int:
    """Open it on the `screen`, or have it `printed` where there is none; a folder of articles as a `library`.

    Raises CommandError when there is nothing to open.
    """
    path = demo() if asked.demo else asked.path or default_path()
    if _is_library(path, str(path) if asked.path or asked.demo else "$DOSSIER_LIBRARY"):
        return library(path, asked, screen, printed)
    return _alone(asked._replace(path=path), screen, printed)


def _alone(asked: Browse, screen: Screen | None, printed: Print) -> int:
    """Open or print one article."""
    found = readings(wanted(asked.path), asked.limits)
    at, reading = asked.at, found[0]
    if at:
        try:
            reading = meant(found, at)
            at = at._replace(article=reading.article.ref.article)
            text_of(reading.article, at, CELLS)
        except LookupError as error:
            raise CommandError(error.args[0]) from None
    if screen is None:
        if asked.find:
            tell("--find needs a terminal to show the place in: here all is printed")
        printed([text_of(reading.article, at or reading.article.ref, cells())])
        return 0

    def enter(grown: Callable[[], None]) -> Room:
        room = where_left(opened(*reading), folder, asked)
        if at and at.kind:
            room = rested(room, at)
        return searched(room, parse(safe(asked.find))) if asked.find else room

    folder = state_folder(Path(reading.article.path))
    return screen(Opened(enter, lambda file: load(file, asked.limits), folder, asked))


def _is_library(path: Path, called: str) -> bool:
    """Whether it is a folder in which more than one YAML file is seen. Raises CommandError for what is not there."""

    def raised(error: OSError) -> None:
        # A folder below that cannot be listed has no articles, and takes none away.
        if error.filename == str(path):
            raise error

    try:
        if not path.is_dir():
            path.stat()
            return False
        files = (
            name
            for folder, names, inside in os.walk(path, onerror=raised)
            for name in (*_entered(names), *inside)
            if name.endswith((".yaml", ".yml")) and not name.startswith(".")
        )
        first, second = next(files, ""), next(files, "")
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}; name an article file, or a folder of them") from None
    if not first:
        raise CommandError(no_article(called))
    return bool(second)


def _entered(names: list[str]) -> tuple[str, ...]:
    """Leave hidden folders out of a walk; no name is that of a file."""
    names[:] = [name for name in names if not name.startswith(".")]
    return ()
