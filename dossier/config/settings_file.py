"""Reading of the user's `config.toml`.

Correct values take effect. For every mistake there is a problem with its position and a suggestion.
"""

from pathlib import Path
from typing import Any

from dossier.config import toml_positions
from dossier.config.key_names import KeyNameError, format_key, parse_key
from dossier.config.settings import ESSENTIAL_COMMANDS, SETTINGS, CommandKeys, KeyClash, Setting, Settings, bind_keys
from dossier.config.theme_file import format_suggestion, list_themes
from dossier.config.toml_positions import Toml
from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem

THEMES_FOLDER = "themes"
"""Name of the folder with the user's own themes, beside the settings file."""
_BY_NAME = {setting.name: setting for setting in SETTINGS if setting.name != "keys"}
_BEGINNINGS = {"index": ("/", "~"), "engine": ("postgresql://", "postgres://")}
"""What the values of settings begin with that are paths or addresses."""


class LoadedSettings(NamedTuple):
    """The settings in force and the problems of the file.

    `keys_in_file` has the paths of the keys that the file sets correctly; `toml` is the parsed file.
    """

    settings: Settings = Settings()
    problems: tuple[Problem, ...] = ()
    keys_in_file: frozenset[tuple[str, ...]] = frozenset()
    toml: Toml = Toml({})

    def find_line(self, *keys: str) -> int | None:
        """Return the 1-based line at which the setting with these keys is set, or None when the default is in force."""
        return self.toml.find_position(*keys).line if keys in self.keys_in_file else None


def load_settings(path: Path, commands: CommandKeys) -> LoadedSettings:
    """Load the settings file at `path`. `commands` has all commands with their default keys."""
    return parse_settings(toml_positions.load_toml(path), path, commands)


def parse_settings(toml: Toml, path: Path, commands: CommandKeys) -> LoadedSettings:
    """Return the settings that the parsed TOML file at `path` sets.

    `commands` has all commands with their default keys.
    """
    reading = _SettingsReader(toml, path, commands)
    given: dict[str, Any] = {}
    for name, value in toml.values.items():
        if name == "keys":
            given[name] = reading.keys(value)
        elif name not in _BY_NAME:
            reading.say("unknown-name", _describe_unknown(name, commands), name)
        elif fault := _find_fault(_BY_NAME[name], value, path):
            reading.say("wrong-value", f"{name} {fault}", name, at_value=True)
        else:
            given[name] = value
    keys = {("keys", command) for command in given.get("keys", ())}
    return LoadedSettings(
        Settings(**given), tuple(sorted(reading.problems)), frozenset({(name,) for name in given} | keys), toml
    )


class _SettingsReader:
    """Collector of the problems in one settings file."""

    def __init__(self, toml: Toml, path: Path, commands: CommandKeys) -> None:
        self.problems = list(toml.problems)
        self._toml, self._path, self._commands = toml, path, commands

    def say(self, code: str, message: str, *keys: str, at_value: bool = False) -> None:
        """Add a problem at the position of a key, or at that of its value when `at_value` is true."""
        place = self._toml.find_position(*keys)
        column = place.value_column if at_value else place.column
        self.problems.append(Problem(str(self._path), place.line, column, code, message))

    def keys(self, table: object) -> dict[str, tuple[str, ...]]:
        """Return the keys in the table `[keys]` by command, without unknown commands and keys that cannot be bound."""
        if not isinstance(table, dict):
            cure = 'write a line [keys], and below it lines such as search = "ctrl+t"'
            self.say("wrong-value", f"keys must be a table: {cure}", "keys", at_value=True)
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for command, value in table.items():
            if command not in self._commands:
                near = format_suggestion(command, self._commands) or "dossier config show lists them"
                self.say("unknown-name", f"unknown command {command!r}: {near}", "keys", command)
            elif (keys := self._keys(command, value)) is not None:
                found[command] = keys
        for clash in bind_keys(self._commands, found).clashes:
            self._report_clash(clash, found)
        return found

    def _keys(self, command: str, value: object) -> tuple[str, ...] | None:
        """Return the keys written for a command, or None when it keeps its default keys."""
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            self._report_value(command, 'must be a key or a list of keys in quotes, such as "ctrl+t"')
            return None
        keys = []
        for word in words:
            try:
                keys.append(parse_key(word))
            except KeyNameError as fault:
                self.say("no-key", f"{command}: {fault}", "keys", command, at_value=True)
        if not keys and command in ESSENTIAL_COMMANDS:
            if not words:
                self._report_value(command, f"needs a key and keeps {_format_keys(self._commands[command])}")
            return None
        return tuple(dict.fromkeys(keys)) if keys or not words else None

    def _report_value(self, command: str, fault: str) -> None:
        self.say("wrong-value", f"{command} {fault}", "keys", command, at_value=True)

    def _report_clash(self, clash: KeyClash, found: CommandKeys) -> None:
        """Add a problem for a key that two commands want."""
        key, (_, loser, winner, is_written) = format_key(clash.key), clash
        if not is_written and winner in found:
            cure = f"write {loser} = [], or give it other keys, to confirm this"
            self.say("key-taken", f"{key} now runs {winner} and no longer {loser}: {cure}", "keys", winner)
        elif winner in found and clash.key in found[winner]:
            line = self._toml.find_position("keys", winner).line
            told = f"{key} is bound twice: it runs {winner} (line {line}), not {loser}"
            self.say("key-bound-twice", told, "keys", loser, at_value=True)
        elif is_written:
            told = f"{key} stays with {winner}, which needs a key, and does not run {loser}: give {winner} another key"
            self.say("key-bound-twice", told, "keys", loser, at_value=True)


def _find_fault(setting: Setting, value: object, path: Path) -> str:
    """Return what is wrong with the value of a setting, or "" when nothing is. `path` is that of the settings file."""
    # In Python a bool is an int, in TOML it is not.
    is_right = type(value) in {type(one) for one in (setting.default, *setting.allowed)}
    if not is_right or (type(value) is int and value not in setting.allowed):
        is_text, is_said = isinstance(setting.default, str), isinstance(value, str)
        takes_both = is_text and any(isinstance(one, int) for one in setting.allowed)
        return f"must be {setting.value_kind}" + (
            "" if is_text == is_said or takes_both else ", in quotes" if is_text else ", without quotes"
        )
    if isinstance(value, str) and setting.name in _BEGINNINGS:
        is_right = not value or value.startswith(_BEGINNINGS[setting.name])
        return "" if is_right else f"must be {setting.value_kind}"
    known = list_themes(path.parent / THEMES_FOLDER) if setting.name == "theme" else setting.allowed
    if not isinstance(value, str) or value in known:
        return ""
    if value in map(str, known):
        return f"must be {setting.value_kind}: write {value} without quotes"
    words = [str(word) for word in known]
    return f"cannot be {value[:40]!r}: {format_suggestion(value, words) or 'choose from ' + ', '.join(words)}"


def _describe_unknown(name: str, commands: CommandKeys) -> str:
    if name in commands:
        return f"{name} is a command: write its keys below a line [keys]"
    near = format_suggestion(name, (*_BY_NAME, "keys")) or f"the settings are {', '.join(_BY_NAME)} and [keys]"
    return f"unknown setting {name[:40]!r}: {near}"


def _format_keys(keys: tuple[str, ...]) -> str:
    return ", ".join(map(format_key, keys))
