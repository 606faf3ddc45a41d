"""The entries of an article in the bytes that the index stores, from which `stored_entries` makes them again.

Entries are stored as they are shown, so that a hit can be confirmed and a row drawn without the file. The article's own
id is not stored with them, since an id that repeats in the library gives way to the path.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Days
from dossier.core.entry import Entry
from dossier.core.entry_links import EntryLinks
from dossier.core.ref import Ref
from dossier.library.index.entry_columns import EntryColumns


class LinkedEntries(NamedTuple):
    """The entries of one article, with what they are linked to.

    `links` has an element for each of `entries`. `called` has all names of the persons, organisations and places.
    `shared` are the search fields of the whole article, `published` the bounds of its date.
    """

    entries: Sequence[Entry]
    links: Sequence[EntryLinks]
    called: Mapping[Ref, tuple[str, ...]]
    shared: Mapping[str, tuple[str, ...]]
    published: Days | None


def pack_entries(found: LinkedEntries) -> bytes:
    """Return the entries of one article in the bytes that `StoredEntries` takes."""
    entries, _, called, shared, published = found
    addresses = _Addresses(entries)
    texts = _TextNumbers()
    names = list(called.values())
    columns = dict(
        field_names=texts.numbers(shared),
        field_counts=[len(one) for one in shared.values()],
        field_texts=texts.numbers([text for one in shared.values() for text in one]),
        called=addresses.numbers(called),
        name_counts=[len(one) for one in names],
        names=texts.numbers([name for one in names for name in one]),
        **_pack_own_fields(entries, texts),
        **_pack_parts(entries, addresses, texts),
        **_pack_links(found, addresses),
        ref_kinds=texts.numbers([ref.kind for ref in addresses.refs]),
        ref_ids=texts.numbers([ref.id for ref in addresses.refs]),
    )
    return EntryColumns(published=published and _to_ordinals(published), texts=list(texts.known), **columns).pack()


class _TextNumbers:
    """The texts of an article, numbered as they come."""

    def __init__(self) -> None:
        self.known: dict[str, int] = defaultdict(count().__next__)

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """Return the numbers of texts."""
        return list(map(self.known.__getitem__, texts))


class _Addresses:
    """The addresses of an article, numbered: those of its entries in order, then others as they come."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.refs = [entry.ref for entry in entries]
        self._numbers: dict[Ref, int] = {}
        for number, ref in enumerate(self.refs):
            self._numbers.setdefault(ref, number)

    def numbers(self, refs: Iterable[Ref]) -> list[int]:
        """Return the numbers of addresses."""
        known = self._numbers
        found = []
        for ref in refs:
            if (number := known.get(ref)) is None:
                number = known[ref] = len(self.refs)
                self.refs.append(ref)
            found.append(number)
        return found


def _pack_own_fields(entries: Sequence[Entry], texts: _TextNumbers) -> dict[str, Any]:
    """Return the columns of the fields that each entry has once."""
    return {
        "lines": [entry.line for entry in entries],
        "groups": texts.numbers([entry.group for entry in entries]),
        "asides": texts.numbers([entry.aside for entry in entries]),
        "paragraph_numbers": [entry.paragraph_number for entry in entries],
        "dates": texts.numbers([entry.date.edtf if entry.date else "" for entry in entries]),
        "forms": texts.numbers([entry.form for entry in entries]),
        "statuses": texts.numbers([entry.status for entry in entries]),
        "flaws": texts.numbers([entry.flaw for entry in entries]),
        "evidence_kinds": texts.numbers([" ".join(sorted(entry.evidence_kinds)) for entry in entries]),
    }


def _pack_parts(entries: Sequence[Entry], addresses: _Addresses, texts: _TextNumbers) -> dict[str, Any]:
    """Return the columns of the parts of the entries."""
    parts = list(chain.from_iterable([entry.parts for entry in entries]))
    return {
        "part_counts": [len(entry.parts) for entry in entries],
        "part_names": texts.numbers([part.name for part in parts]),
        "part_texts": texts.numbers([part.text for part in parts]),
        "part_flaws": texts.numbers([part.flaw for part in parts]),
        "target_counts": [len(part.targets) for part in parts],
        "targets": addresses.numbers([ref for part in parts for ref in part.targets]),
    }


def _pack_links(found: LinkedEntries, addresses: _Addresses) -> dict[str, Any]:
    """Return the columns of what the entries are linked to."""
    links, among = found.links, {entry.ref for entry in found.entries}
    passages = [[ref for ref in one.passages if ref in among] for one in links]
    return {
        "named_counts": [len(one.named) for one in links],
        "named": addresses.numbers([ref for one in links for ref in one.named]),
        "speaker_counts": [len(one.speakers) for one in links],
        "speakers": addresses.numbers([ref for one in links for ref in one.speakers]),
        "passage_counts": [len(one) for one in passages],
        "passages": addresses.numbers(chain.from_iterable(passages)),
    }


def _to_ordinals(days: Days) -> tuple[int | None, int | None]:
    earliest, latest = [day.toordinal() if day else None for day in days]
    return earliest, latest
