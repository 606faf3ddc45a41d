"""What the program does at a signal: end, stop and go on, take another size.

Told to end, or left by its line, it is gone within a second, whatever it and the line are doing. A signal handler keeps
the reader's place at once and asks the program to leave. The C handler below it also writes to a pipe, so that a thread
knows even while the main thread is deep in something: it lets the time pass, and then ends the process. The status is
128 and the signal's number, as a shell gives it for a program that the signal ended.

The other handlers only leave a note for the event loop, so that nothing is sent in the middle of a frame. Ctrl-Z stops
the whole job, as it does where the terminal makes a signal of it: whoever started the program is stopped, too. Where
nobody could continue it, it is not stopped: the kernel discards SIGTSTP for an orphaned process group (POSIX, XSH
2.4.3), which it would not do with SIGSTOP.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty

if TYPE_CHECKING:
    # It takes long to load, and early keys need none of it.
    from asyncio import AbstractEventLoop, TimerHandle

FATAL: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
DEADLINE: Final = 0.7
"""Seconds from the signal to the hard end."""


class ShutdownHooks(NamedTuple):
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
    """Until a `Shutdown` takes the signals over, let them raise SystemExit with their status, after `abandon`."""

    def told(number: int, frame: FrameType | None) -> None:
        abandon()
        raise SystemExit(128 + number)

    for number in FATAL:
        signal.signal(number, told)


class Shutdown:
    """The signals that end the program, from `start` (on the main thread) to `stop`. `by`: the one that came, or 0."""

    def __init__(self, last: ShutdownHooks) -> None:
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


_JOB: Final = 0
_CALM: Final = 0.02
"""Seconds in which changes of size are taken as one."""


class TerminalOwner(NamedTuple):
    """Who has the terminal: whether it `holds` it now, and what it does, in the loop, when the terminal is wanted, is
    its own again, has another size, or was used by others while the process was stopped by force."""

    holds: Callable[[], bool]
    suspend: Callable[[], None]
    resume: Callable[[], None]
    resize: Callable[[], None]
    retake: Callable[[], None]


class JobControl:
    """SIGWINCH, SIGTSTP and SIGCONT, from `start` (on the main thread) to `stop`."""

    def __init__(self, loop: "AbstractEventLoop", inside: Context, holder: TerminalOwner) -> None:
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
