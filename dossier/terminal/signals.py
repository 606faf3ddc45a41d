"""Told to end, or left by its line, the program is gone within a second, whatever it and the line are doing.

A real signal handler keeps the reader's place at once and asks the program to leave. The C handler below it also writes
to a pipe, so that a thread knows even while the main thread is deep in something: it lets the time pass, and then ends
the process. The status is 128 and the signal's number, as a shell gives it for a program that the signal ended.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from types import FrameType
from typing import Final

from dossier.core.dataclasses import NamedTuple

FATAL: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
DEADLINE: Final = 0.7
"""Seconds from the signal to the hard end."""


class Last(NamedTuple):
    """What is done then: `keep` the reader's place, `leave` with a status, and `abandon` all at the hard end.

    `wake` is called on another thread and makes the main thread go round its loop: the kernel may give a signal to any
    thread, and Python runs its handler on the main one. `keep` and `leave` are called in the handler, `keep` on another
    thread when that cannot run; `abandon` is always called on another, and must not wait for anything.
    """

    wake: Callable[[], None]
    keep: Callable[[], None]
    leave: Callable[[int], None]
    abandon: Callable[[], None]


def ends_at_once(abandon: Callable[[], None]) -> None:
    """Until an `Ending` takes the signals over, let them raise SystemExit with their status, after `abandon`."""

    def told(number: int, frame: FrameType | None) -> None:
        abandon()
        raise SystemExit(128 + number)

    for number in FATAL:
        signal.signal(number, told)


class Ending:
    """The signals that end the program, from `start` (on the main thread) to `stop`. `by`: the one that came, or 0."""

    def __init__(self, last: Last) -> None:
        self._last = last
        self._woken, self._wake = -1, -1
        self.by = 0

    def start(self) -> None:
        """Take the signals over."""
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        Thread(target=self._watch, name="ending", daemon=True).start()
        # Also where the program was started with SIGHUP ignored: without its line it has nothing to do.
        for number in FATAL:
            signal.signal(number, self._told)

    def stop(self) -> None:
        """Let the signals be; once one came, a second does not cut short what it began."""
        if self.by:
            for number in FATAL:
                # The interpreter gives back all handlers that are its own before its end.
                signal.signal(number, signal.SIG_IGN)
        else:
            signal.set_wakeup_fd(-1)
            for number in FATAL:
                signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
            os.close(self._wake)

    def _told(self, number: int, frame: FrameType | None) -> None:
        if not self.by:
            self.by = number
            try:
                with suppress(OSError):
                    # The disk may be full, or gone with the line.
                    self._last.keep()
            finally:
                self._last.leave(128 + number)

    def _watch(self) -> None:
        numbers = b""
        while not (fatal := [number for number in numbers if number in FATAL]):
            numbers = os.read(self._woken, 64)
            if not numbers:
                os.close(self._woken)
                return
            self._last.wake()
        time.sleep(DEADLINE / 2)
        if not self.by:
            # The main thread has not come to its handler.
            Thread(target=self._last.keep, daemon=True).start()
        time.sleep(DEADLINE / 2)
        try:
            self._last.abandon()
        finally:
            os._exit(128 + fatal[0])
