"""The reading room is a value: the article, its panes, and what is lit. The screen shows it and decides nothing.

What is lit is never stored: it follows from where the cursor is, so it cannot be stale.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from dossier.drawing.look import NAMED, Look
from dossier.entries.entry import Entry, counted
from dossier.entries.panes import PANES, panes
from dossier.links import LinkKind, Links
from dossier.model import Article
from dossier.problem import Problem
from dossier.query import Query
from dossier.reading.faults import MARKS, by_entry
from dossier.reading.hits import Hits, Place
from dossier.reading.listing import Listing, home, listed
from dossier.reading.pane import Pane
from dossier.ref import Ref
from dossier.trail import Trail


class Spot(NamedTuple):
    """Where a pane stands: what its cursor is on, at which line of that, and the entry and line at its window's top.

    By addresses, not rows, so that it holds when the pane has another size or other entries.
    """

    pane: str
    here: Ref
    line: int
    top: Ref
    top_line: int


@dataclass(frozen=True)
class Step:
    """A place in the history."""

    focus: str
    spots: tuple[Spot, ...]
    query: Query | None
    hit: Place | None
    filters: tuple[tuple[str, Query], ...]
    pins: tuple[Ref, ...]


@dataclass(frozen=True)
class Room:
    """One article, open. `entries` is all that each pane could show; `panes` what they do show, by filters and pins.

    `hits` are those of `query`, `hit` the one that the cursor is on. `sought` is the thing whose mentions are being
    gone through, and the mention where the cursor was put.
    """

    article: Article
    problems: tuple[Problem, ...]
    links: Links
    entries: Mapping[str, Listing]
    panes: Mapping[str, Pane]
    focus: str = "article"
    query: Query | None = None
    hits: Hits = Hits()
    hit: Place | None = None
    sought: tuple[Ref, Ref] | None = None
    filters: Mapping[str, Query] = field(default_factory=dict)
    pins: tuple[Ref, ...] = ()
    trail: Trail[Step] = field(default_factory=Trail)
    faults: Mapping[Ref, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def pane(self) -> Pane:
        """The pane that the cursor is in."""
        return self.panes[self.focus]

    @property
    def entry(self) -> Entry | None:
        """The entry that the cursor is on."""
        return self.pane.entry

    @property
    def meant(self) -> tuple[Ref, ...]:
        """What the cursor is on: what the chosen link leads to, else the entry itself."""
        entry = self.entry
        return self.pane.targets or ((entry.ref,) if entry else ())

    def entry_of(self, ref: Ref) -> Entry | None:
        """The entry that `ref` is, or lies in, shown or not."""
        entries = self.entries[home(ref)]
        row = entries.row_of(ref)
        return None if row is None else entries[row]


def opened(article: Article, problems: tuple[Problem, ...]) -> Room:
    """The room of an article, the cursor at its top."""
    links = Links.of(article)
    entries = {name: listed(found) for name, found in panes(article, links).items()}
    shown = {name: Pane(name, listed(counted(entries[name])), name == "article").edge(last=False) for name in PANES}
    return faulted(Room(article, problems, links, entries, shown))


def faulted(room: Room) -> Room:
    """The room with its findings at the entries that they speak of."""
    return replace(room, faults=by_entry(chain.from_iterable(room.entries.values()), room.problems))


def lit(room: Room) -> frozenset[Ref]:
    """What is lit: all that is linked to what the cursor is on."""
    return room.links.lit(room.meant)


def said_by(room: Room) -> frozenset[Ref]:
    """The quotes whose speaker the cursor is on."""
    links = (link for ref in room.meant for link in room.links.at(ref) if link.start == ref)
    return frozenset(link.end for link in links if link.kind is LinkKind.SAYS)


def thing(room: Room) -> Ref | None:
    """The one thing that the cursor is on; None where it may be any of several.

    A name that stands in the glossary, too, means who or what bears it.
    """
    if room.sought and room.pane.here == room.sought[1]:
        return room.sought[0]
    named = [ref for ref in room.meant if ref.kind in NAMED]
    found = named or room.meant
    return found[0] if len(found) == 1 else None


def with_pane(room: Room, pane: Pane) -> Room:
    """The room with this pane in place of the one of its name."""
    return replace(room, panes={**room.panes, pane.name: pane})


def relit(room: Room) -> Room:
    """The room with what is lit brought into view in the other panes: of the quotes, the speaker's own."""
    shining, own = lit(room), said_by(room)
    shown = {
        name: pane if name == room.focus else pane.revealing(own if own and name == "quotes" else shining)
        for name, pane in room.panes.items()
    }
    return replace(room, panes=shown)


def moved(room: Room, move: Callable[[Pane], Pane]) -> Room:
    """The room after a movement of the cursor within its pane: it lights, and leaves no history."""
    return relit(with_pane(room, move(room.pane)))


def focused(room: Room, name: str) -> Room:
    """The room with the cursor in another pane, and on view there: what was lit may have scrolled it away."""
    pane = room.panes[name]
    if not 0 <= pane.offset < pane.rows:
        pane = pane.placed(pane.cursor.row, pane.rows // 3, pane.line, pane.chosen)
    return relit(replace(with_pane(room, pane), focus=name))


def resized(room: Room, name: str, cells: int, rows: int) -> Room:
    """The room with one of its panes in another size."""
    return relit(with_pane(room, room.panes[name].resized(cells, rows)))


def look(room: Room, pane: Pane, row: int, shining: frozenset[Ref], labels: Mapping[int, str]) -> Look:
    """How the entry of this row stands at the moment; `labels` are the hint letters on its links."""
    entry = pane.entries[row]
    here = pane.name == room.focus and row == pane.cursor.row
    line = pane.line if here else -1
    spans = room.hits.spans.get(entry.ref, ())
    current = room.hit[1] if room.hit and room.hit[0] == entry.ref else None
    faults = [MARKS[problem.severity] for problem in room.faults.get(entry.ref, ())]
    fault = max(faults, default="")
    return Look(shining, line, pane.by_line, pane.chosen if here else None, spans, current, labels, fault)
