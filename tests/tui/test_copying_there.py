import os
import pty
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rooms import FERRY, ref, sized

from dossier.loader.article import load
from dossier.terminal.clipboard import osc52
from dossier.tui import effects as acts
from dossier.tui.copy_text import printed
from dossier.tui.effects import ACTS, take
from dossier.ui.navigation import rested
from dossier.ui.options import USUAL
from dossier.ui.popup import Popup, pressed, taken
from dossier.ui.state import State, opened

WEB = "https://example.org/ferry-pact"
MACHINE = ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "TERMUX_VERSION", "BROWSER", "SSH_CONNECTION", "SSH_CLIENT")


class Desk:
    """What the effects need of the screen, with a record of what they did."""

    def __init__(self, state: State) -> None:
        self.state, self.alone, self.manner = state, False, USUAL
        self.sheet: Popup | None = None
        self.said = ""
        self.sent: list[str] = []
        self.app: Any = SimpleNamespace(_driver=SimpleNamespace(write=self.sent.append), suspend=self._suspend)
        self.suspended = 0

    def change(self, state: State, say: str = "") -> None:
        self.state, self.said = state, say

    def lay(self, sheet: Popup) -> None:
        self.sheet = sheet

    def ask(self, purpose: str, sign: str, text: str) -> None:
        raise AssertionError(purpose)

    def hint(self) -> None:
        raise AssertionError("no hints are asked for")

    @contextmanager
    def _suspend(self) -> Iterator[None]:
        self.suspended += 1
        yield


@pytest.fixture(autouse=True)
def far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the environment of the remote end of an SSH connection, with a terminal that supports OSC 52."""
    for name in MACHINE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.yaml"
    path.write_text(f"{FERRY}url: {WEB}\n", encoding="utf-8")
    return path


def desk_on(file: Path, address: str) -> Desk:
    """Return a host whose state has the cursor on this address."""
    article = load(file).article
    assert article
    return Desk(rested(sized(opened(article, ()), 60, 12), ref(address)))


def plain_app() -> Any:
    """Return an app that has no screen to give back."""
    return SimpleNamespace(suspend=nullcontext)


def menu_of(desk: Desk) -> Popup:
    ACTS["copy"](desk)
    assert desk.sheet
    return desk.sheet


def test_a_key_of_the_menu_sends_the_text_to_the_terminal(file: Path) -> None:
    desk = desk_on(file, "quote/run")
    take(desk, menu_of(desk), "t")
    assert desk.sent == [osc52("We will run every day", {})]
    assert desk.said == "21 characters sent (OSC 52); if nothing arrives, p in the menu prints it"


def test_enter_sends_what_the_cursor_of_the_menu_is_on(file: Path) -> None:
    desk = desk_on(file, "quote/run")
    sheet = pressed(menu_of(desk), "G", "G")
    assert taken(sheet, "enter")
    take(desk, sheet, "enter")
    assert desk.sent == [osc52("  - {id: run, speaker: okafor, cue: said, text: We will run every day}", {})]


def test_what_cannot_be_copied_now_is_told_and_nothing_sent(file: Path) -> None:
    desk = desk_on(file, "quote/run")
    file.write_text("headline: another\nbody: text\n", encoding="utf-8")
    take(desk, menu_of(desk), "y")
    assert (desk.sent, desk.said) == ([], "the file is no longer what was read")


def test_what_has_gone_since_the_menu_was_laid_is_told(file: Path) -> None:
    desk = desk_on(file, "quote/run")
    sheet = menu_of(desk)
    desk.state = rested(desk.state, ref("para/p3"))
    take(desk, sheet, "q")
    assert (desk.sent, desk.said) == ([], "that is no longer here")


def test_p_prints_the_chosen_text_on_the_plain_screen(
    file: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on(file, "quote/run")
    reader, writer = os.pipe()
    os.write(writer, b"typed ahead\n")
    with os.fdopen(reader) as keys:
        monkeypatch.setattr(sys, "__stdin__", keys)
        take(desk, pressed(menu_of(desk), "j", "j"), "p")
    os.close(writer)
    assert capfd.readouterr().out.split("\n")[1].startswith("“We will run every day” (Ida Brandt, “Ferry pact signed”")
    assert (desk.sent, desk.said, desk.suspended) == ([], "", 1)


@pytest.mark.parametrize("typed", [b"\n", b"jjj\n", b"\xff\xfe\r"])
def test_a_terminal_comes_back_at_enter_whatever_was_typed(typed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    leader, follower = pty.openpty()
    os.write(leader, typed)
    with os.fdopen(follower) as keys:
        monkeypatch.setattr(sys, "__stdin__", keys)
        printed(plain_app(), "text")
    os.close(leader)


def test_without_input_it_comes_back_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "__stdin__", nothing)
        printed(plain_app(), "text")
    monkeypatch.setattr(sys, "__stdin__", None)
    printed(plain_app(), "text")


def test_far_away_the_web_address_is_shown_and_copied(file: Path) -> None:
    desk = desk_on(file, "para/p1")
    ACTS["web"](desk)
    assert desk.sheet
    assert [part for entry in desk.sheet.entries for part in entry.parts if part.name == "url"] == [
        ("url", WEB, (), "")
    ]
    assert desk.sent == [osc52(WEB, {})]


def test_on_the_readers_own_desktop_the_browser_opens_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Sequence[str]] = []

    def started(words: Sequence[str]) -> bool:
        called.append(words)
        return True

    monkeypatch.setattr(acts, "started", started)
    monkeypatch.delenv("SSH_TTY")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("BROWSER", "firefox")
    desk = desk_on(file, "para/p1")
    ACTS["web"](desk)
    assert called == [["firefox", WEB]]
    assert (desk.said, desk.sent, desk.sheet) == (f"opened in the browser: {WEB}", [], None)


def test_without_a_web_address_that_is_told(file: Path) -> None:
    file.write_text(FERRY, encoding="utf-8")
    desk = desk_on(file, "para/p1")
    ACTS["web"](desk)
    assert (desk.said, desk.sent, desk.sheet) == ("no web address is given for this", [], None)
