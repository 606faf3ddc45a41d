"""Keys that belong together: a count and its command (`5j`, `12G`), and commands of two keys (`ZZ`).

A digit that chooses a pane does so at once. When another digit follows, or a command that takes a count, before the
reader rests, the digit was the beginning of a count, and the choice is taken back. When the reader rests, it stays.
Whatever else has begun waits longer for what follows, and is then forgotten.
"""

from collections.abc import Container, Mapping
from typing import Final

from dossier.config.key_names import format_key
from dossier.core.dataclasses import NamedTuple
from dossier.text.width import width
from dossier.ui.key_words import key_words

REST_SECONDS: Final = 0.4
"""Seconds without a key after which a digit that chose a pane is no longer the beginning of a count."""
LAPSE_SECONDS: Final = 2.0
"""Seconds without a key after which any other count, and the first of two keys, is forgotten."""

MOST: Final = 999_999
"""The greatest count; a greater one counts as this one."""

KNOWN_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "line-down": ("ctrl+n", "ctrl+j", "J"),
    "line-up": ("ctrl+p", "ctrl+k", "K"),
    "half-page-down": ("ctrl+d",),
    "half-page-up": ("ctrl+u",),
    "page-down": ("ctrl+v",),
    "top": ("less_than_sign",),
    "end": ("greater_than_sign",),
    "follow": ("ctrl+right_square_bracket",),
    "back": ("ctrl+o", "ctrl+t"),
    "hit-previous": ("p",),
    "filter": ("F",),
    "notes": ("grave_accent",),
    "alone": ("plus", "underscore"),
    "help": ("f1",),
    "commands": ("ctrl+a",),
    "redraw": ("ctrl+r", "r", "R"),
    "copy": ("Y",),
    "web": ("O",),
    "quit": ("Q",),
}
"""More keys of commands, by their ids: those that vim, less, newsboat, lazygit or k9s have for the same."""

_NEXT, _PREVIOUS = ("w", "ctrl+w", "j", "l", "down", "right"), ("W", "k", "h", "up", "left")
SEQUENCES: Final[Mapping[tuple[str, str], str]] = {
    ("Z", "Z"): "quit",
    ("Z", "Q"): "quit",
    **{("ctrl+w", key): "pane-next" for key in _NEXT},
    **{("ctrl+w", key): "pane-previous" for key in _PREVIOUS},
    ("ctrl+w", "o"): "alone",
}
"""Commands of two keys, as in vim. The first key begins one only while no command has it as its own key."""
_FIRST: Final = frozenset(first for first, _ in SEQUENCES)


class Pending(NamedTuple):
    """What has been typed of something that is not complete.

    `digits` are those of a count; `is_pane` tells that the only one has chosen a pane. `first` is the first key of a
    command of two keys. `again` is a key that has just taken a count and means nothing more when it follows once more,
    as the second `g` in `5gg`.
    """

    digits: str = ""
    is_pane: bool = False
    first: str = ""
    again: str = ""

    @property
    def words(self) -> str:
        """What the foot line shows of it, such as `12…`; "" when there is nothing to wait for."""
        shown = self.digits or (_key_name(self.first) if self.first else "")
        return f"{shown}…" if shown else ""


NOTHING: Final = Pending()


class Keystroke(NamedTuple):
    """What a key means after the keys before it.

    `pending` is what has been typed then. `command` is the id of the command to run, or "", and `times` the count that
    was typed before it, or 0. With `takes_back` the pane that the digit before has chosen is left first; `counted` then
    tells so in words, also for the commands that follow, where the reader may believe to be in that pane. `unknown` are
    the keys in words when they mean nothing.
    """

    pending: Pending = NOTHING
    command: str = ""
    times: int = 0
    takes_back: bool = False
    unknown: str = ""
    counted: str = ""


def seconds_to_wait(pending: Pending) -> float:
    """Return after how many seconds without a key this is forgotten."""
    return REST_SECONDS if pending.is_pane or pending.again else LAPSE_SECONDS


def rest(pending: Pending, seconds: float = REST_SECONDS) -> Pending:
    """Return what is still pending after so many seconds without a key."""
    return NOTHING if seconds >= seconds_to_wait(pending) else pending


def press_key(
    pending: Pending, key: str, character: str, commands: Mapping[str, str], counted: Container[str]
) -> Keystroke:
    """Return what a key means. `character` is what it types, or "".

    `commands` has the ids of the commands by their keys, and `counted` the ids of those that take a count.
    """
    command, digits = commands.get(key, ""), pending.digits
    if (digits or pending.first) and command == "leave":
        return Keystroke()
    if pending.first:
        command = SEQUENCES.get((pending.first, key), "")
        return Keystroke(command=command, unknown="" if command else _together(pending.first, key, character))
    if _is_digit(key, command) and digits:
        return Keystroke(Pending(digits + key if int(digits) <= MOST else digits), takes_back=pending.is_pane)
    if _is_digit(key, command) and key != "0":
        return Keystroke(Pending(key, is_pane=bool(command)), command)
    if digits and command in counted:
        again = key if command == "top" else ""
        counted = f"{digits} was the count of {_key_name(key, character)}" if pending.is_pane else ""
        return Keystroke(Pending(again=again), command, min(int(digits), MOST) or 1, pending.is_pane, counted=counted)
    if key == pending.again:
        return Keystroke()
    if not command and key in _FIRST:
        return Keystroke(Pending(first=key))
    return Keystroke(command=command, unknown="" if command else _key_name(key, character))


def unknown_key_words(name: str, help_keys: tuple[str, ...]) -> str:
    """Return the message that a key does nothing, with the key that lists the others, if there is one."""
    return f"{name}: no such key" + (f" · {_key_name(help_keys[0])} lists the keys" if help_keys else "")


def _is_digit(key: str, command: str) -> bool:
    """Return whether the key may be part of a count: the reader may have given a digit to another command."""
    return len(key) == 1 and key in "0123456789" and (not command or command.startswith("pane-"))


def _together(first: str, key: str, character: str) -> str:
    between = "" if len(first) == 1 else " "
    return f"{_key_name(first)}{between}{_key_name(key, character)}"


def _key_name(key: str, character: str = "") -> str:
    """Return the key as it is called on the screen: `x`, `Ctrl+G`, `F5`."""
    if character.isprintable() and width(character):
        return character if character != " " else "Space"
    written = format_key(key)
    if len(written) == 1:
        return written
    return "+".join(key_words(part) if len(part) > 1 else part.upper() for part in written.split("+"))
