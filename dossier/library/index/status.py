"""The status of an index, found without changing it: how large it is, and whether it is up to date."""

from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.block_sums import is_as_written
from dossier.library.index.location import index_path, is_marked_damaged
from dossier.library.index.scan import LibraryFiles, find_changes, scan_library
from dossier.library.index.schema import TOTALS, VERSION, open_to_read


class Status(NamedTuple):
    """The status of an index. `exists` is False where there is none that can be used.

    `path` and `size` (bytes) are those of the index file. `articles` are in the index. `files` are the YAML files of
    the library at the last update, among them the broken ones (`faults`) and those that are no articles (`others`).
    `changed` is the number of files that are new, changed or gone since. `is_whole` is False while an update is
    unfinished. `is_damaged` says that the next update makes the index anew. Without an index all numbers but `changed`
    are 0.
    """

    path: Path
    exists: bool
    size: int
    articles: int
    files: int
    faults: int
    others: int
    changed: int
    is_whole: bool = False
    version: str = VERSION
    is_damaged: bool = False

    @property
    def is_up_to_date(self) -> bool:
        """Whether the index is finished and agrees with the files, as far as their sizes and times of change tell."""
        return self.is_whole and not self.changed


def read_status(root: Path) -> Status:
    """Return the status of the index of a library. Raises OSError for a folder that cannot be listed."""
    path = index_path(root)
    looked = scan_library(root)
    if is_marked_damaged(path) or not is_as_written(path):
        return _without_index(path, looked)._replace(is_damaged=True)
    connection = open_to_read(path, root)
    if connection is None:
        return _without_index(path, looked)
    try:
        facts = dict(connection.execute("SELECT key, value FROM meta"))
        known = connection.execute("SELECT path, size, mtime_ns FROM file").fetchall()
    finally:
        connection.close()
    changed, gone = find_changes(looked, known)
    articles, *_, faults, others = (facts[name] for name in TOTALS)
    number = len(changed) + len(gone)
    return Status(path, True, _size(path), articles, len(known), faults, others, number, bool(facts["whole"]))


def _without_index(path: Path, looked: LibraryFiles) -> Status:
    return Status(path, False, 0, 0, 0, 0, 0, len(looked.files))


def _size(path: Path) -> int:
    """Return the bytes of the index file and of its write-ahead log."""
    files = (Path(f"{path}{ending}") for ending in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
