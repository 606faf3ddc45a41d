"""Lay one set of decisions over another, such as one reader's decisions over those of a team in the registry.

Where the two contradict each other, the upper ones win. What both say is in the result once.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from dossier.core.ref import Ref
from dossier.core.registry import Decisions

Group = tuple[Ref, ...]
K = TypeVar("K", bound=Hashable)


class JoinedSets(Generic[K]):
    """Sets of members, such as addresses, that are joined by groups of them (a disjoint-set forest)."""

    def __init__(self, groups: Iterable[Sequence[K]] = ()) -> None:
        self._parents: dict[K, K] = {}
        for group in groups:
            self.join(group)

    def join(self, group: Sequence[K]) -> bool:
        """Join the members of a group. Return whether some of them were not joined before."""
        root, *others = map(self.find, group)
        is_new = False
        for other in others:
            if self.find(other) != self.find(root):
                self._parents[self.find(other)] = self.find(root)
                is_new = True
        return is_new

    def are_joined(self, one: K, other: K) -> bool:
        """Return whether two members are the same, or joined directly or by way of others."""
        return self.find(one) == self.find(other)

    def find(self, one: K) -> K:
        """Return the member that represents all members joined with `one`."""
        parents = self._parents
        while (parent := parents.get(one, one)) != one:
            # Path halving makes later calls shorter.
            parents[one] = one = parents.get(parent, parent)
        return one


def overlay_decisions(lower: Decisions, upper: Decisions) -> Decisions:
    """Return the decisions that hold if `upper` is laid over `lower`.

    Where `upper` sets two entries apart that `lower` joins, the first of them leaves the groups of `lower` that join
    them, together with all entries that `upper` joins with it. Pairs that `lower` sets apart are dropped if `upper`
    joins them, directly or by way of `lower`.
    """
    if not (upper.same or upper.apart):
        return lower
    if not (lower.same or lower.apart):
        return upper
    same = _without_separated(lower.same, upper)
    joined = JoinedSets(same)
    same += [group for group in upper.same if joined.join(group)]
    # A contradiction within `lower` alone is left as it is.
    decided = {joined.find(ref) for group in upper.same for ref in group}
    apart = [pair for pair in lower.apart if not (joined.are_joined(*pair) and joined.find(pair[0]) in decided)]
    known = {frozenset(pair) for pair in apart}
    apart += [pair for pair in dict.fromkeys(upper.apart) if frozenset(pair) not in known]
    return Decisions(tuple(same), tuple(apart))


def _without_separated(lower: Iterable[Group], upper: Decisions) -> list[Group]:
    """Return the groups `lower` without the members through which they join pairs that `upper` sets apart."""
    same, own = list(lower), JoinedSets(upper.same)
    everything = JoinedSets((*same, *upper.same))
    contradicted: dict[Ref, list[tuple[Ref, Ref]]] = {}
    for first, second in upper.apart:
        if everything.are_joined(first, second) and not own.are_joined(first, second):
            contradicted.setdefault(everything.find(first), []).append((first, second))
    # Only the groups that are joined with a pair need to be compared with it.
    above: dict[Ref, list[Group]] = {root: [] for root in contradicted}
    places: dict[Ref, list[int]] = {root: [] for root in contradicted}
    for at, group in enumerate(same):
        places.get(everything.find(group[0]), []).append(at)
    for group in upper.same:
        above.get(everything.find(group[0]), []).append(group)
    for root, pairs in contradicted.items():
        groups = [same[at] for at in places[root]]
        for first, second in pairs:
            groups = _without_pair(groups, above[root], own, first, second)
        for at, group in zip(places[root], groups, strict=True):
            same[at] = group
    return [group for group in same if len(group) > 1]


def _without_pair(
    groups: list[Group], above: list[Group], own: JoinedSets[Ref], first: Ref, second: Ref
) -> list[Group]:
    """Return the groups without the first of a pair, and all that `own` joins with it, where they join the two."""
    leaving, staying = own.find(first), own.find(second)
    made = [
        tuple(ref for ref in group if own.find(ref) != leaving) if staying in map(own.find, group) else group
        for group in groups
    ]
    if JoinedSets((*filter(None, made), *above)).are_joined(first, second):
        # The two are still joined by way of other members, which may belong to either: the first leaves every group.
        made = [tuple(ref for ref in group if own.find(ref) != leaving) for group in made]
    return made
