"""Selecting words: which words there are, how the ends move, and that the address of a selection leads back to it."""

from itertools import pairwise
from pathlib import Path

import pytest
from rooms import FERRY, FILES, entries_of, ferry, made, plain, ref, sized, stored

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.query import parse_terms
from dossier.core.ref import Ref, parse_ref
from dossier.export.address import resolve_to_text
from dossier.loader.article import parse_article
from dossier.text.width import iterate_clusters
from dossier.ui.copy_menu import copy_choices, find_words_here
from dossier.ui.find_filter import replace_article
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.navigation import find_text, place_cursor
from dossier.ui.selecting import (
    end_lost_selection,
    find_word_lines,
    press_selection_key,
    start_selection,
    take_selection,
)
from dossier.ui.selection import find_selectable_words, select_words, swap_ends
from dossier.ui.state import State, focus_pane, move_cursor, open_article_state
from dossier.ui.view import ScreenRenderer, View, cursor_cell
from dossier.ui.viewport import Position

NAMED = "Ida Brandt, “Ferry pact signed”, Harbour Herald, 12 April 2023"


def words_of(text: str) -> list[str]:
    entry = Entry(Ref("a", "para", "p1"), (Part("text", text),), 1)
    return [text[slice(*span)] for span in find_selectable_words(entry)]


def at(address: str, cells: int = 60, rows: int = 12) -> State:
    return place_cursor(ferry(cells, rows), ref(address))


def selecting(state: State, *keys: str) -> State:
    """Return the state after V and these keys, all of which must be keys of a selection."""
    state, said = start_selection(state)
    assert said == ""
    for key in keys:
        result = press_selection_key(state, key)
        assert result, key
        state = result.state
    return state


