from collections import Counter

import pytest
from rooms import ferry, ref
from textual.events import Key
from textual.keys import _character_to_key

from dossier.config.key_names import format_key
from dossier.core.query import parse_terms
from dossier.tui.effects import EFFECTS
from dossier.ui.actions import ACTIONS
from dossier.ui.commands import BY_ID, COMMANDS, Command, foot_keys, keys_words, with_keys
from dossier.ui.key_words import key_words
from dossier.ui.navigation import find_text, go_to
from dossier.ui.options import DEFAULT_OPTIONS

KEYS = [key for command in COMMANDS for key in (*command.keys, *command.also)]

BOUND = (
    *"jkhldugG1234zfHL*#[]/nN&.eyo!?:q",
    *"0sSbw-v=Ucma'`x",
    *("enter", "space", "backspace", "tab", "shift+tab", "escape"),
    *("ctrl+c", "ctrl+z", "ctrl+l", "ctrl+f", "ctrl+b"),
    *"{}%<>JKpFYOQrR+_V|",
    *(f"ctrl+{letter}" for letter in "adejknoprtuvy"),
    *("ctrl+right_square_bracket", "f1"),
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end"),
)


def named(key: str) -> str:
    """Return the name that Textual gives a key when it is pressed."""
    return _character_to_key(key) if len(key) == 1 else key


def test_ids_and_keys_are_unique() -> None:
    assert [key for key, count in Counter(KEYS).items() if count > 1] == []
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_every_command_is_done_in_one_place() -> None:
    assert {command.id for command in COMMANDS} == set(ACTIONS) | set(EFFECTS)
    assert set(ACTIONS) & set(EFFECTS) == set()


@pytest.mark.parametrize("key", BOUND)
def test_a_key_is_bound(key: str) -> None:
    assert named(key) in KEYS


def test_no_key_is_bound_that_is_not_in_the_table() -> None:
    assert sorted(KEYS) == sorted(map(named, BOUND))


@pytest.mark.parametrize("key", KEYS)
def test_the_toolkit_knows_the_key_by_this_name(key: str) -> None:
    assert Key(key, None).key == key
    printed = key_words(key)
    assert len(printed) > 1 or named(printed) == key


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("j", "j"),
        ("G", "G"),
        ("ctrl+f", "Ctrl+F"),
        ("shift+tab", "Shift+Tab"),
        ("enter", "Enter"),
        ("escape", "Esc"),
        ("number_sign", "#"),
        ("pagedown", "PgDn"),
        ("up", "Up"),
        ("less_than_sign", "<"),
        ("ctrl+right_square_bracket", "Ctrl+]"),
        ("ctrl+left", "Ctrl+Left"),
        ("f1", "F1"),
        ("apostrophe", "'"),
        ("grave_accent", "`"),
    ],
)
def test_how_a_key_is_printed(key: str, printed: str) -> None:
    assert key_words(key) == printed


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_key_is_printed_alike_where_signs_are_ascii(command: Command) -> None:
    # As a sign, → would be > there, which is another command.
    assert keys_words(command).isascii()


def test_all_keys_of_a_command() -> None:
    assert keys_words(BY_ID["back"]) == "Backspace H Ctrl+O Ctrl+T"
    assert keys_words(BY_ID["back"], known=False) == "Backspace H"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_is_told_in_words(command: Command) -> None:
    found = BY_ID[command.id]
    assert found is command
    assert found.keys
    assert found.help.endswith(".")
    assert found.help[0].isupper()
    assert found.title


def test_there_is_no_other_command() -> None:
    with pytest.raises(KeyError):
        BY_ID["fly"]


def test_the_foot_names_what_can_be_done_now() -> None:
    state = ferry()
    names = [title for _, title in foot_keys(state)]
    assert {"line", "follow", "find", "help"} <= set(names)
    assert "back" not in names
    assert "hit" not in names
    there = go_to(state, ref("quote/run"))
    assert there is not None
    assert "back" in [title for _, title in foot_keys(there)]
    assert "hit" in [title for _, title in foot_keys(find_text(state, parse_terms("toll")))]
    assert ("j/k", "line") in foot_keys(state)


def test_other_keys_are_shown_as_they_are_written() -> None:
    other = with_keys({"find": ("dollar_sign", "ctrl+t"), "help": ("f1",), "follow": (), "quit": ("q",)}, format_key)
    assert keys_words(other["help"]) == "F1"
    assert keys_words(other["find"]) == "$ Ctrl+T"
    assert (other["line-down"].keys, keys_words(other["line-down"], known=False)) == (("j", "down"), "j Down")
    named_keys = dict(foot_keys(ferry(), other))
    assert named_keys["$"] == "find"
    assert "follow" not in named_keys.values()


def test_keys_known_from_other_programs_give_way_to_the_readers_own() -> None:
    unchanged = with_keys({}, format_key)
    assert {id: command.also for id, command in unchanged.items()} == {id: BY_ID[id].also for id in unchanged}
    other = with_keys(
        {"find": ("ctrl+t", "J"), "quit": ("q", "X"), "filter": (), "help": ("question_mark",)}, format_key
    )
    by_key = DEFAULT_OPTIONS._replace(commands=other).by_key()
    assert (by_key["ctrl+t"], by_key["ctrl+o"]) == ("find", "back")
    assert (by_key["J"], by_key["K"], by_key["ctrl+n"]) == ("find", "line-up", "line-down")
    # Who chose new keys for a command, or none, has chosen all of them.
    assert "Q" not in by_key
    assert "F" not in by_key
