"""Screens where ambiguous characters take two cells: every line is as wide as the screen, and every letter in place."""

from collections.abc import Iterator
from unicodedata import east_asian_width

import emulator
import pytest
from emulator import MendedPyte, expected
from libraries import PORT_ARLEN, entrance_of, library_at
from rooms import DATA, made, plain, stored
from wcwidth import wcwidth

from dossier.config.theme import TERMINAL_THEME, resolve_style
from dossier.core.comparison import compare_articles
from dossier.core.query import parse_terms
from dossier.core.views.comparison_rows import make_comparison_rows, name_sides
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, make_frame
from dossier.text.ambiguous_width import spell_ellipsis, use_ambiguous_width
from dossier.ui.actions import ACTIONS
from dossier.ui.commands import BY_ID
from dossier.ui.comparison_mark import ComparisonMark
from dossier.ui.comparison_sheet import ComparisonSheet, fit_comparison
from dossier.ui.find_filter import toggle_pin
from dossier.ui.help_popup import open_help
from dossier.ui.hints import find_hints
from dossier.ui.layout import Screen, fit_panes, lay_out, shown_panes
from dossier.ui.navigation import find_text
from dossier.ui.popup import fit_popup, open_popup
from dossier.ui.popup_lists import card_rows, problem_rows
from dossier.ui.prompt import open_prompt
from dossier.ui.render.ascii import to_ascii_line
from dossier.ui.render.entry_style import PLAIN_LOOK
from dossier.ui.render.flow import Line, measure_line
from dossier.ui.render.narrow_signs import to_narrow_line
from dossier.ui.state import State, focus_pane, open_article_state
from dossier.ui.view import ScreenRenderer, View

SIZES = [(40, 12), (80, 24), (100, 30), (160, 45)]
KEYS = (("j/k", "line"), ("⏎", "follow"), ("←→", "…"), ("?", "help"))
ABLE = Capabilities(colours=256)
CJK = """
headline: 부산항 “여객선” 협정 — 하루 두 편 ‘매일’ 運航 …
outlet: 항구 日報 · 夕刊
section: [정치, 外交]
published: 2023-04-12
body:
  - "“우리는 매일 운항할 것입니다”라고 한서진 장관이 말했다 — 요금은 ± 10 % ‘그대로’이며, • 첫째 ● 둘째 ■ 셋째 ①."
  - "… Привет ¶ § → ≈."
  - "東京―「日本」は「“会議”」を開いた…… α β γ 20℃ × 3 №5 ─── │ │ ▁▃▅█."
  - Okafor said “no new toll” — twice… ‘never’ · again.
people:
  han: {name: 한서진, role: "장관 — “항만” 담당"}
  okafor: {name: Lena Okafor}
quotes:
  - {id: q1, speaker: han, cue: 말했다, text: 우리는 매일 운항할 것입니다}
  - {id: q2, speaker: okafor, cue: said, text: no new toll}
timeline:
  - {id: e1, date: 2023-04-11, what: "협정 — “서명”", status: planned, people: [han], at: p1}
  - {id: e2, date: 2023-05~, what: Toll …, people: [okafor], at: p3}
"""


@pytest.fixture(params=[1, 2])
def mode(request: pytest.FixtureRequest) -> Iterator[int]:
    """Let ambiguous characters take one cell, and then two."""
    use_ambiguous_width(request.param)
    yield request.param
    use_ambiguous_width(1)


@pytest.fixture
def wide() -> Iterator[None]:
    use_ambiguous_width(2)
    yield
    use_ambiguous_width(1)


@pytest.fixture
def spelt() -> Iterator[None]:
    spell_ellipsis(True)
    yield
    spell_ellipsis(False)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, State]]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("wide")) as library:
        yield {
            "bundled": open_article_state(stored(DATA / "nato-seoul-2023.yaml"), ()),
            "Port Arlen": entrance_of(library),
            "CJK": open_article_state(made(CJK), ()),
        }


def walk(state: State, screen: Screen) -> Iterator[tuple[State, View]]:
    """Yield states with what is open over them: each pane, hits, hints, popups, prompts, a comparison."""
    state = fit_panes(state, screen)
    view = View(screen, KEYS, lessons=("“j” goes on …", "— and back"))
    yield state, view
    for name in state.panes:
        there = fit_panes(focus_pane(state, name), screen)
        yield there, view
        for step in ("line-down", "line-down", "link-next", "half-page-down"):
            there = fit_panes(ACTIONS[step](there).state, screen)
            yield there, view
        yield fit_panes(toggle_pin(there), screen), view
        yield there, View(screen, KEYS, hints=find_hints(there, shown_panes(there, screen)), message="“a” — …")
    found = fit_panes(find_text(state, parse_terms("a")), screen)
    yield found, View(screen, KEYS, prompt=open_prompt("find", "/", "“a” — …", found), pending="12…")
    yield found, View(screen, KEYS, message="said “so” — and more … " * 9)
    for popup in (open_popup("go", "Details — “of” …", card_rows(state)), open_help(BY_ID)):
        yield state, View(screen, KEYS, popup=fit_popup(popup, screen.cells, screen.rows))
    if rows := problem_rows(state):
        yield state, View(screen, KEYS, popup=fit_popup(open_popup("go", "…", rows), screen.cells, screen.rows))


