"""The command line, completion in a search, and marks typed by hand, in the running program."""

from pathlib import Path

import pytest
from libraries import PORT_ARLEN, opening
from reader import NARROW, TINY, WIDE, Opening, Reader, browsing, reading

from dossier.config.theme import Theme
from dossier.tui.lines_widget import Lines
from dossier.ui.options import ThemeSource
from dossier.ui.view import cursor_cell

SCRIPTS = """
headline: Scripts
outlet: The Herald
body:
  - ที่ กรุงเทพ มีข่าว
  - किराया बढ़ेगा, और क्\u200dष भी
  - سيصل القطار غدًا إلى المدينة
  - "The cafe\u0301 is open"
  - او می\u200cخواهد برود
people:
  sara: {name: سارا}
"""
WORDS = ("ที่", "किराया", "क्\u200dष", "غدًا", "cafe\u0301", "می\u200cخواهد")


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    file = tmp_path / "scripts.yaml"
    file.write_text(SCRIPTS, "utf-8")
    return file


@pytest.fixture
def library(cache: Path, tmp_path: Path) -> Opening:
    return opening(PORT_ARLEN, tmp_path / "state")


async def run(reader: Reader, line: str) -> None:
    await reader.press(":", *["space" if key == " " else key for key in line], "enter")


async def test_commands_narrow_while_one_types_and_run() -> None:
    async with reading() as reader:
        await reader.press(":")
        assert "Commands" in reader.text
        await reader.type("timeline")
        assert "pane-timeline" in reader.text
        assert "line-down" not in reader.text
        await reader.press("enter")
        assert reader.state.focus == "timeline"
        assert reader.screen.prompt is None


async def test_commands_that_narrow_to_nothing_run_nothing_and_say_so() -> None:
    async with reading() as reader:
        before = reader.state
        await run(reader, "qqq")
        assert reader.screen.prompt is None
        assert "no command “qqq”" in reader.foot
        assert reader.state == before
        await reader.press(":", *"qqq", "escape")
        assert reader.app.is_running
        await run(reader, "w")
        assert "nothing to save" in reader.foot


@pytest.mark.parametrize("line", ["q", "q!", "quit", "wq"])
async def test_quit_is_typed_as_in_vim(line: str) -> None:
    async with reading() as reader:
        await run(reader, line)
        await reader.until(lambda: not reader.app.is_running)


async def test_lines_that_go_somewhere() -> None:
    async with reading() as reader:
        await run(reader, "7")
        assert reader.here == "para/p7"
        await run(reader, "at quote/q3")
        assert reader.here == "quote/q3"
        await run(reader, "2")
        assert reader.state.pane.cursor.row == 1
        await run(reader, "p3")
        assert reader.here == "para/p3"
        await reader.press("backspace", "backspace", "backspace")
        assert reader.here == "para/p7"
        await run(reader, "at quote/none")
        assert "no such address:" in reader.foot
        await run(reader, "at nonsense/x")
        assert "is not an address" in reader.screen.view.message
        await run(reader, "find Pyongyang")
        assert reader.state.find.query
        assert reader.state.find.hit


async def test_a_command_that_opens_a_popup_or_a_prompt_opens_it() -> None:
    async with reading() as reader:
        await run(reader, "details")
        assert reader.screen.popup
        assert reader.screen.popup.title == "Details"
        await reader.press("escape")
        await run(reader, "find")
        assert reader.screen.prompt
        assert reader.screen.prompt.purpose == "find"
        await reader.press("escape")
        await run(reader, "help by speaker")
        assert reader.screen.popup
        assert len(reader.popup_rows) == 1


async def test_lines_typed_before_are_recalled() -> None:
    async with reading() as reader:
        await run(reader, "7")
        await run(reader, "p3")
        await reader.press(":", "up", "up", "enter")
        assert reader.here == "para/p7"
        await reader.press(":", "up", "enter")
        assert reader.here == "para/p7"


