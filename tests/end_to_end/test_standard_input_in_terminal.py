"""An article from standard input, read in a real terminal: keys come from the terminal, which is given back."""

import shlex
from pathlib import Path

import pytest
from reader import NATO
from terminals import Screen, Terminal, in_terminal, terminal

pytestmark = in_terminal

PIPED = f"cat {shlex.quote(str(NATO))} | $PYTHON -m dossier -; echo ended with $?"


def is_ready(screen: Screen) -> bool:
    return screen.text.rstrip().endswith("ready>")


def open_piped(desk: Terminal, command: str = PIPED) -> Screen:
    desk.command(command)
    return desk.wait(lambda screen: "1 Article" in screen.text and "1/27" in screen.rows[-1])


def leave(desk: Terminal) -> None:
    desk.press("q")
    screen = desk.wait(is_ready)
    assert "ended with 0" in screen.text
    assert (desk.state("cursor_flag"), desk.state("alternate_on")) == ("1", "0")
    desk.command("stty -a | grep -o ' echo ' && echo sane")
    desk.wait(lambda screen: "sane\n" in screen.text)


def test_keys_come_from_the_terminal_and_it_is_given_back(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        open_piped(desk)
        desk.type("jj")
        desk.wait(lambda screen: "¶1" in screen.rows[-1])
        desk.type("k/missiles\r")
        desk.wait(lambda screen: "hit 1 of" in screen.rows[-1])
        desk.press("Escape")
        desk.type("e")
        desk.wait(lambda screen: "no file to edit: the article came from standard input" in screen.text)
        leave(desk)


def test_suspended_it_is_brought_back(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        before = open_piped(desk)
        desk.press("C-z")
        desk.wait(is_ready)
        assert (desk.state("cursor_flag"), desk.state("alternate_on")) == ("1", "0")
        desk.command("clear; fg; echo ended with $?")
        after = desk.wait(lambda screen: "1/27" in screen.rows[-1])
        assert after.picture == before.picture
        leave(desk)


def test_the_place_is_kept_by_the_id_of_the_article(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        open_piped(desk)
        desk.type("\t\tj")
        desk.wait(lambda screen: "2/9" in screen.rows[-1])
        leave(desk)
        desk.command("clear; " + PIPED)
        desk.wait(lambda screen: "2/9" in screen.rows[-1])
        leave(desk)


def test_a_file_may_be_given_in_place_of_a_pipe_and_typed_by_hand(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        open_piped(desk, f"$PYTHON -m dossier - < {shlex.quote(str(NATO))}; echo ended with $?")
        leave(desk)
        desk.command("clear; $PYTHON -m dossier -; echo ended with $?")
        desk.wait(lambda screen: "Ctrl-D ends it" in screen.text)
        desk.type('{"headline": "By hand", "body": ["One paragraph."]}')
        desk.press("Enter", "C-d")
        desk.wait(lambda screen: "1 Article" in screen.text and "One paragraph." in screen.text)
        leave(desk)


def test_a_pipe_that_does_not_end_leaves_to_ctrl_c(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        desk.command("sleep 600 | $PYTHON -m dossier -")
        desk.wait(lambda screen: "dossier: waiting for the end of standard input; Ctrl-C quits" in screen.text)
        desk.press("C-c")
        screen = desk.wait(is_ready)
        assert "Traceback" not in screen.text
        desk.command("clear; echo $?")
        desk.wait(lambda screen: is_ready(screen) and "0" in screen.text)


@pytest.mark.parametrize("shell", ["", "setsid -w "], ids=["not on a terminal", "without a session's terminal"])
def test_without_a_terminal_it_is_printed(shell: str, tmp_path: Path) -> None:
    end = " | head -n 1" if not shell else " > out; head -n 1 out"
    with terminal(tmp_path) as desk:
        desk.command(f"cat {shlex.quote(str(NATO))} | {shell}$PYTHON -m dossier -{end}")
        screen = desk.wait(is_ready)
        assert "NATO takes up Pyongyang’s arms for Moscow" in screen.text
        assert desk.state("alternate_on") == "0"


def test_with_a_terminal_to_draw_on_but_none_for_keys_it_is_printed(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        desk.command(f"cat {shlex.quote(str(NATO))} | setsid -w $PYTHON -m dossier - ; echo ended with $?")
        screen = desk.wait(lambda screen: "ended with 0" in screen.text)
        assert "1 Article" not in screen.text
        assert desk.state("alternate_on") == "0"
