"""Whether an index that somebody else has made is of a library, whose folder may have another path here."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.scan import UNSETTLED

_SAMPLED = 4
"""The number of newest articles, and of oldest ones, that are looked for in the library."""


class LibraryMatch(NamedTuple):
    """Whether an index is of a library, and whether the library's files have the status times that the index has.

    A copy of the library has other times of the last change of the status of its files. `library` is what the index
    says of which library it is.
    """

    is_of_library: bool
    has_status_times: bool
    library: object = None


def match_library(connection: sqlite3.Connection, root: Path) -> LibraryMatch:
    """Return whether an index is of the library in the folder `root`, whose path may differ on other machines.

    Some articles of the index are looked for in the folder. It is the index of the library if one of them has the size
    that it had, or most of them are there. An index without articles is of any library. Raises sqlite3.Error and
    IndexDamagedError where the file is no index.
    """
    number = there = 0
    is_same, has_times = False, True
    for path, size, mtime_ns, ctime_ns in _sample(connection):
        number += 1
        try:
            found = os.stat(os.path.join(os.fsencode(root), path))
        except OSError:
            continue
        if not stat.S_ISREG(found.st_mode):
            continue
        there += 1
        is_same = is_same or found.st_size == size
        if (found.st_size, found.st_mtime_ns) == (size, mtime_ns) and ctime_ns != UNSETTLED:
            has_times = found.st_ctime_ns == ctime_ns
            if has_times:
                break
    return LibraryMatch(is_same or there * 2 > number or not number, has_times)


def _sample(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield path, size and times of change of some articles."""
    for order in ("DESC", "ASC"):
        query = f"SELECT path FROM article ORDER BY first {order} LIMIT {_SAMPLED}"
        for (path,) in connection.execute(query).fetchall():
            yield from connection.execute("SELECT path, size, mtime_ns, ctime_ns FROM file WHERE path = ?", (path,))
