"""What is used of Textual beyond its public interface, all of it, so that one place tells when a release takes it away.

Decided here: no other module names what begins with an underscore there. Each use says what it stands for, and a test
says which one is gone.
"""

from asyncio import AbstractEventLoop
from collections.abc import Mapping
from typing import Any

from rich.traceback import Traceback
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver

KeyParser = XTermParser
"""Gives the events for what a key sends: the names of keys are those that bindings are written in."""

KEY_SEQUENCES: Mapping[str, Any] = ANSI_SEQUENCES_KEYS
"""What keys send, by which one that comes in two packets is known to be one key."""


class PlainApp(App[None], inherit_bindings=False):
    """An app that reports its own failure without what every name stood for: of a library that is megabytes."""

    def _fatal_error(self) -> None:
        self.panic(Traceback(show_locals=False))


def driver_of(app: App[Any]) -> Driver | None:
    """Return what stands between an app and the terminal; None before it runs."""
    return app._driver


def app_of(driver: Driver) -> App[Any]:
    """Return the app that a driver works for."""
    return driver._app


def loop_of(driver: Driver) -> AbstractEventLoop:
    """Return the event loop that a driver was made in."""
    return driver._loop


def wants_mouse(driver: Driver) -> bool:
    """Return whether the app asked for the mouse."""
    return driver._mouse
