"""What a command does to the room is a pure function; what needs the terminal (prompts, editor) is elsewhere."""

from collections.abc import Callable, Mapping
from functools import partial

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.core.views.labels import place_words
from dossier.core.views.panes import PANES
from dossier.ui.find_filter import next_place, pinned
from dossier.ui.highlight import wide
from dossier.ui.library_find import moved_afar
from dossier.ui.library_scope import LISTS, SHELF, pin_here, pinned_wide, reordered, widened
from dossier.ui.navigation import at_hit, back, forward, go, step
from dossier.ui.pane import Pane
from dossier.ui.periods import leap, period_of, precision
from dossier.ui.render.entry_style import NAMED
from dossier.ui.state import PaneScope, Room, focused, move_cursor, thing


class Done(NamedTuple):
    """The room after a command, and a word to the reader where one is due."""

    room: Room
    say: str = ""


Move = Callable[[Room], Done]

NO_LIBRARY = "one article is open, and no library: name a folder to read many"


def jumped(room: Room, ref: Ref) -> Done:
    """The room after a jump to `ref`, or a word on why there is none."""
    there = go(room, ref)
    return Done(there) if there else Done(room, f"nothing here has the address {ref}")


def _walk(move: Callable[[Pane], Pane], room: Room) -> Done:
    return Done(move_cursor(room, move))


def _page(share: float, room: Room) -> Done:
    lines = max(1, round(room.pane.rows * abs(share)) - (abs(share) == 1))
    return Done(move_cursor(room, lambda pane: pane.page(lines if share > 0 else -lines)))


def _pane(name: str, room: Room) -> Done:
    return Done(focused(room, name))


def _library(room: Room) -> Done:
    if room.library is None:
        return Done(room, NO_LIBRARY)
    return _pane("facets" if room.focus == "library" else "library", room)


def _turn(count: int, room: Room) -> Done:
    names = list(room.panes)
    return _pane(names[(names.index(room.focus) + count) % len(names)], room)


def _widen(room: Room) -> Done:
    if room.library is None:
        return Done(room, NO_LIBRARY)
    there = widened(room)
    return Done(there, f"people, quotes and timeline of {there.breadth}")


def _order(room: Room) -> Done:
    if room.library is None or room.focus != "library":
        return Done(room, "the library's list has other orders: 0")
    there = reordered(room)
    return Done(there, there.order)


def _exclude(room: Room) -> Done:
    if room.library is None or pin_here(room, excluded=True) is None:
        return Done(room, "nothing here that a library could be narrowed by: a person, an outlet, a year …")
    return Done(pinned_wide(room, excluded=True), "excluded; the same key takes it back")


def _link(count: int, room: Room) -> Done:
    done = move_cursor(room, lambda pane: pane.link(count))
    if done.pane.here == room.pane.here:
        return Done(room, "no further link" if count > 0 else "no link before this one")
    return Done(done, _ambiguous(done))


def _ambiguous(room: Room) -> str:
    targets = room.pane.targets
    named = [entry for ref in targets if ref.kind in NAMED and (entry := room.entry_of(ref))]
    return "may be " + " or ".join(entry.parts[0].text for entry in named) if len(named) > 1 else ""


def _trail(turn: Callable[[Room], Room | None], nothing: str, room: Room) -> Done:
    there = turn(room)
    return Done(there) if there else Done(room, nothing)


def _hit(count: int, room: Room) -> Done:
    if room.query and wide(room.pane) and room.focus in LISTS:
        there = moved_afar(room, count)
        return Done(there) if there else Done(room, f"nothing found for {room.query.typed}, as far as it is known")
    if room.scope.query and room.focus in SHELF:
        return _hit_in_list(count, focused(room, "library"))
    found = next_place(room, count)
    if found is None:
        return Done(room, f"nothing found for {room.query.typed}" if room.query else "find something first: /")
    place, wrapped = found
    there = replace(at_hit(room, place), trail=room.trail.visit(step(room)))
    return Done(there, f"search began again at the {'top' if count > 0 else 'end'}" if wrapped else "")


def _hit_in_list(count: int, room: Room) -> Done:
    """The next of what is shown as found, in the row of this article or of the next one."""
    pane = room.pane.link(count)
    if pane.here == room.pane.here:
        pane = room.pane.step(count)
        if pane.cursor.row == room.pane.cursor.row:
            return Done(room, "no further hit" if count > 0 else "no hit before this one")
        links = len(pane.entry.anchors) if pane.entry else 0
        for _ in range(min(links, 1) if count > 0 else links):
            pane = pane.link(1)
    return Done(move_cursor(room, lambda _: pane))


