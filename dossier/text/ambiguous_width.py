"""The width of ambiguous characters, such as “ and —, in the reader's terminal.

Unicode's UAX #11 leaves open whether they take one cell or two: most terminals draw one, those that are set up for
Chinese, Japanese or Korean may draw two. It is a property of the terminal, known when the program starts or soon
after, and never changes back and forth. What was measured before is forgotten when it changes.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, ParamSpec, TypeVar
from unicodedata import east_asian_width

P = ParamSpec("P")
R = TypeVar("R")

# Box drawing, block elements, geometric shapes.
NARROWED_SIGNS: Final = frozenset(char for char in map(chr, range(0x2500, 0x2600)) if east_asian_width(char) == "A")
"""The signs that the program draws with. They are replaced before they are sent where they are not narrow."""

_caches: Final[list[Callable[[], None]]] = []
_cells = 1


def ambiguous_width() -> int:
    """Return the number of cells that an ambiguous character takes: 1 or 2."""
    return _cells


def use_ambiguous_width(cells: int) -> None:
    """Let ambiguous characters take 1 or 2 cells from now on, and forget every measure in a cache of widths."""
    global _cells  # noqa: PLW0603 - one process has one terminal
    if cells != _cells:
        _cells = cells
        for forget in _caches:
            forget()


def is_wide_ambiguous(char: str) -> bool:
    """Return whether this code point is ambiguous, and takes two cells now."""
    return _cells == 2 and east_asian_width(char) == "A" and char not in NARROWED_SIGNS


def width_cache(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator like `functools.lru_cache`, for a function whose result depends on the width of text."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        cached: Any = lru_cache(maxsize)(function)
        _caches.append(cached.cache_clear)
        return cached  # type: ignore[no-any-return]

    return decorate
