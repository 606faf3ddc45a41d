"""The entries of an article in bytes, as the index stores them, and back again.

Entries are stored as they are shown, so that a hit can be confirmed and a row drawn without the file. The article's own
id is not stored with them, since an id that repeats in the library gives way to the path. To read an index no more than
this is needed of what the program knows of articles.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, overload

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day, Days, day_from_ordinal
from dossier.core.dates.edtf import Date, parse_date
from dossier.core.entry import Entry, EntryFacts, Part, Passage
from dossier.core.entry_links import EntryLinks, make_entry_fields
from dossier.core.ref import Anchor, Ref
from dossier.library.index.entry_columns import EntryColumns, find_begins, pack_numbers, pack_texts, unpack_columns

_NOTHING: frozenset[str] = frozenset()

Fields = Mapping[str, tuple[str, ...]]


class StoredEntry(NamedTuple):
    """An entry as it stands in its pane, and what it can be searched by.

    Links that lie within its texts are not stored.
    """

    entry: Entry
    about: EntryFacts


class LinkedEntries(NamedTuple):
    """The entries of one article, with what they are linked to.

    `links` has an element for each of `entries`. `called` has all names of the persons, organisations and places.
    `shared` are the search fields of the whole article, `published` the bounds of its date.
    """

    entries: Sequence[Entry]
    links: Sequence[EntryLinks]
    called: Mapping[Ref, tuple[str, ...]]
    shared: Fields
    published: Days | None


def pack_entries(found: LinkedEntries) -> bytes:
    """Return the entries of one article in the bytes that `StoredEntries` takes."""
    entries, _, called, shared, published = found
    addresses = _Addresses(entries)
    names = list(called.values())
    return EntryColumns(
        published=published and tuple([day.toordinal() if day else None for day in published]),
        shared=dict(shared),
        called=pack_numbers(addresses.numbers(called)),
        name_counts=pack_numbers([len(one) for one in names]),
        names=pack_texts([name for one in names for name in one]),
        **_pack_own_fields(entries),
        **_pack_parts(entries, addresses),
        **_pack_links(found, addresses),
        ref_kinds=pack_texts([ref.kind for ref in addresses.refs]),
        ref_ids=pack_texts([ref.id for ref in addresses.refs]),
    ).pack()


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


def _pack_own_fields(entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the columns of the fields that each entry has once."""
    return {
        "lines": pack_numbers([entry.line for entry in entries]),
        "groups": pack_texts([entry.group for entry in entries]),
        "asides": pack_texts([entry.aside for entry in entries]),
        "paragraph_numbers": pack_numbers([entry.paragraph_number for entry in entries]),
        "dates": pack_texts([entry.date.edtf if entry.date else "" for entry in entries]),
        "forms": pack_texts([entry.form for entry in entries]),
        "statuses": pack_texts([entry.status for entry in entries]),
        "flaws": pack_texts([entry.flaw for entry in entries]),
        "evidence_kinds": pack_texts([" ".join(sorted(entry.evidence_kinds)) for entry in entries]),
    }


def _pack_parts(entries: Sequence[Entry], addresses: _Addresses) -> dict[str, Any]:
    """Return the columns of the parts of the entries."""
    parts = list(chain.from_iterable([entry.parts for entry in entries]))
    return {
        "part_counts": pack_numbers([len(entry.parts) for entry in entries]),
        "part_names": pack_texts([part.name for part in parts]),
        "part_texts": pack_texts([part.text for part in parts]),
        "part_flaws": pack_texts([part.flaw for part in parts]),
        "target_counts": pack_numbers([len(part.targets) for part in parts]),
        "targets": pack_numbers(addresses.numbers([ref for part in parts for ref in part.targets])),
    }


def _pack_links(found: LinkedEntries, addresses: _Addresses) -> dict[str, Any]:
    """Return the columns of what the entries are linked to."""
    links, among = found.links, {entry.ref for entry in found.entries}
    passages = [[ref for ref in one.passages if ref in among] for one in links]
    return {
        "named_counts": pack_numbers([len(one.named) for one in links]),
        "named": pack_numbers(addresses.numbers([ref for one in links for ref in one.named])),
        "speaker_counts": pack_numbers([len(one.speakers) for one in links]),
        "speakers": pack_numbers(addresses.numbers([ref for one in links for ref in one.speakers])),
        "passage_counts": pack_numbers([len(one) for one in passages]),
        "passages": pack_numbers(addresses.numbers(chain.from_iterable(passages))),
    }


_ENTRY_BYTES = 512
"""What an entry takes beside its text, at least."""


