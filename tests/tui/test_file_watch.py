"""Tests that the panes follow the file on disk and keep the place. An unreadable file leaves the last good reading."""

import os
import shutil
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from libraries import PORT_ARLEN, opening
from reader import NATO, Reader, browsing, reading
from waiting import PATIENCE

from dossier.loader.article import LoadedArticle, load_article
from dossier.tui import file_watch
from dossier.tui.file_watch import FileWatch

MISSILES = "upwards of 90 missiles"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(NATO, tmp_path / "article.yaml"))


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


async def at_quote(reader: Reader) -> None:
    await reader.press("3", *"jjjjjjj", "enter")
    assert reader.here.startswith("para/p12:")


async def test_the_panes_follow_the_file_and_the_place_is_kept(file: Path) -> None:
    async with reading(file) as reader:
        await at_quote(reader)
        here, offset = reader.here, reader.state.pane.offset
        change(file, "body:\n", "body:\n  - {heading: An added heading}\n")
        change(file, "name: Park Jin,", "name: Park Jin-su, aliases: [Park Jin],")
        await reader.until(lambda: "Park Jin-su" in reader.text)
        assert (reader.here, reader.state.pane.offset) == (here, offset)
        assert "pleased to see" in reader.cursor_text
        assert "reloaded" in reader.foot
        assert any(entry.ref.kind == "heading" for entry in reader.state.pane.entries)
        await reader.press("backspace")
        assert reader.here == "quote/q8"


async def test_a_filter_a_search_and_a_pin_outlive_the_change(file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("2", "j", ".", "3", *"&told", "enter", *"/park", "enter")
        hits, pins = len(reader.state.find.hits), reader.state.filters.pins
        change(file, "cue: hinted", "cue: told Park")
        await reader.until(lambda: "reloaded" in reader.foot)
        assert reader.state.filters.pins == pins
        assert list(reader.state.filters.queries) == ["quotes"]
        assert len(reader.state.find.hits) == hits
        assert reader.state.find.query


async def test_what_is_gone_leaves_the_cursor_near_by(file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("4", "G")
        assert reader.here == "event/e17"
        text = file.read_text("utf-8")
        cut = text[: text.index("  - date: 2023-07\n")] + text[text.index("glossary:") :]
        file.write_text(cut, "utf-8")
        await reader.until(lambda: len(reader.state.panes["timeline"].entries) == 16)
        assert reader.here == "event/e16"


async def test_a_broken_file_leaves_the_last_good_reading(file: Path) -> None:
    good = file.read_bytes()
    async with reading(file) as reader:
        await at_quote(reader)
        here, article = reader.here, reader.state.reading.article
        file.write_text("headline: [\n", "utf-8")
        await reader.until(lambda: "still showing the old version" in reader.foot)
        assert (reader.here, reader.state.reading.article) == (here, article)
        assert "error" in reader.foot
        await reader.press("!")
        assert "[not-yaml]" in "\n".join(reader.popup_rows)
        await reader.press("escape")
        assert "✗ 1 error: !" in reader.foot
        file.write_bytes(good)
        await reader.until(lambda: "reloaded" in reader.foot)
        assert reader.here == here
        await reader.press("j")
        assert "error" not in reader.foot


async def test_a_file_that_is_gone_and_comes_back(file: Path) -> None:
    good = file.read_bytes()
    async with reading(file) as reader:
        await at_quote(reader)
        here = reader.here
        file.unlink()
        await reader.until(lambda: "still showing the old version" in reader.foot)
        assert reader.here == here
        assert [problem.code for problem in reader.state.reading.problems] == ["cannot-read"]
        file.write_bytes(good.replace(b"upwards of 90", b"more than 90"))
        await reader.until(lambda: "reloaded" in reader.foot)
        assert reader.here == here
        assert not reader.state.reading.problems
        assert "more than 90" in reader.text


async def test_a_change_while_one_types_is_not_undone_by_escape(file: Path) -> None:
    async with reading(file) as reader:
        await reader.type("/missiles")
        change(file, MISSILES, "nearly 91 missiles")
        await reader.until(lambda: any("nearly 91" in row for row in reader.rows("article")))
        await reader.press("escape")
        assert any("nearly 91" in entry.text for entry in reader.state.pane.entries)
        assert not reader.state.find.query


async def test_a_change_under_hints_and_popups_is_harmless(file: Path) -> None:
    async with reading(file) as reader:
        await reader.press("G", "f")
        text = file.read_text("utf-8")
        file.write_text(text[: text.index("people:")], "utf-8")
        await reader.until(lambda: not reader.state.panes["people"].entries)
        assert not reader.screen.hints
        await reader.press("2", "j", "k", "enter", "space", "f", "escape", "3", "*", "n", "G", "g", "d", "u", "]")
        assert reader.app.is_running
        file.write_text(text, "utf-8")
        await reader.until(lambda: len(reader.state.panes["people"].entries) > 8)


@pytest.mark.parametrize("replaces", [False, True], ids=["written", "replaced"])
async def test_a_change_before_the_first_look_is_noticed(
    file: Path, monkeypatch: pytest.MonkeyPatch, replaces: bool
) -> None:
    change_before_the_first_look(monkeypatch, file, MISSILES, "nearly 91 missiles", replaces)
    async with reading(file) as reader:
        await reader.until(lambda: "nearly 91" in reader.text)
        assert "reloaded" in reader.foot


async def test_a_change_just_after_an_article_of_a_library_was_opened_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "library"))
    async with browsing(opening(root, tmp_path / "made")) as reader:
        await reader.until(lambda: len(reader.state.panes["library"].entries) > 1)
        await reader.press("j")
        at = reader.state.pane.address
        library = reader.state.library
        assert at
        assert library
        path = Path(library.readings.path(at.article) or "")
        change_before_the_first_look(monkeypatch, path, "headline: ", "headline: Changed · ", replaces=False)
        await reader.press("enter")
        await reader.until(lambda: reader.state.reading.article.headline.startswith("Changed · "))


