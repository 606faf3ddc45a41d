"""Figures of two builds beside each other, what is to be reached, and whether it is."""

import math
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple


class Bound(StrEnum):
    """How a target limits a figure."""

    SHARE = "of before"
    MOST = "at most"
    LEAST = "at least"


class Target(NamedTuple):
    """What is to be reached, with a library of at least so many articles."""

    limit: float
    bound: Bound = Bound.MOST
    articles: int = 0

    def __str__(self) -> str:
        """Return it as it stands in the table."""
        limit = f"{self.limit:,g}"
        return f"{limit} {self.bound}" if self.bound is Bound.SHARE else f"{self.bound} {limit}"


class Figure(NamedTuple):
    """A figure of the present build and of the one before, either nan when it is not known.

    `why` tells why it was not measured.
    """

    name: str
    unit: str
    before: float
    now: float
    target: Target | None = None
    why: str = ""

    @property
    def ratio(self) -> float:
        """The present figure as a share of the one before."""
        return self.now / self.before if self.before else math.nan

    def verdict(self, articles: int) -> str:
        """Return whether the target is reached with a library of so many articles, "" when that cannot be told."""
        if self.why or not self.target:
            return self.why
        value = self.ratio if self.target.bound is Bound.SHARE else self.now
        if math.isnan(value):
            return ""
        if articles < self.target.articles:
            return f"told at {self.target.articles:,} articles"
        is_reached = value >= self.target.limit if self.target.bound is Bound.LEAST else value <= self.target.limit
        return "yes" if is_reached else "no"


HEAD = ("figure", "unit", "before", "now", "ratio", "to reach", "reached")


def figure_rows(figures: Iterable[Figure], articles: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table."""
    for one in figures:
        yield one.name, one.unit, one.before, one.now, one.ratio, one.target or "", one.verdict(articles)


class Peer(NamedTuple):
    """A figure of the present build beside that of another program, and what that leaves out."""

    name: str
    unit: str
    now: float
    peer: str
    figure: float
    left_out: str = ""


PEER_HEAD = ("figure", "unit", "now", "peer", "its figure", "now in its", "leaves out")


def peer_rows(peers: Iterable[Peer]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table of other programs."""
    for one in peers:
        ratio = one.now / one.figure if one.figure else math.nan
        yield one.name, one.unit, one.now, one.peer, one.figure, ratio, one.left_out
