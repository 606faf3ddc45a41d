"""`dossier` alone, or with a path: what is opened on the screen, and what is printed where there is none.

A folder with more than one YAML file is a library; a single article, even one in a folder, is opened by itself.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from dossier.arguments import Browse, Trouble
from dossier.commands.found import default_path, no_article
from dossier.commands.library import listed, opening
from dossier.commands.opening import CELLS, cells, meant, readings, wanted
from dossier.commands.printing import tell
from dossier.export.printed import text_of
from dossier.loader.article import Loaded, load
from dossier.query import parse
from dossier.reading.jumps import rested, searched
from dossier.reading.room import Room, opened
from dossier.shelf import demo
from dossier.text.safe import safe

Enter = Callable[[Callable[[], None]], Room]
"""Opens the room, and is given what to call when the library in it has grown."""


class Opened(NamedTuple):
    """What the screen is given: how the room is opened, and how a file is read again."""

    enter: Enter
    read: Callable[[Path], Loaded]


def browse(asked: Browse, screen: Callable[[Opened], int] | None) -> int:
    """Open it on the `screen`, which gives the exit status, or print it where there is none.

    Raises Trouble when there is nothing to open.
    """
    path = demo() if asked.demo else asked.path or default_path()
    if _is_library(path, str(path) if asked.path or asked.demo else "$DOSSIER_LIBRARY"):
        if screen is None:
            return listed(path, asked)
        with opening(path, asked) as enter:
            return screen(Opened(enter, lambda file: load(file, asked.limits)))
    return _alone(asked._replace(path=path), screen)


def _alone(asked: Browse, screen: Callable[[Opened], int] | None) -> int:
    """Open or print one article."""
    found = readings(wanted(asked.path), asked.limits)
    at, reading = asked.at, found[0]
    if at:
        try:
            reading = meant(found, at)
            at = at._replace(article=reading.article.ref.article)
            text_of(reading.article, at, CELLS)
        except LookupError as error:
            raise Trouble(error.args[0]) from None
    if screen is None:
        if asked.find:
            tell("--find needs a terminal to show the place in: here all is printed")
        print(text_of(reading.article, at or reading.article.ref, cells()))
        return 0

    def enter(grown: Callable[[], None]) -> Room:
        room = opened(*reading)
        if at and at.kind:
            room = rested(room, at)
        return searched(room, parse(safe(asked.find))) if asked.find else room

    return screen(Opened(enter, lambda file: load(file, asked.limits)))


def _is_library(path: Path, called: str) -> bool:
    """Whether it is a folder in which more than one YAML file is seen. Raises Trouble for what is not there."""

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
        raise Trouble(f"{error.filename}: {error.strerror}; name an article file, or a folder of them") from None
    if not first:
        raise Trouble(no_article(called))
    return bool(second)


def _entered(names: list[str]) -> tuple[str, ...]:
    """Leave hidden folders out of a walk; no name is that of a file."""
    names[:] = [name for name in names if not name.startswith(".")]
    return ()
