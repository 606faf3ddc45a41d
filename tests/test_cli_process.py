"""The program as a process: its streams, its status, and what it loads."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ARLEN, NATO, ROOT

PROGRAM = (sys.executable, "-m", "dossier")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command does that is given no input; `environment` adds to that of the tests."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL, env=given
    )


def test_version() -> None:
    ran = run(*PROGRAM, "--version")
    assert re.fullmatch(r"dossier \d+\.\d+\.\d+\S*\n|dossier \(not installed: run from its source\)\n", ran.stdout)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_status_is_that_of_main() -> None:
    assert run(*PROGRAM, "show", "quote/q33", NATO).returncode == 1
    assert run(*PROGRAM, "check", "none.yaml").returncode == 2


@pytest.mark.parametrize("words", ["check .", f"show '#' {NATO}", f"search a {NATO}", "--help", NATO])
def test_a_reader_who_has_had_enough_is_no_failure(words: str) -> None:
    ran = run("sh", "-c", f"exec 3>&1; (cd {ROOT}/tests/golden; {shlex.join(PROGRAM)} {words}; echo $? >&3) | true")
    assert ran.stdout == "0\n"
    assert "Traceback" not in ran.stderr
    assert "Broken" not in ran.stderr


def test_a_closed_output_is_no_failure() -> None:
    ran = run("sh", "-c", f"{shlex.join(PROGRAM)} show '#' {NATO} >&-")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_encoding_that_lacks_the_words_is_no_failure() -> None:
    ran = run(*PROGRAM, "show", "person/park", NATO, PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "name         Park Jin\nnative       ??\n" in ran.stdout
    ran = run(*PROGRAM, "show", "person/park", NATO, "--format", "json", PYTHONIOENCODING="ascii")
    assert "박진" in {part["text"] for part in json.loads(ran.stdout)["parts"]}


WORDS = (
    ["check", NATO],
    ["show", "quote/q3", NATO],
    ["search", "arms", NATO],
    ["search", "arms", ARLEN],
    ["index", ARLEN],
    ["index", ARLEN, "--status"],
    ["registry", ARLEN],
    ["--version"],
    [NATO],
)


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_printing_does_not_load_the_toolkit(words: list[str], tmp_path: Path) -> None:
    assert loaded(words, {"textual"}, tmp_path) == set()


@pytest.mark.parametrize("name", ["text", "jsonl"])
def test_searching_an_index_loads_no_parser(name: str, tmp_path: Path) -> None:
    words = ["search", "arms", ARLEN, "--format", name]
    assert loaded(words, {"yaml"}, tmp_path) == {"yaml"}
    slow = {"yaml", "multiprocessing", "dossier.model", "dossier.loader", "dossier.reading", "rich"}
    assert loaded(words, slow, tmp_path) == set()


def loaded(words: list[str], modules: set[str], place: Path) -> set[str]:
    """Which of these modules a command loads, with a cache of its own in the folder `place`."""
    program = f"import sys; from dossier.cli import main; main({words!r})\n"
    program += f"print(); print(*({modules!r} & sys.modules.keys()))"
    ran = run(sys.executable, "-c", program, XDG_CACHE_HOME=str(place), XDG_STATE_HOME=str(place))
    return set(ran.stdout.splitlines()[-1].split())
