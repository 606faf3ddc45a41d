"""The library that `dossier export` writes from: in a folder, or on a server."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import CommandError, naming_unreachable_server
from dossier.cli.known_roots import report_state_folder
from dossier.cli.output import print_message
from dossier.library.article_store import ArticleStore, FolderStore
from dossier.library.index.location import ServerIndex
from dossier.library.index.reader import Index
from dossier.library.user_data import UserData
from dossier.loader.limits import Limits

if TYPE_CHECKING:
    from dossier.library.stored_library import StoredLibrary


@naming_unreachable_server
def open_stored(server: ServerIndex, path: Path | None, limits: Limits) -> "StoredLibrary":
    """Open the library that is on a server. Arguments and errors are those of `open_server_library`."""
    from dossier.cli.server_library import open_server_library

    return open_server_library(server, path, limits)


def open_folder(root: Path, limits: Limits) -> tuple[ArticleStore, Index]:
    """Open the library in the folder `root`, with its index brought up to date."""
    from dossier.cli.index_update import updated_index

    index = updated_index(root, limits)
    return FolderStore(root, index, limits), index


def find_saved(path: Path, stored: "StoredLibrary | None", name: str) -> str:
    """Return the saved search of this name. Raises CommandError when there is none."""
    if not (stored or os.path.isdir(path)):
        raise CommandError("--saved needs a library: name a folder of articles")
    memory = UserData(stored.state.folder if stored else report_state_folder(path))
    for message in memory.messages():
        print_message(message)
    if name not in memory.saved:
        names = ", ".join(memory.saved)
        cure = f"the saved ones are {names}" if names else "none is saved; b in the library saves one"
        raise CommandError(f"no saved search {name!r} in {stored.address if stored else path}: {cure}")
    return memory.saved[name]
