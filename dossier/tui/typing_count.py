"""What was found by what is typed, for --linear: it is shown after a rest, in a row of its own.

A screen reader then says the letter that was typed as such, and afterwards the count alone. With the letter in one
picture it would say both, and all that stands in their rows.
"""

from collections.abc import Callable
from typing import Protocol

from textual.timer import Timer

from dossier.tui.preview_loader import REST
from dossier.ui.popup import Popup
from dossier.ui.prompt import Prompt
from dossier.ui.read_aloud import count_words, typed_text
from dossier.ui.state import State


class CountingHost(Protocol):
    """What the count needs of the screen."""

    state: State
    prompt: Prompt | None
    popup: Popup | None

    def paint(self) -> None: ...  # noqa: D102

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...  # noqa: D102


class TypingCount:
    """The count. `words` is what is shown now, "" while nothing is typed."""

    def __init__(self, host: CountingHost) -> None:
        self.words = ""
        self._host = host
        self._typed: tuple[str, int] | None = None
        self._timer: Timer | None = None

    def follow(self) -> None:
        """Count after a rest if another text is typed now. To be called before every picture."""
        typed = typed_text(self._host.prompt, self._host.popup)
        if typed != self._typed:
            if self._timer:
                self._timer.stop()
            self._timer = self._host.set_timer(REST, self._show) if typed and typed[0] else None
            self._typed = typed
        if not typed or not typed[0]:
            self.words = ""
        elif not self._timer:
            self.words = count_words(self._host.state, self._host.prompt, self._host.popup)

    def _show(self) -> None:
        self._timer = None
        self._host.paint()
