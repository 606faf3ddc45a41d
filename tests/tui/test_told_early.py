"""Test that news of a library that comes before there is a screen is not lost."""

import pytest
from rooms import ferry

from dossier.loader.article import load_article
from dossier.tui.app import DossierApp
from dossier.tui.screen import ReadingRoom


async def test_what_is_told_before_the_screen_is_there_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(ReadingRoom, "on_reading_room_grown", lambda screen: heard.append("grown"))
    app = DossierApp(ferry(), lambda tell: tell(), load_article)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.pause()
    assert heard == ["grown"]
