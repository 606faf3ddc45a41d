"""Where a path means several articles, one is chosen first; the sheet that offers them has the screen to itself."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from dossier.entries.entry import Entry
from dossier.reading.sheet import Sheet, fitted, leaves, pressed
from dossier.tui.lines import STYLES
from dossier.tui.sheet import SheetView


class Chooser(Screen[None], inherit_bindings=False):
    """A list that stays below the article opened from it; leaving it leaves the program."""

    BINDINGS: ClassVar = []
    COMPONENT_CLASSES: ClassVar[set[str]] = set(STYLES)

    def __init__(self, sheet: Sheet, choose: Callable[[Entry], None]) -> None:
        super().__init__()
        self.sheet = sheet
        self._choose = choose

    def compose(self) -> ComposeResult:
        """The sheet alone."""
        yield SheetView(id="sheet")

    def on_resize(self) -> None:
        """The sheet fits the screen."""
        self._show(self.sheet)

    def on_key(self, event: events.Key) -> None:
        """Move, choose, or leave; what was typed ahead of the article's opening is for the article."""
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:
            self.app.screen.post_message(events.Key(event.key, event.character))
        elif leaves(self.sheet, event.key):
            self.app.exit()
        elif event.key == "enter" and self.sheet.chosen:
            self._choose(self.sheet.chosen)
        else:
            self._show(pressed(self.sheet, event.key, event.character or ""))

    def _show(self, sheet: Sheet) -> None:
        self.sheet = fitted(sheet, self.size.width, self.size.height)
        self.query_one(SheetView).show_sheet(self.sheet, -1)
