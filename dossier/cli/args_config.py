"""What `dossier config` is asked for."""

from collections.abc import Sequence
from pathlib import Path

from dossier.cli.parser import CommandError, Parser
from dossier.core.dataclasses import NamedTuple

_USAGE = """\
dossier config show [--format text|json]
       dossier config validate [PATH]"""
_ABOUT = """\
show      print the settings in force, each with where it comes from: a file that
          can be put in the place of config.toml
validate  print what is wrong in config.toml and in the themes beside it:
          file:line:col: severity: message [code]"""
_END = """\
The settings are in $XDG_CONFIG_HOME/dossier/config.toml, else in
~/.config/dossier/config.toml; themes of your own in the folder themes/ there.

Exit status: 0 no errors (there may be warnings); 1 errors; 2 could not run."""


class ConfigShow(NamedTuple):
    """Print the settings in force."""

    as_json: bool


class ConfigValidate(NamedTuple):
    """Tell what is wrong with the settings in the file `path` (None: the reader's own)."""

    path: Path | None


def config(words: Sequence[str]) -> ConfigShow | ConfigValidate:
    """What the words behind `config` ask for."""
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_argument("what", metavar="show|validate", choices=("show", "validate"), help="see above")
    parser.add_path("a file of settings, instead of your own (validate)")
    parser.add_format()
    said = parser.understood(words)
    if said.what == "show":
        if said.path:
            raise CommandError(
                f"config show prints the settings in force: dossier config validate {said.path} reads that file"
            )
        return ConfigShow(said.format == "json")
    if said.format == "json":
        raise CommandError("config validate prints text alone: leave out --format")
    return ConfigValidate(said.path)
