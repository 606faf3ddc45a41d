"""What is chosen for the screen, and what is told there of a mistake in the settings."""

import pytest

from dossier.cli.arguments import Browse
from dossier.cli.display import Chosen, manner
from dossier.core.problem import Problem
from dossier.loader.limits import Limits
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
    assert manner(Browse(None, None, "", False, Limits()), Chosen(faults=faults), Capabilities()).say == said
