"""The entries of an article in bytes, as the index stores them, and back again.

Entries are stored as they are shown, so that a hit can be confirmed and a row drawn without the file. The article's own
id is not stored with them, since an id that repeats in the library gives way to the path. To read an index no more than
this is needed of what the program knows of articles.

Each field is a column of its own, over all entries of the article: a column is written and read in one step, and what
is alike stands side by side, so that it takes few bytes. An address is stored as its number, and the fields that a
query can ask for as the numbers of the entries that they are made of.
"""

import marshal
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import Any, overload

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day, Days, day_from_ordinal
from dossier.core.dates.edtf import Date, parse_date
from dossier.core.entry import Entry, EntryFacts, Part, Passage
from dossier.core.entry_links import EntryLinks, make_entry_fields
from dossier.core.ref import Anchor, Ref
from dossier.library.index.errors import IndexDamagedError

_MARSHAL = 4
"""The version of the marshal format that every Python reads on which this program runs."""
_NOTHING: frozenset[str] = frozenset()
_SEPARATOR = "\0"
"""Stands between the texts of a column. The loader leaves it in no text."""

Numbers = Sequence[int]
Texts = Sequence[str]
"""Stored as one joined text, or as a tuple."""
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


class _Columns(NamedTuple):
    """What is stored of an article.

    The addresses are numbered: those of the entries, in order, come first. The columns from `lines` to `passage_counts`
    have an element for each entry, those from `part_names` to `target_counts` one for each part of an entry. A count
    says how many elements of another column belong to an entry, a part or an address.
    """

    published: tuple[int | None, ...] | None
    shared: dict[str, tuple[str, ...]]
    ref_kinds: Texts
    ref_ids: Texts
    called: Numbers
    name_counts: Numbers
    names: Texts
    lines: Numbers
    groups: Texts
    asides: Texts
    paragraph_numbers: Numbers
    dates: Texts
    forms: Texts
    statuses: Texts
    flaws: Texts
    evidence_kinds: Texts
    part_counts: Numbers
    named_counts: Numbers
    speaker_counts: Numbers
    passage_counts: Numbers
    part_names: Texts
    part_texts: Texts
    part_flaws: Texts
    target_counts: Numbers
    targets: Numbers
    named: Numbers
    speakers: Numbers
    passages: Numbers


def pack_entries(found: LinkedEntries) -> bytes:
    """Return the entries of one article in the bytes that `StoredEntries` takes."""
    entries, links, called, shared, published = found
    # Each address stands for the first entry that has it.
    numbers: dict[Ref, int] = {}
    for number, entry in enumerate(entries):
        numbers.setdefault(entry.ref, number)
    refs = [entry.ref for entry in entries]

    def number_of(ref: Ref) -> int:
        if (known := numbers.get(ref)) is None:
            known = numbers[ref] = len(refs)
            refs.append(ref)
        return known

    parts = list(chain.from_iterable([entry.parts for entry in entries]))
    targets = [number_of(ref) for part in parts if part.targets for ref in part.targets]
    named = [number_of(ref) for one in links for ref in one.named]
    speakers = [number_of(ref) for one in links for ref in one.speakers]
    passages = [
        [numbers[ref] for ref in one.passages if ref in numbers and numbers[ref] < len(entries)] for one in links
    ]
    names = list(called.values())
    packed = _Columns(
        published=published and tuple([day.toordinal() if day else None for day in published]),
        shared=dict(shared),
        called=_numbers([number_of(ref) for ref in called]),
        name_counts=_numbers([len(one) for one in names]),
        names=_texts([name for one in names for name in one]),
        lines=_numbers([entry.line for entry in entries]),
        groups=_texts([entry.group for entry in entries]),
        asides=_texts([entry.aside for entry in entries]),
        paragraph_numbers=_numbers([entry.paragraph_number for entry in entries]),
        dates=_texts([entry.date.edtf if entry.date else "" for entry in entries]),
        forms=_texts([entry.form for entry in entries]),
        statuses=_texts([entry.status for entry in entries]),
        flaws=_texts([entry.flaw for entry in entries]),
        evidence_kinds=_texts([" ".join(sorted(entry.evidence_kinds)) for entry in entries]),
        part_counts=_numbers([len(entry.parts) for entry in entries]),
        named_counts=_numbers([len(one.named) for one in links]),
        speaker_counts=_numbers([len(one.speakers) for one in links]),
        passage_counts=_numbers([len(one) for one in passages]),
        part_names=_texts([part.name for part in parts]),
        part_texts=_texts([part.text for part in parts]),
        part_flaws=_texts([part.flaw for part in parts]),
        target_counts=_numbers([len(part.targets) for part in parts]),
        targets=_numbers(targets),
        named=_numbers(named),
        speakers=_numbers(speakers),
        passages=_numbers(list(chain.from_iterable(passages))),
        ref_kinds=_texts([ref.kind for ref in refs]),
        ref_ids=_texts([ref.id for ref in refs]),
    )
    return zlib.compress(marshal.dumps(tuple(packed), _MARSHAL), 1)


class StoredEntries(Sequence[StoredEntry]):
    """The stored entries of one article, pane by pane. Each is made when it is first asked for.

    `article` is the id, or path, for the addresses of the entries. Raises IndexDamagedError for bytes that are no
    packed entries.
    """

    def __init__(self, packed: bytes, article: str) -> None:
        try:
            found = _Columns(*[_split(column) for column in marshal.loads(zlib.decompress(packed))])
        except (zlib.error, ValueError, EOFError, TypeError) as error:
            raise IndexDamagedError(f"packed entries: {error}") from error
        self._article = article
        self._columns = found
        self._bounds = found.published and (_day(found.published[0]), _day(found.published[1]))
        self._refs: list[Any] = list(zip(found.ref_kinds, found.ref_ids, strict=True))
        self._parts, self._targets = _begins(found.part_counts), _begins(found.target_counts)
        self._named, self._speakers = _begins(found.named_counts), _begins(found.speaker_counts)
        self._passages = _begins(found.passage_counts)
        self._names_of: Mapping[Ref, tuple[str, ...]] | None = None
        self._made: list[StoredEntry | None] = [None] * len(found.lines)

    def __len__(self) -> int:
        return len(self._made)

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
        texts = self._columns.part_texts[self._parts[at] : self._parts[at + 1]]
        return Passage(self._ref(at), "\n".join(texts))

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
            begins = _begins(one.name_counts)
            names = [tuple(one.names[begin:end]) for begin, end in pairwise(begins)]
            self._names_of = dict(zip(map(self._ref, one.called), names, strict=True))
        return self._names_of


def _numbers(numbers: list[int]) -> Numbers:
    """Return a column of numbers from 0, in a byte each where they are small."""
    try:
        return bytes(numbers)
    except ValueError:
        return tuple(numbers)


def _texts(texts: list[str]) -> Texts:
    """Return a column of texts, joined where that can be undone."""
    joined = _SEPARATOR.join(texts)
    return joined if joined.count(_SEPARATOR) == len(texts) - 1 else tuple(texts)


def _split(column: Any) -> Any:
    """Return the texts of a column of joined texts, and any other column as it is."""
    return column.split(_SEPARATOR) if type(column) is str else column


def _begins(counts: Numbers) -> Sequence[int]:
    """Return where the elements of each owner begin; last, where those of the last one end."""
    return tuple(accumulate(counts, initial=0))


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
