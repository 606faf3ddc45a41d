"""Group entries of different articles that are the same person, organisation or place.

Spellings are joined in this order, and nothing doubtful is joined without saying so:

1. What the reader confirmed, also by way of an entry that is in no article, or not among the spellings. What the reader
   set apart stays apart, whatever else would join the two, by any number of steps: the first of a pair, which the
   reader took out of a group, loses the links that would lead to the second.
2. The same Wikidata number, their own or that of their entry in the registry.
3. The same entry of the registry. It does not join spellings that have different numbers.
4. The same full name alone, folded and with white space collapsed. Such a group is marked (`is_joined_by_name`). A
   native name or an alias is not a full name: "the minister" is many people, and so is a Hangul name of three
   syllables. A name joins nobody if two people who are known to be different have it, since nothing says which of them
   a third one is. Where a chain of several names would join two such people, nothing in the chain is joined.

Every step looks at all spellings at once, so that their order does not matter. Different kinds are never joined.
"""

from collections import Counter
from collections.abc import Collection, Container, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeVar

from dossier.core.dataclasses import NamedTuple
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling, fold_name

Hub = Sequence[int]
"""The indices of spellings that have one property in common."""
K = TypeVar("K", bound=Hashable)


class IdentityGroup(NamedTuple):
    """One person, organisation or place.

    `parts` hold indices into the grouped spellings. Those of one part are confirmed to be the same; different parts are
    joined by their full name alone.
    """

    parts: tuple[tuple[int, ...], ...]

    @property
    def members(self) -> tuple[int, ...]:
        """The indices of all spellings of the group, ascending."""
        return self.parts[0] if len(self.parts) == 1 else tuple(sorted(chain.from_iterable(self.parts)))

    @property
    def is_joined_by_name(self) -> bool:
        """Whether some of the group is joined by same full name only."""
        return len(self.parts) > 1


def find_registered(spelling: Spelling, registry: Registry) -> RegistryEntry | None:
    """Return the registry entry of a spelling, None if there is none."""
    return registry.find_entry(spelling.kind, spelling.id, (spelling.name, *spelling.names), spelling.wikidata)


def group_spellings(
    spellings: Sequence[Spelling], registry: Registry, decisions: Decisions
) -> tuple[IdentityGroup, ...]:
    """Return groups that hold every spelling once; groups and their parts are in the order of their first members.

    The time grows with the number of spellings and decisions, not with its square.
    """
    return Grouping(spellings, decisions).groups_by(registry)


def is_known_by_name_only(spelling: Spelling, registry: Registry) -> bool:
    """Return whether only the name identifies this spelling: it has no Wikidata number and no registry entry."""
    return not spelling.wikidata and find_registered(spelling, registry) is None


def explain_member(
    spelling: Spelling, registry: Registry, confirmed: Container[str], by_team: Container[str] = ()
) -> str:
    """Return why a spelling is joined with others.

    `confirmed` are the addresses, as text, of entries that the reader confirmed, and `by_team` of those that the
    registry confirms.
    """
    if spelling.decided_ref in confirmed:
        return "confirmed by you"
    if spelling.decided_ref in by_team:
        return "confirmed in the registry"
    if spelling.wikidata:
        return f"wikidata {spelling.wikidata}"
    known = find_registered(spelling, registry)
    return f"registry {known.id}" if known else "same full name only"


class _Partition:
    """Numbers from 0 on, joined into sets; the root of a set is its smallest number (a disjoint-set forest)."""

    def __init__(self, parents: list[int]) -> None:
        self.parents = parents

    def root(self, one: int) -> int:
        """Return the root of the set that `one` is in."""
        parents = self.parents
        while (parent := parents[one]) != one:
            # Path halving: later calls take fewer steps.
            parents[one] = one = parents[parent]
        return one

    def copy(self) -> "_Partition":
        return _Partition(self.parents.copy())

    def joined(self, hubs: Iterable[Hub]) -> "_Partition":
        """Return a copy in which the members of each hub are joined, too."""
        made = self.copy()
        for hub in hubs:
            for one in hub[1:]:
                first, second = made.root(hub[0]), made.root(one)
                made.parents[max(first, second)] = min(first, second)
        return made


