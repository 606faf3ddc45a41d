import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import DATA, ferry, ref, short, sized, stored

from dossier.core.entry import PANES
from dossier.ui.hints import Hint, find_hints, labels_left
from dossier.ui.navigation import place_cursor
from dossier.ui.pane import Pane
from dossier.ui.pane_lines import entry_look
from dossier.ui.render.draw import draw_entry
from dossier.ui.render.flow import Line, Piece
from dossier.ui.render.hint_labels import clip_labelled_line, overlay_hint_labels
from dossier.ui.state import State, focus_pane, lit_refs, move_cursor, open_article_state

NATO = open_article_state(stored(DATA / "nato-seoul-2023.yaml"), ())


def on_view(state: State, pane: Pane, shown: tuple[Hint, ...]) -> list[Line]:
    """Return the visible lines as they are drawn with these hints."""
    found = []
    for place in pane.visible_positions():
        look_there = entry_look(state, pane, place.row, lit_refs(state), labels_left(shown, pane.name, place.row, ""))
        above = pane.entries[place.row - 1] if place.row else None
        head, own = draw_entry(pane.entries[place.row], above, pane.cells, look_there)
        found.append((*head, *own)[place.line])
    return found


def test_links_in_the_text_and_rows_and_their_links_in_the_lists() -> None:
    found = [
        (hint.pane, hint.anchor == -1, short(hint.targets[0])) for hint in find_hints(ferry(cells=50, rows=8), PANES)
    ]
    assert [address for pane, _, address in found if pane == "article"] == [
        "term/pact",
        "quote/run",
        "person/okafor",
        "org/paa",
    ]
    assert [address for pane, row, address in found if row] == [
        *("person/okafor", "person/han", "person/tom", "person/ana"),
        *("quote/run", "quote/stays", "quote/toll"),
        *("event/charged", "event/opened", "event/signed"),
    ]
    in_quotes = [address for pane, row, address in found if pane == "quotes" and not row]
    assert in_quotes[:3] == ["person/okafor", "person/okafor", "person/han"]


def test_the_pane_with_the_cursor_has_the_first_letters() -> None:
    found = find_hints(focus_pane(ferry(), "quotes"), PANES)
    assert found[0].pane == "quotes"
    assert set(found[0].label) == {"a"}


def test_only_panes_that_are_shown_have_hints() -> None:
    assert {hint.pane for hint in find_hints(ferry(), ("timeline",))} == {"timeline"}
    assert find_hints(ferry(), ()) == ()


def test_an_ambiguous_mention_leads_to_all_that_it_may_mean() -> None:
    state = move_cursor(ferry(), lambda pane: pane.move_to(ref("para/p2")))
    assert ("person/tom", "person/ana") in [tuple(map(short, hint.targets)) for hint in find_hints(state, ("article",))]


@pytest.mark.parametrize(
    ("typed", "left"), [("", {0: "as", 1: "ad", 2: "sa"}), ("a", {0: "s", 1: "d"}), ("sa", {2: ""}), ("x", {})]
)
def test_letters_are_what_is_still_to_be_typed(typed: str, left: dict[int, str]) -> None:
    shown = [Hint(label, "article", 3, anchor, ()) for anchor, label in enumerate(("as", "ad", "sa"))]
    assert (
        labels_left([*shown, Hint("ss", "article", 4, 0, ()), Hint("ss", "people", 3, 0, ())], "article", 3, typed)
        == left
    )


def test_a_label_at_the_end_of_a_full_line_takes_the_place_of_words() -> None:
    plain = (Piece("told “", "body"), Piece("No", "body", (0,)))
    (line,) = overlay_hint_labels((plain,), {0: "h"})
    assert [piece.text for piece in clip_labelled_line(line, 9)] == ["told “", "h", "No"]
    assert [piece.text for piece in clip_labelled_line(line, 7)] == ["told “", "h"]
    assert [piece.text for piece in clip_labelled_line(line, 6)] == ["told…", "h"]


@given(
    st.sampled_from([ferry(), NATO]),
    st.sampled_from(PANES),
    st.integers(0, 60),
    st.tuples(st.integers(24, 90), st.integers(1, 12)),
)
def test_every_hint_is_on_view_and_its_letters_are_seen(
    state: State, name: str, steps: int, window: tuple[int, int]
) -> None:
    state = move_cursor(focus_pane(sized(state, *window), name), lambda pane: pane.move(steps))
    found = find_hints(state, (name,))
    lines = on_view(state, state.panes[name], found)
    seen = [piece.text for line in lines for piece in line if piece.style == "hint"]
    assert sorted(text.strip() for text in seen) == sorted(hint.label for hint in found)


def test_a_hint_leads_to_where_its_link_leads() -> None:
    state = place_cursor(NATO, NATO.reading.entries["article"][3].ref)
    found = find_hints(state, ("article",))
    assert found
    assert all(hint.targets == state.pane.entries[hint.row].anchors[hint.anchor].targets for hint in found)
