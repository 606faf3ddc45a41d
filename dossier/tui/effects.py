"""Effects: the commands that need the terminal, such as popups, prompts, the editor and leaving.

All other commands are pure functions of the state.
"""

from collections.abc import Callable, Mapping, Sequence

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.export.help_topics import list_topic_rows, make_topic_rows
from dossier.tui.decision_effects import undo_decision
from dossier.tui.host import Host
from dossier.tui.note_effects import show_note_list, toggle_mark, write_note
from dossier.tui.outside_effects import edit_file, open_copying, open_pipe, open_web_address, redraw_screen
from dossier.tui.search_effects import open_naming, open_search, repeat_search, search_again
from dossier.ui.actions import jump_to, say_if_known, why_nothing_to_compare
from dossier.ui.compare import compare_here
from dossier.ui.find_filter import apply_filters
from dossier.ui.help_popup import open_help
from dossier.ui.highlight import is_wide
from dossier.ui.library_find import leave_library_find
from dossier.ui.library_scope import SAVED, request_lists, set_scope
from dossier.ui.navigation import destinations
from dossier.ui.note_list import noted_rows
from dossier.ui.pane_scope import SHELF
from dossier.ui.pins import scope_pin_words, toggle_scope_pin
from dossier.ui.popup import DECIDE, GO, PROBLEMS, open_popup
from dossier.ui.popup_lists import (
    card_rows,
    choice_rows,
    destinations_of,
    evidence_rows,
    evidence_title,
    problem_rows,
    problems_title,
)
from dossier.ui.selecting import start_selection
from dossier.ui.state import NO_ARTICLE, NO_ARTICLE_OPEN, Filters, Find, reveal_linked


def go_or_offer(host: Host, targets: Sequence[Ref]) -> None:
    """Go to the target, or open a popup to choose from when there are several."""
    if len(targets) == 1:
        host.change(*jump_to(host.state, targets[0]))
    else:
        _offer(
            host,
            "Where to?",
            choice_rows(host.state, targets),
            say_if_known(host.state, "nothing to follow here"),
        )


def _offer(host: Host, title: str, entries: Sequence[Entry], nothing: str) -> None:
    if entries:
        host.show_popup(open_popup(GO, title, entries))
    else:
        host.change(host.state, nothing)


def _follow(host: Host) -> None:
    state = host.state
    if state.focus == "facets":
        typed = state.entry.parts[-1].text if state.entry and state.entry.group == SAVED else ""
        there = search_again(state, typed) if typed else toggle_scope_pin(state)
        host.change(there, scope_pin_words(state, there))
    else:
        go_or_offer(host, destinations(state))


def _same(host: Host) -> None:
    rows = evidence_rows(host.state)
    if rows:
        host.show_popup(open_popup(DECIDE, evidence_title(rows), rows))
    else:
        host.change(host.state, why_nothing_to_compare(host.state))


def _compare(host: Host) -> None:
    state, message, sheet = compare_here(host.state)
    host.change(state, message)
    if sheet:
        host.show_comparison(sheet)


def _peek(host: Host) -> None:
    notes = noted_rows(host.state, host.notes.all_notes)
    _offer(host, "Details", (*card_rows(host.state), *notes), "no details")


def _findings(host: Host) -> None:
    """Open the list of problems, at the first one that concerns the entry with the cursor."""
    rows = problem_rows(host.state)
    if not rows:
        is_open = host.state.reading.article is not NO_ARTICLE
        host.change(host.state, "no problems in this file" if is_open else NO_ARTICLE_OPEN)
        return
    here = host.state.entry.ref if host.state.entry else None
    at = next((number for number, row in enumerate(rows) if here in destinations_of(row)), 0)
    host.show_popup(open_popup(PROBLEMS, problems_title(rows), rows, at=at))


def show_topic(host: Host, name: str) -> None:
    """Open the text of a topic of the help."""
    host.show_popup(open_popup("read", f"Help: {name}", make_topic_rows(name, host.options.commands)))


def _leave(host: Host) -> None:
    state = host.state
    undone = (
        state.library_view.scope.undone() if state.library and (state.focus in SHELF or is_wide(state.pane)) else None
    )
    if left := leave_library_find(state):
        host.change(left)
    elif undone is not None:
        host.change(set_scope(state, undone))
    elif state.find.query:
        host.change(replace(state, find=Find()))
    elif host.is_alone:
        host.is_alone = False
        host.change(state)
    elif state.focus in state.filters.queries:
        kept = {name: query for name, query in state.filters.queries.items() if name != state.focus}
        host.change(reveal_linked(request_lists(apply_filters(state, Filters(kept, state.filters.pins)))))
    elif state.filters.pins:
        host.change(reveal_linked(apply_filters(state, Filters(state.filters.queries, state.filters.pins[:-1]))))


def _alone(host: Host) -> None:
    host.is_alone = not host.is_alone
    host.change(host.state)


def _filter(host: Host) -> None:
    query = host.state.filters.queries.get(host.state.focus)
    host.show_prompt("filter", "&", query.typed if query else "")


EFFECTS: Mapping[str, Callable[[Host], None]] = {
    "follow": _follow,
    "peek": _peek,
    "hints": lambda host: host.show_hints(),
    "search": open_search,
    "results": repeat_search,
    "name-search": open_naming,
    "mark": toggle_mark,
    "note": write_note,
    "notes": show_note_list,
    "same": _same,
    "undo-decision": undo_decision,
    "compare": _compare,
    "find": lambda host: host.show_prompt("find", "/", ""),
    "filter": _filter,
    "alone": _alone,
    "findings": _findings,
    "help": lambda host: host.show_popup(open_help(host.options.commands, list_topic_rows())),
    "commands": lambda host: host.show_prompt("command", ":", ""),
    "redraw": redraw_screen,
    "pipe": open_pipe,
    "select": lambda host: host.change(*start_selection(host.state)),
    "copy": open_copying,
    "export": lambda host: host.show_export_menu(),
    "web": open_web_address,
    "edit": edit_file,
    "leave": _leave,
    "suspend": lambda host: host.app.action_suspend_process(),
    "quit": lambda host: host.app.exit(),
}
