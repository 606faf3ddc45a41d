"""Tests of how keys are written, what Textual calls them, and which ones no terminal sends."""

import string

import pytest
from textual.keys import _character_to_key

from dossier.config.key_names import KeyNameError, format_key, key_for_character, parse_key
from dossier.ui.commands import COMMANDS

PRINTABLE = string.punctuation + string.ascii_letters + string.digits
FOREIGN = "éŁßжж한ㅓ«»±§€µ"


@pytest.mark.parametrize("character", PRINTABLE + FOREIGN)
def test_a_character_is_named_as_the_toolkit_names_it(character: str) -> None:
    assert parse_key(character) == key_for_character(character) == _character_to_key(character)
    assert format_key(parse_key(character)) == character


@pytest.mark.parametrize("key", [key for command in COMMANDS for key in command.keys])
def test_every_default_can_be_written(key: str) -> None:
    assert parse_key(format_key(key)) == key


@pytest.mark.parametrize(
    ("word", "key", "again"),
    [
        ("PgDn", "pagedown", "pgdn"),
        ("pageup", "pageup", "pgup"),
        ("Space", "space", "space"),
        (" ", "space", "space"),
        ("F5", "f5", "f5"),
        ("Shift+Tab", "shift+tab", "shift+tab"),
        ("Enter", "enter", "enter"),
        ("return", "enter", "enter"),
        ("Esc", "escape", "esc"),
        ("↑", "up", "up"),
        ("Ctrl+F", "ctrl+f", "ctrl+f"),
        ("control+f", "ctrl+f", "ctrl+f"),
        ("shift+g", "G", "G"),
        ("ctrl+space", "ctrl+@", "ctrl+space"),
        ("ctrl+]", "ctrl+right_square_bracket", "ctrl+]"),
        ("ctrl+\\", "ctrl+backslash", "ctrl+\\"),
        ("e\u0301", "é", "é"),
    ],
)
def test_what_is_written_is_named(word: str, key: str, again: str) -> None:
    assert parse_key(word) == key
    assert format_key(key) == again


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("ctrl+shift+x", "a terminal sends the same for ctrl+shift+x as for ctrl+x: write ctrl+x"),
        ("ctrl+shift+i", "the same for ctrl+shift+i as for tab"),
        ("ctrl+i", "a terminal sends the same for ctrl+i as for tab: write tab, or choose another key"),
        ("Ctrl+M", "as for enter"),
        ("ctrl+[", "as for esc"),
        ("ctrl+h", "as for backspace"),
        ("shift+enter", "as for enter"),
        ("ctrl+1", "a plain terminal cannot send ctrl+1: write a character"),
        ("ctrl++", "a plain terminal cannot send ctrl++"),
        ("ctrl+up", "cannot send ctrl+up"),
        ("alt+x", "cannot send alt+x"),
        ("super+k", "cannot send super+k"),
        ("ctrl+alt+delete", "cannot send ctrl+alt+delete"),
        ("pgdwn", "unknown key 'pgdwn': did you mean pgdn?"),
        ("ctrl-f", "unknown key 'ctrl-f': did you mean ctrl+f?"),
        ("bogus", "unknown key 'bogus': write a character, a name such as f5 or enter, or ctrl+ and a letter"),
        ("", "unknown key ''"),
        ("\x1b", "unknown key '\\x1b'"),
        ("\u0301", "unknown key"),
        ("+" * 99, "unknown key"),
    ],
)
def test_what_cannot_be_bound_is_said_with_its_cure(word: str, message: str) -> None:
    with pytest.raises(KeyNameError) as raised:
        parse_key(word)
    assert message in str(raised.value)
    assert len(str(raised.value)) < 150
