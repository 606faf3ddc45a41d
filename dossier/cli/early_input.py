"""The keys typed while the toolkit is loading. One that quits ends the program even if the handling of keys is stuck.

The first picture is drawn before the toolkit is there to watch the keys (`terminal.quit_watch`), and again after each
key. What it shows is read from the index, whose disk may stall.
"""

import os
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_PAUSE: Final = 0.1
"""Seconds between two looks at whether keys are still handled."""
_LOOKS: Final = 3
"""How many looks in turn have to find no question for keys in between before the watch reads them itself."""
_MOST_BYTES: Final = 4096
"""The most bytes read from the terminal at once."""


class EarlyInput:
    """What is typed on a terminal, whose file descriptor is `source`. It is read by one thread, and by its watch."""

    def __init__(self, source: int) -> None:
        self._source = source
        self._typed, self._questions = b"", 0
        self._lock = threading.Lock()

    def has_come(self, seconds: float) -> bool:
        """Return whether something is typed within `seconds`, or was typed before."""
        self._questions += 1
        return bool(self._typed or select.select([self._source], [], [], seconds)[0])

    def read(self) -> bytes:
        """Return what was typed, in its order; b"" where the terminal is gone. Waits until there is something."""
        with self._lock:
            typed, self._typed = self._typed, b""
            return typed or os.read(self._source, _MOST_BYTES)

    def take_left(self) -> bytes:
        """Return what the watch has read and nobody has taken since. To be called when it is over."""
        typed, self._typed = self._typed, b""
        return typed

    @contextmanager
    def watched(self, quits: Callable[[bytes], bool], end: Callable[[], None]) -> Iterator[None]:
        """Call `end`, on another thread, if keys are not handled any more and `quits` returns true for those typed."""
        over = threading.Event()
        threading.Thread(target=self._watch, args=(over, quits, end), name="early keys", daemon=True).start()
        try:
            yield
        finally:
            with self._lock:
                over.set()

    def _watch(self, over: threading.Event, quits: Callable[[bytes], bool], end: Callable[[], None]) -> None:
        seen, looks = self._questions, 0
        while not over.wait(_PAUSE):
            looks = looks + 1 if seen == self._questions else 0
            seen = self._questions
            if looks >= _LOOKS and self._has_key(over, quits):
                end()
                return

    def _has_key(self, over: threading.Event, quits: Callable[[bytes], bool]) -> bool:
        with self._lock:
            if over.is_set() or not select.select([self._source], [], [], 0)[0]:
                return False
            self._typed += os.read(self._source, _MOST_BYTES)
            return quits(self._typed)
