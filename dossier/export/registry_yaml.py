"""The user's decisions about people as a registry file, for the library itself and for others.

A registry identifies people and organisations by an id with a name, or by a wikidata number. Decisions that it cannot
express that way are written as comments that say what to do, so that none is lost.
"""

import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain, count

from dossier.core.dataclasses import NamedTuple
from dossier.core.identity import Decisions, find_registered, group_spellings
from dossier.core.registry import Registry, RegistryEntry, Spelling, fold_name
from dossier.text.sanitize import sanitize_text

_KEYS = {"person": "people", "org": "orgs"}
_ID = re.compile("[a-z0-9][a-z0-9-]*")
# Text that needs no quotes in YAML's flow style, for any parser, unless it is one of the words below.
_PLAIN = re.compile(r"[^\W\d_](?:[\w .&'’-]*[\w.])?")
_RESERVED = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


_HEAD = (
    "# Who is the same person or organisation across the articles of this library, as a reader decided.",
    "registry: 1",
)
_BEFORE = "# This includes the entries of the old registry, without its comments, notes and unknown keys."


class _Confirmed(NamedTuple):
    """An entry of the registry, and the spellings confirmed to be the same person or organisation.

    `members` is empty for an entry that the registry had before.
    """

    entry: RegistryEntry
    members: tuple[Spelling, ...] = ()


def format_registry(bearers: Sequence[Spelling], registry: Registry, decisions: Decisions) -> str:
    """Return the decisions as a registry file in the article format, which replaces the file of `registry`.

    `bearers` has the spellings of all entries decided about (those with `decided_ref`), and of as many others as are
    known. Entries of `registry` keep their ids and names. The full names of the confirmed members become aliases. Short
    names are not included, since they are used within one article only.
    """
    confirmed = _merge_entries(bearers, registry, decisions)
    made = Registry(tuple(one.entry for one in confirmed))
    lines = [_HEAD[0], *((_BEFORE,) if registry.entries else ()), _HEAD[1]]
    lines += [f"index: {json.dumps(registry.index, ensure_ascii=False)}"] if registry.index else []
    for kind, key in _KEYS.items():
        of_kind = [one for one in confirmed if one.entry.kind == kind]
        lines += [f"{key}:"] if of_kind else []
        for one in of_kind:
            lines += [f"  # {sanitize_text(said)}" for said in _member_comments(one, made)]
            lines.append(f"  {one.entry.id}: {_format_entry(one.entry)}")
    rest = [f"# - {sanitize_text(said)}" for said in _other_comments(bearers, decisions, made)]
    lines += ["# Decisions that a registry cannot express:", *rest] if rest else []
    return "\n".join(lines) + "\n"


def _merge_entries(bearers: Sequence[Spelling], registry: Registry, decisions: Decisions) -> list[_Confirmed]:
    """Return all entries of the new registry, those of the old one first."""
    decided = {str(ref) for refs in decisions.same for ref in refs}
    groups = group_spellings(bearers, registry, decisions)
    parts = ([bearers[at] for at in part] for group in groups for part in group.parts if len(part) > 1)
    wanted = [part for part in parts if part[0].kind in _KEYS and any(one.decided_ref in decided for one in part)]
    # An entry whose id is not valid as a key is left out; the checker reports it.
    made = {(one.kind, one.id): _Confirmed(one) for one in registry.entries if _ID.fullmatch(one.id)}
    numbers = {(one.kind, one.wikidata) for one in registry.entries}
    claims = Counter((one.kind, key) for one in registry.entries for key in {fold_name(name) for name in one.names})
    claims.update((part[0].kind, key) for part in wanted for key in {fold_name(one.name) for one in part})
    for part in wanted:
        known = next(filter(None, (find_registered(one, registry) for one in part)), None)
        if known is None or made.get((known.kind, known.id)) != _Confirmed(known):
            known = _new_entry(part, made, numbers)
        numbers.add((known.kind, known.wikidata))
        made[known.kind, known.id] = _Confirmed(_add_aliases(known, part, claims), tuple(part))
    return list(made.values())


