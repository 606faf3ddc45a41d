"""What the words of a command line ask for is understood here, before any file is opened.

The first word alone decides: it names a command, or is what to read; a file of such a name is written `./check`.
"""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from dossier.cli.args_browse import Browse, Version, browse
from dossier.cli.args_check import Check, check
from dossier.cli.args_config import ConfigShow, ConfigValidate, config
from dossier.cli.args_index import Index, index
from dossier.cli.args_registry import Registry, registry
from dossier.cli.args_search import Search, search
from dossier.cli.args_show import Show, show
from dossier.cli.parser import CommandError

__all__ = (
    "Browse",
    "Check",
    "CommandError",
    "ConfigShow",
    "ConfigValidate",
    "Index",
    "Registry",
    "Search",
    "Show",
    "Version",
    "understood",
)

Asked = Browse | Check | ConfigShow | ConfigValidate | Index | Registry | Search | Show | Version
_COMMANDS: dict[str, Callable[[Sequence[str]], Asked]] = {
    "check": check,
    "show": show,
    "search": search,
    "index": index,
    "registry": registry,
    "config": config,
}


def understood(words: Sequence[str]) -> Asked:
    """What the words after the program's name ask for.

    Raises CommandError when they ask for nothing, and SystemExit once help was asked for and printed.
    """
    if words and (command := _COMMANDS.get(words[0])):
        return command(words[1:])
    if len(words) > 1 and (near := get_close_matches(words[0], _COMMANDS, n=1)) and not Path(words[0]).exists():
        raise CommandError(f"there is no file {words[0]} here: is dossier {near[0]} meant?")
    return browse(words)
