"""A prompt: a line that takes effect at every key press. Leaving the prompt restores the state from before it.

The arrow keys recall earlier searches, the newest first. Tab completes the word before the caret of a search.
"""

import datetime

from dossier.core.dataclasses import dataclass, replace
from dossier.core.note_search import parse_find
from dossier.core.query import parse_terms
from dossier.library.growing_list import GrowingList
from dossier.ui.chrome import hit_number_words
from dossier.ui.counts import number_words, search_result_words, server_words
from dossier.ui.find_filter import filter_pane
from dossier.ui.highlight import is_wide
from dossier.ui.key_words import key_words
from dossier.ui.library_find import filter_library_pane, find_in_library, library_hit_words
from dossier.ui.library_scope import refresh_facets, refresh_lists, search_library
from dossier.ui.line_completion import Completion, complete_search, press_tab
from dossier.ui.line_edit import DELETING, MOST, LineEdit, draw_line_edit, edit_line, insert_text, types_text
from dossier.ui.navigation import find_text, history_entry
from dossier.ui.render.flow import Line
from dossier.ui.state import State

LEAVING = ("escape", "ctrl+c")
EDITOR_KEY = "ctrl+o"
"""The key that goes on with a note in $EDITOR."""


@dataclass(frozen=True)
class Prompt:
    """A prompt in the foot line.

    `purpose` is find, filter, search, name, command, pipe, note or export; `sign` is shown before the line; `origin` is
    the state from before. `offered` are the lines that the arrow keys recall, the newest last. `at` is how many of them
    the reader has gone back; it is 0 before the first. `completion` are the candidates listed above the line, if any
    are. `note_id` is the id of the note whose text is edited, "" for a new one. `is_selected` says that what is
    typed next replaces the whole line.
    """

    purpose: str
    sign: str
    line: LineEdit
    origin: State
    offered: tuple[str, ...] = ()
    at: int = 0
    completion: Completion | None = None
    note_id: str = ""
    is_selected: bool = False


def open_prompt(purpose: str, sign: str, text: str, origin: State, offered: tuple[str, ...] = ()) -> Prompt:
    """Return a prompt that opens with `text` and the caret behind it; a query that is in force is selected."""
    is_selected = bool(text) and purpose in ("search", "filter")
    return Prompt(purpose, sign, LineEdit(text, len(text)), origin, offered, is_selected=is_selected)


def closes_prompt(prompt: Prompt, key: str) -> bool:
    """Return whether the key closes the prompt as if nothing had been typed."""
    return key in LEAVING or (key in ("backspace", "ctrl+h") and not prompt.line.text)


def press_prompt_key(prompt: Prompt, key: str, character: str) -> Prompt:
    """Return the prompt after a key that does not close it."""
    if key in ("up", "down", "ctrl+p", "ctrl+n"):
        return recall_line(prompt, 1 if key in ("up", "ctrl+p") else -1)
    if key in ("tab", "shift+tab"):
        return _completed(prompt, 1 if key == "tab" else -1) if _takes_queries(prompt) else prompt
    return type_key(prompt, key, character)


def type_key(prompt: Prompt, key: str, character: str) -> Prompt:
    """Return the prompt after a key that edits its line or types a character; other keys change nothing."""
    deletes = key in DELETING and prompt.is_selected
    line = LineEdit() if deletes else edit_line(prompt.line, key)
    if line is None and types_text(character):
        line = insert_text(_kept_line(prompt), character)
    return replace(prompt, line=line, completion=None, is_selected=False) if line is not None else prompt


def _kept_line(prompt: Prompt) -> LineEdit:
    """Return the line that what is typed is added to: an empty one if the whole line is selected."""
    return LineEdit() if prompt.is_selected else prompt.line


def recall_line(prompt: Prompt, count: int) -> Prompt:
    """Return the prompt with the line before the one it shows recalled (`count` 1), or the one after it (-1)."""
    at = min(max(prompt.at + count, 0), len(prompt.offered))
    text = prompt.offered[-at] if at else ""
    if not prompt.offered:
        return prompt
    return replace(prompt, at=at, line=LineEdit(text, len(text)), completion=None, is_selected=False)


def paste_text(prompt: Prompt, text: str) -> Prompt:
    """Return the prompt with `text` inserted at the caret."""
    return replace(prompt, line=insert_text(_kept_line(prompt), text), completion=None, is_selected=False)


def resume_completion(prompt: Prompt) -> Prompt:
    """Return the prompt after the library has grown: candidates that were being looked up may be there now."""
    if prompt.completion is None or not prompt.completion.is_pending:
        return prompt
    return _completed(replace(prompt, completion=None), 1)


def _takes_queries(prompt: Prompt) -> bool:
    """Return whether the line is a query in the language of a library's search."""
    return prompt.purpose == "search" or (prompt.purpose in ("find", "filter") and is_wide(prompt.origin.pane))


