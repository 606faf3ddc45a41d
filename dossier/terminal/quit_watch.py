"""Last way out: a key that quits ends the program even if the event loop, which handles keys, is stuck.

Nothing is read from files in the event loop, but the disk under the index or the program itself can stall as well. So
the thread that reads keys asks the loop for a sign of life after each, and a key that quits is watched: if no sign
comes while it is the last key typed, the process is ended from outside the loop.
"""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Final

_ROUNDS, _PAUSE = 10, 0.05
"""How often the loop is asked for a sign of life after a key that quits, and the seconds in between."""
_LONG_PATIENCE: Final = 2.0
"""Seconds to wait for the loop if it has not handled the keys before: they may have changed what the key does."""


class QuitWatch:
    """Watch of the keys that quit.

    `ask_loop` has a function called in the event loop. `patience` returns for how many seconds the loop may give no
    sign of life after a key of this name, None if the key does not quit. `end` ends the process.
    """

    def __init__(
        self,
        ask_loop: Callable[[Callable[[], None]], None],
        patience: Callable[[str], float | None],
        end: Callable[[], None],
    ) -> None:
        self._ask_loop, self._patience, self._end = ask_loop, patience, end
        self._typed = self._answered = 0

    def hear(self, key: str) -> None:
        """Watch a key if it quits. To be called on the thread that reads keys, after the key was passed to the loop."""
        is_alive = self._answered == self._typed
        self._typed += 1
        self._ask_loop(partial(self._hear_sign, self._typed))
        patience = self._patience(key)
        if patience is not None:
            seconds = patience if is_alive else max(patience, _LONG_PATIENCE)
            threading.Thread(target=self._watch, args=(key, self._typed, seconds), name="quit", daemon=True).start()

    def _hear_sign(self, typed: int) -> None:
        self._answered = max(self._answered, typed)

    def _watch(self, key: str, typed: int, seconds: float) -> None:
        for _ in range(_ROUNDS):
            sign = threading.Event()
            self._ask_loop(sign.set)
            if not sign.wait(seconds):
                if typed == self._typed and self._patience(key) is not None:
                    self._end()
                return
            time.sleep(_PAUSE)
