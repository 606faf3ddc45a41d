"""The scripts by which bash, zsh and fish complete the words of a command line, made from the parsers of the commands.

The part of a script that is always the same is a file in the folder shells. A script holds all commands and options, so
that these are completed without a start of the program. Only for addresses and themes it asks the program, with the
command `dossier __complete KIND WORD WORDS...`, which the help does not list.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dossier.cli.parser import Argument
from dossier.core.dataclasses import NamedTuple

_FOLDER = Path(__file__).parent / "shells"
FILES, FOLDERS, ADDRESSES, THEMES, NOTHING = "files", "folders", "addresses", "themes", ""
ASKED_KINDS = (ADDRESSES, THEMES)
"""The kinds of values that the program is asked for."""
VALUE_KINDS = {
    "PATH": FILES,
    "FILE": FILES,
    "FOLDER": FOLDERS,
    "REF": ADDRESSES,
    "A": ADDRESSES,
    "B": ADDRESSES,
    "NAME": THEMES,
    "QUERY": NOTHING,
    "TEXT": NOTHING,
    "N": NOTHING,
    "SEARCH": NOTHING,
    "ADDRESS": NOTHING,
    "DATE": NOTHING,
}
"""What is offered for a value, by the name that the help gives it. Values with choices need no row."""


class ShellCommand(NamedTuple):
    """The words of a command: its name ("" for `dossier` without a command), what it does, its arguments."""

    name: str
    about: str
    arguments: tuple[Argument, ...]

    @property
    def options(self) -> tuple[Argument, ...]:
        """The arguments that are options."""
        return tuple(one for one in self.arguments if one.names)

    @property
    def places(self) -> tuple[Argument, ...]:
        """The arguments that are no options."""
        return tuple(one for one in self.arguments if not one.names)


def valued_options(commands: Iterable[ShellCommand]) -> tuple[str, ...]:
    """Return the names of all options that take a value; such an option takes one in every command that has it."""
    found = {name: None for command in commands for one in command.options if one.value for name in one.names}
    return tuple(found)


def make_bash_script(commands: Sequence[ShellCommand]) -> str:
    """Return the script for bash, 4.4 or later."""
    cases, values = [], []
    for command in sorted(commands, key=lambda one: not one.name):
        options = " ".join(name for one in command.options for name in one.names)
        places = " ".join(_quote(_bash_kind(one)) for one in command.places)
        rest = _bash_kind(command.places[-1]) if command.places and command.places[-1].repeats else ""
        name = command.name or "*"
        unknown = "" if command.name else " command=''"
        cases.append(
            f"        {name})\n            options={_quote(options)} places=({places}) rest={_quote(rest)}{unknown} ;;"
        )
        for one in command.options:
            if one.value and (kind := _bash_kind(one)):
                asked = "|".join(_quote(f"{command.name} {name}") for name in one.names)
                values.append(f"            {asked}) kind={_quote(kind)} ;;")
    names = " ".join(command.name for command in commands if command.name)
    return _fill(
        "bash", cases="\n".join(cases), values="\n".join(values), names=names, valued=" ".join(valued_options(commands))
    )


def make_zsh_script(commands: Sequence[ShellCommand]) -> str:
    """Return the script for zsh, 5 or later."""
    functions = [
        f"_dossier_command_{command.name}() {{\n    _arguments -S \\\n{_zsh_arguments(command)}\n}}"
        for command in commands
        if command.name
    ]
    (whole,) = (command for command in commands if not command.name)
    names = "\n".join(f"        {_quote(f'{one.name}:{one.about}')}" for one in commands if one.name)
    plain = whole._replace(arguments=whole.options)
    return _fill("zsh", functions="\n\n".join(functions), names=names, plain=_zsh_arguments(plain))


def make_fish_script(commands: Sequence[ShellCommand]) -> str:
    """Return the script for fish, 3.1 or later."""
    lines = []
    for command in commands:
        if command.name:
            lines.append(_fish_line("__dossier_is_first", f"-a {command.name}", command.about))
        for one in command.options:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in one.names)
            lines.append(
                _fish_line(f"__dossier_is_in {_quote(command.name)}", f"{names} {_fish_value(one)}".strip(), one.about)
            )
        for place, one in enumerate(command.places):
            if offered := _fish_value(one).removeprefix("-x ").removeprefix("-r "):
                asked = f"__dossier_is_at {_quote(command.name)} {place}{' more' if one.repeats else ''}"
                lines.append(_fish_line(asked, offered, ""))
    names = " ".join(command.name for command in commands if command.name)
    return _fill("fish", names=names, valued=" ".join(valued_options(commands)), lines="\n".join(lines))


SCRIPTS = {"bash": make_bash_script, "zsh": make_zsh_script, "fish": make_fish_script}
"""The functions that make the scripts, by the names of the shells."""


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fill(shell: str, **parts: str) -> str:
    """Return the script of a shell with its parts, each in the place of `@its name@`."""
    template = (_FOLDER / f"dossier.{shell}").read_text("utf-8")
    for name, text in parts.items():
        template = template.replace(f"@{name}@", text)
    return template


def _kind(argument: Argument) -> str:
    return "words" if argument.choices else VALUE_KINDS[argument.value]


def _bash_kind(argument: Argument) -> str:
    return " ".join((_kind(argument), *argument.choices))


def _zsh_arguments(command: ShellCommand) -> str:
    return " \\\n".join(f"        {line}" for line in (*_zsh_options(command), *_zsh_places(command)))


def _zsh_options(command: ShellCommand) -> Iterator[str]:
    for one in command.options:
        about = one.about.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        value = f":{one.value}:{_zsh_action(one)}" if one.value else ""
        sign = "=" if one.value else ""
        together = f"({' '.join(one.names)})" if len(one.names) > 1 else ""
        yield from (_quote(f"{together}{name}{sign}[{about}]{value}") for name in one.names)


def _zsh_places(command: ShellCommand) -> Iterator[str]:
    for number, one in enumerate(command.places, 1):
        yield _quote(f"{'*' if one.repeats else number}:{one.value}:{_zsh_action(one)}")


def _zsh_action(argument: Argument) -> str:
    kind = _kind(argument)
    if kind in ASKED_KINDS:
        # Without the blank _arguments would put options of its own behind the first word.
        return f" _dossier_ask {kind}"
    return {"words": f"({' '.join(argument.choices)})", FILES: "_files", FOLDERS: "_files -/", NOTHING: " "}[kind]


def _fish_line(condition: str, offered: str, about: str) -> str:
    told = f" -d {_fish_quote(about)}" if about else ""
    return f"complete -c dossier -n {_fish_quote(condition)} {offered}{told}"


def _fish_quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _fish_value(argument: Argument) -> str:
    if not argument.value:
        return ""
    kind = _kind(argument)
    if kind in ASKED_KINDS:
        return f"-x -k -a '(__dossier_ask {kind})'"
    choices = _fish_quote(" ".join(argument.choices))
    return {
        "words": f"-x -a {choices}",
        FILES: "-r -F",
        FOLDERS: "-x -a '(__fish_complete_directories)'",
        NOTHING: "-x",
    }[kind]
