"""Tests of the screen while the server of the index does not answer: nothing is lost, and keys are answered."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from libraries import PORT_ARLEN
from reader import Reader, browsing
from unreachable_servers import Server, opening_served

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref, parse_ref
from dossier.export.export_job import ExportJob, ExportRequest
from dossier.library.growing_list import GrowingList
from dossier.library.index.availability import KEY_SECONDS, UNREACHABLE_WORDS
from dossier.library.scope import Scope
from dossier.ui.export_menu import ExportChoice, ExportKind
from dossier.ui.library_scope import refresh_lists

Opened = Callable[[], AbstractAsyncContextManager[Reader]]
LEAVE = pytest.mark.parametrize("leave", [Server.refuse, Server.stall])


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server) -> Opened:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = Path(shutil.copytree(PORT_ARLEN, tmp_path / "library"))

    @asynccontextmanager
    async def open_library() -> AsyncIterator[Reader]:
        try:
            async with browsing(opening_served(root, tmp_path / "state", server), (120, 40)) as reader:
                await reader.until(lambda: is_whole(reader))
                yield reader
        finally:
            server.answer()

    return open_library


def is_whole(reader: Reader) -> bool:
    lists = [pane.entries for pane in reader.state.panes.values() if isinstance(pane.entries, GrowingList)]
    return all(rows.is_done and not rows.is_stopped for rows in lists)


def refs(reader: Reader) -> list[Ref]:
    return [entry.ref for entry in reader.state.panes["library"].entries]


def is_told(reader: Reader) -> bool:
    return UNREACHABLE_WORDS in reader.foot


@LEAVE
async def test_lists_stay_and_keys_are_answered_while_the_server_is_unreachable(
    opened: Opened, server: Server, leave: Callable[[Server], None]
) -> None:
    async with opened() as reader:
        before = refs(reader)
        leave(server)
        # The facts of the row under the cursor are asked for.
        await reader.press(*"jjjkjjk", "3", "j", "0")
        assert reader.state.panes["library"].cursor.row == 3
        await reader.press("s", *"quay")
        await reader.until(lambda: is_told(reader) or reader.screen.prompt is not None)
        await reader.press("escape")
        await reader.until(lambda: is_told(reader))
        assert refs(reader) == before
        server.answer()
        await reader.until(lambda: not is_told(reader) and is_whole(reader))
        assert len(reader.state.panes["library"].entries) == 11


@LEAVE
async def test_an_open_article_stays_readable(opened: Opened, server: Server, leave: Callable[[Server], None]) -> None:
    async with opened() as reader:
        await reader.press("enter")
        article = reader.state.reading.article
        text = reader.rows("article")
        leave(server)
        await reader.press("j", "j", "k", "k")
        assert reader.state.focus == "article"
        assert reader.rows("article") == text
        await reader.press("G")
        assert reader.state.pane.cursor.row == len(reader.state.pane.entries) - 1
        assert reader.state.reading.article is article


@LEAVE
async def test_a_search_that_is_typed_meanwhile_has_its_articles_when_the_server_is_back(
    opened: Opened, server: Server, leave: Callable[[Server], None]
) -> None:
    async with opened() as reader:
        leave(server)
        await reader.press("s", *"quay", "enter")
        await reader.until(lambda: is_told(reader))
        assert not is_whole(reader)
        server.answer()
        await reader.until(lambda: is_whole(reader) and not is_told(reader))
        assert len(reader.state.panes["library"].entries) == 7
        assert "…" not in [entry.parts[-1].text for entry in reader.state.panes["library"].entries]


async def test_a_search_gets_the_other_names_that_it_lacked(opened: Opened, server: Server) -> None:
    typed = "org:paa"
    async with opened() as reader:
        library = reader.state.library
        assert library
        named = library.parse_search_with_names(typed, date.today())
        assert named != parse_search(typed, date.today())
        server.refuse()
        await reader.press("s", *typed, "enter")
        await reader.until(lambda: is_told(reader))
        assert reader.state.library_view.scope != Scope(named)
        server.answer()
        await reader.until(lambda: is_whole(reader) and not is_told(reader))
        assert reader.state.library_view.scope == Scope(named)
        assert reader.state.find.query == named


async def test_what_is_not_known_is_not_called_absent(opened: Opened, server: Server) -> None:
    async with opened() as reader:
        await reader.press("2")
        await reader.press("0", "G")
        server.refuse()
        await reader.press("k", "k", "enter")
        assert reader.foot.startswith(" not known until the index's server answers ")
        await reader.press("2", "j", "=")
        assert reader.foot.startswith(" not known until the index's server answers ")
        server.answer()
        await reader.until(lambda: not reader.state.library or not reader.state.library.unreachable_words)
        await reader.press("0", "enter")
        assert reader.state.focus == "article"


async def test_where_a_search_is_typed_it_is_told(opened: Opened, server: Server) -> None:
    async with opened() as reader:
        server.refuse()
        await reader.press("s", *"quay")
        await reader.until(lambda: reader.foot.rstrip().endswith("the index's server does not answer"))
        assert reader.screen.prompt
        await reader.until(lambda: "searching … the index's server does not answer" in " ".join(reader.rows("library")))
        server.answer()
        await reader.until(lambda: reader.foot.rstrip().endswith("7 articles · 57 hits"))


async def test_keys_wait_for_a_stalled_server_no_longer_than_a_moment(opened: Opened, server: Server) -> None:
    async with opened() as reader:
        assert reader.state.library
        # The questions before may have taken what a busy machine leaves of the time for them.
        vars(reader.state.library.index._sessions)["_availability"]._left = KEY_SECONDS
        server.stall()
        await reader.press(*"jjjjkkkk", "2", "j", "j", "3", "j", "4", "j", "0", "s", *"toll", "escape")
        assert server.waits
        assert all(seconds <= KEY_SECONDS for seconds in server.waits)
        # Only the first question waited: after it, each one failed at once.
        assert len(server.waits) == 1


async def test_a_preview_that_could_not_be_read_is_read_when_the_server_is_back(opened: Opened, server: Server) -> None:
    async with opened() as reader:
        await reader.until(lambda: reader.state.preview is not None)
        server.refuse()
        await reader.press("j")
        await reader.until(lambda: reader.state.preview is not None and reader.state.preview.is_unreadable)
        said = "this article cannot be read now: the index's server does not answer"
        await reader.until(lambda: said in " ".join(" ".join(reader.rows("article")).split()))
        server.answer()
        await reader.until(lambda: reader.state.preview is not None and not reader.state.preview.is_unreadable)


async def test_a_picture_that_is_made_again_has_the_preview_read_again_too(opened: Opened, server: Server) -> None:
    async with opened() as reader:
        library = reader.state.library
        assert library
        server.refuse()
        await reader.press("j")
        await reader.until(lambda: reader.state.preview is not None and reader.state.preview.is_unreadable)
        state = reader.state
        server.answer()
        await reader.until(lambda: reader.state.preview is not None and not reader.state.preview.is_unreadable)
        # As where the first attempt waits for a disk.
        assert refresh_lists(state).preview is None


async def test_rows_that_were_not_made_yet_are_made_when_the_server_is_back(opened: Opened, server: Server) -> None:
    async with opened() as reader:
        rows = reader.state.panes["quotes"].entries
        assert isinstance(rows, GrowingList)
        rows._made.clear()
        server.refuse()
        await reader.press("3")
        await reader.until(lambda: is_told(reader))
        assert "…" in "".join(reader.rows("quotes"))
        server.answer()
        await reader.until(lambda: not is_told(reader))
        assert all(entry.ref.kind == "quote" for entry in reader.state.panes["quotes"].entries)
        assert "…" not in "".join(row.strip() for row in reader.rows("quotes") if row.strip() == "…")


@pytest.mark.parametrize("kind", [ExportKind.SCOPE, ExportKind.PERSON])
async def test_an_export_writes_no_part_of_what_is_asked(
    opened: Opened, server: Server, tmp_path: Path, kind: ExportKind
) -> None:
    async with opened() as reader:
        ref = parse_ref("hh-2024-10-12-the-long-quay#person/okafor") if kind is ExportKind.PERSON else None
        choice = ExportChoice("x", kind, "all", "all", "all", ref)
        target = tmp_path / "all.jsonl"
        for answers in (0, 3):
            server.answer()
            await reader.until(lambda: not is_told(reader) and is_whole(reader))
            server.refuse_after(answers)
            job = ExportJob(ExportRequest(choice, reader.state), target, may_replace=False)
            said = await asyncio.to_thread(job.write)
            assert said == "the index's server does not answer: nothing was written; export again when it does"
            assert not target.exists()
            server.refuse_after(1_000_000)


async def test_where_the_screen_is_read_aloud_a_message_says_it(opened: Opened, server: Server) -> None:
    async with opened() as reader:
        reader.screen.options = reader.screen.options._replace(linear=True)
        server.refuse()
        await reader.press("s", *"quay", "enter")
        await reader.until(lambda: reader.screen.view.message == UNREACHABLE_WORDS)
        server.answer()
        await reader.until(lambda: reader.screen.view.message == "the index's server answers again")
