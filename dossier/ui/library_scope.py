"""What the panes range over: one article, the articles found, or the library; and what the library's own panes list.

A change of scope asks the library for other lists and waits for none of them: they fill while they are on view.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part, counted
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.core.views.reading import Reading, read_whole
from dossier.library.facets import Value, facet_entries, offered, pin_of
from dossier.library.growing_list import GrowingArticleList, GrowingList
from dossier.library.scope import ORDERS, Pin, Scope
from dossier.ui.counts import number_words
from dossier.ui.entry_list import Hits, Listing
from dossier.ui.find_filter import hit_again, narrowed
from dossier.ui.highlight import wide
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import NAMED
from dossier.ui.state import NO_ARTICLE, PaneScope, Room, faulted, of_reading, relit, thing

if TYPE_CHECKING:
    from dossier.library.library import Library

LISTS = ("people", "quotes", "timeline")
"""The panes that can range over more than one article."""
SAVED = "Saved searches"
SHELF = ("library", "facets")
"""The panes that a library has besides."""


def entrance(library: "Library") -> Room:
    """The room of a library before any of its articles is open: all panes range over the whole of it."""
    room = of_reading(read_whole(NO_ARTICLE, ()))
    panes = {**{name: Pane(name) for name in SHELF}, **room.panes}
    room = replace(room, library=library, panes=panes, focus="library", breadth=PaneScope.LIBRARY)
    return relit(gathered(room))


def enter_article(room: Room, article: str) -> Room | None:
    """The room with this article of the library open, its panes ranging over what it `opens` with, usually that
    article alone; None when it cannot be opened."""
    reading = room.library.readings.reading(article) if room.library else None
    if reading is None:
        return None
    room = replace(_with_reading(room, reading), query=room.scope.query, hit=None)
    if room.opens is PaneScope.ARTICLE:
        return _narrow(replace(room, breadth=PaneScope.ARTICLE))
    wide = _breadth(room.scope) if room.opens is PaneScope.FOUND else room.opens
    return hit_again(gathered(replace(room, breadth=wide)))


def shelved(room: Room) -> bool:
    """Whether the library stands where the text does: while one is in it, or in a list before an article is open."""
    return room.library is not None and (room.focus in SHELF or (room.article is NO_ARTICLE and room.focus in LISTS))


def rescoped(room: Room, scope: Scope, typing: bool = False) -> Room:
    """The room with another scope, its list from the top; `typing`: the other lists follow when that one is whole."""
    if room.library is None or scope == room.scope:
        return room
    breadth = room.breadth if room.breadth is PaneScope.ARTICLE else _breadth(scope)
    query = scope.query if scope.query != room.scope.query else room.query
    room = gathered(replace(room, scope=scope, breadth=breadth, query=query, hits=Hits(), hit=None), typing)
    panes = {**room.panes, "library": room.panes["library"].edge(last=False)}
    return relit(hit_again(replace(room, panes=panes)))


def sought(origin: Room, query: Query) -> Room:
    """The room with the library searched for `query`, as far as its pins go; without words all of it again."""
    found = rescoped(origin, replace(origin.scope, query=query if query.root is not None else None), typing=True)
    return replace(found, focus="library")


def widened(room: Room) -> Room:
    """The panes' breadth, next: this article, the articles found (where a search or pin is on), the library."""
    order = [PaneScope.ARTICLE, *([PaneScope.FOUND] if room.scope != Scope() else []), PaneScope.LIBRARY]
    at = order.index(room.breadth) if room.breadth in order else 0
    following = order[(at + 1) % len(order)]
    if following is PaneScope.ARTICLE and room.article is NO_ARTICLE:
        following = order[1]
    room = replace(room, breadth=following)
    return relit(gathered(room) if following is not PaneScope.ARTICLE else _narrow(room))


def scope_shown(room: Room) -> Scope:
    """What the wide panes range over."""
    return room.scope if room.breadth is PaneScope.FOUND else Scope()


def hits_afar(room: Room) -> GrowingList | None:
    """The rows of the wide pane with the cursor that the query finds, in the pane's order; None elsewhere."""
    if room.library is None or room.query is None or room.focus not in LISTS or not wide(room.pane):
        return None
    return room.library.lists.pane(room.focus, scope_shown(room), room.query)


def reordered(room: Room) -> Room:
    """The list of articles in its next order."""
    order = ORDERS[(ORDERS.index(room.order) + 1) % len(ORDERS)]
    return gathered(replace(room, order=order))


def pinned_wide(room: Room, excluded: bool = False) -> Room:
    """The scope with what the cursor is on pinned, or excluded; undone where it is so already."""
    pin = pin_here(room, excluded)
    return rescoped(room, room.scope.toggled(pin)) if pin else room


