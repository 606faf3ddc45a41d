"""The state of the reading room as one immutable value: what is read, and what the panes show of it.

The screen shows a `State` and holds nothing else. A key press is a function from one state to the next. What is lit is
not a field: `lit_refs` computes it from the cursor.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple, dataclass, field, replace
from dossier.core.entry import PANES, Entry, Listing, add_quote_counts
from dossier.core.links import LinkKind, Links
from dossier.core.model import Article
from dossier.core.note import PlacedNotes
from dossier.core.problem import Problem
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading
from dossier.library.facets import FacetValue
from dossier.library.scope import ORDERS, Pin, Scope
from dossier.ui.comparison_mark import ComparisonMark
from dossier.ui.entry_list import Hits, Place, pane_of
from dossier.ui.highlight import find_namesakes, is_wide, linked_rows
from dossier.ui.history import History
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import NAMED_KINDS, NoteSigns
from dossier.ui.selection import Selection

if TYPE_CHECKING:
    from dossier.library.library import Library
    from dossier.ui.preview import Preview

NO_ARTICLE = Article(Ref(""), "", "", ())
"""The article of a state before any article of a library was opened."""
NO_LINKS = Links.of(NO_ARTICLE)
NO_ARTICLE_OPEN = "no article is open: Enter in the list of articles opens one"
"""What a key says that is for an open article, and there is none."""


class PaneScope(StrEnum):
    """What people, quotes and timeline range over, from the narrowest on."""

    ARTICLE = "this article"
    HITS = "the hits"
    FOUND = "the articles found"
    LIBRARY = "the library"


class CursorPlace(NamedTuple):
    """Where the cursor and the window of a pane are, by address: valid also for another size and other entries.

    `here` is what the cursor is on, and `line` the line of that entry, from 0. `top` is the entry at the top of the
    window, and `top_line` the first of its lines that is shown, from 0.
    """

    pane: str
    here: Ref
    line: int
    top: Ref
    top_line: int


class MentionWalk(NamedTuple):
    """The walk through the mentions of one thing: the thing, and the mention that the cursor was put on."""

    thing: Ref
    mention: Ref


class LastPin(NamedTuple):
    """The pin that the last key set, where the cursor was then, and the pane scope of then: to take the pin back."""

    pin: Pin
    place: CursorPlace | None
    pane_scope: PaneScope


@dataclass(frozen=True)
class Find:
    """What is searched for in the panes: the query, its hits, and the hit that the cursor is on."""

    query: Query | None = None
    hits: Hits = Hits()
    hit: Place | None = None


@dataclass(frozen=True)
class Filters:
    """What the panes hide.

    `queries` has the query of each filtered pane, by its name. The lists show only what is linked to all `pins`.
    """

    queries: Mapping[str, Query] = field(default_factory=dict)
    pins: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class LibraryView:
    """What is shown of a library.

    `scope` limits the articles that the library's list shows, in `order`. `pane_scope` is what people, quotes and
    timeline range over, and `opening_scope` what they range over when an article is opened. `facet_values` are the
    values that the facets pane lists; while new values are counted, they are the last ones known.
    """

    scope: Scope = Scope()
    pane_scope: PaneScope = PaneScope.ARTICLE
    opening_scope: PaneScope = PaneScope.ARTICLE
    order: str = ORDERS[0]
    facet_values: tuple[FacetValue, ...] = ()


@dataclass(frozen=True)
class HistoryEntry:
    """One step of the history: where the cursors were, and what the panes showed.

    `article` is the article part of an address, or "" before an article was opened.
    """

    focus: str
    cursors: tuple[CursorPlace, ...]
    query: Query | None
    hit: Place | None
    filters: Filters
    article: str = ""
    scope: Scope = Scope()
    pane_scope: PaneScope = PaneScope.ARTICLE
    order: str = ORDERS[0]


@dataclass(frozen=True)
class State:
    """An open article, its panes and their cursors; with a library, also the panes that list its articles and facets.

    `panes` are what is shown of the entries of `reading`, or of the library; `focus` is the name of the pane with the
    cursor. `library` is None when a single article was opened. `mention_walk` counts only while the cursor is on
    its mention, and `last_pin` until the next key. `pending_cursors` are cursors whose windows cannot be restored
    yet, because their lists are still growing. `comparison_mark` is what the next article or event is to be
    compared with. `held` is a pane that keeps the list from before a pin until the new one has its row. `preview`
    is the last preview of an article of the library, or None. `notes` are the notes on the open article;
    `note_signs` are the signs of every entry, of any article, that has notes. `selection` are words that the reader
    has selected in the entry with the cursor.
    """

    reading: Reading
    panes: Mapping[str, Pane]
    focus: str = "article"
    find: Find = Find()
    filters: Filters = Filters()
    history: History[HistoryEntry] = History()
    library: "Library | None" = None
    library_view: LibraryView = LibraryView()
    mention_walk: MentionWalk | None = None
    pending_cursors: tuple[CursorPlace, ...] = ()
    comparison_mark: ComparisonMark | None = None
    last_pin: LastPin | None = None
    held: str = ""
    preview: "Preview | None" = None
    notes: PlacedNotes = PlacedNotes()
    note_signs: Mapping[Ref, NoteSigns] = field(default_factory=dict)
    selection: Selection | None = None

    @property
    def pane(self) -> Pane:
        """The pane with the cursor."""
        return self.panes[self.focus]

    @property
    def entry(self) -> Entry | None:
        """The entry that the cursor is on; None in an empty pane."""
        return self.pane.entry

    @property
    def meant(self) -> tuple[Ref, ...]:
        """What the cursor is on: the targets of the chosen link, else the entry itself; empty in an empty pane."""
        entry = self.entry
        return self.pane.targets or ((entry.ref,) if entry else ())

    def entry_of(self, ref: Ref) -> Entry | None:
        """Return the entry that has this address or contains it, shown or not; None when there is none.

        An entry of another article of the library comes from the index.
        """
        if self.library and ref.article not in ("", self.reading.article.ref.article):
            return self.library.entry(ref.entry)
        entries = self.reading.entries.get(pane_of(ref))
        row = entries.row_of(ref) if entries else None
        return entries[row] if entries and row is not None else None

    def links_of(self, ref: Ref) -> Links:
        """Return the links of the article that `ref` is in: the open one, or another of the library."""
        if self.library and ref.article != self.reading.article.ref.article:
            reading = self.library.readings.reading(ref.article)
            return reading.links if reading else NO_LINKS
        return self.reading.links


def open_article_state(article: Article, problems: tuple[Problem, ...]) -> State:
    """Return the state of an article without a library, with the cursor at its top."""
    reading = make_reading(article, problems)
    entries = reading.entries
    panes = {
        name: Pane(name, Listing(add_quote_counts(entries[name])), name == "article").move_to_edge(last=False)
        for name in PANES
    }
    return State(reading, panes)


def lit_refs(state: State) -> frozenset[Ref]:
    """Return everything that is linked to what the cursor is on; in the lists of a library only rows on view."""
    links = state.reading.links
    if state.library is None:
        return links.find_highlighted(state.meant)
    meant = [ref for ref in state.meant if ref.kind and ref.article]
    # Other articles are not read for this: their text is not on view, and a step of the cursor must cost little.
    own = state.reading.article.ref.article
    shining = links.find_highlighted((*(ref for ref in meant if ref.article == own), *meant_in_open_article(state)))
    return shining | linked_rows(state.library, state.panes.values(), meant, shining)


def meant_in_open_article(state: State) -> tuple[Ref, ...]:
    """Return the entries of the open article for the persons that the cursor is on in a list of many articles."""
    if state.library is None or state.reading.article is NO_ARTICLE:
        return ()
    return find_namesakes(
        state.library, state.meant, state.reading.article.ref.article, state.reading.entries["people"]
    )


def quotes_by(state: State) -> frozenset[Ref]:
    """Return the quotes whose speaker the cursor is on."""
    links = (link for ref in state.meant for link in state.reading.links.links_at(ref) if link.start == ref)
    return frozenset(link.end for link in links if link.kind is LinkKind.SAYS)


def thing_at_cursor(state: State) -> Ref | None:
    """Return the one thing that the cursor is on; None when it may be any of several, and in an empty pane.

    A name that is in the glossary as well stands for the person, organisation or place.
    """
    walk = state.mention_walk
    if walk and state.pane.address == walk.mention:
        return walk.thing
    named = [ref for ref in state.meant if ref.kind in NAMED_KINDS]
    found = named or state.meant
    return found[0] if len(found) == 1 else None


def with_pane(state: State, pane: Pane) -> State:
    """Return the state with this pane in place of the pane with the same name."""
    return replace(state, panes={**state.panes, pane.name: pane})


def reveal_linked(state: State) -> State:
    """Return the state with the other panes scrolled to what is lit.

    The quotes are scrolled to those of the speaker that the cursor is on, if there are any.
    """
    others = [
        pane for name, pane in state.panes.items() if name != state.focus and not is_wide(pane) and len(pane.entries)
    ]
    if not others:
        return state
    shining, own = lit_refs(state), quotes_by(state)
    shown = {
        **state.panes,
        **{pane.name: pane.reveal(own if own and pane.name == "quotes" else shining) for pane in others},
    }
    return replace(state, panes=shown)


def move_cursor(state: State, move: Callable[[Pane], Pane]) -> State:
    """Return the state after a movement of the cursor within its pane, which is no step of the history."""
    return reveal_linked(with_pane(state, move(state.pane)))


def focus_pane(state: State, name: str) -> State:
    """Return the state with the cursor in the pane `name`, scrolled so that the cursor is on view."""
    pane = state.panes[name]
    if not 0 <= pane.offset < pane.rows:
        pane = pane.place(pane.cursor.row, pane.rows // 3, pane.line, pane.link_number)
    return reveal_linked(replace(state, panes={**state.panes, name: pane}, focus=name))


def forget_pending(state: State, keeps_pin: bool = False) -> State:
    """Return the state without pending cursors, and without the last pin unless the key `keeps_pin`.

    After a key press they are no longer wanted.
    """
    last = state.last_pin if keeps_pin else None
    return replace(state, pending_cursors=(), last_pin=last) if state.pending_cursors or state.last_pin else state


def resize_pane(state: State, name: str, cells: int, rows: int) -> State:
    """Return the state with one of its panes in another size."""
    return reveal_linked(with_pane(state, state.panes[name].resize(cells, rows)))