def compared(screen: Screen) -> tuple[Line, ...]:
    one, other = made(CJK, "one"), made(CJK.replace("매일", "每日").replace("—", "–").replace("toll”", "fee”"), "two")
    comparison = compare_articles(one, other)
    marks = ComparisonMark(one.ref, "“one” —"), ComparisonMark(other.ref, "two …")
    sheet = ComparisonSheet(name_sides(comparison), marks, make_comparison_rows(comparison))
    return fit_comparison(sheet, screen.cells, screen.rows, screen.linear).lines("")


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ["bundled", "Port Arlen", "CJK"])
def test_every_line_measures_the_cells_of_the_screen(
    name: str, size: tuple[int, int], mode: int, opened: dict[str, State]
) -> None:
    screen = Screen(*size)
    for state, view in walk(opened[name], screen):
        lines = ScreenRenderer().lines(state, view)
        for finish in (to_narrow_line, to_ascii_line):
            assert [measure_line(finish(line)) for line in lines] == [size[0]] * size[1]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ["bundled", "Port Arlen", "CJK"])
def test_an_ellipsis_in_ascii_is_three_full_stops(
    name: str, size: tuple[int, int], mode: int, spelt: None, opened: dict[str, State]
) -> None:
    cut_off = 0
    for state, view in walk(opened[name], Screen(*size)):
        lines = ScreenRenderer().lines(state, view)
        shown = list(map(to_ascii_line, lines))
        assert [measure_line(line) for line in shown] == [size[0]] * size[1]
        for line, ascii_line in zip(lines, shown, strict=True):
            wanted, told = plain(line).replace("…", "..."), plain(ascii_line)
            assert told.count("...") == wanted.count("...")
            cut_off += "…" in plain(line)
    assert cut_off


@pytest.mark.parametrize("cells", [40, 60, 100])
def test_a_date_that_ends_in_an_ellipsis_is_whole_in_ascii(cells: int, spelt: None) -> None:
    article = made("headline: H\nbody: b\ntimeline:\n  - 2022-12-29/2023-01-02T10:05: Ferry halted\n")
    state = focus_pane(open_article_state(article, ()), "timeline")
    drawn = fit_panes(state, Screen(cells, 24)).panes["timeline"].lines(lambda row: PLAIN_LOOK)
    assert "29 Dec 2022... " in plain(to_ascii_line(drawn[0]))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_comparison_measures_the_cells_of_the_screen(size: tuple[int, int], mode: int) -> None:
    lines = compared(Screen(*size))
    assert [measure_line(to_narrow_line(line)) for line in lines] == [size[0]] * size[1]
    assert any("│" in piece.text for line in lines for piece in line) == (size[0] >= 80)


@pytest.mark.parametrize("size", [(100, 30), (160, 45)], ids=str)
@pytest.mark.parametrize("name", ["bundled", "Port Arlen", "CJK"])
def test_borders_stand_in_one_column(name: str, size: tuple[int, int], mode: int, opened: dict[str, State]) -> None:
    screen = Screen(*size)
    for state, view in walk(opened[name], screen):
        if view.popup or view.message or view.prompt:
            continue
        frame = painted(state, view)
        for place in lay_out(state, screen).places.values():
            for row in frame.rows[place.row + 1 : place.row + place.rows - 1]:
                assert {row[place.column][0], row[place.column + place.cells - 1][0]} == {"│" if mode == 1 else "|"}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ["bundled", "Port Arlen", "CJK"])
def test_a_terminal_with_wide_ambiguous_characters_shows_what_was_meant(
    name: str, size: tuple[int, int], wide: None, opened: dict[str, State], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After differences as after a redraw."""
    monkeypatch.setattr(emulator, "wcwidth", terminal_width)
    terminal, before = MendedPyte(*size), None
    for state, view in walk(opened[name], Screen(*size)):
        frame = painted(state, view)
        terminal.take(encode_difference(before, frame, ABLE))
        assert terminal.cells() == expected(frame)
        before = frame
    assert before
    anew = MendedPyte(*size)
    anew.take(encode_difference(None, before, ABLE))
    assert anew.cells() == terminal.cells()


def painted(state: State, view: View) -> Frame:
    lines = map(to_narrow_line, ScreenRenderer().lines(state, view))
    styled = ([(one.text, resolve_style(TERMINAL_THEME, one.style)) for one in line] for line in lines)
    return make_frame(styled, view.screen.cells, view.screen.rows)


def terminal_width(char: str) -> int:
    """Return how many cells `xterm -cjk_width` gives to a character."""
    return 2 if east_asian_width(char) == "A" and wcwidth(char) == 1 else wcwidth(char)
