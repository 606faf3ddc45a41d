"""Handling of keys that need something from a disk: they never wait for it, but are handled again once it is there.

While a key is pending, later ones wait their turn, so that their order is kept. The screen is as it was before the
pending key, and says after a while what it waits for. Esc gives up waiting, and Ctrl+C quits; so does q where no text
is typed.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import Context, copy_context
from functools import partial
from typing import Final, Protocol

from textual.timer import Timer

from dossier.library.disk_jobs import DiskJob, DiskPendingError, RetriedCall
from dossier.ui.state import State

LATE_SECONDS: Final = 0.3
"""Seconds after which a disk is late: that is told, and a key that ends the waiting has its effect."""
_MOST: Final = 200
"""The most calls that wait their turn; later ones are dropped."""


class RetriedCallHost(Protocol):
    """The part of the screen that attempts need."""

    state: State

    def change(self, state: State, say: str = "") -> None: ...  # noqa: D102

    def paint(self) -> None: ...  # noqa: D102

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...  # noqa: D102

    def call_later(self, callback: Callable[[], None]) -> bool: ...  # noqa: D102


class RetriedCalls:
    """Makes calls one after another, each until the disk has answered all that it asks for.

    `held` are the names of the host's attributes, which are as they were before a call that has to be made again.
    `is_told` says whether the reader is told what a call waits for.
    """

    def __init__(self, host: RetriedCallHost, held: Sequence[str], is_told: bool) -> None:
        self._host, self._held, self._is_told = host, held, is_told
        self._pending: RetriedCall | None = None
        self._waiting: list[Callable[[], None]] = []

    @property
    def is_pending(self) -> bool:
        """Whether a call waits for the disk."""
        return self._pending is not None

    def make(self, call: Callable[[], None]) -> None:
        """Make a call now, or after those that wait for the disk."""
        if self._pending is None:
            self._try(RetriedCall(call))
        elif call not in self._waiting and len(self._waiting) < _MOST:
            self._waiting.append(call)

    def make_later(self, call: Callable[[], None]) -> None:
        """Make a call when the messages that the screen has now are handled."""
        self._host.call_later(partial(self.make, call))

    def end_if_waiting(self, call: Callable[[], None], end: Callable[[], None]) -> None:
        """Call `end` in a moment if a call that was to be made waits its turn now, and still does then."""
        if call in self._waiting:
            self._host.set_timer(LATE_SECONDS, lambda: end() if call in self._waiting else None)

    def give_up(self) -> None:
        """Drop the call that waits for the disk, and all that wait for it."""
        self._pending, self._waiting = None, []
        self._host.change(self._host.state, "no longer waiting for the disk")

    def _try(self, attempt: RetriedCall) -> None:
        before = {name: getattr(self._host, name) for name in self._held}
        try:
            attempt.make()
        except DiskPendingError as pending:
            for name, value in before.items():
                setattr(self._host, name, value)
            self._host.paint()
            self._wait(attempt, pending.job)
        else:
            self._pending = None

    def _wait(self, attempt: RetriedCall, job: DiskJob) -> None:
        self._pending = attempt
        resume = partial(self._host.call_later, partial(self._resume, attempt))
        job.when_done(partial(call_soon, asyncio.get_running_loop(), copy_context(), resume))
        if self._is_told:
            self._host.set_timer(LATE_SECONDS, partial(self._tell_if_late, attempt, job))

    def _tell_if_late(self, attempt: RetriedCall, job: DiskJob) -> None:
        if attempt is self._pending and not job.is_done:
            words = f"the disk does not answer ({job.name}): Esc stops waiting, Ctrl+C quits"
            self._host.change(self._host.state, words)

    def _resume(self, attempt: RetriedCall) -> None:
        if attempt is not self._pending:
            return
        self._try(attempt)
        while self._pending is None and self._waiting:
            self._try(RetriedCall(self._waiting.pop(0)))


def call_soon(loop: asyncio.AbstractEventLoop, inside: Context, call: Callable[[], object]) -> None:
    """Make a call in the event loop. This may be called on any thread."""
    # The program may be ending, and its loop closed.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, context=inside)
