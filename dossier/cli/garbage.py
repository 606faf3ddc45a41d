"""Look for garbage less often while a command starts: nearly all that it loads stays, so each look is time lost."""

import gc

_DEFAULT = gc.get_threshold()
_WHILE_READING = 10_000
"""Objects allocated, and not freed, from one collection to the next in the reading room."""
_AT_START = 100_000
"""Objects allocated before the first collection: more than any command allocates before it has started."""


def collect_late() -> None:
    """Put off garbage collection from here on."""
    gc.set_threshold(_AT_START)


def freeze_loaded() -> None:
    """Exclude all objects that are alive now from garbage collection, and collect again from here on.

    A key makes thousands of objects and hardly a cycle, so that the usual 700 would be found not to be garbage several
    times a key.
    """
    gc.freeze()
    gc.set_threshold(_WHILE_READING, *_DEFAULT[1:])
