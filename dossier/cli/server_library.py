"""Open a library on a PostgreSQL server for a command. Its articles are read from the server, too.

They are read there even if the folder of the library is on this machine, so that answers are the same everywhere.
"""

from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.index_location import report_other_limits
from dossier.cli.output import print_message
from dossier.cli.server_location import needs_extra
from dossier.library.index.location import ServerIndex
from dossier.library.user_data import UserData
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun

try:
    from dossier.library.stored_library import StoredLibrary, open_stored_library
except ImportError as error:
    raise needs_extra(error) from None


def open_server_library(server: ServerIndex, path: Path | None, limits: Limits) -> StoredLibrary:
    """Open the library that is on a server, with persons joined by the reader's own decisions.

    `path` is that of the command line. Raises CommandError if there is no index, or one of another library, or without
    articles; IndexUnreachableError and IndexRefusedError as `open_stored_library` does.
    """
    stored = open_stored_library(server.address, limits)
    if stored is None:
        raise CommandError(no_index_words(server))
    if path is not None and not stored.is_of(path):
        raise CommandError(f"{stored.address} has the index of {stored.name}, not of {path}: leave out the path")
    report_other_limits(stored.index, limits)
    memory = UserData(stored.state.folder)
    for message in memory.messages():
        print_message(message)
    stored.index.decide(memory.decisions)
    number = stored.index.total()
    if not stored.index.is_whole:
        making = f"the index at {stored.address} is being made or brought up to date, or that was cut short"
        if not number:
            ends = f"if nobody does so, {update_words(stored)} makes it"
            raise CommandError(f"{making}: it has no article so far; try again in a while ({ends})")
        left = f", with {count_noun(unread, 'file')} left to read" if (unread := stored.index.unread) else ""
        print_message(f"{making}: it has {count_noun(number, 'article')} so far{left}")
    elif not number:
        raise CommandError(f"no article in {stored.address}: {update_words(stored)} brings it up to date")
    return stored


def no_index_words(server: ServerIndex) -> str:
    """Return the message that there is no index on a server yet, and how to make one."""
    return f"there is no index yet at {server.shown}: dossier index FOLDER --engine {server.shown} makes it"


def update_words(stored: StoredLibrary) -> str:
    """Return the command that updates the index of a library on a server, as the subject of a sentence."""
    return f"dossier index {stored.name} --engine {stored.address}, by its owner,"
