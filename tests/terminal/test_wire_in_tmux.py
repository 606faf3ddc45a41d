"""Tests of the driver under a shell: stopping and continuing, and frames in tmux."""

import re
import shlex
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from processes import state, turns
from terminals import Screen, Terminal, in_terminal, terminal
from waiting import until

pytestmark = in_terminal
ROOT = Path(__file__).parent.parent.parent
TINY = Path(__file__).parent / "tiny.py"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Terminal]:
    with terminal(tmp_path, PYTHONPATH=str(ROOT)) as opened:
        yield opened


def start(desk: Terminal, before: str = "", after: str = "; echo ended with $?") -> None:
    desk.command(f"{before} $PYTHON {shlex.quote(str(TINY))} {shlex.quote(str(desk.folder))} {after}")
    desk.wait(lambda screen: "keys 0" in screen.text)


def shows_program(screen: Screen) -> bool:
    # The command is on the screen, too, and the name of a folder in it may be "keys".
    return re.search(r"keys \d", screen.text) is not None


def shows(words: str, screen: Screen) -> bool:
    return words in screen.text


def pid(desk: Terminal) -> int:
    return int((desk.folder / "pid").read_text("utf-8"))


def is_prompted(desk: Terminal) -> Screen:
    """Wait for the shell's prompt: what is typed before that is at another place of the screen."""
    return desk.wait(lambda screen: screen.text.rstrip().endswith("ready>"))


def is_at_the_shell(desk: Terminal) -> None:
    screen = is_prompted(desk)
    assert not shows_program(screen)
    assert (desk.state("cursor_flag"), desk.state("alternate_on"), desk.state("wrap_flag")) == ("1", "0", "1")


def test_stopped_and_brought_back(desk: Terminal) -> None:
    start(desk)
    desk.type("j")
    desk.wait(lambda screen: "keys 1" in screen.text)
    for words in ("keys 2 size 80x24", "keys 3 size 80x24"):
        desk.press("C-z")
        is_at_the_shell(desk)
        desk.command("fg")
        desk.wait(partial(shows, words))
    desk.type("j")
    desk.wait(lambda screen: "keys 4" in screen.text)
    desk.press("q")
    is_at_the_shell(desk)


def test_another_size_when_it_is_brought_back(desk: Terminal) -> None:
    start(desk)
    desk.press("C-z")
    is_at_the_shell(desk)
    desk.resize(100, 30)
    desk.command("fg")
    screen = desk.wait(lambda screen: "keys 1 size 100x30" in screen.text)
    assert screen.rows[29].split() == ["30"] * 12


def test_in_the_background_it_waits_for_the_terminal(desk: Terminal) -> None:
    start(desk)
    desk.press("C-z")
    is_at_the_shell(desk)
    stopped = turns(pid(desk))
    desk.command("clear; bg")
    # It went on, and was stopped again where it wanted the terminal.
    until(lambda: turns(pid(desk)) > stopped and state(pid(desk)) == "T")
    is_prompted(desk)
    desk.command("echo still here")
    screen = desk.wait(lambda screen: "\nstill here" in screen.text)
    assert not shows_program(screen)
    desk.command("fg")
    desk.wait(lambda screen: "keys 1" in screen.text)
    desk.type("q")
    is_at_the_shell(desk)


def test_who_started_it_is_stopped_with_it(desk: Terminal) -> None:
    start(desk, before="sh -c '", after="; echo left with $?'")
    desk.press("C-z")
    is_at_the_shell(desk)
    desk.command("fg")
    desk.wait(lambda screen: "keys 1" in screen.text)
    desk.type("q")
    desk.wait(lambda screen: "left with 0" in screen.text)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_while_it_is_stopped(desk: Terminal, number: signal.Signals) -> None:
    start(desk, after="")
    desk.press("C-z")
    is_at_the_shell(desk)
    desk.command(f"clear; kill -{number} %1; kill -CONT %1")
    until(lambda: not state(pid(desk)), lambda: f"its state is {state(pid(desk))}")
    is_prompted(desk)
    desk.command("jobs; echo none left")
    screen = desk.wait(lambda screen: "\nnone left" in screen.text)
    assert "Stopped" not in screen.text
    assert "Running" not in screen.text
    assert not shows_program(screen)
    assert desk.state("alternate_on") == "0"
    assert (desk.folder / "place").read_text("utf-8") == "1"


def test_a_shell_is_left_as_it_was(desk: Terminal) -> None:
    desk.command("stty -g > before; clear")
    desk.wait(lambda screen: (desk.folder / "before").exists() and screen.text.strip() == "ready>")
    start(desk, after="; stty -g > after; cmp before after && echo the same")
    desk.type("q")
    desk.wait(lambda screen: "\nthe same" in f"\n{screen.text}")
