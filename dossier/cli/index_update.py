"""Update the index of a library, and show on stderr how far the update is."""

import os
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.index_location import open_index, report_other_limits
from dossier.cli.known_roots import report_state_folder
from dossier.cli.output import print_message
from dossier.cli.registry_and_decisions import Known, KnownFiles
from dossier.cli.sources import files_at, no_article
from dossier.cli.temporary_index import use_temporary_index
from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.words import format_duration
from dossier.core.registry import Decisions
from dossier.library.index.engines import WriteEngine
from dossier.library.index.errors import IndexDamagedError, IndexWriteError
from dossier.library.index.location import SharedIndex
from dossier.library.index.progress import ANEW, Progress, Stage
from dossier.library.index.publishing import Publication, Publisher
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.user_data import UserData
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun

_MOST_PROBLEMS = 20
"""The most broken files named when a library has no article that can be opened."""
_BAR_CELLS = 20


class WritableServer(NamedTuple):
    """A server to write an index to, with `engine`. `open` opens the index, and returns None if there is none yet."""

    engine: WriteEngine
    open: Callable[[], Index | None]


def update(root: Path, limits: Limits, report: Callable[[Progress], None], rebuild: bool = False) -> Progress:
    """Update the index of the library in the folder `root`, and return its last progress.

    `report` is called with the progress several times a second; `rebuild` makes a new index. Raises CommandError
    when the index cannot be written.
    """
    try:
        return _update(root, limits, report, rebuild)
    except IndexWriteError as error:
        raise CommandError(str(error)) from None


def update_shared(
    shared: SharedIndex, limits: Limits, report: Callable[[Progress], None], rebuild: bool = False
) -> tuple[Progress, Publication]:
    """Update the private index of a library, publish it, and return the last progress and the result of publishing.

    Arguments and errors are those of `update`. A first index is published now and then while it is made.
    """
    try:
        publisher = Publisher(shared)

        def told(progress: Progress) -> None:
            report(progress)
            if progress.stage is Stage.READING and progress.articles:
                publisher.publish_unfinished()

        with publisher.holding_place(lambda: report(Progress(Stage.WAITING))):
            return _update(shared.root, limits, told, rebuild, for_all=True), publisher.publish_finished()
    except IndexWriteError as error:
        raise CommandError(str(error)) from None


def update_on_server(
    root: Path, server: WritableServer, limits: Limits, report: Callable[[Progress], None], rebuild: bool = False
) -> Progress:
    """Update the index of a library on a server, for all its readers, and return its last progress.

    Other arguments and errors are those of `update`.
    """
    try:
        return _update(root, limits, report, rebuild, for_all=True, server=server)
    except IndexWriteError as error:
        raise CommandError(str(error)) from None


def _update(
    root: Path,
    limits: Limits,
    report: Callable[[Progress], None],
    rebuild: bool,
    for_all: bool = False,
    server: WritableServer | None = None,
    files: KnownFiles | None = None,
) -> Progress:
    """Update the index as `update` does, on a server if one is given. Raises IndexWriteError when it cannot be written.

    If `for_all`, persons are joined by the registry alone: each reader's decisions hold for that reader. `files` have
    both, if they were read already.
    """
    told = _telling_of_damage(report)
    try:
        known_files = files or KnownFiles(root, limits)

        def read() -> Known:
            found = known_files.read(server.open() if server else Index.open(root))
            return found._replace(decisions=Decisions()) if for_all else found

        known = read()
        engine = server.engine if server else None
        done = update_index(root, limits, told, rebuild, *known, engine)
        if (now := read()) != known:
            done = update_index(root, limits, told, False, *now, engine)
    except OSError as error:
        if error.filename is None or isinstance(error, BrokenPipeError):
            raise
        raise CommandError(f"{os.fsdecode(error.filename)}: {error.strerror}; name a folder of articles") from None
    return done


