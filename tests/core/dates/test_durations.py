"""Durations in words."""

import pytest

from dossier.core.dates.words import format_duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than 0.1 s"),
        (0.04, "less than 0.1 s"),
        (0.06, "0.1 s"),
        (0.44, "0.4 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (38.4, "38 s"),
        (119, "119 s"),
        (120, "2 min"),
        (3_569, "59 min"),
        (3_599, "1 h 0 min"),
        (7_500, "2 h 5 min"),
    ],
)
def test_duration(seconds: float, words: str) -> None:
    assert format_duration(seconds) == words
