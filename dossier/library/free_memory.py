"""Give memory that is free in this process back to the system.

The C library of Linux keeps what threads have freed, each thread in an arena of its own, since a thread may need it
again. A search through a large library takes tens of megabytes for a moment, mostly in SQLite, on a thread that then
ends: without this, they would stay with the program as long as it runs.
"""

import sys
from collections.abc import Callable
from functools import cache

IDLE_SECONDS = 0.5
"""Seconds without work in the background after which memory is given back: never between two letters."""


_LARGE = 256 * 1024
"""Bytes from which on a piece of memory is no part of an arena, but goes back to the system as soon as it is freed."""
_MMAP_THRESHOLD = -3
"""The number of the setting for that (mallopt(3)). Unless it is set, it rises with the pieces that are freed."""


def give_back_free_memory() -> None:
    """Give free memory back where the C library can do so. To be called on a thread that no key waits for."""
    if trim := _find_trim():
        trim(0)


@cache
def _find_trim() -> Callable[[int], int] | None:
    """Return the function of the C library that gives free memory back; None where there is none.

    It also sets that the library keeps no large pieces from then on.
    """
    if sys.platform != "linux":
        return None
    # Slow to load, and not needed before the first screen is there.
    try:
        import ctypes  # noqa: PLC0415
    except ImportError:
        return None
    try:
        library = ctypes.CDLL(None)
        trim, set_option = library.malloc_trim, library.mallopt
    except (OSError, AttributeError):
        # Other C libraries for Linux have no such functions, and a static program cannot look for them.
        return None
    trim.argtypes, set_option.argtypes = [ctypes.c_size_t], [ctypes.c_int, ctypes.c_int]
    set_option(_MMAP_THRESHOLD, _LARGE)
    found: Callable[[int], int] = trim
    return found
