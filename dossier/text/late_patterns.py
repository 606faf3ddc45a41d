"""Regular expressions that are compiled when they are first used.

To compile one takes longer than to look for it in a whole article, and a start needs few of those that it loads.
"""

import re
from collections.abc import Callable
from typing import AnyStr


def compile_late(pattern: AnyStr, flags: int = 0) -> Callable[[], re.Pattern[AnyStr]]:
    """Return a function that returns the regular expression, and compiles it at the first call."""
    # To make such a function with functools.cache takes fifty times as long, and a start makes dozens.
    made: re.Pattern[AnyStr] | None = None

    def compiled() -> re.Pattern[AnyStr]:
        nonlocal made
        made = made or re.compile(pattern, flags)
        return made

    return compiled
