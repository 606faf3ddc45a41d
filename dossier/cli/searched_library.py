"""Open the library that `dossier search` searches, and bring the index of a small one up to date."""

from pathlib import Path

from dossier.cli.index_location import open_index
from dossier.core.dataclasses import NamedTuple
from dossier.library.article_store import ArticleStore, FolderStore
from dossier.library.index.location import ServerIndex, SharedIndex
from dossier.library.index.reader import Index, IndexDamagedError
from dossier.loader.limits import Limits

_SMALL = 2_000
"""The most files in a library whose index is updated before the search."""


class SearchedLibrary(NamedTuple):
    """A library that is open; `called` names it in messages, and `update` is the command that updates its index."""

    store: ArticleStore
    read: Index
    called: str
    update: str


def open_searched_folder(root: Path, limits: Limits) -> SearchedLibrary:
    """Open the library in the folder `root`. The index of a small one is updated first."""
    index = _index(root, limits)
    update = f"dossier index {root} --shared, by its owner," if index.is_shared else f"dossier index {root}"
    return SearchedLibrary(FolderStore(root, index, limits), index, str(root), update)


def open_searched_on_server(server: ServerIndex, path: Path | None, limits: Limits) -> SearchedLibrary:
    """Open the library that is on a server. Arguments and errors are those of `open_server_library`."""
    from dossier.cli.server_library import open_server_library, update_words

    stored = open_server_library(server, path, limits)
    return SearchedLibrary(stored.store, stored.index, stored.address, update_words(stored))


def _index(root: Path, limits: Limits) -> Index:
    """Return the index of the library, updated if the library is small and the index is the reader's own."""
    location, index = open_index(root)
    try:
        if index and isinstance(location, SharedIndex):
            from dossier.library.state_folders import DECISIONS, find_state

            folder = find_state(root).folder
            # Slow to load, and not needed by the many readers without decisions.
            if (folder / DECISIONS).exists():
                from dossier.library.user_data import UserData

                index.decide(UserData(folder).decisions)
            return index
        if index and index.total() and (_count_files(index) > _SMALL or _is_up_to_date(root)):
            return index
    except IndexDamagedError:
        # The index is damaged: an update makes it anew.
        pass
    if index:
        index.close()
    from dossier.cli.index_update import updated_index

    return updated_index(root, limits)


def _is_up_to_date(root: Path) -> bool:
    from dossier.library.index.status import read_status

    return read_status(root).is_up_to_date


def _count_files(index: Index) -> int:
    return sum(map(index.total, ("articles", "faults", "others")))