def selected(state: State) -> str:
    assert state.selection
    entry = state.entry_of(state.selection.ref)
    assert entry
    return entry.text[slice(*state.selection.span)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On the day, “he” met.", ["On", "the", "day", "he", "met"]),
        ("", []),
        ("… — !", []),
        ("Ça n’est pas", ["Ça", "n", "est", "pas"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("東京へ行く", ["東", "京", "へ", "行", "く"]),
        ("ที่นี่ดี", ["ที่", "นี่", "ดี"]),
        ("한서진이 said", ["한", "서", "진", "이", "said"]),
        ("\u1112\u1161\u11ab x", ["\u1112\u1161\u11ab", "x"]),
        ("سيصل القطار", ["سيصل", "القطار"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_words_are_whole_characters_in_order(path: Path) -> None:
    for entry, _ in entries_of(path):
        starts = {start for start, _, _ in iterate_clusters(entry.text)} | {len(entry.text)}
        words = find_selectable_words(entry)
        assert all({start, end} <= starts for start, end in words)
        assert all(before[1] <= after[0] for before, after in pairwise(words))


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("para/p3", "A plain paragraph, in which nobody is named and nothing is proved."),
        ("quote/run", "We will run every day"),
        ("event/signed", "Pact signed"),
        ("person/han", "Han Seo-jin"),
        ("term/pact", "what both have signed"),
        ("media/boat", "Lena Okafor at the quay"),
        ("about/byline", "Ida Brandt"),
    ],
)
def test_all_words_of_an_entry(address: str, text: str) -> None:
    assert selected(selecting(at(address), "g", "o", "G")) == text


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("", "Two"),
        ("l l", "Two councils signed"),
        ("w b", "Two"),
        ("right right left", "Two councils"),
        ("3 l", "Two councils signed a"),
        ("1 0 l", "Two councils signed a ferry pact. “We will run every day"),
        ("9 9 9 9 l h o G", "to count."),
        ("$", "Two councils signed a ferry pact. “We will run every"),
        ("end home", "Two"),
        ("$ 0", "Two"),
        ("j", "Two councils signed a ferry pact. “We will run every day"),
        ("j l", "Two councils signed a ferry pact. “We will run every day,” said"),
        ("j k", "Two"),
        ("2 j k k", "Two"),
        (")", "Two councils signed a ferry pact."),
        (") $", "Two councils signed a ferry pact. “We will run every"),
        (") o l", "councils signed a ferry pact."),
        ("o l l o", "Two councils signed"),
        ("l o h", "Two councils"),
        ("G h o G h", "to"),
    ],
)
def test_keys_move_one_end(keys: str, words: str) -> None:
    state = selecting(at("para/p1"), *(_name(key) for key in keys.split()))
    assert selected(state) == words


def _name(key: str) -> str:
    return {"$": "dollar_sign", "(": "left_parenthesis", ")": "right_parenthesis"}.get(key, key)


def test_sentences_one_after_the_other() -> None:
    forward = [selected(selecting(at("para/p2"), *[_name(")")] * count)) for count in (1, 2, 3)]
    assert forward == [
        "Okafor told Han Seo-jin that the toll stays.",
        *["Okafor told Han Seo-jin that the toll stays. Reyes was silent."] * 2,
    ]
    state = selecting(at("para/p2"), "G", "o")
    assert selected(selecting_more(state, _name("("))) == selected(state)
    state = selecting(at("para/p2"), "G", "o", "1", "0", "l", _name("("))
    assert selected(state) == "Reyes was silent."


def selecting_more(state: State, *keys: str) -> State:
    for key in keys:
        result = press_selection_key(state, key)
        assert result
        state = result.state
    return state


@pytest.mark.parametrize(
    ("address", "keys", "message"),
    [
        ("para/p1", "h", "a selection stays inside its paragraph"),
        ("para/p1", "k", "a selection stays inside its paragraph"),
        ("para/p1", "G j", "a selection stays inside its paragraph"),
        ("para/p1", "G )", "a selection stays inside its paragraph"),
        ("headline", "G l", "a selection stays inside its headline"),
        ("quote/run", "G l", "a selection stays inside its row"),
        ("quote/run", "j", "a selection stays inside its row"),
        ("para/p1", "l", ""),
        ("para/p1", "0", ""),
    ],
)
def test_a_selection_stays_in_its_entry(address: str, keys: str, message: str) -> None:
    *before, last = (_name(key) for key in keys.split())
    state = selecting(at(address), *before)
    result = press_selection_key(state, last)
    assert result
    assert result.message == message
    assert end_lost_selection(result.state) is result.state
    if message:
        assert selected(result.state) == selected(state)


def test_it_begins_with_the_chosen_link() -> None:
    state = selecting(at("para/p1:64-75"))
    assert (selected(state), str(state.selection and state.selection.ref)) == ("Lena Okafor", "ferry#para/p1:64-75")
    assert state.pane.link_number is None
    assert selected(selecting(at("para/p1:64-75"), "h")) == "Lena"
    assert selected(selecting(at("para/p1:64-75"), "o", "h")) == "said Lena Okafor"


def test_it_begins_with_the_hit_that_was_found() -> None:
    state = find_text(ferry(), parse_terms("winter"))
    assert selected(selecting(state)) == "Winter"
    assert selected(selecting(state, "l", "l")) == "Winter is included"
    further = move_cursor(state, lambda pane: pane.move(1))
    assert selected(selecting(further)) == "included"


def test_it_begins_on_the_line_of_the_cursor_and_the_cursor_follows() -> None:
    state = move_cursor(at("para/p1", 60, 8), lambda pane: pane.move(2))
    assert selected(selecting(state)) == "included"
    moved = selecting(at("para/p1", 60, 8), "G")
    assert (moved.pane.line, moved.pane.offset in range(8)) == (4, True)


def test_a_row_higher_than_its_pane_scrolls_to_the_end_that_moves() -> None:
    state = selecting(focus_pane(sized(open_article_state(made(FERRY), ()), 20, 2), "quotes"), "G")
    assert state.pane.top.line + state.pane.top.row > 0
    assert selected(state) == "We will run every day"


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
def test_leaving(key: str) -> None:
    assert selecting(at("para/p1"), "l", key).selection is None


@pytest.mark.parametrize("key", ["y", "enter", "x", "slash", "tab", "backspace", "V"])
def test_other_keys_are_those_of_commands(key: str) -> None:
    assert press_selection_key(selecting(at("para/p1")), key) is None


@pytest.mark.parametrize(
    ("command", "run", "is_kept"),
    [
        ("copy", "copy", True),
        ("help", "help", True),
        ("line-down", "line-down", False),
        ("find", "find", False),
        ("leave", "", False),
        ("select", "", False),
        ("quit", "quit", False),
    ],
)
def test_what_a_command_does_with_a_selection(command: str, run: str, is_kept: bool) -> None:
    state, done = take_selection(selecting(at("para/p1")), command)
    assert (done, state.selection is not None) == (run, is_kept)
    before = at("para/p1")
    assert take_selection(before, command) == (before, command)


def test_it_ends_where_the_cursor_leaves_the_entry() -> None:
    state = selecting(at("para/p1"), "l")
    assert end_lost_selection(focus_pane(state, "quotes")).selection is None
    assert end_lost_selection(state).selection == state.selection


def test_it_ends_when_the_file_changes() -> None:
    state = selecting(at("para/p1"), "l")
    assert replace_article(state, parse_article(FERRY.encode(), "ferry.yaml")).selection is None


def test_where_there_are_no_words() -> None:
    empty = open_article_state(made("headline: A\nbody: [b, '…']"), ())
    state = place_cursor(sized(empty, 40, 8), Ref("ferry", "para", "p2"))
    assert start_selection(state) == (state, "no words to select here")
    assert press_selection_key(state, "l") is None
    assert start_selection(focus_pane(state, "quotes")).message == "no words to select here"


def test_a_span_without_a_word_is_no_selection() -> None:
    assert select_words(ref("para/p1"), ((0, 3), (4, 6)), (3, 4)) is None
    made_of = select_words(ref("para/p1"), ((0, 3), (4, 6)), (0, 7))
    assert made_of
    assert (made_of.span, swap_ends(made_of).span, swap_ends(made_of).head) == ((0, 7), (0, 7), (0, 3))


def offered(state: State) -> dict[str, str]:
    return {offer.key: offer.text for offer in copy_choices(state)}


def test_what_can_be_copied() -> None:
    assert offered(selecting(at("para/p1"), "l", "l")) == {
        "t": "Two councils signed",
        "c": f"Two councils signed ({NAMED}, ¶1, ferry#para/p1:0-19)",
        "a": "ferry#para/p1:0-19",
    }
    # Words of a direct quote are the speaker's own; those of an indirect one are not.
    assert offered(selecting(at("quote/run"), "l"))["c"] == f"“We will” ({NAMED}, ¶1, ferry#quote/run:0-7)"
    retold = offered(selecting(at("quote/stays"), "l"))["c"]
    assert retold.startswith("the toll (indirect: not in the speaker’s own words; ")
    event = offered(selecting(at("event/signed")))
    assert event["c"] == f"Pact ({NAMED}, ¶1, {event['a']})"


@pytest.mark.parametrize("address", ["para/p1", "headline", "quote/stays", "event/signed", "person/han", "media/boat"])
def test_the_address_of_a_selection_leads_to_its_words(address: str) -> None:
    state = selecting(at(address), "G", "o", "l")
    words = offered(state)["t"]
    found = parse_ref(offered(state)["a"])
    assert " ".join(resolve_to_text(state.reading.article, found, 80).split()) == words
    there = find_words_here(replace(place_cursor(at(address), found), selection=state.selection))
    assert there
    assert (there.words, there.ref) == (words, found)


def test_words_here_without_a_selection() -> None:
    here = find_words_here(at("event/signed"))
    assert here
    assert here == ("11 April 2023: Pact signed", ref("event/signed"), f"{NAMED}, ¶1, ferry#event/signed")


@pytest.mark.parametrize("cells", [16, 30, 74])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_lines_of_words_are_those_on_which_they_are_drawn(path: Path, cells: int) -> None:
    state = sized(open_article_state(stored(path), ()), cells, 20)
    for name in ("article", "quotes", "timeline"):
        pane = state.panes[name]
        for row in range(0, len(pane.entries), 3):
            words = find_selectable_words(pane.entries[row])[::7]
            there = replace(pane, cursor=Position(row, pane.row_heights(row)[0]))
            assert find_word_lines(there, words) == [pane.line_at(row, word[0]) for word in words]


def test_the_terminals_cursor_is_on_the_end_that_moves() -> None:
    screen = Screen(80, 24, linear=True)
    state = fit_panes(selecting(at("para/p1"), "l", "l"), screen)
    view = View(screen, (("j", "line"),))
    row, column = cursor_cell(state, view, lines := ScreenRenderer().lines(state, view))
    assert plain(lines[row])[column:].startswith("signed a ferry")
