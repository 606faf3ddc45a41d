"""Sets of code points that span whole scripts, as sorted ranges, and pieces of very long texts.

A regular expression with such a class takes milliseconds to compile, at every start of the program.

A single call over megabytes of text holds up all other threads, so that no key is answered meanwhile. Functions that
look at each character by itself give the same result piece by piece.

Where a piece may begin depends on the function: a mark belongs to the letter before it, and a run of white space counts
as one character for some. Such a run may be as long as the whole text; then it is one piece. Functions that call
themselves for each piece would not end for it, so that they call one that takes a piece of any length.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Final

LONG: Final = 200_000
"""A text of more code points is handled piece by piece."""
_PIECE: Final = 50_000
_ASCII: Final = bytes(range(128))


class CodePointRanges:
    """A set of code points, given as the first and last of each range, one after the other, in ascending order."""

    __slots__ = ("_bounds",)

    def __init__(self, ranges: str) -> None:
        self._bounds = "".join([chr(ord(char) + place % 2) for place, char in enumerate(ranges)])

    def __contains__(self, char: str) -> bool:
        return bisect_right(self._bounds, char) % 2 == 1


def find_foreign(text: str) -> frozenset[str]:
    """Return the code points of `text` that ASCII does not have."""
    return frozenset() if text.isascii() else frozenset(leave_out(text, _ASCII))


def leave_out(text: str, usual: bytes) -> str:
    """Return `text` without the `usual` code points, which are some of ASCII."""
    # UTF-8 has bytes below 128 for ASCII, and only for that. This is far quicker than a regular expression.
    return text.encode("utf-8", "surrogatepass").translate(None, usual).decode("utf-8", "surrogatepass")


def cut_into_pieces(text: str, belongs_to_before: Callable[[str], bool]) -> Iterator[str]:
    """Yield the pieces of a text, in order; no piece begins with a code point that `belongs_to_before`.

    All pieces together are the text, and all but the last have at least _PIECE code points.
    """
    start = 0
    while start < len(text):
        end = start + _PIECE
        while end < len(text) and belongs_to_before(text[end]):
            end += 1
        yield text[start:end]
        start = end
