"""Look after the reader's files in the background: save what is pending, and read what other programs have changed.

One thread does it, again and again. A disk that does not answer stops nothing but this thread.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from dossier.core.whole_file import remove_abandoned_files
from dossier.library.kept_lines import KeptLines

_LOOK_SECONDS: Final = 1.0
"""Seconds between two looks at the files."""
_LOOKS_PER_RETRY: Final = 5


class FollowedFiles(Protocol):
    """Files of the reader's that are looked after."""

    @property
    def files(self) -> tuple[KeptLines, ...]:
        """The files that have been needed so far."""

    def look(self) -> None:
        """Read those files again that other programs have changed."""


class BackgroundSaving:
    """Looks after the files of `followed`, which is called for them again and again: they may become others."""

    def __init__(self, followed: Callable[[], Sequence[FollowedFiles]]) -> None:
        self._followed = followed
        self._ended = threading.Event()
        self._seen: tuple[object, ...] = ()

    @property
    def files(self) -> tuple[KeptLines, ...]:
        """All files that are looked after."""
        return tuple(file for followed in self._followed() for file in followed.files)

    def start(self, changed: Callable[[], None]) -> None:
        """Begin, on a thread of its own that does not keep the program from ending.

        `changed` is called on that thread when the files have news for the reader.
        """
        threading.Thread(target=self._work, args=(changed,), daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()

    def end(self, seconds: float) -> None:
        """Try a last time to save what is pending, for at most `seconds`, and look no more."""
        self._ended.set()
        if all(file.is_kept for file in self.files):
            return
        last = threading.Thread(target=self.retry, daemon=True)
        last.start()
        last.join(seconds)

    def retry(self) -> None:
        """Save what is pending, where that can be done now."""
        for file in self.files:
            file.retry()

    def _work(self, changed: Callable[[], None]) -> None:
        for file in self.files:
            remove_abandoned_files(file.path)
        looks = 0
        self._seen = self._state()
        while not self._ended.wait(_LOOK_SECONDS):
            looks += 1
            if looks % _LOOKS_PER_RETRY == 0:
                self.retry()
            for followed in self._followed():
                followed.look()
            if (state := self._state()) != self._seen:
                self._seen = state
                changed()

    def _state(self) -> tuple[object, ...]:
        """Return what is another value when there is something new to show."""
        return tuple((file.version, file.is_kept, file.told) for file in self.files)