def _telling_of_damage(report: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Return a function that calls `report`, and prints once that a damaged index is being made anew."""
    was_told = False

    def told(progress: Progress) -> None:
        nonlocal was_told
        if progress.was_damaged and not was_told:
            was_told = True
            print_message(ANEW)
        report(progress)

    return told


def updated_index(root: Path, limits: Limits, files: KnownFiles | None = None) -> Index:
    """Update the index of a library and return it. Where it cannot be written, return it as it is.

    Where there is none either it is made in a temporary folder. A shared index is returned as it is. `files` are those
    that say who is the same person, if they were read already. Raises CommandError when there can be none at all, or it
    has no article.
    """
    opened = open_index(root)
    if isinstance(opened.location, SharedIndex) and opened.read:
        return use_shared_index(root, opened.read, limits, files)
    try:
        done = _update_with_line(root, limits, files)
    except IndexWriteError as error:
        index = Index.open(root)
        if index and index.total():
            print_message(f"{error}\nwhat follows is from the index as it was last written")
            return index
        use_temporary_index(str(error))
        try:
            done = _update_with_line(root, limits, files)
        except IndexWriteError as second:
            raise CommandError(str(second)) from None
    index = Index.open(root)
    if index is None or not done.articles:
        raise empty_library(root, index)
    if done.files:
        print_message(summary_words(done))
    return index


def use_shared_index(root: Path, index: Index, limits: Limits, files: KnownFiles | None = None) -> Index:
    """Return the shared index of a library, over which the reader's own decisions hold.

    `files` have them if they were read already. Raises CommandError when it has no article.
    """
    try:
        report_other_limits(index, limits)
        index.decide((files.memory if files else UserData(report_state_folder(root))).decisions)
        if index.total():
            return index
    except IndexDamagedError:
        raise CommandError(
            f"the shared index of {root} is damaged: dossier index {root} --shared, by its owner, makes it anew"
        ) from None
    raise empty_library(root, index)


def _update_with_line(root: Path, limits: Limits, files: KnownFiles | None) -> Progress:
    """Update the index, and show the progress on a terminal."""
    line = ProgressLine(f"the index of {root}")
    try:
        return _update(root, limits, line.show, False, files=files)
    finally:
        line.end()


def empty_library(root: Path, index: Index | None) -> CommandError:
    """Print why the files of a library cannot be opened, and return the error for a library without articles."""
    faults = list(islice(index.articles.faults(), _MOST_PROBLEMS)) if index else []
    for path, line, column, code, message in faults:
        print_message(f"{root / path}:{line}:{column}: {message} [{code}]")
    problems = f"dossier check {root} lists all problems"
    if faults:
        return CommandError(f"nothing to open: an article needs a headline and a body; {problems}")
    # The index passes over links to files that are gone, and folders that cannot be listed.
    if unread := files_at(root).unread:
        for problem in unread[:_MOST_PROBLEMS]:
            print_message(str(problem))
        return CommandError(f"nothing to open: no article can be read; {problems}")
    return CommandError(no_article(str(root)))


def summary_words(done: Progress) -> str:
    """Return the result of an update: "1,204 articles, 2 files with faults (dossier check says why), took 3 s"."""
    faults = f", {count_noun(done.faults, 'file')} cannot be opened (dossier check says why)" if done.faults else ""
    return f"{count_noun(done.articles, 'article')}{faults}, took {format_duration(done.seconds)}"


class ProgressLine:
    """A line on stderr, rewritten in place, that shows the progress of an update of `index` if stderr is a terminal.

    Elsewhere it is printed once, if so, that the update waits for another program.
    """

    def __init__(self, index: str) -> None:
        self._index = index
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._says_waiting = not self._is_shown
        self._cells = 0

    def show(self, progress: Progress) -> None:
        """Show the progress."""
        if self._says_waiting and progress.stage is Stage.WAITING:
            self._says_waiting = False
            print_message(f"waiting for another program, which is writing {self._index}")
        if self._is_shown and not progress.is_ended:
            text = progress_bar(progress)
            print(f"\r{text.ljust(self._cells)}", end="", file=sys.stderr, flush=True)
            self._cells = max(self._cells, len(text))

    def end(self) -> None:
        """Erase the line."""
        if self._cells:
            print(f"\r{' ' * self._cells}\r", end="", file=sys.stderr, flush=True)
            self._cells = 0


def progress_bar(progress: Progress) -> str:
    """Return the progress in words: "[###-----------------] reading 15,000 of 100,000 files (15%), 1 min left"."""
    if progress.stage is not Stage.READING or not progress.files:
        return f"{progress.stage} …"
    bar = f"[{('#' * (_BAR_CELLS * progress.done // progress.files)).ljust(_BAR_CELLS, '-')}]"
    share = f"{progress.done:,} of {count_noun(progress.files, 'file')} ({progress.done * 100 // progress.files}%)"
    rate = f", {progress.rate:,.0f} a second" if progress.rate else ""
    left = f", {format_duration(progress.left)} left" if progress.left is not None else ""
    return f"{bar} reading {share}{rate}{left}"