class Grouping:
    """Spellings with what was decided about them, to be grouped by one registry and by another.

    A registry changes nothing of what the decisions and the names have in common. The steps of grouping are taken one
    after another, on one partition, and never join a pair that was set apart.
    """

    def __init__(self, spellings: Sequence[Spelling], decisions: Decisions) -> None:
        self._spellings, self._registry = spellings, Registry()
        by_ref: dict[str, list[int]] = {}
        for at, spelling in enumerate(spellings):
            if spelling.decided_ref:
                by_ref.setdefault(spelling.decided_ref, []).append(at)
        self._kinds = [spelling.kind for spelling in spellings]
        same = [
            (number, ref.kind, text)
            for number, (refs, texts) in enumerate(zip(decisions.same, decisions.same_texts, strict=True))
            for ref, text in zip(refs, texts, strict=True)
        ]
        # Entries that have no spelling here: of them nothing is known but what was decided.
        for _, kind, ref in same:
            if ref not in by_ref:
                by_ref[ref] = [len(self._kinds)]
                self._kinds.append(kind)
        self._apart = [
            (one, other)
            for first, second in decisions.apart_texts
            for one in by_ref.get(first, ())
            for other in by_ref.get(second, ())
            if one != other
        ]
        self._partition = _Partition(list(range(len(self._kinds))))
        hubs = _hubs(((self._kinds[at], number), at) for number, _, ref in same for at in by_ref[ref])
        self._join(hubs.values(), ())
        self._confirmed = self._partition
        self._decided = self._joined_ones({at for hub in hubs.values() for at in hub})

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """The folded form of each full name of the spellings."""
        return {name: fold_name(name) for name in {spelling.name for spelling in self._spellings}}

    @cached_property
    def _named(self) -> list[tuple[tuple[str, str], Hub]]:
        """The full names that several spellings have, by kind and folded name, with the spellings."""
        keys = self.folded
        hubs = _hubs(((spelling.kind, keys[spelling.name]), at) for at, spelling in enumerate(self._spellings))
        return [(key, hub) for key, hub in hubs.items() if key[1]]

    def groups_by(self, registry: Registry) -> tuple[IdentityGroup, ...]:
        """Run all steps and return the groups."""
        self._registry, self._partition = registry, self._confirmed
        known = [find_registered(spelling, registry) if registry.entries else None for spelling in self._spellings]
        pairs = zip(self._spellings, known, strict=True)
        numbers = [one.wikidata or (entry.wikidata if entry else "") for one, entry in pairs]
        numbered = [at for at, number in enumerate(numbers) if number]
        registered = [at for at, entry in enumerate(known) if entry]
        hubs = _hubs(((self._spellings[at].kind, numbers[at]), at) for at in numbered)
        self._join(hubs.values(), numbered)
        self._join(self._registry_hubs(known, numbered), registered, numbered)
        parts = self._partition.copy()
        sure = {*numbered, *registered, *self._decided}
        self._join(self._name_hubs(sure, numbered, registered), sure, numbered, registered)
        return _make_groups(self._partition, parts, len(self._spellings))

    def _join(self, hubs: Collection[Hub], known: Iterable[int], *different: Iterable[int]) -> None:
        """Join the members of each hub, except where that would join spellings that are different.

        A pair that was set apart is not joined. Nor is anything in a chain of hubs that would join several parts of the
        partition, each with members of the same set in `different`. `known` are spellings of which more is known than a
        name.
        """
        trial = self._partition.joined(hubs)
        if leavers := self._roots_to_leave_out(trial, known):
            hubs = [[at for at in hub if self._partition.root(at) not in leavers] for hub in hubs]
            trial = self._partition.joined(hubs)
        if several := {root for spellings in different for root in self._merged_roots(trial, spellings)}:
            hubs = [hub for hub in hubs if hub and trial.root(hub[0]) not in several]
            trial = self._partition.joined(hubs)
        self._partition = trial

    def _roots_to_leave_out(self, trial: "_Partition", known: Iterable[int]) -> set[int]:
        """Return the roots of the parts that stay out of a step, because `trial` joined a pair that was set apart.

        That is the part of the first of the pair; but if something more than a name is known of the first and not of
        the second, the part of the second.
        """
        met = [pair for pair in self._apart if trial.root(pair[0]) == trial.root(pair[1])]
        sure = self._roots(known) if met else set()
        pairs = ((self._partition.root(first), self._partition.root(second)) for first, second in met)
        return {second if first in sure and second not in sure else first for first, second in pairs}

    def _roots(self, spellings: Iterable[int]) -> set[int]:
        """Return the roots of the parts that these spellings are in."""
        return set(map(self._partition.root, spellings))

    def _joined_ones(self, spellings: set[int]) -> list[int]:
        """Return those of the spellings that are joined with another one of them."""
        count = Counter(map(self._partition.root, spellings))
        return [at for at in spellings if count[self._partition.root(at)] > 1]

    def _merged_roots(self, trial: "_Partition", spellings: Iterable[int]) -> set[int]:
        """Return the roots at which `trial` joined several parts that hold some of the spellings."""
        count = Counter(map(trial.root, self._roots(spellings)))
        return {root for root, parts in count.items() if parts > 1}

    def _registry_hubs(self, known: Sequence[RegistryEntry | None], numbered: Iterable[int]) -> list[Hub]:
        """Return a hub for each registry entry; `known` has that of each spelling.

        If the entry has no Wikidata number, spellings with different numbers are left out of its hub.
        """
        hubs = _hubs(((one.kind, one.id), at) for at, one in enumerate(known) if one)
        parts = self._roots(numbered)
        return [self._without_different(hub, parts) for hub in hubs.values()]

    def _without_different(self, hub: Hub, numbered: set[int]) -> Hub:
        """Return the hub without parts that have a number, if there are several of them."""
        met = self._roots(hub) & numbered
        return hub if len(met) < 2 else [at for at in hub if self._partition.root(at) not in met]

    def _name_hubs(self, known: Iterable[int], *different: Iterable[int]) -> list[Hub]:
        """Return a hub for each full name, except names that two people have who are known to be different."""
        entries = Counter((entry.kind, fold_name(entry.name)) for entry in self._registry.entries)
        twice = {key for key, count in entries.items() if count > 1}
        sets, sure = [self._roots(spellings) for spellings in different], self._roots(known)
        apart: dict[int, set[int]] = {}
        for first, second in (tuple(map(self._partition.root, pair)) for pair in self._apart):
            if first in sure and second in sure:
                apart.setdefault(first, set()).add(second)
        hubs = (hub for key, hub in self._named if key not in twice)
        # Most names have nobody who is known to be different from anybody.
        doubtful = frozenset(apart).union(*sets)
        return [
            hub
            for hub in hubs
            if (roots := self._roots(hub)).isdisjoint(doubtful) or not _is_contested(roots, sets, apart)
        ]


