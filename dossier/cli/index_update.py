"""The index of a library is brought up to date, and whoever waits at a terminal is told how far it is.

Decided here is which registry holds: the first of the library's files, by path, that shows that it is one. Which files
those are is known only to an index, so a library that was never indexed is asked again when it is.
"""

import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.found import no_article
from dossier.cli.output import count_words, tell
from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.words import duration
from dossier.core.identity import Decisions
from dossier.core.paths import state_folder
from dossier.core.registry import Registry
from dossier.library.index.reader import Index
from dossier.library.index.update import IndexWriteError, Progress, Stage, bring_up
from dossier.library.user_data import Memory
from dossier.loader.discovery import shows_registry
from dossier.loader.limits import Limits
from dossier.loader.registry_file import read_registry

_NAMES = ("registry.yaml", "registry.yml")
"""What a registry is usually called: looked for in a library's own folder before anything is known of it."""

_TOLD = 20
"""So many broken files are told of where no other can be opened."""

_BAR = 20

Told = Callable[[Progress], None]


class Known(NamedTuple):
    """What is known of a library beside its articles: who is who by its registry, and by what the reader decided."""

    registry: Registry
    decisions: Decisions


def brought_up(root: Path, limits: Limits, told: Told, rebuild: bool = False) -> Progress:
    """Bring the index of the library up to date, with all that is known of it, and return how far that came.

    Raises CommandError when it cannot be done.
    """
    try:
        known = known_of(root, limits)
        done = bring_up(root, limits, told, rebuild, *known)
        if (now := known_of(root, limits)) != known:
            done = bring_up(root, limits, told, False, *now)
    except IndexWriteError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        if error.filename is None or isinstance(error, BrokenPipeError):
            raise
        raise CommandError(f"{error.filename}: {error.strerror}; name a folder of articles") from None
    return done


def index_of(root: Path, limits: Limits) -> Index:
    """The index of the library, up to date. Raises CommandError when there is none, or nothing in it."""
    line = ProgressLine()
    try:
        done = brought_up(root, limits, line.show)
    finally:
        line.end()
    index = Index.open(root)
    if index is None or not done.articles:
        raise nothing_in(root, index)
    if done.files:
        tell(summary(done))
    return index


def nothing_in(root: Path, index: Index | None) -> CommandError:
    """That the library has no article to open; what is wrong with the files that were to be some is told."""
    faults = list(islice(index.articles.faults(), _TOLD)) if index else []
    for path, line, column, code, message in faults:
        tell(f"{root / path}:{line}:{column}: {message} [{code}]")
    if not faults:
        return CommandError(no_article(str(root)))
    return CommandError(
        f"nothing to open: without a headline and a body there is no article; dossier check {root} says more"
    )


def known_of(root: Path, limits: Limits) -> Known:
    """What is known of the library now."""
    memory = Memory(state_folder(root))
    for message in memory.messages():
        tell(message)
    return Known(_registry(root, limits), memory.decisions)


def summary(done: Progress) -> str:
    """What there is, when it is done: `1,204 articles, 2 files with faults (dossier check says why), took 3 s`."""
    faults = f", {count_words(done.faults, 'file')} with faults (dossier check says why)" if done.faults else ""
    return f"{count_words(done.articles, 'article')}{faults}, took {duration(done.seconds)}"


class ProgressLine:
    """One line on the terminal that says how far it is, rewritten in place; where stderr is no terminal, nothing."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._cells = 0

    def show(self, progress: Progress) -> None:
        """Say how far it is now."""
        if self._is_shown and not progress.ended:
            text = words(progress)
            print(f"\r{text.ljust(self._cells)}", end="", file=sys.stderr, flush=True)
            self._cells = max(self._cells, len(text))

    def end(self) -> None:
        """Leave the line empty."""
        if self._cells:
            print(f"\r{' ' * self._cells}\r", end="", file=sys.stderr, flush=True)
            self._cells = 0


def words(progress: Progress) -> str:
    """How far it is: `[###-----------------] reading 15,000 of 100,000 files (15%), 1,450 a second, 1 min left`."""
    if progress.stage is not Stage.READING or not progress.files:
        return f"{progress.stage} …"
    filled = _BAR * progress.done // progress.files
    bar = f"[{'#' * filled}{'-' * (_BAR - filled)}]"
    share = f"{progress.done:,} of {count_words(progress.files, 'file')} ({progress.done * 100 // progress.files}%)"
    rate = f", {progress.rate:,.0f} a second" if progress.rate else ""
    left = f", {duration(progress.left)} left" if progress.left is not None else ""
    return f"{bar} reading {share}{rate}{left}"


def _registry(root: Path, limits: Limits) -> Registry:
    index = Index.open(root)
    names = {*_NAMES, *(index.articles.non_article_paths() if index else ())}
    if index:
        index.close()
    for path in sorted(root / name for name in names):
        try:
            is_registry = shows_registry(path.read_bytes()) if path.is_file() else False
        except OSError:
            continue
        if is_registry:
            return read_registry(path, limits).registry
    return Registry()
