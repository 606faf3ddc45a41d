"""Jumps to a row or a paragraph by its number."""

import pytest
from rooms import ferry, made, short

from dossier.ui.numbered_jumps import go_to_paragraph, go_to_row
from dossier.ui.state import NO_ARTICLE, NO_ARTICLE_OPEN, focus_pane, open_article_state


@pytest.mark.parametrize(
    ("typed", "here", "message"),
    [
        ("1", "para/p1", ""),
        ("4", "para/p4", ""),
        ("0", "para/p1", ""),
        ("003", "para/p3", ""),
        ("5", "para/p4", "there are 4 paragraphs: this is the last"),
        ("9" * 5_000, "para/p4", "there are 4 paragraphs: this is the last"),
    ],
)
@pytest.mark.parametrize("jump", [go_to_row, go_to_paragraph])
def test_a_paragraph_by_its_number(jump: object, typed: str, here: str, message: str) -> None:
    """A heading is no paragraph, and is not counted."""
    state = ferry()
    found = (go_to_row if jump is go_to_row else go_to_paragraph)(state, typed)
    assert (short(found.state.pane.address), found.message) == (here, message)
    assert found.state.history.past


@pytest.mark.parametrize(
    ("typed", "row", "message"),
    [("1", 0, ""), ("3", 2, ""), ("0", 0, ""), ("4", 3, ""), ("40", 3, "there are 4 rows: this is the last")],
)
def test_a_row_of_a_list_by_its_number(typed: str, row: int, message: str) -> None:
    state = focus_pane(ferry(), "quotes")
    found = go_to_row(state, typed)
    assert (found.state.pane.cursor.row, found.message) == (row, message)
    assert found.state.focus == "quotes"
    assert found.state.history.past


def test_a_paragraph_from_a_list_is_in_the_text() -> None:
    found = go_to_paragraph(focus_pane(ferry(), "people"), "3")
    assert short(found.state.pane.address) == "para/p3"


def test_an_only_paragraph_is_not_told_in_the_plural() -> None:
    state = open_article_state(made("headline: A\nbody: One two."), ())
    assert go_to_paragraph(state, "12").message == "there is only 1 paragraph"


def test_without_rows_or_an_article_there_is_nothing_to_go_to() -> None:
    state = open_article_state(NO_ARTICLE, ())
    assert go_to_paragraph(state, "1").message == NO_ARTICLE_OPEN
    assert go_to_row(focus_pane(state, "quotes"), "1").message == "no rows here"
