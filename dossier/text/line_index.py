"""Line and column of an offset in a file, counted as an editor counts them."""

import re
from bisect import bisect_right
from functools import cached_property

LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""A line break of a file."""


class LineIndex:
    """The offsets at which the lines of a text begin, found when a position is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self._text))]

    def place(self, index: int | None) -> tuple[int, int]:
        """Return line and column, both from 1, of the code point at `index`; None stands for the end of the text."""
        index = len(self._text) if index is None else index
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def index(self, line: int, column: int) -> int:
        """Return the 0-based offset of a line and column, both from 1; that of the end for a line below the last."""
        return self._starts[line - 1] + column - 1 if line <= len(self._starts) else len(self._text)
