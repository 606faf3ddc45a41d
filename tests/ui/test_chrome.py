import pytest
from libraries import entrance_of
from rooms import FILES, ferry, plain, ref, sized, stored

from dossier.core.dataclasses import replace
from dossier.core.entry import PANES
from dossier.core.problem import Problem
from dossier.core.query import parse_terms
from dossier.library.library import Library
from dossier.text.width import width
from dossier.ui.chrome import (
    empty_pane_lines,
    foot_line,
    head_line,
    hit_number_words,
    pane_title,
    tabs_line,
)
from dossier.ui.find_filter import apply_filters, filter_pane, toggle_pin
from dossier.ui.library_scope import enter_article
from dossier.ui.navigation import find_text, place_cursor
from dossier.ui.render.flow import measure_line
from dossier.ui.state import Filters, State, focus_pane, open_article_state

STATE = ferry()
ERROR = Problem("a.yaml", 1, 1, "not-verbatim", "words")
WARNING = Problem("a.yaml", 1, 1, "no-outlet", "words")
KEYS = (("j/k", "line"), ("Enter", "follow"), ("/", "find"), ("?", "help"))


def at(address: str, state: State = STATE) -> State:
    return place_cursor(state, ref(address))


SOUGHT = find_text(STATE, parse_terms("toll"))


def with_problems(problems: tuple[Problem, ...]) -> State:
    return replace(STATE, reading=replace(STATE.reading, problems=problems))


STATES = {
    "plain": STATE,
    "sought": SOUGHT,
    "filtered": filter_pane(focus_pane(STATE, "people"), parse_terms("reyes")),
    "pinned": toggle_pin(at("person/okafor", toggle_pin(at("event/signed")))),
    "faulty": with_problems((ERROR, WARNING)),
    **{path.stem: open_article_state(stored(path), ()) for path in FILES[:2]},
}


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wider_than_the_screen(name: str) -> None:
    state = STATES[name]
    for cells in range(1, 201):
        for line in (
            head_line(state, cells),
            tabs_line(state, cells),
            foot_line(state, "", KEYS, cells),
            foot_line(state, "a word", KEYS, cells),
        ):
            assert measure_line(line) <= cells
            assert "\n" not in plain(line)
        assert all(width(pane_title(state, pane, cells)) <= cells for pane in PANES)


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
    found = plain(head_line(STATE, cells))
    assert found.split() == line.split()
    assert len(found) <= cells


def test_the_head_names_what_is_pinned() -> None:
    state = toggle_pin(at("person/okafor", toggle_pin(at("para/p2"))))
    assert "▸ ¶2 ▸ Lena Okafor" in plain(head_line(state, 120))


@pytest.mark.parametrize(
    ("state", "pane", "words"),
    [
        ("plain", "article", "1 Article"),
        ("plain", "people", "2 People 4 · Organisations 1 · Places 1 · Unnamed sources 1"),
        ("plain", "quotes", "3 Quotes 4"),
        ("plain", "timeline", "4 Timeline 5"),
        ("sought", "article", "1 Article · 2 hits"),
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
    assert pane_title(STATES[state], pane, 100) == words


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (120, "▌1 Article   2 People 4 · Organisations 1 · Places 1 · Unnamed sources 1   3 Quotes 4   4 Timeline 5"),
        (60, "▌1 Article   2 People   3 Quotes   4 Timeline"),
        (30, "▌1 Article 2 3 4"),
    ],
)
def test_tabs_are_shortened_where_they_do_not_fit(cells: int, line: str) -> None:
    assert plain(tabs_line(STATE, cells)).split() == line.split()


def test_the_open_tab_is_marked() -> None:
    line = tabs_line(focus_pane(STATE, "quotes"), 120)
    assert [piece.text.strip() for piece in line if "open" in piece.style.split()] == ["▌3 Quotes 4"]


@pytest.mark.parametrize(
    ("address", "where"),
    [("headline", "1/16"), ("para/p2", "¶2"), ("para/p2:0-6", "¶2"), ("person/han", "2/7"), ("event/quay", "4/5")],
)
def test_the_foot_says_where_one_is(address: str, where: str) -> None:
    assert plain(foot_line(at(address), "", KEYS, 80)).rstrip().endswith(where)


@pytest.mark.parametrize(
    ("address", "typed", "where"),
    [
        ("person/han", "no such words", "row 2 of 7 · no hits"),
        ("person/han", "toll", "row 2 of 7 · 5 hits"),
        ("para/p2", "no such words", "¶2 · no hits"),
    ],
)
def test_beside_hits_the_row_is_told_in_words(address: str, typed: str, where: str) -> None:
    state = at(address)
    state = replace(find_text(state, parse_terms(typed)), panes=state.panes, focus=state.focus)
    state = replace(state, find=replace(state.find, hit=None))
    assert plain(foot_line(state, "", KEYS, 80)).rstrip().endswith(where)


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


