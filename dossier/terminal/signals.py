"""Handling of signals: ending, stopping and continuing, and changes of the terminal's size.

When the program is told to end, or its terminal is gone, it ends within a second, whatever it is doing. The handler
saves the reading position at once and asks the program to leave. In addition, Python's C-level handler writes to a
pipe, so that a thread learns of the signal even while the main thread is busy. That thread waits for the deadline and
then ends the process. The exit status is 128 plus the signal's number, as a shell reports it for a program ended by a
signal.

The other handlers only schedule a call in the event loop, so that nothing is sent in the middle of a frame. Ctrl-Z
stops the whole job, including the program that started this one, as it does where the terminal makes a signal of it.
Where nobody could continue the job it is not stopped: the kernel discards SIGTSTP for an orphaned process group (POSIX,
XSH 2.4.3), which it would not do with SIGSTOP.
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

FATAL_SIGNALS: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
DEADLINE: Final = 0.7
"""Seconds from the signal to the forced end of the process."""


class ShutdownHooks(NamedTuple):
    """Functions that are called when a signal ends the program.

    `wake` is called on another thread, and makes the main thread run its event loop: the kernel may deliver a signal to
    any thread, but Python runs its handler on the main thread. `save_place` saves the reading position, and
    `request_exit` ends the program with an exit status; both are called in the handler, `save_place` on another thread
    when the handler cannot run. `on_deadline` is called on another thread just before the forced end, and must not wait
    for anything.
    """

    wake: Callable[[], None]
    save_place: Callable[[], object]
    request_exit: Callable[[int], None]
    on_deadline: Callable[[], None]


def exit_on_signals(abandon: Callable[[], None]) -> None:
    """Make signals that end the program call `abandon` and raise SystemExit, until a `Shutdown` takes them over.

    If the main thread has not ended the process by the deadline, since a disk has stalled or a destructor has dropped
    the exception, another thread does.
    """
    heard: list[int] = []
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    _close_wakeup(signal.set_wakeup_fd(wake, warn_on_full_buffer=False))

    def abandon_once(number: int) -> None:
        heard.append(number)
        if len(heard) == 1:
            abandon()

    def told(number: int, frame: FrameType | None) -> None:
        abandon_once(number)
        raise SystemExit(128 + number)

    def watch() -> None:
        numbers = b""
        while not (fatal := [number for number in numbers if number in FATAL_SIGNALS]):
            numbers = os.read(woken, 64)
            if not numbers:
                os.close(woken)
                return
        time.sleep(DEADLINE)
        try:
            abandon_once(fatal[0])
        finally:
            os._exit(128 + fatal[0])

    Thread(target=watch, name="ending", daemon=True).start()
    for number in FATAL_SIGNALS:
        signal.signal(number, told)


def _close_wakeup(descriptor: int) -> None:
    """Close the pipe by which another thread was told of signals, which ends that thread."""
    if descriptor >= 0:
        os.close(descriptor)


class Shutdown:
    """Handling of the signals that end the program, from `start` (on the main thread) to `stop`.

    `signal_number` is the number of the signal that came, or 0.
    """

    def __init__(self, last: ShutdownHooks) -> None:
        self._hooks = last
        self._woken, self._wake = -1, -1
        self.signal_number = 0

    def start(self) -> None:
        """Install the handlers."""
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        _close_wakeup(signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False))
        Thread(target=self._watch, name="ending", daemon=True).start()
        # SIGHUP is handled even when the program was started with it ignored: without a terminal it has nothing to do.
        for number in FATAL_SIGNALS:
            signal.signal(number, self._on_signal)

    def stop(self) -> None:
        """Restore the default handlers.

        Once a signal has come, further ones are ignored instead, so that the shutdown can finish.
        """
        if self.signal_number:
            for number in FATAL_SIGNALS:
                # Before it ends, the interpreter restores all handlers that are Python functions.
                signal.signal(number, signal.SIG_IGN)
        else:
            signal.set_wakeup_fd(-1)
            for number in FATAL_SIGNALS:
                signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
            os.close(self._wake)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self.signal_number:
            self.signal_number = number
            try:
                with suppress(OSError):
                    # The disk may be full, or gone with the connection.
                    self._hooks.save_place()
            finally:
                self._hooks.request_exit(128 + number)

    def _watch(self) -> None:
        numbers = b""
        while not (fatal := [number for number in numbers if number in FATAL_SIGNALS]):
            numbers = os.read(self._woken, 64)
            if not numbers:
                os.close(self._woken)
                return
            self._hooks.wake()
        time.sleep(DEADLINE / 2)
        if not self.signal_number:
            # The main thread has not run the handler.
            Thread(target=self._hooks.save_place, daemon=True).start()
        time.sleep(DEADLINE / 2)
        try:
            self._hooks.on_deadline()
        finally:
            os._exit(128 + fatal[0])


_JOB: Final = 0
_RESIZE_DELAY: Final = 0.02
"""Seconds within which several changes of size are handled as one."""
_DELIVERY_DELAY: Final = 0.05
"""Seconds within which another thread has run the C-level handler of a signal that the kernel has given to it."""


class TerminalOwner(NamedTuple):
    """The object that uses the terminal, as functions.

    `has_terminal` returns whether it uses the terminal now. The others are called in the event loop: `suspend` before
    the process stops, `resume` when it continues, `resize` when the size has changed, and `retake` when others used the
    terminal while the process was stopped by SIGSTOP.
    """

    has_terminal: Callable[[], bool]
    suspend: Callable[[], None]
    resume: Callable[[], None]
    resize: Callable[[], None]
    retake: Callable[[], None]


class JobControl:
    """Handling of SIGWINCH, SIGTSTP and SIGCONT, from `start` (on the main thread) to `stop`."""

    def __init__(self, loop: "AbstractEventLoop", inside: Context, holder: TerminalOwner) -> None:
        self._loop, self._inside, self._owner = loop, inside, holder
        self._before: dict[int, Any] = {}
        self._resizing: TimerHandle | None = None

    def start(self) -> None:
        """Install the handlers."""
        told = {signal.SIGWINCH: self._on_resize, signal.SIGTSTP: self._on_stop, signal.SIGCONT: self._on_continue}
        self._before = {number: signal.signal(number, handler) for number, handler in told.items()}

    def stop(self) -> None:
        """Restore the former handlers."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def call_soon(self, call: Callable[[], None]) -> None:
        """Schedule `call` in the event loop. This is safe from any thread and from signal handlers."""
        with suppress(RuntimeError):
            # The loop may be closed already.
            self._loop.call_soon_threadsafe(call, context=self._inside)

    def _on_resize(self, number: int, frame: FrameType | None) -> None:
        self.call_soon(self._resize_soon)

    def _resize_soon(self) -> None:
        if self._resizing is None:
            self._resizing = self._loop.call_later(_RESIZE_DELAY, self._resize, context=self._inside)

    def _resize(self) -> None:
        self._resizing = None
        self._owner.resize()

    def _on_stop(self, number: int, frame: FrameType | None) -> None:
        if self._owner.has_terminal():
            self.call_soon(self._pause)
        else:
            # An editor has the terminal, and stops the rest of the job.
            _pause(os.getpid())

    def _pause(self) -> None:
        if self._owner.has_terminal():
            self._owner.suspend()
            _pause(_JOB)
            self._owner.resume()

    def _on_continue(self, number: int, frame: FrameType | None) -> None:
        if self._owner.has_terminal():
            self.call_soon(self._retake)

    def _retake(self) -> None:
        if self._owner.has_terminal():
            with suppress(OSError):
                tty.enter_raw_mode()
            self._owner.retake()


def _pause(target: int) -> None:
    """Stop the process `target`, or the whole job, and return when it is continued and signals were handled."""
    before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(target, signal.SIGTSTP)
    if not tty.is_foreground():
        # It may be continued only so that it can end. If it took the terminal, it would be stopped again, and for good.
        time.sleep(_DELIVERY_DELAY)
    # This call also runs the handlers of signals that other threads were given.
    signal.signal(signal.SIGTSTP, before)
