"""The settings and their defaults, and how keys are assigned to commands.

Keys that the user wrote win over default keys. Of two commands for which the user wrote the same key, the first one
gets it. The commands in ESSENTIAL always keep at least one key.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from dossier.core.dataclasses import NamedTuple

CommandKeys = Mapping[str, tuple[str, ...]]
"""Keys by the ids of their commands; keys have Textual's names."""

ESSENTIAL_COMMANDS: Final = ("quit", "leave", "commands")
"""Ids of the commands that always have a key."""

_NO_KEYS: Final[CommandKeys] = MappingProxyType({})


class SettingInfo(NamedTuple):
    """The help text of a setting, and the values it may have when these are few: words and numbers, or a range."""

    help: str
    allowed: tuple[str | int, ...] | range = ()


_COPYING = SettingInfo(
    "how y copies: through the terminal (osc52), through a program on this machine (native)",
    ("auto", "osc52", "native", "off"),
)
_SCOPE = SettingInfo(
    "what people, quotes and timeline cover when an article of a library is opened",
    ("article", "found", "library"),
)
_INDEX = SettingInfo("where the index is that readers of a library share: a folder, or a file that ends in .sqlite")
_ENGINE = SettingInfo(
    "the PostgreSQL server with the index and articles of the library that is read when no PATH is named"
)
_AMBIGUOUS = SettingInfo(
    "how many cells the terminal gives to curly quotation marks, long dashes and their like (auto: as it answers)",
    (1, 2, "auto"),
)


class Settings(NamedTuple):
    """The values of all settings. `keys` has only the commands to which the user gave other keys than the default."""

    theme: Annotated[str, SettingInfo("the theme")] = "terminal"
    clipboard: Annotated[str, _COPYING] = "auto"
    ascii: Annotated[bool, SettingInfo("draw borders and signs in plain ASCII")] = False
    linear: Annotated[
        bool, SettingInfo("show only the line at the cursor, for screen readers and braille displays")
    ] = False
    mouse: Annotated[bool, SettingInfo("click and scroll with the mouse (select text with Shift)")] = False
    motion: Annotated[bool, SettingInfo("scroll pages smoothly")] = False
    column: Annotated[int, SettingInfo("the greatest width of the text, in cells", range(20, 201))] = 88
    scope: Annotated[str, _SCOPE] = "article"
    ambiguous: Annotated[int | str, _AMBIGUOUS] = "auto"
    probe: Annotated[
        bool, SettingInfo("ask the terminal, once at the start, for that width and whether it is PuTTY")
    ] = True
    # A named tuple has a method of that name, which nobody calls.
    index: Annotated[str, _INDEX] = ""  # type: ignore[assignment]
    engine: Annotated[str, _ENGINE] = ""
    keys: Annotated[CommandKeys, SettingInfo("the keys of commands, by command id")] = _NO_KEYS


_TEXTS: Final = {
    "theme": "the name of a theme",
    "engine": "an address such as postgresql://HOST/DATABASE or postgresql:///?service=NAME",
}


class Setting(NamedTuple):
    """One row of the table of settings: name, default value, help text and allowed values."""

    name: str
    default: object
    help: str
    allowed: tuple[str | int, ...] | range

    @property
    def value_kind(self) -> str:
        """The kind of value that the setting takes, in words, such as "true or false"."""
        if isinstance(self.allowed, range):
            return f"{self.allowed[0]} to {self.allowed[-1]}"
        if self.allowed:
            *others, last = (f'"{one}"' if isinstance(one, str) else str(one) for one in self.allowed)
            return f"{', '.join(others)} or {last}"
        if isinstance(self.default, bool):
            return "true or false"
        if isinstance(self.default, str):
            return _TEXTS.get(self.name, "an absolute path, or one that begins with ~")
        return "a key or a list of keys for each"


SETTINGS: Final = tuple(
    Setting(name, Settings._field_defaults[name], *annotation.__metadata__[0])
    for name, annotation in Settings.__annotations__.items()
)
"""The table of all settings. The parser of the file, `dossier config` and the help use it."""


class KeyClash(NamedTuple):
    """A key that two commands want: `winner` got it, and `command` did not.

    `is_written` is true when the user wrote the key for `command`, false when it is a default of that command.
    """

    key: str
    command: str
    winner: str
    is_written: bool


class KeyBindings(NamedTuple):
    """The keys of every command, possibly none, and the clashes between commands that wanted the same key."""

    keys: CommandKeys
    clashes: tuple[KeyClash, ...]


def bind_keys(commands: CommandKeys, written: CommandKeys) -> KeyBindings:
    """Return the keys of all `commands`, in their order.

    `commands` has the default keys. `written` has the keys that the user wrote; an empty tuple means that a command is
    to have no key.
    """
    kept: dict[str, str] = {}
    while True:
        owners, clashes = _assign_keys(commands, written, kept)
        keys = {command: _keys_of(command, owners, commands, written) for command in commands}
        lost = [command for command in ESSENTIAL_COMMANDS if not keys.get(command, ("",))]
        if not lost:
            return KeyBindings(keys, clashes)
        kept |= {commands[lost[0]][0]: lost[0]}


def _assign_keys(
    commands: CommandKeys, written: CommandKeys, kept: Mapping[str, str]
) -> tuple[dict[str, str], tuple[KeyClash, ...]]:
    """Return the command that owns each key, and the clashes.

    The first command to claim a key gets it. Keys in `kept` (key to command) are assigned beforehand.
    """
    owners, clashes = dict(kept), list[KeyClash]()

    def claim(command: str, keys: tuple[str, ...], is_written: bool) -> None:
        for key in keys:
            if (owner := owners.setdefault(key, command)) != command:
                clashes.append(KeyClash(key, command, owner, is_written))

    for command, keys in written.items():
        if command in commands:
            claim(command, keys, True)
    for command, keys in commands.items():
        own = written.get(command)
        if own is None or (own and command not in {owners[key] for key in own}):
            claim(command, keys, False)
    return owners, tuple(clashes)


def _keys_of(command: str, owners: Mapping[str, str], commands: CommandKeys, written: CommandKeys) -> tuple[str, ...]:
    candidates = dict.fromkeys((*written.get(command, ()), *commands[command]))
    return tuple(key for key in candidates if owners.get(key) == command)
