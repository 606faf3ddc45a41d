"""A command that is given a text, with the program on a real line: what is shown, and what a signal leaves behind."""

import os
import signal
from pathlib import Path

import pytest
from ptys import line, python
from reader import NATO
from terminals import in_terminal, terminal

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, 0])
def test_a_command_that_runs_ends_with_the_program(number: int, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with line(python("-m", "dossier", str(NATO)), XDG_STATE_HOME=str(tmp_path), SHELL="/bin/sh") as far:
        far.wait("1/27")
        far.type(f"|exec 9> {fifo}; echo begun >&9; sleep 600\r")
        with fifo.open() as held:
            assert held.readline() == "begun\n"
            far.wait("Esc ends it")
            if number:
                far.kill(number)
            else:
                far.type("\x03q")
            assert far.status() == (128 + number if number else 0)
            # The end comes when the last of the processes is gone.
            assert held.read() == ""


def test_a_program_that_wants_the_terminal_gets_none(tmp_path: Path) -> None:
    with line(python("-m", "dossier", str(NATO)), XDG_STATE_HOME=str(tmp_path), SHELL="/bin/sh") as far:
        far.wait("1/27")
        far.type("|read answer < /dev/tty; echo got $answer\r")
        far.wait("Standard error", "/dev/tty")
        far.type("\x1bq")
        assert far.status() == 0


@pytest.mark.parametrize("ascii", ["", " --ascii"])
@in_terminal[1]
def test_words_are_selected_and_counted(ascii: str, tmp_path: Path) -> None:
    with terminal(tmp_path, SHELL="/bin/sh") as desk:
        desk.command(f"$PYTHON -m dossier {NATO}{ascii}; echo ended with $?")
        desk.wait(lambda screen: "1/27" in screen.rows[-1])
        desk.type("jV3l")
        screen = desk.wait(lambda screen: "h/l word" in screen.rows[-1])
        row = screen.row("NATO and its partners in Asia")
        assert screen.words(row, lambda cell: bool(cell.reverse)) == "NATO and its partners"
        assert screen.words(row, lambda cell: bool(cell.reverse and cell.underscore)) == "partners"
        desk.type("|tr ' ' '/'\r")
        desk.wait(lambda screen: "NATO/and/its/partners" in screen.text)
        desk.press("Escape")
        desk.wait(lambda screen: "h/l word" in screen.rows[-1] and "tr ' '" not in screen.text)
        desk.press("Escape")
        screen = desk.wait(lambda screen: "j/k line" in screen.rows[-1] and "h/l word" not in screen.rows[-1])
        assert screen.words(row, lambda cell: bool(cell.reverse)) == ""
        desk.press("x")
        desk.wait(lambda screen: ("flow of ar..." if ascii else "flow of ar…") in screen.text)
        desk.press("Escape")
        desk.wait(lambda screen: "j/k line" in screen.rows[-1])
        desk.press("q")
        desk.wait(lambda screen: "ended with 0" in screen.text)
