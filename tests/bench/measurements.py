"""The measurements of the table of figures: each is made of all builds in turns, on the same library.

The builds are one or two: the present one is the last. Each measurement is a function of another benchmark, whose own
command shows more of it.
"""

import math
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from statistics import median
from typing import NamedTuple

from builds import Build
from figure_rows import Bound, Figure, Peer, Target
from first_index import FirstIndex, first_index
from ground import Ground, in_turns, percentile
from instructions import ARTICLE, count_first, count_next, missing
from line import Answered, answered_in_turns, environment_in, started_in_turns
from manuscript import found, opening, written
from newsroom import Newsroom
from reading_library import Walk, empty_memory, walked
from rivals import ENTRY, JUMP, LETTER, LINE, LINK, PAGE, PANE, Program, dossier, empty, rivals
from screens import Answer, terminal
from searching import accent_ratios, searched
from seat import size_of
from typist import Place
from word_indexers import word_indexes

from dossier.loader.article import load_article

_LARGE, _MEDIUM = 100_000, 5_000
_ACTS = (PAGE, LINK, JUMP, PANE, LETTER)
_TURNS = 3
_PEERS = ("less", "newsboat")
_PEER_ARTICLES = 5_000
"""The most articles that the other programs index."""


class Measured(NamedTuple):
    """The figures of a measurement, and those of other programs beside them."""

    figures: list[Figure]
    peers: list[Peer]


def pair(values: Sequence[float]) -> tuple[float, float]:
    """Return the figures of the build before, nan when it was not measured, and of the present one."""
    return (values[0] if len(values) > 1 else math.nan), values[-1]


def measure_first_index(grounds: Sequence[Ground], asked: Namespace) -> Measured:
    """Measure the first index, and that of other programs."""
    made = indexed_in_turns(grounds, asked.indexings)
    each = [one.processor / asked.articles * 1000 for one in made]
    usable = made[-1].usable / asked.articles * 1000
    sizes = [one.bytes / asked.articles for one in made]
    figures = [
        Figure("first index", "processor ms an article", *pair(each), Target(0.5, Bound.SHARE)),
        Figure("  list and s usable (before: whole)", "same", pair(each)[0], usable, Target(0.25, Bound.SHARE)),
        Figure("index, all its files", "bytes an article", *pair(sizes), Target(0.75, Bound.SHARE)),
    ]
    return Measured(figures, [])


def measure_peers(grounds: Sequence[Ground], asked: Namespace) -> Measured:
    """Measure the index of the same texts by other programs, and that of the present build with as many articles."""
    on = grounds[-1]
    articles = min(asked.articles, _PEER_ARTICLES)
    peers = []
    for one in word_indexes(on, articles):
        name = f"index of {articles:,} articles"
        peers.append(Peer(name, "processor ms an article", math.nan, one.name, one.processor * 1000, one.left_out))
        peers.append(Peer(name, "bytes an article", math.nan, one.name, one.bytes, one.left_out))
    return Measured([], peers)
