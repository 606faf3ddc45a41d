"""Look for garbage less often while a command starts: nearly all that it loads stays, so each look is time lost."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_DEFAULT = gc.get_threshold()
_WHILE_READING = 10_000
"""Objects allocated, and not freed, from one collection to the next in the reading room."""
_AT_START = 100_000
"""Objects allocated before the first collection: more than any command allocates before it has started."""


@contextmanager
def collecting_late() -> Iterator[None]:
    """Put off garbage collection inside the `with` block."""
    gc.set_threshold(_AT_START)
    try:
        yield
    finally:
        gc.set_threshold(*_DEFAULT)


def freeze_loaded() -> None:
    """Exclude all objects that are alive now from garbage collection, and collect again from here on.

    A key makes thousands of objects and hardly a cycle, so that the usual 700 would be found not to be garbage several
    times a key.
    """
    gc.freeze()
    gc.set_threshold(_WHILE_READING, *_DEFAULT[1:])
