"""Commands that are given a text: what they print, how they end, and that they can be ended."""

import os
import sys
import threading
from pathlib import Path

import pytest

from dossier.terminal.piped_command import MOST_BYTES, CommandOutput, PipedCommand

SHELL = {"SHELL": "/bin/sh", "PATH": os.environ["PATH"]}
TEXT = "Two councils\nsigned “it”\n".encode()


def run(command: str, text: bytes = TEXT) -> CommandOutput:
    return PipedCommand(command, text, SHELL).run()


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("cat", TEXT),
        ("tr a-z A-Z | head -n 1", b"TWO COUNCILS\n"),
        ("printf '%s' \"$DOSSIER_REF\"", b""),
        ("true", b""),
        ("exec <&-; echo done", b"done\n"),
        ("echo 1; exec >&- 2>&-; true", b"1\n"),
    ],
)
def test_a_command_gets_the_text_and_its_output_is_returned(command: str, output: bytes) -> None:
    assert run(command) == (output, b"", 0, False)


def test_a_long_text_is_no_trouble_whether_it_is_read_or_not() -> None:
    text = b"word " * 400_000
    assert run("wc -c", text).output.strip() == b"2000000"
    assert run("true", text) == (b"", b"", 0, False)
    assert run("head -c 4", text).output == b"word"
    assert len(run("cat", text[: MOST_BYTES - 5]).output) == MOST_BYTES - 5


def test_errors_and_status() -> None:
    assert run("echo no >&2; exit 3") == (b"", b"no\n", 3, False)
    gone = run("there-is-no-such-command")
    assert (gone.output, gone.status) == (b"", 127)
    assert b"there-is-no-such-command" in gone.errors
    assert run("kill -9 $$").status == -9


def test_a_shell_that_is_not_there_is_told() -> None:
    told = PipedCommand("cat", TEXT, {"SHELL": "/no/such/shell"}).run()
    assert told.errors.decode() == (
        "cannot start /no/such/shell: No such file or directory; set $SHELL to the path of a shell"
    )
    assert told.status != 0


def test_without_a_shell_of_the_user_it_is_sh() -> None:
    assert PipedCommand("echo $0", b"", {"PATH": os.environ["PATH"]}).run().output == b"/bin/sh\n"


def test_a_command_without_end_is_ended() -> None:
    endless = run("while :; do echo yes yes yes yes yes; done")
    assert (len(endless.output), endless.is_cut) == (MOST_BYTES, True)


def test_errors_without_end_do_not_fill_the_memory() -> None:
    told = run("head -c 3000000 /dev/zero >&2; echo done")
    assert (told.output, told.status) == (b"done\n", 0)
    assert len(told.errors) < 100_000


def test_a_program_left_behind_is_not_waited_for() -> None:
    told = run("sleep 60 & echo $!")
    assert told.status == 0
    os.kill(int(told.output), 9)


def test_there_is_no_terminal() -> None:
    assert run("test -t 0 || test -t 1 || echo none").output == b"none\n"
    assert run("(: < /dev/tty) 2>/dev/null || echo none").output == b"none\n"


@pytest.mark.parametrize("command", ["sleep 60", "sleep 60 | cat", "trap '' TERM INT HUP; sleep 60; sleep 60"])
def test_a_command_is_ended_with_all_that_it_started(command: str, tmp_path: Path) -> None:
    fifo, made = tmp_path / "fifo", list[CommandOutput]()
    os.mkfifo(fifo)
    piped = PipedCommand(f"exec 9> {fifo}; echo begun >&9; {command}", b"", SHELL)
    thread = threading.Thread(target=lambda: made.append(piped.run()))
    thread.start()
    with fifo.open() as held:
        assert held.readline() == "begun\n"
        piped.stop()
        # The end comes when the last of the processes is gone.
        assert held.read() == ""
    thread.join()
    assert made[0].status == -9


@pytest.mark.parametrize("leave", ["", "os.setsid()"])
def test_what_a_command_has_left_behind_is_ended_with_it_while_it_prints(leave: str, tmp_path: Path) -> None:
    script, fifo = tmp_path / "left.py", tmp_path / "fifo"
    os.mkfifo(fifo)
    script.write_text(
        "import os, time\n"
        "parent = os.getpid()\n"
        "if os.fork(): os._exit(0)\n"
        f"{leave}\n"
        "while os.getppid() == parent: time.sleep(0.01)\n"
        "os.write(9, b'begun\\n')\n"
        "while True: print('on', flush=True); time.sleep(0.01)\n"
    )
    piped = PipedCommand(f"exec 9> {fifo}; exec {sys.executable} {script}", b"", SHELL)
    thread = threading.Thread(target=piped.run)
    thread.start()
    with fifo.open() as held:
        assert held.readline() == "begun\n"
        piped.stop()
        assert held.read() == ""
    thread.join()


def test_a_command_that_was_stopped_before_it_began() -> None:
    piped = PipedCommand("sleep 60", b"", SHELL)
    piped.stop()
    assert piped.run().status == -9
