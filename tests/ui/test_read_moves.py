"""Tests of what is said of a move within the line, and of the links to choose from."""

import pytest
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.ui.actions import ACTIONS
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.read_moves import find_spoken_hints, hint_words, moved_words
from dossier.ui.selecting import start_selection
from dossier.ui.state import State

SCREEN = Screen(80, 24, linear=True)


def after(state: State, *names: str) -> State:
    for name in names:
        state = fit_panes(ACTIONS[name](state).state, SCREEN)
    return state


STATE = fit_panes(ferry(), SCREEN)


def linked_line() -> State:
    """Return the state with the cursor on the first line that has two links, before the first of them."""
    state = STATE
    while len(find_spoken_hints(state)) < 2:
        state = after(state, "line-down")
    return state


def test_the_words_of_the_link_are_said() -> None:
    before = linked_line()
    first, second = find_spoken_hints(before)[:2]
    chosen = after(before, "link-next")
    then = after(chosen, "link-next")
    assert (chosen.pane.link_number, then.pane.link_number) == (first.anchor, second.anchor)
    entry = before.entry
    assert entry is not None
    assert moved_words(before, chosen) == entry.text[slice(*entry.anchors[first.anchor][:2])]
    assert moved_words(chosen, then) == entry.text[slice(*entry.anchors[second.anchor][:2])]
    assert moved_words(then, chosen) == moved_words(before, chosen)


@pytest.mark.parametrize("name", ["line-down", "pane-quotes", "end", "pane-timeline"])
def test_of_a_move_to_another_line_nothing_else_is_said(name: str) -> None:
    before = after(linked_line(), "link-next")
    assert moved_words(before, after(before, name)) == ""


def test_what_is_selected_is_said() -> None:
    before = after(linked_line(), "link-next")
    selecting = start_selection(before).state
    assert selecting.selection is not None
    said = moved_words(before, selecting)
    assert said == f"selecting: {moved_words(linked_line(), before)}"
    assert moved_words(selecting, replace(selecting, selection=None)) == "nothing selected"
    assert moved_words(selecting, selecting) == ""


def test_hints_are_for_the_line_at_the_cursor_alone() -> None:
    state = linked_line()
    hints = find_spoken_hints(state)
    assert {(hint.pane, hint.row) for hint in hints} == {("article", state.pane.cursor.row)}
    words = hint_words(state, hints)
    assert words.startswith(f"{hints[0].label}: ")
    assert words.endswith(" · Esc cancels")
    assert words.count(": ") == len(hints)


def test_in_a_list_hints_are_for_all_lines_of_the_entry() -> None:
    state = after(STATE, "pane-quotes")
    assert state.entry is not None
    numbers = sorted(hint.anchor for hint in find_spoken_hints(state))
    assert numbers == list(range(len(state.entry.anchors)))


def test_a_line_without_links_says_so() -> None:
    state = STATE
    assert find_spoken_hints(state) == ()
    assert hint_words(state, ()) == "no links here"
