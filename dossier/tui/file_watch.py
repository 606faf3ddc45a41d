"""Whether a file changed is asked for, twice a second, and not waited for: so it works on network disks as well."""

from collections.abc import Callable
from pathlib import Path

from dossier.loader.article import Loaded

SECONDS = 0.5


class Watch:
    """The file that is open, and what it was when it was last read; `read` reads it."""

    def __init__(self, read: Callable[[Path], Loaded]) -> None:
        self._read = read
        self._path: Path | None = None
        self._seen: tuple[int, int, int] | None = None

    def reading(self, path: Path) -> Loaded | None:
        """The file as it is now, when it has changed since the last time it was asked for; else None."""
        stamp = _stamp(path)
        known, self._path = self._path == path, path
        changed, self._seen = stamp != self._seen, stamp
        return self._read(path) if known and changed else None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when the file does; None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
