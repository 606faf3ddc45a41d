"""The reading room is a value: the article, its panes, and what is lit. The screen shows it and decides nothing.

What is lit is never stored: it follows from where the cursor is, so it cannot be stale.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple, dataclass, field, replace
from dossier.core.entry import About, Entry, counted
from dossier.core.links import LinkKind, Links
from dossier.core.matcher import match
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.core.views.panes import PANES
from dossier.core.views.reading import Reading, read_whole
from dossier.library.facets import Value
from dossier.library.scope import ORDERS, Scope
from dossier.ui.entry_list import Hits, Listing, Place, home
from dossier.ui.highlight import across, wide
from dossier.ui.history import Trail
from dossier.ui.pane import Pane
from dossier.ui.problem_marks import MARKS, by_entry
from dossier.ui.render.entry_style import NAMED, Look

if TYPE_CHECKING:
    from dossier.library.library import Library

NO_ARTICLE = Article(Ref(""), "", "", ())
"""What is open before any article of a library is."""
NO_LINKS = Links.of(NO_ARTICLE)


class PaneScope(StrEnum):
    """What people, quotes and timeline range over: the article that is open, the articles found, or the library."""

    ARTICLE = "this article"
    FOUND = "the articles found"
    LIBRARY = "the library"


class CursorPlace(NamedTuple):
    """Where a pane stands: what its cursor is on, at which line of that, and the entry and line at its window's top.

    By addresses, not rows, so that it holds when the pane has another size or other entries.
    """

    pane: str
    here: Ref
    line: int
    top: Ref
    top_line: int


@dataclass(frozen=True)
class HistoryEntry:
    """A place in the history."""

    focus: str
    spots: tuple[CursorPlace, ...]
    query: Query | None
    hit: Place | None
    filters: tuple[tuple[str, Query], ...]
    pins: tuple[Ref, ...]
    article: str = ""
    scope: Scope = Scope()
    breadth: PaneScope = PaneScope.ARTICLE
    order: str = ORDERS[0]


@dataclass(frozen=True)
class Room:
    """One article, open. `entries` is all that each pane could show; `panes` what they do show, by filters and pins.

    `hits` are those of `query`, `hit` the one that the cursor is on. `sought` is the thing whose mentions are being
    gone through, and the mention where the cursor was put. `abouts` is what a query's fields can ask of its entries.
    `awaited` are the spots of a step in the history that lists still being found do not have yet.

    Where the article is one of a `library`, two more panes list its articles, in `order`, and its facets, as far as
    `scope` goes (`tally`: the values shown, the last known while others are counted); and with a `breadth` beyond the
    article people, quotes and timeline range over many. `opens`: what they range over when an article is opened.
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
    trail: Trail[HistoryEntry] = field(default_factory=Trail)
    faults: Mapping[Ref, tuple[Problem, ...]] = field(default_factory=dict)
    abouts: Mapping[Ref, About] = field(default_factory=dict)
    library: "Library | None" = None
    scope: Scope = Scope()
    breadth: PaneScope = PaneScope.ARTICLE
    opens: PaneScope = PaneScope.ARTICLE
    order: str = ORDERS[0]
    awaited: tuple[CursorPlace, ...] = ()
    tally: tuple[Value, ...] = ()

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
        """The entry that `ref` is, or lies in, shown or not; of the library's other articles as the index has it."""
        if self.library and ref.article not in ("", self.article.ref.article):
            return self.library.entry(ref.entry)
        entries = self.entries.get(home(ref))
        row = entries.row_of(ref) if entries else None
        return entries[row] if entries and row is not None else None

    def links_of(self, ref: Ref) -> Links:
        """The links of the article that `ref` is in: the one that is open, or another of the library."""
        if self.library and ref.article != self.article.ref.article:
            reading = self.library.readings.reading(ref.article)
            return reading.links if reading else NO_LINKS
        return self.links


def opened(article: Article, problems: tuple[Problem, ...]) -> Room:
    """The room of an article, the cursor at its top."""
    return of_reading(read_whole(article, problems))


def of_reading(reading: Reading) -> Room:
    """The room of an article that was read, the cursor at its top."""
    entries = {name: Listing(found) for name, found in reading.entries.items()}
    shown = {name: Pane(name, Listing(counted(entries[name])), name == "article").edge(last=False) for name in PANES}
    room = Room(reading.article, reading.problems, reading.links, entries, shown, abouts=reading.abouts)
    return faulted(room)


def faulted(room: Room) -> Room:
    """The room with its findings at the entries that they speak of."""
    return replace(room, faults=by_entry(chain.from_iterable(room.entries.values()), room.problems))


def lit(room: Room) -> frozenset[Ref]:
    """What is lit: all that is linked to what the cursor is on; of a library's lists, what is on view."""
    if room.library is None:
        return room.links.lit(room.meant)
    meant = [ref for ref in room.meant if ref.kind and ref.article]
    # Another article is not read for this: a step of the cursor must cost little, and its text is not on view.
    shining = room.links.lit(ref for ref in meant if ref.article == room.article.ref.article)
    return shining | across(room.library, room.panes.values(), meant, shining)


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
    others = [pane for name, pane in room.panes.items() if name != room.focus and not wide(pane) and len(pane.entries)]
    if not others:
        return room
    shining, own = lit(room), said_by(room)
    shown = {
        **room.panes,
        **{pane.name: pane.revealing(own if own and pane.name == "quotes" else shining) for pane in others},
    }
    return replace(room, panes=shown)


def move_cursor(room: Room, move: Callable[[Pane], Pane]) -> Room:
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
    if room.query and not spans and wide(pane) and (hit := match(room.query, entry)):
        spans = hit.spans
    if pane.name == "library":
        # What is a link in a row of the library is what was found.
        spans = tuple((anchor.start, anchor.end) for anchor in entry.anchors)
    current = room.hit[1] if room.hit and room.hit[0] == entry.ref else None
    faults = [MARKS[problem.severity] for problem in room.faults.get(entry.ref, ())]
    fault = max(faults, default="")
    return Look(shining, line, pane.by_line, pane.chosen if here else None, spans, current, labels, fault)
