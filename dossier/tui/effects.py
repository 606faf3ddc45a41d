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
from dossier.ui.entry_list import Hits
from dossier.ui.find_filter import narrowed
from dossier.ui.highlight import wide
from dossier.ui.library_scope import SAVED, SHELF, gathered, pinned_wide, rescoped, sought, tallied
from dossier.ui.navigation import destinations, step
from dossier.ui.options import DisplayOptions
from dossier.ui.popup import Popup, laid, taken
from dossier.ui.popup_lists import cards, choices, destinations_of, evidence, findings
from dossier.ui.prompt import Prompt
from dossier.ui.state import Room, focused, relit


class Desk(Protocol):
    """What the effects need of the screen."""

    room: Room
    alone: bool
    manner: DisplayOptions

    @property
    def app(self) -> App[None]: ...  # noqa: D102

    def change(self, room: Room, say: str = "") -> None: ...  # noqa: D102

    def lay(self, sheet: Popup) -> None: ...  # noqa: D102

    def ask(self, purpose: str, sign: str, text: str) -> None: ...  # noqa: D102

    def hint(self) -> None: ...  # noqa: D102


def choose(desk: Desk, targets: Sequence[Ref]) -> None:
    """Go to the target, or open a popup to choose from when there are several."""
    if len(targets) == 1:
        desk.change(*jumped(desk.room, targets[0]))
    else:
        _offer(
            desk,
            "Where to?",
            choices(desk.room, targets),
            "nothing to follow from here: no evidence is given, or these words are not in the article",
        )


def _offer(desk: Desk, title: str, entries: Sequence[Entry], nothing: str) -> None:
    if entries:
        desk.lay(laid("go", title, entries))
    else:
        desk.change(desk.room, nothing)


def _follow(desk: Desk) -> None:
    room = desk.room
    if room.focus == "facets":
        typed = room.entry.parts[-1].text if room.entry and room.entry.group == SAVED else ""
        desk.change(_search_again(room, typed) if typed else pinned_wide(room))
    else:
        choose(desk, destinations(room))


def _search(desk: Desk) -> None:
    if desk.room.library is None:
        desk.change(desk.room, NO_LIBRARY)
        return
    query = desk.room.scope.query
    desk.change(focused(desk.room, "library"))
    desk.ask("search", "s", query.typed if query else "")


def _results(desk: Desk) -> None:
    """Repeat the last search."""
    searches = desk.room.library.memory.searches if desk.room.library else ()
    if not searches:
        desk.change(desk.room, "nothing was searched for yet: s" if desk.room.library else NO_LIBRARY)
        return
    desk.change(_search_again(desk.room, searches[-1]))


def _search_again(room: Room, typed: str) -> Room:
    """Return the state with the library searched for a text typed before, as a step of the history."""
    if room.library is None:
        return room
    there = sought(room, room.library.understood(typed, date.today()))
    return replace(there, trail=room.trail.visit(step(room)))


def _name(desk: Desk) -> None:
    if desk.room.scope.query is None:
        desk.change(desk.room, "search for something first: s")
    else:
        desk.ask("name", "name of this search:", "")


def done(desk: Desk, prompt: Prompt) -> str:
    """Do what Enter does besides changing the state, and return a message for the user.

    A search is added to the history of searches, and a named search is saved.
    """
    query, library, name = desk.room.scope.query, desk.room.library, prompt.line.text.strip()
    if library is None or query is None:
        return ""
    if prompt.purpose == "search":
        library.memory.remember(query.typed)
        return query.complaints[0].message if query.complaints else ""
    if prompt.purpose == "name" and name:
        library.memory.save(name, query.typed)
        desk.change(tallied(desk.room))
        return f"kept as “{name}”: it stands under 0 0"
    return ""


def decide(desk: Desk, sheet: Popup, key: str) -> None:
    """Record that all rows of a popup are one (key `c`), or that the chosen one is not one with the rest (key `a`)."""
    library, chosen = desk.room.library, sheet.chosen
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
    desk.change(desk.room, say)


def _same(desk: Desk) -> None:
    rows = evidence(desk.room)
    if rows:
        desk.lay(laid("go or decide", "One and the same?", rows))
    else:
        desk.change(desk.room, "this stands in one article only, or is nobody")


def _peek(desk: Desk) -> None:
    _offer(desk, "What is known", cards(desk.room), "nothing more is known of this")


def _findings(desk: Desk) -> None:
    """Open the list of problems, at the first one that concerns the entry with the cursor."""
    rows = findings(desk.room)
    if not rows:
        desk.change(desk.room, "the checker found nothing to object to")
        return
    here = desk.room.entry.ref if desk.room.entry else None
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
    room = desk.room
    undone = room.scope.undone() if room.library and (room.focus in SHELF or wide(room.pane)) else None
    if undone is not None:
        desk.change(rescoped(room, undone))
    elif room.query:
        desk.change(replace(room, query=None, hits=Hits(), hit=None))
    elif desk.alone:
        desk.alone = False
        desk.change(room)
    elif room.focus in room.filters:
        kept = {name: query for name, query in room.filters.items() if name != room.focus}
        desk.change(relit(gathered(narrowed(room, kept, room.pins))))
    elif room.pins:
        desk.change(relit(narrowed(room, room.filters, room.pins[:-1])))


def _alone(desk: Desk) -> None:
    desk.alone = not desk.alone
    desk.change(desk.room)


def _copy(desk: Desk) -> None:
    found = offers(desk.room)
    if found:
        desk.lay(menu(found))
    else:
        desk.change(desk.room, "there is nothing here to copy")


def take(desk: Desk, sheet: Popup, key: str) -> None:
    """Copy the entry of the copy menu that the key selects, or print the one with the cursor (key `p`)."""
    row = sheet.chosen if key == "p" else taken(sheet, key)
    offer = next((one for one in offers(desk.room) if row and one.key == row.ref.id), None)
    if offer is None or offer.missing:
        desk.change(desk.room, offer.missing if offer else "that is no longer here")
    elif key == "p":
        printed(desk.app, offer.text)
        desk.change(desk.room)
    else:
        desk.change(desk.room, copy(desk.app, offer.text, desk.manner.way))


def _web(desk: Desk) -> None:
    url = web_address(desk.room)
    words = browser(url, os.environ)
    if not url:
        desk.change(desk.room, "no web address is given for this")
    elif words and started(words):
        desk.change(desk.room, f"opened in the browser: {url}")
    else:
        desk.lay(
            laid("go", "On the web", [Entry(Ref("", "about", "url"), (Part("label", "address"), Part("url", url)), 0)])
        )
        desk.change(desk.room, copy(desk.app, url, desk.manner.way))


def _edit(desk: Desk) -> None:
    room = desk.room
    entry = room.entry_of(room.meant[0]) if room.meant else None
    path = room.article.path
    if room.library and room.meant and room.meant[0].article != room.article.ref.article:
        path = str(room.library.readings.path(room.meant[0].article) or path)
    if not path:
        desk.change(room, "no file belongs to this")
        return
    words = editor_command(path, entry.line if entry else 1)
    with desk.app.suspend():
        say = _run_to_end(words)
    desk.change(room, say)


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
    query = desk.room.filters.get(desk.room.focus)
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
