"""`dossier config`: the settings in force are printed as the file that says them, and what is wrong with it told.

Decided here: what is printed can be put in the place of the file, and says the same there.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError, ConfigShow, ConfigValidate
from dossier.cli.data import print_json
from dossier.cli.output import count_words, tell
from dossier.config.key_names import written
from dossier.config.settings import SETTINGS, Setting, bound, folder
from dossier.config.settings_file import THEMES, Read, read
from dossier.config.theme_file import names, ours, theme
from dossier.core.problem import Problem, Severity
from dossier.text.sanitize import safe
from dossier.ui.commands import COMMANDS

FILE = "config.toml"
_DEFAULTS = {command.id: command.keys for command in COMMANDS}
_COMMENT = 34
"""The column of a line's comment, where the value leaves it free."""


def config(asked: ConfigShow | ConfigValidate) -> int:
    """Do it; the exit status is 1 when there are errors. Raises CommandError when there is no such file."""
    return _show(asked.as_json) if isinstance(asked, ConfigShow) else _validate(asked.path)


def _show(as_json: bool) -> int:
    path = folder(os.environ) / FILE
    reading = read(path, _DEFAULTS) if path.exists() else Read()
    if as_json:
        print_json(_object(path, reading))
    else:
        print(_text(path, reading))
    if reading.problems:
        tell(f"{_counted(reading.problems)} in {path}: dossier config validate tells more")
    return 0


def _validate(given: Path | None) -> int:
    path = given or folder(os.environ) / FILE
    if not path.exists():
        if given:
            raise CommandError(f"{path}: there is no such file; without PATH your own settings are read")
        tell(f"{path} is not there, and all is as it comes: dossier config show prints what it could say")
        return 0
    problems = list(read(path, _DEFAULTS).problems)
    for name in _own_themes(path):
        problems += theme(name, path.parent / THEMES).problems
    for problem in problems:
        print(safe(str(problem)))
    print(f"{_counted(problems)} in {safe(str(path))} and its themes", file=sys.stderr)
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _own_themes(path: Path) -> list[str]:
    """The themes in files of the reader's own, beside his settings."""
    themes = path.parent / THEMES
    return [name for name in names(themes) if (themes / f"{name}.toml").exists()]


def _counted(problems: Sequence[Problem]) -> str:
    count = dict.fromkeys(Severity, 0)
    for problem in problems:
        count[problem.severity] += 1
    return ", ".join(count_words(number, severity) for severity, number in count.items())


def _origin(path: Path, line: int | None) -> str:
    return f"{path}:{line}" if line else "default"


def _text(path: Path, reading: Read) -> str:
    """The settings in force as a file of settings, each line with where it comes from."""
    own = _own_themes(path)
    lines = [
        f"# {path}" + ("" if path.exists() else " (not there: all is as it comes)"),
        f"# themes: {', '.join(ours())}" + (f"; your own: {', '.join(own)}" if own else ""),
    ]
    for setting in SETTINGS:
        if setting.name != "keys":
            said = f"{setting.name} = {_toml(getattr(reading.settings, setting.name))}"
            lines += ["", _about(setting), _commented(said, _origin(path, reading.line(setting.name)))]
    lines += ["", _about(SETTINGS[-1]), "[keys]"]
    for command, keys in bound(_DEFAULTS, reading.settings.keys).keys.items():
        lines.append(_commented(f"{command} = {_toml(keys)}", _origin(path, reading.line("keys", command))))
    return "\n".join(map(safe, lines))


def _about(setting: Setting) -> str:
    return f"# {setting.help}: {setting.kind}"


def _commented(said: str, comment: str) -> str:
    return f"{said:<{_COMMENT}}  # {comment}"


def _toml(value: object) -> str:
    """A value as TOML has it. Its strings are those of JSON, but for half a surrogate pair, which no setting has."""
    if isinstance(value, tuple):
        return json.dumps([written(key) for key in value], ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _object(path: Path, reading: Read) -> dict[str, object]:
    """The settings in force for programs."""
    settings = {
        setting.name: {"value": getattr(reading.settings, setting.name), "line": reading.line(setting.name)}
        for setting in SETTINGS
        if setting.name != "keys"
    }
    keys = {
        command: {"keys": [written(key) for key in keys], "line": reading.line("keys", command)}
        for command, keys in bound(_DEFAULTS, reading.settings.keys).keys.items()
    }
    return {
        "path": str(path),
        "is_there": path.exists(),
        "themes": list(names(path.parent / THEMES)),
        "settings": settings,
        "keys": keys,
    }
