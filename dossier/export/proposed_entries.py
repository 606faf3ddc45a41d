"""The registry entries that the user's decisions lead to, which also apply to future articles.

A new entry must not join spellings that were not joined before. To check that, spellings are grouped with the old
registry and with the one that has all new entries; only where the groups differ are entries checked one by one. That is
done for each set of spellings that share a name, a number, an entry or a decision, on which no others depend.
"""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, count
from typing import Final

from dossier.core.decisions import JoinedSets
from dossier.core.identity import Grouping, IdentityGroup, find_registered
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling, fold_name

ENTRY_KEYS: Final = {"person": "people", "org": "orgs"}
"""The keys under which a registry lists its entries, by kind."""
_ID = re.compile("[a-z0-9][a-z0-9-]*")
Entries = dict[tuple[str, str], RegistryEntry]
"""Entries by kind and id."""
Key = tuple[str, str, str] | tuple[str, str]
"""What spellings and entries that may be joined have in common.

It is "name", kind and folded name; "wikidata", kind and number; "id", kind and id of an entry of the registry; or "ref"
and the address of an entry that a decision names.
"""


def propose_entries(bearers: Sequence[Spelling], registry: Registry, decisions: Decisions) -> tuple[RegistryEntry, ...]:
    """Return the entries of the registry, with those of the persons and organisations that decisions confirm.

    `bearers` has the spellings of all entries that the decisions name, and other known spellings. Entries of `registry`
    keep their ids and names. The full names of the confirmed members become aliases. Short names do not, since they are
    used within one article only.
    """
    decided = {*chain.from_iterable(decisions.same_texts)}
    grouping = Grouping(bearers, decisions)
    groups, folded = grouping.groups_by(registry), grouping.folded
    parts = ([bearers[at] for at in part] for group in groups for part in group.parts if len(part) > 1)
    wanted = [part for part in parts if part[0].kind in ENTRY_KEYS and any(one.decided_ref in decided for one in part)]
    made = {(one.kind, one.id): one for one in registry.entries if _ID.fullmatch(one.id)}
    numbers = {(one.kind, one.wikidata) for one in registry.entries}
    claims = Counter((one.kind, key) for one in registry.entries for key in {fold_name(name) for name in one.names})
    claims.update((part[0].kind, key) for part in wanted for key in {folded[one.name] for one in part})
    new: set[tuple[str, str]] = set()
    for part in wanted:
        known = next(filter(None, (find_registered(one, registry) for one in part)), None)
        if known is None or made.get((known.kind, known.id)) != known or (known.kind, known.id) in new:
            known = _new_entry(part, made, numbers)
        entry = _add_aliases(known, part, claims, folded)
        alone = Registry((entry,))
        if any(find_registered(one, alone) for one in part):
            numbers.add((known.kind, known.wikidata))
            new.add((known.kind, known.id))
            made[known.kind, known.id] = entry
    return tuple(made.values())


def _new_entry(
    members: Sequence[Spelling], ids: Container[tuple[str, str]], numbers: Container[tuple[str, str]]
) -> RegistryEntry:
    """Return a new entry with the most frequent id and name of its members that no other entry has."""
    kind = members[0].kind
    usual = (id for id in _by_frequency([one.id for one in members]) if _ID.fullmatch(id))
    id = next(id for id in chain(usual, (f"{kind}-{at}" for at in count(1))) if (kind, id) not in ids)
    number = next((one.wikidata for one in members if one.wikidata and (kind, one.wikidata) not in numbers), "")
    return RegistryEntry(kind, id, _by_frequency([one.name for one in members])[0], (), number)


def _by_frequency(texts: Sequence[str]) -> Sequence[str]:
    """Return each of the texts once, the most frequent first; of those that are as frequent, the first one first."""
    # Most persons have the same id and name everywhere, and to count takes ten times as long as to see that.
    return texts[:1] if len({*texts}) == 1 else [text for text, _ in Counter(texts).most_common()]


def _add_aliases(
    entry: RegistryEntry,
    members: Sequence[Spelling],
    claims: Mapping[tuple[str, str], int],
    folded: Mapping[str, str],
) -> RegistryEntry:
    """Return the entry with the other full names of its members as aliases; `folded` has their folded forms.

    Names that other entries claim, too, are left out, since they would be ambiguous.
    """
    had = {fold_name(name) for name in entry.names}
    others = {folded[one.name]: one.name for one in reversed(members)}
    new = (name for key, name in others.items() if key not in had and claims[entry.kind, key] == 1)
    return entry._replace(aliases=(*entry.aliases, *new))


