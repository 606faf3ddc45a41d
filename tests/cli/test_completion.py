"""Tests of `dossier completion`: the scripts have every command, option and value. test_shells.py runs them."""

import re

import pytest
from shell import Output

from dossier.cli.completion import describe_commands
from dossier.cli.completion_scripts import SCRIPTS, VALUE_KINDS, ShellCommand, valued_options
from dossier.cli.main import find_parser, main
from dossier.cli.parser import Argument

NAMES = tuple(re.findall(r"^  ([a-z]+)  ", find_parser("").format_help(), flags=re.MULTILINE))
COMMANDS = describe_commands(NAMES, find_parser)
ARGUMENTS = [(command, one) for command in COMMANDS for one in command.arguments]


def test_every_command_has_its_words() -> None:
    assert [command.name for command in COMMANDS] == ["", *NAMES]
    assert all(command.about for command in COMMANDS if command.name)


@pytest.mark.parametrize(
    ("command", "argument"), ARGUMENTS, ids=lambda one: getattr(one, "name", "") or "".join(getattr(one, "names", ()))
)
def test_it_is_known_what_may_be_given_for_a_value(command: ShellCommand, argument: Argument) -> None:
    known = not argument.value or argument.choices or argument.value in VALUE_KINDS
    assert known, f"dossier {command.name}: give {argument.value} a row in VALUE_KINDS of cli/completion_scripts.py"


def test_an_option_takes_a_value_in_every_command_or_in_none() -> None:
    valued = valued_options(COMMANDS)
    assert [one.names for _, one in ARGUMENTS if one.names and not one.value and set(one.names) & set(valued)] == []


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_has_every_command_option_and_choice(shell: str, capsys: Output) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    names = {name for _, one in ARGUMENTS for name in one.names}
    wanted = names if shell != "fish" else {f"-l {name[2:]}" for name in names if name.startswith("--")}
    wanted |= {*NAMES, *(word for _, one in ARGUMENTS for word in one.choices)}
    assert [word for word in sorted(wanted) if word not in script] == []
    assert not re.search("@[a-z]+@", script)


def test_codes_and_topics_are_choices() -> None:
    choices = {(command.name, one.value): one.choices for command, one in ARGUMENTS}
    assert "bad-date" in choices["check", "CODE"]
    assert {"format", "check"} <= set(choices["help", "TOPIC"])
    assert len(set(choices["help", "TOPIC"])) == len(choices["help", "TOPIC"])


SPECIAL = ShellCommand("say", "", (Argument(("--how",), "loud|low", ("loud", "low"), "a [b] it's \\ c: d", False),))
WHOLE = ShellCommand("", "", ())


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "'say --how') kind='words loud low' ;;"),
        ("zsh", "'--how=[a \\[b\\] it'\\''s \\\\ c: d]:loud|low:(loud low)'"),
        ("fish", "'__dossier_is_in \\'say\\'' -l how -x -a 'loud low' -d 'a [b] it\\'s \\\\ c: d'"),
    ],
)
def test_what_a_shell_would_take_for_a_sign_is_quoted(shell: str, line: str) -> None:
    assert line in SCRIPTS[shell]((WHOLE, SPECIAL))


@pytest.mark.parametrize(
    ("words", "message"), [([], "SHELL"), (["tcsh"], "invalid choice: 'tcsh'"), (["bash", "zsh"], "zsh")]
)
def test_another_shell_is_refused(words: list[str], message: str, capsys: Output) -> None:
    assert main(["completion", *words]) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.out == ""