def _completed(prompt: Prompt, count: int) -> Prompt:
    """Return the prompt after Tab (`count` 1) or Shift+Tab (-1)."""
    known, library = prompt.completion, prompt.origin.library
    if library is None:
        return prompt
    prompt = replace(prompt, is_selected=False)
    if known is None or known.is_pending or len(known.candidates) == 1:
        known = complete_search(prompt.line, library)
        if not known.word.typed and len(known.candidates) > 1:
            # With nothing typed yet, the first Tab only lists what there is.
            return replace(prompt, completion=known)
    line, known = press_tab(prompt.line, known, count)
    return replace(prompt, line=line, completion=known)


def apply_prompt(prompt: Prompt, state: State, today: datetime.date) -> State:
    """Return the prompt's `origin` with the typed line applied; `state` if the line has no effect yet."""
    match prompt.purpose:
        case "find" if is_wide(prompt.origin.pane):
            return find_in_library(prompt.origin, prompt.line.text, today)
        case "find":
            return find_text(prompt.origin, parse_find(prompt.line.text))
        case "filter" if is_wide(prompt.origin.pane):
            return filter_library_pane(prompt.origin, prompt.line.text, today)
        case "filter":
            return filter_pane(prompt.origin, parse_terms(prompt.line.text))
        case "search":
            library = prompt.origin.library
            return (
                search_library(prompt.origin, library.parse_search_with_names(prompt.line.text, today))
                if library
                else state
            )
    return state


def reapply_prompt(prompt: Prompt, state: State, today: datetime.date) -> State:
    """Return the state after the library has grown, while the prompt is open or just after.

    A find that had no hit may have its first one now.
    """
    if prompt.purpose != "find" or not is_wide(prompt.origin.pane):
        return state
    return replace(apply_prompt(prompt, state, today), history=state.history)


def refresh_origin(prompt: Prompt) -> Prompt:
    """Return the prompt after the library has grown, with the lists of its `origin` as they are now.

    A search keeps its `origin`, since it has requested other lists.
    """
    return (
        prompt if prompt.purpose == "search" else replace(prompt, origin=refresh_facets(refresh_lists(prompt.origin)))
    )


def leave_prompt(prompt: Prompt) -> State:
    """Return the state from before the prompt, with lists that were stopped in the meantime requested again."""
    return refresh_lists(prompt.origin)


def accept_prompt(prompt: Prompt, state: State) -> State:
    """Return the state after Enter: a search, or a find that moved the cursor, is a step of the history.

    A search that changes nothing is one where it has led from the article to the list.
    """
    moved = state.find.hit or (is_wide(state.pane) and state.pane.cursor != prompt.origin.pane.cursor)
    if (prompt.purpose == "find" and moved) or (
        prompt.purpose == "search"
        and (state.library_view.scope, state.focus) != (prompt.origin.library_view.scope, prompt.origin.focus)
    ):
        return replace(state, history=prompt.origin.history.visit(history_entry(prompt.origin)))
    return state


def misunderstood_spans(prompt: Prompt, state: State) -> tuple[tuple[int, int], ...]:
    """Return the spans of the line, in 0-based character offsets, that a search could not understand."""
    query = state.library_view.scope.query if prompt.purpose == "search" else None
    return tuple((one.start, one.end) for one in query.query_warnings) if query else ()


def prompt_line(prompt: Prompt, state: State, cells: int, shows_status: bool = True) -> Line:
    """Return the prompt as it is shown, with what was not understood marked, and the status at the right."""
    status = prompt_status(prompt, state) if shows_status else ""
    wrong = misunderstood_spans(prompt, state)
    return draw_line_edit(prompt.sign, prompt.line, status, cells, wrong, "selected" if prompt.is_selected else "")


def prompt_status(prompt: Prompt, state: State) -> str:
    """Return what the line has found so far: the number of the hit, of articles, or of rows that match.

    A line that takes no more says so: of a text that was pasted, only the beginning is in it.
    """
    if len(prompt.line.text) >= MOST:
        return f"full at {MOST:,} characters"
    match prompt.purpose:
        case "find":
            return library_hit_words(state) or hit_number_words(state)
        case "filter" if isinstance(state.pane.entries, GrowingList):
            return number_words(state.pane.entries)
        case "search":
            query = state.library_view.scope.query
            if query is None:
                return ""
            if why := server_words(state):
                return why
            # There is seldom room for both, and the list shows what is found.
            return query.query_warnings[0].message if query.query_warnings else search_result_words(state)
        case "filter":
            return f"{len(state.pane.entries):,} of {len(state.reading.entries.get(state.focus, ())):,}"
        case "note":
            return f"{key_words(EDITOR_KEY)} in $EDITOR"
    return ""
