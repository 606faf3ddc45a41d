"""Tests of the question about a copy of a library on the screen, and of each answer."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, opening
from reader import NARROW, TINY, Reader, browsing

from dossier.core.paths import state_folder
from dossier.library.library import Library
from dossier.library.reuse import Reuse, Reused
from dossier.library.state_folders import find_state, remember_root
from dossier.library.user_data import UserData
from dossier.tui.reuse_effects import ask_soon


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """Return a library in which a search was saved."""
    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "original"))
    UserData(find_state(root).folder).save("quays", "quay")
    remember_root(root, find_state(root))
    return root


@asynccontextmanager
async def asked(root: Path, size: tuple[int, int] = NARROW) -> AsyncIterator[tuple[Reader, list[str]]]:
    """Open a library as the program does, and wait for the question. What is asked of the indexer is listed."""
    reuse, rejoined = Reuse(root, find_state(root)), list[str]()
    found = opening(root, reuse.folder)

    def open_library(grown: Callable[[], None]) -> Library:
        library = found(grown)
        library.reuse, library.rejoin = reuse, lambda: rejoined.append("again")
        return library

    async with browsing(open_library, size) as reader:
        await reader.until(lambda: reader.screen.popup is not None)
        yield reader, rejoined


def names(reader: Reader) -> list[str]:
    assert reader.state.library
    return list(reader.state.library.memory.saved)


@pytest.mark.parametrize(
    ("keys", "say", "is_shared", "reused"),
    [
        ("c", "copied", False, ["quays"]),
        ("t", "from now on", True, ["quays"]),
        ("n", "begun without", False, []),
        (("j", "j", "enter"), "copied", False, ["quays"]),
    ],
)
async def test_each_answer(
    original: Path, tmp_path: Path, keys: tuple[str, ...], say: str, is_shared: bool, reused: list[str]
) -> None:
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    async with asked(copy) as (reader, rejoined):
        assert f"This seems to be a copy of the library in {original}." in reader.popup_rows[0]
        assert [row[:1] for row in reader.popup_rows[1:]] == ["l", "c", "t", "n"]
        assert names(reader) == []
        await reader.press(*keys)
        await reader.until(lambda: say in reader.foot)
        assert reader.screen.popup is None
        assert names(reader) == reused
        assert rejoined == ["again"]
    assert find_state(copy).question is None
    assert find_state(copy).folder == state_folder(original if is_shared else copy)


@pytest.mark.parametrize("keys", ["l", ("j", "enter"), ("enter", "escape"), "q"])
async def test_no_answer_leaves_the_question_for_the_next_time(
    original: Path, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    for _ in range(2):
        async with asked(copy) as (reader, rejoined):
            await reader.press(*keys)
            assert reader.screen.popup is None
            assert (names(reader), rejoined) == ([], [])
            assert reader.app.is_running


async def test_an_answer_that_cannot_be_written_is_told(original: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    async with asked(copy) as (reader, rejoined):
        find_state(copy).folder.write_bytes(b"")
        await reader.press("c")
        # The message may take more than one row.
        await reader.until(lambda: "you will be asked again" in " ".join(reader.text.split()))
        assert (names(reader), rejoined) == ([], [])
    assert find_state(copy).question


@pytest.mark.parametrize("size", [TINY, (1, 1), (200, 50)])
async def test_another_library_in_this_place_at_any_size(original: Path, size: tuple[int, int]) -> None:
    shutil.rmtree(original)
    original.mkdir()
    for name in "abc":
        (original / f"{name}.yaml").write_text(f"headline: Part {name}\nbody: [It sinks.]\n", "utf-8")
    async with asked(original, size) as (reader, _):
        assert reader.screen.popup
        assert reader.screen.popup.title == "Another library was here"
        await reader.press("t")
        await reader.until(lambda: names(reader) == ["quays"])


async def test_the_question_waits_until_nothing_else_is_open(original: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    reuse = Reuse(copy, find_state(copy))
    async with browsing(opening(copy, reuse.folder), NARROW) as reader:
        await reader.press("s")
        assert reader.state.library
        reader.state.library.reuse = reuse
        ask_soon(reader.screen)
        await reader.press(*"cnt")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "cnt"
        assert reuse.question
        await reader.press("escape")
        await reader.until(lambda: reader.screen.popup is not None)
        assert reuse.question


async def test_keys_typed_before_the_question_was_seen_go_to_the_list(original: Path, tmp_path: Path) -> None:
    """On a busy machine the question came late, and `n` and `c`, meant for the list, answered it."""
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    async with asked(copy) as (reader, rejoined):
        await reader.press_before_seeing("j", "c")
        assert reader.state.panes["library"].cursor.row == 1
        assert reader.state.comparison_mark
        assert find_state(copy).question
        await reader.until(lambda: reader.screen.popup is not None)
        assert reader.screen.popup
        assert reader.screen.popup.title == "A copy of a library"
        assert rejoined == []
        await reader.press("c")
        await reader.until(lambda: names(reader) == ["quays"])


@pytest.mark.parametrize("key", ["c", "t", "n"])
async def test_what_is_saved_while_the_answer_is_carried_out_is_kept(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    library: Library | None = None
    answer = Reuse.answer

    def answer_late(reuse: Reuse, reused: Reused) -> bool:
        is_done = answer(reuse, reused)
        assert library
        library.memory.save("meanwhile", "toll")
        return is_done

    monkeypatch.setattr(Reuse, "answer", answer_late)
    copy = Path(shutil.copytree(original, tmp_path / "copy"))
    async with asked(copy) as (reader, _):
        library, before = reader.state.library, reader.state.library and reader.state.library.memory
        await reader.press(key)
        await reader.until(lambda: library is not None and library.memory is not before)
        assert "meanwhile" in names(reader)
        assert library
        assert library.reuse
        assert "meanwhile" in UserData(library.reuse.folder).saved
