"""A prompt: a line that is typed and acted on at every key. Leaving it restores the state from before.

The arrow keys recall earlier searches, the newest first.
"""

import datetime

from dossier.core.dataclasses import dataclass, replace
from dossier.core.query import parse
from dossier.library.growing_list import GrowingList
from dossier.ui.chrome import found_words
from dossier.ui.counts import found_words as searched_words
from dossier.ui.counts import number_words
from dossier.ui.find_filter import filtered
from dossier.ui.highlight import wide
from dossier.ui.library_find import filtered_afar, found_words_afar, searched_afar
from dossier.ui.library_scope import renewed, sought, tallied
from dossier.ui.line_edit import LineEdit, edited, line_of, typed
from dossier.ui.navigation import searched, step
from dossier.ui.render.flow import Line
from dossier.ui.state import State

LEAVING = ("escape", "ctrl+c")


@dataclass(frozen=True)
class Prompt:
    """A prompt in the foot line.

    `purpose` is find, filter, search or name; `sign` is shown before the line; `origin` is the state from before.
    `offered` are the lines that the arrow keys recall, the newest last, and `at` how many of them were gone back; 0 is
    the line that was typed.
    """

    purpose: str
    sign: str
    line: LineEdit
    origin: State
    offered: tuple[str, ...] = ()
    at: int = 0


def asked(purpose: str, sign: str, text: str, origin: State, offered: tuple[str, ...] = ()) -> Prompt:
    """Return a prompt that opens with `text` and the caret behind it."""
    return Prompt(purpose, sign, LineEdit(text, len(text)), origin, offered)


def leaves(prompt: Prompt, key: str) -> bool:
    """Return whether the key closes the prompt as if nothing had been typed."""
    return key in LEAVING or (key in ("backspace", "ctrl+h") and not prompt.line.text)


def pressed(prompt: Prompt, key: str, character: str) -> Prompt:
    """Return the prompt after a key that does not close it."""
    if key in ("up", "down"):
        return _recalled(prompt, 1 if key == "up" else -1)
    line = edited(prompt.line, key)
    if line is None and character and character.isprintable():
        line = typed(prompt.line, character)
    return replace(prompt, line=line) if line else prompt


def pasted(prompt: Prompt, text: str) -> Prompt:
    """Return the prompt after text was pasted."""
    return replace(prompt, line=typed(prompt.line, text))


def acted(prompt: Prompt, state: State, today: datetime.date) -> State:
    """Return `origin` of the prompt with the typed line acted on; `state` where the line does nothing yet."""
    match prompt.purpose:
        case "find" if wide(prompt.origin.pane):
            return searched_afar(prompt.origin, prompt.line.text, today)
        case "find":
            return searched(prompt.origin, parse(prompt.line.text))
        case "filter" if wide(prompt.origin.pane):
            return filtered_afar(prompt.origin, prompt.line.text, today)
        case "filter":
            return filtered(prompt.origin, parse(prompt.line.text))
        case "search":
            library = prompt.origin.library
            return sought(prompt.origin, library.understood(prompt.line.text, today)) if library else state
    return state


def grown(prompt: Prompt, state: State, today: datetime.date) -> State:
    """Return the state after the library has grown, while a line is typed or just after.

    A find that had no hit may have its first one now.
    """
    if prompt.purpose != "find" or not wide(prompt.origin.pane):
        return state
    return replace(acted(prompt, state, today), history=state.history)


def refreshed(prompt: Prompt) -> Prompt:
    """Return the prompt after the library has grown, with the lists of its `origin` as they are now.

    A search keeps its `origin`, since it has asked for other lists.
    """
    return prompt if prompt.purpose == "search" else replace(prompt, origin=tallied(renewed(prompt.origin)))


def left(prompt: Prompt) -> State:
    """Return the state from before the prompt; lists that were stopped meanwhile are asked for again."""
    return renewed(prompt.origin)


def entered(prompt: Prompt, state: State) -> State:
    """Return the state after Enter: a search, or a find that moved the cursor, is a step of the history."""
    moved = state.find.hit or (wide(state.pane) and state.pane.cursor != prompt.origin.pane.cursor)
    if (prompt.purpose == "find" and moved) or (
        prompt.purpose == "search" and state.library_view.scope != prompt.origin.library_view.scope
    ):
        return replace(state, history=prompt.origin.history.visit(step(prompt.origin)))
    return state


def wrong(prompt: Prompt, state: State) -> tuple[tuple[int, int], ...]:
    """Return the spans of the line, in 0-based character offsets, that a search could not understand."""
    query = state.library_view.scope.query if prompt.purpose == "search" else None
    return tuple((one.start, one.end) for one in query.complaints) if query else ()


def prompt_line(prompt: Prompt, state: State, cells: int) -> Line:
    """Return the line as it is shown: what could not be understood is marked, what was found stands at the right."""
    return line_of(prompt.sign, prompt.line, told(prompt, state), cells, wrong(prompt, state))


def told(prompt: Prompt, state: State) -> str:
    """Return what the line has found so far: which hit of how many, how many articles, how many rows are left."""
    match prompt.purpose:
        case "find":
            return found_words_afar(state) or found_words(state)
        case "filter" if isinstance(state.pane.entries, GrowingList):
            return number_words(state.pane.entries)
        case "search":
            query = state.library_view.scope.query
            return " · ".join([*(one.message for one in query.complaints[:1]), searched_words(state)]) if query else ""
        case "filter":
            return f"{len(state.pane.entries):,} of {len(state.reading.entries.get(state.focus, ())):,}"
    return ""


def _recalled(prompt: Prompt, count: int) -> Prompt:
    at = min(max(prompt.at + count, 0), len(prompt.offered))
    text = prompt.offered[-at] if at else ""
    return replace(prompt, at=at, line=LineEdit(text, len(text))) if prompt.offered else prompt
