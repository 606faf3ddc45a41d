"""Answers to a question that several parts of the program ask about the same articles, one after the other.

The panes, the bars and the facets of a search are each computed for themselves. What they ask of its articles is
fetched once, and kept for a moment only: it is of the state of the index in which it was fetched.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from dossier.library.index.postgresql.answers import Rows

_MOMENT: Final = 1.0
"""Seconds for which an answer is given again."""
_ANSWERS, _ROWS = 2_000, 20_000
"""The most answers, and rows of them, that are kept."""


class FetchedAnswers:
    """The answers that were fetched a moment ago. `fetch_together` asks the server. Safe to use from any thread."""

    def __init__(self, fetch_together: Callable[..., list[Rows]]) -> None:
        self._fetch_together = fetch_together
        self._lock = threading.Lock()
        self._kept: dict[tuple[object, ...], tuple[float, Rows]] = {}
        self._number = 0

    def fetch_each(self, query: str, every: Sequence[Sequence[object]]) -> list[Rows]:
        """Return the rows of the answers to one question that is asked with each of these lists of values.

        Those that are not kept take one round trip together.
        """
        keys = [(query, *values) for values in every]
        now = time.monotonic()
        with self._lock:
            found = {key: kept[1] for key in keys if (kept := self._kept.get(key)) and now - kept[0] <= _MOMENT}
        if unknown := [key for key in dict.fromkeys(keys) if key not in found]:
            fetched = self._fetch_together(*[(query, key[1:]) for key in unknown])
            found.update(zip(unknown, fetched, strict=True))
            self._keep(unknown, fetched)
        return [found[key] for key in keys]

    def forget(self) -> None:
        """Forget all that was fetched: the index has changed."""
        with self._lock:
            self._kept, self._number = {}, 0

    def _keep(self, keys: Sequence[tuple[object, ...]], fetched: Sequence[Rows]) -> None:
        number = sum(map(len, fetched))
        with self._lock:
            if len(self._kept) + len(keys) > _ANSWERS or self._number + number > _ROWS:
                self._kept, self._number = {}, 0
            if len(keys) <= _ANSWERS and number <= _ROWS:
                now = time.monotonic()
                self._kept.update((key, (now, rows)) for key, rows in zip(keys, fetched, strict=True))
                self._number += number