async def test_a_file_that_is_new_and_not_changed_is_not_called_changed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []
    stamp = file_watch._stamp

    def count(path: Path) -> tuple[int, ...] | None:
        looks.append(path)
        return stamp(path)

    monkeypatch.setattr(file_watch, "_stamp", count)
    async with reading(file) as reader:
        before = reader.state.reading
        await reader.until(lambda: len(looks) > 1)
        assert reader.state.reading is before
        assert "reloaded" not in reader.foot


async def test_nothing_looks_at_the_file_after_the_end(file: Path) -> None:
    before = {*threading.enumerate()}
    async with reading(file) as reader:
        await reader.press("j")
    for looking in [one for one in threading.enumerate() if one.name == "the open file" and one not in before]:
        looking.join(PATIENCE)
        assert not looking.is_alive()


def change_before_the_first_look(
    monkeypatch: pytest.MonkeyPatch, file: Path, before: str, after: str, replaces: bool
) -> None:
    """Have a file changed when it is looked at for the first time since it was read."""
    stamp, left = file_watch._stamp, [True]

    def change_and_look(path: Path) -> tuple[int, ...] | None:
        if path == file and left:
            left.clear()
            new = Path(shutil.copy2(path, path.with_suffix(".new")))
            change(new, before, after)
            times = path.stat().st_atime_ns, path.stat().st_mtime_ns
            if replaces:
                # By a file with an old time, as a program that unpacks or mirrors files does.
                os.utime(new, ns=times)
                new.replace(path)
            else:
                path.write_bytes(new.read_bytes())
                new.unlink()
        return stamp(path)

    monkeypatch.setattr(file_watch, "_stamp", change_and_look)


@pytest.mark.parametrize("clock", [-7_200, 0], ids=["a server whose clock is late", "the same clock"])
def test_a_change_that_leaves_the_stamp_as_it_was_is_noticed(
    file: Path, monkeypatch: pytest.MonkeyPatch, clock: int
) -> None:
    shown = load_article(file)
    assert shown.article
    now = [100.0]
    monkeypatch.setattr(file_watch, "time", SimpleNamespace(monotonic=lambda: now[0]))
    stamp = (1, 2, 3, 4)
    monkeypatch.setattr(file_watch, "_stamp", lambda path: stamp)
    reads = list[Path]()

    def read(path: Path) -> LoadedArticle:
        reads.append(path)
        return load_article(path)

    watch = FileWatch(read, shown.article, time.time() - clock)
    assert watch.reload_if_changed(file) is None
    change(file, "headline: ", "headline: Changed · ")
    now[0] += file_watch._STEP_SECONDS
    loaded = watch.reload_if_changed(file)
    assert loaded
    assert loaded.article != shown.article
    many = len(reads)
    # Once more is enough.
    for _ in range(3):
        now[0] += file_watch._STEP_SECONDS
        assert watch.reload_if_changed(file) is None
    assert len(reads) == many


def test_other_rights_are_no_change(file: Path) -> None:
    shown = load_article(file).article
    assert shown
    watch = FileWatch(load_article, shown, time.time() + 60)
    assert watch.reload_if_changed(file) is None
    file.chmod(0o600)
    assert watch.reload_if_changed(file) is None
