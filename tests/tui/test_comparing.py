"""`c`: two articles, or two events, side by side."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from libraries import opening
from port_arlen import gathered
from reader import NARROW, NATO, TINY, WIDE, Reader, browsing, reading
from shelves import written

from dossier.core.ref import Ref
from dossier.ui.session import session_record

MIDDLE = (100, 30)
Open = Callable[..., AbstractAsyncContextManager[Reader]]

ARTICLE = """\
headline: {headline}
outlet: {outlet}
published: {published}
body:
  - Two councils signed a ferry pact on {day}. “We will run every day,” said Lena Okafor.
  - The toll on the north bridge stays as it is.
people: {{okafor: Lena Okafor}}
quotes: [{{okafor: We will run every day}}]
timeline:
  - {{date: {date}, what: Ferry pact signed, at: p1}}
  - {{date: 2001, what: Bridge opened}}
"""


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens a library with an article, its corrected version, and an older article."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "library"
    given = {"outlet": "Herald", "headline": "Ferry pact signed"}
    for name, published, day, date in (
        ("corrected", "2023-04-14", "Wednesday", "2023-04-12"),
        ("first", "2023-04-13", "Tuesday", "2023-04-11"),
    ):
        written(root, f"{name}.yaml", ARTICLE.format(published=published, day=day, date=date, **given))
    written(root, "old.yaml", "headline: A bridge\npublished: 2001\nbody: [A bridge was opened.]\n")

    @asynccontextmanager
    async def opened(size: tuple[int, int] = WIDE) -> AsyncIterator[Reader]:
        async with browsing(opening(root, tmp_path / "state"), size) as reader:
            await reader.until(
                lambda: all(getattr(one.entries, "is_done", True) for one in reader.state.panes.values())
            )
            yield reader

    return opened


def mark(reader: Reader) -> Ref | None:
    return reader.state.comparison_mark and reader.state.comparison_mark.ref


@pytest.mark.parametrize("size", [TINY, NARROW, MIDDLE, WIDE])
async def test_a_mark_is_told_and_shown_and_taken_back(versions: Open, size: tuple[int, int]) -> None:
    async with versions(size) as reader:
        top = reader.text.splitlines()[0]
        await reader.press("c")
        assert mark(reader) == Ref("corrected")
        assert reader.screen.view.message.startswith("comparing “Ferry pact signed”")
        await reader.press("j")
        assert "comparing" in reader.text.splitlines()[0]
        await reader.press("4")
        assert "comparing" in reader.text.splitlines()[0]
        await reader.press("0", "k", "c")
        assert mark(reader) is None
        assert "no longer comparing" in reader.screen.view.message
        assert reader.text.splitlines()[0] == top


@pytest.mark.parametrize("size", [TINY, NARROW, MIDDLE, WIDE])
async def test_two_versions_of_an_article(versions: Open, size: tuple[int, int]) -> None:
    async with versions(size) as reader:
        await reader.press("j", "c", "k", "c")
        sheet = reader.screen.comparison
        assert sheet
        assert [one.ref for one in sheet.marks] == [Ref("first"), Ref("corrected")]
        assert mark(reader) is None
        assert "Library" not in reader.text
        await reader.press("n", "n")
        assert "Tuesday" in reader.text
        assert "Wednesday" in reader.text
        await reader.press("escape")
        assert reader.screen.comparison is None
        assert reader.state.focus == "library"


async def test_enter_goes_to_the_place_and_c_there_sets_both_side_by_side_again(versions: Open) -> None:
    async with versions() as reader:
        await reader.press("j", "c", "k", "c")
        await reader.press("n", "n", "enter")
        assert reader.screen.comparison is None
        assert reader.state.reading.article.ref.article == "first"
        assert reader.here.startswith("para/p1")
        assert "Tuesday" in reader.cursor_text
        assert mark(reader) == Ref("corrected")
        await reader.press("c")
        sheet = reader.screen.comparison
        assert sheet
        assert [one.ref.article for one in sheet.marks] == ["first", "corrected"]
        await reader.press("n", "n", "l", "enter")
        assert reader.state.reading.article.ref.article == "corrected"
        assert "Wednesday" in reader.cursor_text
        assert mark(reader) == Ref("first")
        await reader.press("backspace")
        assert reader.state.reading.article.ref.article == "first"
        await reader.press("backspace")
        assert reader.state.focus == "library"


async def test_enter_on_an_event_without_evidence_opens_its_article(versions: Open) -> None:
    async with versions() as reader:
        await reader.press("j", "c", "k", "c", "G", "enter")
        assert reader.state.reading.article.ref.article == "first"
        assert reader.here == "event/e2"
        await reader.press("backspace")
        assert reader.state.focus == "library"
        assert reader.state.history.past == ()


async def test_no_key_of_the_sheet_reaches_the_room(versions: Open) -> None:
    async with versions() as reader:
        await reader.press("c", "j", "c")
        await gathered(reader)
        before = reader.state
        for key in (
            "s",
            "/",
            "y",
            "1",
            "w",
            ".",
            "!",
            "?",
            ":",
            "e",
            "f",
            "z",
            "v",
            "-",
            "=",
            "c",
            "tab",
            "space",
            "0",
        ):
            await reader.press(key)
            assert reader.screen.comparison
            assert reader.state == before
            assert (reader.screen.popup, reader.screen.prompt, reader.screen.hints) == (None, None, ())
        await reader.paste("quit")
        assert reader.screen.comparison
        await reader.press("q")
        assert reader.app.is_running
        assert reader.screen.comparison is None


async def test_two_events_of_a_timeline(versions: Open) -> None:
    async with versions() as reader:
        await reader.press("4")
        events = [str(entry.ref) for entry in reader.state.pane.entries]
        first = events.index("first#event/e1")
        await reader.press("g", *"j" * first, "c")
        assert mark(reader) == Ref("first", "event", "e1")
        assert "c on another event" in reader.foot
        await reader.press("g", *"j" * events.index("corrected#event/e1"), "c")
        sheet = reader.screen.comparison
        assert sheet
        text = reader.text
        assert "11 April 2023" in text
        assert "12 April 2023" in text
        assert "Tuesday" in text
        assert [row.group for row in sheet.rows if row.verdict != "same"] == ["Event", "Evidence", "Article"]
        await reader.press("n", "n", "l", "enter")
        assert reader.state.reading.article.ref.article == "corrected"
        assert mark(reader) is None


async def test_an_event_takes_the_place_of_a_marked_article(versions: Open) -> None:
    async with versions() as reader:
        await reader.press("c", "4", "c")
        assert reader.screen.comparison is None
        assert reader.foot.startswith(" instead comparing “Bridge opened”")
        assert reader.state.entry
        assert mark(reader) == reader.state.entry.ref


async def test_the_mark_is_not_part_of_the_place_that_is_kept(versions: Open) -> None:
    async with versions() as reader:
        before = session_record(reader.state)
        await reader.press("c")
        assert mark(reader)
        assert session_record(reader.state) == before


async def test_what_cannot_be_compared_says_what_can(versions: Open) -> None:
    async with versions() as reader:
        await reader.press("2", "c")
        assert mark(reader) is None
        assert "nothing to compare here" in reader.foot


async def test_an_article_whose_file_is_gone_is_not_compared(versions: Open, tmp_path: Path) -> None:
    async with versions() as reader:
        await reader.press("c", "j")
        (tmp_path / "library" / "corrected.yaml").unlink()
        await reader.press("c")
        assert reader.screen.comparison is None
        assert "can no longer be read" in reader.foot


async def test_a_single_article_has_events_to_compare_and_no_other_article() -> None:
    async with reading(NATO) as reader:
        await reader.press("c")
        assert mark(reader) is None
        assert "no library is open" in reader.foot
        await reader.press("4", "c", "j", "c")
        sheet = reader.screen.comparison
        assert sheet
        assert sheet.marks[0].ref.article == sheet.marks[1].ref.article
        await reader.resize(TINY)
        assert reader.screen.comparison
        assert reader.screen.comparison.pane.is_stacked
        await reader.press("enter")
        assert reader.state.history.past
