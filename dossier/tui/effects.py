"""Effects: the commands that need the terminal, such as popups, prompts, the editor and leaving.

All other commands are pure functions of the state.
"""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from textual.app import App

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.terminal.programs import browser_command, editor_command, start_program
from dossier.tui.copy_text import copy_and_report, print_on_plain_screen
from dossier.tui.driver import DiffDriver
from dossier.tui.internals import get_driver
from dossier.ui.actions import NO_LIBRARY, jump_to
from dossier.ui.commands import MARKS, keys_words
from dossier.ui.copy_menu import copy_choices, open_copy_menu, web_address
from dossier.ui.find_filter import apply_filters
from dossier.ui.highlight import is_wide
from dossier.ui.library_scope import (
    SAVED,
    SHELF,
    refresh_facets,
    request_lists,
    search_library,
    set_scope,
    toggle_scope_pin,
)
from dossier.ui.navigation import destinations, history_entry
from dossier.ui.options import DisplayOptions
from dossier.ui.popup import Popup, entry_for_key, open_popup
from dossier.ui.popup_lists import card_rows, choice_rows, destinations_of, evidence_rows, problem_rows
from dossier.ui.prompt import Prompt
from dossier.ui.state import Filters, Find, State, focus_pane, reveal_linked


class Host(Protocol):
    """What the effects need of the screen."""

    state: State
    is_alone: bool
    options: DisplayOptions

    @property
    def app(self) -> App[None]: ...  # noqa: D102

    def change(self, state: State, say: str = "") -> None: ...  # noqa: D102

    def show_popup(self, sheet: Popup) -> None: ...  # noqa: D102

    def show_prompt(self, purpose: str, sign: str, text: str) -> None: ...  # noqa: D102

    def show_hints(self) -> None: ...  # noqa: D102


def go_or_offer(desk: Host, targets: Sequence[Ref]) -> None:
    """Go to the target, or open a popup to choose from when there are several."""
    if len(targets) == 1:
        desk.change(*jump_to(desk.state, targets[0]))
    else:
        _offer(
            desk,
            "Where to?",
            choice_rows(desk.state, targets),
            "nothing to follow from here: no evidence is given, or these words are not in the article",
        )


def _offer(desk: Host, title: str, entries: Sequence[Entry], nothing: str) -> None:
    if entries:
        desk.show_popup(open_popup("go", title, entries))
    else:
        desk.change(desk.state, nothing)


def _follow(desk: Host) -> None:
    state = desk.state
    if state.focus == "facets":
        typed = state.entry.parts[-1].text if state.entry and state.entry.group == SAVED else ""
        desk.change(_search_again(state, typed) if typed else toggle_scope_pin(state))
    else:
        go_or_offer(desk, destinations(state))


def _search(desk: Host) -> None:
    if desk.state.library is None:
        desk.change(desk.state, NO_LIBRARY)
        return
    query = desk.state.library_view.scope.query
    desk.change(focus_pane(desk.state, "library"))
    desk.show_prompt("search", "s", query.typed if query else "")


def _results(desk: Host) -> None:
    """Repeat the last search."""
    searches = desk.state.library.memory.searches if desk.state.library else ()
    if not searches:
        desk.change(desk.state, "nothing was searched for yet: s" if desk.state.library else NO_LIBRARY)
        return
    desk.change(_search_again(desk.state, searches[-1]))


def _search_again(state: State, typed: str) -> State:
    """Return the state with the library searched for a text typed before, as a step of the history."""
    if state.library is None:
        return state
    there = search_library(state, state.library.parse_search_with_names(typed, date.today()))
    return replace(there, history=state.history.visit(history_entry(state)))


def _name(desk: Host) -> None:
    if desk.state.library_view.scope.query is None:
        desk.change(desk.state, "search for something first: s")
    else:
        desk.show_prompt("name", "name of this search:", "")


def finish_prompt(desk: Host, prompt: Prompt) -> str:
    """Do what Enter does besides changing the state, and return a message for the user.

    A search is added to the history of searches, and a named search is saved.
    """
    query, library, name = desk.state.library_view.scope.query, desk.state.library, prompt.line.text.strip()
    if library is None or query is None:
        return ""
    if prompt.purpose == "search":
        library.memory.remember(query.typed)
        return query.query_warnings[0].message if query.query_warnings else ""
    if prompt.purpose == "name" and name:
        library.memory.save(name, query.typed)
        desk.change(refresh_facets(desk.state))
        return f"kept as “{name}”: it stands under 0 0"
    return ""


def record_decision(desk: Host, sheet: Popup, key: str) -> None:
    """Record that all rows of a popup are one (key `c`), or that the chosen one is not one with the rest (key `a`)."""
    library, chosen = desk.state.library, sheet.chosen
    if library is None or chosen is None:
        return
    everybody = [ref for row in sheet.entries for ref in destinations_of(row)]
    one = destinations_of(chosen)[0]
    if key == "c":
        library.memory.confirm(everybody)
        say = f"written down: these {len(everybody)} are one"
    else:
        library.memory.separate(one, [ref for ref in everybody if ref != one])
        say = f"written down: {one} is another"
    library.rejoin()
    desk.change(desk.state, say)


def _same(desk: Host) -> None:
    rows = evidence_rows(desk.state)
    if rows:
        desk.show_popup(open_popup("go or decide", "One and the same?", rows))
    else:
        desk.change(desk.state, "this stands in one article only, or is nobody")


def _peek(desk: Host) -> None:
    _offer(desk, "What is known", card_rows(desk.state), "nothing more is known of this")


