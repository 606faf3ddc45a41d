"""What Textual sends beside its pictures goes to the terminal, but for strings that the terminal would print."""

from typing import Any

import pytest
from textual.app import App

from dossier.terminal.capabilities import Capabilities, detect_capabilities
from dossier.tui.driver import DriverConfig, make_driver

EMACS = detect_capabilities({"TERM": "eterm-color"}, "utf-8")
MODE, BELL = "\x1b[?1004h", "\x07"
STRINGS = ("\x1b]2;title\x07", "\x1b]0;title\x1b\\", "\x1b]52;c;YQ==\x07", "\x1b]11;?\x1b\\", "\x1b]9;4;3;0\x1b\\")
POINTER = "\x1b]22;text\x07"


class Output:
    def __init__(self) -> None:
        self.sent = ""

    def send_raw(self, text: str) -> None:
        self.sent += text


class Taken:
    def __init__(self) -> None:
        self.output = Output()


async def passed_on(abilities: Capabilities, *written: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a driver sends to the terminal when this is written to it."""
    monkeypatch.setattr("dossier.tui.driver.Shutdown.start", lambda _: None)
    monkeypatch.setattr("dossier.tui.driver.JobControl.start", lambda _: None)
    driver: Any = make_driver(DriverConfig(abilities))(App[None](), size=(20, 3))
    driver._acquired = taken = Taken()
    for text in written:
        driver.write(text)
    return taken.output.sent


@pytest.mark.parametrize("string", STRINGS)
async def test_a_terminal_that_prints_strings_gets_none(string: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = (f"a{MODE}{string}b", string, f"{POINTER}{BELL}")
    assert await passed_on(EMACS, *written, monkeypatch=monkeypatch) == MODE + BELL
    assert await passed_on(Capabilities(), *written, monkeypatch=monkeypatch) == MODE + string + string + BELL


@pytest.mark.parametrize("cut", [1, 5])
async def test_a_string_in_two_parts_is_dropped_too(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    string = STRINGS[0]
    assert await passed_on(EMACS, string[:cut], string[cut:] + MODE, monkeypatch=monkeypatch) == MODE
