"""`dossier completion`: print the script by which a shell completes the words of a command line."""

import re
from collections.abc import Callable, Sequence

from dossier.cli.completion_scripts import SCRIPTS, ShellCommand
from dossier.cli.parser import Argument, Parser
from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import SEVERITIES
from dossier.export.help_topics import TOPICS

_ABOUT = """\
Print a script by which a shell completes commands, options, their values, files
and addresses. Put one of these lines into the file that your shell reads when
it starts, after everything else that file sets up:

  ~/.bashrc                   eval "$(dossier completion bash)"
  ~/.zshrc                    eval "$(dossier completion zsh)"
  ~/.config/fish/config.fish  dossier completion fish | source"""
_END = """\
Addresses are those of the library that the line names, or would read, as far as
its index has them. Completing writes nothing and makes no index.

Exit status: 0 printed; 2 could not run."""
_LISTED = re.compile(r"^  ([a-z]+)  +(.+)$", flags=re.MULTILINE)


class Args(NamedTuple):
    """The arguments of `dossier completion`."""

    shell: str


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `completion`. Raises CommandError when the words are not valid."""
    parser = Parser("dossier completion bash|zsh|fish", _ABOUT, _END)
    parser.add_argument("shell", metavar="SHELL", choices=tuple(SCRIPTS), help="the shell: bash, zsh or fish")
    return Args(parser.parse_words(words).shell)


def run(args: Args, commands: Sequence[str], find_parser: Callable[[str], Parser]) -> int:
    """Print the script and return the exit status, 0.

    `commands` are the names of all commands, and `find_parser` returns the parser of one.
    """
    print(SCRIPTS[args.shell](describe_commands(commands, find_parser)), end="")
    return 0


def describe_commands(commands: Sequence[str], find_parser: Callable[[str], Parser]) -> tuple[ShellCommand, ...]:
    """Return the words of `dossier` without a command, and of each command."""
    abouts = dict(_LISTED.findall(find_parser("").description or ""))
    words = {"TOPIC": tuple(dict.fromkeys((*TOPICS, *commands))), "CODE": tuple(SEVERITIES)}

    def arguments(name: str) -> tuple[Argument, ...]:
        listed = find_parser(name).list_arguments()
        return tuple(one._replace(choices=one.choices or words.get(one.value, ())) for one in listed)

    return tuple(ShellCommand(name, abouts.get(name, ""), arguments(name)) for name in ("", *commands))
