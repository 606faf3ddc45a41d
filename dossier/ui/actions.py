"""The commands that need no terminal, each as a function from one state to the next.

Commands that need the terminal (prompts, popups, the editor) are in `tui.effects`.
"""

from collections.abc import Callable, Mapping
from functools import partial

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.entry import PANES, Entry
from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingList
from dossier.text.messages import quote_typed
from dossier.ui.counts import server_words
from dossier.ui.cursor_moves import move_by_links, move_by_paragraphs, scroll_pane
from dossier.ui.find_filter import next_hit, toggle_pin
from dossier.ui.highlight import is_wide
from dossier.ui.library_find import next_library_hit
from dossier.ui.library_scope import next_order
from dossier.ui.mention_walk import several_or_none, walk_mentions
from dossier.ui.navigation import go_back, go_forward, go_to, history_entry, place_at_hit, widen
from dossier.ui.pane import Pane
from dossier.ui.pane_scope import LISTS, SHELF, library_hits
from dossier.ui.periods import next_period, period_of, precision
from dossier.ui.pins import article_pin_words, pins_library, scope_pin_words, toggle_scope_pin
from dossier.ui.render.entry_style import NAMED_KINDS
from dossier.ui.state import State, focus_pane, move_cursor, thing_at_cursor


class Result(NamedTuple):
    """The state after a command, and a message to the reader, or ""."""

    state: State
    message: str = ""


Move = Callable[[State], Result]

_PINNED_THINGS = "choose a person, an outlet, a year …"
NO_LIBRARY = "no library is open: start dossier with a folder of articles"


def jump_to(state: State, ref: Ref) -> Result:
    """Return the state after a jump to `ref`; the same state and a message when the jump is not possible."""
    there = go_to(state, ref)
    if there:
        return Result(there)
    why = state.library.readings.explain_unreadable(ref.article) if state.library and ref.article else ""
    return Result(state, f"{ref.article}: {why}" if why else say_if_known(state, f"no such address: {ref}"))


def say_if_known(state: State, nothing: str) -> str:
    """Return the message `nothing`, that there is nothing; while the server does not answer, that this is not known."""
    return "not known until the index's server answers" if server_words(state) else nothing


def _walk(move: Callable[[Pane], Pane], state: State) -> Result:
    return Result(move_cursor(state, move))


def _page(share: float, state: State) -> Result:
    lines = max(1, round(state.pane.rows * abs(share)) - (abs(share) == 1))
    return Result(move_cursor(state, lambda pane: pane.move_page(lines if share > 0 else -lines)))


def _paragraph(count: int, state: State) -> Result:
    if state.pane.by_line:
        return _walk(lambda pane: move_by_paragraphs(pane, count), state)
    return _period(count, state)


def _pane(name: str, state: State) -> Result:
    return Result(focus_pane(state, name))


def _library(state: State) -> Result:
    if state.library is None:
        return Result(state, NO_LIBRARY)
    return _pane("facets" if state.focus == "library" else "library", state)


def _turn(count: int, state: State) -> Result:
    names = list(state.panes)
    return _pane(names[(names.index(state.focus) + count) % len(names)], state)


def _widen(state: State) -> Result:
    if state.library is None:
        return Result(state, NO_LIBRARY)
    there = widen(state)
    return Result(there, f"people, quotes and timeline of {there.library_view.pane_scope}")


def _order(state: State) -> Result:
    if state.library is None:
        return Result(state, NO_LIBRARY)
    if state.focus != "library":
        return Result(state, "only the list of articles can be sorted: 0")
    there = next_order(state)
    return Result(there, there.library_view.order)


def _exclude(state: State) -> Result:
    if state.library is None:
        return Result(state, NO_LIBRARY)
    there = toggle_scope_pin(state, excluded=True)
    if there is state:
        return Result(state, f"nothing to exclude here: {_PINNED_THINGS}")
    return Result(there, scope_pin_words(state, there))


def _link(count: int, state: State) -> Result:
    done = move_cursor(state, lambda pane: move_by_links(pane, count))
    if done.pane.address == state.pane.address:
        return Result(state, "no next link" if count > 0 else "no previous link")
    return Result(done, _ambiguous(done))


def _ambiguous(state: State) -> str:
    targets = state.pane.targets
    named = [entry for ref in targets if ref.kind in NAMED_KINDS and (entry := state.entry_of(ref))]
    return "may be " + " or ".join(entry.parts[0].text for entry in named) if len(named) > 1 else ""


def _retrace(turn: Callable[[State], State | None], nothing: str, state: State) -> Result:
    there = turn(state)
    return Result(there) if there else Result(state, nothing)


def _hit(count: int, state: State) -> Result:
    if state.find.query and is_wide(state.pane) and state.focus in LISTS:
        there = next_library_hit(state, count)
        rows = library_hits(state)
        so_far = "" if rows is None or rows.is_done else " so far"
        return Result(there or state, "" if there else f"no hits{so_far} for {quote_typed(state.find.query.typed)}")
    if (listed := library_hits(state)) is not None:
        there = next_library_hit(state, count)
        return Result(there) if there else Result(state, _no_article_words(listed))
    if state.library_view.scope.query and state.focus in SHELF:
        return _hit_in_list(count, focus_pane(state, "library"))
    found = next_hit(state, count)
    if found is None:
        return Result(
            state,
            f"no hits for {quote_typed(state.find.query.typed)}" if state.find.query else "nothing to find yet: /",
        )
    place, wrapped = found
    there = replace(place_at_hit(state, place), history=state.history.visit(history_entry(state)))
    return Result(there, f"continued at the {'top' if count > 0 else 'end'}" if wrapped else "")


