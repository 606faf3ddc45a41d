"""Tests of the three layouts: neither a change of size nor foreign script moves the place or a border."""

from pathlib import Path

import pytest
from golden import expect
from reader import NARROW, NATO, TINY, WIDE, Reader, cells, reading
from rooms import DATA

from dossier.core.entry import PANES

SCRIPTS = """
headline: שלום 漢字 é́ and العربية in one headline that is as long as a headline may well be
outlet: 통신 تلفزيون
section: [漢字, עברית]
published: 2024-01-02
body:
  - "שלום עולם 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 e\u0301e\u0301e\u0301 o\u0308."
  - "قال محمد علي: “مرحبا بالعالم كله اليوم وغدا وبعد غد إن شاء الله” 한서진 said a\u0300\u0301\u0302 b."
people:
  ali: {name: محمد علي, native: محمد علي, role: "رئيس اللجنة \u202e reversed"}
  han: {name: Han Seo-jin, native: 한서진, role: "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"}
quotes:
  - ali: مرحبا بالعالم كله اليوم وغدا وبعد غد إن شاء الله
timeline:
  - 2024-01-01: "漢字 한서진 שלום é́ ﷽"
"""
BORDERS = "│╭╮╰╯"


async def walk_to_evidence(reader: Reader) -> str:
    await reader.press("3", *"jjjjj", "enter")
    assert reader.here.startswith("para/p5:")
    return reader.here


def border_columns(reader: Reader) -> list[set[int]]:
    """Return, for every row of the panes, the columns that have a border."""
    rows = [cells(row) for row in reader.text.splitlines()[1:-1]]
    return [{column for column, cell in enumerate(row) if cell[:1] in BORDERS and cell} for row in rows]


async def test_wide_shows_four_panes() -> None:
    async with reading(size=WIDE) as reader:
        await walk_to_evidence(reader)
        assert reader.shown == PANES
        assert all(reader.state.panes[name].cells > 40 for name in PANES)
        assert reader.lines("strip") == []
        expect("screen-wide-160x45", reader.text)


async def test_narrow_shows_one_pane_with_tabs_and_what_is_lit_elsewhere() -> None:
    async with reading(size=NARROW) as reader:
        await walk_to_evidence(reader)
        assert reader.shown == ("article",)
        assert all(f"{number + 1} {name.capitalize()}" in reader.rows("tabs")[0] for number, name in enumerate(PANES))
        strip = [row for row in reader.rows("strip") if row]
        assert len(strip) == 3
        assert "❝ Jens Stoltenberg" in strip[0]
        assert "a historic moment" in strip[0]
        expect("screen-narrow-80x24", reader.text)


async def test_tiny_has_the_text_the_tabs_and_the_foot() -> None:
    async with reading(size=TINY) as reader:
        await walk_to_evidence(reader)
        assert reader.state.pane.rows == TINY[1] - 2
        assert "¶5" in reader.foot
        expect("screen-tiny-40x12", reader.text)


async def test_no_row_is_wider_than_the_screen_and_the_text_no_wider_than_its_column() -> None:
    async with reading(size=WIDE) as reader:
        for size in (WIDE, (240, 50), NARROW, TINY, (61, 17), (20, 6)):
            await reader.resize(size)
            assert all(len(cells(row)) <= size[0] for row in reader.text.splitlines())
            text = [row for row in reader.rows("article") if row.strip()]
            assert all(len(cells(row.rstrip())) <= 83 for row in text)


@pytest.mark.parametrize("start", [WIDE, NARROW])
async def test_a_change_of_size_keeps_the_place(start: tuple[int, int]) -> None:
    async with reading(size=start) as reader:
        here = await walk_to_evidence(reader)
        words = "historic"
        for size in (NARROW, TINY, (1, 1), WIDE, (1, 40), (200, 1), (99, 15), start):
            await reader.resize(size)
            assert reader.here == here
            assert reader.app.size == size
        assert words in reader.cursor_text
        await reader.press("backspace")
        assert reader.here == "quote/q6"


async def test_a_change_of_size_under_what_is_open() -> None:
    async with reading(size=WIDE) as reader:
        here = await walk_to_evidence(reader)
        for keys in (("space",), (":", "p"), ("/", "m"), ("&", "m"), ("f",), ("z",)):
            await reader.press(*keys)
            for size in ((1, 1), TINY, WIDE):
                await reader.resize(size)
            await reader.press("escape")
            assert reader.here == here, keys
            assert reader.state.pane.rows == WIDE[1] - 4, keys


async def test_a_burst_across_panes_on_a_narrow_screen_sees_the_whole_pane() -> None:
    async with reading(size=NARROW) as burst, reading(size=NARROW) as slow:
        await burst.press("3", "f")
        await slow.press("3")
        await slow.press("f")
        assert burst.screen.hints == slow.screen.hints
        assert len(slow.screen.hints) > 3


async def test_foreign_script_leaves_every_border_straight(tmp_path: Path) -> None:
    file = tmp_path / "scripts.yaml"
    file.write_text(SCRIPTS, "utf-8")
    async with reading(file) as reader:
        assert all(columns == {0, 87, 88, 159} for columns in border_columns(reader))
        assert any("漢" in row for row in reader.text.splitlines()[2:])
        for key in ("2", "3", "4", "?", "escape", "space", "escape"):
            await reader.press(key)
            assert all({0, 159} <= columns for columns in border_columns(reader)), key
            assert {len(cells(row)) for row in reader.text.splitlines()[1:-1]} == {160}


@pytest.mark.parametrize(
    "file", [NATO, DATA / "port-arlen" / "2024-10-12-the-long-quay.yaml"], ids=lambda path: path.stem
)
async def test_borders_are_straight_over_the_stored_articles(file: Path) -> None:
    async with reading(file) as reader:
        for keys in ("", "G", "3G"):
            await reader.press(*keys)
            assert all(columns == {0, 87, 88, 159} for columns in border_columns(reader))
