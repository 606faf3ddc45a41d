"""Which entries of different articles are the same person, organisation or place, by what is known of them.

Decided here is the order of what joins, and that nothing doubtful is joined in silence:

1. What the reader confirmed. What the reader set apart stays apart, whatever else would join the two, by however many
   steps: of a pair the first, which the reader took out of a group, loses the ties that would lead to the second.
2. The same wikidata number, borne or had from the registry.
3. One entry of the registry. Bearers of different numbers are not joined by it.
4. The same full name alone, folded and with white space collapsed, which is marked (`by_name`). A native name or an
   alias is no full name: "the minister" is many people, and so is a name of three syllables in Hangul.
   A name that two bear who are known to be different people joins nobody, since nothing says which of them a third is;
   and where a chain of several names would join two such people, none of that chain is joined.

Every step looks at all bearers at once, so that their order decides nothing. Kinds never mix.
"""

from collections import Counter
from collections.abc import Collection, Container, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from dossier.core.dataclasses import NamedTuple, dataclass
from dossier.core.ref import Ref
from dossier.core.registry import Registered, Registry, Spelling, name_key

Hub = Sequence[int]
"""Bearers that have one thing in common."""
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Decisions:
    """What the reader decided of entries of different articles.

    `same`: all of one tuple are one person, organisation or place. `apart`: the first was set apart from the second.
    """

    same: tuple[tuple[Ref, ...], ...] = ()
    apart: tuple[tuple[Ref, Ref], ...] = ()

    @property
    def refs(self) -> frozenset[str]:
        """The address of every entry that a decision speaks of, as text."""
        joined = (ref for group in self.same for ref in group)
        return frozenset(str(ref) for ref in (*joined, *(ref for pair in self.apart for ref in pair)))


class Group(NamedTuple):
    """One person, organisation or place. `parts` hold places of bearers in what was grouped: those of one part are
    confirmed to be the same, the parts are joined by the full name alone."""

    parts: tuple[tuple[int, ...], ...]

    @property
    def members(self) -> tuple[int, ...]:
        """All of them, in order."""
        return self.parts[0] if len(self.parts) == 1 else tuple(sorted(chain.from_iterable(self.parts)))

    @property
    def by_name(self) -> bool:
        """Whether some of it is joined by the same full name alone."""
        return len(self.parts) > 1


def registered(bearer: Spelling, registry: Registry) -> Registered | None:
    """The entry of the registry that somebody is."""
    return registry.resolved(bearer.kind, bearer.id, (bearer.name, *bearer.names), bearer.wikidata)


def grouped(bearers: Sequence[Spelling], registry: Registry, decisions: Decisions) -> tuple[Group, ...]:
    """Every bearer in just one group; groups, and parts of them, in the order of their first members.

    The time it takes grows with the number of bearers and of decisions, not with the square of it.
    """
    return _Joining(bearers, registry, decisions).groups()


def is_bare(bearer: Spelling, registry: Registry) -> bool:
    """Whether nothing but the name says who this is: his entries, when there are several, are joined by that alone."""
    return not bearer.wikidata and registered(bearer, registry) is None


def reason(bearer: Spelling, registry: Registry, confirmed: Container[str]) -> str:
    """Why a bearer is joined with others, where the reader `confirmed` the entries with these addresses."""
    if bearer.alone in confirmed:
        return "you confirmed it"
    if bearer.wikidata:
        return f"wikidata {bearer.wikidata}"
    known = registered(bearer, registry)
    return f"registry {known.id}" if known else "the same full name alone"


class _Partition:
    """Numbers from 0 on, some of them joined; the smallest of those is their root."""

    def __init__(self, parents: list[int]) -> None:
        self.parents = parents

    def root(self, one: int) -> int:
        parents = self.parents
        while (parent := parents[one]) != one:
            # Every second step is made shorter for who comes next.
            parents[one] = one = parents[parent]
        return one

    def copy(self) -> "_Partition":
        return _Partition(self.parents.copy())

    def joined(self, hubs: Iterable[Hub]) -> "_Partition":
        """Another partition, in which what each hub holds is joined, too."""
        made = self.copy()
        for hub in hubs:
            for one in hub[1:]:
                first, second = made.root(hub[0]), made.root(one)
                made.parents[max(first, second)] = min(first, second)
        return made


