"""The options of the screen that the reader chose, as one value.

They are needed before the toolkit is loaded, so this module does not import it.
"""

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


class ThemeSource(NamedTuple):
    """Where themes come from. `names` returns the names of all themes, and `load` the theme of a name.

    `load` raises LookupError, with a message for the reader, when no theme has that name, or it needs more colours.
    """

    names: Callable[[], tuple[str, ...]] = lambda: (TERMINAL_THEME.name,)
    load: Callable[[str], Theme] = lambda name: TERMINAL_THEME


class DisplayOptions(NamedTuple):
    """How the screen looks and is used.

    `postprocess` returns a line as it is to be sent to the terminal, and `putty_postprocess` as it is to be sent to
    PuTTY. `commands` are the commands by their ids, with the reader's keys. `linear`: one pane without frames.
    `column`: the greatest width of the text in cells, with its frame. `motion`: scrolling is shown in steps.
    `clipboard_mode`: how a text is copied (see terminal.clipboard). `notice`: the first message, or "". `themes`: the
    themes that the reader may change to. `formats` returns what each format of export is, by its name.
    """

    theme: Theme = TERMINAL_THEME
    postprocess: Callable[[Line], Line] = _as_it_is
    putty_postprocess: Callable[[Line], Line] = _as_it_is
    commands: Mapping[str, Command] = BY_ID
    linear: bool = False
    column: int = COLUMN
    mouse: bool = False
    motion: bool = False
    clipboard_mode: "ClipboardMode" = "auto"
    notice: str = ""
    themes: ThemeSource = ThemeSource()
    formats: Callable[[], Mapping[str, str]] = dict

    def screen(self, cells: int, rows: int, alone: bool = False) -> Screen:
        """Return a screen of this size with these options; `alone`: one pane has the whole screen."""
        return Screen(cells, rows, alone, self.linear, self.column)

    def in_putty(self) -> "DisplayOptions":
        """Return the options for a terminal that turns out to be PuTTY."""
        return self._replace(postprocess=self.putty_postprocess)

    def by_key(self) -> dict[str, str]:
        """Return the ids of the commands by their keys."""
        return {key: command.id for command in self.commands.values() for key in (*command.keys, *command.also)}


DEFAULT_OPTIONS = DisplayOptions()
