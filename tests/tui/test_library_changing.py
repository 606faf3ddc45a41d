"""Tests of a library that changes while it is open: nothing breaks, no place is lost, lists are asked for again."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, opening
from reader import Reader, browsing

from dossier.library.growing_list import GrowingList
from dossier.library.index.update import update_index
from dossier.tui.lines_widget import Lines

MIDDLE = (120, 40)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copytree(PORT_ARLEN, tmp_path / "library"))


@asynccontextmanager
async def opened(root: Path) -> AsyncIterator[Reader]:
    async with browsing(opening(root, root.parent / "state"), MIDDLE) as reader:
        await reader.until(lambda: is_whole(reader))
        yield reader


def lists(reader: Reader) -> dict[str, GrowingList]:
    return {name: pane.entries for name, pane in reader.state.panes.items() if isinstance(pane.entries, GrowingList)}


def is_whole(reader: Reader) -> bool:
    return all(rows.is_done and not rows.is_stopped for rows in lists(reader).values())


def ids(reader: Reader) -> list[str]:
    return [entry.ref.article for entry in reader.state.panes["library"].entries]


def without(root: Path, words: str) -> None:
    """Delete the newest article that contains these words, and update the index."""
    gone = max(
        path for path in root.rglob("*.yaml") if path.name != "registry.yaml" and words in path.read_text("utf-8")
    )
    gone.unlink()
    update_index(root)


async def test_the_cursor_stays_on_its_article_when_another_leaves(root: Path) -> None:
    async with opened(root) as reader:
        await reader.press(*"jjjj")
        here = reader.state.pane.address
        without(root, "The long quay")
        await reader.until(lambda: len(ids(reader)) == 10 and is_whole(reader))
        assert reader.state.pane.address == here
        assert reader.state.pane.cursor.row == 3


async def test_a_search_that_is_typed_when_the_index_changes_has_new_lists(root: Path) -> None:
    async with opened(root) as reader:
        await reader.press(*"squay")
        await reader.until(lambda: is_whole(reader) and len(ids(reader)) == 7)
        without(root, "The long quay")
        await reader.until(lambda: is_whole(reader) and len(ids(reader)) == 6)
        await reader.press("enter")
        assert is_whole(reader)
        await reader.press("escape")
        await reader.until(lambda: is_whole(reader) and len(ids(reader)) == 10)


@pytest.mark.parametrize("pane", "234")
async def test_what_has_left_the_index_can_still_be_on_view_when_a_key_comes(root: Path, pane: str) -> None:
    async with opened(root) as reader:
        for path in root.rglob("*.yaml"):
            path.unlink()
        (root / "only.yaml").write_text("headline: The last one\noutlet: Herald\nbody: [It stands.]\n", "utf-8")
        update_index(root)
        await reader.press(pane, "j", "l", "space", "escape", "=", "escape", ".", "-", "f", "escape", "*", "enter")
        await reader.until(lambda: is_whole(reader))


async def test_escape_of_a_search_gives_the_place_back_after_the_index_changed(root: Path) -> None:
    async with opened(root) as reader:
        await reader.press(*"jjjj")
        here = reader.state.pane.address
        await reader.press(*"squay")
        without(root, "The long quay")
        await reader.press("escape")
        await reader.until(lambda: is_whole(reader) and len(ids(reader)) == 10)
        assert reader.state.pane.address == here


async def test_the_next_hit_after_an_article_was_opened_at_its_evidence_is_another(root: Path) -> None:
    async with opened(root) as reader:
        await reader.press(*"squay", "enter")
        await reader.until(lambda: is_whole(reader))
        await reader.press("enter")
        opened_at = reader.state.find.hit
        assert opened_at
        await reader.press("n")
        hits = reader.state.find.hits
        before = hits.find_number(opened_at)
        assert before is not None
        assert hits.find_number(reader.state.find.hit) == before + 1


async def test_an_article_whose_id_repeats_keeps_its_address_when_its_file_changes(root: Path) -> None:
    for name in ("one", "two"):
        text = f"id: twice\nheadline: {name}\noutlet: Herald\npublished: 2030-01-01\nbody: [Words of {name}.]\n"
        (root / f"{name}.yaml").write_text(text, "utf-8")
    async with opened(root) as reader:
        await reader.press("enter")
        address = reader.state.reading.article.ref.article
        assert address in ("one.yaml", "two.yaml")
        path = root / address
        path.write_text(path.read_text("utf-8").replace(f"headline: {path.stem}", "headline: anew"), "utf-8")
        await reader.until(lambda: "reloaded" in reader.foot or touched(path))
        assert reader.state.reading.article.headline == "anew"
        assert reader.state.reading.article.ref.article == address


def touched(path: Path) -> bool:
    """Change the file again, since a change before the first look at the file goes unnoticed."""
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    return False


async def test_an_article_that_changed_while_another_was_open_is_read_again(root: Path) -> None:
    async with opened(root) as reader:
        await reader.press("enter")
        article = reader.state.reading.article
        await reader.press("backspace", "j", "enter")
        path = Path(article.path)
        path.write_text(path.read_text("utf-8").replace(article.headline, "A longer quay", 1), "utf-8")
        await reader.press("backspace", "k", "enter")
        assert reader.state.reading.article.ref == article.ref
        assert reader.state.reading.article.headline == "A longer quay"


async def test_one_can_go_back_to_an_article_whose_file_is_gone(root: Path) -> None:
    async with opened(root) as reader:
        await reader.press("enter")
        article = reader.state.reading.article
        await reader.press("0", "j", "enter")
        assert reader.state.reading.article.ref != article.ref
        Path(article.path).unlink()
        await reader.press("backspace")
        assert reader.state.reading.article.headline == article.headline


@pytest.mark.parametrize(
    ("gone", "why"),
    [(False, "no headline: add `headline: TEXT`"), (True, "cannot read the file: No such file or directory")],
)
async def test_why_an_article_of_the_list_cannot_be_opened_is_said(root: Path, gone: bool, why: str) -> None:
    async with opened(root) as reader:
        await reader.press("j")
        here = reader.state.pane.address
        assert here
        file = next(one for one in root.rglob("*.yaml") if f"id: {here.article}\n" in one.read_text("utf-8"))
        # The index still has it as it was.
        if gone:
            shutil.rmtree(root)
        else:
            file.write_text("body: The quay\n", "utf-8")
        await reader.press("enter")
        assert reader.foot.startswith(f" {here.article}: {why}")
        assert reader.state.pane.address == here


async def test_a_list_that_grows_while_the_screen_is_taken_down_is_no_error(root: Path) -> None:
    async with opened(root) as reader:
        await reader.screen.query_one(Lines).remove()
        reader.screen.on_reading_room_grown()
        reader.screen.on_resize()
        assert reader.app.return_code is None
