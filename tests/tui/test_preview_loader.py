"""The preview on the screen: after a rest, apart from the keys, and only the one that is wanted."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, opening
from port_arlen import Open
from reader import NARROW, WIDE, Reader, browsing

from dossier.core.views.panes import Reading
from dossier.library.index.update import update_index
from dossier.library.opened_articles import OpenedArticles

MIDDLE = (100, 30)
QUAY = "hh-2024-10-12-the-long-quay"


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the articles that are read for a preview, which grows while the test runs."""
    found: list[str] = []
    look_at = OpenedArticles.look_at

    def noted(self: OpenedArticles, article: str) -> Reading | None:
        assert threading.current_thread() is not threading.main_thread()
        found.append(article)
        return look_at(self, article)

    monkeypatch.setattr(OpenedArticles, "look_at", noted)
    return found


def shown(reader: Reader) -> str:
    return reader.state.preview.key.at.article if reader.state.preview else ""


def at_cursor(reader: Reader) -> str:
    entry = reader.state.panes["library"].entry
    return entry.ref.article if entry else ""


@pytest.mark.parametrize("size", [MIDDLE, WIDE, (200, 50)])
async def test_it_follows_the_cursor_and_enter_opens_what_it_shows(arlen: Open, size: tuple[int, int]) -> None:
    async with arlen(size) as reader:
        await reader.until(lambda: shown(reader) == QUAY)
        assert "12 October 2024" in reader.rows("article")[0]
        assert "The long quay" in reader.rows("article")[1]
        await reader.press("j", "j")
        await reader.until(lambda: shown(reader) == at_cursor(reader))
        assert "Harbour List wins by a boatload" in reader.rows("article")[1]
        assert not reader.state.history.past
        assert reader.state.reading.article.ref.article == ""
        await reader.press("enter")
        assert reader.state.focus == "article"
        assert "Harbour List wins" in reader.rows("article")[0]
        assert len(reader.state.history.past) == 1
        await reader.press("backspace")
        assert reader.state.focus == "library"
        assert shown(reader) == ""
        assert "Harbour List wins" in reader.rows("article")[0]


async def test_a_burst_of_steps_reads_only_the_article_at_its_end(arlen: Open, looked_at: list[str]) -> None:
    async with arlen() as reader:
        await reader.until(lambda: shown(reader) == QUAY)
        before = len(looked_at)
        await reader.press(*"jjjjjj")
        await reader.until(lambda: shown(reader) == at_cursor(reader))
        assert looked_at[before:] == [at_cursor(reader)]


async def test_a_preview_that_is_no_longer_wanted_is_dropped(arlen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, goes_on = threading.Event(), threading.Event()
    look_at, seen = OpenedArticles.look_at, []

    def held(self: OpenedArticles, article: str) -> Reading | None:
        begun.set()
        goes_on.wait()
        return look_at(self, article)

    monkeypatch.setattr(OpenedArticles, "look_at", held)
    try:
        async with arlen() as reader:
            await reader.until(begun.is_set)
            first = at_cursor(reader)
            # Keys are answered while the article is read.
            await reader.press("j", "j")
            assert at_cursor(reader) != first
            assert shown(reader) == ""
            goes_on.set()
            await reader.until(lambda: seen.append(shown(reader)) or shown(reader) == at_cursor(reader))  # type: ignore[func-returns-value]
            assert first not in seen
    finally:
        goes_on.set()


async def test_the_message_and_the_prompt_stay_when_it_comes(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("v")
        said = reader.foot
        await reader.until(lambda: shown(reader) == at_cursor(reader))
        assert reader.foot.split("  ")[0] == said.split("  ")[0]
        await reader.press(*"sstationery")
        await reader.until(lambda: reader.state.preview is not None and bool(reader.state.preview.hits))
        assert "stationery" in "".join(piece.text for piece in reader.pieces("article") if "hit" in piece.style)
        assert "s stationery" in " ".join(reader.foot.split())
        assert reader.screen.prompt
        await reader.press("escape")
        await reader.until(lambda: shown(reader) == at_cursor(reader))


async def test_a_narrow_screen_reads_nothing_until_it_is_wide(arlen: Open, looked_at: list[str]) -> None:
    async with arlen(NARROW) as reader:
        await reader.press("j", "j", "k")
        assert not looked_at
        assert reader.shown == ("library",)
        await reader.resize(MIDDLE)
        await reader.until(lambda: shown(reader) == at_cursor(reader))
        assert looked_at == [at_cursor(reader)]


async def test_a_file_that_is_gone_is_said_to_be_unreadable(arlen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenedArticles, "look_at", lambda self, article: None)
    async with arlen() as reader:
        await reader.until(lambda: shown(reader) == QUAY)
        assert reader.rows("article")[0].strip() == "this article cannot be read now"


@pytest.mark.parametrize(
    ("harm", "why"), [(Path.unlink, "No such file"), (lambda file: file.write_text("headline: ["), "is never closed")]
)
async def test_why_an_article_cannot_be_read_is_said(
    harm: Callable[[Path], object], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "library"))
    async with browsing(opening(root, tmp_path / "state"), WIDE) as reader:
        await reader.until(lambda: shown(reader) == QUAY)
        await reader.press("j")
        await reader.until(lambda: shown(reader) == at_cursor(reader) != QUAY)
        harm(root / "2024-10-12-the-long-quay.yaml")
        await reader.press("k")
        await reader.until(lambda: shown(reader) == QUAY)
        assert why in " ".join(" ".join(reader.rows("article")).split())


async def test_after_an_update_of_the_index_the_file_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "library"))
    async with browsing(opening(root, tmp_path / "state"), WIDE) as reader:
        await reader.until(lambda: shown(reader) == QUAY)
        file = root / "2024-10-12-the-long-quay.yaml"
        file.write_text(file.read_text("utf-8").replace("At low water you", "At high water nobody"), "utf-8")
        update_index(root)
        await reader.until(lambda: "At high water nobody" in reader.text)
        assert shown(reader) == at_cursor(reader) == QUAY
