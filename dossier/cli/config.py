"""`dossier config`: print the settings in force, or what is wrong with them.

The settings are printed as a settings file that has the same effect in place of the reader's own.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.output import print_json, print_message
from dossier.cli.parser import Parser
from dossier.config.config_folder import FILE, config_folder
from dossier.config.key_names import format_key
from dossier.config.settings import SETTINGS, Setting, Settings, bind_keys
from dossier.config.settings_file import THEMES_FOLDER, LoadedSettings, load_settings
from dossier.config.theme_file import list_bundled_themes, list_themes, load_theme
from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem, Severity
from dossier.library.index.postgresql.server_address import printable_address
from dossier.text.messages import count_noun
from dossier.text.sanitize import sanitize_text
from dossier.ui.commands import COMMANDS

_USAGE = """\
dossier config show [--format text|json]
       dossier config validate [PATH]"""
_ABOUT = """\
show      print the current settings and where each comes from, as a file that can
          be saved as config.toml
validate  print the problems in config.toml and in the themes next to it:
          file:line:col: severity: message [code]"""
_END = """\
The settings are in $XDG_CONFIG_HOME/dossier/config.toml, by default
~/.config/dossier/config.toml; your own themes are in the folder themes/ there.

Exit status: 0 no errors (there may be warnings); 1 errors; 2 could not run."""
_DEFAULTS = {command.id: command.keys for command in COMMANDS}
_COMMENT = 34
"""The column of the comment on a line, where the value before it is short enough."""


class Args(NamedTuple):
    """The arguments of `dossier config`; `path` is None when none was given."""

    action: str
    path: Path | None
    as_json: bool


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `config`. Raises CommandError when the words are not valid."""
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_argument("action", metavar="show|validate", choices=("show", "validate"), help="see above")
    parser.add_path("the settings file to validate (default: your own)")
    parser.add_format()
    given = parser.parse_words(words)
    if given.action == "show" and given.path:
        raise CommandError(f"config show takes no PATH: did you mean dossier config validate {given.path}?")
    if given.action == "validate" and given.format == "json":
        raise CommandError("config validate prints text only: leave out --format")
    return Args(given.action, given.path, given.format == "json")


def run(args: Args) -> int:
    """Print the settings or their problems and return the exit status: 1 when validating finds an error, else 0.

    Raises CommandError when the file to validate does not exist.
    """
    return _show(args.as_json) if args.action == "show" else _validate(args.path)


def _show(as_json: bool) -> int:
    path = config_folder(os.environ) / FILE
    loaded = load_settings(path, _DEFAULTS) if os.path.exists(path) else LoadedSettings()
    if as_json:
        print_json(_object(path, loaded))
    else:
        print(_text(path, loaded))
    if loaded.problems:
        print_message(f"{_count_severities(loaded.problems)} in {path}: dossier config validate lists them")
    return 0


def _validate(given: Path | None) -> int:
    path = given or config_folder(os.environ) / FILE
    if not os.path.exists(path):
        if given:
            raise CommandError(f"{path}: no such file; without PATH your own settings are checked")
        print_message(f"{path} does not exist, so the defaults apply; dossier config show prints them")
        return 0
    problems = list(load_settings(path, _DEFAULTS).problems)
    for name in _own_themes(path):
        problems += load_theme(name, path.parent / THEMES_FOLDER).problems
    for problem in problems:
        print(sanitize_text(str(problem)))
    print(f"{_count_severities(problems)} in {sanitize_text(str(path))} and its themes", file=sys.stderr)
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _own_themes(path: Path) -> list[str]:
    """Return the names of the themes that have a file in the themes folder beside the settings file `path`."""
    themes = path.parent / THEMES_FOLDER
    return [name for name in list_themes(themes) if os.path.exists(themes / f"{name}.toml")]


def _count_severities(problems: Sequence[Problem]) -> str:
    count = dict.fromkeys(Severity, 0)
    for problem in problems:
        count[problem.severity] += 1
    return ", ".join(count_noun(number, severity) for severity, number in count.items())


def _origin(path: Path, line: int | None) -> str:
    return f"{path}:{line}" if line else "default"


def _text(path: Path, loaded: LoadedSettings) -> str:
    """Return the settings in force as the text of a settings file, with the origin of each in a comment."""
    own = _own_themes(path)
    lines = [
        f"# {path}" + ("" if os.path.exists(path) else " (no such file: the defaults apply)"),
        f"# themes: {', '.join(list_bundled_themes())}" + (f"; your own: {', '.join(own)}" if own else ""),
    ]
    for setting in SETTINGS:
        if setting.name != "keys":
            line = f"{setting.name} = {_toml(_value(loaded.settings, setting))}"
            lines += ["", _about(setting), _commented(line, _origin(path, loaded.find_line(setting.name)))]
    lines += ["", _about(SETTINGS[-1]), "[keys]"]
    for command, keys in bind_keys(_DEFAULTS, loaded.settings.keys).keys.items():
        lines.append(_commented(f"{command} = {_toml(keys)}", _origin(path, loaded.find_line("keys", command))))
    return "\n".join(map(sanitize_text, lines))


def _value(settings: Settings, setting: Setting) -> object:
    """Return the value of a setting as it may be printed: an address without user and password."""
    value: object = getattr(settings, setting.name)
    return printable_address(value) if setting.name == "engine" and isinstance(value, str) and value else value


def _about(setting: Setting) -> str:
    return f"# {setting.help}: {setting.value_kind}"


def _commented(line: str, comment: str) -> str:
    return f"{line:<{_COMMENT}}  # {comment}"


def _toml(value: object) -> str:
    """Return a value in TOML.

    Strings are written as in JSON. TOML reads them alike, except for lone surrogates, which no setting contains.
    """
    if isinstance(value, tuple):
        return json.dumps([format_key(key) for key in value], ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _object(path: Path, loaded: LoadedSettings) -> dict[str, object]:
    """Return the settings in force as a JSON object."""
    settings = {
        setting.name: {"value": _value(loaded.settings, setting), "line": loaded.find_line(setting.name)}
        for setting in SETTINGS
        if setting.name != "keys"
    }
    keys = {
        command: {"keys": [format_key(key) for key in keys], "line": loaded.find_line("keys", command)}
        for command, keys in bind_keys(_DEFAULTS, loaded.settings.keys).keys.items()
    }
    return {
        "path": str(path),
        "is_there": os.path.exists(path),
        "themes": list(list_themes(path.parent / THEMES_FOLDER)),
        "settings": settings,
        "keys": keys,
    }
