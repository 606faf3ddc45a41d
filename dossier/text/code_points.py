"""Sets of code points that span whole scripts, as sorted ranges.

A regular expression with such a class takes milliseconds to compile, at every start of the program.
"""

from bisect import bisect_right


class CodePointRanges:
    """A set of code points, given as the first and last of each range, one after the other, in ascending order."""

    __slots__ = ("_bounds",)

    def __init__(self, ranges: str) -> None:
        self._bounds = "".join([chr(ord(char) + place % 2) for place, char in enumerate(ranges)])

    def __contains__(self, char: str) -> bool:
        return bisect_right(self._bounds, char) % 2 == 1
