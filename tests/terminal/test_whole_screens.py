"""Tests of where the cursor is after a whole screen was sent."""

import pytest

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.style import PLAIN

FRAME = make_frame([[("some words", PLAIN)]], 20, 2)
OTHER = make_frame([[("some word", PLAIN)]], 20, 2)


@pytest.mark.parametrize("before", [None, make_frame([], 30, 2)])
def test_a_hidden_cursor_ends_at_the_left_edge(before: Frame | None) -> None:
    assert encode_difference(before, FRAME, Capabilities()).endswith("some words\r")


def test_a_shown_cursor_ends_where_it_is_shown() -> None:
    sent = encode_difference(None, FRAME._replace(cursor=(1, 3)), Capabilities())
    assert "\r\x1b[?25h" not in sent
    assert sent.endswith("\x1b[?25h")


def test_a_difference_ends_where_it_ends() -> None:
    assert not encode_difference(OTHER, FRAME, Capabilities()).endswith("\r")
