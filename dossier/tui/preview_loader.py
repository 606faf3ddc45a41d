"""Loading of the preview: after the cursor has rested, on a thread of its own, and only the one that is wanted then."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Protocol

from textual.timer import Timer

from dossier.core.dataclasses import replace
from dossier.library.tasks import run_in_thread
from dossier.ui.layout import Screen, is_preview_due, wanted_preview
from dossier.ui.preview import Preview, make_preview
from dossier.ui.state import State

REST = 0.15
"""Seconds without a key or another change, after which the preview is loaded."""


class PreviewHost(Protocol):
    """What the preview needs of the screen."""

    state: State

    @property
    def asked_screen(self) -> Screen: ...  # noqa: D102

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...  # noqa: D102

    def call_later(self, callback: Callable[[], None]) -> bool: ...  # noqa: D102

    def update(self, turn: Callable[[State], State]) -> None: ...  # noqa: D102


class PreviewLoader:
    """Loads the preview of a screen. No more than one article is read at a time."""

    def __init__(self, host: PreviewHost) -> None:
        self._host = host
        self._timer: Timer | None = None
        self._is_reading = False

    def follow(self) -> None:
        """Load the preview after a rest, if another one is wanted now. To be called after every change of the state."""
        if self._timer:
            self._timer.stop()
        is_due = is_preview_due(self._host.state, self._host.asked_screen)
        self._timer = self._host.set_timer(REST, self._load) if is_due else None

    def _load(self) -> None:
        state = self._host.state
        key = wanted_preview(state, self._host.asked_screen)
        if self._is_reading:
            return
        if key is None or state.library is None:
            self._show(None)
            return
        self._is_reading = True
        readings, returns, at = state.library.readings, state.library.returns, asyncio.get_running_loop()
        inside = copy_context()

        def work() -> None:
            reading = readings.look_at(key.at.article)
            why = "" if reading else readings.explain_look(key.at.article)
            preview = make_preview(key, reading, why, returns)
            # The program may be ending, and its loop closed.
            with suppress(RuntimeError):
                at.call_soon_threadsafe(partial(self._host.call_later, partial(self._take, preview)), context=inside)

        run_in_thread(work)

    def _take(self, preview: Preview) -> None:
        self._is_reading = False
        if wanted_preview(self._host.state, self._host.asked_screen) == preview.key:
            self._show(preview)
        else:
            self.follow()

    def _show(self, preview: Preview | None) -> None:
        self._host.update(lambda state: replace(state, preview=preview))
