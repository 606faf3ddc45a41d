"""What is typed into a line acts on the state at every key; what is searched for before is offered by the arrows."""

from collections.abc import Sequence

import pytest
from libraries import TODAY, entrance_of, whole
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.library.library import Library
from dossier.library.scope import Scope
from dossier.ui.line_edit import LineEdit
from dossier.ui.prompt import (
    Prompt,
    accept_prompt,
    apply_prompt,
    closes_prompt,
    leave_prompt,
    open_prompt,
    paste_text,
    press_prompt_key,
    prompt_line,
    prompt_status,
)
from dossier.ui.render.flow import Piece
from dossier.ui.state import State, focus_pane

BEFORE = ("arms", "ferry pact", "toll")


def typing(prompt: Prompt, keys: Sequence[str]) -> Prompt:
    for key in keys:
        prompt = press_prompt_key(prompt, key, key if len(key) == 1 else "")
    return prompt


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("toll", LineEdit("quay toll", 9)),
        (["backspace", "backspace"], LineEdit("quay"[:3], 3)),
        (["home", "x"], LineEdit("xquay ", 1)),
        (["f5"], LineEdit("quay ", 5)),
        (["left", "left", "X"], LineEdit("quaX" + "y ", 4)),
    ],
)
def test_keys_edit_the_line(keys: Sequence[str], line: LineEdit) -> None:
    assert typing(open_prompt("find", "/", "quay ", ferry()), keys).line == line


def test_what_is_pasted_stands_at_the_caret_and_commands_nothing() -> None:
    prompt = paste_text(typing(open_prompt("find", "/", "ab", ferry()), ["left"]), "\x1bx")
    assert prompt.line == LineEdit("a␛xb", 3)


@pytest.mark.parametrize(
    ("keys", "text", "at"),
    [
        (["up"], "toll", 1),
        (["up", "up"], "ferry pact", 2),
        (["up"] * 9, "arms", 3),
        (["up", "up", "down"], "toll", 1),
        (["ctrl+p", "ctrl+p", "ctrl+n"], "toll", 1),
        (["up", "down"], "", 0),
        (["down"], "", 0),
        (["up", "s"], "tolls", 1),
    ],
)
def test_what_was_typed_before_is_offered_the_newest_first(keys: Sequence[str], text: str, at: int) -> None:
    prompt = typing(open_prompt("search", "s", "", ferry(), BEFORE), keys)
    assert (prompt.line.text, prompt.line.caret, prompt.at) == (text, len(text), at)


def test_where_nothing_is_offered_the_arrows_leave_the_line() -> None:
    assert typing(open_prompt("search", "s", "quay", ferry()), ["up", "down"]).line == LineEdit("quay", 4)


@pytest.mark.parametrize(
    ("text", "key", "closes"),
    [
        ("", "escape", True),
        ("quay", "escape", True),
        ("quay", "ctrl+c", True),
        ("", "backspace", True),
        ("", "ctrl+h", True),
        ("quay", "backspace", False),
        ("quay", "enter", False),
        ("", "q", False),
    ],
)
def test_keys_that_leave(text: str, key: str, closes: bool) -> None:
    assert closes_prompt(open_prompt("find", "/", text, ferry()), key) is closes


def test_find_acts_on_the_state_as_it_was() -> None:
    origin = ferry()
    first = apply_prompt(open_prompt("find", "/", "ferry", origin), origin, TODAY)
    second = apply_prompt(open_prompt("find", "/", "toll", origin), first, TODAY)
    assert second.find.query
    assert second.find.query.typed == "toll"
    assert second.find.hit
    assert second == apply_prompt(open_prompt("find", "/", "toll", origin), origin, TODAY)
    assert leave_prompt(open_prompt("find", "/", "toll", origin)) is origin


