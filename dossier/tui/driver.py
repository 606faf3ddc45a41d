"""Textual driver that keeps what is painted as cells, and sends only the differences to the terminal.

It takes the place of Textual's own driver. It asks the terminal nothing, never waits for it, and always gives it back.
It is given rows by the one widget of the program, and reads what Textual paints by itself. Textual's parser is only
used for the names of keys (`tui.terminal_messages`): the input has been split into keys before.
"""

import os
import re
import signal
from collections.abc import Callable, Iterable, Mapping
from contextvars import Context, copy_context
from functools import partial
from typing import Any, ClassVar, Final, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.emulator import Emulator
from dossier.terminal.frame import Frame, Row
from dossier.terminal.io_thread import IoCallbacks
from dossier.terminal.key_decoder import Key, KeyDecoder, PastedText, TerminalReport, TypedInput
from dossier.terminal.quit_watch import QuitWatch
from dossier.terminal.signals import JobControl, Shutdown, ShutdownHooks, TerminalOwner
from dossier.terminal.takeover import RELEASE_SECONDS, AcquiredTerminal, acquire, read_report, release, release_now
from dossier.terminal.tty import PaintedTerminal
from dossier.tui.internals import KEY_SEQUENCES, KeyParser, get_app, get_loop, wants_mouse
from dossier.tui.terminal_messages import AmbiguousWidthFound, PuttyFound, make_messages

