"""Read one file of a library for the index: an article, a broken article, or neither.

A file is read only when its last change is so long ago that any later change gets another time. Where that would take
long, or the file changes while it is read, its stamp gets the time UNSETTLED: the next update reads it again.
A file whose content the index has already is not parsed again.
"""

import hashlib
import os
import time
import zlib
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem, Severity
from dossier.core.regular_file import open_regular_file
from dossier.library.index.errors import ArticleTooLargeError
from dossier.library.index.record import IndexRecord, make_record
from dossier.library.index.scan import UNLISTED, UNSETTLED, ScannedFile, Stamp
from dossier.loader.article import parse_article
from dossier.loader.discovery import looks_like_article
from dossier.loader.limits import Limits

_GRAIN, _COARSE_GRAIN = 10_000_000, 2_000_000_000
"""Nanoseconds within which two changes of a file may have the same time. The second number is for a time of change in
whole seconds, since the file system may have no finer times.
"""
_MARGIN = 1_000_000
_SECOND = 1_000_000_000
_DIGEST = 16
"""Bytes of a digest."""
_LEVEL = 3

Fault = tuple[int, int, str, str]
"""What is wrong with a file: line and column from 1, code, message."""


class IngestedFile(NamedTuple):
    """A file that was read, with the record of its article, or its fault, or neither if it is not an article.

    `look` has the digest of what was read. If `is_same`, the index has that content already, and there is neither
    record nor fault. `content` has the bytes of the file, compressed by zlib, where they are to be kept.
    """

    look: ScannedFile
    record: IndexRecord | None = None
    fault: Fault | None = None
    is_same: bool = False
    content: bytes | None = None


def ingest_file(root: Path, look: ScannedFile, limits: Limits, keep: bool = False) -> IngestedFile:
    """Read one file of the library in the folder `root`. `keep` says that its content is to be kept.

    Raises nothing for the content of a file, or for one that cannot be read.
    """
    path = os.path.join(root, os.fsdecode(look.path))
    if look.size == UNLISTED:
        return _unread(look, _explain_unlisted(path))
    try:
        with open_regular_file(path) as file:
            before = os.fstat(file.fileno())
            _wait_out_the_grain(before)
            began = time.time_ns()
            # One byte more than allowed shows that the file is too large. No more memory is asked for than the file
            # needs: to get as much as is allowed takes longer than to read most files.
            data = file.read(min(before.st_size, limits.size) + 1)
            if len(data) > before.st_size:
                data += file.read(limits.size + 1 - len(data))
            after = os.fstat(file.fileno())
            ended = time.time_ns()
    except OSError as error:
        # The file's times do not change when it can be read again: a folder above it, or the disk, may have been the
        # cause.
        return _unread(look._replace(ctime_ns=UNSETTLED), f"cannot read the file: {error.strerror or error}")
    is_settled = _stamp(before) == _stamp(after) and not any(
        began - _grain(change) <= change <= ended + _grain(change) for change in (after.st_mtime_ns, after.st_ctime_ns)
    )
    size, mtime_ns, ctime_ns, inode = _stamp(after)
    digest = hash_content(data)
    seen = ScannedFile(look.path, size, mtime_ns, ctime_ns if is_settled else UNSETTLED, inode, digest)
    if digest == look.digest:
        return IngestedFile(seen, is_same=True)
    content = zlib.compress(data, _LEVEL) if keep else None
    loaded = parse_article(data, path, limits)
    if loaded.article:
        try:
            return IngestedFile(seen, make_record(loaded.article), content=content)
        except ArticleTooLargeError as error:
            return IngestedFile(seen, None, (1, 1, "too-large", str(error)), content=content)
    if looks_like_article(data):
        return IngestedFile(seen, None, _first(loaded.problems), content=content)
    return IngestedFile(seen, content=content)


def hash_content(data: bytes) -> bytes:
    """Return the digest of the content of a file."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def _stamp(status: os.stat_result) -> Stamp:
    """Return the stamp of a file with this status."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _wait_out_the_grain(status: os.stat_result) -> None:
    """Wait, for some hundredths of a second at most, until any further change of the file gets another time."""
    now = time.time_ns()
    changes = (status.st_mtime_ns, status.st_ctime_ns)
    waits = [change + _GRAIN - now for change in changes if _grain(change) == _GRAIN and change <= now + _GRAIN]
    if (wait := max(waits, default=0)) > 0:
        time.sleep((wait + _MARGIN) / _SECOND)


def _grain(change: int) -> int:
    """Return the nanoseconds around a time of change within which another change may have the same time."""
    return _GRAIN if change % _SECOND else _COARSE_GRAIN


def _unread(look: ScannedFile, message: str) -> IngestedFile:
    """Return a file that cannot be read. Its digest is that of the message."""
    digest = hashlib.blake2b(message.encode("utf-8", "replace"), digest_size=_DIGEST, person=b"unread").digest()
    if digest == look.digest:
        return IngestedFile(look, is_same=True)
    return IngestedFile(look._replace(digest=digest), None, (1, 1, "cannot-read", message))


def _explain_unlisted(folder: str) -> str:
    """Return why a folder cannot be listed, and what becomes of its articles."""
    why = ""
    try:
        with os.scandir(folder) as found:
            for one in found:
                one.stat(follow_symlinks=False)
    except OSError as error:
        why = f": {error.strerror or error}"
    return f"cannot list the folder{why}; what the index has of it stays as it was"


def _first(problems: tuple[Problem, ...]) -> Fault:
    """Return the first error, which may be why the file cannot be opened, or else the first problem."""
    one = min(problems, key=lambda problem: (problem.severity is not Severity.ERROR, problem))
    return one.line, one.column, one.code, one.message
