"""What the panes show: a filter keeps what matches in one pane, a pin what is linked to it in every list.

The article's text is never narrowed by a pin: a sentence without those around it proves nothing. Find narrows
nothing; its hits are counted over what is shown.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, counted
from dossier.core.matcher import match
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.core.views.panes import PANES
from dossier.loader.article import Loaded
from dossier.ui.entry_list import Hits, Listing, Place, home
from dossier.ui.highlight import wide
from dossier.ui.state import Room, faulted, opened, relit, thing


def narrowed(room: Room, filters: Mapping[str, Query], pins: tuple[Ref, ...]) -> Room:
    """The room with these filters (by pane) and pins, the cursors kept where what they are on is still shown."""
    room = replace(room, filters=dict(filters), pins=pins)
    own = [name for name in PANES if not wide(room.panes[name])]
    shown = {name: room.panes[name].showing(Listing(counted(_passing(room, name)))) for name in own}
    return hit_again(replace(room, panes={**room.panes, **shown}))


def hit_again(room: Room) -> Room:
    """The room with the hits of its query counted anew over what its panes show."""
    if room.query is None or not room.query.terms:
        return replace(room, hits=Hits(), hit=None)
    query = room.query
    own = [room.panes[name].entries for name in PANES if not wide(room.panes[name])]
    hits = Hits(hit for entry in chain.from_iterable(own) if (hit := match(query, entry, room.abouts.get(entry.ref))))
    return replace(room, hits=hits, hit=room.hit if room.hit in hits.order else None)


def reloaded(room: Room, loaded: Loaded) -> Room:
    """The room after its file changed, every place kept by its Ref; an unreadable file leaves the last good reading."""
    if loaded.article is None:
        return faulted(replace(room, problems=loaded.problems))
    fresh = opened(loaded.article, loaded.problems)
    room = replace(room, article=fresh.article, problems=fresh.problems, links=fresh.links, entries=fresh.entries)
    room = replace(room, abouts=fresh.abouts)
    # What the file no longer has would hide every row.
    pins = tuple(pin for pin in room.pins if room.entry_of(pin))
    return relit(narrowed(faulted(room), room.filters, pins))


def pinned(room: Room) -> Room:
    """The room with what the cursor is on pinned, or, where it is pinned already, no longer so."""
    meant = thing(room)
    if meant is None:
        return room
    pins = tuple(pin for pin in room.pins if pin != meant) if meant in room.pins else (*room.pins, meant)
    return relit(narrowed(room, room.filters, pins))


def filtered(room: Room, query: Query) -> Room:
    """The room with the pane that the cursor is in showing only what matches; an empty query shows all."""
    others = {name: other for name, other in room.filters.items() if name != room.focus}
    return relit(narrowed(room, {**others, room.focus: query} if query.terms else others, room.pins))


def nearest(room: Room) -> Place | None:
    """The first hit at or after the cursor, in reading order from its pane on; from the start when there is none."""
    here = _reading_place(room, room.entry.ref, _point(room)) if room.entry and room.focus in PANES else (0, 0, 0)
    places = room.hits.places
    ahead = (place for place in places if _reading_place(room, place[0], place[1][0]) >= here)
    return next(ahead, places[0] if places else None)


def next_place(room: Room, count: int) -> tuple[Place, bool] | None:
    """The next hit (1) or the one before (-1), and whether the search began again at the other end."""
    hits = room.hits
    if not hits.places:
        return None
    if room.hit is None or room.hit not in hits.order:
        first = nearest(room)
        return (first, False) if first else None
    at = hits.order[room.hit] + count
    return hits.places[at % len(hits.places)], not 0 <= at < len(hits.places)


def _reading_place(room: Room, ref: Ref, point: int) -> tuple[int, int, int]:
    name = home(ref)
    return PANES.index(name), room.panes[name].find(ref) or 0, point


def _point(room: Room) -> int:
    """The code point of the cursor's entry from which on what is ahead lies."""
    pane = room.pane
    if not pane.by_line or (pane.entry and pane.entry.ref not in room.hits.spans):
        return 0
    if pane.here and pane.here.span:
        return pane.here.span[0]
    return pane.line_start(pane.cursor.row, pane.cursor.line) if pane.line else 0


def _passing(room: Room, name: str) -> Iterator[Entry]:
    query = room.filters.get(name)
    linked = [room.links.lit((pin,)) for pin in room.pins] if name != "article" else []
    for entry in room.entries[name]:
        if all(entry.ref in lit for lit in linked) and (query is None or match(query, entry)):
            yield entry
