"""The words for keys on the screen: `Ctrl+F`, `PgDn`, `]`."""

from collections.abc import Callable

_KEY_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "percent_sign": "%",
    "underscore": "_",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "asterisk": "*",
    "number_sign": "#",
    "slash": "/",
    "ampersand": "&",
    "full_stop": ".",
    "exclamation_mark": "!",
    "question_mark": "?",
    "vertical_line": "|",
    "colon": ":",
    "apostrophe": "'",
    "grave_accent": "`",
    "enter": "Enter",
    "backspace": "Backspace",
    "space": "Space",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "Up",
    "down": "Down",
    "f1": "F1",
    "left": "Left",
    "right": "Right",
}


def key_words(key: str) -> str:
    """Return the printed form of a key, which is given by the toolkit's name: `Ctrl+F`, `Enter`, `]`, `F5`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    held, plus, letter = key.rpartition("+")
    if plus:
        return (
            f"{held.capitalize()}+{_KEY_NAMES.get(letter, letter.upper() if len(letter) == 1 else letter.capitalize())}"
        )
    return key.capitalize() if len(key) > 1 else key


def bound_key_words(key: str, written: Callable[[str], str]) -> str:
    """Return the printed form of a key that the reader may have chosen.

    `written` returns that of a key that has no name here and that is pressed without a modifier.
    """
    if key in _KEY_NAMES or "+" in key:
        return key_words(key)
    said = written(key)
    return said.capitalize() if len(said) > 1 else said
