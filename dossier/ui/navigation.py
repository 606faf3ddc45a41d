"""Every jump passes one door, `go`, which writes the history; everything else only moves a cursor."""

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.core.model import Standing
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.facets import offered
from dossier.library.growing_list import GrowingList
from dossier.ui.entry_list import Place, home
from dossier.ui.find_filter import hit_again, narrowed, nearest
from dossier.ui.highlight import wide
from dossier.ui.library_scope import enter_article, gathered
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import NAMED
from dossier.ui.state import CursorPlace, HistoryEntry, Room, relit, thing, with_pane
from dossier.ui.viewport import Position, settled


def go(room: Room, ref: Ref) -> Room | None:
    """The room with the cursor on `ref`, the place left kept in the history; None when the article has no such thing.

    A filter or pin that hides it is lifted.
    """
    there = enter_article(room, ref.article) if _elsewhere(room, ref) else room
    if there is None or (ref.kind and there.entry_of(ref) is None):
        return None
    there = rested(there, ref if ref.kind else Ref(ref.article, "headline"))
    place = (ref.entry, ref.span) if ref.span else None
    return replace(there, hit=place if place in there.hits.order else there.hit, trail=room.trail.visit(step(room)))


def _elsewhere(room: Room, ref: Ref) -> bool:
    """Whether another article must be opened to go there: a row of a list that ranges over many is there already."""
    if room.library is None or ref.article in ("", room.article.ref.article):
        return False
    pane = room.panes.get(home(ref))
    return pane is None or not wide(pane) or pane.name == "library" or pane.find(ref) is None