def _new_entry(
    members: Sequence[Spelling], ids: Container[tuple[str, str]], numbers: Container[tuple[str, str]]
) -> RegistryEntry:
    """Return a new entry with the most frequent id and name of its members that no other entry has."""
    kind = members[0].kind
    usual = (id for id, _ in Counter(one.id for one in members).most_common() if _ID.fullmatch(id))
    id = next(id for id in chain(usual, (f"{kind}-{at}" for at in count(1))) if (kind, id) not in ids)
    number = next((one.wikidata for one in members if one.wikidata and (kind, one.wikidata) not in numbers), "")
    ((name, _),) = Counter(one.name for one in members).most_common(1)
    return RegistryEntry(kind, id, name, (), number)


def _add_aliases(
    entry: RegistryEntry, members: Sequence[Spelling], claims: Mapping[tuple[str, str], int]
) -> RegistryEntry:
    """Return the entry with the other full names of its members as aliases.

    Names that other entries claim, too, are left out, since they would be ambiguous.
    """
    had = {fold_name(name) for name in entry.names}
    others = {fold_name(one.name): one.name for one in reversed(members)}
    new = (name for key, name in others.items() if key not in had and claims[entry.kind, key] == 1)
    return entry._replace(aliases=(*entry.aliases, *new))


def _member_comments(one: _Confirmed, made: Registry) -> Iterator[str]:
    """Yield a comment for each member that is not identified by the entry's id with a name, or by its number."""
    keys = {fold_name(name) for name in one.entry.names}
    for member in one.members:
        if find_registered(member, made) != one.entry:
            number = f" and the number {member.wikidata}" if member.wikidata else ""
            aliases = () if fold_name(member.name) in keys else (one.entry.name,)
            cure = _format_entry(RegistryEntry(member.kind, one.entry.id, member.name, aliases, one.entry.wikidata))
            meant = f"{_name(member)} is the same, but has the id {member.id}{number}"
            yield f"{meant}: in that file, write {one.entry.id}: {cure}"


def _other_comments(bearers: Sequence[Spelling], decisions: Decisions, made: Registry) -> Iterator[str]:
    """Yield comments for the decisions about places, about missing entries, and about entries that are separate."""
    by_ref = {one.decided_ref: one for one in bearers}
    for refs in decisions.same:
        met = [by_ref.get(str(ref)) for ref in refs]
        if len([one for one in met if one and one.kind in _KEYS]) < 2:
            names = [_name(one) if one else str(ref) for one, ref in zip(met, refs, strict=True)]
            yield f"{', '.join(names)} are the same"
    for pair in decisions.apart:
        first, second = (by_ref.get(str(ref)) for ref in pair)
        known, other = (find_registered(one, made) if one else None for one in (first, second))
        cure = f"; by id and name both are {known.id} here: give one of them another id" if known else ""
        names = [_name(one) if one else str(ref) for one, ref in zip((first, second), pair, strict=True)]
        yield f"{' is not '.join(names)}{cure if known == other else ''}"


def _name(bearer: Spelling) -> str:
    return f"{bearer.decided_ref or bearer.id} ({bearer.name})"


def _format_entry(entry: RegistryEntry) -> str:
    fields = [f"name: {_format_scalar(entry.name)}"]
    fields += [f"native: {_format_scalar(entry.native)}"] if entry.native else []
    fields += [f"aliases: [{', '.join(map(_format_scalar, entry.aliases))}]"] if entry.aliases else []
    fields += [f"same_as: {{wikidata: {_format_scalar(entry.wikidata)}}}"] if entry.wikidata else []
    return f"{{{', '.join(fields)}}}"


def _format_scalar(text: str) -> str:
    text = sanitize_text(text)
    # A quoted JSON string means the same in YAML.
    return text if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED else json.dumps(text, ensure_ascii=False)
