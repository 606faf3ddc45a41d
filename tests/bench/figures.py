"""The table of figures: the present checkout beside the build of a commit, measured in turns in one run.

Each build has its own cache and state, and reads the same articles. The last column tells whether what is to be reached
is reached. Below is a table of programs that do the same job. The first command takes up to 20 minutes on two quiet
processors; the second measures memory and growth with larger libraries.

    python tests/bench/figures.py --against COMMIT
    python tests/bench/figures.py --against COMMIT --only peak,growth --peak 4000,16000 --growth 1000,16000
    python tests/bench/figures.py --against COMMIT --articles 100000 --keep FOLDER --only first-index,search,typed
    python tests/bench/figures.py --articles 300 --peak 100,300 --growth 100,300 --letters 20 --keys 5 --pages 1

A million short articles are measured by hand, in a folder on a large disk, in which later runs find what was made:

    python tests/bench/figures.py --against COMMIT --articles 1000000 --short --keep FOLDER --only first-index
    python tests/bench/figures.py --against COMMIT --articles 1000000 --short --keep FOLDER --only search,typed
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial

from builds import CHECKOUT, BenchmarkError, Build, checked_out, prepared
from figure_rows import HEAD, PEER_HEAD, Figure, Peer, figure_rows, peer_rows
from ground import Ground, indexed, parser, table, tell
from growth import grounds_of, measure_growth, measure_peak
from key_measurements import measure_keys, measure_words
from measurements import Measured, measure_first_index, measure_search, measure_typed

OfGrounds = Callable[[Sequence[Ground], argparse.Namespace], Measured]
OfBuilds = Callable[[Sequence[Build], argparse.Namespace], Measured]

_OF_LIBRARY: Mapping[str, OfGrounds] = {
    "first-index": measure_first_index,
    "search": measure_search,
    "typed": measure_typed,
}
"""What is measured with the library of --articles."""
_OF_BUILDS: Mapping[str, OfBuilds] = {
    "words": measure_words,
    "keys": measure_keys,
    "peak": measure_peak,
    "growth": measure_growth,
}
_NAMES = (*_OF_LIBRARY, *_OF_BUILDS)


def main() -> int:
    """Measure, and print the tables."""
    asked = _asked()
    # When the benchmark is ended, so are the programs that it has started, and the worktree is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        if unknown := [name for name in asked.only if name not in _NAMES]:
            raise BenchmarkError(f"{unknown[0]} is none of {', '.join(_NAMES)}")
        with ExitStack() as stack:
            before = [stack.enter_context(checked_out(asked.against))] if asked.against else []
            print_figures(measured([*before, prepared(Build("now", CHECKOUT))], asked), asked)
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    return 0


def _asked() -> argparse.Namespace:
    questions = parser("Measure the program, and the build before beside it.", 5_000)
    questions.add_argument("--against", metavar="COMMIT", help="the build that is measured beside the present one")
    names = ",".join(_NAMES)
    questions.add_argument("--only", type=_words, default=list(_NAMES), metavar="NAMES", help=f"some of {names}")
    questions.add_argument("--size", default="80x24", help="columns and lines of an open library (80x24)")
    questions.add_argument("--sizes", default="200x50,80x24", help="the same of an open article (200x50,80x24)")
    questions.add_argument("--indexings", type=int, default=1, help="how often the first index is made (1)")
    questions.add_argument("--times", type=int, default=5, help="how often each search is run (5)")
    questions.add_argument("--letters", type=int, default=100, help="letters typed in searches (100)")
    questions.add_argument("--pages", type=int, default=3, help="pages turned in every pane (3)")
    questions.add_argument("--keys", type=int, default=10, help="answers of each kind of key (10)")
    questions.add_argument(
        "--peak", type=_numbers, default="1000,4000", help="articles for the indexer's memory (1000,4000)"
    )
    questions.add_argument(
        "--growth", type=_numbers, default="1000,4000", help="short articles between which all grows (1000,4000)"
    )
    return questions.parse_args()


def _words(words: str) -> list[str]:
    return words.split(",")


def _numbers(words: str) -> list[int]:
    return [int(word) for word in words.split(",")]


def measured(builds: Sequence[Build], asked: argparse.Namespace) -> list[Measured]:
    """Return all measurements that are asked for. Each is told when it is made; one that fails leaves the others."""
    found = []
    if wanted := [name for name in _OF_LIBRARY if name in asked.only]:
        with grounds_of(builds, asked) as grounds:
            if "first-index" not in wanted:
                for on in grounds:
                    indexed(on)
            found += [_timed(name, partial(_OF_LIBRARY[name], grounds, asked)) for name in wanted]
    found += [_timed(name, partial(_OF_BUILDS[name], builds, asked)) for name in _OF_BUILDS if name in asked.only]
    return found


def _timed(name: str, measure: Callable[[], Measured]) -> Measured:
    began = time.monotonic()
    try:
        found = measure()
        for one in found.figures:
            tell(f"  {one.name}: {one.before:,.2f}, now {one.now:,.2f} {one.unit}")
        return found
    except BenchmarkError as trouble:
        tell(f"{name}: {trouble}")
        return Measured([Figure(name, "", float("nan"), float("nan"), why="failed: see above")], [])
    finally:
        tell(f"{name} in {time.monotonic() - began:.0f} s")


def print_figures(found: Iterable[Measured], asked: argparse.Namespace) -> None:
    """Print the tables of the figures and of the other programs."""
    figures, peers = list[Figure](), list[Peer]()
    for one in found:
        figures += one.figures
        peers += one.peers
    size = "short articles" if asked.short else "articles"
    against = f", before: {asked.against}" if asked.against else ""
    table(f"Figures with {asked.articles:,} {size}{against}", HEAD, figure_rows(figures, asked.articles))
    if peers:
        table("Other programs", PEER_HEAD, peer_rows(peers))


if __name__ == "__main__":
    started = time.monotonic()
    status = main()
    tell(f"in {time.monotonic() - started:.0f} s")
    sys.exit(status)
