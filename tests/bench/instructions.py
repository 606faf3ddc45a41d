"""Instructions until a program has shown the words of an article, counted by valgrind: the same on a busy machine.

The program runs on a terminal, some 50 times slower than by itself, and is ended as soon as the words are shown. So
little of what follows them is counted. It is not stopped meanwhile: Textual takes the terminal anew when it goes on.
It is started as its script starts it, with compiled modules. What other processes of the program do is not counted.
Each is counted in its first opening, with empty folders, and in the next, with the folders that it left.

    python tests/bench/instructions.py --sizes 80x24,200x50
"""

import argparse
import compileall
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from builds import CHECKOUT, INSTALLED, BenchmarkError, Build
from ground import machine, table, tell
from line import environment_in
from manuscript import found, opening
from process_costs import has_ended
from rivals import Program, dossier, empty
from seat import Seat, Size, seat, size_of
from typist import Place, shows

import dossier as package
from dossier.loader.article import load_article

ARTICLE = CHECKOUT / "data" / "nato-seoul-2023.yaml"
_PATIENCE, _LEAVING = 240.0, 30.0
"""Seconds to wait for the words, and for the end of a program."""
_SILENCE = 1.0
_END = signal.SIGUSR2
"""A signal that ends a program by default and that none handles: valgrind then prints what it has counted."""
_SCRIPT = "import sys; from dossier.cli.main import main; sys.exit(main())"
"""What the script of the program does; `python -m` would load more."""
_COLLECTED = re.compile(r"^==\d+== Collected : (\d+)", re.MULTILINE)


def main() -> int:
    """Measure, and print the table."""
    questions = argparse.ArgumentParser(description="Count the instructions until an article's words are shown.")
    questions.add_argument("--sizes", default="80x24,200x50", help="columns and lines (80x24,200x50)")
    asked = questions.parse_args()
    tell(machine())
    rows: list[tuple[object, ...]] = []
    try:
        if words := missing():
            raise BenchmarkError(words)
        with tempfile.TemporaryDirectory(prefix="dossier-bench-") as temporary:
            folder = Path(temporary)
            place = Place(environment_in(folder), folder / "own")
            for size in map(size_of, asked.sizes.split(",")):
                bare, own = count_first(empty(), place, size), bundled()
                for name, count in (("first", count_first), ("next", count_next)):
                    counted = count(own, place, size)
                    called = f"{size[0]}x{size[1]}, {name} opening"
                    rows.append((called, bare / 1e6, counted / 1e6, counted / bare))
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    table("Millions of instructions to the first words", ("", "empty program", "dossier", "of empty"), rows)
    return 0


def missing() -> str:
    """Return what is missing to count instructions, or "" when nothing is."""
    return "" if shutil.which("valgrind") else "valgrind is missing: apt-get install valgrind"


def bundled(build: Build = INSTALLED) -> Program:
    """Return the program with the article that comes with it. Raises BenchmarkError when that cannot be read."""
    article, _ = load_article(ARTICLE)
    if not article:
        raise BenchmarkError(f"{ARTICLE} is no article")
    compileall.compile_dir(build.folder / "dossier" if build.folder else package.__path__[0], quiet=1)
    program = dossier(build.name, ARTICLE, opening(article), found(article), build)
    return program._replace(command=(sys.executable, "-c", _SCRIPT, str(ARTICLE)))


def count_first(program: Program, place: Place, size: Size) -> int:
    """Return the instructions of the first opening. Raises BenchmarkError when the words are not shown."""
    _emptied(place.own)
    return _count(program, place, size)


def count_next(program: Program, place: Place, size: Size) -> int:
    """Return the instructions of the next opening. Raises BenchmarkError when the words are not shown."""
    _emptied(place.own)
    # In the first it runs by itself and is left with its key, so that it keeps what it keeps for the next.
    with seat(program.command, {**place.environment, **program.environment}, size) as at:
        _wait_for(at, program)
        while at.bursts(_SILENCE, _SILENCE):
            pass
        at.press("q")
        _wait_for_end(at)
    return _count(program, place, size)


def collected(log: str) -> int:
    """Return the instructions that a log of callgrind tells of. Raises BenchmarkError when it tells of none."""
    if told := _COLLECTED.search(log):
        return int(told[1])
    raise BenchmarkError(f"valgrind has counted nothing:\n{log.strip()[-500:]}")


def _count(program: Program, place: Place, size: Size) -> int:
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
        counted = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={folder}/%p")
        environment = {**place.environment, **program.environment, "PYTHONHASHSEED": "0"}
        with seat((*counted, *program.command), environment, size) as at:
            _wait_for(at, program)
            os.kill(at.process, _END)
            _wait_for_end(at)
            log = Path(folder, str(at.process))
        return collected(log.read_text("utf-8", "replace") if log.exists() else "")


def _wait_for(at: Seat, program: Program) -> None:
    """Wait until the program shows its article. Raises BenchmarkError when it never does."""
    end = time.monotonic() + _PATIENCE
    while not shows(at.screen, program.opening):
        if time.monotonic() > end:
            raise BenchmarkError(f"{program.name} does not show its article; its screen is:\n{at.text}")
        at.look(at.bursts(0, _SILENCE))


def _wait_for_end(at: Seat) -> None:
    """Wait until the program has ended, and read what it still sends, without which it could not."""
    end = time.monotonic() + _LEAVING
    while time.monotonic() < end and not has_ended(at.process):
        at.bursts(0, 0.05)


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


if __name__ == "__main__":
    sys.exit(main())
