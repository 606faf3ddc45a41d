"""Common parts of all benchmarks: a library with its index and state, options, and a table to print.

A benchmark never touches the user's own cache and state. What is to be kept for the next benchmark is in one folder,
named with --keep. Figures are medians and percentiles. On a machine with two shared cores only ratios within one run
count.
"""

import argparse
import math
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from builds import INSTALLED, BenchmarkError, Build
from library import made
from newsroom import LONG, SHORT, Size

PROCESSES = 2
"""The number of processors for which the target figures were set."""
Made = TypeVar("Made")


class Ground(NamedTuple):
    """A library, the folders for what the program makes of it, and the build of the program."""

    library: Path
    cache: Path
    state: Path
    articles: int
    seed: int
    size: Size
    build: Build = INSTALLED

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables for the program."""
        own = {"XDG_CACHE_HOME": str(self.cache), "XDG_STATE_HOME": str(self.state), "LC_ALL": "C.UTF-8"}
        return {**os.environ, **own, **self.build.environment}

    def program(self, *words: str) -> list[str]:
        """Return the command line that runs the program with these arguments."""
        return self.build.command(*words)

    def of_build(self, build: Build) -> "Ground":
        """Return the same library for another build, which has its own folders. They are made."""
        folder = self.library.parent / build.name
        found = self._replace(cache=folder / "cache", state=folder / "state", build=build)
        for one in (found.cache, found.state):
            one.mkdir(parents=True, exist_ok=True)
        return found

    @property
    def patience(self) -> float:
        """Seconds to wait at most for anything that goes through the whole library."""
        return 120 + self.articles / 10


def parser(description: str, articles: int) -> argparse.ArgumentParser:
    """Return the parser of the options that all benchmarks have. `articles` is the default of --articles."""
    made_parser = argparse.ArgumentParser(description=description)
    made_parser.add_argument("--articles", type=int, default=articles, help=f"articles in the library ({articles:,})")
    made_parser.add_argument("--seed", type=int, default=1, help="what the library is made from (1)")
    made_parser.add_argument("--short", action="store_true", help="articles of 1.4 KB instead of 7.4")
    made_parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="make library and index there, and leave or find them there"
    )
    return made_parser


@contextmanager
def ground(asked: argparse.Namespace) -> Iterator[Ground]:
    """Make the library and folders that the options ask for. Without --keep they are removed afterwards.

    Raises BenchmarkError when that fails.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as temporary:
        # The other user that a server runs as must be able to pass through.
        os.chmod(temporary, 0o711)
        folder = (asked.keep or Path(temporary)).resolve()
        size = SHORT if asked.short else LONG
        found = Ground(folder / "library", folder / "cache", folder / "state", asked.articles, asked.seed, size)
        began = time.perf_counter()
        try:
            for one in (found.library, found.cache, found.state):
                one.mkdir(parents=True, exist_ok=True)
            made(found.library, found.articles, found.seed, found.size)
        except OSError as error:
            raise BenchmarkError(str(error)) from error
        tell(f"{machine()}\nlibrary of {found.articles:,} articles in {time.perf_counter() - began:.1f} s")
        # Code that runs in this process finds its folders as the program does.
        os.environ.update({key: found.environment[key] for key in ("XDG_CACHE_HOME", "XDG_STATE_HOME")})
        yield found


def indexed(on: Ground) -> None:
    """Have the program bring its index up to date. Raises BenchmarkError when that fails."""
    began = time.perf_counter()
    try:
        done = subprocess.run(
            on.program("index", str(on.library), "--format", "json"),
            env=on.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=on.patience,
            check=False,
            text=True,
        )
    except subprocess.TimeoutExpired as error:
        raise BenchmarkError(f"the index was not up to date after {on.patience:.0f} s") from error
    if done.returncode == 2:
        raise BenchmarkError(f"dossier index: {done.stderr.strip()}")
    tell(f"index up to date in {time.perf_counter() - began:.1f} s")


def in_turns(works: Sequence[Generator[None, None, Made]]) -> list[Made]:
    """Advance all works by one step after the other, from one yield to the next, and return what they return.

    So what else the machine does affects all of them.
    """
    found: dict[int, Made] = {}
    while len(found) < len(works):
        for number, work in enumerate(works):
            if number in found:
                continue
            try:
                next(work)
            except StopIteration as ended:
                found[number] = ended.value
    return [found[number] for number in range(len(works))]


def machine() -> str:
    """Return a description of the machine on which the figures were measured."""
    load = os.getloadavg()[0]
    cores = f"{os.cpu_count()} processors, load {load:.1f} before"
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {cores}"


def tell(words: str) -> None:
    """Print a message that is not a figure."""
    print(words, file=sys.stderr, flush=True)


def percentile(values: Iterable[float], share: int) -> float:
    """Return the value that `share` per cent of the values do not exceed (nearest rank), or nan without values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else math.nan


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: the first column on the left, numbers on the right, None as an empty cell."""
    cells = [list(head), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        ends = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print("  ".join((row[0].ljust(widths[0]), *ends)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
    sys.stdout.flush()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return "-" if math.isnan(value) else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