class _Joining:
    """The steps, one after another, over one partition in which no pair that is apart is ever joined."""

    def __init__(self, bearers: Sequence[Spelling], registry: Registry, decisions: Decisions) -> None:
        self._bearers, self._registry, self._decisions = bearers, registry, decisions
        self._known = [registered(bearer, registry) if registry.entries else None for bearer in bearers]
        self._numbers = [
            bearer.wikidata or (known.wikidata if known else "")
            for bearer, known in zip(bearers, self._known, strict=True)
        ]
        self._by_ref: dict[str, list[int]] = {}
        for at, bearer in enumerate(bearers):
            if bearer.alone:
                self._by_ref.setdefault(bearer.alone, []).append(at)
        self._apart = [
            (one, other)
            for pair in decisions.apart
            for one in self._by_ref.get(str(pair[0]), ())
            for other in self._by_ref.get(str(pair[1]), ())
            if one != other
        ]
        self._made = _Partition(list(range(len(bearers))))

    def groups(self) -> tuple[Group, ...]:
        confirmed = _hubs(
            ((self._bearers[at].kind, number), at)
            for number, refs in enumerate(self._decisions.same)
            for ref in refs
            for at in self._by_ref.get(str(ref), ())
        )
        numbered = [at for at, number in enumerate(self._numbers) if number]
        registered = [at for at, known in enumerate(self._known) if known]
        self._join(confirmed.values(), ())
        decided = self._together({at for hub in confirmed.values() for at in hub})
        numbers = _hubs(((self._bearers[at].kind, self._numbers[at]), at) for at in numbered)
        self._join(numbers.values(), numbered)
        self._join(self._registry_hubs(numbered), registered, numbered)
        parts = self._made.copy()
        known = {*numbered, *registered, *decided}
        self._join(self._name_hubs(known, numbered, registered), known, numbered, registered)
        return _as_groups(self._made, parts)

    def _join(self, hubs: Collection[Hub], known: Iterable[int], *different: Iterable[int]) -> None:
        """Join what each hub holds, but for what is apart, and for all of a chain of hubs in which several parts meet
        that hold some of the same `different` bearers. `known` are bearers of whom more is known than a name."""
        trial = self._made.joined(hubs)
        if leavers := self._leavers(trial, known):
            hubs = [[at for at in hub if self._made.root(at) not in leavers] for hub in hubs]
            trial = self._made.joined(hubs)
        if several := {root for bearers in different for root in self._meetings(trial, bearers)}:
            hubs = [hub for hub in hubs if hub and trial.root(hub[0]) not in several]
            trial = self._made.joined(hubs)
        self._made = trial

    def _leavers(self, trial: "_Partition", known: Iterable[int]) -> set[int]:
        """The parts that stay out of a step, since the trial joined a pair that is apart: the first of the pair; but of
        one of whom more is known than a name, and one of whom nothing is, the latter."""
        met = [pair for pair in self._apart if trial.root(pair[0]) == trial.root(pair[1])]
        sure = self._parts(known) if met else set()
        pairs = ((self._made.root(first), self._made.root(second)) for first, second in met)
        return {second if first in sure and second not in sure else first for first, second in pairs}

    def _parts(self, bearers: Iterable[int]) -> set[int]:
        """The parts that these bearers are in, each by its root."""
        return set(map(self._made.root, bearers))

    def _together(self, bearers: set[int]) -> list[int]:
        """Those of the bearers who are joined with another of them."""
        count = Counter(map(self._made.root, bearers))
        return [at for at in bearers if count[self._made.root(at)] > 1]

    def _meetings(self, trial: "_Partition", bearers: Iterable[int]) -> set[int]:
        """The roots at which the trial joined several parts that hold some of the bearers."""
        count = Counter(map(trial.root, self._parts(bearers)))
        return {root for root, parts in count.items() if parts > 1}

    def _registry_hubs(self, numbered: Iterable[int]) -> list[Hub]:
        """Who is one entry of the registry, without those who bear different numbers where the entry has none."""
        hubs = _hubs(((known.kind, known.id), at) for at, known in enumerate(self._known) if known)
        parts = self._parts(numbered)
        return [self._without_different(hub, parts) for hub in hubs.values()]

    def _without_different(self, hub: Hub, numbered: set[int]) -> Hub:
        met = self._parts(hub) & numbered
        return hub if len(met) < 2 else [at for at in hub if self._made.root(at) not in met]

    def _name_hubs(self, known: Iterable[int], *different: Iterable[int]) -> list[Hub]:
        """Who bears one full name, where no two who are known to be different people bear it."""
        keys = {name: name_key(name) for name in {bearer.name for bearer in self._bearers}}
        entries = Counter((entry.kind, name_key(entry.name)) for entry in self._registry.entries)
        twice = {key for key, count in entries.items() if count > 1}
        hubs = _hubs(((bearer.kind, keys[bearer.name]), at) for at, bearer in enumerate(self._bearers))
        sets, sure = [self._parts(bearers) for bearers in different], self._parts(known)
        apart: dict[int, set[int]] = {}
        for first, second in (tuple(map(self._made.root, pair)) for pair in self._apart):
            if first in sure and second in sure:
                apart.setdefault(first, set()).add(second)
        hubs = {key: hub for key, hub in hubs.items() if key[1] and key not in twice}
        return [hub for hub in hubs.values() if not _is_contested(self._parts(hub), sets, apart)]


def _is_contested(parts: set[int], different: Iterable[set[int]], apart: Mapping[int, set[int]]) -> bool:
    """Whether two of the parts are known to be different people."""
    if any(len(parts & one) > 1 for one in different):
        return True
    return any(not parts.isdisjoint(apart[part]) for part in parts & apart.keys())


def _hubs(pairs: Iterable[tuple[K, int]]) -> dict[K, Hub]:
    """The second of the pairs by the first, where there are several."""
    first: dict[K, int] = {}
    hubs: dict[K, list[int]] = {}
    for key, at in pairs:
        # Most are alone, and no list is made for them.
        if (met := first.setdefault(key, at)) != at:
            hubs.setdefault(key, [met]).append(at)
    return dict(hubs)


def _as_groups(made: _Partition, parts: _Partition) -> tuple[Group, ...]:
    every = range(len(made.parents))
    roots = list(map(made.root, every))
    joined = _hubs(zip(roots, every, strict=True))
    return tuple(
        Group(_parted(joined[at], parts) if at in joined else ((at,),)) for at, root in enumerate(roots) if at == root
    )


def _parted(members: Hub, parts: _Partition) -> tuple[tuple[int, ...], ...]:
    found: dict[int, list[int]] = {}
    for at in members:
        found.setdefault(parts.root(at), []).append(at)
    return tuple(map(tuple, found.values()))
