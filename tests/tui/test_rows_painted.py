"""Rows that go to the driver as cells: after any keys, what is sent is what Textual itself would paint."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from key_walk import Walk, only_inside
from painted_rows import PaintedReader, painting
from reader import NARROW, TINY, WIDE
from rooms import DATA
from waiting import PATIENCE

from dossier.config.theme_file import load_theme
from dossier.text.ambiguous_width import use_ambiguous_width
from dossier.ui.options import DEFAULT_OPTIONS, ThemeSource
from dossier.ui.render.ascii import to_ascii_line

KEYS = (
    *("j", "l", "pagedown", "d", "tab", "tab", "G", "g", "3", "j", "enter", "backspace", "z", "z"),
    *("?", "j", "escape", "f", "escape", "/", "n", "a", "escape", "&", "m", "enter", "escape", "space", "escape", "V"),
    *("l", "escape", "m", "!", "escape"),
)


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    use_ambiguous_width(1)


async def check_rows(reader: PaintedReader) -> None:
    # What a key shows that had to wait for the disk is sent some rounds after it is on the screen.
    end = time.monotonic() + PATIENCE
    while (differing := find_differing(reader)) and time.monotonic() < end:
        await asyncio.sleep(0.01)
    assert reader.frames[-1].size == reader.size
    assert differing == []


def find_differing(reader: PaintedReader) -> list[int]:
    painted = reader.painted_by_textual()
    return [row for row, sent in enumerate(reader.frames[-1].rows) if sent != painted[row]]


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY, (200, 50)])
async def test_after_each_key(size: tuple[int, int]) -> None:
    async with painting(size) as reader:
        for key in KEYS:
            await reader.press(key)
            await check_rows(reader)


async def test_a_step_sends_one_frame() -> None:
    async with painting() as reader:
        before = len(reader.frames)
        await reader.press("j")
        assert len(reader.frames) == before + 1


async def test_keys_in_one_packet_send_one_frame() -> None:
    async with painting() as reader:
        before = len(reader.frames)
        await reader.press(*"jjjjj")
        assert len(reader.frames) == before + 1
        await check_rows(reader)


async def test_rows_that_have_not_changed_are_the_same_objects() -> None:
    async with painting() as reader:
        await reader.press("j")
        before = reader.frames[-1].rows
        await reader.press("j")
        same = [old is new for old, new in zip(before, reader.frames[-1].rows, strict=True)]
        assert same.count(True) > same.count(False) > 0


async def test_after_another_size() -> None:
    async with painting() as reader:
        for size in (NARROW, (121, 33), (1, 1), WIDE):
            await reader.resize(size)
            await reader.press("j")
            await check_rows(reader)


async def test_in_another_theme() -> None:
    themes = ThemeSource(lambda: ("dark",), lambda name: load_theme(name, DATA).theme)
    async with painting(options=DEFAULT_OPTIONS._replace(themes=themes)) as reader:
        before = reader.frames[-1].rows
        await reader.press(":", *"theme dark", "enter")
        await check_rows(reader)
        assert all(old != new for old, new in zip(before, reader.frames[-1].rows, strict=True))
        await reader.press("j")
        await check_rows(reader)


async def test_in_another_width() -> None:
    async with painting() as reader:
        reader.screen.adopt_width(2)
        await reader.press()
        await check_rows(reader)


async def test_for_another_terminal() -> None:
    async with painting(options=DEFAULT_OPTIONS._replace(putty_postprocess=to_ascii_line)) as reader:
        reader.screen.arrange_for_putty()
        await reader.press()
        await check_rows(reader)
        assert not any(text in "╭│╰" for row in reader.frames[-1].rows for text, _ in row if text)


async def test_where_the_screen_is_read_aloud_the_cursor_is_sent() -> None:
    async with painting(NARROW, DEFAULT_OPTIONS._replace(linear=True)) as reader:
        for key in ("j", "z", "j", "j", "l", ":", "a", "escape"):
            await reader.press(key)
            await check_rows(reader)
            at = reader.app.cursor_position
            assert reader.frames[-1].cursor == (at.y, at.x)


async def test_a_walk(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    async with painting() as reader:
        path = Walk(reader, 7)
        with only_inside():
            for pressed in range(10, 120, 10):
                await path.go(pressed)
                await check_rows(reader)
