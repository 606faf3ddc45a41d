"""Effects: the commands that need the terminal, such as popups, prompts, the editor and leaving.

All other commands are pure functions of the state.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from textual.app import App

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.export.help_topics import list_topic_rows, make_topic_rows
from dossier.terminal.programs import browser_command, editor_command, start_program
from dossier.tui.driver import DiffDriver
from dossier.tui.internals import get_driver
from dossier.tui.outside import copy_and_report, print_on_plain_screen, run_in_foreground
from dossier.ui.actions import NO_LIBRARY, jump_to, why_nothing_to_compare
from dossier.ui.compare import compare_here
from dossier.ui.comparison_sheet import ComparisonSheet
from dossier.ui.copy_menu import copy_choices, open_copy_menu, web_address
from dossier.ui.find_filter import apply_filters
from dossier.ui.help_sheet import open_help
from dossier.ui.highlight import is_wide
from dossier.ui.library_find import leave_library_find
from dossier.ui.library_scope import (
    SAVED,
    SHELF,
    refresh_facets,
    request_lists,
    search_library,
    set_scope,
)
from dossier.ui.navigation import destinations, history_entry
from dossier.ui.options import DisplayOptions
from dossier.ui.pins import scope_pin_words, toggle_scope_pin
from dossier.ui.popup import Popup, entry_for_key, open_popup
from dossier.ui.popup_lists import card_rows, choice_rows, destinations_of, evidence_rows, problem_rows
from dossier.ui.prompt import Prompt
from dossier.ui.state import NO_ARTICLE, Filters, Find, State, focus_pane, reveal_linked


class Host(Protocol):
    """What the effects need of the screen."""

    state: State
    is_alone: bool
    options: DisplayOptions

    @property
    def app(self) -> App[None]: ...  # noqa: D102

    def change(self, state: State, say: str = "") -> None: ...  # noqa: D102

    def show_popup(self, sheet: Popup) -> None: ...  # noqa: D102

    def show_comparison(self, sheet: ComparisonSheet) -> None: ...  # noqa: D102

    def show_prompt(self, purpose: str, sign: str, text: str) -> None: ...  # noqa: D102

    def show_hints(self) -> None: ...  # noqa: D102


def go_or_offer(host: Host, targets: Sequence[Ref]) -> None:
    """Go to the target, or open a popup to choose from when there are several."""
    if len(targets) == 1:
        host.change(*jump_to(host.state, targets[0]))
    else:
        _offer(
            host,
            "Where to?",
            choice_rows(host.state, targets),
            "nothing to follow here",
        )


def _offer(host: Host, title: str, entries: Sequence[Entry], nothing: str) -> None:
    if entries:
        host.show_popup(open_popup("go", title, entries))
    else:
        host.change(host.state, nothing)


def _follow(host: Host) -> None:
    state = host.state
    if state.focus == "facets":
        typed = state.entry.parts[-1].text if state.entry and state.entry.group == SAVED else ""
        there = _search_again(state, typed) if typed else toggle_scope_pin(state)
        host.change(there, scope_pin_words(state, there))
    else:
        go_or_offer(host, destinations(state))


def _search(host: Host) -> None:
    if host.state.library is None:
        host.change(host.state, NO_LIBRARY)
        return
    before, query = host.state, host.state.library_view.scope.query
    # The prompt begins where the reader is, so that Esc and Backspace lead back there; what it finds is shown at once.
    host.show_prompt("search", "s", query.typed if query else "")
    host.change(focus_pane(before, "library"))


def _results(host: Host) -> None:
    """Repeat the last search."""
    searches = host.state.library.memory.searches if host.state.library else ()
    if not searches:
        host.change(host.state, "no searches yet: s" if host.state.library else NO_LIBRARY)
        return
    host.change(_search_again(host.state, searches[-1]))


def _search_again(state: State, typed: str) -> State:
    """Return the state with the library searched for a text typed before, as a step of the history."""
    if state.library is None:
        return state
    there = search_library(state, state.library.parse_search_with_names(typed, date.today()))
    return replace(there, history=state.history.visit(history_entry(state)))


def _name(host: Host) -> None:
    if host.state.library_view.scope.query is None:
        host.change(host.state, "no search to save: s")
    else:
        host.show_prompt("name", "name for this search:", "")


def finish_prompt(host: Host, prompt: Prompt) -> str:
    """Do what Enter does besides changing the state, and return a message for the user.

    A search is added to the history of searches, and a named search is saved.
    """
    query, library, name = host.state.library_view.scope.query, host.state.library, prompt.line.text.strip()
    if library is None or query is None:
        return ""
    if prompt.purpose == "search":
        library.memory.remember(query.typed)
        warnings = (warning.message for warning in query.query_warnings)
        return _first_of((*warnings, *library.memory.messages()))
    if prompt.purpose == "name" and name:
        library.memory.save(name, query.typed)
        host.change(refresh_facets(host.state))
        return _first_of(library.memory.messages()) or f"saved as “{name}”; listed in the facets (0 0)"
    return ""


def record_decision(host: Host, sheet: Popup, key: str) -> None:
    """Record that all rows of a popup are one (key `c`), or that the chosen one is not one with the rest (key `a`)."""
    library, chosen = host.state.library, sheet.chosen
    if library is None or chosen is None:
        return
    everybody = [ref for row in sheet.entries for ref in destinations_of(row)]
    one = destinations_of(chosen)[0]
    if key == "c":
        library.memory.confirm(everybody)
        say = f"saved: these {len(everybody)} are the same"
    else:
        library.memory.separate(one, [ref for ref in everybody if ref != one])
        say = f"saved: {one} is different"
    library.rejoin()
    host.change(host.state, _first_of(library.memory.messages()) or say)


def _first_of(messages: Iterable[str]) -> str:
    return next(iter(messages), "")


def _same(host: Host) -> None:
    rows = evidence_rows(host.state)
    if rows:
        host.show_popup(open_popup("go or decide", "Same or different?", rows))
    else:
        host.change(host.state, why_nothing_to_compare(host.state))


def _compare(host: Host) -> None:
    state, message, sheet = compare_here(host.state)
    host.change(state, message)
    if sheet:
        host.show_comparison(sheet)


def _peek(host: Host) -> None:
    _offer(host, "Details", card_rows(host.state), "no details")


def _findings(host: Host) -> None:
    """Open the list of problems, at the first one that concerns the entry with the cursor."""
    rows = problem_rows(host.state)
    if not rows:
        is_open = host.state.reading.article is not NO_ARTICLE
        host.change(host.state, "no problems in this file" if is_open else "no article is open")
        return
    here = host.state.entry.ref if host.state.entry else None
    at = next((number for number, row in enumerate(rows) if here in destinations_of(row)), 0)
    host.show_popup(open_popup("go", f"Problems {len(rows)}", rows, at=at))


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


def _copy(host: Host) -> None:
    found = copy_choices(host.state)
    if found:
        host.show_popup(open_copy_menu(found))
    else:
        host.change(host.state, "nothing to copy here")


def use_copy_menu(host: Host, sheet: Popup, key: str) -> None:
    """Copy the entry of the copy menu that the key selects, or print the one with the cursor (key `p`)."""
    row = sheet.chosen if key == "p" else entry_for_key(sheet, key)
    offer = next((one for one in copy_choices(host.state) if row and one.key == row.ref.id), None)
    if offer is None or offer.missing:
        host.change(host.state, offer.missing if offer else "no longer there")
    elif key == "p":
        print_on_plain_screen(host.app, offer.text)
        host.change(host.state)
    else:
        host.change(host.state, copy_and_report(host.app, offer.text, host.options.clipboard_mode))


def _web(host: Host) -> None:
    url = web_address(host.state)
    words = browser_command(url, os.environ)
    if not url:
        host.change(host.state, "no web address")
    elif words and start_program(words):
        host.change(host.state, f"opening in the browser: {url}")
    else:
        host.show_popup(
            open_popup(
                "go", "Web address", [Entry(Ref("", "about", "url"), (Part("label", "address"), Part("url", url)), 0)]
            )
        )
        host.change(host.state, copy_and_report(host.app, url, host.options.clipboard_mode))


def _edit(host: Host) -> None:
    state = host.state
    entry = state.entry_of(state.meant[0]) if state.meant else None
    path = state.reading.article.path
    if state.library and state.meant and state.meant[0].article != state.reading.article.ref.article:
        path = str(state.library.readings.path(state.meant[0].article) or path)
    if not path:
        host.change(state, "no file to edit")
        return
    words = editor_command(path, entry.line if entry else 1)
    host.change(state, run_in_foreground(host.app, words))


def _redraw(host: Host) -> None:
    driver = get_driver(host.app)
    if isinstance(driver, DiffDriver):
        driver.redraw()
    host.app.refresh(layout=True)


def _filter(host: Host) -> None:
    query = host.state.filters.queries.get(host.state.focus)
    host.show_prompt("filter", "&", query.typed if query else "")


EFFECTS: Mapping[str, Callable[[Host], None]] = {
    "follow": _follow,
    "peek": _peek,
    "hints": lambda host: host.show_hints(),
    "search": _search,
    "results": _results,
    "name-search": _name,
    "same": _same,
    "compare": _compare,
    "find": lambda host: host.show_prompt("find", "/", ""),
    "filter": _filter,
    "alone": _alone,
    "findings": _findings,
    "help": lambda host: host.show_popup(open_help(host.options.commands, list_topic_rows())),
    "commands": lambda host: host.show_prompt("command", ":", ""),
    "redraw": _redraw,
    "copy": _copy,
    "web": _web,
    "edit": _edit,
    "leave": _leave,
    "suspend": lambda host: host.app.action_suspend_process(),
    "quit": lambda host: host.app.exit(),
}
