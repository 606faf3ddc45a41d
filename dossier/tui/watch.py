"""Whether a file changed is asked for, twice a second, and not waited for: so it works on network disks as well."""

from collections.abc import Callable
from pathlib import Path

from dossier.loader.article import Loaded

SECONDS = 0.5


class Watch:
    """One file, and what it was when it was last read; `read` reads it."""

    def __init__(self, path: Path, read: Callable[[Path], Loaded]) -> None:
        self._path, self._read = path, read
        self._seen = _stamp(path)

    def reading(self) -> Loaded | None:
        """The file as it is now, when it has changed since the last time; else None."""
        stamp = _stamp(self._path)
        if stamp == self._seen:
            return None
        self._seen = stamp
        return self._read(self._path)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when the file does; None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
