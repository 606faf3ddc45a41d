"""Keys as a reader presses them: counts, panes by digit, keys that do nothing, messages that go with the next key."""

from pathlib import Path

import pytest
from reader import NARROW, TINY, WIDE, Reader, reading

from dossier.core.entry import PANES
from dossier.ui.navigation import history_entry


def shown(reader: Reader) -> tuple[object, ...]:
    """Return all that a count must leave as it was: cursors, windows, history."""
    return history_entry(reader.state), reader.state.focus, {name: one.top for name, one in reader.state.panes.items()}


async def test_a_count_and_its_key_at_once() -> None:
    async with reading() as reader:
        await reader.press_at_once("5", "j")
        many = shown(reader)
        await reader.press("g", *"jjjjj")
        assert shown(reader) == many
        assert reader.state.focus == "article"


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_a_digit_before_a_motion_leaves_the_pane_it_chose(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("]", "l", "l", "4", "j", "1")
        before = shown(reader)
        # There is nothing above the top, so that only the digit could have changed anything.
        await reader.press_at_once("3", "ctrl+y")
        assert shown(reader) == before
        await reader.press_at_once("3")
        assert reader.state.focus == "quotes"
        await reader.press("j")
        assert (reader.state.focus, reader.state.pane.cursor.row) == ("quotes", 1)


async def test_a_command_in_vain_says_that_the_digit_before_it_was_a_count() -> None:
    async with reading() as reader:
        await reader.press_at_once("2", "j", "=")
        assert reader.state.focus == "article"
        assert " · 2 was the count of j" in reader.text
        await reader.press_at_once("2", "*")
        assert " · 2 was the count of *" in reader.text
        await reader.press("=")
        assert "count of" not in reader.text
        await reader.press_at_once("2", "j", "?")
        await reader.press("escape")
        assert "count of" not in reader.text


async def test_a_paragraph_by_its_number() -> None:
    async with reading() as reader:
        await reader.press("3")
        await reader.press_at_once(*"12")
        assert reader.state.focus == "quotes"
        assert "12…" in reader.foot
        await reader.press("1")
        assert "121…" in reader.foot
        await reader.press("escape")
        assert "…" not in reader.foot
        assert reader.here == "quote/q1"
        await reader.press("1")
        await reader.press_at_once(*"12G")
        assert reader.here == "para/p12"
        await reader.press_at_once(*"5gg")
        assert reader.here == "para/p5"


async def test_the_digit_is_shown_until_the_reader_has_rested(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as reader:
        await reader.press("7")
        assert "7… " in reader.foot
        await reader.press("escape", "3")
        await reader.until(lambda: "…" not in reader.foot)
        before = reader.foot
        monkeypatch.setattr("dossier.ui.keystrokes.REST_SECONDS", 3600)
        monkeypatch.setattr("dossier.ui.keystrokes.LAPSE_SECONDS", 3600)
        await reader.press("3")
        assert reader.foot == before.replace("   1/9", "3… 1/9")


async def test_digits_choose_panes_one_after_the_other() -> None:
    async with reading() as reader:
        for number, name in enumerate(PANES, 1):
            await reader.press(str(number))
            assert reader.state.focus == name


async def test_a_change_of_size_reaches_the_state_to_return_to(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as reader:
        await reader.press("2", "j", "j")
        monkeypatch.setattr("dossier.ui.keystrokes.REST_SECONDS", 3600)
        monkeypatch.setattr("dossier.ui.keystrokes.LAPSE_SECONDS", 3600)
        await reader.press("4")
        assert reader.state.focus == "timeline"
        await reader.resize(NARROW)
        await reader.press("j")
        assert (reader.state.focus, reader.state.pane.cursor.row) == ("people", 6)
        assert reader.state.pane.cells < 80


async def test_a_file_that_is_read_again_reaches_the_state_to_return_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "article.yaml"
    file.write_text("headline: One\nbody: [First, Second, Third]\n", "utf-8")
    async with reading(file) as reader:
        monkeypatch.setattr("dossier.ui.keystrokes.REST_SECONDS", 3600)
        monkeypatch.setattr("dossier.ui.keystrokes.LAPSE_SECONDS", 3600)
        await reader.press("2")
        file.write_text("headline: Two\nbody: [First, Second, Third, Fourth]\n", "utf-8")
        await reader.until(lambda: reader.state.reading.article.headline == "Two")
        await reader.press("G")
        assert (reader.state.focus, reader.here) == ("article", "para/p2")
        assert reader.state.panes["article"].entries[0].text == "Two"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *((key, key) for key in 'BIMTWXi;,^~$\\"@()'),
        *(("ctrl+g", "Ctrl+G"), ("ctrl+s", "Ctrl+S"), ("ctrl+q", "Ctrl+Q"), ("ctrl+x", "Ctrl+X")),
        *(
            ("f2", "F2"),
            ("insert", "Insert"),
            ("shift+up", "Shift+Up"),
            ("ctrl+pageup", "Ctrl+PgUp"),
            ("ctrl+@", "Ctrl+Space"),
        ),
    ],
)
async def test_a_key_that_does_nothing_says_so(key: str, name: str) -> None:
    async with reading() as reader:
        before = shown(reader)
        await reader.press(key)
        assert reader.foot.startswith(f" {name}: no such key · ? lists the keys")
        assert shown(reader) == before
        await reader.press("escape")
        assert "no such key" not in reader.foot


async def test_a_key_of_two_says_what_was_pressed() -> None:
    async with reading() as reader:
        await reader.press("Z")
        assert "Z…" in reader.foot
        await reader.press("k")
        assert reader.foot.startswith(" Zk: no such key")
        await reader.press("ctrl+w", "j")
        assert reader.state.focus == "people"
        await reader.press("ctrl+w", "W")
        assert reader.state.focus == "article"


async def test_two_capital_letters_quit() -> None:
    async with reading() as reader:
        await reader.press("Z", "Z")
        assert reader.app._exit


@pytest.mark.parametrize(
    "keys", [["escape"], ["x", "escape"], ["j"], ["Z"], ["6"], ["ctrl+l"], ["?"], ["/"], ["f"], ["z"], ["enter"], ["2"]]
)
async def test_a_message_goes_with_the_next_key(keys: list[str]) -> None:
    async with reading() as reader:
        await reader.press("N")
        assert "nothing to find yet" in reader.foot
        await reader.press(*keys)
        assert "nothing to find yet" not in reader.text


async def test_a_message_goes_with_a_key_in_a_popup_and_with_hints() -> None:
    async with reading() as reader:
        await reader.press("f")
        assert "type the letters" in reader.foot
        await reader.press("escape")
        assert "type the letters" not in reader.foot


async def test_the_window_scrolls_by_a_line_and_the_cursor_stays() -> None:
    async with reading(size=NARROW) as reader:
        await reader.press(*"jjjjjj")
        words, offset = reader.cursor_text, reader.state.pane.offset
        await reader.press("ctrl+e", "ctrl+e")
        assert (reader.cursor_text, reader.state.pane.offset) == (words, offset - 2)
        await reader.press_at_once("2", "ctrl+y")
        assert (reader.cursor_text, reader.state.pane.offset) == (words, offset)


async def test_a_count_before_a_command_that_shows_nothing_is_taken_off_the_screen() -> None:
    async with reading() as reader:
        await reader.press_at_once(*"12")
        assert "12… " in reader.foot
        await reader.press_at_once("Q")
        assert "…" not in reader.foot
