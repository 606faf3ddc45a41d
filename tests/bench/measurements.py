"""The measurements of a library for the table of figures, each of all builds in turns, with the same articles.

There are one or two builds, and the present one is the last. What is measured here is measured by functions of other
benchmarks, whose own commands show more of it.
"""

import math
from argparse import Namespace
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import chain
from statistics import median
from typing import NamedTuple

from figure_rows import Bound, Figure, Peer, Target
from first_index import FirstIndex, first_index
from ground import Ground, in_turns, percentile, tell
from newsroom import Newsroom
from reading_library import SCOPES, Walk, empty_memory, walked
from screens import Answer, terminal
from searching import Searched, accent_ratios, searched
from seat import Size, size_of
from word_indexers import word_indexes

_MEDIUM, _LARGE = 5_000, 100_000
"""Articles with which targets were set."""
_PEER_ARTICLES = 3_000
"""The most articles that other programs index."""
_MEMORY = {"first screen": 20, "after 100 letters": 40, "after the pages": 50}
"""The megabytes above an empty program that are to be reached."""


class Measured(NamedTuple):
    """The figures of a measurement, and those of other programs."""

    figures: list[Figure]
    peers: list[Peer]


def pair(values: Sequence[float]) -> tuple[float, float]:
    """Return the figure of the build before, nan when there is none, and of the present one."""
    return (values[0] if len(values) > 1 else math.nan), values[-1]


def measure_first_index(grounds: Sequence[Ground], asked: Namespace) -> Measured:
    """Measure the first index, and the indexes of other programs."""
    made = indexed_in_turns(grounds, asked.indexings)
    looked_into = indexed_in_turns(grounds, 1, True)
    each = [1000 * one.processor / asked.articles for one in made]
    sizes = [one.bytes / asked.articles for one in made]
    usable = [1000 * one.usable / asked.articles for one in looked_into]
    unit, bytes_unit = "processor ms an article", "bytes an article"
    figures = [
        Figure("first index", unit, *pair(each), Target(0.5, Bound.SHARE)),
        Figure("until list and s are usable", unit, *pair(usable)),
        Figure("the same, of the whole before", unit, pair(each)[0], usable[-1], Target(0.25, Bound.SHARE)),
        Figure("index, all its files", bytes_unit, *pair(sizes), Target(0.75, Bound.SHARE)),
    ]
    peers = []
    for one in word_indexes(grounds[-1], min(asked.articles, _PEER_ARTICLES)):
        peers.append(Peer("first index", unit, each[-1], one.name, one.processor * 1000, one.left_out))
        peers.append(Peer("index, all its files", bytes_unit, sizes[-1], one.name, one.bytes, one.left_out))
    return Measured(figures, peers)


def indexed_in_turns(grounds: Sequence[Ground], times: int, is_looked_into: bool = False) -> list[FirstIndex]:
    """Return the first index of each build: of several, the one with the least processor time."""
    found: list[list[FirstIndex]] = [[] for _ in grounds]
    for number in range(times):
        for on, made in zip(grounds, found, strict=True):
            made.append(first_index(on, is_looked_into))
            tell(f"{on.build.name}: index {number + 1} of {on.articles:,} articles in {made[-1].seconds:.1f} s")
    return [min(made, key=lambda one: one.processor) for made in found]


def measure_search(grounds: Sequence[Ground], asked: Namespace) -> Measured:
    """Measure searches from the command line, against ripgrep, and with accents against without."""
    each = list(searched(grounds, asked.times))
    accents = accent_ratios(grounds, asked.times)
    compared = [min(column) for column in zip(*(one.ratios for one in each if one.ripgrep), strict=True)]
    why = "" if compared else "ripgrep is missing: apt-get install ripgrep"
    against = pair(compared or [math.nan])
    figures = [
        Figure("dossier search, median of the questions", "ms", *pair(search_milliseconds(each))),
        Figure(
            "with an accent against without, the most", "times as long", *pair(accents), Target(1.3, articles=_LARGE)
        ),
        Figure("against rg -l, the least", "times as quick", *against, Target(8, Bound.LEAST, _MEDIUM), why),
    ]
    return Measured(figures, [])


def search_milliseconds(searches: Iterable[Searched]) -> list[float]:
    """Return for each build the median of its times for all questions."""
    every = ([median(runs.times) for runs in one.own] for one in searches)
    return [median(times) for times in zip(*every, strict=True)]


def measure_typed(grounds: Sequence[Ground], asked: Namespace) -> Measured:
    """Measure the letters of searches in an open library, and the memory of the program."""
    size = size_of(asked.size)
    walks = walked_in_turns(grounds, size, asked.letters, asked.pages)
    least = empty_memory(grounds[-1], size)
    every = [typed_milliseconds(walk) for walk in walks]
    figures = []
    for name, share, most in (("median", 50, 15), ("99 %", 99, 60), ("most", 100, 80)):
        values = pair([percentile(times, share) for times in every])
        figures.append(Figure(f"letter of a search, {name}", "ms", *values, Target(most, articles=_LARGE)))
    for kind in walks[-1].letters:
        times = [percentile((answer.first for answer in walk.letters[kind]), 99) for walk in walks]
        figures.append(Figure(f"  {kind}, 99 %", "ms", *pair(times)))
    for when, most in _MEMORY.items():
        above = pair([walk.memory.get(when, math.nan) - least for walk in walks])
        figures.append(Figure(f"memory above an empty program, {when}", "MB", *above, Target(most, articles=_LARGE)))
    return Measured(figures, [])


def walked_in_turns(
    grounds: Sequence[Ground], size: Size, letters: int, pages: int, scopes: Sequence[str] = SCOPES
) -> list[Walk]:
    """Return the walk through the library of each build, which are open at the same time."""
    tell(f"walks through {grounds[-1].articles:,} articles at {size[0]}x{size[1]}")
    with ExitStack() as stack:
        walks = []
        for on in grounds:
            command = on.program(str(on.library), "--fresh")
            opened = stack.enter_context(terminal(command, on.environment, size))
            walks.append(walked(opened, Newsroom(on.seed, on.size), size, letters, pages, scopes))
        return in_turns(walks)


def typed_milliseconds(walk: Walk) -> list[float]:
    """Return the milliseconds of all letters that were answered."""
    return answered_milliseconds(chain.from_iterable(walk.letters.values()))


def answered_milliseconds(answers: Iterable[Answer]) -> list[float]:
    """Return the milliseconds to the first change after each key that was answered."""
    return [answer.first for answer in answers if not math.isnan(answer.first)]
