"""Sets of code points that span whole scripts, as rows of ranges.

A regular expression with such a class takes milliseconds to compile, which every start of the program would pay; ranges
cost nothing until they are asked.
"""

from bisect import bisect_right


class Ranges:
    """The code points of `ranges`: first and last of each, one after the other, in rising order."""

    __slots__ = ("_bounds",)

    def __init__(self, ranges: str) -> None:
        self._bounds = "".join(chr(ord(char) + place % 2) for place, char in enumerate(ranges))

    def __contains__(self, char: str) -> bool:
        return bisect_right(self._bounds, char) % 2 == 1
