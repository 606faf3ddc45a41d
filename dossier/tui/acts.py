"""What a command does that needs the terminal: sheets, prompts, the editor, leaving. All others are pure moves."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from textual.app import App

from dossier.editor import command as editor_command
from dossier.entries.entry import Entry, Part
from dossier.reading.hits import Hits
from dossier.reading.jumps import destinations
from dossier.reading.lists import cards, choices, destinations_of, findings
from dossier.reading.moves import jumped
from dossier.reading.narrowing import narrowed
from dossier.reading.room import Room, relit
from dossier.reading.sheet import Sheet, laid
from dossier.ref import Ref
from dossier.tui.commands import COMMANDS, MARKS, keys_words


class Desk(Protocol):
    """What the acts need of the screen."""

    room: Room
    alone: bool

    @property
    def app(self) -> App[None]: ...  # noqa: D102

    def change(self, room: Room, say: str = "") -> None: ...  # noqa: D102

    def lay(self, sheet: Sheet) -> None: ...  # noqa: D102

    def ask(self, purpose: str, sign: str, text: str) -> None: ...  # noqa: D102

    def hint(self) -> None: ...  # noqa: D102


def choose(desk: Desk, targets: Sequence[Ref]) -> None:
    """Go to the one target, or offer the several."""
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
    choose(desk, destinations(desk.room))


def _peek(desk: Desk) -> None:
    _offer(desk, "What is known", cards(desk.room), "nothing more is known of this")


def _findings(desk: Desk) -> None:
    """The list opens at the first finding of what the cursor is on, so that one can go through it and come back."""
    rows = findings(desk.room)
    if not rows:
        desk.change(desk.room, "the checker found nothing to object to")
        return
    here = desk.room.entry.ref if desk.room.entry else None
    at = next((number for number, row in enumerate(rows) if here in destinations_of(row)), 0)
    desk.lay(laid("go", f"Findings {len(rows)}", rows, at=at))


def _listed(desk: Desk, title: str, narrows: bool) -> None:
    entries = [
        Entry(
            Ref("", "about", command.id),
            (Part("label", keys_words(command)), Part("text", command.help), Part("title", command.title)),
            0,
            command.section,
        )
        for command in COMMANDS
    ]
    legend = [
        Entry(Ref("", "about", mark), (Part("label", mark), Part("text", told)), 0, "Marks") for mark, told in MARKS
    ]
    desk.lay(laid("run", title, [*entries, *([] if narrows else legend)], narrows))


def _leave(desk: Desk) -> None:
    room = desk.room
    if room.query:
        desk.change(replace(room, query=None, hits=Hits(), hit=None))
    elif desk.alone:
        desk.alone = False
        desk.change(room)
    elif room.focus in room.filters:
        kept = {name: query for name, query in room.filters.items() if name != room.focus}
        desk.change(relit(narrowed(room, kept, room.pins)))
    elif room.pins:
        desk.change(relit(narrowed(room, room.filters, room.pins[:-1])))


def _alone(desk: Desk) -> None:
    desk.alone = not desk.alone
    desk.change(desk.room)


def _edit(desk: Desk) -> None:
    room = desk.room
    entry = room.entry_of(room.meant[0]) if room.meant else None
    words = editor_command(room.article.path, entry.line if entry else 1)
    with desk.app.suspend():
        say = _ended(words)
    desk.change(room, say)


def _ended(words: Sequence[str]) -> str:
    """Run a program to its end, and say what went wrong. Nothing is raised: the screen would not be taken back."""
    try:
        status = subprocess.run(words, check=False).returncode
    except OSError as error:
        return f"{words[0]} does not start ({error.strerror}): set $EDITOR"
    return f"{words[0]} ended with status {status}" if status else ""


def _redraw(desk: Desk) -> None:
    desk.app.refresh(layout=True)


def _filter(desk: Desk) -> None:
    query = desk.room.filters.get(desk.room.focus)
    desk.ask("filter", "&", query.typed if query else "")


ACTS: Mapping[str, Callable[[Desk], None]] = {
    "follow": _follow,
    "peek": _peek,
    "hints": lambda desk: desk.hint(),
    "find": lambda desk: desk.ask("find", "/", ""),
    "filter": _filter,
    "alone": _alone,
    "findings": _findings,
    "help": lambda desk: _listed(desk, "Help", narrows=False),
    "commands": lambda desk: _listed(desk, "Command", narrows=True),
    "redraw": _redraw,
    "edit": _edit,
    "leave": _leave,
    "suspend": lambda desk: desk.app.action_suspend_process(),
    "quit": lambda desk: desk.app.exit(),
}
