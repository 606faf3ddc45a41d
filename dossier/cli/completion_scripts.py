"""The scripts by which bash, zsh and fish complete the words of a command line, made from the parsers of the commands.

A script holds all commands and options, so that these are completed without a start of the program. Only for addresses
and themes it asks the program, as `dossier __complete KIND WORD WORDS...`, which no help tells of.
"""

from collections.abc import Iterable, Iterator, Sequence

from dossier.cli.parser import Argument
from dossier.core.dataclasses import NamedTuple

FILES, FOLDERS, ADDRESSES, THEMES, NOTHING = "files", "folders", "addresses", "themes", ""
ASKED_KINDS = (ADDRESSES, THEMES)
"""The kinds of values that the program is asked for."""
VALUE_KINDS = {
    "PATH": FILES,
    "FILE": FILES,
    "FOLDER": FOLDERS,
    "REF": ADDRESSES,
    "NAME": THEMES,
    "QUERY": NOTHING,
    "TEXT": NOTHING,
    "N": NOTHING,
}
"""What is offered for a value, by the name that the help gives it. Values with choices need no row."""


class CommandWords(NamedTuple):
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


def valued_options(commands: Iterable[CommandWords]) -> tuple[str, ...]:
    """Return the names of all options that take a value; such an option takes one in every command that has it."""
    found = {name: None for command in commands for one in command.options if one.value for name in one.names}
    return tuple(found)


def make_bash_script(commands: Sequence[CommandWords]) -> str:
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
        _BASH, cases="\n".join(cases), values="\n".join(values), names=names, valued=" ".join(valued_options(commands))
    )


def make_zsh_script(commands: Sequence[CommandWords]) -> str:
    """Return the script for zsh, 5 or later."""
    functions = [
        f"_dossier_command_{command.name}() {{\n    _arguments -S \\\n{_zsh_arguments(command)}\n}}"
        for command in commands
        if command.name
    ]
    (whole,) = (command for command in commands if not command.name)
    names = "\n".join(f"        {_quote(f'{one.name}:{one.about}')}" for one in commands if one.name)
    plain = whole._replace(arguments=whole.options)
    return _fill(_ZSH, functions="\n\n".join(functions), names=names, plain=_zsh_arguments(plain))


def make_fish_script(commands: Sequence[CommandWords]) -> str:
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
    return _fill(_FISH, names=names, valued=" ".join(valued_options(commands)), lines="\n".join(lines))


SCRIPTS = {"bash": make_bash_script, "zsh": make_zsh_script, "fish": make_fish_script}
"""The functions that make the scripts, by the names of the shells."""


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fill(template: str, **parts: str) -> str:
    for name, text in parts.items():
        template = template.replace(f"@{name}@", text)
    return template


def _kind(argument: Argument) -> str:
    return "words" if argument.choices else VALUE_KINDS[argument.value]


def _bash_kind(argument: Argument) -> str:
    return " ".join((_kind(argument), *argument.choices))


def _zsh_arguments(command: CommandWords) -> str:
    return " \\\n".join(f"        {line}" for line in (*_zsh_options(command), *_zsh_places(command)))


def _zsh_options(command: CommandWords) -> Iterator[str]:
    for one in command.options:
        about = one.about.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        value = f":{one.value}:{_zsh_action(one)}" if one.value else ""
        sign = "=" if one.value else ""
        together = f"({' '.join(one.names)})" if len(one.names) > 1 else ""
        yield from (_quote(f"{together}{name}{sign}[{about}]{value}") for name in one.names)


def _zsh_places(command: CommandWords) -> Iterator[str]:
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