async def test_the_theme_is_changed_at_once() -> None:
    async with reading() as reader:
        other = Theme("other", {}, reader.screen.options.theme.ground)

        def load(name: str) -> Theme:
            if name != "other":
                raise LookupError(f"there is no theme {name!r}")
            return other

        reader.screen.options = reader.screen.options._replace(themes=ThemeSource(lambda: ("other",), load))
        await reader.press(":", *"the", "tab", "space", "tab", "enter")
        assert reader.screen.options.theme is other
        await run(reader, "theme")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "theme "
        assert "Completions 1" in reader.text
        await reader.press("escape")
        await run(reader, "theme none")
        assert "there is no theme" in reader.foot


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY, (20, 5), (4, 3), (1, 1)])
async def test_the_command_line_opens_at_every_size(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press(":", "down", *"pan", "tab", "tab", "tab", "enter")
        assert reader.state.focus == "timeline"
        assert reader.screen.prompt is None


@pytest.mark.parametrize("size", [WIDE, TINY])
async def test_tab_completes_fields_and_names_in_a_search(library: Opening, size: tuple[int, int]) -> None:
    async with browsing(library, size) as reader:
        await reader.press("s", *"spe", "tab")
        prompt = reader.screen.prompt
        assert prompt
        assert prompt.line.text == "speaker:"
        await reader.type("jon")
        await reader.press("tab")
        await reader.until(lambda: "Jonas" in (reader.screen.prompt.line.text if reader.screen.prompt else ""))
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == 'speaker:"Jonas Brandt"'
        assert "articles" in reader.text
        await reader.press("enter")
        query = reader.state.library_view.scope.query
        assert query
        assert query.typed == 'speaker:"Jonas Brandt"'


async def test_shift_tab_goes_back_and_another_key_ends_the_list(library: Opening) -> None:
    async with browsing(library) as reader:
        await reader.press("s", *"in:", "tab", "tab", "tab", "shift+tab")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "in:body"
        assert "Completions 6" in reader.text
        await reader.press("x")
        assert "Completions" not in reader.text
        assert reader.screen.prompt.line.text == "in:bodyx"


async def test_find_and_filter_of_a_list_over_many_articles_are_completed_too(library: Opening) -> None:
    async with browsing(library) as reader:
        for key in ("/", "&"):
            await reader.press("3", key, *"spe", "tab")
            assert reader.screen.prompt
            assert reader.screen.prompt.line.text == "speaker:"
            await reader.press("escape")


async def test_an_address_without_an_article_open_is_not_there(library: Opening) -> None:
    async with browsing(library) as reader:
        told = {"#": "no article is open", "none-such": "no such address", "none-such#para/p1": "no such address"}
        for address, words in (told | {"quote/q1": "no article is open"}).items():
            await run(reader, f"at {address}")
            assert reader.state.focus == "library"
            assert words in reader.foot


async def test_a_search_is_typed_on_the_command_line(library: Opening) -> None:
    async with browsing(library) as reader:
        await reader.press(":", *"search", "space", *"spe", "tab")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "search speaker:"
        await reader.type("jon")
        await reader.press("tab")
        await reader.until(lambda: "Jonas" in (reader.screen.prompt.line.text if reader.screen.prompt else ""))
        assert reader.screen.prompt.line.text == 'search speaker:"Jonas Brandt"'
        await reader.press("escape")
        await run(reader, "search speaker:jonas")
        assert reader.state.library_view.scope.query
        assert reader.state.focus == "library"
        assert reader.state.library
        assert reader.state.library.memory.searches[-1] == "speaker:jonas"
        await run(reader, "at ac-2021-03-14-quay-audit")
        assert reader.state.reading.article.ref.article == "ac-2021-03-14-quay-audit"
        await reader.press(":", *"at", "space", *"sulen-light%3A", "tab", "enter")
        assert reader.state.reading.article.ref.article == "sulen-light:2023/36"
        await run(reader, "at 2021-06-02-ibanez-resigns#para/p1")
        assert reader.here.endswith("para/p1")
        assert reader.state.reading.article.ref.article == "2021-06-02-ibanez-resigns"


@pytest.mark.parametrize("word", WORDS)
async def test_a_word_with_marks_is_found_as_it_is_typed(scripts: Path, word: str) -> None:
    """Each mark was made safe by itself, and so replaced by a sign: no such word was ever found."""
    async with reading(scripts) as reader:
        await reader.press("/", *word)
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == word
        assert reader.state.find.hit
        place = reader.here
        await reader.press("escape", "&", *word)
        assert len(reader.state.pane.entries) == 1
        await reader.press("escape")
        await run(reader, f"find {word}")
        assert reader.here == place


@pytest.mark.parametrize("word", WORDS)
async def test_a_word_with_marks_is_typed_into_the_other_prompts(scripts: Path, tmp_path: Path, word: str) -> None:
    async with browsing(opening(scripts.parent, tmp_path / "memory")) as reader:
        await reader.press("s", *word)
        await reader.until(lambda: reader.state.panes["library"].entries.is_done)  # type: ignore[attr-defined]
        assert len(reader.state.panes["library"].entries) == 1
        await reader.press("enter", "b", *word, "enter")
        assert reader.state.library
        assert reader.state.library.memory.saved == {word: word}
        await reader.press("?", "/", *word)
        assert reader.screen.popup
        assert reader.screen.popup.line.text == word
        await reader.press("ctrl+c", "escape", ":", *word)
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == word


async def test_alt_with_a_letter_moves_by_words_in_a_line_and_is_two_keys_elsewhere() -> None:
    async with reading() as reader:
        await reader.press("/", *"one", "space", *"two", "alt+b")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.caret == 4
        await reader.press("escape", "alt+f")
        assert reader.screen.hints
        await reader.press("escape", "?", "alt+f")
        assert reader.screen.popup is None
        assert reader.screen.hints


async def test_the_cursor_of_the_terminal_is_where_a_filter_is_typed() -> None:
    async with reading() as reader:
        await reader.press("?", "/", *"ab", "left")
        row, column = cursor_cell(reader.state, reader.screen.view, reader.screen.query_one(Lines).shown)
        assert reader.text.splitlines()[row][column : column + 2] == "▏b"


async def test_pasted_text_comes_into_the_filter_of_a_popup_and_into_the_command_line() -> None:
    async with reading() as reader:
        await reader.press("?")
        await reader.paste("quotes")
        assert len(reader.popup_rows) > 20
        await reader.press("/")
        await reader.paste("by speaker")
        assert len(reader.popup_rows) == 1
        await reader.press("escape", "escape", ":")
        await reader.paste("p3\n")
        await reader.press("enter")
        assert reader.here == "para/p3"
