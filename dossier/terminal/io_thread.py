"""Thread that waits for the terminal, both for input and until it takes more output.

It waits in `select` without polling, so neither a typed Esc nor leaving the program is delayed; a pipe wakes it up. It
ends when it is stopped or when the terminal is gone. The end of the input is reported once, and nothing is read after
it.
"""

import os
import select
import time
from collections.abc import Callable
from threading import Thread

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.key_decoder import KeyDecoder, TypedInput

_CHUNK = 4096


class IoCallbacks(NamedTuple):
    """Functions that are called on the thread of the terminal.

    `on_keys` takes what was typed, and reports of the cursor, `on_writable` tells that the terminal takes output again,
    `on_hangup` that it is gone.
    """

    on_keys: Callable[[list[TypedInput]], None]
    on_writable: Callable[[], None]
    on_hangup: Callable[[], None]


class IoThread:
    """Thread that waits on the descriptors `source` (input) and `sink` (output), from `start` to `stop`."""

    def __init__(self, source: int, sink: int, typed: KeyDecoder, heard: IoCallbacks) -> None:
        self._source, self._sink = source, sink
        self._typed, self._heard = typed, heard
        self._woken, self._wake = os.pipe()
        self._is_full = self._is_ending = False
        self._thread = Thread(target=self._run, name="line", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def watch_writable(self) -> None:
        """Call the callback for output once, as soon as the terminal takes more."""
        if not self._is_full:
            self._is_full = True
            os.write(self._wake, b"\0")

    def stop(self) -> None:
        """Stop the thread and wait for its end. Input that was not read stays with the terminal."""
        self._is_ending = True
        os.write(self._wake, b"\0")
        self._thread.join()
        os.close(self._wake)
        os.close(self._woken)

    def _run(self) -> None:
        until: float | None = None
        while not self._is_ending:
            left = None if until is None else max(0.0, until - time.monotonic())
            sinks = [self._sink] if self._is_full else []
            readable, writable, _ = select.select([self._source, self._woken], sinks, [], left)
            if self._woken in readable:
                os.read(self._woken, _CHUNK)
            if writable:
                self._is_full = False
                self._heard.on_writable()
            if self._source in readable:
                data = _read(self._source)
                if not data:
                    self._heard.on_hangup()
                    return
                self._heard.on_keys(self._typed.feed(data))
            elif until is None or time.monotonic() < until:
                continue
            else:
                self._heard.on_keys(self._typed.expire())
            patience = self._typed.timeout
            until = None if patience is None else time.monotonic() + patience


def _read(source: int) -> bytes:
    """Return the available input, or b"" at its end or when the terminal is gone."""
    try:
        return os.read(source, _CHUNK)
    except OSError:
        return b""
