"""The registry of a library with the user's decisions, as a file that holds for every reader.

Each decision is a line of addresses, in the order of the letters, so that two versions of the file are easily merged.
A line stays as it is when others come. Persons and organisations are entries, too, which also hold for articles to
come, wherever that joins nothing now but what was decided.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import chain, count

from dossier.core.decisions import JoinedRefs
from dossier.core.identity import find_registered, group_spellings
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling, fold_name
from dossier.text.sanitize import sanitize_text

_KEYS = {"person": "people", "org": "orgs"}
_NAMED_KINDS = (*_KEYS, "place")
_ID = re.compile("[a-z0-9][a-z0-9-]*")
# Text that needs no quotes in YAML's flow style, for any parser, unless it is one of the words below.
_PLAIN = re.compile(r"[^\W\d_](?:[\w .&'’-]*[\w.])?")
_RESERVED = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_PLAIN_ADDRESS = re.compile("[A-Za-z0-9][A-Za-z0-9._~%/#-]*")

_HEAD = (
    "# Who is the same person, organisation or place across the articles of this library, as its readers decided.",
    "registry: 1",
)
_BEFORE = "# This includes the entries of the old registry, without its comments, notes and unknown keys."


def format_registry(
    bearers: Sequence[Spelling], registry: Registry, decisions: Decisions, proposed: Sequence[RegistryEntry] = ()
) -> str:
    """Return a registry file in the article format, with the decisions, which replaces the file of `registry`.

    `decisions` are all that hold, those of the registry among them. The entries `proposed` are included where they join
    none of `bearers` that is not joined already: these are all spellings that may be joined with an entry decided about
    (those have a `decided_ref`). Entries of the registry keep their lines.
    """
    # An entry whose id is not valid as a key is left out; the checker reports it.
    had = {(one.kind, one.id): one for one in registry.entries if _ID.fullmatch(one.id)}
    new = [one for one in proposed if had.get((one.kind, one.id)) != one]
    before = group_spellings(bearers, registry, decisions)

    def joins_nothing(entries: Mapping[tuple[str, str], RegistryEntry]) -> bool:
        return group_spellings(bearers, Registry(tuple(entries.values())), decisions) == before

    entries = _with_harmless(had, new, joins_nothing).values()
    lines = [_HEAD[0], *((_BEFORE,) if registry.entries else ()), _HEAD[1]]
    lines += [f"index: {json.dumps(registry.index, ensure_ascii=False)}"] if registry.index else []
    for kind, key in _KEYS.items():
        of_kind = _sort_in([one for one in entries if one.kind == kind], had)
        lines += [f"{key}:"] if of_kind else []
        lines += [f"  {one.id}: {_format_entry(one)}" for one in of_kind]
    for key, facts in (("same", _same_facts(registry.decisions, decisions)), ("apart", _apart_facts(decisions))):
        lines += [f"{key}:"] if facts else []
        lines += [f"  - [{', '.join(map(_format_address, refs))}]" for refs in facts]
    return "\n".join(lines) + "\n"


Entries = dict[tuple[str, str], RegistryEntry]


def _with_harmless(entries: Entries, new: Sequence[RegistryEntry], is_harmless: Callable[[Entries], bool]) -> Entries:
    """Return the entries with those of the new ones that are harmless, as few questions as possible being asked."""
    trial = entries | {(one.kind, one.id): one for one in new}
    if not new or is_harmless(trial):
        return trial
    if len(new) == 1:
        return entries
    half = len(new) // 2
    return _with_harmless(_with_harmless(entries, new[:half], is_harmless), new[half:], is_harmless)


def _same_facts(before: Decisions, decisions: Decisions) -> list[tuple[str, ...]]:
    """Return the entries that are the same: as the registry has them, and in pairs what is new."""
    lines = {*before.same}
    known = [refs for refs in decisions.same if refs in lines]
    joined, facts = JoinedRefs(known), {tuple(map(str, refs)) for refs in known}
    for refs in decisions.same:
        for kind in _NAMED_KINDS:
            first, *others = sorted((ref for ref in refs if ref.kind == kind), key=str) or (None,)
            facts.update((str(first), str(other)) for other in others if first and joined.join((first, other)))
    return sorted(facts)


def _apart_facts(decisions: Decisions) -> list[tuple[str, ...]]:
    """Return the pairs of entries that are not the same."""
    pairs = (pair for pair in decisions.apart if pair[0].kind == pair[1].kind and pair[0].kind in _NAMED_KINDS)
    return sorted({(str(first), str(second)) for first, second in pairs})


def _sort_in(entries: Sequence[RegistryEntry], had: Container[tuple[str, str]]) -> list[RegistryEntry]:
    """Return entries of one kind, each that the registry did not have before the first one with a greater id."""
    made = [one for one in entries if (one.kind, one.id) in had]
    for new in (one for one in entries if (one.kind, one.id) not in had):
        made.insert(next((at for at, one in enumerate(made) if one.id > new.id), len(made)), new)
    return made


def _format_address(address: str) -> str:
    return address if _PLAIN_ADDRESS.fullmatch(address) else json.dumps(address)


def propose_entries(bearers: Sequence[Spelling], registry: Registry, decisions: Decisions) -> tuple[RegistryEntry, ...]:
    """Return the entries of the registry with those of the persons and organisations that were confirmed.

    `bearers` has the spellings of all entries decided about, and of as many others as are known. Entries of `registry`
    keep their ids and names. The full names of the confirmed members become aliases. Short names do not, since they are
    used within one article only.
    """
    decided = {str(ref) for refs in decisions.same for ref in refs}
    groups = group_spellings(bearers, registry, decisions)
    parts = ([bearers[at] for at in part] for group in groups for part in group.parts if len(part) > 1)
    wanted = [part for part in parts if part[0].kind in _KEYS and any(one.decided_ref in decided for one in part)]
    made = {(one.kind, one.id): one for one in registry.entries if _ID.fullmatch(one.id)}
    numbers = {(one.kind, one.wikidata) for one in registry.entries}
    claims = Counter((one.kind, key) for one in registry.entries for key in {fold_name(name) for name in one.names})
    claims.update((part[0].kind, key) for part in wanted for key in {fold_name(one.name) for one in part})
    new: set[tuple[str, str]] = set()
    for part in wanted:
        known = next(filter(None, (find_registered(one, registry) for one in part)), None)
        if known is None or made.get((known.kind, known.id)) != known or (known.kind, known.id) in new:
            known = _new_entry(part, made, numbers)
        entry = _add_aliases(known, part, claims)
        if any(find_registered(one, Registry((entry,))) for one in part):
            numbers.add((known.kind, known.wikidata))
            new.add((known.kind, known.id))
            made[known.kind, known.id] = entry
    return tuple(made.values())


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