def _mention(count: int, room: Room) -> Done:
    meant = thing(room)
    if meant is None:
        return Done(room, "more than one thing is meant here: choose one with Enter")
    places = room.links.mentions_of(meant)
    if not places:
        return Done(room, "nothing in the text speaks of this")
    here = room.pane.here
    at = (places.index(here) + count) % len(places) if here in places else _beside(room, places, count)
    there = jumped(room, places[at]).room
    there = replace(there, sought=(meant, there.pane.here) if there.pane.here else None)
    return Done(there, f"{at + 1} of {len(places)} · {place_words(places[at])}")


def _beside(room: Room, places: tuple[Ref, ...], count: int) -> int:
    if room.focus != "article" or room.pane.entry is None:
        return 0 if count > 0 else len(places) - 1
    order = {entry.ref: number for number, entry in enumerate(room.pane.entries)}
    now = order[room.pane.entry.ref]
    ahead = [at for at, place in enumerate(places) if (order.get(place.entry, now) - now) * count > 0]
    return (ahead or range(len(places)))[0 if count > 0 else -1]


def _period(count: int, room: Room) -> Done:
    pane = room.pane
    if wide(pane):
        return _wide_period(count, room)
    keys = [_period_of(entry, room.focus) for entry in pane.entries]
    index = pane.cursor.row
    while 0 <= (index := index + count) < len(keys):
        begins = index == 0 or keys[index] != keys[index - 1]
        if keys[index] and begins and keys[index] != keys[pane.cursor.row]:
            return Done(move_cursor(room, lambda pane: pane.to(pane.entries[index].ref)))
    return Done(room, "no further one" if count > 0 else "none before")


def _period_of(entry: Entry, pane: str) -> object:
    if pane == "timeline":
        day = entry.date and (entry.date.earliest or entry.date.latest)
        return day.year if day else None
    return entry.ref if pane == "article" and entry.marks else entry.group or None


def _wide_period(count: int, room: Room) -> Done:
    """Of lists too long to be gone through, only the rows near by are looked at; farther ones are leapt to."""
    pane = room.pane
    fine = precision(room) if pane.name == "timeline" else 0
    count_all = len(pane.entries)
    row = leap(count_all, pane.cursor.row, count, lambda row: period_of(pane.entries[row], fine)) if count_all else None
    if row is None:
        return Done(room, "no further one" if count > 0 else "none before")
    return Done(move_cursor(room, lambda pane: pane.step(row - pane.cursor.row)))


def _pin(room: Room) -> Done:
    if room.library and (room.breadth is not PaneScope.ARTICLE or room.focus in SHELF):
        there = pinned_wide(room)
        told = (
            "pinned: the library is narrowed to it"
            if len(there.scope.pins) > len(room.scope.pins)
            else "pin taken away"
        )
        return Done(there, told) if there is not room else Done(room, "nothing here that can be pinned")
    meant = thing(room)
    if meant is None:
        return Done(room, "more than one thing is meant here: choose one with Enter")
    return Done(pinned(room), "pin taken away" if meant in room.pins else "pinned: the lists show what is linked")


MOVES: Mapping[str, Move] = {
    "line-down": partial(_walk, lambda pane: pane.step(1)),
    "line-up": partial(_walk, lambda pane: pane.step(-1)),
    "half-page-down": partial(_page, 0.5),
    "half-page-up": partial(_page, -0.5),
    "page-down": partial(_page, 1.0),
    "page-up": partial(_page, -1.0),
    "top": partial(_walk, lambda pane: pane.edge(last=False)),
    "end": partial(_walk, lambda pane: pane.edge(last=True)),
    "link-next": partial(_link, 1),
    "link-previous": partial(_link, -1),
    "pane-next": partial(_turn, 1),
    "pane-previous": partial(_turn, -1),
    **{f"pane-{name}": partial(_pane, name) for name in PANES},
    "pane-library": _library,
    "widen": _widen,
    "order": _order,
    "exclude": _exclude,
    "back": partial(_trail, back, "this is where you began"),
    "forward": partial(_trail, forward, "nothing lies ahead"),
    "mention-next": partial(_mention, 1),
    "mention-previous": partial(_mention, -1),
    "period-next": partial(_period, 1),
    "period-previous": partial(_period, -1),
    "hit-next": partial(_hit, 1),
    "hit-previous": partial(_hit, -1),
    "pin": _pin,
}
