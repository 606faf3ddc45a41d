"""The first picture: in parts of which each only fills what was blank, and as a whole."""

import pytest
from rooms import ferry

from dossier.cli.first_paint import Composer, compose
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import BLANK_CELL
from dossier.ui.options import DEFAULT_OPTIONS
from dossier.ui.state import State, focus_pane

SIZES = [(200, 50), (120, 30), (100, 16), (80, 24), (60, 15), (30, 6), (2, 2), (1, 1)]


def states() -> list[State]:
    return [ferry(), focus_pane(ferry(), "quotes")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", states())
def test_what_is_drawn_later_fills_blanks(state: State, size: tuple[int, int]) -> None:
    text, whole = Composer(state, DEFAULT_OPTIONS, size).iterate_parts()
    assert whole == compose(state, DEFAULT_OPTIONS, size).frame
    for before, after in zip(text.extend(*size).rows, whole.rows, strict=True):
        assert [(old, new) for old, new in zip(before, after, strict=True) if old not in (new, BLANK_CELL)] == []


@pytest.mark.parametrize("size", SIZES[:2])
@pytest.mark.parametrize("state", states())
def test_the_text_comes_first_wherever_the_cursor_is(state: State, size: tuple[int, int]) -> None:
    text, _ = Composer(state, DEFAULT_OPTIONS, size).iterate_parts()
    words = " ".join("".join(cell for cell, _ in row) for row in text.rows)
    assert state.reading.article.body[0].text.split(maxsplit=1)[0] in words
    assert text.size[0] < size[0] * 2 // 3


def test_what_is_read_aloud_is_one_picture() -> None:
    options = DEFAULT_OPTIONS._replace(linear=True)
    assert [*Composer(ferry(), options, (80, 24)).iterate_parts()] == [compose(ferry(), options, (80, 24)).frame]


@pytest.mark.parametrize("size", SIZES[:4])
def test_the_parts_as_sent_show_the_whole(size: tuple[int, int]) -> None:
    # With the sequences of the toolkit alone, which the program's own emulator reads.
    able = Capabilities(edits_cells=False, colours=1 << 24)
    text, whole = Composer(ferry(), DEFAULT_OPTIONS, size).iterate_parts()
    emulator = Emulator(*size)
    emulator.feed(encode_difference(None, text, able))
    emulator.feed(encode_difference(text.extend(*size), whole, able))
    assert emulator.frame.rows == whole.rows
