"""Popups that come by themselves, which must take no key that was meant for what they cover.

They wait until nothing else is open and no key was pressed for a while. A key that was pressed before such a popup can
have been read goes to what is below, and the popup comes again after it.
"""

from collections.abc import Callable
from time import monotonic
from typing import Final, Protocol

from textual.timer import Timer

from dossier.tui.retried_calls import RetriedCalls
from dossier.ui.popup import Popup
from dossier.ui.view import View

REST: Final = 0.5
"""Seconds without a key before a popup comes, and in which nobody has read it yet."""


class _Host(Protocol):
    """The part of the screen that these popups need."""

    popup: Popup | None
    key_calls: RetriedCalls

    @property
    def view(self) -> View: ...

    def show_popup(self, popup: Popup) -> None: ...

    def paint(self) -> None: ...

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...


class UncalledPopups:
    """The popups that are still to come over a screen, and the one that has just come."""

    def __init__(self, host: _Host) -> None:
        self._host = host
        self._waiting: list[Callable[[], Popup | None]] = []
        self._shown: Callable[[], Popup | None] | None = None
        self._shown_at = self._key_at = 0.0

    def offer(self, make: Callable[[], Popup | None]) -> None:
        """Show what `make` returns when the reader rests; None when there is nothing to show any more."""
        self._waiting.append(make)
        self._host.set_timer(REST, self._look)

    def _look(self) -> None:
        host, view = self._host, self._host.view
        is_open = view.popup or view.prompt or view.hints or view.sheet
        if is_open or host.key_calls.is_pending or monotonic() < self._key_at + REST:
            host.set_timer(REST, self._look)
            return
        make = self._waiting.pop(0)
        if popup := make():
            self._shown, self._shown_at = make, monotonic()
            host.show_popup(popup)

    def note_key(self, pressed: float) -> None:
        """Take note of a key before it is handled. `pressed` is when it came, in seconds of the monotonic clock."""
        make, self._shown, self._key_at = self._shown, None, monotonic()
        if make and self._host.popup and pressed < self._shown_at + REST:
            self._host.popup = None
            self._host.paint()
            self.offer(make)
