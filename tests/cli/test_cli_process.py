"""The program as a process: its streams, its status, and what it loads."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from locales import Locale, with_locales
from ptys import line
from shell import ARLEN, NATO, ROOT

PROGRAM = (sys.executable, "-m", "dossier")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command without input. `environment` adds to that of the tests."""
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


# As Python is by itself since 3.15, and before.
UTF8_MODES = [["-X", "utf8=1"], ["-X", "utf8=0"]]


def printed(mode: list[str], words: list[str | bytes], **environment: str) -> bytes:
    """Return what the program prints in a locale, without an environment variable that says otherwise."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, *mode, "-m", "dossier", *words]
    ran = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env={**given, **environment})
    assert (ran.returncode, ran.stderr) == (0, b"")
    return ran.stdout


@with_locales
@pytest.mark.parametrize("mode", UTF8_MODES, ids=" ".join)
@pytest.mark.parametrize(
    ("name", "address", "shown"),
    [
        ("ko_KR.EUC-KR", "person/park", "native       박진"),
        ("en_US.ISO-8859-1", "person/park", "native       ??"),
        ("en_US.ISO-8859-1", "#headline", "Pyongyang?s arms"),
    ],
)
def test_the_encoding_of_the_locale_is_what_is_printed_in(
    mode: list[str], name: str, address: str, shown: str, locale: Locale
) -> None:
    told = printed(mode, ["show", address, NATO], **locale(name))
    assert shown in told.decode(name.partition(".")[2])


@with_locales
@pytest.mark.parametrize("mode", UTF8_MODES, ids=" ".join)
def test_what_is_typed_is_in_the_encoding_of_the_locale(mode: list[str], locale: Locale) -> None:
    environment = locale("ko_KR.EUC-KR")
    told = printed(mode, ["search", "박진".encode("euc-kr"), NATO], **environment)
    assert "박진" in told.decode("euc-kr")


@with_locales
@pytest.mark.parametrize("mode", UTF8_MODES, ids=" ".join)
def test_a_pager_is_given_the_encoding_of_the_locale(mode: list[str], locale: Locale, tmp_path: Path) -> None:
    environment = locale("ko_KR.EUC-KR")
    told = tmp_path / "told"
    environment |= {"TERM": "dumb", "PAGER": f"sh -c 'cat > {told}'", "HOME": str(tmp_path)}
    # A dumb terminal gets the article through its pager.
    with line([sys.executable, *mode, "-m", "dossier", NATO], 80, 24, **environment) as far:
        assert far.status() == 0
    assert "박진" in told.read_bytes().decode("euc-kr")


@pytest.mark.parametrize("mode", UTF8_MODES, ids=" ".join)
@pytest.mark.parametrize("name", ["LC_ALL", "LC_CTYPE", "LANG"])
def test_a_locale_that_is_lacking_is_taken_at_its_word(mode: list[str], name: str, tmp_path: Path) -> None:
    environment = {"LC_ALL": "", name: "xx_XX.UTF-8"}
    assert "박진" in printed(mode, ["show", "person/park", NATO], **environment).decode()
    environment["HOME"] = str(tmp_path)
    with line([sys.executable, *mode, "-m", "dossier", NATO], 80, 24, **environment) as far:
        assert "“reckless missile" in far.wait("1/27")
        far.type("2")
        far.wait("박진")


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
    slow = {"yaml", "multiprocessing", "dossier.core.model", "dossier.loader.article", "dossier.ui", "rich"}
    assert loaded(words, slow, tmp_path) == set()


def loaded(words: list[str], modules: set[str], place: Path) -> set[str]:
    """Which of these modules a command loads, with a cache of its own in the folder `place`."""
    program = f"import sys; from dossier.cli.main import main; main({words!r})\n"
    program += f"print(); print(*({modules!r} & sys.modules.keys()))"
    ran = run(sys.executable, "-c", program, XDG_CACHE_HOME=str(place), XDG_STATE_HOME=str(place))
    return set(ran.stdout.splitlines()[-1].split())
