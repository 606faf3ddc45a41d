"""The entries of an article, made again from the bytes that the index stores (see `entry_packing`).

To read an index no more than this is needed of what the program knows of articles. The bytes may be another user's: no
entry takes more memory than one of a real article can.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, overload

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.date_bounds import DateError
from dossier.core.dates.days import Day, day_from_ordinal
from dossier.core.dates.edtf import Date, parse_date
from dossier.core.entry import Entry, EntryFacts, Part, Passage
from dossier.core.entry_links import EntryLinks, make_entry_fields
from dossier.core.ref import ENTRY_KINDS, Anchor, Ref
from dossier.library.index.entry_columns import find_begins, unpack_columns
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.packed_texts import PackedTexts

_NOTHING: frozenset[str] = frozenset()

Fields = Mapping[str, tuple[str, ...]]


class StoredEntry(NamedTuple):
    """An entry as it stands in its pane, and what it can be searched by.

    Links inside its texts are not stored.
    """

    entry: Entry
    about: EntryFacts


_ENTRY_BYTES = 512
"""What an entry takes beside its text, at least."""
_LONGEST: Final = 1 << 24
"""The most code points of an entry: twice as many as an article has bytes that is read without a higher limit."""
_LONGEST_MARKS: Final = 1_000
"""The most code points of the kinds of evidence of an entry, of which there are few."""


class StoredEntries(Sequence[StoredEntry]):
    """The stored entries of one article, pane by pane. Each is made when it is first asked for.

    `article` is the id, or path, for the addresses of the entries. Raises IndexDamagedError for bytes that are no
    packed entries.
    """

    def __init__(self, packed: bytes | PackedTexts, article: str) -> None:
        found = packed.unpack_columns() if isinstance(packed, PackedTexts) else unpack_columns(packed)
        self._article = article
        self._columns = found
        bounds = found.published
        self._bounds = (_day(bounds[0]), _day(bounds[1])) if bounds else None
        self._refs: list[Any] = list(zip(found.ref_kinds, found.ref_ids, strict=True))
        self._parts = find_begins(found.part_counts, found.part_texts)
        self._targets = find_begins(found.target_counts, found.targets)
        self._named = find_begins(found.named_counts, found.named)
        self._speakers = find_begins(found.speaker_counts, found.speakers)
        self._passages = find_begins(found.passage_counts, found.passages)
        self._names_of: Mapping[Ref, tuple[str, ...]] | None = None
        self._shared_fields: Fields | None = None
        self._made: list[StoredEntry | None] = [None] * len(found.lines)
        self._characters = sum(map(len, found.texts))

    def __len__(self) -> int:
        return len(self._made)

    def count_bytes(self) -> int:
        """Return about how many bytes the entries take once they are made."""
        return _ENTRY_BYTES * len(self) + self._characters

    @overload
    def __getitem__(self, at: int) -> StoredEntry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[StoredEntry]: ...
    def __getitem__(self, at: int | slice) -> StoredEntry | Sequence[StoredEntry]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        made = self._made[at]
        if made is None:
            number = range(len(self))[at]
            try:
                made = self._made[at] = self._stored(number)
            except LookupError as error:
                raise IndexDamagedError(f"packed entries: nothing has the number {error}") from error
        return made

    def text(self, at: int) -> str:
        """Return the text of the entry with this number, without making that entry."""
        one = self._columns
        try:
            return "\n".join([one.texts[part] for part in self._parts_of(at)])
        except IndexError as error:
            raise IndexDamagedError(f"packed entries: {error}") from error

    def _parts_of(self, at: int) -> Sequence[int]:
        """Return the numbers of the texts of an entry. Raises IndexDamagedError where these are too long together."""
        found, texts = self._columns.part_texts[self._parts[at] : self._parts[at + 1]], self._columns.texts
        # One text may stand in many parts.
        if len(found) * self._characters > _LONGEST and sum([len(texts[part]) for part in found]) > _LONGEST:
            raise IndexDamagedError("packed entries: an entry is too long")
        return found

    def _stored(self, at: int) -> StoredEntry:
        """Return the entry with this number. Raises LookupError where a number in the columns is of nothing."""
        self._parts_of(at)
        one, texts = self._columns, self._columns.texts
        edtf, marks = texts[one.dates[at]], texts[one.evidence_kinds[at]]
        if len(marks) > _LONGEST_MARKS:
            raise IndexDamagedError("packed entries: too many kinds of evidence")
        parts = tuple(map(self._part, range(self._parts[at], self._parts[at + 1])))
        entry = Entry(
            self._ref(at),
            parts,
            one.lines[at],
            texts[one.groups[at]],
            texts[one.asides[at]],
            one.paragraph_numbers[at],
            _date(edtf) if edtf else None,
            texts[one.forms[at]],
            texts[one.statuses[at]],
            texts[one.flaws[at]],
            frozenset(marks.split()) if marks else _NOTHING,
            tuple(_anchors(parts)),
        )
        links = EntryLinks(
            tuple(map(self._ref, one.named[self._named[at] : self._named[at + 1]])),
            tuple(map(self._ref, one.speakers[self._speakers[at] : self._speakers[at + 1]])),
        )
        fields = {**self._shared, **make_entry_fields(entry, links, self._called)}
        when = (entry.date.earliest, entry.date.latest) if entry.date and entry.ref.kind == "event" else None
        around = tuple(map(self._passage, one.passages[self._passages[at] : self._passages[at + 1]]))
        return StoredEntry(entry, EntryFacts(fields, self._bounds, when, around))

    def _part(self, at: int) -> Part:
        """Return the part with this number."""
        one, texts = self._columns, self._columns.texts
        to = one.targets[self._targets[at] : self._targets[at + 1]]
        return Part(
            texts[one.part_names[at]],
            texts[one.part_texts[at]],
            tuple(map(self._ref, to)) if to else (),
            texts[one.part_flaws[at]],
        )

    def _passage(self, at: int) -> Passage:
        """Return the address and the text of another entry, without making that entry."""
        return Passage(self._ref(at), self.text(at))

    def _ref(self, number: int) -> Ref:
        """Return the address with this number, the same object each time."""
        found = self._refs[number]
        if type(found) is tuple:
            texts = self._columns.texts
            kind, id = texts[found[0]], texts[found[1]]
            if kind and kind not in ENTRY_KINDS:
                raise IndexDamagedError(f"packed entries: an entry of the kind {kind!r}")
            found = self._refs[number] = Ref(self._article, kind, id)
        return found  # type: ignore[no-any-return]

    @property
    def _called(self) -> Mapping[Ref, tuple[str, ...]]:
        """All names of each person, organisation and place, by its address."""
        if self._names_of is None:
            one = self._columns
            names = self._grouped(one.name_counts, one.names)
            self._names_of = dict(zip(map(self._ref, one.called), names, strict=True))
        return self._names_of

    @property
    def _shared(self) -> Fields:
        """The search fields of the whole article."""
        if self._shared_fields is None:
            one = self._columns
            names = map(one.texts.__getitem__, one.field_names)
            self._shared_fields = dict(zip(names, self._grouped(one.field_counts, one.field_texts), strict=True))
        return self._shared_fields

    def _grouped(self, counts: Sequence[int], numbers: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """Yield the texts with these numbers, as many together as the counts say."""
        texts = self._columns.texts
        for begin, end in pairwise(find_begins(counts, numbers)):
            yield tuple([texts[number] for number in numbers[begin:end]])


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
def _date(edtf: str) -> Date | None:
    """Return a date, None for any other text, which only a foreign index can have."""
    try:
        return parse_date(edtf)
    except DateError:
        return None
