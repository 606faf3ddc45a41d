"""Watching of the open file by polling, which works on network file systems, too."""

from collections.abc import Callable
from pathlib import Path

from dossier.loader.article import LoadedArticle

POLL_SECONDS = 0.5


class FileWatch:
    """Watch for changes of the open file. `read` loads it."""

    def __init__(self, read: Callable[[Path], LoadedArticle]) -> None:
        self._read = read
        self._path: Path | None = None
        self._seen: tuple[int, int, int] | None = None

    def reload_if_changed(self, path: Path) -> LoadedArticle | None:
        """Return the file loaded anew when it has changed since the last call with the same path, else None."""
        stamp = _stamp(path)
        known, self._path = self._path == path, path
        changed, self._seen = stamp != self._seen, stamp
        return self._read(path) if known and changed else None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes together with the file, or None when it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
