"""Comparing an index file with its checksums off the thread that handles keys, where all of the file must be read.

That is so where a program has copied the file and not its time of change. A file of two gigabytes takes a second of
processor time, and many seconds from a disk that is slow.
"""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress

from dossier.library.index.availability import is_key_thread
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.index_file import IndexFile


class LateComparison:
    """Leaves it to another thread to read the whole file. `compare` does so on the thread where it is called.

    If the index is damaged then, whoever asks the next question is told.
    """

    def __init__(self, compare: Callable[[], object]) -> None:
        self._compare = compare
        self._thread: threading.Thread | None = None

    def is_needed(self, file: IndexFile, is_open: bool) -> bool:
        """Return whether the file must be read, and this is the thread that handles keys. It is then read on another.

        `is_open` says that it was changed in its place: then IndexDamagedError is raised, since there is no other file
        that could be read meanwhile.
        """
        if not is_key_thread() or not file.must_be_read():
            return False
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        if is_open:
            raise IndexDamagedError(f"{file.path} is being compared with its checksums")
        return True

    def _run(self) -> None:
        with suppress(IndexDamagedError, sqlite3.Error):
            self._compare()
