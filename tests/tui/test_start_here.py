"""The lessons of the tutorial library: free of findings, and every key does what its lesson says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from libraries import opening
from port_arlen import Open, gathered
from reader import NARROW, WIDE, Reader, browsing
from rooms import short

from dossier.core.ref import Ref
from dossier.loader.article import load_article
from dossier.loader.discovery import TUTORIAL_START, find_tutorial_folder
from dossier.ui.navigation import go_to
from dossier.ui.state import PaneScope

FILE = find_tutorial_folder() / "start-here.yaml"
MIDDLE = (100, 30)


@pytest.fixture
def lessons(tmp_path: Path) -> Open:
    """Return a function that opens the tutorial library at its lessons."""

    @asynccontextmanager
    async def opened(size: tuple[int, int]) -> AsyncIterator[Reader]:
        async with browsing(opening(find_tutorial_folder(), tmp_path / "state"), size) as reader:
            there = go_to(reader.state, Ref(TUTORIAL_START))
            assert there
            reader.screen.change(there)
            await gathered(reader)
            yield reader

    return opened


def chosen(reader: Reader) -> tuple[str, str]:
    """Return the paragraph and the words of the chosen link."""
    address, entry = reader.state.pane.address, reader.state.entry
    if not (address and address.span and entry):
        return "", ""
    return entry.ref.id, entry.text[slice(*address.span)]


async def choose(reader: Reader, paragraph: str, words: str) -> None:
    for _ in range(40):
        if chosen(reader) == (paragraph, words):
            return
        await reader.press("l")
    raise AssertionError(f"no link {words!r} in {paragraph}")


def test_the_lessons_are_an_article_without_a_finding() -> None:
    loaded = load_article(FILE)
    assert loaded.article
    assert loaded.problems == ()
    assert loaded.article.ref.article == TUTORIAL_START
    assert len(loaded.article.body) <= 12


@pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE])
async def test_links_and_evidence(lessons: Open, size: tuple[int, int]) -> None:
    async with lessons(size) as reader:
        await choose(reader, "p3", "Brandt")
        assert "may be Jonas Brandt or Maren Brandt" in reader.foot
        await choose(reader, "p4", "Elina Vuori")
        here = reader.here
        await reader.press("enter")
        assert (reader.state.focus, reader.here) == ("people", "person/vuori")
        await reader.press("backspace")
        assert reader.here == here
        await choose(reader, "p5", "The quay stands")
        await reader.press("space")
        said = "“The quay stands,” said José Ibáñez on the day he left the port."
        assert any(said in row for row in reader.popup_rows)
        await reader.press("space")
        assert reader.screen.popup is None
        await choose(reader, "p6", "since November 2017")
        await reader.press("enter")
        assert reader.state.focus == "timeline"
        await reader.press("enter")
        assert (reader.state.focus, chosen(reader)) == ("article", ("p6", "since November 2017"))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_find_search_widen_pin_and_help(lessons: Open, size: tuple[int, int]) -> None:
    async with lessons(size) as reader:
        await reader.press(*"/bridge", "enter")
        assert len(reader.state.find.hits.places) > 2
        hit = reader.state.find.hit
        await reader.press("n")
        assert reader.state.find.hit != hit
        await reader.press("escape")
        assert reader.state.find.query is None
        await choose(reader, "p10", "José Ibáñez")
        before = len(reader.state.panes["people"].entries)
        await reader.press(".")
        assert [short(pin) for pin in reader.state.filters.pins] == ["person/ibanez"]
        await reader.press(".")
        assert not reader.state.filters.pins
        assert len(reader.state.panes["people"].entries) == before
        scopes = []
        for _ in range(2):
            await reader.press("w")
            await gathered(reader)
            scopes.append(reader.state.library_view.pane_scope)
        assert scopes == [PaneScope.LIBRARY, PaneScope.ARTICLE]
        await reader.press("?")
        assert reader.screen.popup
        await reader.press("escape")
        assert reader.screen.popup is None


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_search_leads_to_what_somebody_says_and_back(lessons: Open, size: tuple[int, int]) -> None:
    async with lessons(size) as reader:
        await choose(reader, "p8", "Lena Okafor")
        here = reader.here
        await reader.press(*"sspeaker:okafor", "enter")
        await gathered(reader)
        found = [entry.ref.article for entry in reader.state.panes["library"].entries]
        assert len(found) > 3
        assert TUTORIAL_START not in found
        await reader.press("enter")
        assert reader.state.reading.article.ref.article == found[0]
        for _ in range(2):
            await reader.press("backspace")
            await gathered(reader)
        assert reader.state.focus == "article"
        assert (reader.state.reading.article.ref.article, reader.here) == (TUTORIAL_START, here)
