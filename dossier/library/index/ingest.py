"""What one file is: an article to be stored, a fault to be told, or none of the index's business.

Decided here is what a file that changes while it is read counts as: it bears a time of change that no file has, so that
it is read again at the next look.
"""

import os
import time
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem, Severity
from dossier.library.index.record import IndexRecord, record
from dossier.library.index.scan import UNLISTED, ScannedFile
from dossier.loader.article import read
from dossier.loader.discovery import shows_article
from dossier.loader.limits import Limits

_AGAIN = -1
"""A time of change that no file has."""
_GRAIN = 10_000_000
"""Nanoseconds within which a file may change twice and bear one time of change."""

Fault = tuple[int, int, str, str]
"""A finding: line, column, code, message."""


class IngestedFile(NamedTuple):
    """What a file was found to be; of an article its record, of a broken one its fault, of others neither."""

    look: ScannedFile
    record: IndexRecord | None = None
    fault: Fault | None = None


def found_in(root: Path, look: ScannedFile, limits: Limits) -> IngestedFile:
    """Read one file of the library. It never raises for what the file is, or for one that cannot be read."""
    path = os.path.join(root, os.fsdecode(look.path))
    if look.size == UNLISTED:
        return IngestedFile(look, None, (1, 1, "cannot-read", "the folder cannot be listed"))
    try:
        with open(path, "rb") as file:
            before = os.fstat(file.fileno())
            began = time.time_ns()
            # One byte more than allowed shows that there is more, without reading how much.
            data = file.read(limits.size + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        return IngestedFile(look._replace(mtime_ns=_AGAIN), None, (1, 1, "cannot-read", message))
    settled = before.st_mtime_ns == after.st_mtime_ns < began - _GRAIN and before.st_size == after.st_size
    seen = ScannedFile(look.path, after.st_size, after.st_mtime_ns if settled else _AGAIN)
    loaded = read(data, path, limits)
    if loaded.article:
        return IngestedFile(seen, record(loaded.article))
    if shows_article(data):
        return IngestedFile(seen, None, _first(loaded.problems))
    return IngestedFile(seen)


def _first(problems: tuple[Problem, ...]) -> Fault:
    """The first finding that may be why the file cannot be opened."""
    one = min(problems, key=lambda problem: (problem.severity is not Severity.ERROR, problem))
    return one.line, one.column, one.code, one.message
