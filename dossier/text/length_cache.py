"""A cache of results of pure functions of a text that is bounded by the length of the texts, not by their number.

A result such as the folded form of a text is as long as the text, and texts have a few words or a few pages.
"""

from _thread import allocate_lock
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, TypeVarTuple

Rest = TypeVarTuple("Rest")
R = TypeVar("R")
_LEAST = 64
"""Code points that a text counts for at least, since each result takes some memory of its own."""


def cache_by_length(most: int) -> Callable[[Callable[[str, *Rest], R]], Callable[[str, *Rest], R]]:
    """Return a decorator that keeps the results for texts of `most` code points together.

    The text is the first argument. When another result finds no room all others are dropped: a result that is found
    again costs no more than with `functools.lru_cache`, which keeps the books. The last result is kept in any case.
    Arguments are given by place only.
    """

    def decorate(function: Callable[[str, *Rest], R]) -> Callable[[str, *Rest], R]:
        # The module `threading` takes a while to load, and the first screen of an article needs nothing else of it.
        lock = allocate_lock()
        length = 0

        def make_result(text: str, /, *rest: *Rest) -> R:
            nonlocal length
            made = function(text, *rest)
            with lock:
                length += max(_LEAST, len(text))
                if length > most:
                    cached.cache_clear()
                    length = max(_LEAST, len(text))
            return made

        cached: Any = lru_cache(maxsize=None)(make_result)
        return cached  # type: ignore[no-any-return]

    return decorate
