"""The entries of an article in the bytes that the index stores, from which `stored_entries` makes them again.

Entries are stored as they are shown, so that a hit can be confirmed and a row drawn without the file. The article's own
id is not stored with them, since an id that repeats in the library gives way to the path.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Sized
from itertools import chain, count, islice
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Days
from dossier.core.entry import Entry, Part
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
        field_counts=_count(shared.values()),
        field_texts=texts.numbers(chain.from_iterable(shared.values())),
        called=addresses.numbers(called),
        name_counts=_count(names),
        names=texts.numbers(chain.from_iterable(names)),
        **_pack_own_fields(entries, texts),
        **_pack_parts(entries, addresses, texts),
        **_pack_links(found, addresses),
    )
    refs = addresses.refs()
    columns.update(ref_kinds=texts.numbers([ref.kind for ref in refs]), ref_ids=texts.numbers([ref.id for ref in refs]))
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

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._own = [entry.ref for entry in entries]
        self._numbers: dict[Ref, int] = defaultdict(count(len(entries)).__next__)
        # Of entries with one address, it stands for the first.
        self._numbers.update(zip(reversed(self._own), range(len(entries) - 1, -1, -1), strict=True))
        self._distinct = len(self._numbers)

    def refs(self) -> list[Ref]:
        """Return the addresses that have a number so far, in the order of the numbers."""
        return [*self._own, *islice(self._numbers, self._distinct, None)]

    def numbers(self, refs: Iterable[Ref]) -> list[int]:
        """Return the numbers of addresses."""
        return list(map(self._numbers.__getitem__, refs))


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
    parts = [entry.parts for entry in entries]
    names, words, targets, flaws = _transpose(Part, chain.from_iterable(parts))
    return {
        "part_counts": _count(parts),
        "part_names": texts.numbers(names),
        "part_texts": texts.numbers(words),
        "part_flaws": texts.numbers(flaws),
        "target_counts": _count(targets),
        "targets": addresses.numbers(chain.from_iterable(targets)),
    }


def _pack_links(found: LinkedEntries, addresses: _Addresses) -> dict[str, Any]:
    """Return the columns of what the entries are linked to."""
    among = {entry.ref for entry in found.entries}
    named, speakers, everywhere = _transpose(EntryLinks, found.links)
    passages = [[ref for ref in one if ref in among] if one else one for one in everywhere]
    return {
        "named_counts": _count(named),
        "named": addresses.numbers(chain.from_iterable(named)),
        "speaker_counts": _count(speakers),
        "speakers": addresses.numbers(chain.from_iterable(speakers)),
        "passage_counts": _count(passages),
        "passages": addresses.numbers(chain.from_iterable(passages)),
    }


def _transpose(kind: type[Part | EntryLinks], values: Iterable[tuple[Any, ...]]) -> Sequence[Sequence[Any]]:
    """Return the values of each field of named tuples of this kind."""
    return tuple(zip(*values, strict=True)) or ((),) * len(kind._fields)


def _count(found: Iterable[Sized]) -> list[int]:
    """Return how many elements each one has."""
    return list(map(len, found))


def _to_ordinals(days: Days) -> tuple[int | None, int | None]:
    earliest, latest = [day.toordinal() if day else None for day in days]
    return earliest, latest