def test_a_filter_says_how_many_rows_are_left() -> None:
    origin = focus_pane(ferry(), "quotes")
    prompt = open_prompt("filter", "&", "toll", origin)
    state = apply_prompt(prompt, origin, TODAY)
    assert prompt_status(prompt, state) == "2 of 4"
    assert len(state.pane.entries) == 2


@pytest.mark.parametrize(
    ("purpose", "text", "goes_back"), [("find", "toll", True), ("find", "zeppelin", False), ("filter", "toll", False)]
)
def test_only_what_moved_the_cursor_is_a_step_of_the_history(purpose: str, text: str, goes_back: bool) -> None:
    prompt = open_prompt(purpose, "/", text, focus_pane(ferry(), "quotes"))
    state = accept_prompt(prompt, apply_prompt(prompt, prompt.origin, TODAY))
    assert bool(state.history.past) is goes_back


def test_a_search_acts_at_every_key_and_is_given_back(library: Library) -> None:
    origin = entrance_of(library)
    state: State = origin
    for text in ("t", "to", "tol", "toll"):
        prompt = open_prompt("search", "s", text, origin)
        state = whole(apply_prompt(prompt, state, TODAY))
        assert state.library_view.scope.steps == (f"“{text}”",)
    assert prompt_status(prompt, state) == "6 articles · 29 hits"
    assert [step.scope for step in accept_prompt(prompt, state).history.past] == [Scope()]
    back = whole(leave_prompt(prompt))
    assert back.library_view.scope == Scope()
    assert len(back.panes["library"].entries) == 11
    assert accept_prompt(open_prompt("search", "s", "", origin), origin).history == origin.history


@pytest.mark.parametrize("purpose", ["search", "name"])
def test_without_a_library_there_is_nothing_to_search_or_name(purpose: str) -> None:
    state = ferry()
    prompt = replace(open_prompt(purpose, "s", "toll", state), at=0)
    assert apply_prompt(prompt, state, TODAY) is state
    assert accept_prompt(prompt, state) is state


def test_a_name_says_nothing_of_what_is_found() -> None:
    assert prompt_status(open_prompt("name", "name:", "x", ferry()), ferry()) == ""


@pytest.mark.parametrize("purpose", ["find", "note", "pipe", "command"])
def test_a_line_that_takes_no_more_says_so(purpose: str) -> None:
    prompt = paste_text(open_prompt(purpose, "x", "", ferry()), "y" * 999)
    assert "full" not in prompt_status(prompt, ferry())
    assert prompt_status(paste_text(prompt, "zz"), ferry()) == "full at 1,000 characters"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["h"], "h"),
        (["backspace"], ""),
        (["ctrl+w"], ""),
        (["end", "s"], "tolls"),
        (["left", "x"], "tolxl"),
        (["home", "x"], "xtoll"),
        (["h", "backspace"], ""),
        (["f1", "h"], "h"),
    ],
)
@pytest.mark.parametrize("purpose", ["search", "filter"])
def test_the_words_in_force_are_replaced_by_what_is_typed_unless_a_key_keeps_them(
    purpose: str, keys: list[str], text: str
) -> None:
    """What was typed was added to them, and “toll” and “harbour” became “tollharbour”."""
    assert typing(open_prompt(purpose, "s", "toll", ferry()), keys).line.text == text


def test_a_text_that_is_pasted_replaces_the_words_in_force_and_a_note_keeps_its_own() -> None:
    assert paste_text(open_prompt("search", "s", "toll", ferry()), "quay").line == LineEdit("quay", 4)
    assert paste_text(open_prompt("note", "note:", "toll", ferry()), "quay").line == LineEdit("tollquay", 8)


def test_the_words_in_force_are_shown_as_selected_until_a_key_keeps_them() -> None:
    prompt = open_prompt("filter", "&", "toll", ferry())
    assert Piece("toll", "selected") in prompt_line(prompt, ferry(), 60)
    assert Piece("toll") in prompt_line(typing(prompt, ["end"]), ferry(), 60)
