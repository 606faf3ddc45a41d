"""The screen as lines: always of its size, never stale where parts of it are kept, the eye on its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import ferry, plain

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.text.width import width
from dossier.ui.actions import ACTIONS
from dossier.ui.hints import find_hints
from dossier.ui.layout import Screen, fit_panes, lay_out
from dossier.ui.navigation import find_text
from dossier.ui.overlays import draw_popup, popup_place
from dossier.ui.pane_lines import entry_look
from dossier.ui.popup import Popup, fit_popup, open_popup
from dossier.ui.popup_lists import card_rows
from dossier.ui.prompt import open_prompt
from dossier.ui.render.draw import draw_entry, measure_heights
from dossier.ui.render.flow import Line, measure_line
from dossier.ui.state import State
from dossier.ui.view import ScreenRenderer, View, cursor_cell, said_lines

STATE = ferry()
SIZES = [Screen(80, 24), Screen(160, 45), Screen(80, 24, linear=True), Screen(120, 30, alone=True), Screen(40, 12)]
MOVE_NAMES = sorted(ACTIONS)
KEYS = (("j/k", "line"), ("?", "help"))


def moved(state: State, *names: str) -> State:
    for name in names:
        state = ACTIONS[name](state).state
    return state


def shown(state: State, screen: Screen, **view: object) -> tuple[tuple[Line, ...], View]:
    made = replace(View(screen, KEYS), **view)  # type: ignore[arg-type]
    return ScreenRenderer().lines(fit_panes(state, screen), made), made


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 170), st.integers(1, 50), st.booleans(), st.booleans(), st.lists(st.sampled_from(MOVE_NAMES)))
def test_every_line_is_as_wide_as_the_screen(
    cells: int, rows: int, alone: bool, linear: bool, names: list[str]
) -> None:
    screen = Screen(cells, rows, alone, linear)
    state = fit_panes(moved(STATE, *names), screen)
    popup = fit_popup(open_popup("go", "Details", card_rows(state)), cells, rows)
    for view in (
        View(screen, KEYS),
        View(screen, KEYS, popup=popup),
        View(screen, prompt=open_prompt("find", "/", "a", state)),
    ):
        lines = ScreenRenderer().lines(state, view)
        assert [measure_line(line) for line in lines] == [cells] * rows
        row, column = cursor_cell(state, view, lines)
        assert 0 <= row < rows
        assert 0 <= column < cells


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SIZES), st.lists(st.sampled_from(MOVE_NAMES), min_size=1, max_size=12))
def test_what_is_kept_of_the_last_picture_is_never_stale(screen: Screen, names: list[str]) -> None:
    kept, state = ScreenRenderer(), find_text(STATE, parse_terms("a"))
    for name in names:
        state = fit_panes(moved(state, name), screen)
        letters = find_hints(state, tuple(lay_out(state, screen).places)) if name == "link-next" else ()
        view = View(screen, KEYS, hints=letters)
        assert kept.lines(state, view) == ScreenRenderer().lines(state, view)


@pytest.mark.parametrize("screen", SIZES)
def test_the_eye_is_on_the_words_of_the_line_with_the_cursor(screen: Screen) -> None:
    for names in (["line-down"] * 3, ["pane-people"], ["pane-quotes", "line-down", "line-down"]):
        state = fit_panes(moved(STATE, *names), screen)
        lines, view = shown(state, screen)
        row, column = cursor_cell(state, view, lines)
        place = lay_out(state, screen).places[state.focus].inner
        assert row == place.row + state.pane.offset
        words = plain(lines[row])[column:]
        assert words[:1].strip(), words


@pytest.mark.parametrize("screen", SIZES)
def test_the_eye_is_on_the_link_that_is_chosen(screen: Screen) -> None:
    state = fit_panes(moved(STATE, "line-down", "line-down", "link-next", "link-next"), screen)
    lines, view = shown(state, screen)
    row, column = cursor_cell(state, view, lines)
    chosen = next(piece for piece in lines[row] if "chosen" in piece.style.split())
    before = plain(lines[row])[: plain(lines[row]).index(chosen.text)]
    assert column == width(before)


def test_the_eye_is_on_what_is_typed() -> None:
    screen = Screen(80, 24, linear=True)
    lines, view = shown(STATE, screen, prompt=open_prompt("find", "/", "pact", STATE))
    assert cursor_cell(STATE, view, lines) == (23, 3 + len("pact"))


@pytest.mark.parametrize("name", ["pane-article", "pane-people", "pane-quotes", "pane-timeline"])
def test_read_line_by_line_there_is_one_pane_and_no_frame(name: str) -> None:
    lines, _ = shown(moved(STATE, name), Screen(120, 30, linear=True))
    text = "\n".join(map(plain, lines))
    assert not set(text) & set("│╭╮╰╯─▌")
    assert plain(lines[0]).split()[0] == {"pane-article": "1", "pane-people": "2"}.get(name, plain(lines[0]).split()[0])


def test_a_popup_leaves_the_line_with_the_cursor_in_sight() -> None:
    screen = Screen(160, 45)
    for names in ([], ["page-down"], ["end"]):
        state = fit_panes(moved(STATE, *names), screen)
        popup = fit_popup(open_popup("go", "Details", card_rows(state)), screen.cells, screen.rows)
        lines, _ = shown(state, screen, popup=popup)
        place = lay_out(state, screen).places["article"].inner
        assert plain(lines[place.row + state.pane.offset])[place.column] == "▌"
        assert any("Details" in plain(line) for line in lines)


@pytest.mark.parametrize(("say", "last"), [("", ""), ("copied", "copied")])
def test_read_line_by_line_a_popup_has_no_keys_in_the_foot(say: str, last: str) -> None:
    screen = Screen(40, 4, linear=True)
    state = fit_panes(moved(STATE, "pane-people"), screen)
    popup = fit_popup(open_popup("go", "Details", card_rows(state)), 40, 4, around=2)
    lines, _ = shown(state, screen, popup=popup, message=say)
    assert plain(lines[0]).strip() == "Details"
    assert plain(lines[3]).strip() == last
    assert plain(lines[1]).strip()
    assert plain(lines[2]).strip()


@pytest.mark.parametrize("popup", [None, open_popup("go", "Details", card_rows(STATE))])
@pytest.mark.parametrize("screen", SIZES)
def test_a_long_message_can_be_read_to_its_end(screen: Screen, popup: Popup | None) -> None:
    said = "cannot write saved.jsonl; your changes last only until you quit: there is no space left on the device"
    popup = popup and fit_popup(popup, screen.cells, screen.rows)
    lines, _ = shown(STATE, screen, message=said, popup=popup)
    text = " ".join("".join(piece.text for piece in line if piece.style == "said-now") for line in lines)
    assert " ".join(text.split()) == said
    assert [measure_line(line) for line in lines] == [screen.cells] * screen.rows


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("screen", SIZES)
def test_a_long_message_covers_no_row_of_a_popup(screen: Screen, rows: int) -> None:
    """At 80x24 it covered the foot of the popup, where its keys are."""
    state, said = (
        fit_panes(STATE, screen),
        "cannot write saved.jsonl; your changes last only until you quit: no space " * 3,
    )
    above = len(said_lines(state, View(screen, message=said))[0])
    assert above
    entries = [state.panes["quotes"].entries[0]] * rows
    popup = fit_popup(
        open_popup("go", "Details", entries), screen.cells, screen.rows, (2 if screen.linear else 4) + above
    )
    lines, view = shown(state, screen, message=said, popup=popup)
    place = popup_place(popup, state, screen, above)
    assert place.row + place.rows <= screen.rows - 1 - above
    for number, line in enumerate(() if screen.linear else draw_popup(popup, place), place.row):
        assert plain(line).rstrip() in plain(lines[number])
    assert {piece.style for line in lines[-1 - above : -1] for piece in line if piece.text.strip()} == {"said-now"}
    row, _ = cursor_cell(state, view, lines)
    assert place.row < row < place.row + place.rows


@pytest.mark.parametrize("name", ["article", "quotes", "people"])
def test_an_entry_without_the_cursor_is_drawn_once_to_be_measured_and_painted(name: str) -> None:
    pane = STATE.panes[name]
    row = len(pane.entries) - 1
    draw_entry.cache_clear()  # type: ignore[attr-defined]
    measure_heights.cache_clear()  # type: ignore[attr-defined]
    pane.row_height(row)
    pane.draw_row(row, entry_look(STATE, pane, row, frozenset(), {}))
    assert draw_entry.cache_info().misses == 1  # type: ignore[attr-defined]
