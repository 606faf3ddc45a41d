"""How the screen looks: what the command line asks for goes before the settings, and what the terminal can do before
both.

The settings themselves are read elsewhere, and only when there are any: the first picture shall not wait for that.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dossier.cli.arguments import Browse
from dossier.config.settings import Settings
from dossier.config.theme import TERMINAL, Theme
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.problem import Problem
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.style import Colour
from dossier.text.sanitize import safe
from dossier.ui.commands import BY_ID, Command
from dossier.ui.options import DisplayOptions
from dossier.ui.render.ascii import ascii
from dossier.ui.render.bidi import closed
from dossier.ui.render.flow import Line
from dossier.ui.state import PaneScope, Room

if TYPE_CHECKING:
    from dossier.terminal.clipboard import Way

_OWN = 16
"""So many colours every terminal has that has any."""


class Chosen(NamedTuple):
    """What the reader chose, once and for all, and what is wrong with it. `commands`: by their ids, with their keys."""

    settings: Settings = Settings()
    theme: Theme = TERMINAL
    commands: Mapping[str, Command] = BY_ID
    faults: tuple[Problem, ...] = ()


def manner(asked: Browse, chosen: Chosen, able: Capabilities) -> DisplayOptions:
    """The manner in which the screen is shown on a terminal that is `able` to do so much."""
    settings = chosen.settings
    plain = asked.ascii or settings.ascii or able.encoding != "utf-8"
    return DisplayOptions(
        theme=chosen.theme if able.colours > _OWN or not _needs_more(chosen.theme) else TERMINAL,
        finished=partial(_finished, plain, able.encoding),
        commands=chosen.commands,
        linear=asked.linear or settings.linear,
        column=settings.column,
        mouse=asked.mouse or settings.mouse,
        motion=settings.motion,
        way=cast("Way", settings.clipboard),
        say=_told(chosen.faults),
    )


def begun(room: Room, settings: Settings) -> Room:
    """The room, opening articles as the settings say."""
    return replace(room, opens=PaneScope[settings.scope.upper()])


def _finished(plain: bool, encoding: str, line: Line) -> Line:
    # First what keeps right-to-left text in its columns, which knows borders by their own signs.
    line = closed(line) if encoding == "utf-8" else line
    return ascii(line) if plain else line


def _needs_more(theme: Theme) -> bool:
    """Whether a theme has colours that are not the terminal's own."""
    styles = (theme.ground, *theme.styles.values())
    return any(_is_more(one) for style in styles for one in (style.foreground, style.background))


def _is_more(colour: Colour) -> bool:
    return isinstance(colour, tuple) or (colour is not None and colour >= _OWN)


def _told(faults: tuple[Problem, ...]) -> str:
    if not faults:
        return ""
    first, more = faults[0], f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    # Of a whole path nothing else would have room: which folder it is `dossier config validate` tells.
    return safe(f"{Path(first.path).name}:{first.line}{more}: {first.message}")