def add_harmless_entries(
    proposed: Sequence[RegistryEntry], bearers: Sequence[Spelling], registry: Registry, decisions: Decisions
) -> Entries:
    """Return the entries of the registry, with those proposed entries that join no spellings but those joined already.

    `bearers` are all spellings that may be joined with an entry that the decisions name; the spellings of such entries
    have a `decided_ref`.
    """
    # An entry whose id is not valid as a key is left out; the checker reports it.
    had = {(one.kind, one.id): one for one in registry.entries if _ID.fullmatch(one.id)}
    new = [one for one in proposed if had.get((one.kind, one.id)) != one]
    made = had | {(one.kind, one.id): one for one in new}
    trial = Registry(tuple(made.values()))
    if not new:
        return made
    grouping = Grouping(bearers, decisions)
    changed = {*grouping.groups_by(registry)} ^ {*grouping.groups_by(trial)}
    if not changed:
        return made
    members = {at for group in changed for at in group.members}
    for island in _find_islands(members, bearers, registry, new, decisions, grouping.folded):
        # All together they join somebody: that is why this is one of the islands.
        kept = island.with_harmless_of_halves(island.had, island.new)
        for one in island.new:
            if (key := (one.kind, one.id)) in kept:
                made[key] = kept[key]
            else:
                del made[key]
    return made


class _Island:
    """Spellings that can be joined with no others, the registry entries for them, and the decisions about them."""

    def __init__(self) -> None:
        self.bearers: list[Spelling] = []
        self.entries: list[RegistryEntry] = []
        self.new: list[RegistryEntry] = []
        self.same: list[tuple[Ref, ...]] = []
        self.apart: list[tuple[Ref, Ref]] = []

    @property
    def had(self) -> Entries:
        """The entries of the registry, except those whose id is not valid as a key."""
        return {(one.kind, one.id): one for one in self.entries if _ID.fullmatch(one.id)}

    @cached_property
    def _grouping(self) -> Grouping:
        return Grouping(self.bearers, Decisions(tuple(self.same), tuple(self.apart)))

    @cached_property
    def _before(self) -> tuple[IdentityGroup, ...]:
        return self._grouping.groups_by(Registry(tuple(self.entries)))

    def with_harmless(self, entries: Entries, new: Sequence[RegistryEntry]) -> Entries:
        """Return `entries` with those of `new` that join nothing. They are tried together first, and then by halves."""
        trial = entries | {(one.kind, one.id): one for one in new}
        if not new or self._grouping.groups_by(Registry(tuple(trial.values()))) == self._before:
            return trial
        return self.with_harmless_of_halves(entries, new)

    def with_harmless_of_halves(self, entries: Entries, new: Sequence[RegistryEntry]) -> Entries:
        """Return the same for entries that join something if all of them are added."""
        if len(new) < 2:
            return entries
        half = len(new) // 2
        return self.with_harmless(self.with_harmless(entries, new[:half]), new[half:])


def _find_islands(
    members: Iterable[int],
    bearers: Sequence[Spelling],
    registry: Registry,
    new: Sequence[RegistryEntry],
    decisions: Decisions,
    folded: Mapping[str, str],
) -> Collection[_Island]:
    """Return the islands of these members, which are indexes of `bearers`; `folded` has their names' folded forms."""
    registries = [one for one in (registry, Registry(tuple(new))) if one.entries]
    keys = [_keys_of_spelling(one, folded[one.name], registries) for one in bearers]
    of_entries = map(_keys_of_entry, (*registry.entries, *new))
    decided: Iterable[list[Key]] = ([("ref", ref) for ref in group] for group in decisions.same_texts)
    # Each key by a number: to compare keys takes long.
    number: dict[Key, int] = {}
    joined = JoinedSets[int](
        [number.setdefault(key, len(number)) for key in those] for those in chain(keys, of_entries, decided)
    )
    islands = {joined.find(number[keys[at][0]]): _Island() for at in members}

    def of(key: Key) -> _Island | None:
        return islands.get(joined.find(number[key])) if key in number else None

    for spelling, (key, *_) in zip(bearers, keys, strict=True):
        if island := of(key):
            island.bearers.append(spelling)
    for entry in registry.entries:
        if island := of(("id", entry.kind, entry.id)):
            island.entries.append(entry)
    for entry in new:
        if island := of(("id", entry.kind, entry.id)):
            island.new.append(entry)
    for group, refs in zip(decisions.same, decisions.same_texts, strict=True):
        if island := of(("ref", refs[0])):
            island.same.append(group)
    for pair, (first, second) in zip(decisions.apart, decisions.apart_texts, strict=True):
        # The two of a pair on different islands are never joined.
        if (island := of(("ref", first))) and island is of(("ref", second)):
            island.apart.append(pair)
    return islands.values()


def _keys_of_spelling(spelling: Spelling, folded: str, registries: Iterable[Registry]) -> list[Key]:
    """Return the keys, at least one, that a spelling shares with those that one of the registries may join with it.

    `folded` is the folded form of its name.
    """
    kind, id, name, names, number, ref = spelling
    keys: list[Key] = [("name", kind, folded)]
    if number:
        keys.append(("wikidata", kind, number))
    if ref:
        keys.append(("ref", ref))
    if any(registry.find_by_id_and_name(kind, id, (name, *names)) for registry in registries):
        # It is found by its own id.
        keys.append(("id", kind, id))
    return keys


def _keys_of_entry(entry: RegistryEntry) -> list[Key]:
    """Return the keys that an entry of a registry shares with spellings and other entries."""
    keys: list[Key] = [("id", entry.kind, entry.id), ("name", entry.kind, fold_name(entry.name))]
    return [*keys, ("wikidata", entry.kind, entry.wikidata)] if entry.wikidata else keys
