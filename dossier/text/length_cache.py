"""A cache of results of pure functions of a text that is bounded by the length of the texts, not by their number.

A result such as the folded form of a text is as long as the text, and texts have a few words or a few pages.
"""

from _thread import allocate_lock
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

Rest = TypeVarTuple("Rest")
R = TypeVar("R")
_MISSING: Any = object()
_LEAST = 64
"""Code points that a text counts for at least, since each result takes some memory of its own."""


def cache_by_length(most: int) -> Callable[[Callable[[str, *Rest], R]], Callable[[str, *Rest], R]]:
    """Return a decorator that keeps the results for texts of `most` code points together, those made last.

    The text is the first argument. The last result is kept in any case. Arguments are given by place only.
    """

    def decorate(function: Callable[[str, *Rest], R]) -> Callable[[str, *Rest], R]:
        kept: dict[Any, R] = {}
        # The module `threading` takes a while to load, and the first screen of an article needs nothing else of it.
        lock = allocate_lock()
        length = 0

        @wraps(function)
        def cached(text: str, /, *rest: *Rest) -> R:
            nonlocal length
            key = (text, *rest)
            found: R = kept.get(key, _MISSING)
            if found is not _MISSING:
                return found
            made = function(text, *rest)
            with lock:
                if key not in kept:
                    length += max(_LEAST, len(text))
                kept[key] = made
                while length > most and len(kept) > 1:
                    oldest = next(iter(kept))
                    del kept[oldest]
                    length -= max(_LEAST, len(oldest[0]))
            return made

        return cached

    return decorate
