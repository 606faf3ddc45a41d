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
from dossier.terminal.programs import browser, started
from dossier.terminal.programs import command as editor_command
from dossier.tui.copy_text import copy, printed
from dossier.tui.driver import DiffDriver
from dossier.tui.internals import driver_of
from dossier.ui.actions import NO_LIBRARY, jumped
from dossier.ui.commands import MARKS, keys_words
from dossier.ui.copy_menu import menu, offers, web_address
from dossier.ui.find_filter import narrowed
from dossier.ui.highlight import wide
from dossier.ui.library_scope import SAVED, SHELF, gathered, pinned_wide, rescoped, sought, tallied
from dossier.ui.navigation import destinations, step
from dossier.ui.options import DisplayOptions
from dossier.ui.popup import Popup, laid, taken
from dossier.ui.popup_lists import cards, choices, destinations_of, evidence, findings
from dossier.ui.prompt import Prompt
from dossier.ui.state import Filters, Find, State, focused, relit


class Desk(Protocol):
    """What the effects need of the screen."""

    state: State
    alone: bool
    manner: DisplayOptions

    @property
    def app(self) -> App[None]: ...  # noqa: D102

    def change(self, state: State, say: str = "") -> None: ...  # noqa: D102

    def lay(self, sheet: Popup) -> None: ...  # noqa: D102

    def ask(self, purpose: str, sign: str, text: str) -> None: ...  # noqa: D102

    def hint(self) -> None: ...  # noqa: D102


def choose(desk: Desk, targets: Sequence[Ref]) -> None:
    """Go to the target, or open a popup to choose from when there are several."""
    if len(targets) == 1:
        desk.change(*jumped(desk.state, targets[0]))
    else:
        _offer(
            desk,
            "Where to?",
            choices(desk.state, targets),
            "nothing to follow from here: no evidence is given, or these words are not in the article",
        )


def _offer(desk: Desk, title: str, entries: Sequence[Entry], nothing: str) -> None:
    if entries:
        desk.lay(laid("go", title, entries))
    else:
        desk.change(desk.state, nothing)


def _follow(desk: Desk) -> None:
    state = desk.state
    if state.focus == "facets":
        typed = state.entry.parts[-1].text if state.entry and state.entry.group == SAVED else ""
        desk.change(_search_again(state, typed) if typed else pinned_wide(state))
    else:
        choose(desk, destinations(state))


def _search(desk: Desk) -> None:
    if desk.state.library is None:
        desk.change(desk.state, NO_LIBRARY)
        return
    query = desk.state.library_view.scope.query
    desk.change(focused(desk.state, "library"))
    desk.ask("search", "s", query.typed if query else "")


def _results(desk: Desk) -> None:
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
    there = sought(state, state.library.understood(typed, date.today()))
    return replace(there, history=state.history.visit(step(state)))


def _name(desk: Desk) -> None:
    if desk.state.library_view.scope.query is None:
        desk.change(desk.state, "search for something first: s")
    else:
        desk.ask("name", "name of this search:", "")


def done(desk: Desk, prompt: Prompt) -> str:
    """Do what Enter does besides changing the state, and return a message for the user.

    A search is added to the history of searches, and a named search is saved.
    """
    query, library, name = desk.state.library_view.scope.query, desk.state.library, prompt.line.text.strip()
    if library is None or query is None:
        return ""
    if prompt.purpose == "search":
        library.memory.remember(query.typed)
        return query.complaints[0].message if query.complaints else ""
    if prompt.purpose == "name" and name:
        library.memory.save(name, query.typed)
        desk.change(tallied(desk.state))
        return f"kept as “{name}”: it stands under 0 0"
    return ""


def decide(desk: Desk, sheet: Popup, key: str) -> None:
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


def _same(desk: Desk) -> None:
    rows = evidence(desk.state)
    if rows:
        desk.lay(laid("go or decide", "One and the same?", rows))
    else:
        desk.change(desk.state, "this stands in one article only, or is nobody")


