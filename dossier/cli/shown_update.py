"""Run an update for `dossier index`: its progress is shown, and a signal ends it."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from dossier.cli.index_counts import list_faults
from dossier.cli.index_update import ProgressLine, summary_words
from dossier.cli.output import print_message
from dossier.export.json_types import JsonObject
from dossier.library.index.progress import Progress
from dossier.library.index.reader import Index
from dossier.text.sanitize import sanitize_text

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class _Stopped(BaseException):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        self.number = number


def run_shown(update: Callable[[Callable[[Progress], None]], None], index: str, as_json: bool) -> int:
    """Call `update` with a function that shows its progress, and return 0, or the exit status after a signal.

    The progress is a line on a terminal or, if `as_json`, a line for each step. `index` says in words what is written.
    """
    line = ProgressLine(index)
    try:
        with _stopped_by_signals():
            update(print_progress if as_json else line.show)
    except (_Stopped, KeyboardInterrupt) as stopped:
        number = stopped.number if isinstance(stopped, _Stopped) else signal.SIGINT
        line.end()
        if not as_json and number != signal.SIGHUP:
            print_message("stopped: what is done is kept, and the next run goes on from there")
        # The exit status that a shell reports for a program that a signal ended (POSIX, 2.8.2).
        return 128 + number
    finally:
        line.end()
    return 0


def progress_object(progress: Progress) -> JsonObject:
    """Return the progress as a JSON object.

    `seconds` is how long the update has taken, `rate` is in files a second, and `left` is the estimated time that
    remains, in seconds, or null while there is no estimate.
    """
    return {
        "stage": str(progress.stage),
        "files": progress.files,
        "done": progress.done,
        "articles": progress.articles,
        "faults": progress.faults,
        "seconds": round(progress.seconds, 3),
        "rate": round(progress.rate, 1),
        "left": None if progress.left is None else round(progress.left, 1),
        "ended": progress.is_ended,
        "was_damaged": progress.was_damaged,
    }


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


def print_progress(progress: Progress) -> None:
    """Print the progress as a line of JSON."""
    print(json.dumps(progress_object(progress)), flush=True)


def print_done(done: Progress, index: Index | None, root: Path) -> None:
    """Print the result of an update, the folders that could not be listed, and that links led nowhere."""
    for one in list_faults(index, root):
        if str(one["path"]).endswith(os.sep):
            print_message("{path}: {message}".format(**one))
    if done.lost_links:
        lost = sanitize_text(str(root / done.first_lost))
        if done.lost_links == 1:
            print_message(f"{lost} is a link to a file that is gone: put that back, or remove the link")
        else:
            print_message(
                f"{done.lost_links:,} links lead to files that are gone, the first is {lost}: put the files back, or"
                f" remove the links (dossier check {sanitize_text(str(root))} names all)"
            )
    print_message(summary_words(done))
