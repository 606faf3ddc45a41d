"""Tests that the README agrees with the program: its picture, keys, tour, example, commands, rooms."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, opening
from reader import browsing
from test_imports import ROW

from dossier.cli.arguments import CommandError, HelpExit
from dossier.cli.main import parse_command
from dossier.export.help_topics import TOPICS
from dossier.loader.article import parse_article
from dossier.ui.commands import COMMANDS
from dossier.ui.key_words import key_words

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = {key_words(key): key for command in COMMANDS for key in command.keys}


def _section(heading: str) -> str:
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def _blocks(language: str) -> list[str]:
    """Return the blocks of code in a language, without the indentation of the list that one may be in."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", README, flags=re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def _rows(heading: str) -> list[list[str]]:
    """Return the cells of the rows of a section's table, without its head."""
    rows = re.findall(r"^\| (.*) \|$", _section(heading), flags=re.MULTILINE)
    return [row.split(" | ") for row in rows[1:]]


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 150
    assert max(map(len, README.splitlines())) <= 130


def test_the_picture_is_the_screen_that_a_terminal_test_captures() -> None:
    picture = README.partition("<!-- picture: tests/golden/readme-100x20.txt -->\n```\n")[2].partition("```")[0]
    golden = (ROOT / "tests/golden/readme-100x20.txt").read_text(encoding="utf-8")
    assert picture.rstrip("\n") == golden.rstrip("\n")


def test_its_ten_keys_are_keys_of_commands() -> None:
    rows = _rows("Ten keys")
    assert len(rows) == 10
    keys = [key for row in rows for key in re.findall(r"`([^`]+)`", " ".join(row))]
    assert [key for key in keys if key not in TYPED] == []


@pytest.mark.parametrize("size", [(160, 45), (100, 30)])
async def test_the_tour_shows_what_it_says(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    async with browsing(opening(PORT_ARLEN, tmp_path / "state"), size) as reader:

        def shows(words: str) -> Callable[[], bool]:
            return lambda: words in " ".join(reader.text.split())

        for pressed, told in _rows("Five minutes"):
            for key, word in re.findall(r"`([^`]+)`|(\w+)", pressed):
                await reader.press(*([TYPED[key]] if key else word))
            for words in re.findall("“(.+?)”", told):
                await reader.until(shows(words))


def test_every_room_has_a_row_in_the_order_of_imports() -> None:
    told = [cells[0].strip("`/") for cells in _rows("How it is built")]
    there = {path.parent.name for path in (ROOT / "dossier").glob("*/__init__.py")}
    assert set(told) == there
    assert told == sorted(there, key=lambda room: max(row for name, row in ROW.items() if name.startswith(room)))


def test_the_example_of_the_format_is_free_of_findings() -> None:
    (example,) = _blocks("yaml")
    loaded = parse_article(example.encode(), "ferry.yaml")
    assert loaded.article is not None
    assert loaded.problems == ()


def test_there_are_two_commands_and_the_check_runs_the_second() -> None:
    run, test = _blocks("sh")
    assert run == "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/dossier\n"
    assert test.strip() in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_its_commands_are_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    lines = re.findall(r"`(dossier [^`]+)`|^(dossier .*)$", README, flags=re.MULTILINE)
    words = [shlex.split(re.split("  +", quoted or line)[0]) for quoted, line in lines]
    assert len(words) > 10
    for one in words:
        try:
            parse_command(one[1:])
        except HelpExit:
            continue
        except CommandError as error:
            pytest.fail(f"{shlex.join(one)}: {error}")


def test_every_topic_of_the_help_is_named() -> None:
    assert [topic for topic in TOPICS if f"`{topic}`" not in README] == []
