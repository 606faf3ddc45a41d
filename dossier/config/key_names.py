"""Conversion between the names of keys that a user writes and those that Textual uses.

A key is written as it is labelled on the keyboard (`]`, `ctrl+f`, `pgdn`). Textual names it after its event
(`right_square_bracket`, `ctrl+f`, `pagedown`).

Only keys that every terminal sends as something distinct can be bound. Ctrl and a letter reach a program as a control
character (ECMA-48, 5.2), so some of them are the same as other keys. For Shift, Alt or Super together with other keys a
plain terminal sends nothing.
"""

import unicodedata
from difflib import get_close_matches
from itertools import product

_NAMED = {
    **{name: name for name in ("up", "down", "left", "right", "home", "end", "insert", "delete")},
    **{name: name for name in ("tab", "enter", "space", "backspace", "escape", "pageup", "pagedown", "shift+tab")},
    **{f"f{number}": f"f{number}" for number in range(1, 13)},
    "pgup": "pageup",
    "pgdn": "pagedown",
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "ctrl+space": "ctrl+@",
    "ctrl+@": "ctrl+@",
    "ctrl+\\": "ctrl+backslash",
    "ctrl+]": "ctrl+right_square_bracket",
    "ctrl+^": "ctrl+circumflex_accent",
    "ctrl+_": "ctrl+underscore",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    " ": "space",
}
_WRITTEN = {key: word for word, key in reversed(_NAMED.items())} | {
    "pageup": "pgup",
    "pagedown": "pgdn",
    "escape": "esc",
}
_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Unicode character names for which Textual has a name of its own."""
_LONGER = {short: long for long, short in _SHORTER.items()}
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "ctrl+h": "backspace"}
"""Control characters that are keys of their own: HT, CR, ESC, and BS, which older terminals send for backspace."""
_HELD = ("ctrl", "shift", "alt", "meta", "option", "opt", "super", "cmd", "command", "win", "hyper", "control")
_CURE = "one character, a name such as f5 or enter, or ctrl+ and a letter"
_LONGEST = 20
"""Characters of a word that are compared with known names and shown in messages."""
_MOST_HYPHENS = 8


class KeyNameError(ValueError):
    """Error for a key that no terminal sends, or a name that no key has. The message says what to write instead."""


def named(word: str) -> str:
    """Return Textual's name of the key that is written `word`.

    Upper and lower case differ in single letters only. Raises KeyNameError when no such key can be bound.
    """
    # A letter with its accents may be written as several code points, and is sent as one.
    word = word if len(word) == 1 else unicodedata.normalize("NFC", word)
    plain = word.lower()
    if plain in _NAMED:
        return _NAMED[plain]
    if _is_sent(word):
        return name_of(word)
    held, _, rest = plain.rpartition("+") if not plain.endswith("++") else (plain[:-2], "+", "+")
    if held and all(one in _HELD for one in held.split("+")):
        return _held(word, held, rest)
    joined = plain.replace("-", "+")
    is_joined = joined in _NAMED or (joined[:-1] == "ctrl+" and joined[-1].isalpha())
    near = [joined] if is_joined else get_close_matches(plain[:_LONGEST], _NAMED, 1)
    cure = f"is {near[0]} meant?" if near else f"write {_CURE}"
    raise KeyNameError(f"there is no key {_cut(word)!r}: {cure}")


def written(key: str) -> str:
    """Return how the key that Textual calls `key` is written in settings and on the screen.

    This is the inverse of `parse_key` for all keys that can be bound.
    """
    if key in _WRITTEN:
        return _WRITTEN[key]
    return key if len(key) == 1 or "+" in key else _character(key)


def name_of(character: str) -> str:
    """Return Textual's name of the key of one printable character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_") or character
    return _SHORTER.get(name, name)


def _is_sent(character: str) -> bool:
    # A combining mark is never sent without its letter.
    return len(character) == 1 and character.isprintable() and not unicodedata.category(character).startswith("M")


def _held(word: str, held: str, rest: str) -> str:
    """Return Textual's name of the key `rest` pressed together with the modifiers `held`, such as "ctrl+shift".

    `word` is what the user wrote. Raises KeyNameError when no terminal sends the combination as a key of its own.
    """
    is_letter = len(rest) == 1 and rest.isascii() and rest.isalpha()
    same = ""
    if held in ("ctrl", "control"):
        if is_letter and f"ctrl+{rest}" not in _SAME:
            return f"ctrl+{rest}"
        same = _SAME.get(f"ctrl+{rest}", "")
    elif held == "shift":
        if is_letter:
            return rest.upper()
        same = rest if _NAMED.get(rest) in ("space", "enter", "backspace", "escape") else ""
    elif is_letter and set(held.split("+")) <= {"ctrl", "control", "shift"}:
        same = _SAME.get(f"ctrl+{rest}", f"ctrl+{rest}")
    if same:
        raise KeyNameError(f"a terminal sends the same for {word} as for {same}: write {same}, or choose another key")
    raise KeyNameError(f"a plain terminal cannot send {_cut(word)}: write {_CURE}")


def _character(key: str) -> str:
    """Return the character whose key Textual calls `key`, or `key` itself when there is none."""
    words = _LONGER.get(key, key).upper().split("_")
    joints = len(words) - 1
    for marks in product(" -", repeat=min(joints, _MOST_HYPHENS)):
        between = (*marks, *" " * (joints - len(marks)), "")
        name = "".join(word + mark for word, mark in zip(words, between, strict=True))
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return key


def _cut(word: str) -> str:
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 1]}…"
