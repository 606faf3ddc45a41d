"""Watch for changes of the open article: of its file, or of its text on a server."""

import time
from collections.abc import Callable
from pathlib import Path

from dossier.core.model import Article
from dossier.library.article_store import Stamp
from dossier.library.opened_articles import OpenedArticles
from dossier.loader.article import LoadedArticle

_CLOCK_SECONDS = 2.0
"""Seconds by which the time of a file may be less exact than the clock."""
_STEP_SECONDS = 2.0
"""Seconds of the longest steps in which file systems note times. Within one, a file may change once more without
another stamp, whatever the clock of its server says.
"""


class FileWatch:
    """Watch for changes of an open file. `read` loads it.

    `shown` is the article that was read from it, not before the time `since` (seconds since the epoch).
    """

    def __init__(self, read: Callable[[Path], LoadedArticle], shown: Article, since: float) -> None:
        self._read, self._since = read, since
        self._known: Article | None = shown
        self._is_seen = False
        self._seen: tuple[int, ...] | None = None
        self._again_at: float | None = None
        """When the file is read once more, though its stamp is the same; None if it was."""

    def reload_if_changed(self, path: Path) -> LoadedArticle | None:
        """Return the file loaded anew when it has changed since the last call, or since it was read, else None."""
        stamp, was_seen, now = _stamp(path), self._is_seen, time.monotonic()
        is_other = stamp != self._seen if was_seen else stamp is not None and self._may_be_newer(path)
        is_again = not is_other and stamp is not None and self._again_at is not None and now >= self._again_at
        loaded = self._read(path) if is_other or is_again else None
        # A change of its rights, say, changes only the last time.
        is_written = was_seen and (stamp or ())[:-1] != (self._seen or ())[:-1]
        # Not before it is loaded: where that fails, the next look tries again.
        self._is_seen, self._seen = True, stamp
        if is_other or is_again or not was_seen:
            self._again_at = None if is_again else now + _STEP_SECONDS
        if loaded is None:
            return None
        is_known, self._known = loaded.article == self._known, loaded.article
        return None if is_known and not is_written else loaded

    def _may_be_newer(self, path: Path) -> bool:
        """Return whether the file may have changed between the time when it was read and now, the first look."""
        try:
            # The time of the last change of its status is also that when it took the place of another file.
            return path.stat().st_ctime >= self._since - _CLOCK_SECONDS
        except OSError:
            return False


class StoreWatch:
    """Watch for changes of the open article of a library whose texts are kept with its index."""

    def __init__(self) -> None:
        self._seen: Stamp | None = None

    def reload_if_changed(self, article: str, opened: OpenedArticles) -> LoadedArticle | None:
        """Return the article loaded anew when another text has taken the place of that of the last call, else None."""
        stamp = opened.read_stamp(article)
        if stamp is None:
            return None
        loaded = opened.loaded(article) if self._seen and stamp != self._seen else None
        self._seen = stamp
        return loaded


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Return what changes together with the file, or None when it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns
