"""Entries: the rows and paragraphs that the screen shows, a search finds and a command prints.

All three use the same values, so that they cannot disagree. What a row shows beside its text (counts, the paragraph it
stands in) is `aside`: it is shown but not searched, since the article does not say it. `EntryFacts` holds what a query
can ask of an entry besides its text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.dates.days import Days
from dossier.core.dates.edtf import Date
from dossier.core.ref import Anchor, Ref

UNMARKED = "no quote marks show which words are the speaker's own"
"""What is wrong with a mixed quote without quote marks."""
PANES = ("article", "people", "quotes", "timeline")
"""The panes of an article, in the order in which they are read and numbered."""


class Part(NamedTuple):
    """A field of an entry: its name, its text, the entries it links to, and what is wrong with it ("": nothing)."""

    name: str
    text: str
    targets: tuple[Ref, ...] = ()
    flaw: str = ""


@dataclass(frozen=True)
class Entry:
    """One row or paragraph of a pane.

    `line` is the line of the file at which the entry begins, from 1. `group` is the heading above it. `aside` is shown
    beside its text. `paragraph_number` is that of a paragraph, from 1; 0 for everything else. `form` is the form of a
    quote, `status` that of an event. `evidence_kinds` are the kinds of entries ("quote", "event") that a paragraph is
    evidence for. `anchors` are the links in `text`, in code points.
    """

    ref: Ref
    parts: tuple[Part, ...]
    line: int
    group: str = ""
    aside: str = ""
    paragraph_number: int = 0
    date: Date | None = None
    form: str = ""
    status: str = ""
    flaw: str = ""
    evidence_kinds: frozenset[str] = frozenset()
    anchors: tuple[Anchor, ...] = ()

    def __hash__(self) -> int:
        """Return the hash of the address alone: entries are looked up for every line drawn, and have many fields."""
        return hash(self.ref)

    @cached_property
    def text(self) -> str:
        """The texts of the parts, one a line; hits, anchors and spans are offsets into it."""
        return "\n".join([part.text for part in self.parts])

    def iterate_parts(self) -> Iterator[tuple[Part, int]]:
        """Yield each part with the offset at which it begins in `text`."""
        start = 0
        for part in self.parts:
            yield part, start
            start += len(part.text) + 1


def add_quote_counts(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries; the headings of groups of quotes get the number of quotes in the group."""
    found = tuple(entries)
    count = Counter(entry.group for entry in found if entry.ref.kind == "quote")
    numbered = (replace(entry, group=f"{entry.group} ({count[entry.group]})") for entry in found)
    return tuple(numbered) if count else found


class Listing(tuple[Entry, ...]):
    """The entries of a pane, in their order. Where two entries have one address, it stands for the first of them."""

    @cached_property
    def _rows(self) -> dict[Ref, int]:
        return {self[row].ref: row for row in range(len(self) - 1, -1, -1)}

    def row_of(self, ref: Ref) -> int | None:
        """Return the row, from 0, of the entry that has this address or contains it; None when no entry does."""
        return self._rows.get(ref.entry)


class Passage(NamedTuple):
    """Another entry of the same article that a quote stands in, such as a paragraph, or an event it is linked to."""

    ref: Ref
    text: str


class EntryFacts(NamedTuple):
    """What a query can ask of an entry besides its text.

    `fields` has the texts of each search field by its name. `published` are the bounds of the article's date, `date`
    those of an event; None if there is no such date. `passages` has where a quote stands and the events it is linked
    to; other entries have none.
    """

    fields: Mapping[str, tuple[str, ...]]
    published: Days | None = None
    date: Days | None = None
    passages: tuple[Passage, ...] = ()
