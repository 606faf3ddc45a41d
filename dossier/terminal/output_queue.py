"""A slow line gets the newest picture, never a queue: what differs is found at the moment that the line can take it.

Nothing here waits. What the terminal takes is written at once, without a thread between; when it takes no more, the
rest of what was begun is kept (it cannot be cut), and of all frames after that only the newest. Whoever waits for
input anyway also tells when the line is ready again.
"""

from collections.abc import Callable

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import difference
from dossier.terminal.frame import Frame

_MOST = 1 << 20
"""Bytes that may wait for the line; a clipboard is far less."""


class Listener(NamedTuple):
    """Who is told: the line is full and `ready` is awaited; the line is `gone`."""

    full: Callable[[], None]
    gone: Callable[[], None]


class OutputQueue:
    """What goes to a terminal through `descriptor`, which does not block; `sent` is the frame that is on it already."""

    def __init__(self, descriptor: int, abilities: Capabilities, sent: Frame | None, listener: Listener) -> None:
        self._descriptor = descriptor
        self._abilities = abilities
        self._sent = sent
        self._next: Frame | None = None
        self._left = b""
        self._listener = listener
        self._is_gone = False

    def say(self, text: str) -> None:
        """Send what is no picture, before the next frame. More than a mebibyte is not kept for a line that is full."""
        if len(self._left) < _MOST:
            self._left += self._encoded(text)
        self.ready()

    def show(self, frame: Frame) -> None:
        """Send what differs from the last frame; when the line is full, from what it will have got by then."""
        self._next = frame
        self.ready()

    def forget(self) -> None:
        """The next frame is sent whole."""
        self._sent = None

    def ready(self) -> None:
        """Send what waits, as far as the line takes it."""
        while not self._is_gone and (self._left or self._next):
            if self._next and not self._left:
                frame, self._next = self._next, None
                self._left = self._encoded(difference(self._sent, frame, self._abilities))
                self._sent = frame
            self._send(0)
            if self._left:
                self._listener.full()
                return

    def push(self, text: str) -> None:
        """Send it all, however long that takes, as if the descriptor did block."""
        self._left += self._encoded(text)
        if not self._is_gone:
            self._send(None)

    def end(self, last: str, seconds: float) -> None:
        """Send what waits and the `last` words within so many seconds, and send nothing any more."""
        if not self._is_gone:
            tty.send_last(self._descriptor, self._left, self._encoded(last), seconds)
        self._is_gone = True

    def _send(self, seconds: float | None) -> None:
        try:
            self._left = tty.send(self._descriptor, self._left, seconds)
        except OSError:
            self._is_gone, self._left, self._next = True, b"", None
            self._listener.gone()

    def _encoded(self, text: str) -> bytes:
        return text.encode(self._abilities.encoding, "replace")