class StoredEntries(Sequence[StoredEntry]):
    """The stored entries of one article, pane by pane. Each is made when it is first asked for.

    `article` is the id, or path, for the addresses of the entries. Raises IndexDamagedError for bytes that are no
    packed entries.
    """

    def __init__(self, packed: bytes, article: str) -> None:
        found = unpack_columns(packed)
        self._article = article
        self._columns = found
        bounds = found.published
        self._bounds = (_day(bounds[0]), _day(bounds[1])) if bounds else None
        self._refs: list[Any] = list(zip(found.ref_kinds, found.ref_ids, strict=True))
        self._parts, self._targets = find_begins(found.part_counts), find_begins(found.target_counts)
        self._named, self._speakers = find_begins(found.named_counts), find_begins(found.speaker_counts)
        self._passages = find_begins(found.passage_counts)
        self._names_of: Mapping[Ref, tuple[str, ...]] | None = None
        self._made: list[StoredEntry | None] = [None] * len(found.lines)

    def __len__(self) -> int:
        return len(self._made)

    def count_bytes(self) -> int:
        """Return about how many bytes the entries take once they are made."""
        return _ENTRY_BYTES * len(self) + sum(map(len, self._columns.part_texts))

    @overload
    def __getitem__(self, at: int) -> StoredEntry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[StoredEntry]: ...
    def __getitem__(self, at: int | slice) -> StoredEntry | Sequence[StoredEntry]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        made = self._made[at]
        if made is None:
            made = self._made[at] = self._stored(range(len(self))[at])
        return made

    def text(self, at: int) -> str:
        """Return the text of the entry with this number, without making that entry."""
        return "\n".join(self._columns.part_texts[self._parts[at] : self._parts[at + 1]])

    def _stored(self, at: int) -> StoredEntry:
        """Return the entry with this number."""
        one = self._columns
        edtf, marks = one.dates[at], one.evidence_kinds[at]
        parts = tuple(map(self._part, range(self._parts[at], self._parts[at + 1])))
        entry = Entry(
            self._ref(at),
            parts,
            one.lines[at],
            one.groups[at],
            one.asides[at],
            one.paragraph_numbers[at],
            _date(edtf) if edtf else None,
            one.forms[at],
            one.statuses[at],
            one.flaws[at],
            frozenset(marks.split()) if marks else _NOTHING,
            tuple(_anchors(parts)),
        )
        links = EntryLinks(
            tuple(map(self._ref, one.named[self._named[at] : self._named[at + 1]])),
            tuple(map(self._ref, one.speakers[self._speakers[at] : self._speakers[at + 1]])),
        )
        fields = {**one.shared, **make_entry_fields(entry, links, self._called)}
        when = (entry.date.earliest, entry.date.latest) if entry.date and entry.ref.kind == "event" else None
        around = tuple(map(self._passage, one.passages[self._passages[at] : self._passages[at + 1]]))
        return StoredEntry(entry, EntryFacts(fields, self._bounds, when, around))

    def _part(self, at: int) -> Part:
        """Return the part with this number."""
        one = self._columns
        to = one.targets[self._targets[at] : self._targets[at + 1]]
        return Part(one.part_names[at], one.part_texts[at], tuple(map(self._ref, to)) if to else (), one.part_flaws[at])

    def _passage(self, at: int) -> Passage:
        """Return the address and the text of another entry, without making that entry."""
        return Passage(self._ref(at), self.text(at))

    def _ref(self, number: int) -> Ref:
        """Return the address with this number, the same object each time."""
        found = self._refs[number]
        if type(found) is tuple:
            found = self._refs[number] = Ref(self._article, *found)
        return found  # type: ignore[no-any-return]

    @property
    def _called(self) -> Mapping[Ref, tuple[str, ...]]:
        """All names of each person, organisation and place, by its address."""
        if self._names_of is None:
            one = self._columns
            begins = find_begins(one.name_counts)
            names = [tuple(one.names[begin:end]) for begin, end in pairwise(begins)]
            self._names_of = dict(zip(map(self._ref, one.called), names, strict=True))
        return self._names_of


def _anchors(parts: Iterable[Part]) -> Iterator[Anchor]:
    """Yield the links of an entry, each over the whole of a part that has targets."""
    start = 0
    for part in parts:
        if part.targets:
            yield Anchor(start, start + len(part.text), part.targets)
        start += len(part.text) + 1


def _day(ordinal: int | None) -> Day | None:
    return None if ordinal is None else day_from_ordinal(ordinal)


@lru_cache(maxsize=4096)
def _date(edtf: str) -> Date:
    return parse_date(edtf)