def _findings(desk: Host) -> None:
    """Open the list of problems, at the first one that concerns the entry with the cursor."""
    rows = problem_rows(desk.state)
    if not rows:
        desk.change(desk.state, "the checker found nothing to object to")
        return
    here = desk.state.entry.ref if desk.state.entry else None
    at = next((number for number, row in enumerate(rows) if here in destinations_of(row)), 0)
    desk.show_popup(open_popup("go", f"Findings {len(rows)}", rows, at=at))


def _list_commands(desk: Host, title: str, narrows: bool) -> None:
    entries = [
        Entry(
            Ref("", "about", command.id),
            (Part("label", keys_words(command)), Part("text", command.help), Part("title", command.title)),
            0,
            command.section,
        )
        for command in desk.options.commands.values()
    ]
    legend = [
        Entry(Ref("", "about", mark), (Part("label", mark), Part("text", told)), 0, "Marks") for mark, told in MARKS
    ]
    desk.show_popup(open_popup("run", title, [*entries, *([] if narrows else legend)], narrows))


def _leave(desk: Host) -> None:
    state = desk.state
    undone = (
        state.library_view.scope.undone() if state.library and (state.focus in SHELF or is_wide(state.pane)) else None
    )
    if undone is not None:
        desk.change(set_scope(state, undone))
    elif state.find.query:
        desk.change(replace(state, find=Find()))
    elif desk.is_alone:
        desk.is_alone = False
        desk.change(state)
    elif state.focus in state.filters.queries:
        kept = {name: query for name, query in state.filters.queries.items() if name != state.focus}
        desk.change(reveal_linked(request_lists(apply_filters(state, Filters(kept, state.filters.pins)))))
    elif state.filters.pins:
        desk.change(reveal_linked(apply_filters(state, Filters(state.filters.queries, state.filters.pins[:-1]))))


def _alone(desk: Host) -> None:
    desk.is_alone = not desk.is_alone
    desk.change(desk.state)


def _copy(desk: Host) -> None:
    found = copy_choices(desk.state)
    if found:
        desk.show_popup(open_copy_menu(found))
    else:
        desk.change(desk.state, "there is nothing here to copy")


def use_copy_menu(desk: Host, sheet: Popup, key: str) -> None:
    """Copy the entry of the copy menu that the key selects, or print the one with the cursor (key `p`)."""
    row = sheet.chosen if key == "p" else entry_for_key(sheet, key)
    offer = next((one for one in copy_choices(desk.state) if row and one.key == row.ref.id), None)
    if offer is None or offer.missing:
        desk.change(desk.state, offer.missing if offer else "that is no longer here")
    elif key == "p":
        print_on_plain_screen(desk.app, offer.text)
        desk.change(desk.state)
    else:
        desk.change(desk.state, copy_and_report(desk.app, offer.text, desk.options.clipboard_mode))


def _web(desk: Host) -> None:
    url = web_address(desk.state)
    words = browser_command(url, os.environ)
    if not url:
        desk.change(desk.state, "no web address is given for this")
    elif words and start_program(words):
        desk.change(desk.state, f"opened in the browser: {url}")
    else:
        desk.show_popup(
            open_popup(
                "go", "On the web", [Entry(Ref("", "about", "url"), (Part("label", "address"), Part("url", url)), 0)]
            )
        )
        desk.change(desk.state, copy_and_report(desk.app, url, desk.options.clipboard_mode))


def _edit(desk: Host) -> None:
    state = desk.state
    entry = state.entry_of(state.meant[0]) if state.meant else None
    path = state.reading.article.path
    if state.library and state.meant and state.meant[0].article != state.reading.article.ref.article:
        path = str(state.library.readings.path(state.meant[0].article) or path)
    if not path:
        desk.change(state, "no file belongs to this")
        return
    words = editor_command(path, entry.line if entry else 1)
    with desk.app.suspend():
        say = _run_to_end(words)
    desk.change(state, say)


def _run_to_end(words: Sequence[str]) -> str:
    """Run a program until it ends, and return a message when it failed, else "".

    No error is raised, since the screen would then not be restored.
    """
    try:
        status = subprocess.run(words, check=False).returncode
    except OSError as error:
        return f"{words[0]} does not start ({error.strerror}): set $EDITOR"
    return f"{words[0]} ended with status {status}" if status else ""


def _redraw(desk: Host) -> None:
    driver = get_driver(desk.app)
    if isinstance(driver, DiffDriver):
        driver.redraw()
    desk.app.refresh(layout=True)


def _filter(desk: Host) -> None:
    query = desk.state.filters.queries.get(desk.state.focus)
    desk.show_prompt("filter", "&", query.typed if query else "")


EFFECTS: Mapping[str, Callable[[Host], None]] = {
    "follow": _follow,
    "peek": _peek,
    "hints": lambda desk: desk.show_hints(),
    "search": _search,
    "results": _results,
    "name-search": _name,
    "same": _same,
    "find": lambda desk: desk.show_prompt("find", "/", ""),
    "filter": _filter,
    "alone": _alone,
    "findings": _findings,
    "help": lambda desk: _list_commands(desk, "Help", narrows=False),
    "commands": lambda desk: _list_commands(desk, "Command", narrows=True),
    "redraw": _redraw,
    "copy": _copy,
    "web": _web,
    "edit": _edit,
    "leave": _leave,
    "suspend": lambda desk: desk.app.action_suspend_process(),
    "quit": lambda desk: desk.app.exit(),
}
