"""`dossier index`: the index of a library is brought up to date, or told of.

Decided here is how it ends before its time. The program may be the child of another, which stops it by a signal or by
no longer reading what it prints: each of these ends it at once and without words, and what is done stays done.
"""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from dossier.cli.arguments import CommandError, Index
from dossier.cli.data import print_json
from dossier.cli.index_update import ProgressLine, brought_up, summary
from dossier.cli.output import count_words, tell
from dossier.export.json_types import Object
from dossier.library.index import reader
from dossier.library.index.status import Status, status
from dossier.library.index.update import Progress
from dossier.text.sanitize import safe

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class _Stopped(BaseException):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        self.number = number


def index(asked: Index, root: Path) -> int:
    """Do what is asked of the library at `root`; the exit status is 1 when its index is not up to date, though it was
    not asked to be. Raises CommandError when it cannot be had."""
    if not root.is_dir():
        raise CommandError(f"{root} is no folder: an index is that of a folder of articles")
    if asked.status:
        return _tell_status(root, asked.as_json)
    line = ProgressLine()
    try:
        with _stopped_by_signals():
            done = brought_up(root, asked.limits, _print if asked.as_json else line.show, asked.rebuild)
    except _Stopped as stopped:
        # What a shell says of a program that a signal ended (POSIX, 2.8.2).
        return 128 + stopped.number
    finally:
        line.end()
    if not asked.as_json:
        tell(summary(done))
    return 0


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _Stopped(number)

    before = [(number, signal.signal(number, stop)) for number in _SIGNALS]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _print(progress: Progress) -> None:
    print(json.dumps(progress_object(progress)), flush=True)


def progress_object(progress: Progress) -> Object:
    """How far it is, for programs: `rate` in files a second, `left` in seconds, null as long as nobody can know."""
    return {
        "stage": str(progress.stage),
        "files": progress.files,
        "done": progress.done,
        "articles": progress.articles,
        "faults": progress.faults,
        "seconds": round(progress.seconds, 3),
        "rate": round(progress.rate, 1),
        "left": None if progress.left is None else round(progress.left, 1),
        "ended": progress.ended,
    }


def _tell_status(root: Path, as_json: bool) -> int:
    try:
        found = status(root)
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}; name a folder of articles") from None
    faults = list(_faults(root)) if found.exists else []
    if as_json:
        print_json(_status_object(found, faults))
    else:
        print("\n".join(_status_lines(found, root, faults)))
    return 0 if found.is_up_to_date else 1


def _faults(root: Path) -> Iterator[Object]:
    """The files that cannot be opened as articles, each with its first finding."""
    opened = reader.Index.open(root)
    for path, line, column, code, message in opened.articles.faults() if opened else ():
        yield {"path": os.path.join(root, path), "line": line, "column": column, "code": code, "message": message}


def _status_object(found: Status, faults: list[Object]) -> Object:
    return {
        "path": str(found.path),
        "exists": found.exists,
        "size": found.size,
        "articles": found.articles,
        "files": found.files,
        "others": found.others,
        "faults": faults,
        "changed": found.changed,
        "up_to_date": found.is_up_to_date,
    }


def _status_lines(found: Status, root: Path, faults: list[Object]) -> Iterator[str]:
    if not found.exists:
        files = count_words(found.changed, "YAML file")
        yield f"there is no index: dossier index {safe(str(root))} makes one of {files}"
        return
    yield f"index     {safe(str(found.path))}"
    yield f"size      {found.size / 1_000_000:,.1f} MB"
    yield f"articles  {found.articles:,}"
    yield f"files     {found.files:,}, of which {found.others:,} are no articles and {found.faults:,} have faults"
    yield from (safe("  {path}:{line}:{column}: {message} [{code}]".format(**one)) for one in faults)
    if found.changed:
        have, them = ("has", "it") if found.changed == 1 else ("have", "them")
        cure = f"dossier index {safe(str(root))} takes {them} in"
        yield f"state     {count_words(found.changed, 'file')} {have} changed: {cure}"
    else:
        yield "state     up to date"
