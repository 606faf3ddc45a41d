"""Tests of what is kept between two keys that may belong together."""

import pytest

from dossier.core.dataclasses import replace
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.ui.keystrokes import LAPSE_SECONDS, NOTHING, REST_SECONDS, Keystroke, Pending
from dossier.ui.state import open_article_state
from dossier.ui.unfinished_keys import UnfinishedKeys

COMMANDS = {"3": "pane-quotes", "j": "line-down", "tab": "pane-next", "=": "same"}
COUNTED = {"line-down", "pane-next"}
BEFORE = open_article_state(Article(Ref("one"), "", "", ()), ())
AFTER = replace(BEFORE, focus="quotes")


def after_three() -> UnfinishedKeys:
    """Return what is kept after the digit 3, which chose a pane at the time 10."""
    kept, state, stroke = UnfinishedKeys().press(BEFORE, "3", "3", 10.0, COMMANDS, {"line-down"})
    assert (state, stroke.command, kept.may_rest) == (BEFORE, "pane-quotes", True)
    return kept


def test_a_count_is_run_in_the_state_before_its_digit() -> None:
    kept, state, stroke = after_three().press(AFTER, "j", "j", 10.1, COMMANDS, {"line-down"})
    assert (stroke.command, stroke.times) == ("line-down", 3)
    assert state is BEFORE
    assert kept == UnfinishedKeys(NOTHING, 10.1, counted="3 was the count of j")


def test_after_a_rest_the_digit_has_chosen_a_pane() -> None:
    kept, state, stroke = after_three().press(AFTER, "j", "j", 10.0 + REST_SECONDS, COMMANDS, {"line-down"})
    assert stroke == Keystroke(command="line-down")
    assert state is AFTER
    assert not kept.may_rest


def test_a_rest_counts_only_if_no_key_followed() -> None:
    kept = after_three()
    assert kept.rest(9.0) is kept
    assert kept.rest(10.0) == UnfinishedKeys(NOTHING, 10.0)
    waiting = UnfinishedKeys(Pending("12"), 10.0)
    assert waiting.rest(9.0) is waiting
    assert waiting.rest(10.0) == UnfinishedKeys(NOTHING, 10.0)


def test_the_state_before_a_digit_changes_with_the_others() -> None:
    kept = after_three().with_states(lambda state: replace(state, focus="people"))
    assert kept.before_digit
    assert kept.before_digit.focus == "people"
    nothing = UnfinishedKeys()
    assert nothing.with_states(lambda state: AFTER) is nothing


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("3j=", "3 was the count of j"),
        ("3jjj=", "3 was the count of j"),
        ("3j==", ""),
        ("3j…=", ""),
        ("3_j=", ""),
        ("3=", ""),
        ("3j\t=", ""),
        ("3j3=", ""),
        ("3j3j", "3 was the count of j"),
        # Of two digits, and of one that chooses no pane, no reader thinks that they chose one.
        ("33j=", ""),
        ("7j=", ""),
        ("3j7j", ""),
    ],
)
def test_a_command_is_told_that_the_digit_before_it_became_a_count(keys: str, told: str) -> None:
    kept, state, at, stroke = UnfinishedKeys(), BEFORE, 10.0, Keystroke()
    for key in keys:
        if key in "_…":
            at += LAPSE_SECONDS if key == "…" else REST_SECONDS
            continue
        at += 0.1
        kept, state, stroke = kept.press(state, "tab" if key == "\t" else key, key, at, COMMANDS, COUNTED)
    assert stroke.counted == told
