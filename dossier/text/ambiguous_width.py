"""The width of ambiguous characters, such as “ and —, and of the ellipsis, in the reader's terminal.

Unicode's UAX #11 leaves open whether they take one cell or two: most terminals draw one, those that are set up for
Chinese, Japanese or Korean may draw two. It is a property of the terminal, known when the program starts or soon
after, and never changes back and forth. What was measured before is forgotten when it changes.

Where signs are drawn as ASCII, an ellipsis is drawn as three full stops: as one, it would be the end of a sentence.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, ParamSpec, TypeVar

from dossier.text.code_points import CodePointRanges

P = ParamSpec("P")
R = TypeVar("R")

# A test compares these with `dossier.text.width_table`, which takes a while to load.
_AMBIGUOUS_SIGNS: Final = CodePointRanges(
    "\u2500\u254b\u2550\u2573\u2580\u258f\u2592\u2595\u25a0\u25a1\u25a3\u25a9\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd"
    "\u25c0\u25c1\u25c6\u25c8\u25cb\u25cb\u25ce\u25d1\u25e2\u25e5\u25ef\u25ef"
)
NARROWED_SIGNS: Final = frozenset(char for char in map(chr, range(0x2500, 0x2600)) if char in _AMBIGUOUS_SIGNS)
"""The ambiguous ones of Unicode's box drawing, block elements and geometric shapes, with which the program draws.

They are replaced before they are sent where they are not narrow.
"""

ELLIPSIS: Final = "\u2026"

_caches: Final[list[Callable[[], None]]] = []
_cells = 1
_spells_ellipsis = False


def ambiguous_width() -> int:
    """Return the number of cells that an ambiguous character takes: 1 or 2."""
    return _cells


def use_ambiguous_width(cells: int) -> None:
    """Let ambiguous characters take 1 or 2 cells from now on, and forget every measure in a cache of widths."""
    global _cells  # noqa: PLW0603 - one process has one terminal
    if cells != _cells:
        _cells = cells
        _forget_widths()


def spells_ellipsis() -> bool:
    """Return whether an ellipsis is drawn as three full stops, and takes three cells."""
    return _spells_ellipsis


def spell_ellipsis(spelt: bool) -> None:
    """Let an ellipsis take three cells from now on, or the width that it has by itself."""
    global _spells_ellipsis  # noqa: PLW0603 - one process has one terminal
    if spelt != _spells_ellipsis:
        _spells_ellipsis = spelt
        _forget_widths()


def _forget_widths() -> None:
    for forget in _caches:
        forget()


def forget_at_change(forget: Callable[[], None]) -> None:
    """Have `forget` called whenever the width changes, to empty a cache of what depends on it."""
    _caches.append(forget)


def width_cache(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator like `functools.lru_cache`, for a function whose result depends on the width of text."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        cached: Any = lru_cache(maxsize)(function)
        forget_at_change(cached.cache_clear)
        return cached  # type: ignore[no-any-return]

    return decorate
