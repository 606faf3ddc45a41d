"""Pins by key: what the cursor is on is pinned or excluded, and the same key takes that back.

In a library a pin is a step of the scope. In the open article it hides what is not linked to it (see `find_filter`).
"""

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.library.facets import FacetValue, make_pin
from dossier.library.scope import Pin
from dossier.text.messages import abbreviate, count_noun
from dossier.ui.counts import articles_words
from dossier.ui.library_scope import request_lists, set_scope
from dossier.ui.navigation import cursor_place, restore_cursors
from dossier.ui.pane_scope import SHELF, wide_pane_scopes
from dossier.ui.render.entry_style import NAMED_KINDS
from dossier.ui.state import LastPin, PaneScope, State, thing_at_cursor

_LONGEST = 40
"""The most characters of a name in a message."""


def pins_library(state: State) -> bool:
    """Return whether a pin narrows the library, and not only the lists of the open article."""
    return state.library is not None and (
        state.library_view.pane_scope is not PaneScope.ARTICLE or state.focus in SHELF
    )


def toggle_scope_pin(state: State, excluded: bool = False) -> State:
    """Return the state with what the cursor is on pinned in the scope, or excluded; a pin already there is removed.

    Where the last key set such a pin, that pin is removed, whatever the cursor is on now.
    """
    pin, last = _pin_to_toggle(state, excluded), state.last_pin
    if pin is None:
        return state
    there = set_scope(state, state.library_view.scope.with_toggled_pin(pin))
    place = cursor_place(state.pane) if len(state.pane.entries) else None
    if pin in there.library_view.scope.pins:
        there = replace(there, last_pin=LastPin(pin, place, state.library_view.pane_scope))
    elif last and last.pin == pin:
        place, view = last.place or place, there.library_view
        if last.pane_scope in wide_pane_scopes(view.scope):
            view = replace(view, pane_scope=last.pane_scope)
        there = request_lists(replace(there, library_view=view, last_pin=None))
    if place is None or there.pane.address == place.here:
        return there
    return restore_cursors(replace(there, pending_cursors=(place,)))


def _pin_to_toggle(state: State, excluded: bool) -> Pin | None:
    last = state.last_pin
    if last and last.pin.excluded == excluded and last.pin in state.library_view.scope.pins:
        return last.pin
    return pin_here(state, excluded)


def pin_here(state: State, excluded: bool) -> Pin | None:
    """Return the pin of what the cursor is on: a facet's value, a person, organisation or place; else None."""
    value = facet_here(state)
    if value:
        return make_pin(value, excluded)
    meant = thing_at_cursor(state)
    entry = state.entry_of(meant) if meant and meant.kind in NAMED_KINDS else None
    return Pin(entry.ref.kind, entry.parts[0].text, entry.ref, excluded) if entry else None


def facet_here(state: State) -> FacetValue | None:
    """Return the facet's value that the cursor is on; None elsewhere."""
    if state.library is None or state.focus != "facets" or state.entry is None:
        return None
    return next((one for one in state.library_view.facet_values if one.row == state.entry.ref), None)


def scope_pin_words(before: State, after: State) -> str:
    """Return what a key has changed in the pins of the scope; "" for nothing."""
    old, new = before.library_view.scope.pins, after.library_view.scope.pins
    if any(pin not in old for pin in new):
        return last_pin_words(after)
    gone = next((pin for pin in old if pin not in new), None)
    if gone is None:
        return ""
    return f"{_named(gone.name)} no longer excluded" if gone.excluded else f"unpinned {_named(gone.name)}"


def last_pin_words(state: State) -> str:
    """Return what the last key has pinned or excluded, with the number of articles so far; "" for nothing.

    Without a `…` the number is final.
    """
    if state.last_pin is None:
        return ""
    pin = state.last_pin.pin
    if pin.excluded:
        return f"excluded {_named(pin.name)} · {articles_words(state)} left · - takes it back"
    return f"pinned {_named(pin.name)} · {articles_words(state)} · . unpins"


def article_pin_words(before: State, after: State) -> str:
    """Return what a key has changed in the pins of the open article, with what the lists show now; "" for nothing."""
    old, new = before.filters.pins, after.filters.pins
    added, gone = (next((ref for ref in one if ref not in two), None) for one, two in ((new, old), (old, new)))
    if added is None:
        return f"unpinned {_named(pin_name(before, gone))}" if gone else ""
    numbers = ((len(after.panes[name].entries), noun) for name, noun in (("quotes", "quote"), ("timeline", "event")))
    shown = ", ".join(count_noun(number, noun) for number, noun in numbers if number)
    return f"pinned {_named(pin_name(after, added))} · {shown or 'no quotes or events'} · . unpins"


def pin_name(state: State, ref: Ref) -> str:
    """Return how a pin in the open article is called: by its name, its words, or the number of its paragraph."""
    entry: Entry | None = state.entry_of(ref)
    if entry is None:
        return str(ref)
    return entry.parts[0].text if entry.paragraph_number == 0 else f"¶{entry.paragraph_number}"


def _named(name: str) -> str:
    return abbreviate(name, _LONGEST)
