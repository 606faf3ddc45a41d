"""The running program after the terminal's answer: all is measured anew, and what is open stays open in its place."""

from collections.abc import Iterator

import pytest
from reader import NARROW, WIDE, Reader, reading

from dossier.text.ambiguous_width import ambiguous_width, use_ambiguous_width
from dossier.text.width import width
from dossier.tui.terminal_messages import AmbiguousWidthFound


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    use_ambiguous_width(1)


async def answer(reader: Reader, size: int) -> None:
    reader.app.post_message(AmbiguousWidthFound(size))
    await reader.press()


def check_rows(reader: Reader) -> None:
    screen = reader.screen.view.screen
    assert {width("".join(piece.text for piece in line)) for line in reader.screen._lines.shown} == {screen.cells}


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_place_stays(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("3", *"jjjjj", "enter", "j", "l")
        before, here, history = reader.text, reader.here, reader.state.history
        await answer(reader, 2)
        assert ambiguous_width() == 2
        assert (reader.here, reader.state.history) == (here, history)
        assert reader.text != before
        check_rows(reader)


async def test_a_narrow_answer_changes_nothing() -> None:
    async with reading() as reader:
        before, lines = reader.text, reader.screen._lines.shown
        await answer(reader, 1)
        assert reader.text == before
        assert reader.screen._lines.shown is lines


async def test_a_popup_stays_open_on_its_row() -> None:
    async with reading() as reader:
        await reader.press("?", "j", "j", "j")
        assert reader.screen.popup
        chosen = reader.screen.popup.chosen
        await answer(reader, 2)
        assert reader.screen.popup
        assert reader.screen.popup.chosen == chosen
        check_rows(reader)


async def test_a_prompt_keeps_its_line_and_its_way_back() -> None:
    async with reading() as reader:
        await reader.press("j", "j")
        here = reader.here
        await reader.press("/", *"arms")
        await answer(reader, 2)
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "arms"
        check_rows(reader)
        await reader.press("escape")
        assert reader.here == here
        check_rows(reader)


async def test_hints_stay_on_their_links() -> None:
    async with reading() as reader:
        await reader.press("f")
        hints = reader.screen.hints
        assert hints
        await answer(reader, 2)
        assert reader.screen.hints
        check_rows(reader)