def _peek(desk: Desk) -> None:
    _offer(desk, "What is known", cards(desk.state), "nothing more is known of this")


def _findings(desk: Desk) -> None:
    """Open the list of problems, at the first one that concerns the entry with the cursor."""
    rows = findings(desk.state)
    if not rows:
        desk.change(desk.state, "the checker found nothing to object to")
        return
    here = desk.state.entry.ref if desk.state.entry else None
    at = next((number for number, row in enumerate(rows) if here in destinations_of(row)), 0)
    desk.lay(laid("go", f"Findings {len(rows)}", rows, at=at))


def _list_commands(desk: Desk, title: str, narrows: bool) -> None:
    entries = [
        Entry(
            Ref("", "about", command.id),
            (Part("label", keys_words(command)), Part("text", command.help), Part("title", command.title)),
            0,
            command.section,
        )
        for command in desk.manner.commands.values()
    ]
    legend = [
        Entry(Ref("", "about", mark), (Part("label", mark), Part("text", told)), 0, "Marks") for mark, told in MARKS
    ]
    desk.lay(laid("run", title, [*entries, *([] if narrows else legend)], narrows))


def _leave(desk: Desk) -> None:
    state = desk.state
    undone = state.library_view.scope.undone() if state.library and (state.focus in SHELF or wide(state.pane)) else None
    if undone is not None:
        desk.change(rescoped(state, undone))
    elif state.find.query:
        desk.change(replace(state, find=Find()))
    elif desk.alone:
        desk.alone = False
        desk.change(state)
    elif state.focus in state.filters.queries:
        kept = {name: query for name, query in state.filters.queries.items() if name != state.focus}
        desk.change(relit(gathered(narrowed(state, Filters(kept, state.filters.pins)))))
    elif state.filters.pins:
        desk.change(relit(narrowed(state, Filters(state.filters.queries, state.filters.pins[:-1]))))


def _alone(desk: Desk) -> None:
    desk.alone = not desk.alone
    desk.change(desk.state)


def _copy(desk: Desk) -> None:
    found = offers(desk.state)
    if found:
        desk.lay(menu(found))
    else:
        desk.change(desk.state, "there is nothing here to copy")


def take(desk: Desk, sheet: Popup, key: str) -> None:
    """Copy the entry of the copy menu that the key selects, or print the one with the cursor (key `p`)."""
    row = sheet.chosen if key == "p" else taken(sheet, key)
    offer = next((one for one in offers(desk.state) if row and one.key == row.ref.id), None)
    if offer is None or offer.missing:
        desk.change(desk.state, offer.missing if offer else "that is no longer here")
    elif key == "p":
        printed(desk.app, offer.text)
        desk.change(desk.state)
    else:
        desk.change(desk.state, copy(desk.app, offer.text, desk.manner.way))


def _web(desk: Desk) -> None:
    url = web_address(desk.state)
    words = browser(url, os.environ)
    if not url:
        desk.change(desk.state, "no web address is given for this")
    elif words and started(words):
        desk.change(desk.state, f"opened in the browser: {url}")
    else:
        desk.lay(
            laid("go", "On the web", [Entry(Ref("", "about", "url"), (Part("label", "address"), Part("url", url)), 0)])
        )
        desk.change(desk.state, copy(desk.app, url, desk.manner.way))


def _edit(desk: Desk) -> None:
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


def _redraw(desk: Desk) -> None:
    driver = driver_of(desk.app)
    if isinstance(driver, DiffDriver):
        driver.redraw()
    desk.app.refresh(layout=True)


def _filter(desk: Desk) -> None:
    query = desk.state.filters.queries.get(desk.state.focus)
    desk.ask("filter", "&", query.typed if query else "")


ACTS: Mapping[str, Callable[[Desk], None]] = {
    "follow": _follow,
    "peek": _peek,
    "hints": lambda desk: desk.hint(),
    "search": _search,
    "results": _results,
    "name-search": _name,
    "same": _same,
    "find": lambda desk: desk.ask("find", "/", ""),
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
