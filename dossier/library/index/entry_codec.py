"""The entries of an article in bytes, as the index stores them, and back again.

Entries are stored as they are shown, so that a hit can be confirmed and a row drawn without the file. The article's own
id is not stored with them, since an id that repeats in the library gives way to the path. To read an index no more than
this is needed of what the program knows of articles.
"""

import marshal
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, overload

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Day, day_from_ordinal
from dossier.core.dates.edtf import Date, parse_date
from dossier.core.entry import Entry, EntryFacts, Part, Passage
from dossier.core.query import ARTICLE_FIELDS, ENTRY_FIELDS
from dossier.core.ref import Anchor, Ref
from dossier.library.index.errors import IndexDamagedError

_MARSHAL = 4
"""The version of the marshal format that every Python reads on which this program runs."""
_OWN = frozenset(ENTRY_FIELDS)
_NOTHING: frozenset[str] = frozenset()


class StoredEntry(NamedTuple):
    """An entry as it stands in its pane, and what it can be searched by.

    Links that lie within its texts are not stored.
    """

    entry: Entry
    about: EntryFacts


def pack_entries(stored: Sequence[StoredEntry]) -> bytes:
    """Return the entries of one article in the bytes that `StoredEntries` takes."""
    about = stored[0].about
    shared = {name: found for name, found in about.fields.items() if name in ARTICLE_FIELDS}
    published = about.published and tuple(day.toordinal() if day else None for day in about.published)
    numbers: dict[Ref, int] = {}
    rows = {one.entry.ref: row for row, one in enumerate(stored)}
    entries = tuple([_packed_entry(*one, numbers, rows) for one in stored])
    refs = tuple([(ref.kind, ref.id) for ref in numbers])
    return zlib.compress(marshal.dumps((published, shared, refs, entries), _MARSHAL), 1)


class StoredEntries(Sequence[StoredEntry]):
    """The stored entries of one article, pane by pane. Each is made when it is first asked for.

    `article` is the id, or path, for the addresses of the entries. Raises IndexDamagedError for bytes that are no
    packed entries.
    """

    def __init__(self, packed: bytes, article: str) -> None:
        try:
            published, self._shared, refs, self._packed = marshal.loads(zlib.decompress(packed))
        except (zlib.error, ValueError, EOFError, TypeError) as error:
            raise IndexDamagedError(f"packed entries: {error}") from error
        self._article = article
        self._bounds = published and (_day(published[0]), _day(published[1]))
        self._refs: list[Any] = list(refs)
        self._made: list[StoredEntry | None] = [None] * len(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> StoredEntry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[StoredEntry]: ...
    def __getitem__(self, at: int | slice) -> StoredEntry | Sequence[StoredEntry]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        made = self._made[at]
        if made is None:
            made = self._made[at] = self._stored(*self._packed[at])
        return made

    def _stored(
        self,
        ref: int,
        rest: tuple[Any, ...],
        edtf: str,
        marks: Any,
        parts: Any,
        has_targets: bool,
        fields: Any,
        passages: Any,
    ) -> StoredEntry:
        """Return an entry, made from what `_packed_entry` returned."""
        address, date = self._ref(ref), _date(edtf) if edtf else None
        made = tuple(
            [Part(name, text, tuple(map(self._ref, to)) if to else (), flaw) for name, text, to, flaw in parts]
        )
        line, group, aside, number, form, status, flaw = rest
        anchors = tuple(_anchors(made)) if has_targets else ()
        marked = frozenset(marks) if marks else _NOTHING
        entry = Entry(address, made, line, group, aside, number, date, form, status, flaw, marked, anchors)
        when = (date.earliest, date.latest) if date and address.kind == "event" else None
        around = tuple(map(self._passage, passages)) if passages else ()
        return StoredEntry(entry, EntryFacts({**self._shared, **dict(fields)}, self._bounds, when, around))

    def _passage(self, row: int) -> Passage:
        """Return the address and the text of another entry, without making that entry."""
        ref, parts = self._packed[row][0], self._packed[row][4]
        return Passage(self._ref(ref), "\n".join([text for _name, text, _targets, _flaw in parts]))

    def _ref(self, number: int) -> Ref:
        """Return the address with this number, the same object each time."""
        found = self._refs[number]
        if type(found) is tuple:
            found = self._refs[number] = Ref(self._article, *found)
        return found  # type: ignore[no-any-return]


def _packed_entry(entry: Entry, about: EntryFacts, numbers: dict[Ref, int], rows: Mapping[Ref, int]) -> tuple[Any, ...]:
    """Return an entry as `_stored` takes it.

    The addresses in it become their places in `numbers`, its passages the numbers of their entries in the article.
    """
    ref = numbers.setdefault(entry.ref, len(numbers))
    has_targets = False
    parts: list[Part | tuple[str, str, tuple[int, ...], str]] = []
    for name, text, targets, flaw in entry.parts:
        to = tuple([numbers.setdefault(target, len(numbers)) for target in targets]) if targets else ()
        has_targets = has_targets or bool(to)
        parts.append((name, text, to, flaw))
    rest = (entry.line, entry.group, entry.aside, entry.paragraph_number, entry.form, entry.status, entry.flaw)
    own = tuple([pair for pair in about.fields.items() if pair[0] in _OWN])
    edtf = entry.date.edtf if entry.date else ""
    passages = tuple([rows[passage.ref] for passage in about.passages])
    return ref, rest, edtf, tuple(sorted(entry.evidence_kinds)), tuple(parts), has_targets, own, passages


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