def _no_article_words(found: GrowingList) -> str:
    if found.is_done:
        return "no hits in the headlines and outlets of these articles"
    return "no hits in the articles listed so far"


def _hit_in_list(count: int, state: State) -> Result:
    """Return the state with the next hit (`count` 1) or the one before (-1) chosen in the library's list."""
    pane = state.pane.choose_link(count)
    if pane.address == state.pane.address:
        pane = state.pane.move(count)
        if pane.cursor.row == state.pane.cursor.row:
            return Result(state, "no next hit" if count > 0 else "no previous hit")
        links = len(pane.entry.anchors) if pane.entry else 0
        for _ in range(min(links, 1) if count > 0 else links):
            pane = pane.choose_link(1)
    return Result(move_cursor(state, lambda _: pane))


def _mention(count: int, state: State) -> Result:
    return Result(*walk_mentions(state, count))


def _period(count: int, state: State) -> Result:
    pane = state.pane
    if is_wide(pane):
        return _wide_period(count, state)
    keys = [_period_of(entry, state.focus) for entry in pane.entries]
    index = pane.cursor.row
    while 0 <= (index := index + count) < len(keys):
        begins = index == 0 or keys[index] != keys[index - 1]
        if keys[index] and begins and keys[index] != keys[pane.cursor.row]:
            return Result(move_cursor(state, lambda pane: pane.move_to(pane.entries[index].ref)))
    return Result(state, "none further down" if count > 0 else "none further up")


def _period_of(entry: Entry, pane: str) -> object:
    if pane == "timeline":
        day = entry.date and (entry.date.earliest or entry.date.latest)
        return day.year if day else None
    return entry.ref if pane == "article" and entry.evidence_kinds else entry.group or None


def _wide_period(count: int, state: State) -> Result:
    """Return the state with the cursor on the next period (`count` 1) or the one before (-1) of a long list.

    Not every row is read: the steps away from the cursor grow (see `next_period`).
    """
    pane = state.pane
    fine = precision(state) if pane.name == "timeline" else 0
    count_all = len(pane.entries)
    row = (
        next_period(count_all, pane.cursor.row, count, lambda row: period_of(pane.entries[row], fine))
        if count_all
        else None
    )
    if row is None:
        return Result(state, "none further down" if count > 0 else "none further up")
    return Result(move_cursor(state, lambda pane: pane.move(row - pane.cursor.row)))


def _pin(state: State) -> Result:
    if pins_library(state):
        there = toggle_scope_pin(state)
        return Result(there, scope_pin_words(state, there) or f"nothing to pin here: {_PINNED_THINGS}")
    if thing_at_cursor(state) is None:
        return Result(state, several_or_none(state))
    there = toggle_pin(state)
    return Result(there, article_pin_words(state, there))


STEPS: Mapping[str, Callable[[int, State], Result]] = {"link": _link, "pane": _turn, "hit": _hit, "mention": _mention}
"""Functions that go so many steps forward, or back if the number is negative, by what they step over."""


def why_nothing_to_compare(state: State) -> str:
    """Return why there is no evidence that several articles have what the cursor is on, as a message."""
    if state.library is None:
        return NO_LIBRARY
    meant = thing_at_cursor(state)
    is_named = meant is not None and meant.kind in NAMED_KINDS
    return (
        say_if_known(state, "in one article only")
        if is_named
        else "nothing to compare here: choose a person, organisation or place"
    )


ACTIONS: Mapping[str, Move] = {
    "line-down": partial(_walk, lambda pane: pane.move(1)),
    "line-up": partial(_walk, lambda pane: pane.move(-1)),
    "half-page-down": partial(_page, 0.5),
    "half-page-up": partial(_page, -0.5),
    "page-down": partial(_page, 1.0),
    "page-up": partial(_page, -1.0),
    "top": partial(_walk, lambda pane: pane.move_to_edge(last=False)),
    "end": partial(_walk, lambda pane: pane.move_to_edge(last=True)),
    "percent": lambda state: Result(state, "type a number first, as in 50%"),
    "scroll-down": partial(_walk, lambda pane: scroll_pane(pane, 1)),
    "scroll-up": partial(_walk, lambda pane: scroll_pane(pane, -1)),
    "paragraph-next": partial(_paragraph, 1),
    "paragraph-previous": partial(_paragraph, -1),
    "link-next": partial(_link, 1),
    "link-previous": partial(_link, -1),
    "pane-next": partial(_turn, 1),
    "pane-previous": partial(_turn, -1),
    **{f"pane-{name}": partial(_pane, name) for name in PANES},
    "pane-library": _library,
    "widen": _widen,
    "order": _order,
    "exclude": _exclude,
    "back": partial(_retrace, go_back, "no earlier place"),
    "forward": partial(_retrace, go_forward, "no later place"),
    "mention-next": partial(_mention, 1),
    "mention-previous": partial(_mention, -1),
    "period-next": partial(_period, 1),
    "period-previous": partial(_period, -1),
    "hit-next": partial(_hit, 1),
    "hit-previous": partial(_hit, -1),
    "pin": _pin,
}
