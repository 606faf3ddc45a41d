"""One thread waits for the terminal both ways, and for nothing else: so neither Esc nor leaving waits for a poll.

A pipe wakes it. It ends when it is stopped, or when the terminal is gone: an end of the input is told once, and never
read again.
"""

import os
import select
import time
from collections.abc import Callable
from threading import Thread

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.key_decoder import Key, KeyDecoder, Pasted

_MUCH = 4096


class IoCallbacks(NamedTuple):
    """Who is told, on the line's own thread: `typed` of keys, `ready` of room in the line, `gone` of its end."""

    typed: Callable[[list[Key | Pasted]], None]
    ready: Callable[[], None]
    gone: Callable[[], None]


class IoThread:
    """Listens to the terminal on the descriptors `source` and `sink` from `start` to `stop`."""

    def __init__(self, source: int, sink: int, typed: KeyDecoder, heard: IoCallbacks) -> None:
        self._source, self._sink = source, sink
        self._typed, self._heard = typed, heard
        self._woken, self._wake = os.pipe()
        self._is_full = self._is_ending = False
        self._thread = Thread(target=self._run, name="line", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def full(self) -> None:
        """Tell `ready` once when the line takes more."""
        if not self._is_full:
            self._is_full = True
            os.write(self._wake, b"\0")

    def stop(self) -> None:
        """Listen no more. What was typed and not read stays with the terminal."""
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
                os.read(self._woken, _MUCH)
            if writable:
                self._is_full = False
                self._heard.ready()
            if self._source in readable:
                data = _read(self._source)
                if not data:
                    self._heard.gone()
                    return
                self._heard.typed(self._typed.feed(data))
            elif until is None or time.monotonic() < until:
                continue
            else:
                self._heard.typed(self._typed.late())
            patience = self._typed.patience
            until = None if patience is None else time.monotonic() + patience


def _read(source: int) -> bytes:
    """What there is to read; nothing at the end of the input, or when the terminal is gone."""
    try:
        return os.read(source, _MUCH)
    except OSError:
        return b""
