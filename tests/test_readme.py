"""Tests that the README agrees with the program: its keys, its picture, its example, its commands."""

import re
from itertools import groupby
from pathlib import Path

import pytest
from test_imports import ROW

from dossier.config.settings import SETTINGS
from dossier.core.ref import ENTRY_KINDS
from dossier.loader.article import parse_article
from dossier.loader.registry_file import parse_registry
from dossier.ui.commands import COMMANDS, MARKS, keys_words

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _keys() -> str:
    lines = []
    for section, commands in groupby(COMMANDS, key=lambda command: command.section):
        lines += [f"| {section} | |", "|---|---|"]
        lines += [f"| {_code(keys_words(command))} | {command.help} |" for command in commands]
        lines.append("")
    return "\n".join(lines)


def _code(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.split())


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def test_the_keys_are_those_of_the_command_table() -> None:
    shown = README.partition("<!-- keys: from the command table -->\n\n")[2].partition("\n## The format")[0]
    assert shown == _keys()


def test_the_settings_are_those_that_there_are() -> None:
    shown = README.partition("| setting | is | default | |\n|---|---|---|---|\n")[2].partition("\n\n")[0]
    assert shown.splitlines() == [
        f"| `{'[keys]' if one.name == 'keys' else one.name}` | {one.value_kind.replace(chr(34), '`')} "
        f"| {'' if one.name == 'keys' else f'`{one.default}`'.replace('True', 'true').replace('False', 'false')} "
        f"| {one.help} |"
        for one in SETTINGS
    ]


def test_the_marks_are_those_that_help_explains() -> None:
    for mark, told in MARKS:
        assert f"| `{mark}` | {told} |\n" in README


def test_every_kind_of_address_is_named() -> None:
    assert all(f"`{kind}`" in README for kind in ENTRY_KINDS)


@pytest.mark.parametrize("name", ["readme-100x30.txt", "readme-library-100x30.txt"])
def test_the_pictures_are_the_screens_that_the_terminal_tests_capture(name: str) -> None:
    picture = README.partition(f"<!-- picture: tests/golden/{name} -->\n```\n")[2].partition("```")[0]
    golden = (ROOT / "tests/golden" / name).read_text(encoding="utf-8")
    assert picture.rstrip("\n") == golden.rstrip("\n")


def test_every_room_has_a_row_in_the_order_of_imports() -> None:
    table = README.partition("## How it is built")[2].partition("\n\nThe file is read")[0]
    told = re.findall(r"^\| `(\w+)/` \|", table, flags=re.MULTILINE)
    there = {path.parent.name for path in (ROOT / "dossier").glob("*/__init__.py")}
    assert set(told) == there
    assert told == sorted(there, key=lambda room: max(row for name, row in ROW.items() if name.startswith(room)))


def test_the_example_of_the_format_is_free_of_findings() -> None:
    example, registry = _blocks("yaml")
    loaded = parse_article(example.encode(), "ferry.yaml")
    assert loaded.article is not None
    assert loaded.problems == ()
    assert parse_registry(registry.encode(), "registry.yaml").problems == ()


def test_there_are_two_commands_and_the_check_runs_the_second() -> None:
    run, test = _blocks("sh")
    assert run == "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/dossier\n"
    assert test.strip() in (ROOT / ".ci/run").read_text(encoding="utf-8")
