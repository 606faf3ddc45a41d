"""Tests of what tmux does with clipboard requests, read from its own buffer."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminals import in_terminal, server
from waiting import PATIENCE, until

from dossier.terminal.clipboard import copy_to_clipboard, encode_osc52

pytestmark = in_terminal

SHORT, LONG = "“reckless missile tests”", "“no new toll”, 박진 " * 200


class Tmux:
    """A tmux server of its own, with one pane."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self._folder, self.socket = folder, socket

    def __call__(self, *words: str) -> str:
        command = ["tmux", "-S", str(self.socket), *words]
        made = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
        return made.stdout.decode()

    def shows(self, sequence: str) -> None:
        """Write the sequence to the pane, and wait until tmux has read all of it."""
        (self._folder / "sequence").write_text(f"{sequence}taken", encoding="utf-8")
        self("respawn-pane", "-k", f"cat '{self._folder}/sequence'; exec sleep 3600")
        until(lambda: "taken" in self("capture-pane", "-p"))

    @property
    def buffer(self) -> str:
        return self("show-buffer")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    with server() as socket:
        opened = Tmux(tmp_path, socket)
        opened("-f", "/dev/null", "new-session", "-d", "sleep 3600")
        opened("set", "-g", "set-clipboard", "on")
        yield opened
        opened("kill-server")


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_tmux_takes_the_request_whole(tmux: Tmux, text: str) -> None:
    tmux.shows(encode_osc52(text, {"TERM": "tmux-256color"}) or "")
    assert tmux.buffer == text


@pytest.mark.parametrize(("text", "kept"), [(SHORT, SHORT), (LONG, "")])
def test_tmux_that_passes_for_screen_never_takes_a_part(tmux: Tmux, text: str, kept: str) -> None:
    tmux.shows(encode_osc52(text, {"TERM": "screen-256color"}) or "")
    assert tmux.buffer == kept
    assert tmux("capture-pane", "-p").split() == ["taken"]


@pytest.mark.parametrize("text", [SHORT, LONG * 20])
def test_tmux_is_given_the_text_by_its_own_command(tmux: Tmux, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"TERM": "tmux-256color", "TMUX": f"{tmux.socket},1,0", "SSH_TTY": "/dev/pts/3"}
    monkeypatch.setenv("TMUX", environ["TMUX"])
    made = copy_to_clipboard(text, environ)
    assert made.sequence == ""
    assert made.message.endswith("copied through tmux (OSC 52)")
    assert tmux.buffer == text
