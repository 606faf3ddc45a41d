"""What a reader may set is declared once, here, with its default and what it is for; and which key does what, then.

Where the file and the defaults disagree about a key, what was written wins over a default, and of two commands for
which it was written the first. Only the commands that lead out of anything, and to all others, never lose their last.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.paths import resolve_xdg_folder

Keys = Mapping[str, tuple[str, ...]]
"""The keys of commands, as the toolkit names them, by the commands' ids."""

FILE: Final = "config.toml"
"""The name of the reader's file of settings, in the folder that `folder` returns."""

ESSENTIAL: Final = ("quit", "leave", "commands")
"""The commands that always have a key."""

_NO_KEYS: Final[Keys] = MappingProxyType({})


class Told(NamedTuple):
    """What a setting is for, in words; and the words or numbers that it may be, where these are few."""

    help: str
    allowed: tuple[str, ...] | range = ()


_COPYING = Told(
    "how y copies: by the terminal (osc52), by a program on this machine (native)",
    ("auto", "osc52", "native", "off"),
)
_SCOPE = Told(
    "what people, quotes and timeline range over when an article of a library is opened",
    ("article", "found", "library"),
)


class Settings(NamedTuple):
    """All that can be set. `keys` are those of the commands alone to which the reader gave other keys."""

    theme: Annotated[str, Told("the looks")] = "terminal"
    clipboard: Annotated[str, _COPYING] = "auto"
    ascii: Annotated[bool, Told("borders and marks in plain ASCII")] = False
    linear: Annotated[bool, Told("one pane without borders, for screen readers and braille lines")] = False
    mouse: Annotated[bool, Told("let the mouse click and scroll (text is then selected with Shift)")] = False
    motion: Annotated[bool, Told("let a page glide into its place")] = False
    column: Annotated[int, Told("cells that the text is wide at most", range(20, 201))] = 88
    scope: Annotated[str, _SCOPE] = "article"
    keys: Annotated[Keys, Told("the keys of commands, by their ids")] = _NO_KEYS


class Setting(NamedTuple):
    """One line of the table of all settings."""

    name: str
    default: object
    help: str
    allowed: tuple[str, ...] | range

    @property
    def kind(self) -> str:
        """What a value of it is, in words."""
        if isinstance(self.allowed, range):
            return f"{self.allowed[0]} to {self.allowed[-1]}"
        if self.allowed:
            return ", ".join(f'"{word}"' for word in self.allowed[:-1]) + f' or "{self.allowed[-1]}"'
        if isinstance(self.default, bool):
            return "true or false"
        return "the name of a theme" if isinstance(self.default, str) else "a key or a list of keys each"


SETTINGS: Final = tuple(
    Setting(name, Settings._field_defaults[name], *annotation.__metadata__[0])
    for name, annotation in Settings.__annotations__.items()
)
"""The table: what reads the file, `dossier config` and the README are made from it."""


class Clash(NamedTuple):
    """`command` has not got the `key`, which was `written` for it or is its default: `winner` has."""

    key: str
    command: str
    winner: str
    written: bool


class Bound(NamedTuple):
    """The keys that every command has, perhaps none, and those that it has not got because another has."""

    keys: Keys
    clashes: tuple[Clash, ...]


def folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the reader's `config.toml` and `themes`; neither it nor they need exist."""
    return resolve_xdg_folder("XDG_CONFIG_HOME", "~/.config", environ)


def bound(commands: Keys, written: Keys) -> Bound:
    """The keys of all `commands`, in their order, where some are `written` and the others have their defaults."""
    kept: dict[str, str] = {}
    while True:
        owners, clashes = _claimed(commands, written, kept)
        keys = {command: _of(command, owners, commands, written) for command in commands}
        lost = [command for command in ESSENTIAL if not keys.get(command, ("",))]
        if not lost:
            return Bound(keys, clashes)
        kept |= {commands[lost[0]][0]: lost[0]}


def _claimed(commands: Keys, written: Keys, kept: Mapping[str, str]) -> tuple[dict[str, str], tuple[Clash, ...]]:
    """Whose each key is: first come, first served, after those that are `kept` for a command."""
    owners, clashes = dict(kept), list[Clash]()

    def claim(command: str, keys: tuple[str, ...], is_written: bool) -> None:
        for key in keys:
            if (owner := owners.setdefault(key, command)) != command:
                clashes.append(Clash(key, command, owner, is_written))

    for command, keys in written.items():
        if command in commands:
            claim(command, keys, True)
    for command, keys in commands.items():
        own = written.get(command)
        if own is None or (own and command not in {owners[key] for key in own}):
            claim(command, keys, False)
    return owners, tuple(clashes)


def _of(command: str, owners: Mapping[str, str], commands: Keys, written: Keys) -> tuple[str, ...]:
    candidates = dict.fromkeys((*written.get(command, ()), *commands[command]))
    return tuple(key for key in candidates if owners.get(key) == command)