_HURRIED_SECONDS: Final = 0.2
_ESCAPE_DELAY: Final = 0.06
_POINTER: Final = re.compile(r"\x1b\]22;[^\x07\x1b]*\x07")
"""Sequence for the shape of the mouse pointer, which terminals that do not know it may print."""
_STRING: Final = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Sequences of OSC, for which some terminals are not made at all."""


@runtime_checkable
class PlaceKeeper(Protocol):
    """An app that has to save something when a signal ends it."""

    def save_place(self) -> str:
        """Save the reading position, or return a message. This may be called at any moment, also on another thread."""

    def end(self) -> tuple[str, ...]:
        """Save all that has to be saved, and return messages. This may be called on any thread."""

    def quit_patience(self, key: str) -> float | None:
        """Return for how many seconds the program may be stuck after a key that quits; None for other keys."""


class DriverConfig(NamedTuple):
    """What the driver is configured with.

    `painted` is the terminal with the first frame, if there is one. `shows_cursor` tells whether the terminal's own
    cursor is shown. `on_deadline` is called at the forced end of the process, and must not wait for anything.
    """

    capabilities: Capabilities
    painted: PaintedTerminal | None = None
    shows_cursor: bool = False
    on_deadline: Callable[[], None] = lambda: None


class DiffDriver(Driver):
    """The driver. `make_driver` makes a subclass of it with a configuration.

    When $DOSSIER_WIRE is "off", the output of Textual is passed on unchanged, and no rows are taken.
    """

    given: ClassVar[DriverConfig]

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or tty.size())
        self._emulator = Emulator(*(size or tty.size()))
        self.takes_rows = os.environ.get("DOSSIER_WIRE") != "off"
        self._acquired: AcquiredTerminal | None = None
        self._painted = self.given.painted
        self._asked_at = self._painted.asked_at if self._painted else 0.0
        self._abilities = self.given.capabilities
        self._keys = KeyParser(debug)
        holder = TerminalOwner(
            has_terminal=lambda: self._acquired is not None and not self._shutdown.signal_number,
            suspend=self.suspend_application_mode,
            resume=self.resume_application_mode,
            resize=self._resize,
            retake=lambda: self.redraw(tty.ENTER),
        )
        inside = copy_context()
        self._job_control = JobControl(get_loop(self), inside, holder)
        last = ShutdownHooks(
            wake=lambda: self._job_control.call_soon(lambda: None),
            save_place=lambda: self._save_place(inside),
            request_exit=lambda status: self._job_control.call_soon(lambda: app.exit(return_code=status)),
            on_deadline=lambda: _end_hard(self._acquired, self.given),
        )
        self._shutdown = Shutdown(last)
        self._quit_watch = QuitWatch(
            self._job_control.call_soon,
            lambda key: app.quit_patience(key) if isinstance(app, PlaceKeeper) else None,
            self._end_stuck,
        )
        self._shutdown.start()
        self._job_control.start()

    @property
    def can_suspend(self) -> bool:
        """True, since the terminal can be given back for a while."""
        return True

    def write(self, data: str) -> None:
        """Paint the output of Textual. Sequences that do not change the picture are passed on to the terminal."""
        if not self.takes_rows and self._acquired:
            self._acquired.output.send_blocking(data)
            return
        unwanted = _POINTER if self.given.capabilities.takes_osc else _STRING
        if (rest := unwanted.sub("", self._emulator.feed(data))) and self._acquired:
            self._acquired.output.send_raw(rest)

    def paint_rows(self, rows: Mapping[int, Row], cursor: tuple[int, int]) -> None:
        """Paint rows, by their 0-based numbers, and send the screen with its cursor at this row and column."""
        self._emulator.put_rows(rows, cursor)
        self.flush()

    def flush(self) -> None:
        """Send the screen as it is now."""
        if self._acquired and self.takes_rows:
            cursor = self._emulator.cursor if self.given.shows_cursor else None
            self._acquired.output.show_frame(self._emulator.frame._replace(cursor=cursor))

    def redraw(self, modes: str = tty.MODES) -> None:
        """Send the modes and the whole screen again, since something else has written to the terminal."""
        if self._acquired:
            self._acquired.output.send_raw(modes + (tty.MOUSE if wants_mouse(self) else ""))
            self._acquired.output.invalidate()
            self.flush()

    def forget_picture(self) -> None:
        """Send the next frame whole, since the terminal has drawn the last one otherwise than it was meant."""
        if self._acquired:
            self._acquired.output.invalidate()

    def start_application_mode(self) -> None:
        """Take the terminal, the first time with the first frame on it. If the terminal is gone, end the program."""
        painted, self._painted = self._painted, None
        encoding = self.given.capabilities.encoding
        typed = KeyDecoder(KEY_SEQUENCES, encoding, read_escape_delay(os.environ), wants_mouse(self))
        ready = partial(self._job_control.call_soon, lambda: self._acquired.output.flush() if self._acquired else None)
        try:
            self._acquired = acquire(
                painted, self._abilities, wants_mouse(self), typed, IoCallbacks(self._on_keys, ready, _hang_up)
            )
        except OSError:
            _hang_up()
        if tty.size() != self._emulator.frame.size:
            # The size changed after it was read, and before the handler for its changes was installed.
            self._job_control.call_soon(self._resize)

    def stop_application_mode(self) -> None:
        """Give the terminal back, within half a second."""
        held, self._acquired = self._acquired, None
        # An answer that is still to come goes to whatever has the terminal next.
        asked_at, self._asked_at = self._asked_at, 0.0
        if held and self._shutdown.signal_number:
            release(held, _HURRIED_SECONDS)
        elif held:
            release(held, RELEASE_SECONDS, asked_at)

    def suspend_application_mode(self) -> None:
        """Give the terminal back for a while. The signal handlers stay."""
        self.stop_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal again, send the whole screen, and have the app lay out anew."""
        if not self._shutdown.signal_number:
            self.start_application_mode()
            self._resize()
            get_app(self).refresh(layout=True)

    def disable_input(self) -> None:
        """Do nothing: input that is typed while the program ends is for the shell."""

    def close(self) -> None:
        """Restore the signal handlers."""
        self._job_control.stop()
        self._shutdown.stop()

    def _resize(self) -> None:
        """Adopt the terminal's size, and send the next frame whole, since what the terminal shows now is unknown."""
        now = tty.size()
        if self._painted:
            # The terminal is not taken over yet, and no longer shows the first frame as it was sent.
            self._painted = self._painted._replace(frame=Frame(()))
        elif self._acquired:
            self._acquired.output.invalidate()
            if now == self._emulator.frame.size:
                self.flush()
            else:
                self._emulator.resize(*now)
                self.process_message(events.Resize(Size(*now), Size(*now)))

    def _on_keys(self, typed: Iterable[TypedInput]) -> None:
        for one in typed:
            if not isinstance(one, Key | PastedText):
                self._hear_report(one)
                continue
            for message in make_messages(one, self._keys):
                self.process_message(message)
                if isinstance(message, events.Key):
                    self._quit_watch.hear(message.key)

    def _save_place(self, inside: Context) -> str:
        app = get_app(self)
        return inside.copy().run(app.save_place) if isinstance(app, PlaceKeeper) else ""

    def _end_stuck(self) -> None:
        """End the process on the thread of the terminal, since its event loop is stuck."""
        held = self._acquired
        if held is None or self._shutdown.signal_number:
            # An editor has the terminal, or the program is ending already.
            return
        release_now(held, _HURRIED_SECONDS)
        try:
            app = get_app(self)
            for message in app.end() if isinstance(app, PlaceKeeper) else ():
                os.write(2, f"dossier: {message}\n".encode(errors="replace"))
        finally:
            os._exit(0)

    def _hear_report(self, report: TerminalReport) -> None:
        """Pass on an answer to the questions, if they were asked and the last answer has not come before."""
        if not self._asked_at:
            return
        cells, is_putty, has_margins = read_report(report)
        if is_putty:
            self.process_message(PuttyFound())
        if has_margins:
            self._abilities = self._abilities._replace(has_margins=True)
            self._job_control.call_soon(self._use_margins)
        if cells:
            self._asked_at = 0.0
            self.process_message(AmbiguousWidthFound(cells))

    def _use_margins(self) -> None:
        if self._acquired:
            self._acquired = self._acquired.use_margins(self._abilities, wants_mouse(self))


def make_driver(given: DriverConfig) -> type[DiffDriver]:
    """Return a driver class with this configuration, since Textual itself makes the instance."""
    return type("DiffDriver", (DiffDriver,), {"given": given})


def read_escape_delay(environ: Mapping[str, str]) -> float:
    """Return the seconds after which an Esc is a key: $ESCDELAY (milliseconds, as in curses), or 0.06."""
    given = environ.get("ESCDELAY", "")
    return max(1, int(given)) / 1000 if given.isdecimal() else _ESCAPE_DELAY


def _hang_up() -> None:
    """End the program as SIGHUP does, since the terminal is gone."""
    os.kill(os.getpid(), signal.SIGHUP)


def _end_hard(held: AcquiredTerminal | None, given: DriverConfig) -> None:
    if held:
        release_now(held)
    given.on_deadline()