_BASH = r"""# Completion of dossier for bash, as printed by: dossier completion bash

_dossier() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' kind='' number=0 i=1
    local options='' places=() rest='' valued=' @valued@ '
    COMPREPLY=()
    if ((COMP_CWORD > 1)); then
        command=${COMP_WORDS[1]}
    fi
    case $command in
@cases@
    esac
    # bash takes --format=json for three words.
    if [[ $word == '=' ]]; then
        word=''
    elif [[ $before == '=' ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [[ $valued == *" $before "* ]]; then
        case "$command $before" in
@values@
        esac
    elif [[ $word == -* ]]; then
        kind="words $options"
    elif ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W '@names@' -- "$word"; compgen -f -- "$word")
        compopt -o filenames
    else
        [[ $command ]] && i=2
        for (( ; i < COMP_CWORD; i++)); do
            if [[ $valued == *" ${COMP_WORDS[i]} "* ]]; then
                ((i++))
                [[ ${COMP_WORDS[i]} == '=' ]] && ((i++))
            elif [[ ${COMP_WORDS[i]} != -?* ]]; then
                ((number++))
            fi
        done
        kind=${places[number]:-$rest}
    fi
    case $kind in
        words\ *) mapfile -t COMPREPLY < <(compgen -W "${kind#words }" -- "$word") ;;
        files) compopt -o default ;;
        folders) compopt -o dirnames ;;
        addresses | themes)
            mapfile -t COMPREPLY < <(
                "${COMP_WORDS[0]/#\~/$HOME}" __complete "$kind" "$word" "${COMP_WORDS[@]:1}" 2>/dev/null | cut -f 1
            )
            [[ $kind == addresses && ${#COMPREPLY[@]} == 0 ]] && compopt -o default
            ;;
    esac
    return 0
}

complete -F _dossier dossier
"""

_ZSH = r"""#compdef dossier
# Completion of dossier for zsh, as printed by: dossier completion zsh

_dossier_ask() {
    local -a found
    local line
    local program=${dossier_words[1]/#\~/$HOME}
    for line in ${(f)"$($program __complete $1 "${(Q)PREFIX}" "${(@Q)dossier_words[2,-1]}" 2>/dev/null)"}; do
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if (( $#found )); then
        _describe -t $1 $1 found
    elif [[ $1 == addresses ]]; then
        _files
    fi
}

@functions@

_dossier_first() {
    local -a names=(
@names@
    )
    (( CURRENT == 2 )) && _describe -t commands command names
    _files
}

_dossier() {
    local -a dossier_words=("${words[@]}")
    local command=${words[2]}
    if (( CURRENT > 2 && $+functions[_dossier_command_$command] )); then
        words=("${words[1]}" "${(@)words[3,-1]}")
        (( CURRENT-- ))
        _dossier_command_$command
    else
        _arguments -S \
@plain@ \
        '1:command or PATH:_dossier_first'
    fi
}

if [[ $funcstack[1] == _dossier ]]; then
    _dossier "$@"
else
    compdef _dossier dossier
fi
"""

_FISH = r"""# Completion of dossier for fish, as printed by: dossier completion fish

set -g __dossier_commands @names@
set -g __dossier_valued @valued@

function __dossier_is_first
    test (count (commandline -opc)) -eq 1
end

function __dossier_is_in --argument-names command
    set -l words (commandline -opc)
    set -e words[1]
    if contains -- "$words[1]" $__dossier_commands
        test "$words[1]" = "$command"
    else
        test -z "$command"
    end
end

function __dossier_is_at --argument-names command place more
    __dossier_is_in "$command"; or return
    set -l words (commandline -opc)
    set -e words[1]
    test -n "$command"; and set -e words[1]
    set -l number 0
    set -l is_value 0
    for word in $words
        if test $is_value = 1
            set is_value 0
        else if contains -- $word $__dossier_valued
            set is_value 1
        else if not string match -qr -- '^-.' $word
            set number (math $number + 1)
        end
    end
    test $number -eq $place; or test -n "$more" -a $number -gt $place
end

function __dossier_ask --argument-names kind
    set -l words (commandline -opc)
    set -l program (string replace -r '^~' "$HOME" -- $words[1])
    set -e words[1]
    command $program __complete $kind (commandline -ct) $words 2>/dev/null
end

complete -c dossier -f
@lines@
"""
