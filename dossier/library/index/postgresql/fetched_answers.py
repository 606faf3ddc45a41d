"""Answers of a server that are given again for a moment, since several parts of the program ask the same.

The panes, the bars and the facets of a search are computed one after the other, and ask for the dates and persons of
the same articles: without this, each would take round trips of its own. An answer is kept for a moment only, because
the server does not report changes of the index.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from dossier.library.index.postgresql.answers import Rows

_MOMENT: Final = 1.0
"""Seconds for which an answer is given again."""
_ANSWERS, _ROWS = 2_000, 20_000
"""The most answers, and rows of all of them, that are kept: with one more, the others are dropped."""


class FetchedAnswers:
    """The answers that were fetched a moment ago. Every method may be called on any thread.

    `fetch_together` asks the server several questions, each a query and its values, and returns the rows of each.
    """

    def __init__(self, fetch_together: Callable[..., list[Rows]]) -> None:
        self._fetch_together = fetch_together
        self._lock = threading.Lock()
        self._kept: dict[tuple[object, ...], tuple[float, Rows]] = {}
        """When each answer was fetched, and its rows, by query and values."""
        self._row_count = 0

    def fetch_each(self, query: str, every: Sequence[Sequence[object]]) -> list[Rows]:
        """Return the rows of the answers to one question that is asked with each of these lists of values.

        Those that are not kept take one round trip together.
        """
        keys = [(query, *values) for values in every]
        now = time.monotonic()
        with self._lock:
            before = self._kept
            found = {key: kept[1] for key in keys if (kept := self._kept.get(key)) and now - kept[0] <= _MOMENT}
        if unknown := [key for key in dict.fromkeys(keys) if key not in found]:
            fetched = self._fetch_together(*[(query, key[1:]) for key in unknown])
            found.update(zip(unknown, fetched, strict=True))
            self._keep(unknown, fetched, before)
        return [found[key] for key in keys]

    def forget(self) -> None:
        """Forget all that was fetched: the index has changed."""
        with self._lock:
            self._kept, self._row_count = {}, 0

    def _keep(self, keys: Sequence[tuple[object, ...]], fetched: Sequence[Rows], before: object) -> None:
        """Keep what was fetched, unless the index may have changed since `before` was what is kept."""
        row_count = sum(map(len, fetched))
        with self._lock:
            if self._kept is not before:
                return
            if len(self._kept) + len(keys) > _ANSWERS or self._row_count + row_count > _ROWS:
                self._kept, self._row_count = {}, 0
            if len(keys) <= _ANSWERS and row_count <= _ROWS:
                now = time.monotonic()
                self._kept.update((key, (now, rows)) for key, rows in zip(keys, fetched, strict=True))
                self._row_count += row_count
