"""The status of an index, found without changing it: how large it is, and whether it is up to date."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.block_sums import is_as_written
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.immutable_file import open_immutable
from dossier.library.index.location import SharedIndex, index_path, is_marked_damaged
from dossier.library.index.scan import LibraryFiles, find_changes
from dossier.library.index.schema import (
    TOTALS,
    VERSION,
    open_to_read,
    read_known_files,
    resolve_root,
)
from dossier.library.index.sessions import WriteSession
from dossier.library.index.shared_file import check_shared, make_damage_error
from dossier.loader.file_names import REGISTRY_NAMES


class Status(NamedTuple):
    """The status of an index. `exists` is False where there is none that can be used.

    `path` and `size` (bytes) are those of the index file. `articles` are in the index. `files` are the YAML files of
    the library at the last update, including broken ones (`faults`), registries, by their names (`registries`), and
    others that are not articles (`others`).
    `changed` is the number of files that are new, changed or gone since. `unsure` is the number of files that may have
    changed: their sizes and times of change are the same, but their status times or inodes are not. `is_whole` is False
    while an update is unfinished. `is_damaged` says that the next update makes the index anew, and `has_older_registry`
    that the registry has changed since persons were joined. Without an index all numbers but `changed` are 0.
    """

    path: Path
    exists: bool
    size: int
    articles: int
    files: int
    faults: int
    others: int
    changed: int
    unsure: int = 0
    is_whole: bool = False
    version: str = VERSION
    is_damaged: bool = False
    has_older_registry: bool = False
    registries: int = 0

    @property
    def is_up_to_date(self) -> bool:
        """Whether the index is finished and agrees with the files, as far as can be told without reading them."""
        return self.is_whole and not self.changed and not self.unsure


def read_status(root: Path, joined_by: str = "", registry: str = "") -> Status:
    """Return the status of the index of a library. Raises OSError for a folder that cannot be listed.

    `joined_by` is the digest of the registry and decisions by which persons are to be joined: with another digest the
    index counts as unfinished. `registry` is the digest of the registry alone. "" is a digest that is not compared.
    """
    files = LibraryFiles(root)
    try:
        path = index_path(root)
    except OSError as error:
        return _without_index(Path(error.filename or root), files)
    if is_marked_damaged(path) or not is_as_written(path):
        return _without_index(path, files)._replace(is_damaged=True)
    connection = open_to_read(path, resolve_root(root))
    if connection is None:
        return _without_index(path, files)
    with closing(connection):
        return compare_with_files(connection, path, root, files, joined_by, registry)._replace(size=_size(path))


def read_shared_status(shared: SharedIndex) -> Status:
    """Return the status of a shared index. Raises SharedIndexError where it cannot be used.

    By which registry its owner joins persons is not compared. Raises OSError for a folder that cannot be listed.
    """
    match = check_shared(shared)
    files = LibraryFiles(shared.root)
    try:
        with closing(open_immutable(shared.path)) as connection:
            found = compare_with_files(connection, shared.path, shared.root, files, may_have_inodes=False)
    except (sqlite3.Error, IndexDamagedError):
        raise make_damage_error(shared) from None
    found = found._replace(size=_size(shared.path))
    # In a copy of the library, status times and inodes differ without a change.
    return found if match.has_status_times else found._replace(unsure=0)


def compare_with_files(
    session: WriteSession,
    path: Path,
    root: Path,
    files: LibraryFiles,
    joined_by: str = "",
    registry: str = "",
    may_have_inodes: bool = True,
) -> Status:
    """Return the status of the open index at `path`, compared with the files of the library; its size is left out."""
    facts = dict(session.execute("SELECT key, value FROM meta").fetchall())
    (known,) = session.execute("SELECT count(*) AS number FROM file").fetchone()
    unread = {path for (path,) in session.execute("SELECT path FROM file WHERE code = 'cannot-read'")}
    changed = unsure = 0
    with read_known_files(session) as (before_now, has_inodes):
        for now, before in find_changes(files, before_now, has_inodes and may_have_inodes):
            if not now or not before or now[:3] != before[:3]:
                changed += 1
            # Every update tries again to read a file that could not be read: until it can, nothing has changed.
            elif now.path not in unread or os.access(os.path.join(os.fsencode(root), now.path), os.R_OK):
                unsure += 1
    articles, *_, faults, others = (int(facts[name]) for name in TOTALS)
    is_whole = bool(int(facts["whole"])) and joined_by in ("", facts["joined"])
    registries = count_registries(session)
    numbers = (articles, known, faults, others - registries, changed, unsure)
    is_older = "" not in (registry, facts["registry"]) and registry != facts["registry"]
    return Status(path, True, 0, *numbers, is_whole, has_older_registry=is_older, registries=registries)


def count_registries(session: WriteSession) -> int:
    """Return how many files in the folder of the library itself are registries, by their names, and not articles."""
    query = "SELECT count(*) AS number FROM file WHERE path IN (?, ?, ?) AND first IS NULL AND code = ''"
    (number,) = session.execute(query, [os.fsencode(name) for name in REGISTRY_NAMES]).fetchone()
    return int(number)


def _without_index(path: Path, files: LibraryFiles) -> Status:
    return Status(path, False, 0, 0, 0, 0, 0, sum(1 for _ in files))


def _size(path: Path) -> int:
    """Return the bytes of the index file and of its write-ahead log."""
    files = (Path(f"{path}{ending}") for ending in ("", "-wal"))
    return sum(file.stat().st_size for file in files if os.path.exists(file))
