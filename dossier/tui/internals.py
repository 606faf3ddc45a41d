"""All uses of Textual beyond its public interface, so that a release that removes one shows here.

No other module uses names of Textual that begin with an underscore. A test tells which one is gone.
"""

from asyncio import AbstractEventLoop
from collections.abc import Mapping
from typing import Any

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver

KeyParser = XTermParser
"""Parser that returns Textual's events for the sequence of a key, with the key names used in bindings."""

KEY_SEQUENCES: Mapping[str, Any] = ANSI_SEQUENCES_KEYS
"""The sequences of keys, by which a key that arrives in two packets is recognised as one."""


class PlainApp(App[None], inherit_bindings=False):
    """An app that reports a crash without the values of local variables, which can be megabytes with a library."""

    def _fatal_error(self) -> None:
        # Some forty modules, for a crash only.
        from rich.traceback import Traceback  # noqa: PLC0415

        self.panic(Traceback(show_locals=False))


def get_driver(app: App[Any]) -> Driver | None:
    """Return the driver of an app, or None before the app runs."""
    return app._driver


def get_app(driver: Driver) -> App[Any]:
    """Return the app of a driver."""
    return driver._app


def get_loop(driver: Driver) -> AbstractEventLoop:
    """Return the event loop in which a driver was made."""
    return driver._loop


def wants_mouse(driver: Driver) -> bool:
    """Return whether the app asked for the mouse."""
    return driver._mouse
