"""Tests of lines as they are read aloud: from their first word on, with what is told by signs in words behind."""

import pytest
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.text.width import width
from dossier.ui.actions import ACTIONS
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.read_lines import read_line
from dossier.ui.render.entry_style import MARK_SIGN
from dossier.ui.render.flow import Line, Piece
from dossier.ui.view import ScreenRenderer, View, cursor_cell


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            (Piece("▌", "cursor"), Piece("❝◷", "glyph"), Piece(" 12", "number"), Piece(" "), Piece("The text")),
            "The text",
        ),
        ((Piece("•", "lit"), Piece(" ❝ ", "glyph"), Piece("“words”", "said lit")), "“words”"),
        ((Piece(" "), Piece("✎", "note"), Piece("words")), "words (noted)"),
        ((Piece("✗", "flaw"), Piece(" "), Piece("words", "flaw")), "words (error)"),
        ((Piece("   "), Piece("¶2 words")), "words (¶2)"),
        ((Piece("❝            a quote", "name"),), "❝            a quote"),
        ((), ""),
    ],
)
def test_a_line_begins_with_its_first_word(line: Line, read: str) -> None:
    assert "".join(piece.text for piece in read_line(line, 40)) == read


def test_what_is_said_behind_a_line_is_cut_at_the_edge() -> None:
    line = (Piece("✎", "note"), Piece("words"))
    assert "".join(piece.text for piece in read_line(line, 10)) == "words (n…"


def test_the_gap_before_a_column_makes_room_for_what_is_said() -> None:
    line = (Piece("✎", "note"), Piece("words"), Piece(" " * 30), Piece("▪28"))
    for cells, gap in ((60, 30), (47, 30), (46, 29), (40, 23), (19, 2)):
        read = "".join(piece.text for piece in read_line(line, cells))
        assert read == f"words{' ' * gap}▪28 (noted)"
        assert width(read) < cells
    assert "".join(piece.text for piece in read_line(line, 18)) == "words  ▪28 (note…"


def test_a_row_that_is_marked_says_so() -> None:
    state, screen = fit_panes(ferry(), Screen(80, 24, linear=True)), Screen(80, 24, linear=True)
    state = ACTIONS["pane-quotes"](state).state
    quote = state.panes["quotes"].entries[0].ref
    state = fit_panes(replace(state, note_signs={quote: ((0, MARK_SIGN),)}), screen)
    lines = ScreenRenderer().lines(state, View(screen))
    assert any("".join(piece.text for piece in line).rstrip().endswith("(marked)") for line in lines)


@pytest.mark.parametrize("names", [(), ("line-down",) * 3, ("pane-quotes", "line-down"), ("pane-timeline", "end")])
def test_only_the_entry_at_the_cursor_stands_on_the_screen(names: tuple[str, ...]) -> None:
    state, screen = ferry(), Screen(80, 24, linear=True)
    for name in names:
        state = ACTIONS[name](state).state
    state = fit_panes(state, screen)
    view = View(screen)
    lines = ScreenRenderer().lines(state, view)
    shown = [row for row, line in enumerate(lines) if "".join(piece.text for piece in line).strip()]
    row, column = cursor_cell(state, view, lines)
    assert row in shown
    assert shown[-1] - shown[1] == len(shown) - 2, "the lines of one entry are together"
    assert len(shown) - 1 <= sum(state.pane.row_heights(state.pane.cursor.row))
    assert column == 0 or state.pane.link_number is not None
    assert 23 not in shown
