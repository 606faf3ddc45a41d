"""The terminal changes hands and size by signals; the handlers only leave a note for the event loop.

So nothing is sent in the middle of a frame. Ctrl-Z stops the whole job, as it does where the terminal makes a signal of
it: whoever started the program is stopped, too. Where nobody could continue it, it is not stopped: the kernel discards
SIGTSTP for an orphaned process group (POSIX, XSH 2.4.3), which it would not do with SIGSTOP.
"""

import os
import signal
from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from types import FrameType
from typing import Any, Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty

_JOB: Final = 0
_CALM: Final = 0.02
"""Seconds in which changes of size are taken as one."""


class Holder(NamedTuple):
    """Who has the terminal: whether it `holds` it now, and what it does, in the loop, when the terminal is wanted, is
    its own again, has another size, or was used by others while the process was stopped by force."""

    holds: Callable[[], bool]
    suspend: Callable[[], None]
    resume: Callable[[], None]
    resize: Callable[[], None]
    retake: Callable[[], None]


class Turns:
    """SIGWINCH, SIGTSTP and SIGCONT, from `start` (on the main thread) to `stop`."""

    def __init__(self, loop: AbstractEventLoop, inside: Context, holder: Holder) -> None:
        self._loop, self._inside, self._holder = loop, inside, holder
        self._before: dict[int, Any] = {}
        self._resizing: TimerHandle | None = None

    def start(self) -> None:
        """Take the signals over."""
        told = {signal.SIGWINCH: self._resized, signal.SIGTSTP: self._stopped, signal.SIGCONT: self._continued}
        self._before = {number: signal.signal(number, handler) for number, handler in told.items()}

    def stop(self) -> None:
        """Give them back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def soon(self, call: Callable[[], None]) -> None:
        """Call it in the loop; from any thread or handler."""
        with suppress(RuntimeError):
            # The loop may be closed already.
            self._loop.call_soon_threadsafe(call, context=self._inside)

    def _resized(self, number: int, frame: FrameType | None) -> None:
        self.soon(self._resize_soon)

    def _resize_soon(self) -> None:
        if self._resizing is None:
            self._resizing = self._loop.call_later(_CALM, self._resize, context=self._inside)

    def _resize(self) -> None:
        self._resizing = None
        self._holder.resize()

    def _stopped(self, number: int, frame: FrameType | None) -> None:
        if self._holder.holds():
            self.soon(self._pause)
        else:
            # An editor has the terminal, and sees to the rest of the job.
            _pause(os.getpid())

    def _pause(self) -> None:
        if self._holder.holds():
            self._holder.suspend()
            _pause(_JOB)
            self._holder.resume()

    def _continued(self, number: int, frame: FrameType | None) -> None:
        if self._holder.holds():
            self.soon(self._retake)

    def _retake(self) -> None:
        if self._holder.holds():
            with suppress(OSError):
                tty.take()
            self._holder.retake()


def _pause(target: int) -> None:
    """Stop the process, or the job, and return when it is continued."""
    before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(target, signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, before)
