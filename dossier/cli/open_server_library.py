"""Open a library that is on a PostgreSQL server, on the screen or printed. Its owner updates its index."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from dossier.cli.arguments import DisplayArgs, StartPlace, naming_unreachable_server
from dossier.cli.open_library import open_state_at, prepare_threads, print_articles, require_article
from dossier.cli.server_library import open_server_library, update_words
from dossier.cli.startup import ScreenSetup, open_screen
from dossier.library.index.location import ServerIndex
from dossier.library.library import Library
from dossier.library.stored_library import StoredLibrary
from dossier.library.user_data import UserData
from dossier.loader.article import load_article
from dossier.loader.limits import Limits
from dossier.ui.state import State


@naming_unreachable_server
def open_from_server(
    server: ServerIndex, path: Path | None, start: StartPlace, display: DisplayArgs, limits: Limits
) -> int:
    """Open the library that is on a server on the screen, and return the exit status.

    `path` is the one that the command line has. Raises CommandError as `open_server_library` does.
    """
    prepare_threads()
    stored = open_server_library(server, path, limits)
    with closing(stored.index):
        if start.at:
            start = start._replace(at=require_article(stored.store, stored.index, start.at)[1])
        folder = stored.state.folder
        open_state = _opener(stored, folder, start, limits)
        return open_screen(ScreenSetup(open_state, lambda file: load_article(file, limits), folder, display))


@naming_unreachable_server
def print_from_server(server: ServerIndex, path: Path | None, start: StartPlace, limits: Limits) -> int:
    """Print the list of articles of a library that is on a server, or what `start` names; return the exit status."""
    stored = open_server_library(server, path, limits)
    with closing(stored.index):
        return print_articles(stored.store, stored.index, start)


def _opener(
    stored: StoredLibrary, folder: Path, start: StartPlace, limits: Limits
) -> Callable[[Callable[[], None]], State]:
    registry = stored.read_registry(limits)

    def open_state(grown: Callable[[], None]) -> State:
        library = Library(stored.store, stored.index, UserData(folder), registry, grown)
        stored.index.call_when_damaged(
            partial(library.show_progress, f"the index is damaged: {update_words(stored)} makes it anew")
        )
        stored.index.call_when_changed(partial(library.show_progress, ""))
        library.decide_here()
        return open_state_at(library, folder, start)

    return open_state