def rested(room: Room, ref: Ref) -> Room:
    """The room with the cursor on `ref`, without history; scrolled, when it must be, so that what follows is seen.

    Of filter and pins only what hides it is lifted.
    """
    name = home(ref)
    open_filters = {key: query for key, query in room.filters.items() if key != name}
    for filters, pins in ((room.filters, ()), (open_filters, room.pins), (open_filters, ())):
        if room.panes[name].find(ref) is None:
            lifted = narrowed(room, filters, pins)
            room = lifted if lifted.panes[name].find(ref) is not None else room
    pane = room.panes[name].to(ref)
    if pane.top != room.panes[name].top:
        pane = pane.placed(pane.cursor.row, pane.rows // 3, pane.line, pane.chosen)
    return relit(replace(with_pane(room, pane), focus=name))


def searched(origin: Room, query: Query) -> Room:
    """The room while `query` is being typed: the cursor on the hit nearest to where it was (`origin`), no history."""
    room = hit_again(replace(origin, query=query if query.terms else None))
    place = nearest(room)
    return at_hit(room, place) if place else relit(room)


def at_hit(room: Room, place: Place) -> Room:
    """The room with the cursor on this hit, without history."""
    ref, span = place
    return relit(replace(rested(room, ref.within(*span)), hit=place))


def step(room: Room) -> HistoryEntry:
    """Where the room stands now, as a step of its history."""
    spots = tuple(_spot(pane) for pane in room.panes.values() if len(pane.entries))
    filters = tuple(room.filters.items())
    told = (room.article.ref.article, room.scope, room.breadth, room.order)
    return HistoryEntry(room.focus, spots, room.query, room.hit, filters, room.pins, *told)


def back(room: Room) -> Room | None:
    """The room as it was before the last jump; None when there was none."""
    turned = room.trail.back(step(room))
    return replace(restored(room, turned[1]), trail=turned[0]) if turned else None


def forward(room: Room) -> Room | None:
    """The room as it was before the last step back; None when there was none."""
    turned = room.trail.forward(step(room))
    return replace(restored(room, turned[1]), trail=turned[0]) if turned else None


def restored(room: Room, to: HistoryEntry) -> Room:
    """The room as it stood at that step: pane, scroll, cursor, filters, pins, query and hit."""
    if room.library:
        room = replace(
            room if to.article == room.article.ref.article else enter_article(room, to.article) or room,
            trail=room.trail,
        )
        told = replace(room, scope=to.scope, breadth=to.breadth, order=to.order, filters=dict(to.filters))
        room = gathered(told)
    # What the file no longer has would hide every row.
    pins = tuple(pin for pin in to.pins if room.entry_of(pin))
    room = narrowed(replace(room, query=to.query, hit=to.hit), dict(to.filters), pins)
    return _put(replace(room, focus=to.focus), to.spots)


def arrived(room: Room) -> Room:
    """The room when lists have grown: cursors that a step in the history could not put back yet are put back now."""
    return relit(_put(room, room.awaited)) if room.awaited else room


def _put(room: Room, spots: tuple[CursorPlace, ...]) -> Room:
    """The room with its panes at these spots; those that are still to come are awaited."""
    awaited = []
    for spot in spots:
        # Asked first: what is found between the two is put back the next time.
        awaited += [spot] if _may_come(room, spot) else []
        room = with_pane(room, _at(room.panes[spot.pane], spot, spot.pane == room.focus))
    return replace(room, awaited=tuple(awaited))


def _may_come(room: Room, spot: CursorPlace) -> bool:
    """Whether a list that is still being found may yet have that spot, or more above it."""
    pane, library = room.panes[spot.pane], room.library
    if spot.pane == "facets" and library:
        counted = library.lists.facets(room.scope)
        return not counted.done or room.tally != offered(counted.values, room.scope)
    return isinstance(pane.entries, GrowingList) and pane.find(spot.here) is None and not pane.entries.done


def _spot(pane: Pane) -> CursorPlace:
    entry, top = pane.entries[pane.cursor.row], pane.entries[pane.top.row]
    return CursorPlace(pane.name, pane.here or entry.ref, pane.line, top.ref, pane.top.line)


def _at(pane: Pane, spot: CursorPlace, on_view: bool) -> Pane:
    """The pane at that spot; `on_view`: its cursor must be seen, though the window had another size then."""
    if pane.find(spot.here) is None:
        return pane
    pane = pane.to(spot.here)
    pane = pane.placed(pane.cursor.row, pane.rows // 3, spot.line, pane.chosen)
    row = pane.find(spot.top)
    if row is None:
        return pane
    top = Position(row, min(spot.top_line, pane.height(row) - 1))
    scrolled = replace(pane, top=settled(top, pane.rows, len(pane.entries), pane.height))
    return scrolled if 0 <= scrolled.offset < pane.rows or not on_view else pane


def destinations(room: Room) -> tuple[Ref, ...]:
    """Where Enter leads: to what the link names; from a row, to its evidence; from a line of text, to its links."""
    entry, pane = room.entry, room.pane
    if entry is None:
        return ()
    links = room.links_of(entry.ref)
    if pane.name == "library":
        return pane.targets or (next(iter(entry.anchors)).targets if entry.anchors else (entry.ref,))
    if pane.targets:
        meant = thing(room)
        return (meant,) if meant and meant.kind in NAMED else pane.targets
    if entry.ref.kind in (*NAMED, "source", "term"):
        return (links.mentions_of(entry.ref) or said(room, entry) or links.neighbours(entry.ref))[:1]
    if pane.by_line and entry.ref.kind in ("para", "heading", "headline", "subtitle"):
        line = pane.drawn(pane.cursor.row)
        pieces = line.lines[pane.cursor.line - len(line.head)]
        numbers = dict.fromkeys(number for piece in pieces for number in piece.anchors)
        return tuple(dict.fromkeys(target for number in numbers for target in entry.anchors[number].targets))
    proof = links.mentions_of(entry.ref)
    if not proof and entry.ref.kind != "quote":
        proof = tuple(target for anchor in entry.anchors for target in anchor.targets)
    return proof if entry.flaw == Standing.SEVERAL else proof[:1]


def said(room: Room, entry: Entry) -> tuple[Ref, ...]:
    """The quotes and events that an entry is linked to."""
    return tuple(ref for ref in room.links_of(entry.ref).neighbours(entry.ref) if ref.kind in ("quote", "event"))
