"""Counts and commands of two keys: what a row of keys comes to. `_` is a rest of the reader, `…` a long one."""

import pytest

from dossier.config.key_names import key_for_character
from dossier.ui.actions import ACTIONS
from dossier.ui.commands import COMMANDS
from dossier.ui.counted_actions import COUNTED_ACTIONS
from dossier.ui.key_words import key_words
from dossier.ui.keystrokes import (
    KNOWN_KEYS,
    LAPSE_SECONDS,
    MOST,
    NOTHING,
    REST_SECONDS,
    SEQUENCES,
    Pending,
    press_key,
    rest,
    unknown_key_words,
)
from dossier.ui.options import DEFAULT_OPTIONS

BY_KEY = DEFAULT_OPTIONS.by_key()


def typed(keys: list[str], by_key: dict[str, str] = BY_KEY) -> tuple[list[str], Pending]:
    """Return what the keys come to, and what is pending after them.

    A command is given as its id, after its count; `back to before` stands for a pane that is left again, and `no x` for
    a key that means nothing.
    """
    pending, done = NOTHING, []
    for key in keys:
        if key in "_…":
            pending = rest(pending, LAPSE_SECONDS if key == "…" else REST_SECONDS)
            continue
        name = key_for_character(key) if len(key) == 1 else key
        stroke = press_key(pending, name, key if len(key) == 1 else "", by_key, COUNTED_ACTIONS)
        pending = stroke.pending
        done += ["back to before"] if stroke.takes_back else []
        done += [f"{stroke.times or ''} {stroke.command}".strip()] if stroke.command else []
        done += [f"no {stroke.unknown}"] if stroke.unknown else []
    return done, pending


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        ("j", ["line-down"]),
        ("5j", ["5 line-down"]),
        ("5_j", ["5 line-down"]),
        ("5…j", ["line-down"]),
        ("23…4", ["pane-people", "back to before", "pane-timeline"]),
        ("Z…Z…", []),
        ("5jj", ["5 line-down", "line-down"]),
        ("12G", ["pane-article", "back to before", "12 end"]),
        ("12g", ["pane-article", "back to before", "12 top"]),
        ("1_2_j", ["pane-article", "pane-people", "line-down"]),
        ("12_j", ["pane-article", "back to before", "12 line-down"]),
        ("3j", ["pane-quotes", "back to before", "3 line-down"]),
        ("3_j", ["pane-quotes", "line-down"]),
        ("3/", ["pane-quotes", "find"]),
        ("3q", ["pane-quotes", "quit"]),
        ("9q", ["quit"]),
        ("3X", ["pane-quotes", "no X"]),
        ("33n", ["pane-quotes", "back to before", "33 hit-next"]),
        ("123k", ["pane-article", "back to before", "123 line-up"]),
        # 0 begins no count
        ("0", ["pane-library"]),
        ("00", ["pane-library", "pane-library"]),
        ("0j", ["pane-library", "line-down"]),
        ("10j", ["pane-article", "back to before", "10 line-down"]),
        ("50%", ["50 percent"]),
        ("%", ["percent"]),
        # gg
        ("gg", ["top", "top"]),
        ("5gg", ["5 top"]),
        ("5g_g", ["5 top", "top"]),
        ("5ggg", ["5 top", "top"]),
        ("5gj", ["5 top", "line-down"]),
        # of two keys
        ("ZZ", ["quit"]),
        ("ZQ", ["quit"]),
        ("Z_Z", ["quit"]),
        ("Zj", ["no Zj"]),
        ("Zjj", ["no Zj", "line-down"]),
        ("5Zj", ["no Zj"]),
        ("i", ["no i"]),
        ("한", ["no 한"]),
    ],
)
def test_what_keys_come_to(keys: str, done: list[str]) -> None:
    commands, pending = typed(list(keys))
    assert (commands, rest(pending)) == (done, NOTHING)


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        (["5", "escape", "j"], ["line-down"]),
        (["5", "7", "escape", "escape"], ["leave"]),
        (["3", "escape", "j"], ["pane-quotes", "line-down"]),
        (["3", "_", "escape"], ["pane-quotes", "leave"]),
        (["Z", "escape", "Z", "Z"], ["quit"]),
        (["ctrl+w", "w"], ["pane-next"]),
        (["ctrl+w", "ctrl+w"], ["pane-next"]),
        (["ctrl+w", "k"], ["pane-previous"]),
        (["ctrl+w", "o"], ["alone"]),
        (["ctrl+w", "x"], ["no Ctrl+W x"]),
        (["2", "backspace"], ["pane-people", "back to before", "2 back"]),
        (["5", "ctrl+d"], ["5 half-page-down"]),
        (["4", "down"], ["pane-timeline", "back to before", "4 line-down"]),
        (["ctrl+g"], ["no Ctrl+G"]),
        (["ctrl+backslash"], ["no Ctrl+\\"]),
        (["f5"], ["no F5"]),
        (["shift+left"], ["no Shift+Left"]),
        (["insert"], ["no Insert"]),
        (["ctrl+c"], ["quit"]),
    ],
)
def test_what_keys_with_names_come_to(keys: list[str], done: list[str]) -> None:
    assert typed(keys) == (done, NOTHING)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("", ""), ("j", ""), ("5", "5…"), ("12", "12…"), ("3", "3…"), ("3_", ""), ("5_", "5…"), ("Z", "Z…"), ("5g", "")],
)
def test_what_is_pending_is_shown(keys: str, shown: str) -> None:
    assert typed(list(keys))[1].words == shown


