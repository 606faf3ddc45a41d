"""What is chosen for the screen, and what is told there of a mistake in the settings."""

import pytest

from dossier.cli.display import Preferences, display_options
from dossier.cli.parser import DisplayArgs
from dossier.core.problem import Problem
from dossier.terminal.capabilities import Capabilities

TOLD = "there is no setting 'teme': is theme meant?"
MISTAKE = Problem("/home/anna/.config/dossier/config.toml", 2, 1, "unknown-name", TOLD)


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ((), ""),
        ((MISTAKE,), "config.toml:2: there is no setting 'teme': is theme meant?"),
        ((MISTAKE, MISTAKE), "config.toml:2, and 1 more: there is no setting 'teme': is theme meant?"),
    ],
)
def test_the_first_mistake_is_told_in_few_words(faults: tuple[Problem, ...], said: str) -> None:
    assert display_options(DisplayArgs(), Preferences(problems=faults), Capabilities()).notice == said
