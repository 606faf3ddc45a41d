"""What the panes show: a filter keeps what matches in one pane, a pin what is linked to it in every list.

The article's text is never narrowed by a pin: a sentence without those around it proves nothing. Find narrows
nothing; its hits are counted over what is shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dossier.entries import PANES, Entry
from dossier.loader.article import Loaded
from dossier.query import Query
from dossier.reading.room import Room, opened, relit
from dossier.ref import Ref
from dossier.search import Hit, find, match

Place = tuple[Ref, tuple[int, int]]
"""One hit: the entry, and the span of its text."""


def narrowed(room: Room, filters: Mapping[str, Query], pins: tuple[Ref, ...]) -> Room:
    """The room with these filters (by pane) and pins, the cursors kept where what they are on is still shown."""
    room = replace(room, filters=dict(filters), pins=pins)
    shown = {name: room.panes[name].showing(tuple(_passing(room, name))) for name in PANES}
    return hit_again(replace(room, panes=shown))


def hit_again(room: Room) -> Room:
    """The room with the hits of its query counted anew over what its panes show."""
    if room.query is None or not room.query.terms:
        return replace(room, hits=(), hit=None)
    query = room.query
    hits = tuple(hit for name in PANES for hit in find(query, room.panes[name].entries))
    kept = room.hit if room.hit in places(hits) else None
    return replace(room, hits=hits, hit=kept)


def reloaded(room: Room, loaded: Loaded) -> Room:
    """The room after its file changed, every place kept by its Ref; an unreadable file leaves the last good reading."""
    if loaded.article is None:
        return replace(room, problems=loaded.problems)
    fresh = opened(loaded.article, loaded.problems)
    room = replace(room, article=fresh.article, problems=fresh.problems, links=fresh.links, entries=fresh.entries)
    # What the file no longer has would hide every row.
    pins = tuple(pin for pin in room.pins if room.entry_of(pin))
    return relit(narrowed(room, room.filters, pins))


def pinned(room: Room) -> Room:
    """The room with what the cursor is on pinned, or, where it is pinned already, no longer so."""
    meant = room.meant[0] if len(room.meant) == 1 else None
    if meant is None:
        return room
    pins = tuple(pin for pin in room.pins if pin != meant) if meant in room.pins else (*room.pins, meant)
    return relit(narrowed(room, room.filters, pins))


def filtered(room: Room, query: Query) -> Room:
    """The room with the pane that the cursor is in showing only what matches; an empty query shows all."""
    others = {name: other for name, other in room.filters.items() if name != room.focus}
    return relit(narrowed(room, {**others, room.focus: query} if query.terms else others, room.pins))


def places(hits: Iterable[Hit]) -> list[Place]:
    """Every hit by itself, in reading order."""
    return [(hit.ref, span) for hit in hits for span in hit.spans]


def nearest(room: Room) -> Place | None:
    """The first hit at or after the cursor, in reading order from its pane on; from the start when there is none."""
    found = places(room.hits)
    order = [entry.ref for name in PANES for entry in room.panes[name].entries]
    at = room.entry.ref if room.entry else None
    ahead = set(order[order.index(at) :]) if at in order else set(order)
    return next((place for place in found if place[0] in ahead), found[0] if found else None)


def next_place(room: Room, count: int) -> tuple[Place, bool] | None:
    """The next hit (1) or the one before (-1), and whether the search began again at the other end."""
    found = places(room.hits)
    if not found:
        return None
    if room.hit not in found:
        first = nearest(room)
        return (first, False) if first else None
    at = found.index(room.hit) + count
    return found[at % len(found)], not 0 <= at < len(found)


def _passing(room: Room, name: str) -> Iterator[Entry]:
    query = room.filters.get(name)
    linked = [room.links.lit((pin,)) for pin in room.pins] if name != "article" else []
    for entry in room.entries[name]:
        if all(entry.ref in lit for lit in linked) and (query is None or match(query, entry)):
            yield entry
