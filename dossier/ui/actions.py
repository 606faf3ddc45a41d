"""What each command does that needs no terminal: a function from one state to the next.

Commands that need the terminal (prompts, popups, the editor) are in `tui.effects`.
"""

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
from dossier.ui.state import MentionWalk, PaneScope, State, focused, move_cursor, thing


class Done(NamedTuple):
    """The state after a command, and a message to the reader; empty where none is due."""

    state: State
    say: str = ""


Move = Callable[[State], Done]

NO_LIBRARY = "one article is open, and no library: name a folder to read many"


def jumped(state: State, ref: Ref) -> Done:
    """Return the state after a jump to `ref`, or the same state and a message why there is none."""
    there = go(state, ref)
    return Done(there) if there else Done(state, f"nothing here has the address {ref}")


def _walk(move: Callable[[Pane], Pane], state: State) -> Done:
    return Done(move_cursor(state, move))


def _page(share: float, state: State) -> Done:
    lines = max(1, round(state.pane.rows * abs(share)) - (abs(share) == 1))
    return Done(move_cursor(state, lambda pane: pane.page(lines if share > 0 else -lines)))


def _pane(name: str, state: State) -> Done:
    return Done(focused(state, name))


def _library(state: State) -> Done:
    if state.library is None:
        return Done(state, NO_LIBRARY)
    return _pane("facets" if state.focus == "library" else "library", state)


def _turn(count: int, state: State) -> Done:
    names = list(state.panes)
    return _pane(names[(names.index(state.focus) + count) % len(names)], state)


def _widen(state: State) -> Done:
    if state.library is None:
        return Done(state, NO_LIBRARY)
    there = widened(state)
    return Done(there, f"people, quotes and timeline of {there.library_view.pane_scope}")


def _order(state: State) -> Done:
    if state.library is None or state.focus != "library":
        return Done(state, "the library's list has other orders: 0")
    there = reordered(state)
    return Done(there, there.library_view.order)


def _exclude(state: State) -> Done:
    if state.library is None or pin_here(state, excluded=True) is None:
        return Done(state, "nothing here that a library could be narrowed by: a person, an outlet, a year …")
    return Done(pinned_wide(state, excluded=True), "excluded; the same key takes it back")


def _link(count: int, state: State) -> Done:
    done = move_cursor(state, lambda pane: pane.link(count))
    if done.pane.here == state.pane.here:
        return Done(state, "no further link" if count > 0 else "no link before this one")
    return Done(done, _ambiguous(done))


def _ambiguous(state: State) -> str:
    targets = state.pane.targets
    named = [entry for ref in targets if ref.kind in NAMED and (entry := state.entry_of(ref))]
    return "may be " + " or ".join(entry.parts[0].text for entry in named) if len(named) > 1 else ""


def _retrace(turn: Callable[[State], State | None], nothing: str, state: State) -> Done:
    there = turn(state)
    return Done(there) if there else Done(state, nothing)


def _hit(count: int, state: State) -> Done:
    if state.find.query and wide(state.pane) and state.focus in LISTS:
        there = moved_afar(state, count)
        return (
            Done(there) if there else Done(state, f"nothing found for {state.find.query.typed}, as far as it is known")
        )
    if state.library_view.scope.query and state.focus in SHELF:
        return _hit_in_list(count, focused(state, "library"))
    found = next_place(state, count)
    if found is None:
        return Done(
            state, f"nothing found for {state.find.query.typed}" if state.find.query else "find something first: /"
        )
    place, wrapped = found
    there = replace(at_hit(state, place), history=state.history.visit(step(state)))
    return Done(there, f"search began again at the {'top' if count > 0 else 'end'}" if wrapped else "")


