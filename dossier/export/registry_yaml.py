"""The registry of a library with the user's decisions, as a file that holds for every reader.

Each decision is a line of addresses, in alphabetical order, and does not change when other lines are added: so two
versions of the file are easily merged. Persons and organisations also become registry entries, which apply to future
articles, if such an entry joins no present ones but those that were decided.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from itertools import accumulate
from operator import attrgetter

from dossier.core.decisions import JoinedSets
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling
from dossier.export.proposed_entries import ENTRY_KEYS, add_harmless_entries
from dossier.text.sanitize import sanitize_text

_NAMED_KINDS = (*ENTRY_KEYS, "place")
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
    """Return the text of a registry file, in the article format, with the decisions, to replace that of `registry`.

    `decisions` are all that hold, including those of the registry. `bearers` are all spellings that may be joined with
    an entry that the decisions name; the spellings of such entries have a `decided_ref`. Those of the entries
    `proposed` are included that join no spellings but those joined already. Entries of the registry keep their lines.
    """
    entries = add_harmless_entries(proposed, bearers, registry, decisions).values()
    had = {(one.kind, one.id) for one in registry.entries}
    lines = [_HEAD[0], *((_BEFORE,) if registry.entries else ()), _HEAD[1]]
    lines += [f"index: {json.dumps(registry.index, ensure_ascii=False)}"] if registry.index else []
    for kind, key in ENTRY_KEYS.items():
        of_kind = _sort_in([one for one in entries if one.kind == kind], had)
        lines += [f"{key}:"] if of_kind else []
        lines += [f"  {one.id}: {_format_entry(one)}" for one in of_kind]
    for key, facts in (("same", _same_facts(registry.decisions, decisions)), ("apart", _apart_facts(decisions))):
        lines += [f"{key}:"] if facts else []
        lines += [f"  - [{', '.join(map(_format_address, refs))}]" for refs in facts]
    return "\n".join(lines) + "\n"


def _same_facts(before: Decisions, decisions: Decisions) -> list[tuple[str, ...]]:
    """Return the lines of entries that are the same: those of the registry as they are, and new ones in pairs."""
    lines = {*before.same_texts}
    facts = {texts for texts in decisions.same_texts if texts in lines}
    joined = JoinedSets(facts)
    for refs, texts in zip(decisions.same, decisions.same_texts, strict=True):
        for kind in {ref.kind for ref in refs}.intersection(_NAMED_KINDS):
            first, *others = sorted(text for ref, text in zip(refs, texts, strict=True) if ref.kind == kind)
            facts.update((first, other) for other in others if joined.join((first, other)))
    return sorted(facts)


def _apart_facts(decisions: Decisions) -> list[tuple[str, ...]]:
    """Return the lines of pairs of entries that are not the same."""
    pairs = zip(decisions.apart, decisions.apart_texts, strict=True)
    return sorted({texts for (one, other), texts in pairs if one.kind == other.kind and one.kind in _NAMED_KINDS})


def _sort_in(entries: Sequence[RegistryEntry], had: Container[tuple[str, str]]) -> list[RegistryEntry]:
    """Return entries of one kind, with each new one put before the first old one that has a greater id."""
    known = [one for one in entries if (one.kind, one.id) in had]
    # The old entries need not be sorted. The greatest ids up to each of them are, and can be bisected.
    greatest = list(accumulate((one.id for one in known), max))
    before: dict[int, list[RegistryEntry]] = {}
    for new in sorted((one for one in entries if (one.kind, one.id) not in had), key=attrgetter("id")):
        before.setdefault(bisect_right(greatest, new.id), []).append(new)
    made = (one for at, known_one in enumerate(known) for one in (*before.get(at, ()), known_one))
    return [*made, *before.get(len(known), ())]


def _format_address(address: str) -> str:
    return address if _PLAIN_ADDRESS.fullmatch(address) else json.dumps(address)


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
