import pytest
from rooms import FILES, ferry, plain, ref, sized, stored

from dossier.core.dataclasses import replace
from dossier.core.problem import Problem
from dossier.core.query import parse
from dossier.core.views.panes import PANES
from dossier.text.width import width
from dossier.ui.chrome import empty, foot_line, found_words, head, tabs, title
from dossier.ui.find_filter import filtered, pinned
from dossier.ui.navigation import rested, searched
from dossier.ui.render.flow import line_width
from dossier.ui.state import State, focused, opened

STATE = ferry()
ERROR = Problem("a.yaml", 1, 1, "not-verbatim", "words")
WARNING = Problem("a.yaml", 1, 1, "no-outlet", "words")
KEYS = (("j/k", "line"), ("Enter", "follow"), ("/", "find"), ("?", "help"))


def at(address: str, state: State = STATE) -> State:
    return rested(state, ref(address))


SOUGHT = searched(STATE, parse("toll"))


def with_problems(problems: tuple[Problem, ...]) -> State:
    return replace(STATE, reading=STATE.reading._replace(problems=problems))


STATES = {
    "plain": STATE,
    "sought": SOUGHT,
    "filtered": filtered(focused(STATE, "people"), parse("reyes")),
    "pinned": pinned(at("person/okafor", pinned(at("event/signed")))),
    "faulty": with_problems((ERROR, WARNING)),
    **{path.stem: opened(stored(path), ()) for path in FILES[:2]},
}


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wider_than_the_screen(name: str) -> None:
    state = STATES[name]
    for cells in range(1, 201):
        for line in (
            head(state, cells),
            tabs(state, cells),
            foot_line(state, "", KEYS, cells),
            foot_line(state, "a word", KEYS, cells),
        ):
            assert line_width(line) <= cells
            assert "\n" not in plain(line)
        assert all(width(title(state, pane, cells)) <= cells for pane in PANES)


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (110, " Ferry pact signed            Harbour Herald · 12 April 2023 · National › Transport"),
        (60, " Ferry pact signed              Harbour Herald · 12 April 2023"),
        (20, " Ferry pact signed"),
        (10, " Ferry …"),
    ],
)
def test_the_head_has_what_there_is_room_for(cells: int, line: str) -> None:
    found = plain(head(STATE, cells))
    assert found.split() == line.split()
    assert len(found) <= cells


def test_the_head_names_what_is_pinned() -> None:
    state = pinned(at("person/okafor", pinned(at("para/p2"))))
    assert "▸ ¶2 ▸ Lena Okafor" in plain(head(state, 120))


@pytest.mark.parametrize(
    ("state", "pane", "words"),
    [
        ("plain", "article", "1 Article"),
        ("plain", "people", "2 People 4 · Organisations 1 · Places 1 · Unnamed sources 1"),
        ("plain", "quotes", "3 Quotes 4"),
        ("plain", "timeline", "4 Timeline 5"),
        ("sought", "article", "1 Article · 3 hits"),
        ("sought", "quotes", "3 Quotes 4 · 2 hits"),
        ("sought", "timeline", "4 Timeline 5 · 1 hit"),
        ("sought", "people", "2 People 4 · Organisations 1 · Places 1 · Unnamed sources 1 · 0 hits"),
        ("filtered", "people", "2 People 2 of 7 · only “reyes”"),
        ("filtered", "quotes", "3 Quotes 4"),
        ("pinned", "timeline", "4 Timeline 1 of 5 · pinned"),
        ("pinned", "article", "1 Article"),
    ],
)
def test_a_title_counts(state: str, pane: str, words: str) -> None:
    assert title(STATES[state], pane, 100) == words


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (120, "▌1 Article   2 People 4 · Organisations 1 · Places 1 · Unnamed sources 1   3 Quotes 4   4 Timeline 5"),
        (60, "▌1 Article   2 People   3 Quotes   4 Timeline"),
        (30, "▌1 Article 2 pe 3 qu 4 ti"),
    ],
)
def test_tabs_are_shortened_where_they_do_not_fit(cells: int, line: str) -> None:
    assert plain(tabs(STATE, cells)).split() == line.split()


def test_the_open_tab_is_marked() -> None:
    line = tabs(focused(STATE, "quotes"), 120)
    assert [piece.text.strip() for piece in line if "open" in piece.style.split()] == ["▌3 Quotes 4"]


@pytest.mark.parametrize(
    ("address", "where"),
    [("headline", "1/16"), ("para/p2", "¶2"), ("para/p2:0-6", "¶2"), ("person/han", "2/7"), ("event/quay", "4/5")],
)
def test_the_foot_says_where_one_is(address: str, where: str) -> None:
    assert plain(foot_line(at(address), "", KEYS, 80)).rstrip().endswith(where)


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ((), ""),
        ((WARNING,), "1 warning: !"),
        ((WARNING, WARNING), "2 warnings: !"),
        ((WARNING, ERROR), "✗ 1 error: !"),
        ((ERROR, ERROR), "✗ 2 errors: !"),
    ],
)
def test_the_foot_counts_what_is_wrong(problems: tuple[Problem, ...], words: str) -> None:
    line = plain(foot_line(with_problems(problems), "", KEYS, 80))
    assert words in line
    assert ("!" in line) == bool(problems)


def test_the_foot_names_keys_as_far_as_there_is_room() -> None:
    assert "j/k line  Enter follow  / find  ? help" in plain(foot_line(STATE, "", KEYS, 80))
    assert plain(foot_line(STATE, "", KEYS, 30)).split() == ["j/k", "line", "?", "help", "1/16"]
    assert plain(foot_line(STATE, "", KEYS, 40, alone=True)).rstrip().endswith("alone · 1/16")


def test_what_is_said_stands_in_place_of_the_keys() -> None:
    line = foot_line(STATE, "no further link", KEYS, 80)
    assert plain(line).split() == ["no", "further", "link", "1/16"]
    assert [piece.text for piece in line if piece.style == "said-now"] == ["no further link"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (STATE, ""),
        (searched(STATE, parse("toll")), "1 of 6"),
        (searched(at("para/p4"), parse("toll")), "2 of 6"),
        (searched(STATE, parse("no such words")), "no hit"),
        (replace(SOUGHT, find=replace(SOUGHT.find, hit=None)), "6 hits"),
    ],
)
def test_which_hit_of_how_many(state: State, words: str) -> None:
    assert found_words(state) == words
    assert plain(foot_line(state, "", KEYS, 80)).rstrip().endswith(words)


def test_an_empty_pane_has_no_place() -> None:
    state = filtered(focused(sized(STATE, 1, 1), "people"), parse("zzz"))
    assert plain(foot_line(state, "", (), 40)).strip() == ""


@pytest.mark.parametrize("cells", [1, 20, 39])
def test_why_a_pane_is_empty_is_cut_where_there_is_no_room(cells: int) -> None:
    nothing = filtered(focused(STATE, "people"), parse("zebra"))
    state = replace(nothing, panes={**nothing.panes, "people": nothing.panes["people"].resized(cells, 5)})
    assert line_width(empty(state, "people")) <= cells + (cells == 1)
    assert plain(empty(state, "people")).endswith("…")
