import os
import sys
from pathlib import Path

import pytest
from waiting import PATIENCE, until

from dossier.terminal import programs
from dossier.terminal.programs import browser_command, is_local, run_program, start_program

PAGE = "https://example.org/2023/04/ferry-pact"
DESKTOP = {"DISPLAY": ":0"}


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a working program the time that it needs on a busy machine."""
    monkeypatch.setattr(programs, "_PATIENCE", PATIENCE)


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
def test_over_ssh_nothing_is_local(name: str) -> None:
    assert not is_local({name: "something", **DESKTOP})
    assert is_local({name: "", **DESKTOP})
    assert browser_command(PAGE, {name: "something", **DESKTOP}) is None


@pytest.mark.parametrize(
    ("environ", "platform", "words"),
    [
        (DESKTOP, "linux", ["xdg-open", PAGE]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", ["xdg-open", PAGE]),
        ({}, "darwin", ["open", PAGE]),
        ({}, "linux", None),
        ({"BROWSER": "w3m"}, "linux", None),
        ({**DESKTOP, "BROWSER": "firefox"}, "linux", ["firefox", PAGE]),
        ({**DESKTOP, "BROWSER": "firefox --private %s"}, "linux", ["firefox", "--private", PAGE]),
        ({**DESKTOP, "BROWSER": "firefox:chromium"}, "linux", ["firefox", PAGE]),
        ({**DESKTOP, "BROWSER": "it's"}, "linux", ["it's", PAGE]),
        ({**DESKTOP, "BROWSER": " "}, "linux", ["xdg-open", PAGE]),
    ],
)
def test_which_browser(environ: dict[str, str], platform: str, words: list[str] | None) -> None:
    assert browser_command(PAGE, environ, platform) == words


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "javascript:alert(1)", "--help", "ferry-pact", "httpd://x"])
def test_nothing_but_a_page_of_the_web_is_opened(url: str) -> None:
    assert browser_command(url, DESKTOP, "linux") is None


def test_a_program_is_given_a_second_at_most() -> None:
    assert programs._PATIENCE <= 1


@pytest.mark.usefixtures("unhurried")
def test_a_program_is_given_the_text(tmp_path: Path) -> None:
    there = tmp_path / "clipboard"
    words = [sys.executable, "-c", f"import sys; open({str(there)!r}, 'wb').write(sys.stdin.buffer.read())"]
    assert run_program(words, "“no new toll”".encode())
    assert there.read_text(encoding="utf-8") == "“no new toll”"


@pytest.mark.parametrize("words", [["no-such-program-here"], ["false"], ["/"], ["sleep", "3600"]])
def test_a_program_that_fails_or_hangs_is_told(words: list[str]) -> None:
    assert not run_program(words, b"text")


@pytest.mark.usefixtures("unhurried")
def test_a_program_that_reads_nothing_does_no_harm() -> None:
    assert run_program(["true"], b"a" * 1_000_000)


@pytest.mark.usefixtures("unhurried")
def test_a_tool_that_stays_in_the_background_is_not_waited_for() -> None:
    # It holds what it inherited open for longer than anything is waited for.
    assert run_program(["sh", "-c", f"sleep {2 * PATIENCE:.0f} &"], b"text")


def test_what_is_started_runs_beside_and_in_a_session_of_its_own(tmp_path: Path) -> None:
    there = tmp_path / "session"
    words = [sys.executable, "-c", f"import os; open({str(there)!r}, 'w').write(str(os.getsid(0)))"]
    assert start_program(words)
    until(lambda: there.exists() and bool(there.read_text()))
    assert int(there.read_text()) != os.getsid(0)


def test_what_cannot_be_started_is_told() -> None:
    assert not start_program(["no-such-program-here", PAGE])
