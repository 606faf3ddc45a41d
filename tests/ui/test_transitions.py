from rooms import ferry

from dossier.ui.actions import ACTIONS
from dossier.ui.state import State
from dossier.ui.view import states_between
from dossier.ui.viewport import lines_between


def after(state: State, *names: str) -> State:
    for name in names:
        state = ACTIONS[name](state).state
    return state


def tops(states: tuple[State, ...], start: State) -> list[int]:
    return [lines_between(start.pane.top, state.pane.top, state.pane.row_height, 99) for state in states]


def test_a_page_is_passed_in_parts_each_further_than_the_last() -> None:
    state = ferry()
    there = after(state, "page-down")
    passed = tops(states_between(state, there), state)
    (whole,) = tops((there,), state)
    assert passed == [whole // 4, whole * 2 // 4, whole * 3 // 4]
    assert tops(states_between(there, state), there) == sorted(tops(states_between(there, state), there), reverse=True)
    assert [one.pane.cursor for one in states_between(state, there)] == [there.pane.cursor] * 3


def test_nothing_glides_when_little_moved_or_another_pane_has_the_cursor() -> None:
    state = ferry()
    assert states_between(state, after(state, "line-down")) == ()
    assert states_between(state, state) == ()
    assert states_between(state, after(state, "pane-quotes")) == ()
