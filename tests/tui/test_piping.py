"""Giving a text to a command, in the running program."""

import os
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, opening
from reader import NARROW, Reader, browsing, reading

from dossier.core.ref import parse_ref
from dossier.export.address import resolve_to_text
from dossier.terminal.clipboard import encode_osc52
from dossier.tui.pipe_runner import NOTHING_TO_GIVE, make_environment
from dossier.ui.copy_menu import WordsHere


@pytest.fixture(autouse=True)
def shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/sh")


async def pipe(reader: Reader, command: str) -> None:
    """Type a command after |, run it, and wait for its end."""
    await reader.press("|", *("space" if letter == " " else letter for letter in command), "enter")
    await has_ended(reader)


async def has_ended(reader: Reader) -> None:
    await reader.until(lambda: reader.screen.popup is not None and "running" not in " ".join(reader.popup_rows))


async def test_what_comes_back_is_shown_filtered_and_left() -> None:
    async with reading(size=NARROW) as reader:
        await reader.press("j", "j")
        await pipe(reader, "tr ' ' '\\n'")
        assert reader.popup_rows[:3] == ["NATO", "and", "its"]
        assert "y copy · Esc close · / filter" in reader.text
        await reader.press("/", *"arms", "enter")
        assert reader.popup_rows == ["arms"]
        await reader.press("escape", "escape")
        assert reader.screen.popup is None
        assert reader.here == "para/p1"


async def test_the_command_knows_where_the_text_is_from() -> None:
    async with reading() as reader:
        await reader.press("3")
        await pipe(reader, 'cat; echo "$DOSSIER_REF"; echo "$DOSSIER_CITATION"; echo "$TERM"')
        text, address, citation, term = reader.popup_rows
        assert reader.state.entry
        assert text == reader.state.entry.parts[0].text
        assert address == str(reader.state.entry.ref)
        assert "Korea JoongAng Daily" in citation
        assert term == "dumb"


@pytest.mark.parametrize(
    ("encoding", "citation"), [("utf-8", "서울, “Café”"), ("latin-1", "??, ?Café?"), ("ascii", "??, ?Caf??")]
)
def test_a_citation_that_the_encoding_lacks_stops_no_command(encoding: str, citation: str) -> None:
    told = make_environment(WordsHere("", parse_ref("a#headline"), "서울, “Café”"), encoding)
    assert os.fsencode(told["DOSSIER_CITATION"]).decode(encoding) == citation


async def test_a_selection_is_given_and_stays() -> None:
    async with reading() as reader:
        await reader.press("j", "V", "l", "l")
        await pipe(reader, 'cat; echo "$DOSSIER_REF"')
        assert reader.popup_rows == ["NATO and its", "nato-seoul-2023#para/p1:0-12"]
        await reader.press("escape")
        assert reader.state.selection


async def test_earlier_commands_come_back() -> None:
    async with reading() as reader:
        for command in ("wc -w", "cat", "wc -w"):
            await pipe(reader, command)
            await reader.press("escape")
        await reader.press("|", "up")
        assert reader.foot.strip().startswith("| wc -w")
        await reader.press("up", "up")
        assert reader.foot.strip().startswith("| cat")
        assert reader.screen.pipes.commands == ("cat", "wc -w")


@pytest.mark.parametrize("line", ["pipe wc -w", "|wc -w", "| wc -w"])
async def test_on_the_command_line(line: str) -> None:
    async with reading() as reader:
        await reader.press("j", ":", *("space" if letter == " " else letter for letter in line))
        assert "no command" not in reader.text
        await reader.press("enter")
        await has_ended(reader)
        assert reader.state.entry
        assert [row.strip() for row in reader.popup_rows] == [str(len(reader.state.entry.text.split()))]


async def test_what_fails_says_so() -> None:
    async with reading() as reader:
        await pipe(reader, "there-is-no-such-program")
        assert "no such command (exit status 127)" in reader.text
        assert "there-is-no-such-program" in reader.popup_rows[0]
        await reader.press("escape")
        await pipe(reader, "exit 2")
        assert "exit status 2" in reader.text
        assert reader.popup_rows == ["no output"]


async def test_without_a_command_nothing_is_run() -> None:
    async with reading() as reader:
        await reader.press("|", "space", "enter")
        assert "no command" in reader.foot
        await reader.press("|", "escape")
        assert (reader.screen.popup, reader.screen.prompt, reader.screen.pipes.commands) == (None, None, ())


async def test_where_there_is_no_text() -> None:
    async with reading() as reader:
        await reader.press("&", *"zzzz", "enter", "|")
        assert NOTHING_TO_GIVE in reader.foot


@pytest.mark.parametrize("leaves", [True, False], ids=["Esc", "quit"])
async def test_a_command_that_runs_is_ended_with_its_popup_and_with_the_program(leaves: bool, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    # Opened for both, so that opening it waits for nobody.
    held = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
    async with reading() as reader:
        command = f"exec 9> {fifo}; echo begun >&9; sleep 600"
        await reader.press("|", *("space" if letter == " " else letter for letter in command), "enter")
        assert "running" in reader.popup_rows[0]
        begun = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
        os.close(held)
        await reader.until(lambda: _read(begun) == b"begun\n")
        if leaves:
            await reader.press("j", "escape")
            assert reader.screen.popup is None
    os.set_blocking(begun, True)
    # The end of what it writes comes when the last of its processes is gone.
    assert os.read(begun, 10) == b""
    os.close(begun)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 10)
    except BlockingIOError:
        return b""


async def test_while_it_runs_there_is_nothing_to_copy() -> None:
    async with reading() as reader:
        await reader.press("|", *"sleep", "space", *"600", "enter", "y")
        assert "y does nothing here" in reader.foot
        assert reader.popup_rows[0].startswith("running")
        await reader.press("escape")
        assert reader.screen.popup is None


async def test_what_is_shown_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with reading() as reader:
        await pipe(reader, "echo one; echo two; echo three; echo no >&2")
        assert reader.app._driver
        monkeypatch.setattr(reader.app._driver, "write", sent.append)
        await reader.press("y")
        assert encode_osc52("one\ntwo\nthree", {}) in sent
        await reader.press("/", "t", "enter", "y")
        assert encode_osc52("two\nthree", {}) in sent


async def test_words_of_a_library_are_given_and_their_address_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    async with browsing(opening(PORT_ARLEN, tmp_path / "state"), NARROW) as reader:
        await reader.until(lambda: len(reader.state.panes["library"].entries) > 5)
        await reader.press("V")
        assert "no words to select here" in reader.foot
        for key in "34":
            await reader.press(key)
            await reader.until(lambda: len(reader.state.pane.entries) > 5)
            await reader.press("j", "j", "V", "l")
            assert reader.state.selection
            await pipe(reader, 'cat; echo "$DOSSIER_REF"')
            words, address = reader.popup_rows
            assert address == str(reader.state.selection.ref)
            await reader.press("escape", "escape")
            found = parse_ref(address)
            assert reader.state.library
            own = reader.state.library.readings.reading(found.article)
            assert own
            assert resolve_to_text(own.article, found, 80) == words


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (20, 4), (10, 40)])
async def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    async with reading() as reader:
        await reader.press("j")
        await reader.resize(size)
        await reader.press("V", "l", "j", ")", "o", "k", "|", "l", "s", "enter")
        await has_ended(reader)
        await reader.press("G", "escape", "escape", "V", "y", "escape", "escape")
        await reader.resize(NARROW)
        assert reader.state.selection is None
