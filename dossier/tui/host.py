"""The parts of the screen that commands use.

The screen of the reading room has all of it. Commands are written for this protocol, so that they need not import the
screen, which imports them.
"""

from typing import Protocol

from textual.app import App

from dossier.tui.note_loader import NoteLoader
from dossier.tui.pipe_runner import PipeRunner
from dossier.ui.comparison_sheet import ComparisonSheet
from dossier.ui.note_sheet import NoteSheet
from dossier.ui.options import DisplayOptions
from dossier.ui.popup import Popup
from dossier.ui.state import State
from dossier.ui.view import View


class Host(Protocol):
    """The part of the screen that a command uses."""

    state: State
    is_alone: bool
    options: DisplayOptions
    notes: NoteLoader
    pipes: PipeRunner

    @property
    def view(self) -> View: ...  # noqa: D102

    @property
    def app(self) -> App[None]: ...  # noqa: D102

    def change(self, state: State, say: str = "") -> None: ...  # noqa: D102

    def show_popup(self, popup: Popup) -> None: ...  # noqa: D102

    def show_comparison(self, sheet: ComparisonSheet) -> None: ...  # noqa: D102

    def show_note_sheet(self, sheet: NoteSheet | None) -> None: ...  # noqa: D102

    def show_prompt(self, purpose: str, sign: str, text: str, note_id: str = "") -> None: ...  # noqa: D102

    def show_hints(self) -> None: ...  # noqa: D102

    def show_export_menu(self) -> None: ...  # noqa: D102


class PopupHost(Host, Protocol):
    """The part of the screen that the keys of an open popup use: they can also close it, or run a command."""

    popup: Popup | None

    def run_command(self, command_id: str, times: int = 0) -> None: ...  # noqa: D102
