"""The status of an index, found without changing it: how large it is, and whether it is up to date."""

from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.location import index_path
from dossier.library.index.scan import find_changes, scan_library
from dossier.library.index.schema import TOTALS, VERSION, open_to_read


class Status(NamedTuple):
    """The status of an index. `exists` is False where there is none that can be used.

    `path` and `size` (bytes) are those of the index file. `articles` are in the index. `files` are the YAML files of
    the library at the last update, among them the broken ones (`faults`) and those that are no articles (`others`).
    `changed` is the number of files that are new, changed or gone since. Without an index all numbers but `changed` are
    0.
    """

    path: Path
    exists: bool
    size: int
    articles: int
    files: int
    faults: int
    others: int
    changed: int
    version: str = VERSION

    @property
    def is_up_to_date(self) -> bool:
        """Whether the index agrees with the files, as far as their sizes and times of change tell."""
        return self.exists and not self.changed


def read_status(root: Path) -> Status:
    """Return the status of the index of a library. Raises OSError for a folder that cannot be listed."""
    path = index_path(root)
    looked = scan_library(root)
    connection = open_to_read(path, root)
    if connection is None:
        return Status(path, False, 0, 0, 0, 0, 0, len(looked.files))
    try:
        facts = dict(connection.execute("SELECT key, value FROM meta"))
        known = connection.execute("SELECT path, size, mtime_ns FROM file").fetchall()
    finally:
        connection.close()
    changed, gone = find_changes(looked, known)
    articles, *_, faults, others = (facts[name] for name in TOTALS)
    number = len(changed) + len(gone)
    return Status(path, True, _size(path), articles, len(known), faults, others, number)


def _size(path: Path) -> int:
    """Return the bytes of the index file and of its write-ahead log."""
    files = (Path(f"{path}{ending}") for ending in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