def _hit_in_list(count: int, state: State) -> Done:
    """Return the state with the next hit of the library's list chosen, in this row or the next one."""
    pane = state.pane.link(count)
    if pane.here == state.pane.here:
        pane = state.pane.step(count)
        if pane.cursor.row == state.pane.cursor.row:
            return Done(state, "no further hit" if count > 0 else "no hit before this one")
        links = len(pane.entry.anchors) if pane.entry else 0
        for _ in range(min(links, 1) if count > 0 else links):
            pane = pane.link(1)
    return Done(move_cursor(state, lambda _: pane))


def _mention(count: int, state: State) -> Done:
    meant = thing(state)
    if meant is None:
        return Done(state, "more than one thing is meant here: choose one with Enter")
    places = state.reading.links.mentions_of(meant)
    if not places:
        return Done(state, "nothing in the text speaks of this")
    here = state.pane.here
    at = (places.index(here) + count) % len(places) if here in places else _beside(state, places, count)
    there = jumped(state, places[at]).state
    mention = there.pane.here
    there = replace(there, mention_walk=MentionWalk(meant, mention) if mention else None)
    return Done(there, f"{at + 1} of {len(places)} · {place_words(places[at])}")


def _beside(state: State, places: tuple[Ref, ...], count: int) -> int:
    if state.focus != "article" or state.pane.entry is None:
        return 0 if count > 0 else len(places) - 1
    order = {entry.ref: number for number, entry in enumerate(state.pane.entries)}
    now = order[state.pane.entry.ref]
    ahead = [at for at, place in enumerate(places) if (order.get(place.entry, now) - now) * count > 0]
    return (ahead or range(len(places)))[0 if count > 0 else -1]


def _period(count: int, state: State) -> Done:
    pane = state.pane
    if wide(pane):
        return _wide_period(count, state)
    keys = [_period_of(entry, state.focus) for entry in pane.entries]
    index = pane.cursor.row
    while 0 <= (index := index + count) < len(keys):
        begins = index == 0 or keys[index] != keys[index - 1]
        if keys[index] and begins and keys[index] != keys[pane.cursor.row]:
            return Done(move_cursor(state, lambda pane: pane.to(pane.entries[index].ref)))
    return Done(state, "no further one" if count > 0 else "none before")


def _period_of(entry: Entry, pane: str) -> object:
    if pane == "timeline":
        day = entry.date and (entry.date.earliest or entry.date.latest)
        return day.year if day else None
    return entry.ref if pane == "article" and entry.marks else entry.group or None


def _wide_period(count: int, state: State) -> Done:
    """Return the state with the cursor on the next period of a list that is too long to be gone through.

    Only rows near the cursor are looked at, then rows at growing distances.
    """
    pane = state.pane
    fine = precision(state) if pane.name == "timeline" else 0
    count_all = len(pane.entries)
    row = leap(count_all, pane.cursor.row, count, lambda row: period_of(pane.entries[row], fine)) if count_all else None
    if row is None:
        return Done(state, "no further one" if count > 0 else "none before")
    return Done(move_cursor(state, lambda pane: pane.step(row - pane.cursor.row)))


def _pin(state: State) -> Done:
    if state.library and (state.library_view.pane_scope is not PaneScope.ARTICLE or state.focus in SHELF):
        there = pinned_wide(state)
        told = (
            "pinned: the library is narrowed to it"
            if len(there.library_view.scope.pins) > len(state.library_view.scope.pins)
            else "pin taken away"
        )
        return Done(there, told) if there is not state else Done(state, "nothing here that can be pinned")
    meant = thing(state)
    if meant is None:
        return Done(state, "more than one thing is meant here: choose one with Enter")
    return Done(
        pinned(state), "pin taken away" if meant in state.filters.pins else "pinned: the lists show what is linked"
    )


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
    "back": partial(_retrace, back, "this is where you began"),
    "forward": partial(_retrace, forward, "nothing lies ahead"),
    "mention-next": partial(_mention, 1),
    "mention-previous": partial(_mention, -1),
    "period-next": partial(_period, 1),
    "period-previous": partial(_period, -1),
    "hit-next": partial(_hit, 1),
    "hit-previous": partial(_hit, -1),
    "pin": _pin,
}
