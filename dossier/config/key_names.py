"""Conversion between the names of keys that a user writes and those that Textual uses.

A key is written as it is labelled on the keyboard (`]`, `ctrl+f`, `pgdn`). Textual names it after its event
(`right_square_bracket`, `ctrl+f`, `pagedown`).

Only keys that every terminal sends as something distinct can be bound. Ctrl and a letter reach a program as a control
character (ECMA-48, 5.2), so some of them are the same as other keys. For Shift, Alt or Super together with other keys a
plain terminal sends nothing.
"""

import unicodedata
from itertools import product

from dossier.text.messages import suggest_name

_KEYS_BY_WORD = {
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
_WORDS_BY_KEY = {key: word for word, key in reversed(_KEYS_BY_WORD.items())} | {
    "pageup": "pgup",
    "pagedown": "pgdn",
    "escape": "esc",
}
_TEXTUAL_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Unicode character names for which Textual has a name of its own."""
_UNICODE_NAMES = {short: long for long, short in _TEXTUAL_NAMES.items()}
_CONTROL_KEYS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "ctrl+h": "backspace"}
"""Control characters that are keys of their own: HT, CR, ESC, and BS, which older terminals send for backspace."""
_MODIFIERS = ("ctrl", "shift", "alt", "meta", "option", "opt", "super", "cmd", "command", "win", "hyper", "control")
_ADVICE = "a character, a name such as f5 or enter, or ctrl+ and a letter"
_MAX_WORD = 20
"""Characters of a word that are compared with known names and shown in messages."""
_MOST_HYPHENS = 8


class KeyNameError(ValueError):
    """Error for a key that no terminal sends, or a name that no key has. The message says what to write instead."""


def parse_key(word: str) -> str:
    """Return Textual's name of the key that is written `word`.

    Upper and lower case differ in single letters only. Raises KeyNameError when no such key can be bound.
    """
    # A letter with its accents may be written as several code points, and is sent as one.
    word = word if len(word) == 1 else unicodedata.normalize("NFC", word)
    plain = word.lower()
    if plain in _KEYS_BY_WORD:
        return _KEYS_BY_WORD[plain]
    if _is_sent(word):
        return key_for_character(word)
    held, _, rest = plain.rpartition("+") if not plain.endswith("++") else (plain[:-2], "+", "+")
    if held and all(one in _MODIFIERS for one in held.split("+")):
        return _combined_key(word, held, rest)
    joined = plain.replace("-", "+")
    is_joined = joined in _KEYS_BY_WORD or (joined[:-1] == "ctrl+" and joined[-1].isalpha())
    near = joined if is_joined else suggest_name(plain[:_MAX_WORD], _KEYS_BY_WORD)
    cure = f"did you mean {near}?" if near else f"write {_ADVICE}"
    raise KeyNameError(f"unknown key {_shorten(word)!r}: {cure}")


def format_key(key: str) -> str:
    """Return how the key that Textual calls `key` is written in settings and on the screen.

    This is the inverse of `parse_key` for all keys that can be bound.
    """
    if key in _WORDS_BY_KEY:
        return _WORDS_BY_KEY[key]
    return key if len(key) == 1 or "+" in key else _find_character(key)


def key_for_character(character: str) -> str:
    """Return Textual's name of the key of one printable character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_") or character
    return _TEXTUAL_NAMES.get(name, name)


def _is_sent(character: str) -> bool:
    # A combining mark is never sent without its letter.
    return len(character) == 1 and character.isprintable() and not unicodedata.category(character).startswith("M")


def _combined_key(word: str, held: str, rest: str) -> str:
    """Return Textual's name of the key `rest` pressed together with the modifiers `held`, such as "ctrl+shift".

    `word` is what the user wrote. Raises KeyNameError when no terminal sends the combination as a key of its own.
    """
    is_letter = len(rest) == 1 and rest.isascii() and rest.isalpha()
    same = ""
    if held in ("ctrl", "control"):
        if is_letter and f"ctrl+{rest}" not in _CONTROL_KEYS:
            return f"ctrl+{rest}"
        same = _CONTROL_KEYS.get(f"ctrl+{rest}", "")
    elif held == "shift":
        if is_letter:
            return rest.upper()
        same = rest if _KEYS_BY_WORD.get(rest) in ("space", "enter", "backspace", "escape") else ""
    elif is_letter and set(held.split("+")) <= {"ctrl", "control", "shift"}:
        same = _CONTROL_KEYS.get(f"ctrl+{rest}", f"ctrl+{rest}")
    if same:
        raise KeyNameError(f"a terminal sends the same for {word} as for {same}: write {same}, or choose another key")
    raise KeyNameError(f"a plain terminal cannot send {_shorten(word)}: write {_ADVICE}")


def _find_character(key: str) -> str:
    """Return the character whose key Textual calls `key`, or `key` itself when there is none."""
    words = _UNICODE_NAMES.get(key, key).upper().split("_")
    joints = len(words) - 1
    for marks in product(" -", repeat=min(joints, _MOST_HYPHENS)):
        between = (*marks, *" " * (joints - len(marks)), "")
        name = "".join(word + mark for word, mark in zip(words, between, strict=True))
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return key


def _shorten(word: str) -> str:
    return word if len(word) <= _MAX_WORD else f"{word[: _MAX_WORD - 1]}…"
