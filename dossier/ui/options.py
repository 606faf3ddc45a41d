"""How the reader wants the screen, as one value; it is known before the toolkit is loaded, and needs nothing of it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dossier.config.theme import TERMINAL_THEME, Theme
from dossier.core.dataclasses import NamedTuple
from dossier.ui.commands import BY_ID, Command
from dossier.ui.layout import COLUMN, Screen
from dossier.ui.render.flow import Line

if TYPE_CHECKING:
    from dossier.terminal.clipboard import ClipboardMode


def _as_it_is(line: Line) -> Line:
    return line


class DisplayOptions(NamedTuple):
    """Its looks, how its lines are `postprocess`, and the `commands` by their ids, with the keys that they have.

    `linear`: one pane and no frames. `column`: the most cells that the text takes, with its frame. `motion`: what
    scrolls is seen to. `clipboard_mode`: how a text is copied (see terminal.clipboard). `notice` is told first.
    """

    theme: Theme = TERMINAL_THEME
    postprocess: Callable[[Line], Line] = _as_it_is
    commands: Mapping[str, Command] = BY_ID
    linear: bool = False
    column: int = COLUMN
    mouse: bool = False
    motion: bool = False
    clipboard_mode: "ClipboardMode" = "auto"
    notice: str = ""

    def screen(self, cells: int, rows: int, alone: bool = False) -> Screen:
        """A screen of that size in this manner."""
        return Screen(cells, rows, alone, self.linear, self.column)

    def by_key(self) -> dict[str, str]:
        """The id of the command of each key."""
        return {key: command.id for command in self.commands.values() for key in command.keys}


DEFAULT_OPTIONS = DisplayOptions()
