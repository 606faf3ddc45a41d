"""The files that an update has to read, and those that are gone, in a temporary database.

They may be all files of a large library, so they are not kept in memory. The articles that were published last come
first, as far as the beginning of a file tells its date.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from dossier.core.regular_file import open_regular_file
from dossier.library.index.errors import WRITE_FAILURE, IndexWriteError
from dossier.library.index.scan import FileChange, ScannedFile

_PEEKED = 20_000
"""The most files whose beginning is read for their date, so that reading the first article can begin soon."""
_HEAD = 1024
_PUBLISHED = re.compile(
    rb"""(?:^published|(?:^[ \t]*|[{,]\s*)"published"\s*):[ \t]*["']?([0-9][0-9X-]{3,9}(?:[T ][0-9:]{5,8})?)""",
    re.MULTILINE,
)
_TOGETHER = 512
"""Changes that are entered together."""
_CACHE = 256
"""KiB of the database that are kept in memory."""
_COLUMNS = "path BLOB, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, inode INTEGER, digest BLOB"
_NAMES = "path, size, mtime_ns, ctime_ns, inode, digest"


class ChangedFiles:
    """The changes that an update has to make. To be closed after use.

    All methods raise IndexWriteError when there is no room for temporary files.
    """

    def __init__(self) -> None:
        # One thread finds the files, another one hands them out.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._do, self._each = self._database.execute, self._database.executemany
        self.changed = self.gone = 0
        """The numbers of files to be read, and of those that are gone."""
        with _naming_failures():
            # The database need not survive the program.
            for setting in (f"cache_size = -{_CACHE}", "journal_mode = off", "synchronous = off"):
                self._do(f"PRAGMA {setting}")
            self._do(f"CREATE TABLE changed ({_COLUMNS})")
            self._do(f"CREATE TABLE dated ({_COLUMNS}, published BLOB)")
            self._do("CREATE TABLE gone (path BLOB)")

    def close(self) -> None:
        """Delete the database."""
        self._database.close()

    def add(self, changes: Iterable[FileChange]) -> None:
        """Add changes, which are iterated over as they are entered."""
        coming = iter(changes)
        # Errors of the iterator pass: only those of this database become IndexWriteError.
        while some := list(islice(coming, _TOGETHER)):
            changed = [change.now for change in some if change.now]
            gone = [(change.before.path,) for change in some if change.before and not change.now]
            with _naming_failures():
                self._do("BEGIN")
                self._each("INSERT INTO changed VALUES (?, ?, ?, ?, ?, ?)", changed)
                self._each("INSERT INTO gone VALUES (?)", gone)
                self._do("COMMIT")
            self.changed += len(changed)
            self.gone += len(gone)

    def find_gone(self, most: int) -> Iterator[list[bytes]]:
        """Yield the paths of the files that are gone, in lists of at most `most`."""
        with _naming_failures():
            found = self._do("SELECT path FROM gone")
            while rows := found.fetchmany(most):
                yield [path for (path,) in rows]

    def find_newest_first(self, root: Path) -> Iterator[ScannedFile]:
        """Return the files in the order in which to read them: those published last come first.

        These are the files whose beginning has the date. The others follow by time of change, the latest first.
        """
        with _naming_failures():
            latest = self._do(f"SELECT {_NAMES} FROM changed ORDER BY mtime_ns DESC, path")
            dated = ((*row, _find_date(root, ScannedFile(*row))) for row in islice(latest, _PEEKED))
            self._do("BEGIN")
            self._each("INSERT INTO dated VALUES (?, ?, ?, ?, ?, ?, ?)", dated)
            self._do("COMMIT")
            # Those of one date come in the order of their paths, which mostly is that of their row ids.
            first = self._do(f"SELECT {_NAMES} FROM dated ORDER BY published DESC, path")
        return _as_files(chain(first, latest))


@contextmanager
def _naming_failures() -> Iterator[None]:
    """Return a context manager that raises IndexWriteError for an error of the temporary database."""
    try:
        yield
    except sqlite3.Error as error:
        why = f"{WRITE_FAILURE}: the list of changed files finds no room in the folder for temporary files: {error}"
        raise IndexWriteError(f"{why}: free some there, or set TMPDIR to a folder on another disk") from error


def _as_files(rows: Iterable[tuple[bytes, int, int, int, int, bytes]]) -> Iterator[ScannedFile]:
    """Yield the files in these rows."""
    with _naming_failures():
        for row in rows:
            yield ScannedFile(*row)


def _find_date(root: Path, look: ScannedFile) -> bytes:
    """Return the date of publication that the beginning of a file has, b"" for none."""
    if look.size <= 0:
        return b""
    try:
        with open_regular_file(os.path.join(os.fsencode(root), look.path)) as file:
            found = _PUBLISHED.search(file.read(_HEAD))
    except OSError:
        return b""
    return found[1] if found else b""
