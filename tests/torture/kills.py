"""Kill whoever writes an index, again and again, at any moment: the index then says what one made in peace says.

Each round the library changes, an indexer begins, and after a random time one of them is killed: the indexer, one of
the processes that read files for it, or all at once. After some rounds an update goes through, and is compared.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from newsroom import SHORT, Newsroom

from dossier.library.index.status import read_status
from dossier.library.index.update import update_index
from torture.answers import answers, differences, write_library

VICTIMS = ("the indexer", "a reading process", "all of them")
_COMPARED = 10
"""Rounds from one comparison to the next."""


class Kills:
    """What came of some rounds: how often each was killed, and the questions that were answered wrongly."""

    def __init__(self) -> None:
        self.killed: Counter[str] = Counter()
        self.too_late = self.compared = 0
        self.wrong: list[str] = []


def kill_indexers(
    root: Path, articles: int, rounds: int, seed: int = 1, told: Callable[[str], None] = lambda words: None
) -> Kills:
    """Make a library in the folder `root`, kill its indexers, and return what came of it."""
    chance, found = random.Random(seed), Kills()
    write_library(root, articles)
    longest = _time_of_one(root)
    for number in range(1, rounds + 1):
        if number % _COMPARED == 1:
            # Now and then from nothing.
            shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
        change_library(root, articles, chance)
        victim = chance.choice(VICTIMS)
        # Most updates are far shorter than one from nothing.
        after, began = longest * chance.random() ** 3, time.monotonic()
        while not (killed := _kill(root, victim, after)):
            found.too_late += 1
            # The next one takes about as long.
            after, began = (time.monotonic() - began) * chance.random(), time.monotonic()
            change_library(root, articles, chance)
        found.killed[killed] += 1
        if read_status(root).is_damaged:
            found.wrong.append(f"{killed} was killed, and the index was called damaged")
        if number % _COMPARED == 0 or number == rounds:
            _compare(root, found)
            told(f"{number} rounds, {found.compared} comparisons, wrong: {found.wrong or 'none'}")
    return found


def start_indexer(root: Path) -> "subprocess.Popen[bytes]":
    """Start an indexer with a process group of its own."""
    command = [sys.executable, "-m", "dossier", "index", str(root), "--format", "json"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )


def children_of(process: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(status.read_text().rsplit(")", 1)[1].split()[1]) == process:
                found.append(int(status.parent.name))
    return found


@cache
def _other_newsroom() -> Newsroom:
    return Newsroom(2, SHORT)


def _time_of_one(root: Path) -> float:
    """Return how many seconds one indexer takes from nothing."""
    began = time.monotonic()
    start_indexer(root).wait()
    return time.monotonic() - began


def change_library(root: Path, articles: int, chance: random.Random) -> None:
    """Write, move and delete some articles."""
    newsroom = _other_newsroom()
    paths = sorted(root.rglob("*.yaml"))
    for path in chance.sample(paths, min(len(paths), chance.choice((1, 20, 400)))):
        what = chance.random()
        if what < 0.1 and len(paths) > articles // 2:
            path.unlink()
        elif what < 0.2:
            path.rename(path.with_name(f"b{chance.randrange(10**6):06}.yaml"))
        else:
            new = path.with_suffix(".part")
            new.write_text(newsroom.article(chance.randrange(10 * articles)), encoding="utf-8")
            new.replace(path)


def _kill(root: Path, victim: str, after: float) -> str:
    """Start an indexer, after some seconds kill the victim, and return which it was; "" where all ended before.

    Where nobody else reads files for the indexer it is the victim itself.
    """
    indexer = start_indexer(root)
    with suppress(subprocess.TimeoutExpired):
        indexer.wait(after)
        return ""
    # The first child only keeps account of the others.
    children = children_of(indexer.pid)[1:]
    if victim == VICTIMS[1] and children:
        with suppress(ProcessLookupError):
            os.kill(children[0], signal.SIGKILL)
    elif victim == VICTIMS[2]:
        os.killpg(indexer.pid, signal.SIGKILL)
    else:
        victim = VICTIMS[0]
        indexer.kill()
    indexer.wait()
    return victim


def _compare(root: Path, found: Kills) -> None:
    """Let an update go through, and compare the answers with those of an index made from nothing."""
    status = start_indexer(root).wait()
    after = answers(root)
    update_index(root, rebuild=True)
    wrong = differences(after, answers(root))
    found.compared += 1
    found.wrong += wrong + ([f"exit status {status}"] if status else [])


def rows_of(found: Kills) -> Iterator[tuple[str, str]]:
    """Yield what is printed of the rounds."""
    for victim in VICTIMS:
        yield f"killed: {victim}", f"{found.killed[victim]}"
    yield "ended before they were killed", f"{found.too_late}"
    yield "comparisons with a new index", f"{found.compared}"
    yield "answers that differ", ", ".join(found.wrong) or "none"
