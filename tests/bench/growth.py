"""How the figures of the program grow with the library, and the memory of the indexer at several sizes of it."""

import math
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

from builds import Build
from figure_rows import Figure, Target
from ground import Ground, ground, percentile
from measurements import (
    Measured,
    answered_milliseconds,
    indexed_in_turns,
    pair,
    search_milliseconds,
    typed_milliseconds,
    walked_in_turns,
)
from reading_library import first_screens
from searching import IN_SMALL, searched
from seat import size_of

_LETTERS, _PAGES, _TIMES, _STARTS = 24, 3, 3, 5
_FLAT = 1.25
"""How many times a figure may grow that is not to grow: times of a screen vary by so much."""
_SAME = 1.05


class Grown(NamedTuple):
    """A figure of a build at one size of the library, and whether it may grow as the library does."""

    name: str
    value: float
    may_grow: bool


@contextmanager
def grounds_of(builds: Sequence[Build], asked: Namespace) -> Iterator[list[Ground]]:
    """Make the library that is asked for, with the folders of each build."""
    with ground(asked) as on:
        yield [on.of_build(build) for build in builds]


def measure_peak(builds: Sequence[Build], asked: Namespace) -> Measured:
    """Measure the peak memory of the indexer, in its largest process, at several sizes of the library."""
    sizes, peaks = asked.peak, list[list[float]]()
    for articles in sizes:
        with grounds_of(builds, _of_size(asked, articles, asked.short)) as grounds:
            peaks.append([one.peak for one in indexed_in_turns(grounds, 1)])
    figures = [
        Figure(f"peak memory of the indexer, {articles:,} articles", "MB", *pair(each))
        for articles, each in zip(sizes, peaks, strict=True)
    ]
    growth = [most / least for least, most in zip(peaks[0], peaks[-1], strict=True)]
    figures.append(Figure("  growth from the first to the last", "times", *pair(growth), Target(_SAME)))
    return Measured(figures, [])


def measure_growth(builds: Sequence[Build], asked: Namespace) -> Measured:
    """Measure how each figure grows from a small library of short articles to a large one."""
    small, large = asked.growth[0], asked.growth[-1]
    found = []
    for articles in (small, large):
        with grounds_of(builds, _of_size(asked, articles, True)) as grounds:
            found.append(list(_grown(grounds, asked)))
    return Measured(list(growth_figures(found[0], found[1], large / small)), [])


def growth_figures(
    small: Sequence[Sequence[Grown]], large: Sequence[Sequence[Grown]], times: float
) -> Iterator[Figure]:
    """Yield the growth of each figure, from those of all builds at both sizes, between which there are `times`."""
    for before, after in zip(small, large, strict=True):
        growth = [late.value / soon.value if soon.value else math.nan for soon, late in zip(before, after, strict=True)]
        target = Target(times if before[-1].may_grow else _FLAT)
        yield Figure(f"growth, {before[-1].name}", "times", *pair(growth), target)


def _grown(grounds: Sequence[Ground], asked: Namespace) -> Iterator[list[Grown]]:
    """Yield the figures of all builds, one after the other."""

    def of_each(name: str, values: Sequence[float], may_grow: bool = False) -> list[Grown]:
        return [Grown(name, value, may_grow) for value in values]

    made = indexed_in_turns(grounds, 1)
    yield of_each("first index, processor time", [one.processor for one in made], True)
    yield of_each("index, bytes", [one.bytes for one in made], True)
    yield of_each("indexer, peak memory", [one.peak for one in made])
    yield of_each("dossier search, ms", search_milliseconds(searched(grounds, _TIMES, IN_SMALL)), True)
    size = size_of(asked.size)
    starts = first_screens(grounds, size, _STARTS)[1:]
    yield of_each("first screen of the list, ms", [percentile((one.first for one in each), 50) for each in starts])
    walks = walked_in_turns(grounds, size, _LETTERS, _PAGES, ("library",))
    yield of_each("letter of a search, ms", [percentile(typed_milliseconds(walk), 50) for walk in walks], True)
    yield of_each("a step in the list, ms", [percentile(answered_milliseconds(walk.rows), 50) for walk in walks])
    turned = [answered_milliseconds(chain.from_iterable(walk.pages.values())) for walk in walks]
    yield of_each("a page of a list, ms", [percentile(each, 50) for each in turned])
    yield of_each("memory at the first screen", [walk.memory["first screen"] for walk in walks])
    yield of_each("memory after the pages", [walk.memory["after the pages"] for walk in walks])


def _of_size(asked: Namespace, articles: int, is_short: bool) -> Namespace:
    """Return the options for a library beside the one that is asked for, of another size."""
    beside = asked.keep / f"{'short' if is_short else 'long'}-{articles}" if asked.keep else None
    return Namespace(**{**vars(asked), "articles": articles, "short": is_short, "keep": beside})
