"""Output to a terminal that may be slow, with at most one frame waiting.

Nothing here blocks, but for `send_blocking` and `finish`. Output is written at once, without a thread in between. When
the terminal takes no more, the unsent rest of the last output is kept, since it cannot be cut, and of all later frames
only the newest. The difference between two frames is computed when the terminal can take it. The thread that waits for
input also reports when the terminal takes output again.
"""

from collections.abc import Callable

from dossier.core.dataclasses import NamedTuple
from dossier.terminal import tty
from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame
from dossier.terminal.pieces import encode_pieces, send_pieces

_MAX_WAITING = 1 << 20
"""Characters that may wait to be sent; a text for the clipboard is far shorter."""


class QueueCallbacks(NamedTuple):
    """Functions that the queue calls.

    `on_full` is called when the terminal takes no more and `flush` has to be called later, `on_hangup` when the
    terminal is gone.
    """

    on_full: Callable[[], None]
    on_hangup: Callable[[], None]


class OutputQueue:
    """Output to a terminal through `descriptor`, which must not block.

    `sent` is the frame that the terminal shows already, or None when that is unknown.
    """

    def __init__(self, descriptor: int, abilities: Capabilities, sent: Frame | None, listener: QueueCallbacks) -> None:
        self._descriptor = descriptor
        self._abilities = abilities
        self._sent = sent
        self._next: Frame | None = None
        self._waiting = ""
        self._left: list[bytes] = []
        self._listener = listener
        self._is_gone = False

    def send_raw(self, text: str) -> None:
        """Send a sequence that is not part of a frame, before the next frame.

        It is dropped when more than a million characters are waiting.
        """
        if len(self._waiting) < _MAX_WAITING:
            self._waiting += text
        self.flush()

    def show_frame(self, frame: Frame) -> None:
        """Send the difference from the last frame. When the terminal takes no more, only the newest frame waits."""
        self._next = frame
        self.flush()

    def use_margins(self) -> None:
        """Scroll within left and right margins from the next frame on."""
        self._abilities = self._abilities._replace(has_margins=True)

    def invalidate(self) -> None:
        """Send the next frame completely, not as a difference."""
        self._sent = None

    def flush(self) -> None:
        """Send what is waiting, as far as the terminal takes it."""
        while not self._is_gone and (self._left or self._waiting or self._next):
            if not self._left:
                text, self._waiting = self._waiting, ""
                if self._next:
                    frame, self._next = self._next, None
                    text += encode_difference(self._sent, frame, self._abilities)
                    self._sent = frame
                self._left = encode_pieces(text, self._abilities.encoding)
            self._send(0)
            if self._left:
                self._listener.on_full()
                return

    def send_blocking(self, text: str) -> None:
        """Send all of `text`, however long that takes."""
        self._left += encode_pieces(self._waiting + text, self._abilities.encoding)
        self._waiting = ""
        if not self._is_gone:
            self._send(None)

    def finish(self, last: str, seconds: float) -> None:
        """Send what is waiting and then `last`, within `seconds`. Nothing is sent after that."""
        if not self._is_gone:
            left = b"".join(self._left) + self._encoded(self._waiting)
            tty.write_last(self._descriptor, left, self._encoded(last), seconds)
        self._is_gone = True

    def _send(self, seconds: float | None) -> None:
        try:
            self._left = send_pieces(self._descriptor, self._left, seconds)
        except OSError:
            self._is_gone, self._left, self._waiting, self._next = True, [], "", None
            self._listener.on_hangup()

    def _encoded(self, text: str) -> bytes:
        return text.encode(self._abilities.encoding, "replace")
