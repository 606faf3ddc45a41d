"""Jumps to a row of a list, or to a paragraph of the text, by its number as the reader types it.

A jump is a step of the history. A number that is too high leads to the last one, and a message says so.
"""

from dossier.core.dataclasses import replace
from dossier.library.growing_list import GrowingList
from dossier.text.messages import count_noun
from dossier.ui.actions import Result, jump_to
from dossier.ui.cursor_moves import move_to_row
from dossier.ui.navigation import history_entry
from dossier.ui.state import NO_ARTICLE, NO_ARTICLE_OPEN, State, move_cursor

_MOST_DIGITS = 12
"""More digits than this are the number of no row."""


def go_to_row(state: State, typed: str) -> Result:
    """Return the state with the cursor on a row of its list, counted from 1; in the text on a paragraph."""
    if state.focus == "article":
        return go_to_paragraph(state, typed)
    known = len(state.pane.entries)
    if not known:
        return Result(state, "no rows here")
    number = min(max(_number(typed), 1), known)
    there = move_cursor(state, lambda pane: move_to_row(pane, number))
    there = replace(there, history=state.history.visit(history_entry(state)))
    if number == _number(typed) or not _number(typed):
        return Result(there)
    is_whole = not isinstance(state.pane.entries, GrowingList) or state.pane.entries.is_done
    return Result(
        there, _last_words(known, "row") if is_whole else f"so far {count_noun(known, 'row')}: this is the last"
    )


def go_to_paragraph(state: State, typed: str) -> Result:
    """Return the state with the cursor on a paragraph of the open article, counted from 1."""
    paragraphs = [entry for entry in state.reading.entries["article"] if entry.paragraph_number]
    if not paragraphs:
        return Result(state, NO_ARTICLE_OPEN if state.reading.article is NO_ARTICLE else "no paragraphs here")
    number = min(max(_number(typed), 1), len(paragraphs))
    there = jump_to(state, paragraphs[number - 1].ref)
    is_beyond = _number(typed) > number and not there.message
    return there._replace(message=_last_words(number, "paragraph")) if is_beyond else there


def _last_words(count: int, noun: str) -> str:
    """Return the message that the cursor is on the last of so many."""
    return f"there is only 1 {noun}" if count == 1 else f"there are {count_noun(count, noun)}: this is the last"


def _number(typed: str) -> int:
    return int(typed[:_MOST_DIGITS])
