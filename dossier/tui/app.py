"""The program on the terminal: what the toolkit does unasked (animation, colours of its own, palette) is off here.

The settings that the toolkit reads at import are made in `cli`, before this module is loaded.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import App

from dossier.entries.entry import Entry
from dossier.loader.article import Loaded
from dossier.reading.narrowing import reloaded
from dossier.reading.room import Room
from dossier.reading.sheet import laid
from dossier.tui.chooser import Chooser
from dossier.tui.screen import ReadingRoom
from dossier.tui.watch import SECONDS, Watch


class DossierApp(App[None], inherit_bindings=False):
    """One article, or a list to choose one from.

    `articles` has a row for each article to choose from, and `enter` opens the row chosen; `read` loads a file again.
    """

    CSS_PATH = "dossier.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(
        self, articles: Sequence[Entry], enter: Callable[[Entry], Room], read: Callable[[Path], Loaded]
    ) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self._articles, self._enter, self._read = articles, enter, read

    def on_mount(self) -> None:
        """Open the one article, or offer the several."""
        if len(self._articles) == 1:
            self._open(self._articles[0])
        else:
            self.push_screen(Chooser(laid("go", "Which article?", self._articles), self._open))

    def _open(self, chosen: Entry) -> None:
        screen = ReadingRoom(self._enter(chosen), listed=len(self._articles) > 1)
        watch = Watch(Path(screen.room.article.path), self._read)
        self.push_screen(screen)
        screen.set_interval(SECONDS, lambda: _follow(screen, watch))


def _follow(screen: ReadingRoom, watch: Watch) -> None:
    if loaded := watch.reading():
        lost = "the file cannot be read now: this is the last good reading"
        screen.everywhere(lambda room: reloaded(room, loaded), "the file was read again" if loaded.article else lost)
