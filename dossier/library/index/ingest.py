"""What one file of a library is: an article for the index, a broken article, or neither.

A file that changes while it is read gets a time of change that no file has, so that the next update reads it again.
"""

import os
import time
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem, Severity
from dossier.core.regular_file import open_regular_file
from dossier.library.index.record import IndexRecord, make_record
from dossier.library.index.scan import UNLISTED, ScannedFile
from dossier.loader.article import parse_article
from dossier.loader.discovery import looks_like_article
from dossier.loader.limits import Limits

_AGAIN = -1
"""A time of change that no file has."""
_GRAIN = 10_000_000
"""Nanoseconds within which a file may change twice without another time of change."""

Fault = tuple[int, int, str, str]
"""What is wrong with a file: line and column from 1, code, message."""


class IngestedFile(NamedTuple):
    """A file that was read, with the record of its article, or what is wrong with it, or neither if it is none."""

    look: ScannedFile
    record: IndexRecord | None = None
    fault: Fault | None = None


def ingest_file(root: Path, look: ScannedFile, limits: Limits) -> IngestedFile:
    """Read one file of the library in the folder `root`.

    It raises nothing for the content of a file, or for one that cannot be read.
    """
    path = os.path.join(root, os.fsdecode(look.path))
    if look.size == UNLISTED:
        return IngestedFile(look, None, (1, 1, "cannot-read", "cannot list the folder"))
    try:
        with open_regular_file(path) as file:
            before = os.fstat(file.fileno())
            began = time.time_ns()
            # One byte more than allowed shows that there is more, without reading how much.
            data = file.read(limits.size + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        message = f"cannot read the file: {error.strerror or error}"
        return IngestedFile(look._replace(mtime_ns=_AGAIN), None, (1, 1, "cannot-read", message))
    settled = before.st_mtime_ns == after.st_mtime_ns < began - _GRAIN and before.st_size == after.st_size
    seen = ScannedFile(look.path, after.st_size, after.st_mtime_ns if settled else _AGAIN)
    loaded = parse_article(data, path, limits)
    if loaded.article:
        return IngestedFile(seen, make_record(loaded.article))
    if looks_like_article(data):
        return IngestedFile(seen, None, _first(loaded.problems))
    return IngestedFile(seen)


def _first(problems: tuple[Problem, ...]) -> Fault:
    """Return the first error, which may be why the file cannot be opened; the first finding when there is no error."""
    one = min(problems, key=lambda problem: (problem.severity is not Severity.ERROR, problem))
    return one.line, one.column, one.code, one.message
