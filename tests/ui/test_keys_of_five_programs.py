"""What readers of five other programs find under their fingers: the table beside this file tells the truth.

A row has a key, or several that follow each other at once; what vim (normal mode), less, newsboat (with podboat),
lazygit and k9s do with it by default; what this program does; and why, where that is something else.

The column `dossier` has the id of a command, after its count if there is one. `count` is a digit that begins a count,
`first` a key that begins a command of two, `nothing` a key that says that it does nothing, and `back to before` the
return from a pane that a digit had chosen.
"""

from pathlib import Path

import pytest

from dossier.config.key_names import key_for_character, parse_key
from dossier.ui.commands import COMMANDS
from dossier.ui.counted_actions import COUNTED_ACTIONS
from dossier.ui.keystrokes import NOTHING, press_key
from dossier.ui.options import DEFAULT_OPTIONS

FILE = Path(__file__).with_name("keys_of_five_programs.tsv")
COLUMNS = ("key", "vim", "less", "newsboat", "lazygit", "k9s", "dossier", "why")
ROWS = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in FILE.read_text("utf-8").splitlines()]
SINGLE = [row for row in ROWS[1:] if " " not in row["key"]]
PROGRAMS = COLUMNS[1:6]
PLAIN = (
    *map(chr, range(33, 127)),
    *(f"Ctrl+{letter}" for letter in "ABCDEFGJKLNOPQRSTUVWXYZ\\]^_"),
    *("Ctrl+Space", "Space", "Enter", "Tab", "Shift+Tab", "Backspace", "Esc"),
    *("Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Ins", "Del"),
    *(f"F{number}" for number in range(1, 13)),
)
"""The keys of a plain keyboard. Ctrl+H, Ctrl+I, Ctrl+M and Ctrl+[ are Backspace, Tab, Enter and Esc to a terminal."""


def done(keys: str) -> str:
    """Return what this program does when these keys are pressed one after the other, as the table says it."""
    pending, told = NOTHING, list[str]()
    for word in keys.split(" "):
        key = key_for_character(word) if len(word) == 1 else parse_key(word)
        stroke = press_key(pending, key, word if len(word) == 1 else "", DEFAULT_OPTIONS.by_key(), COUNTED_ACTIONS)
        pending = stroke.pending
        told += ["back to before"] if stroke.takes_back else []
        told += [f"{stroke.times or ''} {stroke.command}".strip()] if stroke.command else []
        told += ["nothing"] if stroke.unknown else []
    told = ["count", *told] if pending.digits else told
    told += ["first"] if pending.first else []
    return ", ".join(told)


def test_the_table_has_its_columns() -> None:
    assert tuple(ROWS[0].values()) == COLUMNS


def test_every_key_of_a_plain_keyboard_is_decided_once() -> None:
    assert sorted(row["key"] for row in SINGLE) == sorted(PLAIN)


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: row["key"])
def test_what_this_program_does_is_true(row: dict[str, str]) -> None:
    assert done(row["key"]) == row["dossier"]


def test_where_another_program_does_something_and_this_one_nothing_it_is_said_why() -> None:
    silent = [row for row in ROWS[1:] if row["dossier"] == "nothing" and any(row[name] for name in PROGRAMS)]
    assert [row["key"] for row in silent if not row["why"]] == []


def test_every_key_of_a_command_is_in_the_table() -> None:
    told = {key_for_character(row["key"]) if len(row["key"]) == 1 else parse_key(row["key"]) for row in SINGLE}
    assert {key for command in COMMANDS for key in (*command.keys, *command.also)} <= told