def pin_here(room: Room, excluded: bool) -> Pin | None:
    """The pin of what the cursor is on: a facet's value, or somebody; None where nothing can be pinned."""
    value = facet_here(room)
    if value:
        return pin_of(value, excluded)
    meant = thing(room)
    entry = room.entry_of(meant) if meant and meant.kind in NAMED else None
    return Pin(entry.ref.kind, entry.parts[0].text, entry.ref, excluded) if entry else None


def facet_here(room: Room) -> Value | None:
    """The facet's value that the cursor is on."""
    if room.library is None or room.focus != "facets" or room.entry is None:
        return None
    return next((one for one in room.tally if one.row == room.entry.ref), None)


def gathered(room: Room, typing: bool = False) -> Room:
    """The room with the lists that its scope, breadth and order ask for, each cursor kept where it can be."""
    library = room.library
    if library is None:
        return room
    library.wanted(room.scope)
    if typing:
        found = library.lists.articles(room.scope, room.order)
        return tallied(replace(room, panes={**room.panes, "library": room.panes["library"].showing(found)}))
    shown = {name: room.panes[name].showing(rows) for name, rows in _asked(library, room).items()}
    return tallied(replace(room, panes={**room.panes, **shown}))


def tallied(room: Room) -> Room:
    """The room with the facets as they are counted by now."""
    if room.library is None:
        return room
    saved = room.library.saved(date.today())
    counted = room.library.lists.facets(room.scope)
    # An emptied list would lose the cursor, and what the next key was meant for.
    tally = offered(counted.values if counted.values or counted.done else room.tally, room.scope)
    entries = (*map(_saved, saved), *facet_entries(tally, room.scope))
    pane = room.panes["facets"]
    if tuple(pane.entries) == entries:
        return replace(room, tally=tally)
    return replace(room, tally=tally, panes={**room.panes, "facets": pane.showing(Listing(entries))})


def _saved(search: tuple[str, str, GrowingArticleList]) -> Entry:
    name, typed, found = search
    parts = (Part("label", number_words(found)), Part("text", name), *([Part("typed", typed)] if typed != name else []))
    return Entry(Ref("", "about", f"saved {name}"), parts, 0, SAVED)


def _followed(library: "Library", room: Room) -> Room:
    """The room with the wide lists of the scope that was typed, now that the articles in it are known."""
    found = room.panes["library"].entries
    if room.breadth is PaneScope.ARTICLE or not isinstance(found, GrowingArticleList) or not found.done:
        return room
    asked = _asked(library, room)
    behind = {name: asked[name] for name in LISTS if room.panes[name].entries is not asked[name]}
    if not behind:
        return room
    return replace(room, panes={**room.panes, **{name: room.panes[name].showing(behind[name]) for name in behind}})


def renewed(room: Room) -> Room:
    """The room with new lists for those that were stopped, because the index changed or another scope was asked for.

    A new list takes the place of the old one as soon as it has what the cursor is on, so that no place is lost.
    """
    library = room.library
    if library is None:
        return room
    library.renewed()
    room = _followed(library, room)
    old = {
        name: pane
        for name, pane in room.panes.items()
        if isinstance(pane.entries, GrowingList) and pane.entries.stopped
    }
    if not old:
        return room
    library.wanted(room.scope)
    asked = {name: rows for name, rows in _asked(library, room).items() if name in old}
    fresh = {name: old[name].showing(rows) for name, rows in asked.items() if _serves(rows, old[name].entry)}
    return relit(tallied(replace(room, panes={**room.panes, **fresh}))) if fresh else room


def _serves(rows: GrowingList, at: Entry | None) -> bool:
    return rows.done or at is None or rows.row_of(at.ref) is not None


def _asked(library: "Library", room: Room) -> dict[str, GrowingList]:
    """The lists that the scope, breadth and order of the room ask for, by pane."""
    scope, wide_panes = scope_shown(room), LISTS if room.breadth is not PaneScope.ARTICLE else ()
    lists = {name: library.lists.pane(name, scope, room.filters.get(name)) for name in wide_panes}
    return {"library": library.lists.articles(room.scope, room.order), **lists}


def _breadth(scope: Scope) -> PaneScope:
    return PaneScope.LIBRARY if scope == Scope() else PaneScope.FOUND


def _with_reading(room: Room, reading: Reading) -> Room:
    """The room with another article in its text pane."""
    fresh = of_reading(reading)
    panes = {**room.panes, "article": room.panes["article"].showing(fresh.entries["article"]).edge(last=False)}
    return faulted(
        replace(
            room,
            article=fresh.article,
            problems=fresh.problems,
            links=fresh.links,
            entries=fresh.entries,
            abouts=fresh.abouts,
            panes=panes,
            filters={},
            pins=(),
            sought=None,
        )
    )


def _narrow(room: Room) -> Room:
    """The lists with what the open article has, as far as filters and pins let it pass."""
    own: Mapping[str, Pane] = {
        name: room.panes[name].showing(Listing(counted(room.entries[name]))).edge(last=False) for name in LISTS
    }
    return narrowed(replace(room, panes={**room.panes, **own}), room.filters, room.pins)
