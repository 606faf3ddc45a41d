"""Tests that text in any script is painted by the widths of this program, and that no style begins inside a character.

The toolkit has widths of its own, by which it would pad and cut rows.
"""

from pathlib import Path

import pytest
from reader import Reader, reading
from scripts import SCRIPTS

from dossier.cli.first_paint import compose
from dossier.loader.article import load_article
from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import Frame
from dossier.text.width import find_inner_offsets, width
from dossier.tui.lines_widget import Lines
from dossier.ui.options import DEFAULT_OPTIONS
from dossier.ui.render.flow import Line, measure_line
from dossier.ui.state import open_article_state

SIZES = [(200, 50), (100, 30), (80, 24), (57, 20), (40, 12), (23, 7)]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "scripts.yaml"
    path.write_text(SCRIPTS, "utf-8")
    return path


def painted(reader: Reader, size: tuple[int, int]) -> Frame:
    """Return the picture in the sequences that the toolkit sends for the whole screen."""
    emulator = Emulator(*size)
    # The same as what the toolkit gives its driver.
    update = reader.app.screen._compositor.render_full_update()
    emulator.feed(update.render_segments(reader.app.console))
    return emulator.frame


def texts(frame: Frame) -> list[list[str]]:
    return [[text for text, _ in row] for row in frame.rows]


def shown(reader: Reader) -> tuple[Line, ...]:
    return reader.app.screen.query_one(Lines).shown


def split_characters(lines: tuple[Line, ...]) -> list[tuple[str, str]]:
    """Return the pieces that begin inside a character, each with the text before it."""
    found = []
    for line in lines:
        before, text = "", "".join(piece.text for piece in line)
        for piece in line:
            if piece.text and len(before) in find_inner_offsets(text):
                found.append((before, piece.text))
            before += piece.text
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_the_toolkit_paints_the_first_picture(article: Path, size: tuple[int, int]) -> None:
    loaded = load_article(article)
    assert loaded.article
    first = compose(open_article_state(loaded.article, loaded.problems), DEFAULT_OPTIONS, size)
    async with reading(article, size) as reader:
        assert texts(painted(reader, size)) == texts(first.frame)


@pytest.mark.parametrize("size", SIZES)
async def test_every_row_is_as_wide_as_the_screen_by_every_key(article: Path, size: tuple[int, int]) -> None:
    async with reading(article, size) as reader:
        for key in ("j", "l", "l", "f", "escape", "tab", "j", "V", "l", "l", "escape", "slash", "क", "enter", "n"):
            await reader.press(key)
            assert [measure_line(line) for line in shown(reader) if measure_line(line) > size[0]] == [], key
            assert split_characters(shown(reader)) == [], key
            rows = texts(painted(reader, size))
            words = ["".join(piece.text for piece in line) for line in shown(reader)]
            assert [("".join(row).rstrip(), width("".join(row))) for row in rows] == [
                (text.rstrip(), size[0]) for text in words
            ], key


async def test_a_hit_on_one_letter_lights_the_whole_character(article: Path) -> None:
    async with reading(article, (100, 30)) as reader:
        await reader.press("slash")
        await reader.type("ष")
        await reader.press("enter")
        lit = [piece.text for piece in reader.pieces("article") if "hit" in piece.style]
        assert "क्षि" in "".join(lit)
        assert split_characters(shown(reader)) == []
