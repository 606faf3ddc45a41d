"""What is typed into a line acts on the state at every key; what is searched for before is offered by the arrows."""

import datetime
from collections.abc import Iterator, Sequence

import pytest
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.library.library import Library
from dossier.library.scope import Scope
from dossier.ui.line_edit import LineEdit
from dossier.ui.prompt import Prompt, acted, asked, entered, leaves, left, pasted, pressed, told
from dossier.ui.state import State, focused

TODAY = datetime.date(2026, 11, 23)
BEFORE = ("arms", "ferry pact", "toll")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened:
        yield opened


def typing(prompt: Prompt, keys: Sequence[str]) -> Prompt:
    for key in keys:
        prompt = pressed(prompt, key, key if len(key) == 1 else "")
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
    assert typing(asked("find", "/", "quay ", ferry()), keys).line == line


def test_what_is_pasted_stands_at_the_caret_and_commands_nothing() -> None:
    prompt = pasted(typing(asked("find", "/", "ab", ferry()), ["left"]), "\x1bx")
    assert prompt.line == LineEdit("a␛xb", 3)


@pytest.mark.parametrize(
    ("keys", "text", "at"),
    [
        (["up"], "toll", 1),
        (["up", "up"], "ferry pact", 2),
        (["up"] * 9, "arms", 3),
        (["up", "up", "down"], "toll", 1),
        (["up", "down"], "", 0),
        (["down"], "", 0),
        (["up", "s"], "tolls", 1),
    ],
)
def test_what_was_typed_before_is_offered_the_newest_first(keys: Sequence[str], text: str, at: int) -> None:
    prompt = typing(asked("search", "s", "", ferry(), BEFORE), keys)
    assert (prompt.line.text, prompt.line.caret, prompt.at) == (text, len(text), at)


def test_where_nothing_is_offered_the_arrows_leave_the_line() -> None:
    assert typing(asked("search", "s", "quay", ferry()), ["up", "down"]).line == LineEdit("quay", 4)


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
    assert leaves(asked("find", "/", text, ferry()), key) is closes


def test_find_acts_on_the_state_as_it_was() -> None:
    origin = ferry()
    first = acted(asked("find", "/", "ferry", origin), origin, TODAY)
    second = acted(asked("find", "/", "toll", origin), first, TODAY)
    assert second.find.query
    assert second.find.query.typed == "toll"
    assert second.find.hit
    assert second == acted(asked("find", "/", "toll", origin), origin, TODAY)
    assert left(asked("find", "/", "toll", origin)) is origin


def test_a_filter_says_how_many_rows_are_left() -> None:
    origin = focused(ferry(), "quotes")
    prompt = asked("filter", "&", "toll", origin)
    state = acted(prompt, origin, TODAY)
    assert told(prompt, state) == "2 of 4"
    assert len(state.pane.entries) == 2


@pytest.mark.parametrize(
    ("purpose", "text", "goes_back"), [("find", "toll", True), ("find", "zeppelin", False), ("filter", "toll", False)]
)
def test_only_what_moved_the_cursor_is_a_step_of_the_history(purpose: str, text: str, goes_back: bool) -> None:
    prompt = asked(purpose, "/", text, focused(ferry(), "quotes"))
    state = entered(prompt, acted(prompt, prompt.origin, TODAY))
    assert bool(state.history.past) is goes_back


def test_a_search_acts_at_every_key_and_is_given_back(library: Library) -> None:
    origin = entrance_of(library)
    state: State = origin
    for text in ("t", "to", "tol", "toll"):
        prompt = asked("search", "s", text, origin)
        state = whole(acted(prompt, state, TODAY))
        assert state.library_view.scope.steps == (f"“{text}”",)
    assert told(prompt, state) == "6 articles · 29 hits"
    assert [step.scope for step in entered(prompt, state).history.past] == [Scope()]
    back = whole(left(prompt))
    assert back.library_view.scope == Scope()
    assert len(back.panes["library"].entries) == 11
    assert entered(asked("search", "s", "", origin), origin).history == origin.history


@pytest.mark.parametrize("purpose", ["search", "name"])
def test_without_a_library_there_is_nothing_to_search_or_name(purpose: str) -> None:
    state = ferry()
    prompt = replace(asked(purpose, "s", "toll", state), at=0)
    assert acted(prompt, state, TODAY) is state
    assert entered(prompt, state) is state


def test_a_name_says_nothing_of_what_is_found() -> None:
    assert told(asked("name", "name:", "x", ferry()), ferry()) == ""
