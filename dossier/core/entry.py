"""The entry: the one unit that is shown, found and printed, so that screen, search and export cannot disagree.

What a row says beside its words (counts, the paragraph it stands in) is `aside`: shown, but not found, since the
article does not say it. `About` holds what a query can ask of an entry beside its words.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.dates.edtf import Date
from dossier.core.ref import Anchor, Ref


class Part(NamedTuple):
    """A field of an entry: what it is, its text, what it leads to, and what is wrong with it (nothing: empty)."""

    name: str
    text: str
    targets: tuple[Ref, ...] = ()
    flaw: str = ""


@dataclass(frozen=True)
class Entry:
    """One row or paragraph.

    `line` is that of the file, from 1; `group` the heading above it; `aside` what is shown beside its words; `number`
    that of a paragraph, else 0; `marks` the kinds of what it is evidence for; `anchors` the links in `text`, in its
    code points.
    """

    ref: Ref
    parts: tuple[Part, ...]
    line: int
    group: str = ""
    aside: str = ""
    number: int = 0
    date: Date | None = None
    form: str = ""
    status: str = ""
    flaw: str = ""
    marks: frozenset[str] = frozenset()
    anchors: tuple[Anchor, ...] = ()

    def __hash__(self) -> int:
        """By the address alone: entries are looked up at every line that is drawn, and the fields are many."""
        return hash(self.ref)

    @cached_property
    def text(self) -> str:
        """The parts, one a line: what hits, anchors and spans count in."""
        return "\n".join([part.text for part in self.parts])

    def offsets(self) -> Iterator[tuple[Part, int]]:
        """Each part, with where it begins in `text`."""
        start = 0
        for part in self.parts:
            yield part, start
            start += len(part.text) + 1


def counted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries; above quotes, the number of them with that speaker stands in the heading of the group."""
    found = tuple(entries)
    count = Counter(entry.group for entry in found if entry.ref.kind == "quote")
    numbered = (replace(entry, group=f"{entry.group} ({count[entry.group]})") for entry in found)
    return tuple(numbered) if count else found


Bounds = tuple[datetime.date | None, datetime.date | None]
"""Earliest and latest day; None: unbounded."""


class About(NamedTuple):
    """The texts of each field by its name; None for a date that is not given."""

    fields: Mapping[str, tuple[str, ...]]
    published: Bounds | None = None
    date: Bounds | None = None