def test_beside_the_rows_of_a_library_it_is_said_whose_problems_are_counted(library: Library) -> None:
    """They were taken for those of the article at the cursor of the list."""
    state = enter_article(entrance_of(library), "hh-2023-04-12-ferry")
    assert state
    state = replace(state, reading=replace(state.reading, problems=(WARNING,)))
    wide, own = focus_pane(state, "library"), focus_pane(state, "article")
    assert "open article has 1 warning: !" in plain(foot_line(wide, "", KEYS, 80))
    assert " 1 warning: !" in plain(foot_line(own, "", KEYS, 80))
    assert "open article" not in plain(foot_line(own, "", KEYS, 80))


def test_the_foot_names_keys_as_far_as_there_is_room() -> None:
    assert "j/k line  Enter follow  / find  ? help" in plain(foot_line(STATE, "", KEYS, 80))
    assert plain(foot_line(STATE, "", KEYS, 30)).split() == ["j/k", "line", "?", "help", "1/16"]
    assert plain(foot_line(STATE, "", KEYS, 40, alone=True)).rstrip().endswith("alone · 1/16")


def test_what_is_said_stands_in_place_of_the_keys() -> None:
    line = foot_line(STATE, "no next link", KEYS, 80)
    assert plain(line).split() == ["no", "next", "link", "1/16"]
    assert [piece.text for piece in line if piece.style == "said-now"] == ["no next link"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (STATE, ""),
        (find_text(STATE, parse_terms("toll")), "hit 1 of 5"),
        (find_text(at("para/p4"), parse_terms("toll")), "hit 2 of 5"),
        (find_text(STATE, parse_terms("no such words")), "no hits"),
        (replace(SOUGHT, find=replace(SOUGHT.find, hit=None)), "5 hits"),
    ],
)
def test_which_hit_of_how_many(state: State, words: str) -> None:
    assert hit_number_words(state) == words
    assert plain(foot_line(state, "", KEYS, 80)).rstrip().endswith(words)


def test_an_empty_pane_has_no_place() -> None:
    state = filter_pane(focus_pane(sized(STATE, 1, 1), "people"), parse_terms("zzz"))
    assert plain(foot_line(state, "", (), 40)).strip() == ""


@pytest.mark.parametrize(
    ("cells", "rows", "last"),
    [
        (1, 5, " …"),
        (20, 2, " “zebra”; Esc clear…"),
        (20, 5, " the filter"),
        (60, 5, " none of 7 matches “zebra”; Esc clears the filter"),
    ],
)
def test_why_a_pane_is_empty_is_wrapped_and_cut_where_there_is_no_room(cells: int, rows: int, last: str) -> None:
    nothing = filter_pane(focus_pane(STATE, "people"), parse_terms("zebra"))
    state = replace(nothing, panes={**nothing.panes, "people": nothing.panes["people"].resize(cells, rows)})
    lines = empty_pane_lines(state, "people")
    assert len(lines) <= rows
    assert all(measure_line(line) <= cells + (cells == 1) for line in lines)
    assert plain(lines[-1]) == last


@pytest.mark.parametrize(
    ("pane", "words"),
    [
        ("people", "none of 7 is linked to the pins and matches “Reyes”; Esc clears the filter"),
        ("article", "none of 16 matches “zebra”; Esc clears the filter"),
    ],
)
def test_what_pins_leave_out_is_not_said_not_to_match(pane: str, words: str) -> None:
    one = next(entry.ref for entry in STATE.reading.entries["people"] if "Okafor" in entry.text)
    pinned = apply_filters(STATE, Filters({}, (one,)))
    typed = words.partition("“")[2].partition("”")[0]
    state = sized(filter_pane(focus_pane(pinned, pane), parse_terms(typed)), 200, 20)
    assert not state.panes[pane].entries
    assert plain(empty_pane_lines(state, pane)[0]).strip() == words


def test_beside_a_message_what_is_pending_is_cut() -> None:
    said, pending = "pinned Arlen Courier · 3 articles · . unpins", "the index's server does not answer: lists go on"
    for cells in (80, 90, 200):
        line = plain(foot_line(STATE, said, KEYS, cells, pending=pending))
        assert width(line) == cells
        assert line.startswith(f" {said} ")
        assert pending[:19] in line
        assert (pending in line) == (cells == 200)


@pytest.mark.parametrize("say", ["", "a word to the reader that is longer than the line has room for it"])
def test_a_count_is_shown_before_the_place_and_moves_nothing(say: str) -> None:
    for cells in range(1, 100):
        before, line = (plain(foot_line(STATE, say, KEYS, cells, pending=pending)) for pending in ("", "12…"))
        assert width(line) == cells
        if cells > 20:
            assert line[-5:] == before.ljust(cells)[-5:]
            assert line[:-10] == before.ljust(cells)[:-10]
            assert line[-10:-5] == " 12… "
