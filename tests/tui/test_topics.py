"""Tests of the topics of the help on the screen: they are at the end of the help, and open as text to read."""

import pytest
from reader import NARROW, TINY, WIDE, reading

from dossier.export.help_topics import TOPICS, read_topic


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
@pytest.mark.parametrize("name", TOPICS)
async def test_a_topic_opens_from_the_help_and_can_be_read_to_its_end(name: str, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("?", "G", *["k"] * (len(TOPICS) - 1 - list(TOPICS).index(name)))
        assert reader.screen.popup
        assert reader.screen.popup.chosen
        assert reader.screen.popup.chosen.parts[0].text.rstrip() == name
        await reader.press("enter")
        assert reader.screen.popup.title == f"Help: {name}"
        assert " ".join(" ".join(reader.popup_rows).split())[-60:] == " ".join(read_topic(name).split())[-60:]
        before = reader.state
        await reader.press("G", "enter")
        assert reader.screen.popup.pane.cursor.row == len(reader.popup_rows) - 1
        await reader.press("escape")
        assert reader.screen.popup is None
        assert reader.state == before


async def test_a_popup_to_read_offers_nothing_to_choose() -> None:
    async with reading() as reader:
        await reader.press("?", "G", "enter")
        assert "Help: format" in reader.text
        assert "Enter go" not in reader.text
        assert "dossier: 1" in reader.text


async def test_nothing_but_a_key_more_in_a_screen_of_one_cell() -> None:
    async with reading(size=(1, 1)) as reader:
        await reader.press("?", "G", "enter", "j", "G", "d", "u")
        assert reader.screen.popup
        assert reader.screen.popup.title == "Help: format"
