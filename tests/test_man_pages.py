"""Tests of the manual pages: they are what the help and the parsers say, and formatters have no objection to them."""

import os
import re
import shutil
import subprocess
import tomllib

import pytest
from man_pages import FOLDER, ROOT, first_line, make_pages

from dossier.cli.main import find_parser
from dossier.export.help_topics import TOPICS, BlockKind, read_topic, split_topic

_NEEDED = os.environ.get("DOSSIER_NEEDS", "").split()
PAGES = make_pages()
COMMANDS = re.findall(r"^  ([a-z]+)  ", find_parser("").format_help(), flags=re.MULTILINE)


def _words(page: str) -> str:
    """Return the words of a page, without its requests and escapes."""
    text = re.sub(r"\\\[u([0-9A-F]+)\]", lambda code: chr(int(code[1], 16)), page)
    for escape, sign in (("-", "-"), ("(aq", "'"), ("(dq", '"'), ("(ga", "`"), ("(ha", "^"), ("(ti", "~"), ("&", "")):
        text = text.replace(f"\\{escape}", sign)
    text = re.sub(r"\\f[BR]|^\.(?:SH|SS|BR) |^\.[A-Z]+$", "", text, flags=re.MULTILINE)
    return " ".join(text.replace("\\e", "\\").split())


def test_the_pages_are_those_in_the_folder() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_is_made(name: str) -> None:
    head, _, rest = (FOLDER / name).read_text("ascii").partition("\n")
    day = re.search(r'"(\d{4}-\d\d-\d\d)"', head)
    assert day
    assert f"{head}\n" == first_line(name, day[1])
    assert rest == PAGES[name], "the help has changed: run python tests/man_pages.py"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_has_all_of_a_topic(topic: str) -> None:
    words = _words(PAGES["dossier-format.5" if topic == "format" else "dossier.1"])
    for block in split_topic(read_topic(topic)):
        if block.kind is not BlockKind.HEADING:
            assert " ".join(f"{block.term} {block.text}".split()) in words


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_page_has_every_option_of_a_command(command: str) -> None:
    page = _words(PAGES["dossier.1"])
    part = page.partition(f" dossier {command} " if command else "OPTIONS")[2]
    for one in find_parser(command).list_arguments():
        assert " ".join(f"{', '.join(one.names)} {one.value} {one.about}".split()) in part


def test_the_wheel_installs_the_pages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {f"dossier/help/man/{name}": f"share/man/man{name[-1]}/{name}" for name in PAGES}
    assert "/dossier" in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("command", ["mandoc -Tlint -Wwarning", "groff -ww -man -Tutf8 -z"])
def test_a_formatter_has_no_objection(name: str, command: str) -> None:
    formatter, *options = command.split()
    if shutil.which(formatter) is None and formatter not in _NEEDED:
        pytest.skip(f"{formatter} is not installed")
    told = subprocess.run(
        [formatter, *options, FOLDER / name],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


@pytest.mark.skipif(shutil.which("mandoc") is None and "mandoc" not in _NEEDED, reason="mandoc is not installed")
def test_a_page_shows_what_it_says() -> None:
    shown = subprocess.run(
        ["mandoc", "-Tutf8", "-Owidth=78", FOLDER / "dossier-format.5"], capture_output=True, text=True, check=True
    ).stdout
    plain = re.sub(".\b", "", shown)
    assert "native: 한서진" in plain
    assert "  - okafor: We will run every day of the year […] Winter included.\n" in plain
    assert max(map(len, plain.splitlines())) <= 80
