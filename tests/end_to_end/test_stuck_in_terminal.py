"""Tests on a pseudo-terminal that the program ends, and gives the terminal back, whatever a file or a disk does.

A stalled disk is stood for by functions that never return, in the program itself.
"""

import os
import shutil
import signal
from pathlib import Path

import pytest
from ptys import line, python
from reader import NATO
from waiting import until

STALLED = """
import os, sys, threading
from pathlib import Path
sys.argv[0] = "dossier"
gone = Path({flag!r})
look_up = os.stat
def stalls(path):
    return isinstance(path, (str, os.PathLike)) and {part!r} in os.fspath(path) and os.path.lexists(gone)
def stat(path, *words, **named):
    if stalls(path):
        Path({flag!r} + ".met").touch()
        threading.Event().wait()
    return look_up(path, *words, **named)
os.stat = stat
mkdir = os.mkdir
def make(path, *words, **named):
    if stalls(path):
        threading.Event().wait()
    return mkdir(path, *words, **named)
os.mkdir = make
{more}
from dossier.cli.main import main
sys.exit(main([{path!r}]))
"""
STUCK_LOOP = """
from dossier.tui import screen
press = screen.ReadingRoom._press
def stuck(self, event):
    if event.key == "j":
        Path({flag!r} + ".met").touch()
        threading.Event().wait()
    press(self, event)
screen.ReadingRoom._press = stuck
"""


def program(path: Path, flag: Path, part: str, more: str = "") -> list[str]:
    return python("-c", STALLED.format(path=str(path), flag=str(flag), part=part, more=more.format(flag=str(flag))))


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_a_pipe_in_the_place_of_the_open_file(tmp_path: Path, key: str) -> None:
    file = Path(shutil.copy(NATO, tmp_path / "article.yaml"))
    with line(python("-m", "dossier", str(file)), HOME=str(tmp_path)) as far:
        far.wait("1/27")

        def is_followed() -> bool:
            # The first changes may come before the file is looked at for the first time.
            with file.open("a", encoding="utf-8") as more:
                more.write("# changed\n")
            far.read(0.7)
            return "reloaded" in far.text

        until(is_followed)
        file.unlink()
        os.mkfifo(file)
        far.wait("still showing the old version")
        far.type("j")
        far.type(key)
        assert far.status() == 0
        assert far.attributes() == far.before


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_the_disk_of_the_open_file_stalls(tmp_path: Path, key: str) -> None:
    file, flag = Path(shutil.copy(NATO, tmp_path / "article.yaml")), tmp_path / "stalled"
    with line(program(file, flag, "article.yaml"), HOME=str(tmp_path)) as far:
        far.wait("1/27")
        flag.touch()
        until(Path(f"{flag}.met").exists)
        far.type("\t\t")
        far.wait("1/9")
        far.type(key)
        assert far.status() == 0
        assert far.attributes() == far.before


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_the_event_loop_itself_is_stuck(tmp_path: Path, key: str) -> None:
    flag = tmp_path / "stalled"
    with line(program(NATO, flag, "nothing", STUCK_LOOP), HOME=str(tmp_path)) as far:
        far.wait("1/27")
        far.type("\t")
        far.wait("1/")
        far.type("j")
        until(lambda: far.has_come(b"") and Path(f"{flag}.met").exists())
        far.type(key)
        assert far.status() == 0
        assert far.attributes() == far.before


def test_the_disk_of_the_place_stalls(tmp_path: Path) -> None:
    flag = tmp_path / "stalled"
    with line(program(NATO, flag, "/state"), HOME=str(tmp_path)) as far:
        far.wait("1/27")
        flag.touch()
        far.type("q")
        assert far.status() == 0
        assert far.attributes() == far.before
        assert far.has_come(b"your place was not saved: the disk does not answer")


def test_interrupted_while_the_disk_of_the_article_stalls(tmp_path: Path) -> None:
    file, flag = Path(shutil.copy(NATO, tmp_path / "article.yaml")), tmp_path / "stalled"
    flag.touch()
    with line(program(file, flag, "article.yaml"), HOME=str(tmp_path)) as far:
        until(lambda: not far.has_come(b"never") and Path(f"{flag}.met").exists())
        far.kill(signal.SIGINT)
        # At first the signal itself ends the process. To a shell it is the same.
        assert far.status() in (-signal.SIGINT, 128 + signal.SIGINT)
        assert far.attributes() == far.before


@pytest.mark.parametrize("keys", ["q", "\x03", "s\x03"])
def test_a_key_that_quits_does_not_wait_for_the_toolkit(tmp_path: Path, keys: str) -> None:
    """Here the toolkit is never loaded."""
    stuck = """
from dossier.cli import startup
startup.load_toolkit = lambda able: threading.Event().wait()
"""
    with line(program(NATO, tmp_path / "no", "nothing", stuck), HOME=str(tmp_path)) as far:
        far.wait("Pyongyang")
        far.type(keys)
        assert far.status() == 0
        assert far.attributes() == far.before


def test_what_the_interpreter_closes_in_the_end_may_stall(tmp_path: Path) -> None:
    stuck = f"""
import sys, threading
class Stuck:
    def __del__(self, wait=threading.Event().wait):
        wait()
stuck = Stuck()
sys.argv = ["dossier", {str(NATO)!r}]
from dossier.cli.main import main
sys.exit(main())
"""
    with line(python("-c", stuck), HOME=str(tmp_path)) as far:
        far.wait("1/27")
        far.type("q")
        assert far.status() == 0
        assert far.attributes() == far.before
