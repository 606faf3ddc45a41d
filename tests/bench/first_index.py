"""The cost of the first index of a library, as it is seen from outside: processes, their memory, and files.

In a run of its own the index is looked into now and then, in a read-only connection of some milliseconds. The list and
the search are usable once all articles are in it, and the words of all headlines, paragraphs and quotes: when as many
rows as in the end have words that nearly every article has. Each look delays the indexer, which then writes at other
moments and leaves another number of bytes. So all other figures are those of a run without a look.
"""

import math
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from builds import BenchmarkError
from ground import Ground
from newsroom import Newsroom
from process_costs import has_ended, largest_peak, processor_seconds

_LOOKS, _LEAST = 40_000, 0.25
"""Articles for each second between two looks into the index, and the least seconds."""
_NAP = 0.02
_COMMON = 20
"""The number of the most frequent words whose rows are counted."""
Counts = tuple[int, ...]


class FirstIndex(NamedTuple):
    """Elapsed seconds, seconds of processor time of all processes, the peak of the largest in megabytes, and bytes.

    `usable` is the processor time after which the list and the search were usable, nan when the index was not looked
    into, or does not tell.
    """

    seconds: float
    processor: float
    usable: float
    peak: float
    bytes: int


class Look(NamedTuple):
    """Seconds of processor time until now, and what the index has: its articles, and rows with one of the words."""

    processor: float
    counts: Counts


def first_index(on: Ground, is_looked_into: bool = False) -> FirstIndex:
    """Have the program make its first index. Raises BenchmarkError when that fails."""
    shutil.rmtree(on.cache, ignore_errors=True)
    on.cache.mkdir(parents=True)
    words = Newsroom(on.seed, on.size).words[:_COMMON]
    began = time.monotonic()
    with subprocess.Popen(
        on.program("index", str(on.library), "--format", "json"), env=on.environment, stdout=subprocess.DEVNULL
    ) as process:
        looks, peak = _watched(process, on, words if is_looked_into else ())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchmarkError(f"dossier index ended with {process.returncode}")
    seconds = time.monotonic() - began
    size = sum(file.stat().st_size for file in on.cache.rglob("*") if file.is_file())
    found = look_into(on.cache, words)
    if found and found[0] != on.articles:
        raise BenchmarkError(f"{on.articles:,} articles were to be indexed, and the index has {found[0]:,}")
    # The system adds those of the children that the program has waited for.
    processor = used.ru_utime + used.ru_stime
    usable = usable_after([*looks, Look(processor, found)]) if found and is_looked_into else math.nan
    return FirstIndex(seconds, processor, usable, peak, size)


def usable_after(looks: Sequence[Look]) -> float:
    """Return the processor time of the first look at which the index had all that it has at the last."""
    return next(look.processor for look in looks if look.counts == looks[-1].counts)


def look_into(cache: Path, words: Sequence[str]) -> Counts:
    """Return the number of articles, and of rows with one of the words, or () while there is no index.

    It is also () when the index of a build has other tables than those that all had so far.
    """
    asked = " OR ".join(f'"{word}"' for word in words if word.isascii())
    for file in cache.rglob("*.sqlite"):
        with suppress(sqlite3.Error), closing(_connected(file)) as connection:
            return tuple(_counted(connection, asked))
    return ()


def _connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)


def _counted(connection: sqlite3.Connection, asked: str) -> Iterator[int]:
    yield connection.execute("SELECT count(*) FROM article").fetchone()[0]
    yield connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (asked,)).fetchone()[0]


def _watched(process: "subprocess.Popen[bytes]", on: Ground, words: Sequence[str]) -> tuple[list[Look], float]:
    """Return the looks for these words into the index until the program ends, none without words, and the peak."""
    looks, peak = list[Look](), 0.0
    pause = max(_LEAST, on.articles / _LOOKS)
    end, at = time.monotonic() + on.patience, time.monotonic() + pause
    while not has_ended(process.pid):
        peak = max(peak, largest_peak(process.pid))
        if time.monotonic() > end:
            process.kill()
            raise BenchmarkError(f"the index was not up to date after {on.patience:.0f} s")
        if words and time.monotonic() > at:
            before = processor_seconds(process.pid)
            if counts := look_into(on.cache, words):
                looks.append(Look(before, counts))
            at = time.monotonic() + pause
        time.sleep(_NAP)
    return looks, peak
