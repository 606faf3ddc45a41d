import os
import pty
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rooms import FERRY, ref, sized

from dossier.core.dataclasses import replace
from dossier.loader.article import load_article
from dossier.terminal.clipboard import encode_osc52
from dossier.tui import outside_effects
from dossier.tui.effects import EFFECTS
from dossier.tui.outside import print_on_plain_screen
from dossier.tui.outside_effects import use_copy_menu
from dossier.tui.pipe_runner import PipeHost, PipeRunner
from dossier.ui.comparison_sheet import ComparisonSheet
from dossier.ui.navigation import place_cursor
from dossier.ui.note_sheet import NoteSheet
from dossier.ui.options import DEFAULT_OPTIONS
from dossier.ui.popup import Popup, entry_for_key, press_popup_key
from dossier.ui.state import State, open_article_state
from dossier.ui.view import View

WEB = "https://example.org/ferry-pact"
MACHINE = ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "TERMUX_VERSION", "BROWSER", "SSH_CONNECTION", "SSH_CLIENT")


class ScreenDouble:
    """What the effects need of the screen, with a record of what they did."""

    def __init__(self, state: State) -> None:
        self.state, self.is_alone, self.options = state, False, DEFAULT_OPTIONS
        self.view = View(DEFAULT_OPTIONS.screen(80, 24))
        self.notes: Any = None
        self.popup: Popup | None = None
        self.pipes = PipeRunner(cast(PipeHost, self))
        self.said = ""
        self.sent: list[str] = []
        self.app: Any = SimpleNamespace(_driver=SimpleNamespace(write=self.sent.append), suspend=self._suspend)
        self.suspended = 0

    def change(self, state: State, say: str = "") -> None:
        self.state, self.said = state, say

    def show_popup(self, popup: Popup) -> None:
        self.popup = popup

    def show_comparison(self, popup: ComparisonSheet) -> None:
        raise AssertionError

    def show_note_sheet(self, popup: NoteSheet | None) -> None:
        raise AssertionError

    def show_prompt(self, purpose: str, sign: str, text: str, note_id: str = "") -> None:
        raise AssertionError(purpose)

    def show_hints(self) -> None:
        raise AssertionError("no hints are asked for")

    def show_export_menu(self) -> None:
        raise AssertionError("no export is asked for")

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


def host_on(file: Path, address: str) -> ScreenDouble:
    """Return a host whose state has the cursor on this address."""
    article = load_article(file).article
    assert article
    return ScreenDouble(place_cursor(sized(open_article_state(article, ()), 60, 12), ref(address)))


def plain_app() -> Any:
    """Return an app that has no screen to give back."""
    return SimpleNamespace(suspend=nullcontext)


def menu_of(host: ScreenDouble) -> Popup:
    EFFECTS["copy"](host)
    assert host.popup
    return host.popup


def test_a_key_of_the_menu_sends_the_text_to_the_terminal(file: Path) -> None:
    host = host_on(file, "quote/run")
    use_copy_menu(host, menu_of(host), "t")
    assert host.sent == [encode_osc52("We will run every day", {})]
    assert host.said == "21 characters sent to the terminal (OSC 52); if nothing arrives, y, then p, prints it"


def test_enter_sends_what_the_cursor_of_the_menu_is_on(file: Path) -> None:
    host = host_on(file, "quote/run")
    popup = press_popup_key(menu_of(host), "G", "G")
    assert entry_for_key(popup, "enter")
    use_copy_menu(host, popup, "enter")
    assert host.sent == [encode_osc52("  - {id: run, speaker: okafor, cue: said, text: We will run every day}", {})]


def test_what_cannot_be_copied_now_is_told_and_nothing_sent(file: Path) -> None:
    host = host_on(file, "quote/run")
    file.write_text("headline: another\nbody: text\n", encoding="utf-8")
    use_copy_menu(host, menu_of(host), "y")
    assert (host.sent, host.said) == ([], "the file has changed since it was read")


def test_what_has_gone_since_the_menu_was_laid_is_told(file: Path) -> None:
    host = host_on(file, "quote/run")
    popup = menu_of(host)
    host.state = place_cursor(host.state, ref("para/p3"))
    use_copy_menu(host, popup, "q")
    assert (host.sent, host.said) == ([], "no longer there")


def test_p_prints_the_chosen_text_on_the_plain_screen(
    file: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    host = host_on(file, "quote/run")
    reader, writer = os.pipe()
    os.write(writer, b"typed ahead\n")
    with os.fdopen(reader) as keys:
        monkeypatch.setattr(sys, "__stdin__", keys)
        use_copy_menu(host, press_popup_key(menu_of(host), "j", "j"), "p")
    os.close(writer)
    assert capfd.readouterr().out.split("\n")[1].startswith("“We will run every day” (Ida Brandt, “Ferry pact signed”")
    assert (host.sent, host.said, host.suspended) == ([], "", 1)


@pytest.mark.parametrize("typed", [b"\n", b"jjj\n", b"\xff\xfe\r"])
def test_a_terminal_comes_back_at_enter_whatever_was_typed(typed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    leader, follower = pty.openpty()
    os.write(leader, typed)
    with os.fdopen(follower) as keys:
        monkeypatch.setattr(sys, "__stdin__", keys)
        print_on_plain_screen(plain_app(), "text")
    os.close(leader)


def test_without_input_it_comes_back_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "__stdin__", nothing)
        print_on_plain_screen(plain_app(), "text")
    monkeypatch.setattr(sys, "__stdin__", None)
    print_on_plain_screen(plain_app(), "text")


def test_far_away_the_web_address_is_shown_and_copied(file: Path) -> None:
    host = host_on(file, "para/p1")
    EFFECTS["web"](host)
    assert host.popup
    assert [part for entry in host.popup.entries for part in entry.parts if part.name == "url"] == [
        ("url", WEB, (), "")
    ]
    assert host.sent == [encode_osc52(WEB, {})]


def test_on_the_readers_own_desktop_the_browser_opens_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Sequence[str]] = []

    def started(words: Sequence[str]) -> bool:
        called.append(words)
        return True

    monkeypatch.setattr(outside_effects, "start_program", started)
    monkeypatch.delenv("SSH_TTY")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("BROWSER", "firefox")
    host = host_on(file, "para/p1")
    EFFECTS["web"](host)
    assert called == [["firefox", WEB]]
    assert (host.said, host.sent, host.popup) == (f"opening in the browser: {WEB}", [], None)


def test_without_a_web_address_that_is_told(file: Path) -> None:
    file.write_text(FERRY, encoding="utf-8")
    host = host_on(file, "para/p1")
    EFFECTS["web"](host)
    assert (host.said, host.sent, host.popup) == ("no web address", [], None)


def test_what_came_from_standard_input_has_no_file_to_edit(file: Path) -> None:
    host = host_on(file, "quote/run")
    article = replace(host.state.reading.article, path="")
    host.state = replace(host.state, reading=replace(host.state.reading, article=article))
    EFFECTS["edit"](host)
    assert (host.said, host.suspended) == ("no file to edit: the article came from standard input", 0)
    assert menu_of(host).keys == ("t", "c", "q", "a", "w")