def _is_contested(parts: set[int], different: Iterable[set[int]], apart: Mapping[int, set[int]]) -> bool:
    """Return whether two of the parts are known to be different people."""
    if any(len(parts & one) > 1 for one in different):
        return True
    return any(not parts.isdisjoint(apart[part]) for part in parts & apart.keys())


def _hubs(pairs: Iterable[tuple[K, int]]) -> dict[K, Hub]:
    """Group the second items of the pairs by the first; items that are alone are left out."""
    first: dict[K, int] = {}
    hubs: dict[K, list[int]] = {}
    for key, at in pairs:
        # Most items are alone: no list is made for them.
        if (met := first.setdefault(key, at)) != at:
            hubs.setdefault(key, [met]).append(at)
    return dict(hubs)


def _make_groups(made: _Partition, parts: _Partition, spellings: int) -> tuple[IdentityGroup, ...]:
    """Return the sets of the partition `made` as groups; `parts` is the partition before names were joined.

    Numbers from `spellings` on are left out: they stand for entries without a spelling.
    """
    # The root of a set is its smallest number: where it has spellings, it is one of them.
    every = range(spellings)
    roots = list(map(made.root, every))
    joined = _hubs(zip(roots, every, strict=True))
    return tuple(
        IdentityGroup(_split_into_parts(joined[at], parts) if at in joined else ((at,),))
        for at, root in enumerate(roots)
        if at == root
    )


def _split_into_parts(members: Hub, parts: _Partition) -> tuple[tuple[int, ...], ...]:
    """Split the members of a group by the part that they are in."""
    found: dict[int, list[int]] = {}
    for at in members:
        found.setdefault(parts.root(at), []).append(at)
    return tuple(map(tuple, found.values()))