def test_a_count_has_an_end() -> None:
    done, _ = typed([*"9" * 4000, "j"])
    assert done == [f"{MOST} line-down"]


def test_a_digit_that_the_reader_gave_to_a_command_is_no_count() -> None:
    by_key = {"j": "line-down", "5": "find", "3": "hit-next", "1": "pane-article", "Z": "filter"}
    assert typed([*"5j"], by_key)[0] == ["find", "line-down"]
    assert typed([*"33"], by_key)[0] == ["hit-next", "hit-next"]
    assert typed([*"15"], by_key)[0] == ["pane-article", "find"]
    assert typed([*"6j"], by_key)[0] == ["6 line-down"]
    assert typed([*"2j"], by_key)[0] == ["2 line-down"]
    assert typed([*"ZZ"], by_key)[0] == ["filter", "filter"]


def test_panes_on_other_keys_leave_the_digits_to_counts() -> None:
    by_key = {"j": "line-down", "f1": "pane-article"}
    assert typed(["1", "2", "j", "f1", "j"], by_key) == (["12 line-down", "pane-article", "line-down"], NOTHING)


def test_the_tables_name_commands() -> None:
    ids = {command.id for command in COMMANDS}
    assert set(KNOWN_KEYS) <= ids
    assert set(SEQUENCES.values()) <= ids
    assert set(COUNTED_ACTIONS) <= set(ACTIONS)
    assert {first for first, _ in SEQUENCES}.isdisjoint(BY_KEY)


@pytest.mark.parametrize(
    ("key", "words"),
    [("f5", "F5"), ("delete", "Delete"), ("x", "x"), ("X", "X"), ("ctrl+g", "Ctrl+G"), ("ctrl+delete", "Ctrl+Delete")],
)
def test_a_key_is_named_as_on_the_keyboard(key: str, words: str) -> None:
    assert key_words(key) == words


def test_an_unknown_key_is_told_with_the_key_that_lists_the_others() -> None:
    assert unknown_key_words("x", ("question_mark",)) == "x: no such key · ? lists the keys"
    assert unknown_key_words("Ctrl+G", ("f1", "question_mark")) == "Ctrl+G: no such key · F1 lists the keys"
    assert unknown_key_words("x", ()) == "x: no such key"
