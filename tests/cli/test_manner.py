"""What is chosen for the screen, and what is told there of a mistake in the settings."""

import pytest

from dossier.cli.arguments import DisplayArgs
from dossier.cli.display import Preferences, display_options, draws_ascii
from dossier.cli.measuring import decide_ambiguous_width
from dossier.config.settings import Settings
from dossier.core.problem import Problem
from dossier.export.formats import FORMATS
from dossier.terminal.capabilities import Capabilities
from dossier.ui.render.flow import Piece

TOLD = "unknown setting 'teme': did you mean theme?"
MISTAKE = Problem("/home/anna/.config/dossier/config.toml", 2, 1, "unknown-name", TOLD)


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ((), ""),
        ((MISTAKE,), "config.toml:2: unknown setting 'teme': did you mean theme?"),
        ((MISTAKE, MISTAKE), "config.toml:2, and 1 more: unknown setting 'teme': did you mean theme?"),
    ],
)
def test_the_first_mistake_is_told_in_few_words(faults: tuple[Problem, ...], said: str) -> None:
    assert display_options(DisplayArgs(), Preferences(problems=faults), Capabilities()).notice == said


def test_the_command_line_of_the_screen_knows_every_format() -> None:
    options = display_options(DisplayArgs(), Preferences(), Capabilities())
    assert list(options.formats()) == [form.name for form in FORMATS]


@pytest.mark.parametrize(
    ("able", "shown"),
    [
        (Capabilities(), "│ \u200eשלום\u200e ab\u200e │"),
        (Capabilities(direction_marks=False), "│ שלום ab │"),
        (Capabilities(keeps_marks=False), "ǀ שלום ab ǀ"),
        (Capabilities(reorders_rows=False), "│ שלום ab │"),
        (Capabilities(encoding="iso8859-8"), "| שלום ab\u200e |"),
    ],
)
def test_right_to_left_text_is_arranged_as_the_terminal_can(able: Capabilities, shown: str) -> None:
    finish = display_options(DisplayArgs(), Preferences(), able).postprocess
    assert finish((Piece("│ שלום ab\u200e │"),)) == (Piece(shown),)


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("able", [Capabilities(), Capabilities(direction_marks=False)])
def test_what_putty_gets_is_what_it_would_get_by_its_name(able: Capabilities, ascii_only: bool) -> None:
    args = DisplayArgs(ascii=ascii_only)
    named = display_options(args, Preferences(), able._replace(keeps_marks=False))
    line = (Piece("│ שלום ab\u200e │"),)
    assert display_options(args, Preferences(), able).in_putty().postprocess(line) == named.postprocess(line)


@pytest.mark.parametrize(
    ("args", "settings", "able", "drawn"),
    [
        (DisplayArgs(), Settings(), Capabilities(), False),
        (DisplayArgs(ascii=True), Settings(), Capabilities(), True),
        (DisplayArgs(), Settings(ascii=True), Capabilities(), True),
        (DisplayArgs(), Settings(), Capabilities(encoding="iso8859-1"), True),
    ],
)
def test_where_signs_are_ascii(args: DisplayArgs, settings: Settings, able: Capabilities, drawn: bool) -> None:
    assert draws_ascii(args, settings, able) == drawn


@pytest.mark.parametrize(
    ("settings", "able", "decided"),
    [
        (Settings(), Capabilities(), (1, True)),
        (Settings(), Capabilities(ambiguous=1), (1, False)),
        (Settings(), Capabilities(ambiguous=2), (2, False)),
        (Settings(probe=False), Capabilities(), (1, False)),
        (Settings(ambiguous=1), Capabilities(ambiguous=2), (1, False)),
        (Settings(ambiguous=2), Capabilities(ambiguous=1), (2, False)),
        (Settings(), Capabilities(encoding="euc_kr"), (1, False)),
        (Settings(ascii=True), Capabilities(), (1, True)),
    ],
)
def test_the_width_of_ambiguous_characters(settings: Settings, able: Capabilities, decided: tuple[int, bool]) -> None:
    assert decide_ambiguous_width(settings, able) == decided
