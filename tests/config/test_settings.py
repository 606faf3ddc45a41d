"""Tests of the settings, and of the assignment of keys to commands."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.config.config_folder import config_folder
from dossier.config.settings import (
    ESSENTIAL_COMMANDS,
    SETTINGS,
    CommandKeys,
    KeyClash,
    Settings,
    bind_keys,
)
from dossier.ui.commands import COMMANDS

DEFAULTS: CommandKeys = {
    "find": ("slash",),
    "search": ("s",),
    "order": ("v",),
    "down": ("j", "down"),
    "commands": ("colon",),
    "leave": ("escape",),
    "quit": ("q", "ctrl+c"),
}


def by_key(commands: CommandKeys, written: CommandKeys) -> dict[str, str]:
    """Return the command of each key."""
    return {key: command for command, keys in bind_keys(commands, written).keys.items() for key in keys}


def test_the_table_says_what_the_settings_are() -> None:
    told = {setting.name: setting.value_kind for setting in SETTINGS}
    assert told == {
        "theme": "the name of a theme",
        "clipboard": '"auto", "osc52", "native" or "off"',
        "ascii": "true or false",
        "linear": "true or false",
        "mouse": "true or false",
        "motion": "true or false",
        "column": "20 to 200",
        "scope": '"article", "found" or "library"',
        "ambiguous": '1, 2 or "auto"',
        "probe": "true or false",
        "index": "an absolute path, or one that begins with ~",
        "engine": "an address such as postgresql://HOST/DATABASE or postgresql:///?service=NAME",
        "keys": "a key or a list of keys for each",
    }
    assert all(setting.help for setting in SETTINGS)


def test_every_default_is_allowed() -> None:
    assert [one.default for one in SETTINGS] == list(Settings())
    assert [one.name for one in SETTINGS if one.allowed and one.default not in one.allowed] == []


@pytest.mark.parametrize(
    ("environ", "there"),
    [
        ({"XDG_CONFIG_HOME": "/config"}, Path("/config/dossier")),
        ({"XDG_CONFIG_HOME": "config"}, Path("/home/reader/.config/dossier")),
        ({"XDG_CONFIG_HOME": ""}, Path("/home/reader/.config/dossier")),
        ({}, Path("/home/reader/.config/dossier")),
    ],
)
def test_where_settings_are(environ: dict[str, str], there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    assert config_folder(environ) == there


def test_without_settings_every_command_has_its_defaults() -> None:
    assert bind_keys(DEFAULTS, {}) == (DEFAULTS, ())
    assert by_key(DEFAULTS, {})["ctrl+c"] == "quit"


@pytest.mark.parametrize(
    ("written", "changed", "clashes"),
    [
        ({"search": ("ctrl+t",)}, {"search": ("ctrl+t",)}, ()),
        ({"search": ("ctrl+t", "s")}, {"search": ("ctrl+t", "s")}, ()),
        ({"order": ()}, {"order": ()}, ()),
        ({"search": ("v",)}, {"search": ("v",), "order": ()}, (KeyClash("v", "order", "search", False),)),
        ({"search": ("v",), "order": ()}, {"search": ("v",), "order": ()}, ()),
        ({"search": ("v",), "order": ("s",)}, {"search": ("v",), "order": ("s",)}, ()),
        ({"order": ("down",)}, {"order": ("down",), "down": ("j",)}, (KeyClash("down", "down", "order", False),)),
        ({"search": ("x",), "order": ("x",)}, {"search": ("x",)}, (KeyClash("x", "order", "search", True),)),
        (
            {"order": ("x",), "search": ("x", "y")},
            {"order": ("x",), "search": ("y",)},
            (KeyClash("x", "search", "order", True),),
        ),
        ({"search": ("colon",)}, {}, (KeyClash("colon", "search", "commands", True),)),
        ({"search": ("colon", "x")}, {"search": ("x",)}, (KeyClash("colon", "search", "commands", True),)),
        ({"search": ("q",)}, {"search": ("q",), "quit": ("ctrl+c",)}, (KeyClash("q", "quit", "search", False),)),
        ({"leave": ("x",), "quit": ("x",)}, {"leave": ("x",)}, (KeyClash("x", "quit", "leave", True),)),
        ({"nothing": ("j",)}, {}, ()),
    ],
)
def test_whose_a_key_is(written: CommandKeys, changed: CommandKeys, clashes: tuple[KeyClash, ...]) -> None:
    assert bind_keys(DEFAULTS, written) == ({**DEFAULTS, **changed}, clashes)


KEYS = st.sampled_from([*(key for command in COMMANDS for key in command.keys), "x", "ctrl+t", "f5"])
WRITTEN = st.dictionaries(
    st.sampled_from([command.id for command in COMMANDS]),
    st.lists(KEYS, max_size=3, unique=True).map(tuple),
    max_size=8,
)


@given(WRITTEN)
def test_a_key_is_of_one_command_and_the_essential_ones_have_one(written: CommandKeys) -> None:
    all_keys = {command.id: command.keys for command in COMMANDS}
    keys, clashes = bind_keys(all_keys, written)
    assert list(keys) == list(all_keys)
    every = [key for of in keys.values() for key in of]
    assert len(every) == len(set(every))
    assert all(keys[command] for command in ESSENTIAL_COMMANDS)
    assert by_key(all_keys, written) == {key: command for command, of in keys.items() for key in of}
    assert {clash.key for clash in clashes} <= set(every)
    # What came of it, written down, comes to the same, and nobody has to say so.
    assert bind_keys(all_keys, keys) == (keys, ())
